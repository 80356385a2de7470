//! One question: the place by itself, what it is divided into, and what belongs beside it.

use super::address::Rows;
use super::around::around;
use super::findings::size;
use super::overview::asked;
use super::parts::{Part, Parts};
use super::picture::{self, Show, Words};
use super::reader::{Material, Reader};
use super::{sides, trend, words};
use crate::actions::publish_texts;
use crate::anonymity::publication::{Kind, Question};
use crate::anonymity::text_publication::TextPublication;
use crate::definition::model::{Kind as Asked, Question as Declared};
use crate::results::significance::Difference;
use crate::results::view::{Place, Position, Scope};
use crate::results::words::part;
use crate::web::hr::Desk;
use crate::web::pages::viewer::Section;
use crate::web::pages::viewer::question::{Choice, Divided, Line, LineFigures, QuestionPage, Whole};

/// The page of the question of that id at the wanted place; nothing where this reader sees no such place or question.
///
/// # Errors
/// The database is out of reach; a word is missing.
pub(super) async fn page(
    desk: &Desk,
    material: &Material,
    scope: &Scope,
    id: &str,
    rows: &Rows,
) -> anyhow::Result<Option<QuestionPage>> {
    let Some(reader) = material.reader(scope) else { return Ok(None) };
    let Some(place) = reader.place(rows.place.as_deref()) else { return Ok(None) };
    let base = id.split('.').next().unwrap_or_default();
    let Some((_, declared)) = material.survey.questions().find(|(_, declared)| declared.id == base) else {
        return Ok(None);
    };
    let texts = publish_texts::published(&desk.app.db, &material.campaign.id).await?.map(|texts| part(texts, scope));
    let asking = Asking { desk, reader: &reader, place, rows, id, declared };
    let written = matches!(declared.kind, Asked::Text | Asked::LongText);
    match reader.view.question(id) {
        Some(question) => asking.counted(question, texts.as_ref()).map(Some),
        None => Ok(written.then(|| asking.written(texts.as_ref()))),
    }
}

/// Counted questions and those answered in words, in the survey's order.
fn all(reader: &Reader<'_>) -> Vec<String> {
    let counted = |id: &str| {
        let questions = reader.view.publication().questions.iter();
        questions.filter(|question| question.question == *id).map(|question| question.id.clone()).collect()
    };
    let ids = |declared: &Declared| match declared.kind {
        Asked::Text | Asked::LongText => vec![declared.id.clone()],
        _ => counted(&declared.id),
    };
    reader.material.survey.questions().flat_map(|(_, declared)| ids(declared)).collect()
}

struct Asking<'a> {
    desk: &'a Desk,
    reader: &'a Reader<'a>,
    place: &'a Place,
    rows: &'a Rows,
    id: &'a str,
    declared: &'a Declared,
}

