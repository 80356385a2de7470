//! What stands around every page of results.

use super::address::Rows;
use super::reader::{Material, Reader};
use crate::results::view::Place;
use crate::web::hr::Desk;
use crate::web::pages::assets::address_of_logo;
use crate::web::pages::hr::Section as Menu;
use crate::web::pages::viewer::{Around, Section, Spot, Tab};

/// Around a page at `path` that shows `place`.
pub(super) fn around(
    desk: &Desk,
    reader: &Reader<'_>,
    section: Section,
    path: &str,
    place: &Place,
    rows: &Rows,
) -> Around {
    let spot = |other: &Place| Spot {
        name: reader.name(&other.unit).to_owned(),
        address: rows.at(&other.id).of(path),
        here: other.id == place.id,
    };
    let own: Vec<Spot> = reader.own_places().map(spot).collect();
    let campaign = &reader.material.campaign.id;
    let tab = |(section, page): (Section, &str)| Tab {
        section,
        address: Rows { place: Some(place.id.clone()), ..Rows::default() }.of(&format!("/results/{campaign}{page}")),
    };
    Around {
        above: reader.above(place).into_iter().map(spot).collect(),
        place: reader.name(&place.unit).to_owned(),
        own: if own.len() > 1 { own } else { Vec::new() },
        pages: pages(reader).into_iter().map(tab).collect(),
        section,
        ..bare(desk, reader.material)
    }
}

/// Around a page that has nothing to show yet.
pub(super) fn bare(desk: &Desk, material: &Material) -> Around {
    let settings = &desk.app.settings;
    let title = material.survey.title.get(material.language).to_owned();
    let name = &material.campaign.name;
    let interim = material.published.as_ref().is_some_and(|published| !published.last);
    let name = if interim { format!("{name} · {}", material.own("hr-interim-title")) } else { name.clone() };
    Around {
        shell: desk.shell(Menu::Results),
        organisation: settings.organisation.clone(),
        logo: settings.logo.as_ref().map(address_of_logo),
        campaign: material.campaign.id.clone(),
        name: (name != title).then_some(name),
        title,
        section: Section::Overview,
        pages: Vec::new(),
        above: Vec::new(),
        place: material.own("hr-whole").to_owned(),
        own: Vec::new(),
        minimum_group: material.survey.minimum_group,
    }
}

/// The pages that there are of these results.
fn pages(reader: &Reader<'_>) -> Vec<(Section, &'static str)> {
    let indices = (!reader.material.survey.results.indices.is_empty()).then_some((Section::Indices, "/all-indices"));
    let always = [(Section::Overview, ""), (Section::Heat, "/heat-map"), (Section::Compare, "/side-by-side")];
    always.into_iter().chain(indices).collect()
}
