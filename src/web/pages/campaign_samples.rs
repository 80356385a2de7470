//! Examples of campaigns, with the figures of a real survey.

use super::{Answers, AreaLine, CampaignLine, CampaignPage, CampaignState, Counts, Figures, HeldNote, HomePage};
use crate::web::pages::hr::samples::{AREAS, NAME, at, shell};
use crate::web::pages::hr::{Section, Shell};
use crate::web::pages::viewer::overview::Part;

pub(super) fn home() -> Vec<(&'static str, HomePage)> {
    let line = |id: &str, name: &str, state, invited, answered| CampaignLine {
        id: id.into(),
        name: name.into(),
        state,
        invited,
        answered,
        closes: at("2020-06-24T20:00:00+02:00[Europe/Oslo]"),
    };
    let campaigns = vec![
        CampaignLine { closes: None, ..line("d4", "Krisepuls, uke 46", CampaignState::Draft, 0, 0) },
        line("c3", "Hjemmekontor, høsten 2020", CampaignState::Sending, 3120, 0),
        line("b2", NAME, CampaignState::Open, 8880, 6087),
        line("a1", "Vernetjenestens høring", CampaignState::Published, 1204, 811),
    ];
    vec![
        ("campaigns", HomePage { shell: shell(Section::Campaigns), campaigns }),
        ("empty", HomePage { shell: Shell { demo: false, ..shell(Section::Campaigns) }, campaigns: Vec::new() }),
    ]
}

fn area((name, invited, answered): (&str, u64, u64)) -> AreaLine {
    AreaLine {
        name: name.into(),
        invited,
        sent: invited - 4,
        delivered: invited - 12,
        failed: 4,
        uncertain: u64::from(invited > 2500),
        started: Some(invited / 50).filter(|started| *started >= 5),
        rate: if answered == 182 { Part::Hidden } else { Part::Percent },
        percent: u32::try_from(answered * 100 / invited).unwrap_or_default(),
    }
}

/// Nearly a third of an area has got its SMS.
fn leaving(name: &str, invited: u64) -> AreaLine {
    let sent = invited * 28 / 88;
    let (rate, percent) = if invited > 1000 { (Part::Under, 10) } else { (Part::Hidden, 0) };
    AreaLine {
        name: name.into(),
        invited,
        sent,
        delivered: sent * 9 / 10,
        failed: 0,
        uncertain: 0,
        started: None,
        rate,
        percent,
    }
}

pub(super) fn campaign() -> Vec<(&'static str, CampaignPage)> {
    let open = CampaignPage {
        shell: shell(Section::Campaigns),
        id: "b2".into(),
        name: NAME.into(),
        survey: "Midtveisevaluering av pandemien".into(),
        state: CampaignState::Open,
        opens: None,
        closes: at("2020-06-24T20:00:00+02:00[Europe/Oslo]"),
        figures: Figures {
            phase: "open".into(),
            counts: Counts {
                invited: 8880,
                waiting: 0,
                sent: 8846,
                delivered: 8790,
                failed: 31,
                uncertain: 3,
                started: 212,
                answered: 6087,
            },
            areas: AREAS.map(area).into(),
            ends: None,
            last_minute: 0,
            minimum_group: 5,
        },
        opened: true,
        answers: Answers::Sealed,
        share_fault: None,
        held: None,
        moving: true,
        paused: true,
    };
    let sending = CampaignPage {
        state: CampaignState::Sending,
        opens: at("2020-06-10T09:00:00+02:00[Europe/Oslo]"),
        figures: Figures {
            phase: "sending".into(),
            counts: Counts {
                invited: 8880,
                waiting: 6080,
                sent: 2800,
                delivered: 2512,
                started: 1,
                ..Counts::default()
            },
            areas: AREAS.map(|(name, invited, _)| leaving(name, invited)).into(),
            ends: at("2020-06-10T09:07:00+02:00[Europe/Oslo]"),
            last_minute: 1196,
            minimum_group: 5,
        },
        paused: false,
        ..open.clone()
    };
    let held = CampaignPage {
        held: Some(HeldNote { why: "person", who: "Kari HR".into(), words: None }),
        figures: Figures { ends: None, last_minute: 0, ..sending.figures.clone() },
        ..sending.clone()
    };
    let still = |state| CampaignPage { state, moving: false, paused: false, ..open.clone() };
    vec![
        ("open", open.clone()),
        ("sending", sending),
        ("held", held),
        ("draft", still(CampaignState::Draft)),
        ("closed", still(CampaignState::Closed)),
        ("opened", CampaignPage { answers: Answers::Opened, ..still(CampaignState::Closed) }),
        ("by-two", CampaignPage { answers: Answers::SealedByTwo, ..still(CampaignState::Closed) }),
        (
            "mistyped",
            CampaignPage {
                answers: Answers::SealedByTwo,
                share_fault: Some("mistyped"),
                ..still(CampaignState::Closed)
            },
        ),
        (
            "published",
            CampaignPage {
                shell: Shell { demo: false, ..shell(Section::Campaigns) },
                ..still(CampaignState::Published)
            },
        ),
    ]
}
