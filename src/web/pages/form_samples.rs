//! Examples of the form's pages, with every kind of question and every complaint.

use super::{
    Complaint, Contact, Field, Frame, Item, LanguageName, Opened, Opt, Other, Place, Question, QuestionPage, StartPage,
    language_name,
};

pub(super) fn frame(here: Option<&str>) -> Frame {
    let language =
        |code: &str| LanguageName { code: code.into(), name: language_name(code).into(), current: code == "nb" };
    Frame {
        survey: "Midtveisevaluering av pandemien".into(),
        contact: Some(Contact {
            name: "HR-avdelingen".into(),
            phone: Some("+4767500000".into()),
            url: Some("https://eksempel.kommune.no/hr".into()),
        }),
        languages: ["nb", "nn", "en", "pl"].map(language).into(),
        here: here.map(Into::into),
        late: None,
    }
}

/// The closing time has passed while somebody answers.
pub(super) fn late(here: Option<&str>) -> Frame {
    Frame { late: "2020-06-24T21:00:00+02:00[Europe/Oslo]".parse().ok(), ..frame(here) }
}

pub(super) fn start() -> Vec<(&'static str, StartPage)> {
    let first = StartPage {
        frame: frame(None),
        asker: Some("Eksempel kommune".into()),
        logo: Some("/assets/logo?v=0f1e2d3c".into()),
        incident_note: Some("Dette er ikke et avvik. Meld avvik og vold i Kvalitetssystemet.".into()),
        intro: "Vi vil lære av hvordan du har hatt det på jobb under pandemien. Svarene brukes av HAMU og AMU-ene til \
                å gjøre neste halvår bedre."
            .into(),
        minimum_group: 5,
        minutes: 4,
        closes: "2020-06-24T20:00:00+02:00[Europe/Oslo]".parse().ok(),
        start: "you".into(),
        resumed: false,
    };
    let bare = Frame { contact: None, languages: Vec::new(), ..first.frame.clone() };
    let resumed = StartPage {
        frame: bare,
        asker: None,
        logo: None,
        incident_note: None,
        closes: None,
        minutes: 1,
        resumed: true,
        ..first.clone()
    };
    vec![("start", first), ("resumed", resumed)]
}

pub(super) fn questions() -> Vec<(&'static str, QuestionPage)> {
    vec![
        ("yes-no", page("you", 2, false, yes_no())),
        ("scale", page("redeployment", 5, false, vec![notice(), scale(None), matrix(None)])),
        ("choices", page("drawbacks", 6, false, vec![choice(None), choices(None), rank(None)])),
        ("words", page("words", 7, false, vec![number(None), text(None), long_text(None)])),
        ("follow-ups", follow_ups()),
        (
            "opened",
            QuestionPage { opened: Some(Opened::Anew), title: None, back: None, ..page("you", 1, false, yes_no()) },
        ),
        ("invalid", page("all", 8, true, invalid())),
        ("hostile", hostile()),
    ]
}

fn page(here: &str, step: u32, invalid: bool, questions: Vec<Question>) -> QuestionPage {
    QuestionPage {
        frame: frame(Some(here)),
        step,
        steps: 9,
        back: Some("before".into()),
        title: Some("Om deg og arbeidet ditt".into()),
        shown: questions.iter().map(|question| question.id.as_str()).collect::<Vec<_>>().join(","),
        opens: String::new(),
        invalid,
        opened: None,
        questions,
    }
}

