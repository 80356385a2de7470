//! What the examples of HR's pages share, and those of its failures and phones.

use super::{Failure, FailurePage, Section, Shell};
use crate::people::role::Role;
use crate::web::pages::simulator::{Phone, PhoneMessage, PhoneState, SimulatorPage};

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
