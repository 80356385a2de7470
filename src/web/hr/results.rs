//! Results: those rows of the campaign's last publication that the reader is entitled to, and nothing else.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Response};
use serde::Deserialize;

use super::{Desk, words};
use crate::actions::{publish_texts, surveys};
use crate::anonymity::publication::{Base, Category, Group, Kind, Publication, Question, Table, Words};
use crate::anonymity::text_publication::TextPublication;
use crate::campaign::state::State as Stage;
use crate::definition::model::{Definition, Kind as Asked, Language};
use crate::people::role::Role;
use crate::report::chart::{Figure, FigureOption, Row, Shape};
use crate::results::audience::describe;
use crate::results::view::{Scope, View};
use crate::results::words::part;
use crate::store::campaigns::{self, Campaign};
use crate::web::App;
use crate::web::access::Visitor;
use crate::web::pages::hr::{Failure, Section};
use crate::web::pages::results::{
    Answers, Choice, Crumb, GroupFigures, GroupLine, Hidden, PublishedLine, PublishedPage, QuestionCard,
    QuestionResultPage, ResultsPage,
};

/// Which rows of a question are shown.
#[derive(Debug, Default, Deserialize)]
pub struct Rows {
    /// The register's id of a place; the whole without one.
    place: Option<String>,
    /// A breakdown; the places below without one.
    by: Option<String>,
}

/// `GET /results`: what was published.
pub async fn list(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Response<Body> {
    let desk = Desk { app: &app, visitor: &visitor, headers: &headers };
    desk.render(published(&desk).await)
}

async fn published(desk: &Desk<'_>) -> anyhow::Result<PublishedPage> {
    let published = campaigns::all(&desk.app.db).await?.into_iter().filter(|one| one.state == Stage::Published);
    let line = |one: Campaign| {
        let survey = surveys::read(&one.definition)?;
        Ok(PublishedLine { id: one.id, name: one.name, survey: survey.title.get(desk.language()).to_owned() })
    };
    let campaigns = published.map(line).collect::<anyhow::Result<_>>()?;
    Ok(PublishedPage { shell: desk.shell(Section::Results), campaigns })
}

/// `GET /results/{campaign}`
pub async fn overview(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    Path(campaign): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let desk = Desk { app: &app, visitor: &visitor, headers: &headers };
    match Results::load(&desk, &campaign).await {
        Ok(Some(results)) => desk.render(Ok(results.overview(&desk))),
        Ok(None) => desk.refuse(Failure::NotFound, None),
        Err(error) => super::fault(&app, &headers, &error),
    }
}

/// `GET /results/{campaign}/{question}`; an item of a matrix is `question.item`. `?place=ID` goes down the tree, `?by=ID`
/// shows a breakdown there.
pub async fn question(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    Path((campaign, question)): Path<(String, String)>,
    Query(rows): Query<Rows>,
    headers: HeaderMap,
) -> Response<Body> {
    let desk = Desk { app: &app, visitor: &visitor, headers: &headers };
    match Results::load(&desk, &campaign).await {
        Ok(results) => match results.as_ref().and_then(|results| results.question(&desk, &question, &rows)) {
            Some(page) => desk.render(Ok(page)),
            None => desk.refuse(Failure::NotFound, None),
        },
        Err(error) => super::fault(&app, &headers, &error),
    }
}

/// Everything that both pages are made from.
struct Results {
    campaign: Campaign,
    survey: Definition,
    language: Language,
    publication: Option<Arc<Publication>>,
    /// What was published of the texts.
    texts: Option<TextPublication>,
    /// The product's words for what a survey does not word itself, in the survey's language.
    own: HashMap<&'static str, String>,
}

const OWN: [&str; 4] = ["yes", "no", "other", "open"];

impl Results {
    /// `None`: there is no such campaign for this reader. Only HR knows of those of which nothing is published.
    async fn load(desk: &Desk<'_>, campaign: &str) -> anyhow::Result<Option<Self>> {
        let app = desk.app;
        let Some(campaign) = campaigns::find(app.db.read(), campaign).await? else { return Ok(None) };
        let survey = surveys::read(&campaign.definition)?;
        let scope = desk.visitor.scope();
        let publication = app.publications.last(&app.db, &campaign.id).await?.map(|all| visible(all, &scope));
        if publication.is_none() && desk.visitor.role != Role::Hr {
            return Ok(None);
        }
        let texts = publish_texts::published(&app.db, &campaign.id).await?.map(|texts| part(texts, &scope));
        let language = desk.language();
        let language = if survey.languages.contains(&language) { language } else { survey.default_language() };
        let own = OWN.map(|word| Ok((word, app.pages.word(word, language)?)));
        let own = own.into_iter().collect::<anyhow::Result<_>>()?;
        Ok(Some(Self { campaign, survey, language, publication, texts, own }))
    }

    fn overview(&self, desk: &Desk<'_>) -> ResultsPage {
        let reading = self.publication.as_deref().map(|publication| Reading { results: self, publication });
        ResultsPage {
            shell: desk.shell(Section::Results),
            campaign: self.campaign.id.clone(),
            name: self.campaign.name.clone(),
            published: reading.is_some(),
            invited: self.publication.as_ref().map_or(0, |publication| u64::from(publication.invited)),
            answered: self.publication.as_ref().map_or(0, |publication| u64::from(publication.respondents)),
            minimum_group: self.survey.minimum_group,
            questions: reading.map(|reading| reading.cards()).unwrap_or_default(),
        }
    }

    fn question(&self, desk: &Desk<'_>, id: &str, rows: &Rows) -> Option<QuestionResultPage> {
        Reading { results: self, publication: self.publication.as_deref()? }.page(desk, id, rows)
    }

    fn words<'w>(&self, words: &'w Words) -> Option<&'w str> {
        words.get(self.language.as_str()).or_else(|| words.values().next()).map(String::as_str)
    }
}

