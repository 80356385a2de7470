//! Free text: two look at it, themes and words are published where enough people wrote, and nothing leads back.

use std::collections::BTreeSet;

use medvirk::actions::campaign::Exit;
use medvirk::actions::export::texts_csv;
use medvirk::actions::publish_texts::{self, PublishTextsError, Wish};
use medvirk::store::{responses, texts};
use reqwest::StatusCode;

use crate::app::{Browser, Page, TestApp, on_both};

on_both![
    texts_are_looked_at_twice_and_published_once,
    nobody_takes_both_looks_while_there_is_another,
    nine_texts_are_not_shown,
    a_small_theme_is_hidden_and_what_gives_it_away,
    what_is_put_aside_is_not_published,
    nothing_leads_from_a_text_to_an_answer,
    what_time_deletes_is_gone,
];

const SURVEY: &str = include_str!("texts.yaml");

/// An opened campaign to which the first so many employees have written; half of them belong to each of two areas.
async fn written(app: &TestApp, writers: usize) -> String {
    let id = app.open_campaign(SURVEY, writers + 2).await;
    for number in 1..=writers {
        let mut phone = app.phone(number);
        phone.answer_everything(&[("why", &format!("Kari sa det {number} ganger"))]).await;
        phone.send().await;
    }
    let opened = app.close_and_open(&id).await;
    assert_eq!((opened.responses, opened.texts), (writers, writers));
    id
}

/// A desk with the address of the question's texts.
struct Moderator {
    browser: Browser,
    address: String,
}

impl Moderator {
    async fn new(app: &TestApp, name: &str, campaign: &str) -> Self {
        Self { browser: app.hr_as(name).await, address: format!("/campaigns/{campaign}/texts/why") }
    }

    async fn open(&mut self, list: &str) -> Page {
        self.browser.get(&format!("{}?list={list}", self.address)).await
    }

    async fn step(&mut self, page: &Page, step: &str, words: &str, themes: &[String]) -> Page {
        let [csrf, text, seen] = ["csrf", "text", "seen"].map(|name| page.field(name));
        let mut fields = vec![("csrf", &*csrf), ("text", &*text), ("seen", &*seen), ("words", words), ("step", step)];
        fields.extend(themes.iter().map(|theme| ("theme", theme.as_str())));
        self.browser.post(&self.address.clone(), &fields).await
    }