/// One that is open, one that two answers open together, and every kind of answer that can.
fn follow_ups() -> QuestionPage {
    let first = || Some("o1".to_owned());
    let second = || Some("o1 o2".to_owned());
    let opening = |points: Vec<Opt>| points.into_iter().map(|opt| Opt { opens: second(), ..opt }).collect::<Vec<_>>();
    let field = Field::YesNo { yes: true, no: false, yes_opens: first(), no_opens: second() };
    let asked = Question { required: true, ..question("asked", "Har du nok tid?", None, field) };
    let dont_know = Some(Opt { opens: first(), ..dont_know() });
    let scale = Field::Scale { points: opening(options(&DEGREES, 9)), dont_know: dont_know.clone() };
    let other = Some(Other { chosen: false, text: String::new(), max: 200, opens: first() });
    let choice = Field::Choice { options: opening(options(&DRAWBACKS, 9)), other: other.clone() };
    let choices = Field::Choices { options: opening(options(&DRAWBACKS, 9)), other, max: None };
    let label = "Jeg fikk opplæring i oppgavene".into();
    let points = opening(options(&DEGREES, 9));
    let items = vec![Item { id: "introduced".into(), label, complaint: None, points, dont_know }];
    let questions = vec![
        asked,
        Question { behind: vec![1], ..text(None) },
        question("degree", "I hvilken grad?", None, scale),
        Question { behind: vec![1, 2], open: false, ..long_text(None) },
        question("one", "Hvilken av disse?", None, choice),
        question("several", "Hvilke av disse?", None, choices),
        question("reception", "Hvor enig er du?", None, Field::Matrix { items }),
    ];
    QuestionPage { opens: "improve".into(), opened: Some(Opened::AtOnce), ..page("follow", 3, false, questions) }
}

fn question(id: &str, text: &str, complaint: Option<Complaint>, field: Field) -> Question {
    Question {
        id: id.into(),
        text: text.into(),
        help: None,
        required: false,
        behind: Vec::new(),
        open: true,
        complaint,
        field,
    }
}

fn options(labels: &[&str], chosen: usize) -> Vec<Opt> {
    let option = |(position, label): (usize, &&str)| Opt {
        value: format!("o{}", position + 1),
        label: (*label).into(),
        chosen: position == chosen,
        opens: None,
    };
    labels.iter().enumerate().map(option).collect()
}

const DEGREES: [&str; 5] = ["I svært liten grad", "I liten grad", "I noen grad", "I stor grad", "I svært stor grad"];
const DRAWBACKS: [&str; 4] = [
    "Mindre kontakt med kolleger",
    "Dårligere utstyr enn på kontoret",
    "Vanskelig å konsentrere seg",
    "Ingen av disse",
];

fn dont_know() -> Opt {
    Opt { value: "dont_know".into(), label: "Vet ikke".into(), chosen: false, opens: None }
}

fn yes_no() -> Vec<Question> {
    let field = |yes, no| Field::YesNo { yes, no, yes_opens: None, no_opens: None };
    let ask = |id, text, yes, no| Question { required: true, ..question(id, text, None, field(yes, no)) };
    vec![
        ask("staff_responsibility", "Har du personalansvar?", false, true),
        ask("union_rep", "Er du tillitsvalgt?", false, false),
        ask("safety_rep", "Er du verneombud?", true, false),
        Question {
            help: Some("For eksempel sykepleier, helsefagarbeider eller vernepleier.".into()),
            ..ask("health", "Har du helsefaglig bakgrunn?", false, false)
        },
    ]
}

fn notice() -> Question {
    let help = Some("Du kan bli omdisponert uansett hva du svarer.".into());
    Question { help, ..question("mapping", "Dette er bare en kartlegging.", None, Field::Notice) }
}

fn scale(complaint: Option<Complaint>) -> Question {
    let field = Field::Scale { points: options(&DEGREES, 3), dont_know: Some(dont_know()) };
    question("info", "I hvilken grad fikk du den informasjonen du trengte som medarbeider?", complaint, field)
}

fn matrix(complaint: Option<Complaint>) -> Question {
    let item = |id: &str, label: &str, complaint, dont_know| Item {
        id: id.into(),
        label: label.into(),
        complaint,
        points: options(&DEGREES, 9),
        dont_know,
    };
    let items = vec![
        item("needed", "Det var behov for meg der jeg ble omdisponert", complaint, Some(dont_know())),
        item("introduced", "Jeg fikk opplæring i oppgavene", None, None),
    ];
    question("reception", "Hvor enig er du i dette om tiden som omdisponert?", None, Field::Matrix { items })
}

