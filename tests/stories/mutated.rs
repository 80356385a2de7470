//! A great many posts that no browser sends: pages of a survey with every type of question, mutated at random. No server
//! error, nothing stored that a question does not allow, nothing of anybody else on a page.
//!
//! `MEDVIRK_TEST_POSTS=50000` sends so many on each database; `./test` sends 1,500 on each.

use std::sync::LazyLock;

use futures_util::future::join_all;
use medvirk::definition::load;
use medvirk::definition::model::{Answer, Answers, Attributes, Definition, Kind};
use medvirk::definition::route::route;
use medvirk::store::responses;
use reqwest::StatusCode;

use crate::app::{Browser, TestApp, on_both};
use crate::every_type::{answer_to_the_end, fields};

on_both![whatever_is_posted_stores_no_nonsense_and_shows_nothing_of_others];

const SURVEY: &str = include_str!("every_type.yaml");

/// At once, each on a link of their own.
const PHONES: usize = 8;

/// What they call themselves; a changed byte makes no other name of one.
const NAMED: [&str; PHONES] = ["alfa", "bravo", "charlie", "delta", "ekko", "foxtrott", "golf", "hotell"];

static DEFINITION: LazyLock<Definition> = LazyLock::new(|| load(SURVEY.as_bytes()).unwrap());

fn posts() -> usize {
    std::env::var("MEDVIRK_TEST_POSTS").map_or(1_500, |posts| posts.parse().unwrap())
}

/// A repeatable sequence (splitmix64): the same posts in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap()
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }
}

const VALUES: [&str; 32] = [
    "yes",
    "no",
    "office",
    "home",
    "other",
    "alone",
    "noise",
    "none",
    "pay",
    "meaning",
    "1",
    "2",
    "3",
    "dont_know",
    "",
    " ",
    "0",
    "-1",
    "5",
    "99999999999999999999",
    "1e3",
    "NaN",
    "\0",
    "\u{feff}yes",
    "æøå",
    "😀\u{202e}",
    "<script>",
    "' OR 1=1 --",
    "{{x}}",
    "%",
    "yes,no",
    "../../etc/passwd",
];
const NAMES: [&str; 25] = [
    "q.leader",
    "q.place",
    "q.place.other",
    "q.days",
    "q.drawbacks",
    "q.why",
    "q.best.1",
    "q.best.2",
    "q.best.9",
    "q.views.calm",
    "q.views.stress",
    "q.views",
    "q.tools.net",
    "q.trust",
    "q.mood",
    "q.audience",
    "q.register",
    "q.hello",
    "q.nothing",
    "q.",
    "shown",
    "shown",
    "opens",
    "csrf",
    "p",
];
const SHOWN: [&str; 6] = ["leader,place,days", "drawbacks,best,views,tools,trust,mood", "why", "nothing", "", ",,,"];

/// One post: the query and the body.
fn post(dice: &mut Dice, own: &str) -> (String, Vec<u8>) {
    let (page, mut fields) = sensible(dice, own);
    for _ in 0..dice.roll(5) {
        mutate(dice, &mut fields);
    }
    let mut body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish().into_bytes();
    match dice.roll(12) {
        0 => body.truncate(dice.roll(body.len() + 1)),
        1 => body.extend_from_slice(b"&q.days=%ff%fe&=&%"),
        2 if !body.is_empty() => {
            let at = dice.roll(body.len());
            body[at] = u8::try_from(dice.roll(256)).unwrap();
        }
        _ => {}
    }
    let language = dice.pick(&["", "", "&lang=nb", "&lang=xx", "&lang=%00", "&p=send"]);
    (format!("?p={page}{language}"), body)
}

/// What a browser would send of some page.
fn sensible(dice: &mut Dice, own: &str) -> (String, Vec<(String, String)>) {
    let pages = &DEFINITION.pages;
    let page = &pages[dice.roll(pages.len())];
    let asked = page.questions.iter().filter(|question| question.kind != Kind::Notice);
    let shown: Vec<&str> = asked.map(|question| question.id.as_str()).collect();
    let mut fields = vec![("shown".to_owned(), shown.join(","))];
    if dice.roll(3) == 0 {
        fields.push(("opens".to_owned(), fields[0].1.clone()));
        dice.pick(&SHOWN).clone_into(&mut fields[0].1);
    }
    for question in &page.questions {
        let name = format!("q.{}", question.id);
        let (name, value) = match &question.kind {
            Kind::Notice => continue,
            Kind::YesNo => (name, dice.pick(&["yes", "no"]).to_owned()),
            Kind::Choice { options, .. } | Kind::Choices { options, .. } => {
                (name, options[dice.roll(options.len())].id.clone())
            }
            Kind::Rank { options, .. } => (format!("{name}.1"), options[dice.roll(options.len())].id.clone()),
            Kind::Scale(_) => (name, dice.pick(&["1", "2", "dont_know"]).to_owned()),
            Kind::Matrix { items, .. } => {
                fields.extend(items.iter().map(|item| (format!("{name}.{}", item.id), "1".to_owned())));
                continue;
            }
            Kind::Number { .. } => (name, dice.roll(6).to_string()),
            Kind::Text | Kind::LongText => (name, own.to_owned()),
        };
        fields.push((name, value));
    }
    let id = if dice.roll(12) == 0 { dice.pick(&["", "start", "send", "stop", "nowhere", "%00"]) } else { &page.id };
    (id.to_owned(), fields)
}

