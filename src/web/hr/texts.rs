//! Free text: read one at a time, by two, and published once.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Form, Path, Query};
use axum::http::Response;
use serde::Deserialize;

use super::campaigns::area_names;
use super::{Desk, field, see_other};
use crate::actions::moderate::{self, Look, ModerateError};
use crate::actions::publish_texts::{self, PublishTextsError, Wish};
use crate::actions::surveys;
use crate::anonymity::text_publication::asked_in_words;
use crate::anonymity::words::WORDS_FROM;
use crate::campaign::moderation::{Step, Why};
use crate::campaign::state;
use crate::definition::model::{Definition, Language, Question, Wording};
use crate::people::role::Role;
use crate::respond::post::Fields;
use crate::store::campaigns::{self, Campaign};
use crate::store::texts::{self, Text, Wanted};
use crate::store::themes::{self, Theme};
use crate::store::{accounts, text_publications};
use crate::web::pages::hr::{Failure, Section};
use crate::web::pages::texts::{List, TextPage, TextShown, TextsLine, TextsPage, ThemeChoice};

/// As lists are named, in the order of moderation.
const LISTS: [&str; 5] = ["new", "cleaned", "released", "threat", "unusable"];

/// Which text is wanted.
#[derive(Debug, Default, Deserialize)]
pub struct Going {
    /// One of [`LISTS`].
    list: Option<String>,
    /// The one that was looked at last.
    after: Option<String>,
    /// This one.
    text: Option<String>,
}

/// `GET /campaigns/{id}/texts`
pub async fn list(desk: Desk, Path(id): Path<String>) -> Response<Body> {
    match campaigns::find(desk.app.db.read(), &id).await {
        Ok(Some(campaign)) => desk.render(progress(&desk, campaign).await),
        Ok(None) => desk.refuse(Failure::NotFound, None),
        Err(error) => desk.fault(&error),
    }
}

async fn progress(desk: &Desk, campaign: Campaign) -> anyhow::Result<TextsPage> {
    let db = &desk.app.db;
    let survey = surveys::read(&campaign.definition)?;
    let tally = texts::tally(db, &campaign.id, &desk.visitor.name).await?;
    let themes = themes::all(db.read(), &campaign.id).await?;
    let count = |question: &str, stage: &str| count(&tally, question, stage).0;
    let line = |(id, question): (String, &Question)| TextsLine {
        asked: wording(desk, &survey, question),
        other: id != question.id,
        new: count(&id, "new"),
        cleaned: count(&id, "cleaned"),
        released: count(&id, "released"),
        aside: count(&id, "threat") + count(&id, "unusable"),
        themes: themes.iter().filter(|theme| theme.question == id).map(|_| 1u64).sum(),
        id,
    };
    let questions: Vec<TextsLine> = asked_in_words(&survey).into_iter().map(line).collect();
    Ok(TextsPage {
        shell: desk.shell(Section::Campaigns),
        opened: campaign.opened_at.is_some(),
        figures: campaign.state == state::State::Published,
        published: text_publications::exists(db.read(), &campaign.id).await?,
        alone: accounts::count(db.read(), Role::Hr).await? < 2,
        unfinished: questions.iter().map(|line| line.new + line.cleaned).sum(),
        released: questions.iter().map(|line| line.released).sum(),
        words_from: WORDS_FROM.max(survey.minimum_group),
        questions,
        id: campaign.id,
        name: campaign.name,
    })
}

type Tally = BTreeMap<String, BTreeMap<String, (u64, u64)>>;

/// How many of a question are in a stage, and how many of them this account has cleaned.
fn count(tally: &Tally, question: &str, stage: &str) -> (u64, u64) {
    tally.get(question).and_then(|stages| stages.get(stage)).copied().unwrap_or_default()
}

