//! Preliminary results: the whole organisation and the areas.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};

use super::Desk;
use super::campaigns::area_names;
use crate::actions::surveys;
use crate::definition::model::{Definition, Kind, Language, Question, Wording};
use crate::report::chart::{Figure, FigureOption, Row, Shape};
use crate::results::audience::describe;
use crate::results::preliminary::{self, Counts, Response as Answered, Table};
use crate::store::campaigns::{self, Campaign};
use crate::store::{invitations, responses};
use crate::web::App;
use crate::web::access::Visitor;
use crate::web::pages::hr::{Failure, Section};
use crate::web::pages::results::{
    Answers, GroupFigures, GroupLine, Hidden, QuestionCard, QuestionResultPage, ResultsPage,
};

/// `GET /results/{campaign}`
pub async fn overview(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    Path(campaign): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let desk = Desk { app: &app, visitor: &visitor, headers: &headers };
    match Results::load(&app, &campaign, desk.language()).await {
        Ok(Some(results)) => desk.render(Ok(results.overview(&desk))),
        Ok(None) => desk.refuse(Failure::NotFound, None),
        Err(error) => super::fault(&app, &headers, &error),
    }
}

/// `GET /results/{campaign}/{question}`; an item of a matrix is `question.item`.
pub async fn question(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    Path((campaign, question)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response<Body> {
    let desk = Desk { app: &app, visitor: &visitor, headers: &headers };
    match Results::load(&app, &campaign, desk.language()).await {
        Ok(results) => match results.and_then(|results| results.question(&desk, &question)) {
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
    tables: Vec<Table>,
    areas: BTreeMap<String, String>,
    invited: u64,
    answered: u64,
    /// The product's words for options that a survey does not word itself, in the survey's language.
    yes_no: [OptionView; 2],
    other: OptionView,
}

impl Results {
    async fn load(app: &App, campaign: &str, language: Language) -> anyhow::Result<Option<Self>> {
        let Some(campaign) = campaigns::find(app.db.read(), campaign).await? else { return Ok(None) };
        let survey = surveys::read(&campaign.definition)?;
        let progress = invitations::progress(&app.db, &campaign.id).await?;
        let invited_areas: Vec<String> = progress.iter().filter_map(|area| area.area_id.clone()).collect();
        let responses = responses::all(&app.db, &campaign.id).await?;
        let places = invitations::areas(&mut *app.db.read().acquire().await?, &campaign.id).await?;
        let answered = |response: &_| answered(response, &places);
        let responses: Vec<Answered> = responses.iter().map(answered).collect::<anyhow::Result<_>>()?;
        let language = if survey.languages.contains(&language) { language } else { survey.default_language() };
        let own = |value: &str| anyhow::Ok(OptionView::new(value.to_owned(), &app.pages.word(value, language)?));
        Ok(Some(Self {
            tables: preliminary::tables(&survey, &invited_areas, &responses),
            language,
            yes_no: [own("yes")?, own("no")?],
            other: own("other")?,
            areas: area_names(app).await?,
            invited: progress.iter().map(|area| area.invited.unsigned_abs()).sum(),
            answered: responses.len() as u64,
            campaign,
            survey,
        }))
    }

    fn overview(&self, desk: &Desk<'_>) -> ResultsPage {
        ResultsPage {
            shell: desk.shell(Section::Campaigns),
            campaign: self.campaign.id.clone(),
            name: self.campaign.name.clone(),
            invited: self.invited,
            answered: self.answered,
            minimum_group: self.survey.minimum_group,
            preliminary: true,
            questions: self.tables.iter().filter_map(|table| self.card(table)).collect(),
        }
    }

    fn question(&self, desk: &Desk<'_>, id: &str) -> Option<QuestionResultPage> {
        let index = self.tables.iter().position(|table| key(table) == id)?;
        let table = self.tables.get(index)?;
        let question = self.asked(table)?;
        let options = self.options(question);
        let scale = self.scale_values(question);
        let whole =
            GroupLine { name: None, figures: table.whole.as_ref().map(|c| figures(c, &options, scale.is_some())) };
        let area = |(id, counts): (&String, &Option<Counts>)| GroupLine {
            name: Some(self.areas.get(id).cloned().unwrap_or_default()),
            figures: counts.as_ref().map(|counts| figures(counts, &options, scale.is_some())),
        };
        let mut groups: Vec<GroupLine> = table.areas.iter().map(area).collect();
        groups.sort_by(|a, b| a.name.cmp(&b.name));
        groups.insert(0, whole);
        Some(QuestionResultPage {
            shell: desk.shell(Section::Campaigns),
            campaign: self.campaign.id.clone(),
            name: self.campaign.name.clone(),
            question: self.card(table)?,
            preliminary: true,
            minimum_group: self.smallest(question),
            groups: if is_words(question) { Vec::new() } else { groups },
            options: options.into_iter().map(|option| option.label).collect(),
            means: scale.is_some(),
            previous: index.checked_sub(1).and_then(|index| self.tables.get(index)).map(key),
            next: self.tables.get(index + 1).map(key),
        })
    }

    fn card(&self, table: &Table) -> Option<QuestionCard> {
        let question = self.asked(table)?;
        let text = self.text(table, question);
        let answers = match &table.whole {
            _ if is_words(question) => Answers::Hidden { reason: Hidden::FreeText },
            None => Answers::Hidden { reason: Hidden::TooFew },
            Some(counts) => {
                Answers::Shown { base: u64::from(counts.base), figure: self.figure(question, &text, table, counts) }
            }
        };
        Some(QuestionCard { id: key(table), text, audience: self.audience(question), answers })
    }

    fn figure(&self, question: &Question, title: &str, table: &Table, counts: &Counts) -> Figure {
        let options = self.options(question);
        let row = Row { label: None, base: u64::from(counts.base), counts: figures(counts, &options, false).counts };
        let option =
            |option: &OptionView| FigureOption { label: option.label.clone(), aside: option.value == "dont_know" };
        Figure {
            id: key(table),
            title: title.to_owned(),
            shape: if self.scale_values(question).is_some() { Shape::Stacked } else { Shape::Bars },
            options: options.iter().map(option).collect(),
            rows: vec![row],
        }
    }

    fn asked(&self, table: &Table) -> Option<&Question> {
        self.survey.questions().map(|(_, question)| question).find(|question| question.id == table.question)
    }

    /// One measure worded by audience is called by its last wording, the one for all others.
    fn text(&self, table: &Table, question: &Question) -> String {
        let text = match &question.wording {
            Wording::Everybody(text) => text.get(self.language),
            Wording::ByAudience(wordings) => wordings.last().map_or("", |(_, text)| text.get(self.language)),
        };
        let item = match (&question.kind, &table.item) {
            (Kind::Matrix { items, .. }, Some(id)) => items.iter().find(|item| item.id == *id),
            _ => None,
        };
        item.map_or_else(|| text.to_owned(), |item| format!("{text} {}", item.label.get(self.language)))
    }

    /// Who was asked: the question's own audience says more than its page's.
    fn audience(&self, question: &Question) -> Option<String> {
        let page = self.survey.questions().find(|(_, candidate)| candidate.id == question.id).map(|(page, _)| page)?;
        let condition = question.audience.as_ref().or(page.audience.as_ref())?;
        Some(describe(&self.survey, self.language, condition))
    }

    fn smallest(&self, question: &Question) -> u32 {
        if question.sensitive { 2 * self.survey.minimum_group } else { self.survey.minimum_group }
    }

    fn scale_values(&self, question: &Question) -> Option<&crate::definition::model::Scale> {
        match &question.kind {
            Kind::Scale(scale) | Kind::Matrix { scale, .. } => self.survey.scale(scale),
            _ => None,
        }
    }

    fn options(&self, question: &Question) -> Vec<OptionView> {
        if let Some(scale) = self.scale_values(question) {
            let points = scale.points.iter().map(|point| (point.value.to_string(), &point.label));
            let dont_know = scale.dont_know.iter().map(|label| ("dont_know".to_owned(), label));
            return points
                .chain(dont_know)
                .map(|(value, label)| OptionView::new(value, label.get(self.language)))
                .collect();
        }
        match &question.kind {
            Kind::YesNo => self.yes_no.to_vec(),
            Kind::Choice { options, other } | Kind::Choices { options, other, .. } => {
                let own =
                    options.iter().map(|option| OptionView::new(option.id.clone(), option.label.get(self.language)));
                own.chain(other.then(|| self.other.clone())).collect()
            }
            Kind::Rank { options, .. } => options
                .iter()
                .map(|option| OptionView::new(option.id.clone(), option.label.get(self.language)))
                .collect(),
            _ => Vec::new(),
        }
    }
}

#[derive(Clone)]
struct OptionView {
    value: String,
    label: String,
}

impl OptionView {
    fn new(value: String, label: &str) -> Self {
        Self { value, label: label.to_owned() }
    }
}

/// Words, and numbers that have no options, are not shown before publications can.
fn is_words(question: &Question) -> bool {
    matches!(question.kind, Kind::Text | Kind::LongText | Kind::Number { .. })
}

fn key(table: &Table) -> String {
    table.item.as_ref().map_or_else(|| table.question.clone(), |item| format!("{}.{item}", table.question))
}

fn figures(counts: &Counts, options: &[OptionView], means: bool) -> GroupFigures {
    let count = |option: &OptionView| match option.value.as_str() {
        "dont_know" => counts.dont_know,
        value => counts.values.get(value).copied().unwrap_or_default(),
    };
    GroupFigures {
        base: u64::from(counts.base),
        counts: options.iter().map(|option| u64::from(count(option))).collect(),
        mean: means.then(|| counts.mean()).flatten(),
    }
}

fn answered(response: &responses::Response, areas: &HashMap<String, String>) -> anyhow::Result<Answered> {
    Ok(Answered {
        area: response.unit_id.as_ref().and_then(|unit| areas.get(unit)).cloned(),
        attributes: serde_json::from_str(&response.attributes)?,
        answers: serde_json::from_str(&response.answers)?,
    })
}
