//! Every type of question and every kind of condition, from the phone to HR's page of results.

use medvirk::anonymity::publication::Publication;
use medvirk::anonymity::variable::Counting;
use medvirk::anonymity::world::{Response, World};
use medvirk::definition::load;
use medvirk::store::responses;
use reqwest::StatusCode;

use crate::app::{Browser, Page, Phone, TestApp, on_both};

on_both![every_type_is_answered_and_counted, every_mistake_is_refused_and_spoils_nothing];

const SURVEY: &str = include_str!("every_type.yaml");

/// Ten people, `|` between their answers to each question, `+` between several options, `-` for left open.
const ANSWERS: [(&str, &str); 12] = [
    ("leader", "yes|yes|yes|no|no|no|no|no|no|no"),
    ("place", "office|office|office|office|office|home|home|home|other|other"),
    ("days", "5|4|3|2|1|0|0|1|2|3"),
    ("drawbacks", "alone+noise|alone+noise|noise|noise|noise|noise|alone|none|none|none"),
    ("best", "pay+meaning|pay+meaning|pay|pay|pay|meaning+pay|meaning|colleagues|colleagues+pay|colleagues"),
    ("views.calm", "1|1|1|1|1|1|2|2|2|dont_know"),
    ("views.stress", "2|2|2|2|2|2|2|2|2|2"),
    ("tools.phone", "1|1|1|1|1|2|2|2|2|2"),
    ("tools.net", "-|1|1|1|1|1|1|1|1|1"),
    ("trust", "2|dont_know|2|2|2|2|2|2|2|2"),
    ("mood", "-|1|1|1|2|2|2|2|2|2"),
    ("away", "-3|0|9|5|12|120|2000|20000|3|-"),
];

/// Questions that a condition opens, all answered with yes by whoever sees them, and how many those are.
const OPENED: [(&str, usize); 17] = [
    ("audience", 3),
    ("negated", 7),
    ("is", 5),
    ("one_of", 5),
    ("is_not", 7),
    ("at_least", 4),
    ("at_most", 6),
    ("includes", 6),
    ("includes_all", 2),
    ("ranked", 7),
    ("given", 9),
    ("item", 6),
    ("unsure", 1),
    ("both", 5),
    ("either", 6),
    ("register", 5),
    ("grandchild", 5),
];

/// The fields of one of the ten, by the names that the form gives them.
pub(crate) fn fields(person: usize) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for (key, answers) in ANSWERS {
        let answer = answers.split('|').nth(person - 1).unwrap();
        for (place, value) in (1..).zip(answer.split('+')).filter(|(_, value)| *value != "-") {
            let name = if key == "best" { format!("q.best.{place}") } else { format!("q.{key}") };
            fields.push((name, value.to_owned()));
        }
    }
    fields.extend(OPENED.iter().map(|(id, _)| (format!("q.{id}"), "yes".to_owned())));
    let words =
        [("place.other", "På båt"), ("why", "Trafikk"), ("comment", "Alt vel"), ("worded", "yes"), ("sensitive", "no")];
    fields.extend(words.map(|(key, value)| (format!("q.{key}"), value.to_owned())));
    fields
}

/// Posts the same fields to every page, of which each takes its own, until the last.
pub(crate) async fn answer_to_the_end(phone: &mut Phone, fields: &[(String, String)]) {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for _ in 0..10 {
        if phone.at.contains("p=send") {
            return;
        }
        let page = phone.answer(&fields).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    }
    panic!("the form never ends");
}

/// HR's page of one question.
struct Shown(Page);

impl Shown {
    async fn of(hr: &mut Browser, campaign: &str, question: &str) -> Self {
        let page = hr.get(&format!("/results/{campaign}/{question}")).await;
        assert_eq!(page.status, StatusCode::OK, "{question}");
        Self(page)
    }

    fn between(&self, from: &str, to: &str) -> Option<String> {
        let (_, rest) = self.0.html.split_once(from)?;
        Some(rest.split_once(to)?.0.replace('\u{a0}', " "))
    }

    /// How many answered.
    fn base(&self) -> Option<String> {
        Some(self.between("n = ", "<")?.trim().to_owned())
    }

    /// The chart in words.
    fn words(&self) -> String {
        self.between("-desc\">", "</desc>").unwrap_or_default()
    }

    fn hidden(&self) -> bool {
        self.base().is_none() && self.words().is_empty() && self.0.has("Skjermet, fordi færre enn")
    }
}

