//! The midway evaluation walks as its 17 rows say.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use medvirk::definition::load;
use medvirk::definition::model::{Answer, Answers, Attributes, Definition, Language};
use medvirk::definition::route::{applicable, route};

pub(crate) fn definition() -> &'static Definition {
    static MIDWAY: LazyLock<Definition> = LazyLock::new(|| load(crate::MIDWAY).expect("the midway evaluation loads"));
    &MIDWAY
}

fn choice(id: &str) -> Answer {
    Answer::Choice(id.into())
}

/// Who somebody is, and what they answered: `key=value` words.
fn answers(story: &str) -> Answers {
    let answer = |value: &str| value.parse().map_or_else(|_| choice(value), Answer::Scale);
    let pairs = story.split_whitespace().map(|word| word.split_once('=').unwrap());
    pairs.map(|(key, value)| (key.to_owned(), answer(value))).collect()
}

const NOBODY: &str = "staff_responsibility=no union_rep=no safety_rep=no health_background=no";

fn story(changes: &str) -> Answers {
    let mut story = answers(NOBODY);
    story.extend(answers(changes));
    story
}

/// Pages with their questions, as `page: question question`.
fn walk(answers: &Answers) -> Vec<String> {
    let definition = definition();
    let route = route(definition, &Attributes::new(), answers);
    let ids = |step: &medvirk::definition::route::Step<'_>| {
        step.questions.iter().map(|(question, _)| question.id.clone()).collect::<Vec<_>>().join(" ")
    };
    route.pages.iter().map(|step| format!("{}: {}", step.page.id, ids(step))).collect()
}

#[test]
fn nothing_answered_shows_what_everybody_is_asked() {
    let expected = [
        "you: staff_responsibility union_rep safety_rep health_background",
        "redeployment: redeployment",
        "home_office: home_office",
    ];
    assert_eq!(walk(&Answers::new()), expected);
}

/// Every combination of the four roles of row 1, and of the answers that open something.
#[test]
fn every_role_walks_the_pages_of_its_rows() {
    let yes_no = ["yes", "no"];
    for leader in yes_no {
        for (union, safety) in [("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")] {
            for health in yes_no {
                for staffing in ["yes", "partly", "no"] {
                    for redeployment in ["now", "earlier", "no"] {
                        let changes = format!(
                            "staff_responsibility={leader} union_rep={union} safety_rep={safety} \
                             health_background={health} staffing={staffing} redeployment={redeployment}"
                        );
                        assert_eq!(
                            walk(&story(&changes)),
                            expected(leader, health, staffing, redeployment),
                            "{changes}"
                        );
                    }
                }
            }
        }
    }
}

fn expected(leader: &str, health: &str, staffing: &str, redeployment: &str) -> Vec<String> {
    let mut pages = vec!["you: staff_responsibility union_rep safety_rep health_background"];
    pages.push(if leader == "yes" && staffing == "no" {
        "staffing: staffing staffing_how"
    } else {
        "staffing: staffing"
    });
    if leader == "no" {
        pages.push("information: information");
    }
    if health == "yes" {
        pages.push("health: notice_health motivation_infected");
    }
    pages.push("redeployment: redeployment");
    if redeployment != "no" {
        pages.extend([
            "redeployment_start: several_workplaces motivation_start info_before",
            "redeployment_reception: needed introduced followed_up",
            "infection_control: infection_control",
            "further: notice_further motivation_further",
            "overall: overall overall_words",
        ]);
    }
    pages.push("home_office: home_office");
    pages.into_iter().map(str::to_owned).collect()
}

#[test]
fn staffing_is_worded_for_whoever_reads_it() {
    let definition = definition();
    let nb = Language::parse("nb").unwrap();
    let words = |changes: &str| {
        let route = route(definition, &Attributes::new(), &story(changes));
        let step = route.pages.iter().find(|step| step.page.id == "staffing").unwrap();
        step.questions[0].1.get(nb).to_owned()
    };
    assert!(words("staff_responsibility=yes").starts_with("Har tjenesten du leder"));
    assert!(words("staff_responsibility=yes union_rep=yes").starts_with("Har tjenesten du leder"));
    assert!(words("union_rep=yes").contains("som tillitsvalgt eller verneombud"));
    assert!(words("safety_rep=yes").contains("som tillitsvalgt eller verneombud"));
    assert!(words("").contains("der du jobber"));
}

#[test]
fn dissatisfaction_opens_a_follow_up_on_the_same_page() {
    for value in 1..=5 {
        let pages = walk(&story(&format!("redeployment=now info_before={value} infection_control={value}")));
        let opened = |id: &str| pages.iter().any(|page| page.ends_with(id));
        assert_eq!(opened(" info_improve"), value <= 2, "{value}");
        assert_eq!(opened(" infection_missing"), value <= 2, "{value}");
    }
}

