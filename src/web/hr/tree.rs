//! The organisation's tree with its numbers.

use std::collections::HashMap;

use axum::body::Body;
use axum::http::Response;

use super::Desk;
use crate::store::people::{self, OrgUnit};
use crate::web::pages::hr::Section;
use crate::web::pages::people_tree::{Node, TreePage};

/// No survey shows a smaller group.
const SMALLEST: u64 = 5;

/// `GET /people/tree`
pub async fn show(desk: Desk) -> Response<Body> {
    desk.render(page(&desk).await)
}

async fn page(desk: &Desk) -> anyhow::Result<TreePage> {
    let mut connection = desk.app.db.read().acquire().await?;
    let units = people::tree(&mut connection).await?;
    let counts = people::count_by_unit(&mut connection).await?;
    let mut below: HashMap<Option<&str>, Vec<&OrgUnit>> = HashMap::new();
    for unit in &units {
        below.entry(unit.parent_id.as_deref()).or_default().push(unit);
    }
    let areas = nodes(None, &below, &counts);
    let nowhere = counts.get(&None).copied().unwrap_or_default().unsigned_abs();
    Ok(TreePage { shell: desk.shell(Section::People), areas, nowhere })
}

/// Places that somebody works in, with everybody below them.
fn nodes(
    parent: Option<&str>,
    below: &HashMap<Option<&str>, Vec<&OrgUnit>>,
    counts: &HashMap<Option<String>, i64>,
) -> Vec<Node> {
    let node = |unit: &&OrgUnit| {
        let own = counts.get(&Some(unit.id.clone())).copied().unwrap_or_default().unsigned_abs();
        let below = nodes(Some(&unit.id), below, counts);
        let people = own + below.iter().map(|node| node.people).sum::<u64>();
        Node { name: unit.name.clone(), people, small: people < SMALLEST, below }
    };
    let all = below.get(&parent).into_iter().flatten().map(node);
    all.filter(|node| node.people > 0).collect()
}
