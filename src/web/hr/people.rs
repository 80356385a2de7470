//! The register as HR sees it: how many, where.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response};

use super::Desk;
use crate::store::people::{self, OrgUnit};
use crate::web::App;
use crate::web::access::Visitor;
use crate::web::pages::hr::{PeopleLine, PeoplePage, Section};

/// `GET /people`
pub async fn show(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Response<Body> {
    let desk = Desk { app: &app, visitor: &visitor, headers: &headers };
    desk.render(page(&desk).await)
}

async fn page(desk: &Desk<'_>) -> anyhow::Result<PeoplePage> {
    let mut connection = desk.app.db.read().acquire().await?;
    let tree = people::tree(&mut connection).await?;
    let roles = people::roles_by_area(&mut connection).await?;
    let under = |level, area: &str| below(&tree, level, area);
    let line = |area: &people::AreaRoles| {
        let id = area.area_id.as_deref().unwrap_or_default();
        let name = tree.iter().find(|unit| unit.id == id).map_or("–", |unit| unit.name.as_str());
        PeopleLine {
            name: name.to_owned(),
            people: area.people.unsigned_abs(),
            services: under(2, id),
            units: under(3, id),
            leaders: area.leaders.unsigned_abs(),
            union_reps: area.union_reps.unsigned_abs(),
            safety_reps: area.safety_reps.unsigned_abs(),
        }
    };
    let mut areas: Vec<PeopleLine> = roles.iter().map(line).collect();
    areas.sort_by(|a, b| a.name.cmp(&b.name));
    let total = areas.iter().map(|area| area.people).sum();
    Ok(PeoplePage { shell: desk.shell(Section::People), total, areas })
}

/// How many nodes of a level stand below an area.
fn below(tree: &[OrgUnit], level: i64, area: &str) -> u64 {
    let parents: BTreeMap<&str, &str> =
        tree.iter().filter_map(|unit| Some((unit.id.as_str(), unit.parent_id.as_deref()?))).collect();
    let is_under = |unit: &&OrgUnit| {
        let mut at = unit.id.as_str();
        while let Some(parent) = parents.get(at) {
            at = parent;
        }
        unit.level == level && at == area
    };
    tree.iter().filter(is_under).count() as u64
}