fn mutate(dice: &mut Dice, fields: &mut Vec<(String, String)>) {
    if fields.is_empty() {
        return;
    }
    let at = dice.roll(fields.len());
    match dice.roll(8) {
        0 => drop(fields.remove(at)),
        1 => fields.push(fields[at].clone()),
        2 => dice.pick(&NAMES).clone_into(&mut fields[at].0),
        3 => fields.push((dice.pick(&NAMES).to_owned(), dice.pick(&VALUES).to_owned())),
        4 => dice.pick(&SHOWN).clone_into(&mut fields[0].1),
        5 => fields[at].1 = fields[at].1.repeat(1 + dice.roll(2_000)),
        _ => dice.pick(&VALUES).clone_into(&mut fields[at].1),
    }
}

/// One phone that posts and looks; the words of others never come to it.
async fn post_and_look(mut browser: Browser, link: String, number: usize, posts: usize) {
    let mut dice = Dice(number as u64);
    let own = format!("Bare {} skrev dette", NAMED[number - 1]);
    let mut sent = 0;
    while sent < posts {
        let (query, body) = post(&mut dice, &own);
        // Sent in, the link says thank you for ever: a rare thing among these.
        if query.starts_with("?p=send") && dice.roll(200) > 0 {
            continue;
        }
        sent += 1;
        let said = String::from_utf8_lossy(&body).into_owned();
        let page = browser.post_raw(&format!("{link}{query}"), body).await;
        let expected = [200, 303, 400, 413, 422];
        assert!(expected.contains(&page.status.as_u16()), "{} for {query} {said}", page.status);
        assert!(!others_words(&page.html, number), "{query} {said}");
        if dice.roll(20) == 0 {
            let at = dice.pick(&["", "?p=you", "?p=work", "?p=send", "?p=start"]);
            let page = browser.get(&format!("{link}{at}")).await;
            assert!(page.status == StatusCode::OK || page.status == StatusCode::SEE_OTHER, "{}", page.status);
            assert!(!others_words(&page.html, number));
        }
    }
}

fn others_words(html: &str, number: usize) -> bool {
    (1..=PHONES).any(|other| other != number && html.contains(&format!("Bare {} skrev", NAMED[other - 1])))
}

async fn whatever_is_posted_stores_no_nonsense_and_shows_nothing_of_others(app: TestApp) {
    // A server error says why only in the log.
    drop(tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_writer(std::io::stderr).try_init());
    let campaign = app.open_campaign(SURVEY, 2 * PHONES).await;
    let each = posts().div_ceil(PHONES);
    join_all((1..=PHONES).map(|number| post_and_look(app.browser(), app.link(number), number, each))).await;
    // Whoever is not done can finish in the ordinary way, on the same link.
    for number in 1..=PHONES {
        let mut phone = app.phone(number);
        if !phone.open().await.has("Takk") {
            phone.go("you").await;
            answer_to_the_end(&mut phone, &fields(number)).await;
            assert!(phone.send().await.has("Takk"));
        }
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM invitations WHERE state = 'invited'").await, 8);
    assert_eq!(app.count("SELECT COUNT(*) FROM drafts").await, 0);
    app.close_and_open(&campaign).await;
    let stored = responses::all(app.db(), &campaign).await.unwrap();
    assert_eq!(stored.len(), PHONES);
    for response in stored {
        let attributes: Attributes = serde_json::from_str(&response.attributes).unwrap();
        let answers: Answers = serde_json::from_str(&response.answers).unwrap();
        assert_sound(&attributes, &answers);
    }
}

/// Every answer belongs to a question that this person is asked, and is one that the question allows.
fn assert_sound(attributes: &Attributes, answers: &Answers) {
    let route = route(&DEFINITION, attributes, answers);
    let asked: Vec<_> =
        route.pages.iter().flat_map(|step| step.questions.iter().map(|(question, _)| *question)).collect();
    for (key, answer) in answers {
        let (id, rest) = key.split_once('.').map_or((key.as_str(), None), |(id, rest)| (id, Some(rest)));
        let question = asked.iter().find(|question| question.id == id).unwrap_or_else(|| panic!("{key} is not asked"));
        let known = |options: &[medvirk::definition::model::Choice], id: &String| options.iter().any(|o| &o.id == id);
        let sound = match (&question.kind, answer, rest) {
            (Kind::YesNo, Answer::Choice(value), None) => value == "yes" || value == "no",
            (Kind::Choice { options, other }, Answer::Choice(value), None) => {
                known(options, value) || (*other && value == "other")
            }
            (
                Kind::Choice { other: true, .. } | Kind::Choices { other: true, .. },
                Answer::Text(words),
                Some("other"),
            )
            | (Kind::Text, Answer::Text(words), None) => words.chars().count() <= 200,
            (Kind::Choices { options, max, .. }, Answer::Choices(values), None) => {
                values.iter().all(|value| known(options, value)) && max.is_none_or(|max| values.len() <= max as usize)
            }
            (Kind::Rank { options, top }, Answer::Rank(values), None) => {
                values.iter().all(|value| known(options, value)) && values.len() <= *top as usize
            }
            (Kind::Scale(_), Answer::Scale(1 | 2) | Answer::DontKnow, None) => true,
            (Kind::Matrix { items, .. }, Answer::Scale(1 | 2) | Answer::DontKnow, Some(item)) => {
                items.iter().any(|known| known.id == item)
            }
            (Kind::Number { min, max, .. }, Answer::Number(value), None) => {
                min.is_none_or(|min| *value >= min) && max.is_none_or(|max| *value <= max)
            }
            (Kind::LongText, Answer::Text(words), None) => words.chars().count() <= 4_000,
            _ => false,
        };
        assert!(sound, "{key}: {answer:?}");
    }
}
