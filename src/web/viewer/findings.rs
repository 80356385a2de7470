//! What stands out at a place, each as a sentence's facts and a picture.

use super::address::Rows;
use super::overview::asked;
use super::picture::{self, Words};
use super::reader::Reader;
use crate::anonymity::publication::{Kind, Question};
use crate::report::chart::{Bar, Figure, Mark, Picture};
use crate::results::distribution::Distribution;
use crate::results::row::{Measure, Share, whole_percent};
use crate::results::significance::Difference;
use crate::results::standing_out::{self, Favourable, Standing};
use crate::results::trend::{Trend, trend};
use crate::results::view::{Place, Position};
use crate::web::hr::Desk;
use crate::web::pages::viewer::overview::{Finding, FindingKind};

/// Of each kind at most so many: a first look, no list of everything.
const MOST: usize = 3;
/// Of the lowest and of the highest.
const ENDS: usize = 2;
/// What can be read in a minute.
const FIRST: usize = 4;

/// The largest significant differences of the place itself, the largest changes since the wave before, the largest significant
/// differences of what lies below it, the lowest and the highest scores: a few of different kinds, and the others.
///
/// # Errors
/// A word is missing.
pub(super) fn findings(
    desk: &Desk,
    reader: &Reader<'_>,
    place: &Place,
) -> anyhow::Result<(Vec<Finding>, Vec<Finding>)> {
    let look = Look { desk, reader, place };
    let overview = standing_out::overview(&reader.view, &place.id, MOST);
    // Of a single question nobody can say that it is low or high.
    let lowest = if overview.highest.is_empty() { &[][..] } else { &overview.lowest };
    let differences = overview.differences.iter().map(|standing| look.difference(standing));
    let ends = |all: &[Favourable<'_>], kind| {
        let found = all.iter().take(ENDS).filter_map(|favourable| look.end(favourable, kind).transpose());
        found.collect::<anyhow::Result<Vec<_>>>()
    };
    let mut found = in_turns(vec![
        look.itself()?,
        look.changes()?,
        differences.collect::<anyhow::Result<_>>()?,
        ends(lowest, FindingKind::Lowest)?,
        ends(&overview.highest, FindingKind::Highest)?,
    ]);
    let more = found.split_off(found.len().min(FIRST));
    Ok((found, more))
}

/// The first of each group, then the second of each.
fn in_turns<T>(groups: Vec<Vec<T>>) -> Vec<T> {
    let longest = groups.iter().map(Vec::len).max().unwrap_or(0);
    let mut groups: Vec<_> = groups.into_iter().map(Vec::into_iter).collect();
    (0..longest).flat_map(|_| groups.iter_mut().filter_map(Iterator::next).collect::<Vec<_>>()).collect()
}

struct Look<'l> {
    desk: &'l Desk,
    reader: &'l Reader<'l>,
    place: &'l Place,
}