/// `GET /campaigns/{id}/texts/{question}`
pub async fn show(
    desk: Desk,
    Path((id, question)): Path<(String, String)>,
    Query(going): Query<Going>,
) -> Response<Body> {
    match one(&desk, &id, &question, &going).await {
        Ok(Some(page)) => super::scripted(desk.render(Ok(page))),
        Ok(None) => desk.refuse(Failure::NotFound, None),
        Err(error) => desk.fault(&error),
    }
}

async fn one(desk: &Desk, id: &str, question: &str, going: &Going) -> anyhow::Result<Option<TextPage>> {
    let db = &desk.app.db;
    let Some(campaign) = campaigns::find(db.read(), id).await? else { return Ok(None) };
    let survey = surveys::read(&campaign.definition)?;
    let Some((_, asked)) = asked_in_words(&survey).into_iter().find(|(known, _)| known == question) else {
        return Ok(None);
    };
    let alone = accounts::count(db.read(), Role::Hr).await? < 2;
    let found = match &going.text {
        Some(text) => texts::find(db.read(), id, text).await?.filter(|text| text.question == question),
        None => next(desk, id, question, going, alone).await?,
    };
    let list = found.as_ref().map_or_else(|| known(going.list.as_deref()), |text| known(Some(&text.state)));
    let tally = texts::tally(db, id, &desk.visitor.name).await?;
    let marked = match &found {
        Some(text) => themes::of_text(db, &text.id).await?,
        None => Vec::new(),
    };
    let counted = |list| List { list, count: count(&tally, question, list).0, chosen: false };
    Ok(Some(TextPage {
        shell: desk.shell(Section::Campaigns),
        asked: wording(desk, &survey, asked),
        other: asked.id != question,
        published: text_publications::exists(db.read(), id).await?,
        lists: LISTS.map(|known| List { chosen: known == list, ..counted(known) }).into(),
        waiting: if alone { 0 } else { count(&tally, question, "cleaned").1 },
        before: going.after.clone().filter(|_| going.text.is_none()),
        themes: choices(desk, themes::all(db.read(), id).await?, question, &marked),
        text: match found {
            Some(text) => Some(shown(desk, text, alone).await?),
            None => None,
        },
        list,
        question: question.to_owned(),
        id: campaign.id,
        name: campaign.name,
    }))
}

/// The next one of the list; of those to release none that this account may not.
async fn next(desk: &Desk, campaign: &str, question: &str, going: &Going, alone: bool) -> anyhow::Result<Option<Text>> {
    let list = known(going.list.as_deref());
    let not_by = if alone || list != "cleaned" { "" } else { &desk.visitor.name };
    let wanted = Wanted { campaign, question, state: list, not_by };
    Ok(texts::next(&desk.app.db, wanted, going.after.as_deref().unwrap_or_default()).await?)
}

fn known(list: Option<&str>) -> &'static str {
    LISTS.into_iter().find(|known| Some(*known) == list).unwrap_or(LISTS[0])
}

async fn shown(desk: &Desk, text: Text, alone: bool) -> anyhow::Result<TextShown> {
    let names = area_names(&desk.app).await?;
    let stage = moderate::moderated(&text)?.stage;
    Ok(TextShown {
        seen: moderate::fingerprint(&text),
        may_release: stage.cleaned_by().is_some_and(|by| alone || by != desk.visitor.name),
        stage: stage.as_str().to_owned(),
        area: text.area_id.as_ref().and_then(|area| names.get(area)).cloned(),
        words: text.edited.unwrap_or_else(|| text.words.clone()),
        original: text.words,
        id: text.id,
    })
}

fn choices(desk: &Desk, all: Vec<Theme>, question: &str, marked: &[String]) -> Vec<ThemeChoice> {
    let own = all.into_iter().filter(|theme| theme.question == question);
    let mut choices: Vec<ThemeChoice> = own
        .map(|theme| ThemeChoice {
            label: label(&serde_json::from_str(&theme.label).unwrap_or_default(), desk.language()).to_owned(),
            marked: marked.contains(&theme.id),
            id: theme.id,
        })
        .collect();
    choices.sort_by(|one, other| one.label.cmp(&other.label));
    choices
}

