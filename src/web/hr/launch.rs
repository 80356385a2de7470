//! The launch: what would happen, a sample on one's own phone, and the number of recipients typed to confirm.

use axum::body::Body;
use axum::extract::{Form, Path};
use axum::http::{Response, StatusCode};

use super::Desk;
use crate::actions::campaign::{self, CampaignError, Exit};
use crate::actions::launch::{self, Begun, Launched, Terms};
use crate::actions::{foresee, sample, surveys};
use crate::anonymity::foresight::{Division, Foresight, Level, Merge};
use crate::anonymity::shares::Share;
use crate::config::Price;
use crate::definition::model::{Definition, Language};
use crate::delivery::gateways::Outgoing;
use crate::message::preview::{Preview, TextPreview};
use crate::message::state::Outcome;
use crate::message::text::costly;
use crate::people::phone::Phone;
use crate::respond::post::Fields;
use crate::store::campaigns::{self, Campaign};
use crate::web::pages::form::language_name;
use crate::web::pages::hr::{Failure, Section};
use crate::web::pages::launch::{
    Cost, CostlyCharacter, Hidden, HiddenLine, LaunchPage, LaunchText, MergeLine, Sample, ShareLine, SharesPage,
};
use crate::web::pages::said::Said;
use crate::web::{App, local};

/// `GET /campaigns/{id}/launch`
pub async fn preview(desk: Desk, Path(id): Path<String>) -> Response<Body> {
    shown(&desk, &id, StatusCode::OK, |page| page).await
}