fn choice(complaint: Option<Complaint>) -> Question {
    let other = Some(Other { chosen: false, text: String::new(), max: 200, opens: None });
    let field = Field::Choice { options: options(&["Ja, nå", "Ja, tidligere", "Nei"], 0), other };
    Question { required: true, ..question("redeployed", "Er du, eller har du vært, omdisponert?", complaint, field) }
}

fn choices(complaint: Option<Complaint>) -> Question {
    let other = Some(Other { chosen: true, text: "Ingen kantine".into(), max: 200, opens: None });
    let field = Field::Choices { options: options(&DRAWBACKS, 1), other, max: complaint.is_some().then_some(2) };
    question("drawbacks", "Hvilke ulemper har hjemmekontor for deg?", complaint, field)
}

fn rank(complaint: Option<Complaint>) -> Question {
    let place = |position| Place { position, options: options(&DRAWBACKS, usize::from(position == 1)) };
    let field = Field::Rank { places: (1..=3).map(place).collect() };
    Question { help: Some("Velg den viktigste først.".into()), ..question("worst", "Hva er verst?", complaint, field) }
}

fn number(complaint: Option<Complaint>) -> Question {
    let field = Field::Number { value: "3".into(), min: Some(0), max: Some(5), unit: Some("dager i uken".into()) };
    question("days", "Hvor mange dager vil du helst arbeide hjemme?", complaint, field)
}

fn text(complaint: Option<Complaint>) -> Question {
    question("tool", "Hvilket verktøy savner du mest?", complaint, Field::Text { value: String::new(), max: 200 })
}

fn long_text(complaint: Option<Complaint>) -> Question {
    let value = "Bedre overlapping mellom vaktene.\nMer tid til opplæring.".into();
    let field = Field::LongText { value, max: 4000 };
    question("improve", "Hvordan kan informasjonen bli bedre?", complaint, field)
}

/// Every question wrong, every complaint once.
fn invalid() -> Vec<Question> {
    vec![
        Question {
            help: Some("Svar slik det er i dag.".into()),
            required: true,
            ..question(
                "leader",
                "Har du personalansvar?",
                Some(Complaint::Missing),
                Field::YesNo { yes: false, no: false, yes_opens: None, no_opens: None },
            )
        },
        choice(Some(Complaint::Unknown)),
        choices(Some(Complaint::TooMany { max: 2 })),
        Question { id: "drawbacks2".into(), ..choices(Some(Complaint::Excluding)) },
        rank(Some(Complaint::Twice)),
        Question { id: "worst2".into(), ..rank(Some(Complaint::Gap)) },
        scale(Some(Complaint::Missing)),
        matrix(Some(Complaint::Missing)),
        number(Some(Complaint::NotANumber)),
        Question { id: "days2".into(), ..number(Some(Complaint::TooSmall { min: 0 })) },
        Question { id: "days3".into(), ..number(Some(Complaint::TooLarge { max: 1234 })) },
        text(Some(Complaint::TooLong { max: 200 })),
        long_text(Some(Complaint::TooLong { max: 4000 })),
    ]
}

/// Texts that try to leave their place.
fn hostile() -> QuestionPage {
    const ATTACK: &str = "\"'><script>alert(1)</script>&{{secret}}";
    let field = Field::Choice {
        options: vec![Opt { value: ATTACK.into(), label: ATTACK.into(), chosen: true, opens: None }],
        other: Some(Other { chosen: true, text: ATTACK.into(), max: 200, opens: None }),
    };
    let long = Field::LongText { value: format!("</textarea>{ATTACK}"), max: 4000 };
    let questions = vec![question("a", ATTACK, None, field), question("b", ATTACK, None, long)];
    QuestionPage { title: Some(ATTACK.into()), ..page("hostile", 1, false, questions) }
}