    /// Makes a theme, and gives its id.
    async fn theme(&mut self, app: &TestApp, label: &str) -> String {
        let csrf = self.open("new").await.field("csrf");
        let page = self.browser.post(&format!("{}/themes", self.address), &[("csrf", &csrf), ("nb", label)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.html);
        let sql = "SELECT id FROM themes WHERE label = $1";
        let label = format!("{{\"nb\":\"{label}\"}}");
        sqlx::query_scalar(sql).bind(label).fetch_one(app.db().read()).await.unwrap()
    }

    /// Cleans every new text; `themes` says what the text with this number is about.
    async fn clean_all(&mut self, themes: impl Fn(usize) -> Vec<String>) -> usize {
        let mut cleaned = 0;
        loop {
            let page = self.open("new").await;
            let Some(number) = number(&page) else { return cleaned };
            let done = self.step(&page, "clean", &format!("noen sa det {number} ganger"), &themes(number)).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
            cleaned += 1;
        }
    }

    /// Releases every text that this account may release.
    async fn release_all(&mut self) -> usize {
        let mut released = 0;
        loop {
            let page = self.open("cleaned").await;
            if number(&page).is_none() {
                return released;
            }
            let marked: Vec<String> = marked(&page);
            let done = self.step(&page, "release", "", &marked).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
            released += 1;
        }
    }
}

/// The number that the one who wrote the text on this page has.
fn number(page: &Page) -> Option<usize> {
    page.html.split("Kari sa det ").nth(1)?.split(' ').next()?.parse().ok()
}

/// The themes that are ticked.
fn marked(page: &Page) -> Vec<String> {
    let boxes = page.html.split("name=\"theme\" value=\"").skip(1).map(|rest| rest.split('>').next().unwrap());
    boxes.filter(|tag| tag.contains("checked")).map(|tag| tag.split('"').next().unwrap().to_owned()).collect()
}

async fn publish(app: &TestApp, browser: &mut Browser, id: &str, words: &str) -> Page {
    let csrf = browser.get(&format!("/campaigns/{id}")).await.field("csrf");
    let first = browser.post(&format!("/campaigns/{id}/publish-texts"), &[("csrf", &csrf)]).await;
    assert_eq!(first.status, StatusCode::CONFLICT, "the figures come first");
    let figures = browser.post(&format!("/campaigns/{id}/publish"), &[("csrf", &csrf)]).await;
    assert_eq!(figures.status, StatusCode::SEE_OTHER, "{}", figures.html);
    assert!(browser.get(&format!("/results/{id}/why")).await.has("Fritekst vises ikke"));
    let fields = [("csrf", csrf.as_str()), ("words", words)];
    let page = browser.post(&format!("/campaigns/{id}/publish-texts"), &fields).await;
    if page.status == StatusCode::SEE_OTHER {
        let published = publish_texts::published(app.db(), id).await.unwrap().unwrap();
        assert!(published.is_intact());
    }
    page
}

async fn texts_are_looked_at_twice_and_published_once(app: TestApp) {
    let id = written(&app, 24).await;
    let (mut kari, mut ola) = (Moderator::new(&app, "kari", &id).await, Moderator::new(&app, "ola", &id).await);
    let noise = kari.theme(&app, "Støy").await;
    let page = kari.open("new").await;
    assert!(page.has("Kommunalsjefområde: Pleie og omsorg") || page.has("Kommunalsjefområde: Oppvekst skole"));
    assert!(!page.has("2020"), "no time stands beside a text: {}", page.html);
    let about = |number| if number <= 16 { vec![noise.clone()] } else { Vec::new() };
    assert_eq!(kari.clean_all(about).await, 24);
    assert!(kari.browser.get(&format!("/campaigns/{id}/texts")).await.has("Hvorfor?"));
    assert_eq!(ola.release_all().await, 24);
    assert_eq!(app.count("SELECT COUNT(*) FROM texts WHERE state = 'released' AND words = ''").await, 24);

    let published = publish(&app, &mut kari.browser, &id, "1").await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.html);
    let page = kari.browser.get(&format!("/results/{id}/why")).await;
    assert_eq!(page.html.matches("noen sa det ").count(), 48, "the whole and both areas: {}", page.html);
    assert!(page.has("Støy") && page.has("20–49") && !page.has("Kari sa"));
    let shown = |page: &Page| page.html.split("noen sa det ").skip(1).map(|rest| rest[..2].to_owned()).collect();
    let order: Vec<String> = shown(&page);
    let mut sorted = order[..24].to_vec();
    sorted.sort();
    assert_ne!(order[..24], sorted, "they stand in an order of chance");

    let document = publish_texts::published(app.db(), &id).await.unwrap().unwrap();
    let csv = String::from_utf8(texts_csv(&document, "nb").unwrap()).unwrap();
    assert!(csv.starts_with("question,area,kind,theme,count,text\nwhy,,texts,,20–49,\nwhy,,theme,Støy,"), "{csv}");
    assert_eq!(csv.matches(",text,,,").count(), 48);

    let again = kari.browser.get(&format!("/campaigns/{id}")).await.field("csrf");
    let again = kari.browser.post(&format!("/campaigns/{id}/publish-texts"), &[("csrf", &again)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let frozen = ola.open("released").await;
    assert!(!frozen.has("name=\"seen\""), "nothing can be changed any more: {}", frozen.html);
    let csrf = frozen.field("csrf");
    let theme = ola.browser.post(&format!("{}/themes", ola.address), &[("csrf", &csrf), ("nb", "Ny")]).await;
    assert_eq!(theme.status, StatusCode::CONFLICT);
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE action = 'words_published'").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE detail LIKE '%ganger%'").await, 0, "no words in the audit");
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE action = 'text_released' AND who = 'ola'").await, 24);
}