/// `POST /campaigns/{id}/launch`: only when the number of recipients is typed.
pub async fn launch(desk: Desk, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response<Body> {
    // Nothing that can be read is no number of recipients.
    let typed = digits(super::field(&fields, "confirm")).unwrap_or(0);
    let terms = Terms { confirmed: Some(typed), by_two: !super::field(&fields, "by_two").is_empty() };
    match launch::begin(desk.actor(), &desk.app.settings.keys, &id, terms).await {
        Ok(Begun { launched, shares: Some(shares) }) => handed_out(&desk, &id, launched, &shares).await,
        Err(CampaignError::Miscounted(_)) => {
            let miscounted = |page| LaunchPage { miscounted: true, ..page };
            shown(&desk, &id, StatusCode::UNPROCESSABLE_ENTITY, miscounted).await
        }
        launched => desk.done(launched.map(drop), &format!("/campaigns/{id}")),
    }
}

/// The shares of the key, this once: the answer to the launch is the only page that ever holds them.
async fn handed_out(desk: &Desk, id: &str, launched: Launched, shares: &[Share]) -> Response<Body> {
    let found = campaigns::find(desk.app.db.read(), id).await;
    let name = found.ok().flatten().map(|campaign| campaign.name).unwrap_or_default();
    let share = |(holder, share): (&&'static str, &Share)| ShareLine { holder, text: share.text().to_string() };
    let shares = ["hr", "safety", "safe"].iter().zip(shares).map(share).collect();
    let (shell, id) = (desk.shell(Section::Campaigns), id.to_owned());
    desk.render(Ok(SharesPage { shell, id, name, recipients: launched.recipients, shares }))
}

/// As people write a number: with spaces, dots or commas between the thousands.
fn digits(typed: &str) -> Option<u64> {
    let apart = |sign: char| sign.is_whitespace() || matches!(sign, '.' | ',' | '\u{2019}' | '\'');
    typed.chars().filter(|sign| !apart(*sign)).collect::<String>().parse().ok()
}

/// `POST /campaigns/{id}/sample`: the invitation to one's own phone, with a link that leads nowhere.
pub async fn sample(desk: Desk, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response<Body> {
    let sample = match Phone::parse(super::field(&fields, "phone")) {
        Err(_) => Sample::BadNumber,
        Ok(phone) => match send(&desk, &id, phone).await {
            Ok(sample) => sample,
            Err(CampaignError::Unknown) => return desk.refuse(Failure::NotFound, None),
            Err(CampaignError::Store(error)) => return desk.fault(&error),
            Err(error) => return desk.refuse(Failure::Refused, Some(desk.words(&error))),
        },
    };
    shown(&desk, &id, StatusCode::OK, |page| LaunchPage { sample: Some(sample), ..page }).await
}

async fn send(desk: &Desk, id: &str, to: Phone) -> Result<Sample, CampaignError> {
    let app = &desk.app;
    let (sender, text) = sample::text_of(&app.db, &app.ports, &app.links, Exit::of(&app.settings), id).await?;
    let Some(gateway) = &app.gateway else { return Err(CampaignError::NoGateway) };
    if !sample::may_leave(&app.db, &app.ports, id, desk.visitor.who()).await? {
        return Ok(Sample::TooMany);
    }
    let outgoing = Outgoing { id: app.ports.chance.id(), to, from: sender, text };
    Ok(if matches!(gateway.send(&outgoing).await, Outcome::Accepted { .. }) { Sample::Sent } else { Sample::NotSent })
}

async fn shown(
    desk: &Desk,
    id: &str,
    status: StatusCode,
    change: impl FnOnce(LaunchPage) -> LaunchPage,
) -> Response<Body> {
    let app = &desk.app;
    let campaign = match campaigns::find(app.db.read(), id).await {
        Ok(Some(campaign)) => campaign,
        Ok(None) => return desk.refuse(Failure::NotFound, None),
        Err(error) => return super::fault(app, &desk.headers, &error),
    };
    let (preview, obstacles) =
        match campaign::preview(&app.db, &app.ports, &app.links, Exit::of(&app.settings), id).await {
            Ok(preview) => (preview, Vec::new()),
            Err(CampaignError::Store(error)) => return super::fault(app, &desk.headers, &error),
            Err(error) => (Preview::default(), vec![Said::from(&error)]),
        };
    let page = async {
        let page = page(desk, &campaign, &preview, obstacles)?;
        let hidden = if page.obstacles.is_empty() { Some(hidden(app, &campaign).await?) } else { None };
        Ok(change(LaunchPage { hidden, ..page }))
    };
    desk.render_as(status, page.await)
}

/// More pairs than these are for the list of another day.
const MERGES: usize = 8;

async fn hidden(app: &App, campaign: &Campaign) -> anyhow::Result<Hidden> {
    let survey = app.surveys.of(&app.db, &campaign.id).await?;
    let Foresight { levels, breakdowns, merges } = foresee::before_launch(&app.db, &app.ports, &campaign.id).await?;
    let level = |(index, level): (usize, &Level)| {
        let Level { places: groups, hidden, doubtful } = *level;
        HiddenLine { by: None, level: (index + 1).to_string(), groups, hidden, doubtful }
    };
    let division = |Division { breakdown, level, groups, hidden }: &Division| HiddenLine {
        by: Some(breakdown.clone()),
        level: level.to_string(),
        groups: *groups,
        hidden: *hidden,
        doubtful: 0,
    };
    Ok(Hidden {
        minimum_group: survey.minimum_group,
        lines: levels.iter().enumerate().map(level).chain(breakdowns.iter().map(division)).collect(),
        more: merges.len().saturating_sub(MERGES) as u64,
        merges: merges.into_iter().take(MERGES).map(merge).collect(),
    })
}

fn merge(merge: Merge) -> MergeLine {
    let Merge { within, places: [one, other], people: [one_people, other_people], helped } = merge;
    MergeLine { within: within.join(" › "), one, one_people, other, other_people, helped }
}

fn page(desk: &Desk, campaign: &Campaign, preview: &Preview, obstacles: Vec<Said>) -> anyhow::Result<LaunchPage> {
    let survey = surveys::read(&campaign.definition)?;
    let settings = &desk.app.settings;
    let now = desk.app.ports.clock.now();
    let opens = survey.window.as_ref().map_or(now, |window| window.opens.max(now));
    let ends = campaign::expected_end(&survey, settings, opens, preview.parts);
    let price = settings.gateway.as_ref().and_then(|gateway| gateway.price_per_part);
    Ok(LaunchPage {
        shell: desk.shell(Section::Campaigns),
        id: campaign.id.clone(),
        name: campaign.name.clone(),
        recipients: preview.recipients,
        parts: preview.parts,
        texts: preview.texts.iter().map(|(language, text)| launch_text(&survey, *language, text, price)).collect(),
        invalid: preview.not_mobile,
        duplicates: preview.sharing(),
        foreign: preview.foreign,
        cost: price.map(|price| cost(price.ore(preview.parts))),
        seconds: preview.seconds(campaign::rate(&survey, settings)),
        ends: ends.filter(|_| preview.recipients > 0).map(|at| local(at, &survey)),
        hidden: None,
        obstacles,
        miscounted: false,
        sample: None,
    })
}

/// What is costly in a name cannot be replaced by HR; what is in the survey's own text can.
fn launch_text(survey: &Definition, language: Language, text: &TextPreview, price: Option<Price>) -> LaunchText {
    let own = survey.sms.invitation.get(language);
    let character = |costly: crate::message::text::Costly| CostlyCharacter {
        character: costly.character.to_string(),
        instead: costly.suggestion.filter(|_| own.contains(costly.character)),
    };
    LaunchText {
        language: language_name(language.as_str()).to_owned(),
        recipients: text.recipients,
        longest: u64::from(text.longest.parts),
        parts: text.parts,
        cost: price.map(|price| cost(price.ore(text.parts))),
        text: text.example.clone(),
        costly: costly(&text.example).into_iter().map(character).collect(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "no launch costs 2^53 øre")]
fn cost(ore: u64) -> Cost {
    Cost { amount: ore as f64 / 100.0, currency: "NOK".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        for typed in ["8880", " 8 880 ", "8.880", "8,880", "8\u{a0}880"] {
            assert_eq!(digits(typed), Some(8880), "{typed:?}");
        }
        for typed in ["", "alle", "-8880", "8880 personer"] {
            assert_eq!(digits(typed), None, "{typed:?}");
        }
    }
}