#[test]
fn what_was_hidden_again_is_not_stored_and_opens_nothing() {
    let definition = definition();
    let mut answers = story("staffing=yes redeployment=no info_before=1 home_office=yes");
    answers.insert("info_improve".into(), Answer::Text("Earlier, please".into()));
    let kept = applicable(definition, &Attributes::new(), &answers);
    let expected: BTreeMap<_, _> = story("staffing=yes redeployment=no home_office=yes");
    assert_eq!(kept, expected);
}

/// Seven people, in what makes them different from each other.
const PEOPLE: [(&str, &str); 7] = [
    ("leader", "staff_responsibility=yes union_rep=yes staffing=yes redeployment=no"),
    ("worried leader", "staff_responsibility=yes staffing=no redeployment=no"),
    ("union rep", "union_rep=yes staffing=no redeployment=no"),
    ("safety rep", "safety_rep=yes staffing=partly redeployment=no"),
    ("nurse", "health_background=yes staffing=no redeployment=now info_before=4 infection_control=3"),
    ("cleaner", "staffing=yes redeployment=earlier info_before=2 infection_control=1"),
    ("clerk", "staffing=partly redeployment=no"),
];
const EVERYBODY: &[&str] = &["leader", "worried leader", "union rep", "safety rep", "nurse", "cleaner", "clerk"];
const EMPLOYEES: &[&str] = &["union rep", "safety rep", "nurse", "cleaner", "clerk"];
const REDEPLOYED: &[&str] = &["nurse", "cleaner"];

/// The rows of the survey: who of the seven is asked what.
const ROWS: [(u8, &str, &[&str]); 17] = [
    (1, "staff_responsibility | union_rep | safety_rep | health_background", EVERYBODY),
    (2, "staffing/Har tjenesten du leder", &["leader", "worried leader"]),
    (3, "staffing_how", &["worried leader"]),
    (4, "staffing/Har tjenesten, slik du ser det som tillitsvalgt eller verneombud", &["union rep", "safety rep"]),
    (5, "staffing/Har det vært nok folk der du jobber", &["nurse", "cleaner", "clerk"]),
    (6, "information", EMPLOYEES),
    (7, "notice_health | motivation_infected", &["nurse"]),
    (8, "redeployment", EVERYBODY),
    (9, "several_workplaces", REDEPLOYED),
    (10, "motivation_start | needed | introduced | followed_up | info_before", REDEPLOYED),
    (11, "info_improve", &["cleaner"]),
    (12, "infection_control", REDEPLOYED),
    (13, "infection_missing", &["cleaner"]),
    (14, "notice_further | motivation_further", REDEPLOYED),
    (15, "overall", REDEPLOYED),
    (16, "overall_words", REDEPLOYED),
    (17, "home_office", EVERYBODY),
];

/// What somebody is asked, each question as `id/the words it begins with`.
fn asked(changes: &str) -> Vec<String> {
    let nb = Language::parse("nb").unwrap();
    let route = route(definition(), &Attributes::new(), &story(changes));
    let questions = route.pages.into_iter().flat_map(|step| step.questions);
    questions.map(|(question, text)| format!("{}/{}", question.id, text.get(nb))).collect()
}

#[test]
fn each_row_is_asked_of_those_it_is_meant_for() {
    for (row, questions, expected) in ROWS {
        for question in questions.split(" | ") {
            let begins = if question.contains('/') { question.to_owned() } else { format!("{question}/") };
            let sees = |changes: &str| asked(changes).iter().any(|asked| asked.starts_with(&begins));
            let who: Vec<&str> = PEOPLE.iter().filter(|(_, changes)| sees(changes)).map(|(who, _)| *who).collect();
            assert_eq!(who, expected, "row {row}: {question}");
        }
    }
}

#[test]
fn every_sms_fits_in_one_part() {
    // The letters of the GSM alphabet that these languages may use; the longest link that an installation is likely to have.
    let gsm = |c: char| c.is_ascii_alphanumeric() || " !?.,:;-'()/\"æøåÆØÅéäöüÄÖÜ".contains(c);
    let link = "https://svar.eksempel.kommune.no/s/0123456789abcdefghijklmnop";
    let sms = &definition().sms;
    for text in [Some(&sms.invitation), sms.reminder.as_ref()].into_iter().flatten() {
        for (language, words) in &text.0 {
            let sent = words.replace("{link}", link);
            assert!(sent.chars().all(gsm), "{language}: {sent}");
            assert!(sent.chars().count() <= 160, "{language}: {}", sent.chars().count());
        }
    }
}
