//! The first page: who took part, what stands out, and every question in one glance.

use super::address::Rows;
use super::around::{around, bare};
use super::picture::{self, Words};
use super::reader::{Material, Reader};
use super::{findings, words};
use crate::actions::publish_texts;
use crate::anonymity::publication::{Kind, Question};
use crate::anonymity::text_publication::TextPublication;
use crate::definition::model::{Kind as Asked, Page as Chapters, Question as Declared};
use crate::results::distribution::{Distribution, Figures};
use crate::results::rate::{self, ResponseRate};
use crate::results::view::{Place, Position, Scope};
use crate::results::words::part;
use crate::web::hr::Desk;
use crate::web::pages::viewer::Section;
use crate::web::pages::viewer::overview::{Chapter, Glance, OverviewPage, Part, PlaceLine, QuestionLine, Rate};

/// The page at the wanted place; nothing where this reader sees no such place.
///
/// # Errors
/// The database is out of reach; a word is missing.
pub(super) async fn page(
    desk: &Desk,
    material: &Material,
    scope: &Scope,
    rows: &Rows,
) -> anyhow::Result<Option<OverviewPage>> {
    let Some(reader) = material.reader(scope) else { return Ok(Some(empty(desk, material))) };
    let Some(place) = reader.place(rows.place.as_deref()) else { return Ok(None) };
    let texts = publish_texts::published(&desk.app.db, &material.campaign.id).await?.map(|texts| part(texts, scope));
    let list = List { reader: &reader, place, texts };
    let path = format!("/results/{}", material.campaign.id);
    let chapters = list.chapters();
    let (findings, more) = findings::findings(desk, &reader, place)?;
    Ok(Some(OverviewPage {
        around: around(desk, &reader, Section::Overview, &path, place, &Rows::default()),
        published: true,
        rate: rate::at(&reader.view, Position::at(&place.id)).map(|rate| response(&rate)),
        places: places(&reader, &path, place),
        findings,
        more,
        suppressed: chapters.iter().flat_map(|chapter| &chapter.questions).all(|question| question.base.is_none()),
        chapters,
    }))
}

fn empty(desk: &Desk, material: &Material) -> OverviewPage {
    OverviewPage {
        around: bare(desk, material),
        published: false,
        rate: None,
        places: Vec::new(),
        findings: Vec::new(),
        more: Vec::new(),
        suppressed: false,
        chapters: Vec::new(),
    }
}

fn response(rate: &ResponseRate<'_>) -> Rate {
    let (part, percent) = Part::of(rate.part);
    Rate { invited: rate.invited, answered: rate.answered, part, percent }
}

fn places(reader: &Reader<'_>, path: &str, place: &Place) -> Vec<PlaceLine> {
    let line = |place: &Place| {
        let rate = rate::at(&reader.view, Position::at(&place.id))?;
        let shown = reader.view.respondents(Position::at(&place.id)).is_some_and(|group| group.base.is_some());
        Some(PlaceLine {
            name: reader.name(&place.unit).to_owned(),
            address: shown.then(|| Rows::default().at(&place.id).of(path)),
            rate: response(&rate),
        })
    };
    let mut lines: Vec<PlaceLine> = reader.view.below(&place.id).filter_map(line).collect();
    lines.sort_by(|one, other| one.name.cmp(&other.name));
    lines
}

/// All questions at one place.
struct List<'l> {
    reader: &'l Reader<'l>,
    place: &'l Place,
    texts: Option<TextPublication>,
}

impl List<'_> {
    fn chapters(&self) -> Vec<Chapter> {
        let chapters = self.reader.material.survey.pages.iter().map(|page| self.chapter(page));
        chapters.filter(|chapter| !chapter.questions.is_empty()).collect()
    }

    fn chapter(&self, page: &Chapters) -> Chapter {
        let title = page.title.as_ref().map(|title| title.get(self.reader.material.language).to_owned());
        let mut questions = Vec::new();
        for declared in &page.questions {
            if matches!(declared.kind, Asked::Text | Asked::LongText) {
                questions.push(self.written(declared));
            }
            let counted = self.reader.view.publication().questions.iter();
            let counted = counted.filter(|question| question.question == declared.id);
            questions.extend(counted.map(|question| self.counted(question)));
        }
        Chapter { title, questions }
    }

    fn written(&self, declared: &Declared) -> QuestionLine {
        let published = self.texts.as_ref().and_then(|texts| texts.question(&declared.id));
        QuestionLine {
            text: words::asked(declared, self.reader.material.language).to_owned(),
            audience: self.reader.audience(&declared.id),
            address: self.address(&declared.id),
            base: None,
            glance: if published.is_some() { Glance::Words } else { Glance::Unread },
        }
    }

    fn counted(&self, question: &Question) -> QuestionLine {
        let found = Distribution::of(&self.reader.view, question, Position::at(&self.place.id));
        let figures = found.and_then(|found| found.figures);
        let notation = self.reader.material.notation;
        QuestionLine {
            text: self.reader.text(question),
            audience: self.reader.audience(&question.question),
            address: self.address(&question.id),
            base: figures.as_ref().map(|figures| picture::base(figures.answered, notation)),
            glance: figures.map_or(Glance::Hidden, |figures| self.glance(question, &figures)),
        }
    }

    fn glance(&self, question: &Question, figures: &Figures<'_>) -> Glance {
        let words = Words { asked: "", notation: self.reader.material.notation };
        let most = figures.bars.iter().filter(|bar| !bar.aside).max_by_key(|bar| bar.count);
        if let (Kind::Scale, Some(percent)) = (question.kind, figures.favourable) {
            return Glance::Favourable { percent, figure: picture::alone(self.reader, question, figures, &words) };
        }
        most.and_then(|bar| Some((bar, bar.percent?))).map_or(Glance::Hidden, |(bar, percent)| Glance::Most {
            option: self.reader.option(bar.option),
            percent,
            figure: picture::glance(self.reader, question, figures, &words),
        })
    }

    fn address(&self, question: &str) -> String {
        let campaign = &self.reader.material.campaign.id;
        Rows::default().at(&self.place.id).of(&format!("/results/{campaign}/{question}"))
    }
}

/// Who was asked, as a picture's subtitle says it.
///
/// # Errors
/// A word is missing.
pub(super) fn asked(desk: &Desk, reader: &Reader<'_>, question: &Question) -> anyhow::Result<String> {
    match reader.audience(&question.question) {
        Some(audience) => desk.app.pages.say("hr-asked", &[("audience", &audience)], desk.language()),
        None => desk.app.pages.word("hr-asked-everybody", desk.language()),
    }
}