/// A theme's label in this language, else in bokmål.
pub(in crate::web) fn label(label: &BTreeMap<String, String>, language: Language) -> &str {
    label.get(language.as_str()).or_else(|| label.get("nb")).map_or("", String::as_str)
}

fn wording(desk: &Desk, survey: &Definition, question: &Question) -> String {
    let language = desk.language();
    let language = if survey.languages.contains(&language) { language } else { survey.default_language() };
    match &question.wording {
        Wording::Everybody(text) => text.get(language).to_owned(),
        Wording::ByAudience(all) => all.last().map_or("", |(_, text)| text.get(language)).to_owned(),
    }
}

/// `POST /campaigns/{id}/texts/{question}`: a step, and on to the next text.
pub async fn act(
    desk: Desk,
    Path((id, question)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Response<Body> {
    let step = match field(&fields, "step") {
        "clean" => Some(Step::Clean(field(&fields, "words").to_owned())),
        "threat" => Some(Step::PutAside(Why::Threat)),
        "unusable" => Some(Step::PutAside(Why::Unusable)),
        "release" => Some(Step::Release),
        "return" => Some(Step::Return),
        "themes" => None,
        _ => return desk.refuse(Failure::NotFound, None),
    };
    let themes: Vec<&str> = fields.iter().filter(|(name, _)| name == "theme").map(|(_, id)| id.as_str()).collect();
    let (text, list) = (field(&fields, "text"), known(Some(field(&fields, "list"))));
    let look = Look { text, seen: field(&fields, "seen"), themes: &themes, step };
    let done = moderate::look(desk.actor(), &id, look).await;
    // With the next text in focus: whoever has no mouse does not go through the menu again.
    let next = format!("/campaigns/{id}/texts/{question}?list={list}&after={text}#text");
    desk.moderated(done.map(drop), &next)
}

/// `POST /campaigns/{id}/texts/{question}/themes`: a new theme, or one less.
pub async fn theme(
    desk: Desk,
    Path((id, question)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Response<Body> {
    let done = match field(&fields, "remove") {
        "" => {
            let label = ["nb", "nn", "en"].map(|language| (language.to_owned(), field(&fields, language).to_owned()));
            moderate::add_theme(desk.actor(), &id, &question, label.into()).await
        }
        theme => moderate::remove_theme(desk.actor(), &id, &question, theme).await,
    };
    let list = known(Some(field(&fields, "list")));
    desk.moderated(done, &format!("/campaigns/{id}/texts/{question}?list={list}"))
}

/// `POST /campaigns/{id}/publish-texts`
pub async fn publish(desk: Desk, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response<Body> {
    let key = match desk.app.settings.load_or_create_secret(&desk.app.ports.chance) {
        Ok(key) => key,
        Err(error) => return desk.fault(&error.into()),
    };
    let wish = Wish { words: field(&fields, "words") == "1", leave_unfinished: field(&fields, "unfinished") == "1" };
    match publish_texts::publish_texts(desk.actor(), &key, &id, wish).await {
        Ok(_) => see_other(&format!("/campaigns/{id}/texts")),
        Err(PublishTextsError::Unknown) => desk.refuse(Failure::NotFound, None),
        Err(PublishTextsError::Store(error)) => desk.fault(&error),
        Err(error) => desk.refuse(Failure::Refused, Some(error.to_string())),
    }
}

impl Desk {
    fn moderated(&self, done: Result<(), ModerateError>, address: &str) -> Response<Body> {
        match done {
            Ok(()) => see_other(address),
            Err(ModerateError::Unknown) => self.refuse(Failure::NotFound, None),
            Err(ModerateError::Store(error)) => self.fault(&error),
            Err(error) => self.refuse(Failure::Refused, Some(error.to_string())),
        }
    }
}