/// The rows that a reader is entitled to.
fn visible(publication: Arc<Publication>, scope: &Scope) -> Arc<Publication> {
    match scope {
        Scope::Whole => publication,
        Scope::Places(_) => Arc::new(View::of(&publication, scope).part()),
    }
}

/// A publication, read in one language.
struct Reading<'r> {
    results: &'r Results,
    publication: &'r Publication,
}

impl<'r> Reading<'r> {
    /// Counted questions and those answered in words, in the survey's order.
    fn cards(&self) -> Vec<QuestionCard> {
        let questions = self.results.survey.questions().map(|(_, question)| question);
        let counted =
            |id: &str| self.publication.questions.iter().filter(|question| question.question == *id).collect();
        let cards = questions.flat_map(|asked| {
            let counted: Vec<&Question> = counted(&asked.id);
            match asked.kind {
                Asked::Text | Asked::LongText => vec![self.words_card(&asked.id)],
                _ => counted.into_iter().map(|question| self.card(question, "")).collect(),
            }
        });
        cards.collect()
    }

    fn page(&self, desk: &Desk<'_>, id: &str, rows: &Rows) -> Option<QuestionResultPage> {
        let cards: Vec<String> = self.cards().into_iter().map(|card| card.id).collect();
        let index = cards.iter().position(|card| card == id)?;
        let place = rows.place.as_deref().unwrap_or_default();
        let question = self.publication.questions.iter().find(|question| question.id == id);
        // A place that is not there, or not for this reader: the answer is the same.
        question
            .is_none_or(|question| place.is_empty() || self.groups(question, place).next().is_some())
            .then_some(())?;
        let lines = question.map(|question| self.lines(question, place, rows.by.as_deref())).unwrap_or_default();
        let options = question.map(|question| question.options.iter().filter(|option| option.id != "open"));
        Some(QuestionResultPage {
            shell: desk.shell(Section::Results),
            campaign: self.results.campaign.id.clone(),
            name: self.results.campaign.name.clone(),
            question: question.map_or_else(|| self.words_card(id), |question| self.card(question, place)),
            minimum_group: question.map_or(self.publication.k, |question| question.k),
            options: options.map(|options| options.map(|option| self.option(option)).collect()).unwrap_or_default(),
            means: question.is_some_and(|question| question.kind == Kind::Scale),
            above: question.map(|question| self.above(question, place)).unwrap_or_default(),
            breakdowns: question.map(|question| self.breakdowns(question, rows)).unwrap_or_default(),
            groups: lines,
            words: self
                .results
                .texts
                .as_ref()
                .map(|texts| words::sections(texts, id, desk.language()))
                .unwrap_or_default(),
            previous: index.checked_sub(1).and_then(|index| cards.get(index)).cloned(),
            next: cards.get(index + 1).cloned(),
        })
    }

    /// One place: as a whole, or where the question was worded by audience, those side by side.
    fn card(&self, question: &Question, place: &str) -> QuestionCard {
        let shown = |group: &Group| self.table(question, group).filter(|table| table.counts.is_some());
        let whole = self.groups(question, place).find(|group| group.breakdown.is_none());
        let table = whole.and_then(shown);
        let answers = match table {
            None => Answers::Hidden { reason: Hidden::TooFew },
            Some(table) => {
                Answers::Shown { base: base(table.base.as_ref()), figure: self.figure(question, place, table) }
            }
        };
        let audience = self.audience(&question.question);
        QuestionCard { id: question.id.clone(), text: self.text(question), audience, answers }
    }

