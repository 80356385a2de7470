//! Every type of question and every kind of condition, from the phone to HR's page of results.

use reqwest::StatusCode;

use crate::app::{Browser, Page, Phone, TestApp, on_both};

on_both![every_type_is_answered_and_counted, every_mistake_is_refused_and_spoils_nothing];

const SURVEY: &str = include_str!("every_type.yaml");

/// Ten people, `|` between their answers to each question, `+` between several options, `-` for left open.
const ANSWERS: [(&str, &str); 11] = [
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
    fn base(&self) -> Option<usize> {
        self.between("n = ", "<")?.trim().parse().ok()
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
    assert_eq!(app.close_and_open(&campaign).await.responses, 10);
    let mut hr = app.hr().await;
    types_are_counted(&mut hr, &campaign).await;
    conditions_are_counted(&mut hr, &campaign).await;
    words_stay_hidden(&mut hr, &campaign).await;
}

async fn types_are_counted(hr: &mut Browser, campaign: &str) {
    let expected = [
        ("leader", 10, "Ja 30 %, Nei 70 %."),
        ("place", 10, "Kontor 50 %, Hjemme 30 %, Annet 20 %."),
        ("drawbacks", 10, "Alene 30 %, Støy 60 %, Tid 0 %, Ingen 30 %."),
        ("best", 10, "Lønn 70 %, Mening 40 %, Kollegaer 30 %."),
        ("views.calm", 10, "Uenig 60 %, Enig 30 %, Vet ikke 10 %."),
        ("views.stress", 10, "Uenig 0 %, Enig 100 %, Vet ikke 0 %."),
        ("tools.phone", 10, "Uenig 50 %, Enig 50 %, Vet ikke 0 %."),
        ("tools.net", 9, "Uenig 100 %, Enig 0 %, Vet ikke 0 %."),
        ("trust", 10, "Uenig 0 %, Enig 90 %, Vet ikke 10 %."),
        ("mood", 9, "Uenig 33 %, Enig 67 %, Vet ikke 0 %."),
        ("worded", 10, "Ja 100 %, Nei 0 %."),
    ];
    for (question, base, words) in expected {
        let shown = Shown::of(hr, campaign, question).await;
        assert_eq!((shown.base(), shown.words().as_str()), (Some(base), words), "{question}");
    }
    // The mean leaves "don't know" out: nine times two.
    assert!(Shown::of(hr, campaign, "trust").await.0.has(">2,0</td>"));
    // Five of each area; of "mood" four of one are left, and the other would give them away.
    let area = |page: &Page, name: &str| page.html.split("<tr").find(|row| row.contains(name)).unwrap().contains('%');
    let leader = Shown::of(hr, campaign, "leader").await.0;
    assert!(area(&leader, "Oppvekst skole") && area(&leader, "Pleie og omsorg"));
    let mood = Shown::of(hr, campaign, "mood").await.0;
    assert!(!area(&mood, "Oppvekst skole") && !area(&mood, "Pleie og omsorg"));
}

/// Whoever was not asked is in no base.
async fn conditions_are_counted(hr: &mut Browser, campaign: &str) {
    for (question, asked) in OPENED {
        let shown = Shown::of(hr, campaign, question).await;
        match asked {
            0..5 => assert!(shown.hidden(), "{question}: {}", shown.0.html),
            _ => assert_eq!((shown.base(), shown.words().as_str()), (Some(asked), "Ja 100 %, Nei 0 %."), "{question}"),
        }
    }
    assert!(Shown::of(hr, campaign, "sensitive").await.hidden(), "seven are fewer than twice five");
}

async fn words_stay_hidden(hr: &mut Browser, campaign: &str) {
    for question in ["why", "comment", "days"] {
        let shown = Shown::of(hr, campaign, question).await;
        assert_eq!((shown.base(), shown.words().as_str()), (None, ""), "{question}");
        assert!(!shown.0.has("Trafikk") && !shown.0.has("Alt vel") && shown.0.has("Fritekst vises ikke"), "{question}");
    }
    assert!(!Shown::of(hr, campaign, "place").await.0.has("På båt"));
    assert_eq!(hr.get(&format!("/results/{campaign}/hello")).await.status, StatusCode::NOT_FOUND, "a notice");
    assert_eq!(hr.get(&format!("/results/{campaign}/views")).await.status, StatusCode::NOT_FOUND, "a whole matrix");
    let overview = hr.get(&format!("/results/{campaign}")).await;
    assert!(overview.has("Støy 60") && !overview.has("Trafikk") && !overview.has("På båt"), "{}", overview.html);
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
        "trust": {"scale": 2}, "mood": {"scale": 2}, "comment": {"text": "Alt vel"},
        "negated": {"choice": "yes"}, "one_of": {"choice": "yes"}, "at_most": {"choice": "yes"},
        "includes": {"choice": "yes"}, "ranked": {"choice": "yes"}, "given": {"choice": "yes"}, "item": {"choice": "yes"},
        "either": {"choice": "yes"}, "worded": {"choice": "yes"}, "sensitive": {"choice": "no"},
    });
    assert_eq!(stored, expected);
}