async fn nobody_takes_both_looks_while_there_is_another(app: TestApp) {
    let id = written(&app, 2).await;
    let mut kari = Moderator::new(&app, "kari", &id).await;
    let page = kari.open("new").await;
    kari.step(&page, "clean", "noen", &[]).await;
    // Alone, she may.
    let page = kari.open("cleaned").await;
    assert!(page.has("value=\"release\""));
    let mut ola = Moderator::new(&app, "ola", &id).await;
    let refused = kari.step(&page, "release", "", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let page = kari.open("cleaned").await;
    assert!(page.has("venter på at en annen frigir den"), "{}", page.html);
    // Whoever changes the words has taken a first look, and what the other one has read is no longer there.
    let read = ola.open("cleaned").await;
    let again = kari.browser.get(&format!("{}?text={}", kari.address, read.field("text"))).await;
    assert_eq!(kari.step(&again, "clean", "noen andre", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(ola.step(&read, "release", "", &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(app.count("SELECT COUNT(*) FROM texts WHERE state = 'released'").await, 0);
    assert_eq!(ola.release_all().await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM texts WHERE edited = 'noen andre'").await, 1);
}

async fn nine_texts_are_not_shown(app: TestApp) {
    let id = written(&app, 9).await;
    let mut kari = Moderator::new(&app, "kari", &id).await;
    kari.clean_all(|_| Vec::new()).await;
    assert_eq!(kari.release_all().await, 9, "the only account takes both looks");
    let published = publish(&app, &mut kari.browser, &id, "1").await;
    assert_eq!(published.status, StatusCode::SEE_OTHER);
    let page = kari.browser.get(&format!("/results/{id}/why")).await;
    assert!(page.has("Ordene er skjermet") && !page.has("sa det"), "{}", page.html);
    let document = publish_texts::published(app.db(), &id).await.unwrap().unwrap();
    assert!(!serde_json::to_string(&document).unwrap().contains("sa det"));
}

/// Twelve of one area and twelve of the other; a theme of four, and one of twelve and three.
async fn a_small_theme_is_hidden_and_what_gives_it_away(app: TestApp) {
    let id = written(&app, 24).await;
    let mut kari = Moderator::new(&app, "kari", &id).await;
    let (rare, uneven) = (kari.theme(&app, "Sjelden").await, kari.theme(&app, "Skjevt").await);
    let about = |number: usize| {
        let few = (number <= 4).then(|| rare.clone());
        few.into_iter().chain((number.is_multiple_of(2) || number <= 5).then(|| uneven.clone())).collect()
    };
    kari.clean_all(about).await;
    assert_eq!(kari.release_all().await, 24);
    assert_eq!(app.count("SELECT COUNT(*) FROM text_themes").await, 4 + 15);
    assert_eq!(publish(&app, &mut kari.browser, &id, "").await.status, StatusCode::SEE_OTHER);
    let document = publish_texts::published(app.db(), &id).await.unwrap().unwrap();
    let question = document.question("why").unwrap();
    let counts = |theme: &str| question.themes.iter().find(|known| known.id == theme).unwrap().counts.clone();
    assert!(counts(&rare).values().all(Option::is_none), "four are too few");
    let uneven = counts(&uneven);
    assert!(uneven["whole"].is_some_and(|count| count >= 5));
    assert_eq!(uneven.values().flatten().count(), 1, "three are too few, and the twelve would give them away");
    assert!(question.words.values().all(Option::is_none), "themes are the rule, and words were not wanted");
    let page = kari.browser.get(&format!("/results/{id}/why")).await;
    assert!(page.has("Skjevt") && !page.has("sa det"), "{}", page.html);
}

async fn what_is_put_aside_is_not_published(app: TestApp) {
    let id = written(&app, 12).await;
    let mut kari = Moderator::new(&app, "kari", &id).await;
    let page = kari.open("new").await;
    let threat = page.field("text");
    assert_eq!(kari.step(&page, "threat", "", &[]).await.status, StatusCode::SEE_OTHER);
    let page = kari.open("new").await;
    kari.step(&page, "unusable", "", &[]).await;
    let aside = kari.open("threat").await;
    assert_eq!(aside.field("text"), threat);
    assert!(aside.has("Kari sa det"), "somebody has to be able to read it");
    // Back, and aside again.
    kari.step(&aside, "return", "", &[]).await;
    let page = kari.browser.get(&format!("{}?text={threat}", kari.address)).await;
    kari.step(&page, "threat", "", &[]).await;
    kari.clean_all(|_| Vec::new()).await;
    kari.release_all().await;
    publish(&app, &mut kari.browser, &id, "1").await;
    let document = publish_texts::published(app.db(), &id).await.unwrap().unwrap();
    let words = document.question("why").unwrap().words["whole"].clone().unwrap();
    assert_eq!(words.len(), 10);
    assert!(words.iter().all(|words| words.starts_with("noen")));
}

async fn nothing_leads_from_a_text_to_an_answer(app: TestApp) {
    let id = written(&app, 24).await;
    let texts = texts::all(app.db(), &id).await.unwrap();
    let came: Vec<&str> = texts.iter().map(|text| text.words.as_str()).collect();
    let mut sorted = came.clone();
    sorted.sort_unstable();
    assert_ne!(came, sorted);
    assert_eq!(responses::all(app.db(), &id).await.unwrap().len(), 24);
    let ids = |rows: Vec<String>| rows.into_iter().collect::<BTreeSet<_>>();
    let of = |table: &str| sqlx::AssertSqlSafe(format!("SELECT id FROM {table}"));
    let mut all = BTreeSet::new();
    let mut count = 0;
    for table in ["texts", "responses", "invitations", "employees", "messages"] {
        let found: Vec<String> = sqlx::query_scalar(of(table)).fetch_all(app.db().read()).await.unwrap();
        count += found.len();
        all.extend(ids(found));
    }
    assert_eq!(all.len(), count, "no id is shared");
    // What is left behind is refused until somebody says so, and then it is gone for ever.
    let mut kari = Moderator::new(&app, "kari", &id).await;
    let page = kari.open("new").await;
    kari.step(&page, "clean", "noen", &[]).await;
    kari.release_all().await;
    let csrf = kari.open("new").await.field("csrf");
    kari.browser.post(&format!("/campaigns/{id}/publish"), &[("csrf", &csrf)]).await;
    let key = app.app().settings.load_or_create_secret(&app.app().ports.chance).unwrap();
    let refused = publish_texts::publish_texts(app.actor(Exit::Simulator), &key, &id, Wish::default()).await;
    assert!(matches!(refused, Err(PublishTextsError::Unfinished(23))), "{refused:?}");
    let wish = Wish { leave_unfinished: true, words: true };
    let document = publish_texts::publish_texts(app.actor(Exit::Simulator), &key, &id, wish).await.unwrap();
    assert!(document.questions[0].base.values().all(Option::is_none), "one is too few");
}

async fn what_time_deletes_is_gone(app: TestApp) {
    let id = written(&app, 12).await;
    let mut kari = Moderator::new(&app, "kari", &id).await;
    let theme = kari.theme(&app, "Støy").await;
    kari.clean_all(|_| vec![theme.clone()]).await;
    kari.release_all().await;
    publish(&app, &mut kari.browser, &id, "1").await;
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns WHERE swept = 0").await, 1, "the originals are to be swept");
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns WHERE swept = 1").await, 1);
    app.clock.advance(jiff::SignedDuration::from_hours(24 * 91));
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM texts").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM text_themes").await, 0);
    let mut again = Moderator::new(&app, "kari", &id).await;
    assert!(again.browser.get(&format!("/results/{id}/why")).await.has("noen sa det"), "what was published stays");
}