async fn every_type_is_answered_and_counted(app: TestApp) {
    let campaign = app.open_campaign(SURVEY, 12).await;
    for person in 1..=10 {
        let mut phone = app.phone(person);
        phone.go("you").await;
        answer_to_the_end(&mut phone, &fields(person)).await;
        assert!(phone.send().await.has("Takk"));
    }
    let publication = app.close_open_and_publish(&campaign).await;
    assert_eq!(publication.respondents, 10);
    let definition = load(SURVEY.as_bytes()).unwrap();
    let stored = responses::all(app.db(), &campaign).await.unwrap();
    let world = World::new(&definition, [stored.iter().map(response)]);
    types_are_counted(&world);
    conditions_are_counted(&world);
    let mut hr = app.hr().await;
    pages_show_what_is_published(&mut hr, &campaign, &publication).await;
    words_stay_hidden(&mut hr, &campaign).await;
}

fn response(stored: &responses::Response) -> Response {
    let attributes = serde_json::from_str(&stored.attributes).unwrap();
    Response { place: 0, attributes, answers: serde_json::from_str(&stored.answers).unwrap() }
}

/// How many chose each option, "don't know" and leaving it open behind them; before anything is disturbed.
fn counted(world: &World<'_>, key: &str) -> Vec<usize> {
    let index = world.variable(key).unwrap_or_else(|| panic!("{key} is counted"));
    let (variable, column) = (&world.variables[index], &world.columns[index]);
    let several = variable.counting == Counting::Several;
    let chose = |member: usize, option: u8| match column.category[member] {
        category if several && option != variable.open() => category == 0 && column.chosen[member] >> option & 1 == 1,
        category => category == option,
    };
    let count = |option: u8| (0..world.len()).filter(|member| chose(*member, option)).count();
    (0..variable.categories()).map(count).collect()
}

fn types_are_counted(world: &World<'_>) {
    let expected: [(&str, &[usize]); 13] = [
        ("leader", &[3, 7, 0]),
        ("place", &[5, 3, 2, 0]),
        ("days", &[2, 2, 2, 2, 1, 1, 0]),
        ("drawbacks", &[3, 6, 0, 3, 0]),
        ("best", &[7, 4, 3, 0]),
        ("views.calm", &[6, 3, 1, 0]),
        ("views.stress", &[0, 10, 0, 0]),
        ("tools.phone", &[5, 5, 0, 0]),
        ("tools.net", &[9, 0, 0, 1]),
        ("trust", &[0, 9, 1, 0]),
        ("mood", &[3, 6, 0, 1]),
        ("away", &[1, 4, 1, 1, 1, 1, 1]),
        ("worded", &[10, 0, 0]),
    ];
    for (question, counts) in expected {
        assert_eq!(counted(world, question), counts, "{question}");
    }
}

/// Whoever was not asked is in no count.
fn conditions_are_counted(world: &World<'_>) {
    for (question, asked) in OPENED {
        assert_eq!(counted(world, question), [asked, 0, 0], "{question}");
    }
}

/// A page says what the document says, and nothing where the document is silent.
async fn pages_show_what_is_published(hr: &mut Browser, campaign: &str, publication: &Publication) {
    let whole: Vec<_> = publication.groups.iter().filter(|group| group.unit.is_empty()).collect();
    for question in &publication.questions {
        let of = whole.iter().find(|group| group.audience == question.population && group.breakdown.is_none());
        let table =
            publication.tables.iter().find(|t| t.question == question.id && of.is_some_and(|of| t.group == of.id));
        let shown = Shown::of(hr, campaign, &question.id).await;
        let base = table.and_then(|table| table.base.as_ref()).map(ToString::to_string);
        assert_eq!(shown.base(), base, "{}", question.id);
        assert_eq!(shown.hidden(), base.is_none(), "{}", question.id);
    }
    // Too few were asked, whatever chance did.
    for (question, _) in OPENED.iter().filter(|(_, asked)| *asked < 5) {
        assert!(Shown::of(hr, campaign, question).await.hidden(), "{question}");
    }
    assert!(Shown::of(hr, campaign, "sensitive").await.hidden(), "seven are fewer than twice five");
}

