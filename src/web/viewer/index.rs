//! Indices at a place, with their items and what lies below.

use super::address::Rows;
use super::around::around;
use super::picture;
use super::reader::{Material, Reader};
use crate::anonymity::publication::Base;
use crate::definition::model::Index as Declared;
use crate::report::chart::{Dot, Figure, Picture};
use crate::results::distribution::is_routed;
use crate::results::index::{Index, Item};
use crate::results::view::{Place, Position, Scope};
use crate::web::hr::Desk;
use crate::web::pages::viewer::Section;
use crate::web::pages::viewer::index::{IndexCard, IndicesPage, ItemLine};

/// The page; nothing where this reader sees no such place.
pub(super) fn page(desk: &Desk, material: &Material, scope: &Scope, rows: &Rows) -> Option<IndicesPage> {
    let reader = material.reader(scope)?;
    let place = reader.place(rows.place.as_deref())?;
    let path = format!("/results/{}/all-indices", material.campaign.id);
    let indices = material.survey.results.indices.iter().map(|declared| card(&reader, place, declared));
    Some(IndicesPage {
        indices: indices.collect(),
        around: around(desk, &reader, Section::Indices, &path, place, &Rows::default()),
    })
}

/// What readers call an index.
pub(super) fn label(reader: &Reader<'_>, declared: &Declared) -> String {
    let label = declared.label.as_ref().map(|label| label.get(reader.material.language).to_owned());
    label.unwrap_or_else(|| declared.id.replace('_', " "))
}

fn card(reader: &Reader<'_>, place: &Place, declared: &Declared) -> IndexCard {
    let index = Index::of(&reader.view, declared, Position::at(&place.id));
    let mut below: Vec<(&Place, Index<'_>)> = reader
        .view
        .below(&place.id)
        .map(|place| (place, Index::of(&reader.view, declared, Position::at(&place.id))))
        .collect();
    below.sort_by(|one, other| one.0.unit.cmp(&other.0.unit));
    IndexCard {
        id: declared.id.clone(),
        label: label(reader, declared),
        value: index.value,
        base: base(reader, &index),
        needed: index.needed,
        hidden: below.iter().filter(|(_, index)| index.value.is_none()).count(),
        parts: parts(reader, declared, (place, &index), &below),
        items: index.items.iter().map(|item| line(reader, place, item)).collect(),
    }
}

/// How many are behind an index: a class where any of its items was asked of a part of the respondents.
fn base(reader: &Reader<'_>, index: &Index<'_>) -> String {
    let routed = index.items.iter().any(|item| is_routed(item.question));
    let base = if routed { Base::about(index.base) } else { Base::Exact(index.base) };
    picture::base(&base, reader.material.notation)
}

fn line(reader: &Reader<'_>, place: &Place, item: &Item<'_>) -> ItemLine {
    let campaign = &reader.material.campaign.id;
    ItemLine {
        text: reader.short(item.question),
        address: Rows::default().at(&place.id).of(&format!("/results/{campaign}/{}", item.question.id)),
        mean: item.mean,
        turned: item.question.reverse,
    }
}

/// The place and what lies below it as dots on the scale of the items. Means of means have no interval.
fn parts(
    reader: &Reader<'_>,
    declared: &Declared,
    (place, index): (&Place, &Index<'_>),
    below: &[(&Place, Index<'_>)],
) -> Option<Figure> {
    index.value?;
    let dot = |place: &Place, index: &Index<'_>, whole: bool| Dot {
        label: reader.name(&place.unit).to_owned(),
        base: base(reader, index),
        value: index.value,
        interval: None,
        whole,
        mark: None,
    };
    let shown = below.iter().filter(|(_, index)| index.value.is_some()).map(|(place, index)| dot(place, index, false));
    let points = index.items.iter().flat_map(|item| &item.question.options).filter_map(|option| option.value);
    let (low, high) = points.fold((i64::MAX, i64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    #[expect(clippy::cast_precision_loss, reason = "points of a scale are small numbers")]
    let (from, to) = (low as f64, high as f64);
    Some(Figure {
        id: declared.id.clone(),
        title: label(reader, declared),
        subtitle: format!("n\u{a0}=\u{a0}{}", base(reader, index)),
        source: reader.source(),
        picture: Picture::Dots { from, to, rows: std::iter::once(dot(place, index, true)).chain(shown).collect() },
    })
}
