//! Examples of HR's pages, with the figures of a real survey.

use super::{
    Answers, AreaLine, CampaignLine, CampaignPage, CampaignState, CodePage, Counts, Failure, FailurePage, Figures,
    HeadingLine, HeldNote, HomePage, ImportOutcome, ImportProblem, LastImport, LoginFault, LoginPage, PeopleLine,
    PeoplePage, Section, Shell, WelcomeFault, WelcomePage,
};
use crate::people::role::Role;
use crate::web::pages::simulator::{Phone, PhoneMessage, PhoneState, SimulatorPage};
use crate::web::pages::viewer::overview::Part;

pub(in crate::web::pages) const NAME: &str = "Midtveisevaluering, juni 2020";

/// Area, people, responses.
pub(in crate::web::pages) const AREAS: [(&str, u64, u64); 8] = [
    ("Oppvekst skole", 2412, 1688),
    ("Oppvekst barnehage", 1296, 958),
    ("Pleie og omsorg", 2634, 1657),
    ("Helse og sosial", 1102, 795),
    ("Tekniske tjenester", 588, 381),
    ("Plan, miljø og kultur", 412, 317),
    ("Eiendom", 301, 182),
    ("Organisasjon, styring og utvikling", 135, 109),
];

pub(in crate::web::pages) fn shell(section: Section) -> Shell {
    Shell { account: Some("Kari HR".into()), role: Some(Role::Hr), csrf: "0f1e2d3c".into(), demo: true, section }
}

pub(in crate::web::pages) fn at(text: &str) -> Option<jiff::Zoned> {
    text.parse().ok()
}

pub(super) fn login() -> Vec<(&'static str, LoginPage)> {
    let first = LoginPage {
        csrf: "0f1e2d3c".into(),
        next: None,
        name: String::new(),
        fault: None,
        codes: true,
        provider: Some("/login/oidc?next=%2F".into()),
        known_as: None,
    };
    let again =
        |fault| LoginPage { name: "kari".into(), next: Some("/people".into()), fault: Some(fault), ..first.clone() };
    vec![
        ("first", first.clone()),
        ("wrong", again(LoginFault::Wrong)),
        ("too-many", again(LoginFault::TooMany)),
        ("expired", again(LoginFault::Expired)),
        ("bad-number", again(LoginFault::BadNumber)),
        ("no-account", LoginPage { known_as: Some("<b>pairwise".into()), ..again(LoginFault::NoAccount) }),
        ("down", again(LoginFault::Down)),
        ("without-codes", LoginPage { codes: false, provider: None, ..first }),
    ]
}

pub(super) fn code() -> Vec<(&'static str, CodePage)> {
    let page = |sent, fault| CodePage { csrf: "0f1e2d3c".into(), next: Some("/results".into()), sent, fault };
    vec![
        ("sent", page(true, None)),
        ("authenticator", page(false, None)),
        ("wrong", page(true, Some(LoginFault::WrongCode))),
        ("start", CodePage { next: None, ..page(false, None) }),
    ]
}

pub(super) fn welcome() -> Vec<(&'static str, WelcomePage)> {
    let page = |fault| WelcomePage { name: Some("kari".into()), fault };
    vec![
        ("first", page(None)),
        ("short", page(Some(WelcomeFault::Short))),
        ("long", page(Some(WelcomeFault::Long))),
        ("guessable", page(Some(WelcomeFault::Guessable))),
        ("different", page(Some(WelcomeFault::Different))),
        ("gone", WelcomePage { name: None, fault: None }),
    ]
}

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