    fn words_card(&self, id: &str) -> QuestionCard {
        let question = self.results.survey.questions().map(|(_, question)| question).find(|question| question.id == id);
        let text = question.map_or("", |question| match &question.wording {
            crate::definition::model::Wording::Everybody(text) => text.get(self.results.language),
            crate::definition::model::Wording::ByAudience(all) => {
                all.last().map_or("", |(_, text)| text.get(self.results.language))
            }
        });
        let published = self.results.texts.is_some();
        let answers = Answers::Hidden { reason: if published { Hidden::Words } else { Hidden::FreeText } };
        QuestionCard { id: id.to_owned(), text: text.to_owned(), audience: self.audience(id), answers }
    }

    fn figure(&self, question: &Question, place: &str, whole: &Table) -> Figure {
        let counted: Vec<&Category> = question.options.iter().filter(|option| option.id != "open").collect();
        let option = |option: &&Category| FigureOption { label: self.option(option), aside: option.id == "dont_know" };
        let rows = self.side_by_side(question, place);
        let alone = || vec![Self::row(None, whole)];
        let stacked = question.kind == Kind::Scale || !rows.is_empty() && !question.kind.several();
        Figure {
            id: question.id.clone(),
            title: self.text(question),
            shape: if stacked { Shape::Stacked } else { Shape::Bars },
            options: counted.iter().map(option).collect(),
            rows: if rows.is_empty() || !stacked { alone() } else { rows },
        }
    }

    fn row(label: Option<String>, table: &Table) -> Row {
        let figures = figures(table);
        Row { label, base: figures.of, counts: figures.counts }
    }

    /// A question with a wording for each audience is shown by the breakdown that these audiences make, where there is one.
    fn side_by_side(&self, question: &Question, place: &str) -> Vec<Row> {
        let worded = |value: &str| question.wordings.contains_key(value);
        let mut breakdowns = self.publication.breakdowns.iter();
        let Some(breakdown) = breakdowns.find(|breakdown| breakdown.values.iter().any(|value| worded(&value.id)))
        else {
            return Vec::new();
        };
        let groups = self.groups(question, place).filter(|group| group.breakdown.as_ref() == Some(&breakdown.id));
        let row = |group: &Group| {
            let table = self.table(question, group).filter(|table| table.counts.is_some())?;
            Some(Self::row(Some(self.value(group)), table))
        };
        groups.filter_map(row).collect()
    }

    /// The place itself, and what it is divided into.
    fn lines(&self, question: &Question, place: &str, by: Option<&str>) -> Vec<GroupLine> {
        let own = self.groups(question, place).filter(|group| group.breakdown.is_none()).map(|group| GroupLine {
            name: (!place.is_empty()).then(|| group.unit.last().cloned().unwrap_or_default()),
            address: None,
            figures: self.figures(question, group),
        });
        let parts: Vec<GroupLine> = match by {
            Some(by) => self
                .groups(question, place)
                .filter(|group| group.breakdown.as_deref() == Some(by))
                .map(|group| GroupLine {
                    name: Some(self.value(group)),
                    address: None,
                    figures: self.figures(question, group),
                })
                .collect(),
            None => self.below(question, place),
        };
        own.chain(parts).collect()
    }

    fn below(&self, question: &Question, place: &str) -> Vec<GroupLine> {
        let depth = self.depth(question, place);
        let inside = |group: &&Group| {
            group.audience == question.population
                && group.breakdown.is_none()
                && group.unit.len() == depth.len() + 1
                && group.unit.starts_with(&depth)
        };
        let divided = |group: &Group| {
            let below = |other: &Group| other.unit.len() > group.unit.len() && other.unit.starts_with(&group.unit);
            group.base.is_some()
                && self.publication.groups.iter().any(|other| other.audience == group.audience && below(other))
        };
        let mut lines: Vec<GroupLine> = self
            .publication
            .groups
            .iter()
            .filter(inside)
            .map(|group| GroupLine {
                name: group.unit.last().cloned(),
                address: divided(group).then(|| self.address(question, &group.place, None)),
                figures: self.figures(question, group),
            })
            .collect();
        lines.sort_by(|one, other| one.name.cmp(&other.name));
        lines
    }

    /// The names on the way down to a place.
    fn depth(&self, question: &Question, place: &str) -> Vec<String> {
        self.groups(question, place).next().map(|group| group.unit.clone()).unwrap_or_default()
    }

