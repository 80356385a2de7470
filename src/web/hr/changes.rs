//! What became another in a survey since the wave before it, and from version to version.

use axum::body::Body;
use axum::extract::Path;
use axum::http::Response;

use super::Desk;
use super::survey::last;
use crate::actions::surveys;
use crate::definition::difference::{Change, differences};
use crate::definition::model::{Condition, Definition, Language, Question};
use crate::results::audience::describe;
use crate::store::campaigns::{self, Campaign};
use crate::store::definitions;
use crate::web::pages::changes::{ChangesPage, Line, Version, WaveChanges};
use crate::web::pages::hr::{Failure, Section};
use crate::web::{App, local};

/// `GET /campaigns/{id}/changes`
pub async fn show(desk: Desk, Path(id): Path<String>) -> Response<Body> {
    match campaigns::find(desk.app.db.read(), &id).await {
        Ok(Some(campaign)) => desk.render(page(&desk, campaign).await),
        Ok(None) => desk.refuse(Failure::NotFound, None),
        Err(error) => desk.fault(&error),
    }
}

async fn page(desk: &Desk, campaign: Campaign) -> anyhow::Result<ChangesPage> {
    let survey = surveys::read(&campaign.definition)?;
    let wave = wave_before(&desk.app, &campaign, &survey).await?.map(|(wave, before)| WaveChanges {
        changes: lines(&before, &survey, desk.language()),
        id: wave.id,
        name: wave.name,
    });
    Ok(ChangesPage {
        shell: desk.shell(Section::Campaigns),
        wave,
        versions: versions(desk, &campaign.id).await?,
        id: campaign.id,
        name: campaign.name,
    })
}

/// The last campaign before this one that asked the same survey, or one that it goes back to.
async fn wave_before(
    app: &App,
    campaign: &Campaign,
    survey: &Definition,
) -> anyhow::Result<Option<(Campaign, Definition)>> {
    let launched = |other: &Campaign| {
        let before = campaign.launched_at.is_none_or(|at| other.launched_at.is_some_and(|other| other < at));
        other.id != campaign.id && other.launched_at.is_some() && before
    };
    let mut earlier: Vec<Campaign> = campaigns::all(&app.db).await?.into_iter().filter(launched).collect();
    earlier.sort_by_key(|other| std::cmp::Reverse(other.launched_at));
    let named = |id: &str| survey.questions().flat_map(|(_, question)| &question.same_as).any(|name| is_of(name, id));
    for other in earlier {
        let before = surveys::read(&other.definition)?;
        if before.id == survey.id || named(&before.id) {
            return Ok(Some((other, before)));
        }
    }
    Ok(None)
}

fn is_of(name: &str, survey: &str) -> bool {
    name.split_once('.').is_some_and(|(named, _)| named == survey)
}

async fn versions(desk: &Desk, campaign: &str) -> anyhow::Result<Vec<Version>> {
    let (mut versions, mut before) = (Vec::new(), None);
    for version in definitions::all(&desk.app.db, campaign).await? {
        let survey = surveys::read(&version.definition)?;
        let changes = before.map(|before| lines(&before, &survey, desk.language())).unwrap_or_default();
        let at = local(version.at, &survey);
        versions.push(Version { number: version.number, at, who: version.who, changes });
        before = Some(survey);
    }
    versions.reverse();
    Ok(versions)
}

fn lines(before: &Definition, after: &Definition, language: Language) -> Vec<Line> {
    let language = if after.languages.contains(&language) { language } else { after.default_language() };
    let told = Telling { before, language };
    differences(before, after).into_iter().map(|change| told.line(change)).collect()
}

/// Changes in the reader's language.
struct Telling<'t> {
    before: &'t Definition,
    language: Language,
}

impl Telling<'_> {
    fn line(&self, change: Change<'_>) -> Line {
        let words = |what, question: &Question| Line { what, question: self.words(question), before: None };
        match change {
            Change::Added(question) => words("added", question),
            Change::Removed(question) => words("removed", question),
            Change::Answers(question) => words("answers", question),
            Change::Reworded { before, after } => Line {
                what: "reworded",
                question: after.get(self.language).to_owned(),
                before: Some(before.get(self.language).to_owned()),
            },
            Change::Asked { question, before, .. } => {
                Line { before: Some(self.people(before.as_ref())), ..words("asked", question) }
            }
        }
    }

    fn words(&self, question: &Question) -> String {
        last(&question.wording).get(self.language).to_owned()
    }

    fn people(&self, condition: Option<&Condition>) -> String {
        condition.map(|condition| describe(self.before, self.language, condition)).unwrap_or_default()
    }
}