async fn words_stay_hidden(hr: &mut Browser, campaign: &str) {
    for question in ["why", "comment"] {
        let shown = Shown::of(hr, campaign, question).await;
        assert_eq!((shown.base(), shown.words().as_str()), (None, ""), "{question}");
        assert!(!shown.0.has("Trafikk") && !shown.0.has("Alt vel") && shown.0.has("Fritekst vises ikke"), "{question}");
    }
    assert!(!Shown::of(hr, campaign, "place").await.0.has("På båt"));
    assert_eq!(hr.get(&format!("/results/{campaign}/hello")).await.status, StatusCode::NOT_FOUND, "a notice");
    assert_eq!(hr.get(&format!("/results/{campaign}/views")).await.status, StatusCode::NOT_FOUND, "a whole matrix");
    let overview = hr.get(&format!("/results/{campaign}")).await;
    // Which option most chose is chance's to decide.
    assert!(overview.has("Ulemper?") && !overview.has("Trafikk") && !overview.has("På båt"), "{}", overview.html);
}

/// Names and values.
type Fields = &'static [(&'static str, &'static str)];

/// The page, fields that take the place of the right ones, and what is said.
const MISTAKES: [(&str, Fields, &str); 16] = [
    ("you", &[("q.leader", "")], "Dette spørsmålet må besvares"),
    ("you", &[("q.leader", "perhaps")], "Velg et av alternativene"),
    ("you", &[("q.place", "moon")], "Velg et av alternativene"),
    ("you", &[("q.place", "office"), ("q.place", "home")], "Du har valgt det samme to ganger"),
    ("you", &[("q.days", "6")], "Tallet kan ikke være større enn 5"),
    ("you", &[("q.days", "-1")], "Tallet kan ikke være mindre enn 0"),
    ("you", &[("q.days", "to")], "Skriv et helt tall med siffer"),
    ("work", &[("q.drawbacks", "alone"), ("q.drawbacks", "noise"), ("q.drawbacks", "time")], "Velg inntil 2"),
    ("work", &[("q.drawbacks", "alone"), ("q.drawbacks", "none")], "Dette valget kan ikke kombineres med andre"),
    ("work", &[("q.drawbacks", "")], "Dette spørsmålet må besvares"),
    ("work", &[("q.best.1", "pay"), ("q.best.2", "pay")], "Du har valgt det samme to ganger"),
    ("work", &[("q.best.1", "fame")], "Velg et av alternativene"),
    ("work", &[("q.views.calm", "")], "Dette spørsmålet må besvares"),
    ("work", &[("q.views.stress", "3")], "Velg et av alternativene"),
    ("work", &[("q.trust", "2"), ("q.trust", "dont_know")], "Du har valgt det samme to ganger"),
    ("work", &[("q.tools.net", "0")], "Velg et av alternativene"),
];

async fn every_mistake_is_refused_and_spoils_nothing(app: TestApp) {
    app.open_campaign(SURVEY, 6).await;
    let right = fields(6);
    let mut phone = app.phone(6);
    phone.go("you").await;
    for (page, wrong, says) in MISTAKES {
        phone.go(page).await;
        let replaced = |name: &str| wrong.iter().any(|(other, _)| *other == name);
        let kept =
            right.iter().filter(|(name, _)| !replaced(name)).map(|(name, value)| (name.as_str(), value.as_str()));
        let refused = phone.answer(&kept.chain(wrong.iter().copied()).collect::<Vec<_>>()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        assert!(refused.has(says), "{wrong:?}: {}", refused.html);
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM drafts").await, 0, "nothing of a refused page is kept");
    phone.go("you").await;
    answer_to_the_end(&mut phone, &right).await;
    assert!(phone.send().await.has("Takk"));
    let stored = app.answered().await;
    let expected = serde_json::json!({
        "leader": {"choice": "no"}, "place": {"choice": "home"}, "days": {"number": 0},
        "drawbacks": {"choices": ["noise"]}, "why": {"text": "Trafikk"}, "best": {"rank": ["meaning", "pay"]},
        "views.calm": {"scale": 1}, "views.stress": {"scale": 2}, "tools.phone": {"scale": 2}, "tools.net": {"scale": 1},
        "trust": {"scale": 2}, "mood": {"scale": 2}, "away": {"number": 120}, "comment": {"text": "Alt vel"},
        "negated": {"choice": "yes"}, "one_of": {"choice": "yes"}, "at_most": {"choice": "yes"},
        "includes": {"choice": "yes"}, "ranked": {"choice": "yes"}, "given": {"choice": "yes"}, "item": {"choice": "yes"},
        "either": {"choice": "yes"}, "worded": {"choice": "yes"}, "sensitive": {"choice": "no"},
    });
    assert_eq!(stored, expected);
}
