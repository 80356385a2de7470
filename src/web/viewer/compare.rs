//! Two places side by side. Where one lies in the other, it is compared with what is left of that.

use std::fmt::Write as _;

use serde::Deserialize;

use super::address::Rows;
use super::around::around;
use super::overview::asked;
use super::question::points;
use super::reader::{Material, Reader};
use crate::anonymity::publication::{Kind, Question};
use crate::report::chart::{Bar, Figure, Mark, Picture};
use crate::report::text::escape;
use crate::results::compare::{self, sample};
use crate::results::row::{Measure, Share, whole_percent};
use crate::results::significance::{Difference, shares};
use crate::results::view::{Place, Position, Scope};
use crate::web::hr::Desk;
use crate::web::pages::viewer::Section;
use crate::web::pages::viewer::compare::{CompareLine, ComparePage};

/// Which two.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wish {
    place: Option<String>,
    /// The other one; the whole without it.
    with: Option<String>,
}

/// The page; nothing where this reader sees no such place.
///
/// # Errors
/// A word is missing.
pub(super) fn page(
    desk: &Desk,
    material: &Material,
    scope: &Scope,
    wish: &Wish,
) -> anyhow::Result<Option<ComparePage>> {
    let Some(reader) = material.reader(scope) else { return Ok(None) };
    let places = reader.place(wish.place.as_deref()).zip(reader.view.place(wish.with.as_deref().unwrap_or_default()));
    let Some((one, other)) = places else { return Ok(None) };
    // Whichever is the larger stands second.
    let (one, other) = if other.unit.starts_with(&one.unit) { (other, one) } else { (one, other) };
    let path = format!("/results/{}/side-by-side", material.campaign.id);
    let two = Two { desk, reader: &reader, one, other };
    let lines: Vec<CompareLine> = if one == other { Vec::new() } else { two.lines()? };
    let asked = if one == other { 0 } else { scales(&reader).count() };
    Ok(Some(ComparePage {
        around: around(desk, &reader, Section::Compare, &path, one, &Rows::default()),
        action: path,
        ones: options(&reader, one),
        others: options(&reader, other),
        one: (one != other).then(|| reader.name(&one.unit).to_owned()),
        other: reader.name(&other.unit).to_owned(),
        rest: two.inside(),
        hidden: asked - lines.len(),
        lines,
    }))
}

fn scales<'r>(reader: &Reader<'r>) -> impl Iterator<Item = &'r Question> {
    reader.view.publication().questions.iter().filter(|question| question.kind == Kind::Scale)
}

/// Every place that this reader sees, as options of a field.
fn options(reader: &Reader<'_>, chosen: &Place) -> String {
    let mut html = String::new();
    for place in reader.view.places() {
        let selected = if place == chosen { " selected" } else { "" };
        let name = if place.unit.is_empty() { reader.name(&place.unit).to_owned() } else { place.unit.join(" › ") };
        // Writing into a String cannot fail.
        let _ = write!(html, "<option value=\"{}\"{selected}>{}</option>", escape(&place.id), escape(&name));
    }
    html
}

struct Two<'t> {
    desk: &'t Desk,
    reader: &'t Reader<'t>,
    one: &'t Place,
    other: &'t Place,
}

impl<'t> Two<'t> {
    fn inside(&self) -> bool {
        self.one.unit.starts_with(&self.other.unit)
    }

    fn lines(&self) -> anyhow::Result<Vec<CompareLine>> {
        let found = scales(self.reader).filter_map(|question| Some((question, self.difference(question)?)));
        found.map(|(question, found)| self.line(question, found)).collect()
    }

    /// Both shares and their difference; nothing where one of them is hidden.
    fn difference(&self, question: &'t Question) -> Option<(Share, Share, Difference)> {
        let view = &self.reader.view;
        if self.inside() {
            let above = self.reader.above(self.one).last().map(|place| place.id.as_str())?;
            let all = compare::places(view, question, Measure::Favourable, above, &self.other.id);
            let own = all.into_iter().find(|comparison| comparison.group.place == self.one.id)?;
            return Some((own.own, own.rest, own.difference));
        }
        let of = |place: &Place| {
            let row = view.row(question, Position::at(&place.id))?;
            sample(view, &row, Measure::Favourable)
        };
        let (one, other) = (of(self.one)?, of(self.other)?);
        Some((one.share, other.share, shares(one, other)?))
    }

    fn line(
        &self,
        question: &Question,
        (one, other, difference): (Share, Share, Difference),
    ) -> anyhow::Result<CompareLine> {
        let rest = self.desk.app.pages.word("hr-res-rest", self.desk.language())?;
        let second = if self.inside() { rest } else { self.reader.name(&self.other.unit).to_owned() };
        let mark = if difference.size > 0.0 { Mark::Higher } else { Mark::Lower };
        let bar = |label: String, share: Share, mark: Option<Mark>, aside: bool| Bar {
            label,
            base: None,
            percent: whole_percent(share.part, share.of),
            about: None,
            aside,
            mark,
        };
        let first = self.reader.name(&self.one.unit).to_owned();
        let mark = difference.is_significant().then_some(mark);
        let campaign = &self.reader.material.campaign.id;
        Ok(CompareLine {
            text: self.reader.text(question),
            address: Rows::default().at(&self.one.id).of(&format!("/results/{campaign}/{}", question.id)),
            points: points(&difference),
            significant: difference.is_significant(),
            too_few: difference.too_few(),
            figure: Figure {
                id: format!("{}-two", question.id),
                title: self.reader.text(question),
                subtitle: asked(self.desk, self.reader, question)?,
                source: self.reader.source(),
                picture: Picture::Bars { rows: vec![bar(first, one, mark, false), bar(second, other, None, true)] },
            },
        })
    }
}