pub(super) fn people() -> Vec<(&'static str, PeoplePage)> {
    let line = |(name, people, _): (&str, u64, u64)| PeopleLine {
        name: name.into(),
        people,
        services: people / 150,
        units: people / 15,
        leaders: people * 7 / 100,
        union_reps: people * 6 / 100,
        safety_reps: people * 4 / 100,
    };
    let areas = PeoplePage {
        shell: shell(Section::People),
        total: 8880,
        areas: AREAS.map(line).into(),
        imported: None,
        last: None,
        headings: Vec::new(),
        columns: vec!["employee_id", "phone"],
    };
    let problem = |line, column: Option<&str>| ImportProblem {
        line,
        column: column.map(Into::into),
        message: "is no phone number".into(),
    };
    let good = ImportOutcome {
        saved: true,
        unreadable: None,
        headings: false,
        new: 212,
        changed: 14,
        unchanged: 8654,
        missing: 3,
        complete: false,
        bad_rows: 0,
        problems: Vec::new(),
        more: 0,
    };
    let bad = ImportOutcome {
        saved: false,
        bad_rows: 52,
        problems: vec![problem(3, Some("phone")), problem(4, None)],
        more: 50,
        ..good.clone()
    };
    let unreadable = ImportOutcome { saved: false, unreadable: Some("the file is empty".into()), ..good.clone() };
    let after = |outcome: &ImportOutcome| PeoplePage { imported: Some(outcome.clone()), ..areas.clone() };
    vec![
        (
            "headings",
            PeoplePage {
                last: at("2020-06-01T09:00:00+02:00[Europe/Oslo]").map(|at| LastImport {
                    at,
                    who: "Kari HR".into(),
                    rows: "8880".into(),
                }),
                headings: vec![
                    HeadingLine { heading: "Ressursnr".into(), column: "" },
                    HeadingLine { heading: "Mobil".into(), column: "phone" },
                ],
                ..after(&ImportOutcome {
                    headings: true,
                    unreadable: Some("line 1: unknown column".into()),
                    ..good.clone()
                })
            },
        ),
        ("tried", after(&ImportOutcome { saved: false, ..good.clone() })),
        ("imported", after(&good)),
        ("complete", after(&ImportOutcome { complete: true, ..good.clone() })),
        ("bad", after(&bad)),
        ("unreadable", after(&unreadable)),
        ("empty", PeoplePage { total: 0, areas: Vec::new(), ..areas.clone() }),
        ("areas", areas),
    ]
}

pub(super) fn failure() -> Vec<(&'static str, FailurePage)> {
    let page = |failure| FailurePage { shell: shell(Section::None), failure, detail: None };
    let stranger = Shell { account: None, role: None, demo: false, ..shell(Section::None) };
    vec![
        ("forbidden", page(Failure::Forbidden)),
        ("expired", page(Failure::Expired)),
        ("not-found", FailurePage { shell: stranger, ..page(Failure::NotFound) }),
        (
            "refused",
            FailurePage { detail: Some("Undersøkelsen er allerede avsluttet.".into()), ..page(Failure::Refused) },
        ),
        ("too-many", page(Failure::TooMany)),
        ("too-large", page(Failure::TooLarge)),
        ("broken", page(Failure::Broken)),
        ("down", page(Failure::Down)),
    ]
}

pub(in crate::web::pages) fn simulator() -> Vec<(&'static str, SimulatorPage)> {
    let message = |before: &str, link: Option<&str>, state, time| PhoneMessage {
        sender: "EksKommune".into(),
        at: time,
        before: before.into(),
        link: link.map(Into::into),
        after: if link.is_some() { " Hilsen Eksempel kommune".into() } else { String::new() },
        state,
    };
    let Some(time) = at("2020-06-10T09:00:00+02:00[Europe/Oslo]") else { return Vec::new() };
    let link = Some("http://127.0.0.1:8080/s/H8qVt2YwFzA0mWc3vTn1Kg");
    let text = "Hei! Vi vil høre hvordan du har hatt det på jobb. Svar innen 24. juni: ";
    let phone = |number: &str, messages| Phone { number: number.into(), messages };
    let phones = vec![
        phone(
            "+47 412 34 567",
            vec![
                message("Det er ikke for sent å svare: ", link, PhoneState::Accepted, time.clone()),
                message(text, link, PhoneState::Delivered, time.clone()),
            ],
        ),
        phone("+47 987 65 432", vec![message(text, link, PhoneState::Undelivered, time.clone())]),
        phone("+47 900 00 000", vec![message("Takk, du får ikke flere meldinger.", None, PhoneState::Delivered, time)]),
    ];
    let shell = Shell { account: None, role: None, ..shell(Section::Phones) };
    let page = SimulatorPage {
        shell,
        query: String::new(),
        total: 8880,
        page: 2,
        pages: 178,
        previous: Some(1),
        next: Some(3),
        phones,
    };
    let one = |query: &str, phones| SimulatorPage {
        query: query.into(),
        total: 1,
        page: 1,
        pages: 1,
        previous: None,
        next: None,
        phones,
        ..page.clone()
    };
    let found = page.phones[..1].to_vec();
    vec![
        ("phones", page.clone()),
        ("found", one("412", found)),
        ("not-found", one("999", Vec::new())),
        ("empty", one("", Vec::new())),
    ]
}