impl Asking<'_> {
    /// A question without figures.
    fn written(&self, texts: Option<&TextPublication>) -> QuestionPage {
        let reader = self.reader;
        let words = texts.map(|texts| words::sections(texts, self.id, self.desk.language())).unwrap_or_default();
        let all = all(reader);
        let at = all.iter().position(|id| id == self.id).unwrap_or_default();
        let address = |id: &String| self.rows.here().of(&format!("/results/{}/{id}", reader.material.campaign.id));
        QuestionPage {
            around: around(self.desk, reader, Section::Question, &self.path(), self.place, self.rows),
            text: words::asked(self.declared, reader.material.language).to_owned(),
            audience: reader.audience(&self.declared.id),
            minimum_group: reader.view.publication().k,
            whole: None,
            divided: None,
            sides: None,
            trend: None,
            unread: words.is_empty(),
            words,
            previous: at.checked_sub(1).and_then(|at| all.get(at)).map(address),
            next: all.get(at + 1).map(address),
        }
    }

    fn counted(&self, question: &Question, texts: Option<&TextPublication>) -> anyhow::Result<QuestionPage> {
        let (desk, reader, rows) = (self.desk, self.reader, self.rows);
        let asked = asked(desk, reader, question)?;
        let words = Words { asked: &asked, notation: reader.material.notation };
        let question_page = QuestionPage {
            text: reader.text(question),
            minimum_group: question.k,
            unread: false,
            sides: sides::sides(desk, reader, question, &self.place.id, &words)?,
            trend: trend::trend(desk, reader, question, Position::at(&self.place.id), &words)?,
            ..self.written(texts)
        };
        let (by, option) = (rows.by.as_deref(), rows.option.as_deref());
        let Some(parts) = Parts::of(reader, question, &self.place.id, by, option) else { return Ok(question_page) };
        Ok(QuestionPage {
            whole: self.whole(question, &parts, &words),
            divided: Some(self.divided(question, &parts, &words)),
            ..question_page
        })
    }

    fn whole(&self, question: &Question, parts: &Parts<'_>, words: &Words<'_>) -> Option<Whole> {
        let figures = parts.whole.figures.as_ref()?;
        let base = |base| picture::base(base, words.notation);
        Some(Whole {
            figure: picture::alone(self.reader, question, figures, words),
            asked: base(figures.asked),
            answered: base(figures.answered),
            not_asked: figures.missing.not_asked.map(base),
            open: figures.missing.open,
            dont_know: figures.missing.dont_know,
            mean: figures.mean,
            favourable: figures.favourable,
            svg: self.rows.here().of(&format!("{}/whole.svg", self.path())),
        })
    }

    fn divided(&self, question: &Question, parts: &Parts<'_>, words: &Words<'_>) -> Divided {
        let rows = self.rows;
        let show = show(question, rows);
        let figure = picture::beside(self.reader, question, parts, show, words);
        let head = question.options.iter().take(question.options.len().saturating_sub(1));
        let lines = std::iter::once(&parts.whole).chain(&parts.rows).map(|part| self.line(question, part));
        Divided {
            ways: self.ways(question),
            shows: self.shows(question, show),
            options: self.options(question, parts),
            figure: figure.filter(|_| parts.shown().count() > 1),
            hidden: parts.hidden(),
            parts: parts.rows.len(),
            marked: parts.rows.iter().any(|part| part.difference.is_some_and(|one| one.is_significant())),
            head: head.map(|option| self.reader.option(option)).collect(),
            rows: lines.collect(),
            means: question.kind == Kind::Scale,
            svg: rows.of(&format!("{}/parts.svg", self.path())),
            csv: rows.of(&format!("{}/table.csv", self.path())),
        }
    }

    fn line(&self, question: &Question, part: &Part<'_>) -> Line {
        let notation = self.reader.material.notation;
        let figures = part.figures.as_ref().map(|figures| LineFigures {
            base: picture::base(figures.answered, notation),
            percents: figures.bars.iter().map(|bar| bar.percent).collect(),
            open: figures.missing.open,
            mean: figures.mean,
            favourable: figures.favourable,
            points: part.difference.as_ref().map(points),
            significant: part.difference.is_some_and(|difference| difference.is_significant()),
            too_few: part.difference.is_some_and(|difference| difference.too_few()),
        });
        let address = |place: &String| self.rows.at(place).of(&format!("{}/{}", self.root(), question.id));
        Line { name: part.name.clone(), whole: part.whole, address: part.place.as_ref().map(address), figures }
    }

    /// The places below and every breakdown in which this question has anything here.
    fn ways(&self, question: &Question) -> Vec<Choice> {
        let choice = |id: &str, by: Option<&str>| Choice {
            id: id.to_owned(),
            address: self.rows.by(by).of(&self.path()),
            chosen: self.rows.by.as_deref() == by,
        };
        let at = Position::at(&self.place.id);
        let has = |breakdown: &&crate::anonymity::publication::Breakdown| {
            let mut values = breakdown.values.iter();
            values.any(|value| self.reader.view.table(question, at.by(&breakdown.id, &value.id)).is_some())
        };
        let below = self.reader.view.below(&self.place.id).next().map(|_| choice("places", None));
        let breakdowns = self.reader.view.publication().breakdowns.iter().filter(has);
        below.into_iter().chain(breakdowns.map(|breakdown| choice(&breakdown.id, Some(&breakdown.id)))).collect()
    }

    fn shows(&self, question: &Question, show: Show) -> Vec<Choice> {
        let choice = |(id, of, wish): (&str, Show, Option<&str>)| Choice {
            id: id.to_owned(),
            address: self.rows.show(wish).of(&self.path()),
            chosen: show == of,
        };
        let both = [("shares", Show::Shares, None), ("means", Show::Means, Some("means"))];
        if question.kind == Kind::Scale { both.map(choice).into() } else { Vec::new() }
    }

    /// Where bars hold one option, which one.
    fn options(&self, question: &Question, parts: &Parts<'_>) -> Vec<Choice> {
        if picture::is_stacked(question) {
            return Vec::new();
        }
        let choice = |(index, option): (usize, &crate::anonymity::publication::Category)| Choice {
            id: self.reader.option(option),
            address: self.rows.option(&option.id).of(&self.path()),
            chosen: index == parts.option,
        };
        let options = question.options.iter().take(question.options.len().saturating_sub(1));
        options.enumerate().map(choice).collect()
    }

    fn root(&self) -> String {
        format!("/results/{}", self.reader.material.campaign.id)
    }

    fn path(&self) -> String {
        format!("{}/{}", self.root(), self.id)
    }
}

/// How the parts of a question are to be drawn.
pub(super) fn show(question: &Question, rows: &Rows) -> Show {
    let means = question.kind == Kind::Scale && rows.show.as_deref() == Some("means");
    if means { Show::Means } else { Show::Shares }
}

/// A difference in whole percentage points.
pub(super) fn points(difference: &Difference) -> i32 {
    let size = i32::try_from(size(difference)).unwrap_or(100);
    if difference.size < 0.0 { -size } else { size }
}