    /// The way back up.
    fn above(&self, question: &Question, place: &str) -> Vec<Crumb> {
        let names = self.depth(question, place);
        let at = |depth: usize| {
            let path = names.get(..depth)?;
            let mut groups = self.publication.groups.iter();
            let group = groups.find(|group| group.audience == question.population && group.unit == path)?;
            Some(Crumb { name: path.last().cloned(), address: self.address(question, &group.place, None) })
        };
        (0..names.len()).filter_map(at).collect()
    }

    fn breakdowns(&self, question: &Question, rows: &Rows) -> Vec<Choice> {
        let place = rows.place.as_deref().unwrap_or_default();
        let choice = |id: Option<&str>| Choice {
            id: id.map(str::to_owned),
            address: self.address(question, place, id),
            chosen: rows.by.as_deref() == id,
        };
        let has = |id: &str| {
            self.groups(question, place)
                .any(|group| group.breakdown.as_deref() == Some(id) && self.table(question, group).is_some())
        };
        let all = self.publication.breakdowns.iter().filter(|breakdown| has(&breakdown.id));
        std::iter::once(choice(None)).chain(all.map(|breakdown| choice(Some(&breakdown.id)))).collect()
    }

    fn address(&self, question: &Question, place: &str, by: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !place.is_empty() {
            query.append_pair("place", place);
        }
        if let Some(by) = by {
            query.append_pair("by", by);
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/results/{}/{}{mark}{query}", self.results.campaign.id, question.id)
    }

    /// The groups of one place in the question's population.
    fn groups<'s>(&'s self, question: &'s Question, place: &'s str) -> impl Iterator<Item = &'r Group> + 's {
        let here = move |group: &&'r Group| group.audience == question.population && group.place == place;
        self.publication.groups.iter().filter(here)
    }

    fn table(&self, question: &Question, group: &Group) -> Option<&'r Table> {
        self.publication.tables.iter().find(|table| table.group == group.id && table.question == question.id)
    }

    fn figures(&self, question: &Question, group: &Group) -> Option<GroupFigures> {
        let table = self.table(question, group)?;
        table.counts.is_some().then(|| figures(table))
    }

    /// One measure worded by audience is called by its last wording, the one for all others.
    fn text(&self, question: &Question) -> String {
        let asked = self.results.survey.questions().map(|(_, asked)| asked).find(|asked| asked.id == question.question);
        let last = asked.and_then(|asked| match &asked.wording {
            crate::definition::model::Wording::ByAudience(all) => all.last().map(|(audience, _)| audience.as_str()),
            crate::definition::model::Wording::Everybody(_) => None,
        });
        let words = question.wordings.get(last.unwrap_or_default());
        words.and_then(|words| self.results.words(words)).unwrap_or_default().to_owned()
    }

    fn option(&self, option: &Category) -> String {
        let own = || self.results.own.get(option.id.as_str()).cloned();
        let label = self.results.words(&option.label).map(str::to_owned);
        label.or_else(own).unwrap_or_else(|| option.id.replace('-', "–"))
    }

    /// A value of a breakdown in words: an audience by its label, an age band as it is.
    fn value(&self, group: &Group) -> String {
        let id = group.value.as_deref().unwrap_or_default();
        let breakdown = self.publication.breakdowns.iter().find(|known| Some(&known.id) == group.breakdown.as_ref());
        let value = breakdown.and_then(|breakdown| breakdown.values.iter().find(|value| value.id == id));
        let label = value.and_then(|value| self.results.words(&value.label)).map(str::to_owned);
        label.unwrap_or_else(|| match (id.strip_prefix('-'), id.strip_suffix('-')) {
            (Some(most), _) => format!("≤ {most}"),
            (_, Some(least)) => format!("≥ {least}"),
            _ => id.replace('-', "–"),
        })
    }

    /// Who was asked: the question's own audience says more than its page's.
    fn audience(&self, id: &str) -> Option<String> {
        let survey = &self.results.survey;
        let (page, question) = survey.questions().find(|(_, question)| question.id == id)?;
        let condition = question.audience.as_ref().or(page.audience.as_ref())?;
        Some(describe(survey, self.results.language, condition))
    }
}

fn figures(table: &Table) -> GroupFigures {
    let counts = table.counts.as_deref().unwrap_or_default();
    let (open, counted) = counts.split_last().map_or((0, counts), |(open, counted)| (*open, counted));
    GroupFigures {
        base: base(table.base.as_ref()),
        of: table.of.map(u64::from).unwrap_or_default(),
        counts: counted.iter().map(|count| u64::from(*count)).collect(),
        open: u64::from(open),
        mean: table.mean,
        favourable: table.favourable.map(u64::from),
    }
}

fn base(base: Option<&Base>) -> String {
    base.map(Base::to_string).unwrap_or_default()
}