impl<'l> Look<'l> {
    fn scales(&self) -> impl Iterator<Item = &'l Question> {
        self.reader.view.publication().questions.iter().filter(|question| question.kind == Kind::Scale)
    }

    /// The place against the rest of what lies above it.
    fn itself(&self) -> anyhow::Result<Vec<Finding>> {
        let Some(above) = self.reader.above(self.place).last().map(|above| above.id.as_str()) else {
            return Ok(Vec::new());
        };
        let view = &self.reader.view;
        let all = view.publication().questions.iter();
        let compared = all.flat_map(|question| standing_out::standing(view, question, above, above));
        let own = |standing: &Standing<'_>| standing.comparison.group.place == self.place.id;
        let mut own: Vec<Standing<'_>> = compared.filter(own).collect();
        own.sort_by_key(|standing| std::cmp::Reverse(size(&standing.comparison.difference)));
        own.iter().take(MOST).map(|standing| self.difference(standing)).collect()
    }

    fn difference(&self, standing: &Standing<'_>) -> anyhow::Result<Finding> {
        let comparison = &standing.comparison;
        let higher = comparison.difference.size > 0.0;
        let rest = self.desk.app.pages.word("hr-res-rest", self.desk.language())?;
        let shares = (percent(comparison.own), percent(comparison.rest));
        let place = self.reader.name(&comparison.group.unit).to_owned();
        let mark = if higher { Mark::Higher } else { Mark::Lower };
        let rows = vec![bar(&place, shares.0, Some(mark), false), bar(&rest, shares.1, None, true)];
        Ok(Finding {
            kind: if higher { FindingKind::Higher } else { FindingKind::Lower },
            question: self.reader.text(standing.question),
            answer: match standing.measure {
                Measure::Favourable => None,
                Measure::Option(number) => standing.question.options.get(number).map(|it| self.reader.option(it)),
            },
            address: self.address(standing.question, &comparison.group.place),
            own: shares.0,
            other: Some(shares.1),
            points: Some(size(&comparison.difference)),
            figure: self.figure(standing.question, &comparison.group.place, rows)?,
            place,
        })
    }

    /// The largest significant changes since the wave before.
    fn changes(&self) -> anyhow::Result<Vec<Finding>> {
        let position = Position::at(&self.place.id);
        let view = &self.reader.view;
        let followed = |question| (question, trend(view, question, position, &self.reader.earlier));
        let trends = self.scales().filter(|question| !question.same_as.is_empty()).map(followed);
        let mut changed: Vec<_> = trends.filter_map(|(question, trend)| Some((question, change(&trend)?))).collect();
        changed.sort_by_key(|(_, change)| std::cmp::Reverse(size(&change.0)));
        changed.iter().take(MOST).map(|(question, change)| self.change(question, *change)).collect()
    }

    fn change(
        &self,
        question: &Question,
        (difference, before, now): (Difference, u32, u32),
    ) -> anyhow::Result<Finding> {
        let up = difference.size > 0.0;
        let say = |key| self.desk.app.pages.word(key, self.desk.language());
        let mark = if up { Mark::Higher } else { Mark::Lower };
        let rows =
            vec![bar(&say("hr-res-now")?, now, Some(mark), false), bar(&say("hr-res-before")?, before, None, true)];
        Ok(Finding {
            kind: if up { FindingKind::Up } else { FindingKind::Down },
            question: self.reader.text(question),
            answer: None,
            address: self.address(question, &self.place.id),
            place: self.reader.name(&self.place.unit).to_owned(),
            own: now,
            other: Some(before),
            points: Some(size(&difference)),
            figure: self.figure(question, &self.place.id, rows)?,
        })
    }

    /// A question among the lowest or the highest.
    fn end(&self, favourable: &Favourable<'_>, kind: FindingKind) -> anyhow::Result<Option<Finding>> {
        let question = favourable.question;
        let words = Words { asked: &asked(self.desk, self.reader, question)?, notation: self.reader.material.notation };
        let found = Distribution::of(&self.reader.view, question, Position::at(&self.place.id));
        let Some(figures) = found.and_then(|found| found.figures) else { return Ok(None) };
        let figure = picture::alone(self.reader, question, &figures, &words);
        let id = format!("{}-{}", figure.id, if kind == FindingKind::Lowest { "lowest" } else { "highest" });
        Ok(Some(Finding {
            kind,
            question: self.reader.text(question),
            answer: None,
            address: self.address(question, &self.place.id),
            place: self.reader.name(&self.place.unit).to_owned(),
            own: favourable.percent,
            other: None,
            points: None,
            figure: Figure { id, ..figure },
        }))
    }

    fn figure(&self, question: &Question, place: &str, rows: Vec<Bar>) -> anyhow::Result<Figure> {
        Ok(Figure {
            id: format!("{}-{place}-stands", question.id),
            title: self.reader.text(question),
            subtitle: asked(self.desk, self.reader, question)?,
            source: self.reader.source(),
            picture: Picture::Bars { rows },
        })
    }

    fn address(&self, question: &Question, place: &str) -> String {
        let campaign = &self.reader.material.campaign.id;
        Rows::default().at(place).of(&format!("/results/{campaign}/{}", question.id))
    }
}

/// The last change of a trend, if it is more than chance, with the favourable shares before and after it.
fn change(trend: &Trend<'_>) -> Option<(Difference, u32, u32)> {
    let [.., before, now] = trend.waves.as_slice() else { return None };
    let share = |wave: &crate::results::trend::Wave<'_>| wave.distribution.figures.as_ref()?.favourable;
    let change = now.change.filter(Difference::is_significant)?;
    Some((change, share(before)?, share(now)?))
}

fn bar(label: &str, percent: u32, mark: Option<Mark>, aside: bool) -> Bar {
    Bar { label: label.to_owned(), base: None, percent: Some(percent), about: None, aside, mark }
}

fn percent(share: Share) -> u32 {
    whole_percent(share.part, share.of).unwrap_or(0)
}

/// The size of a difference in whole percentage points, whichever way it goes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
pub(super) fn size(difference: &Difference) -> u32 {
    difference.size.abs().round() as u32
}

#[cfg(test)]
mod tests {
    use super::in_turns;

    #[test]
    fn a_first_look_goes_to_things_of_different_kinds() {
        assert_eq!(
            in_turns(vec![vec!["a1", "a2", "a3"], vec![], vec!["b1"], vec!["c1", "c2"]]),
            ["a1", "b1", "c1", "a2", "c2", "a3"]
        );
    }
}
