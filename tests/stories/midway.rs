//! Whoever knows the midway evaluation as slides finds each of them as a page: the same question, who was asked, the same kind of
//! picture, how many answered. The list is that of `docs/results.md`.

use std::collections::BTreeMap;

use medvirk::actions::campaign::Exit;
use medvirk::actions::moderate::{self, Look, fingerprint};
use medvirk::actions::publish_texts::{self, Wish};
use medvirk::anonymity::publication::{Base, Publication};
use medvirk::anonymity::text_publication::{EVERYWHERE, TextPublication};
use medvirk::campaign::moderation::Step;
use medvirk::people::role::Role;
use medvirk::store::{texts, themes};
use reqwest::StatusCode;
use tokio::task::JoinSet;

use crate::app::{Browser, MIDWAY, Page, TestApp, on_both};

on_both![every_slide_of_the_midway_evaluation_is_a_page];

const PEOPLE: usize = 120;
const THEME: &str = "For lite tid";

/// What a slide shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    /// A bar for each answer.
    Bars,
    /// A scale as one cut bar.
    Scale,
    /// Themes of what was written.
    Themes,
}
use Shows::{Bars, Scale, Themes};

const EVERYBODY: &str = "alle";
const REDEPLOYED: &str = "Omdisponerte medarbeidere";

/// Number of the slide, question, who was asked, what it shows. The slides 2, 4 and 5 are one measure: see [`sides`].
const SLIDES: [(u32, &str, &str, Shows); 22] = [
    (1, "staff_responsibility", EVERYBODY, Bars),
    (1, "union_rep", EVERYBODY, Bars),
    (1, "safety_rep", EVERYBODY, Bars),
    (1, "health_background", EVERYBODY, Bars),
    (2, "staffing", EVERYBODY, Bars),
    (3, "staffing_how", "Ledere som svarte nei", Themes),
    (6, "information", "Medarbeidere uten personalansvar", Scale),
    (7, "motivation_infected", "Medarbeidere med helsefaglig bakgrunn", Scale),
    (8, "redeployment", EVERYBODY, Bars),
    (9, "several_workplaces", REDEPLOYED, Bars),
    (10, "motivation_start", REDEPLOYED, Scale),
    (10, "needed", REDEPLOYED, Scale),
    (10, "introduced", REDEPLOYED, Scale),
    (10, "followed_up", REDEPLOYED, Scale),
    (10, "info_before", REDEPLOYED, Scale),
    (11, "info_improve", "Omdisponerte som fikk for lite informasjon", Themes),
    (12, "infection_control", REDEPLOYED, Scale),
    (13, "infection_missing", "Omdisponerte med for dårlig smittevern", Themes),
    (14, "motivation_further", REDEPLOYED, Scale),
    (15, "overall", REDEPLOYED, Scale),
    (16, "overall_words", REDEPLOYED, Themes),
    (17, "home_office", EVERYBODY, Bars),
];

async fn every_slide_of_the_midway_evaluation_is_a_page(app: TestApp) {
    let id = app.open_campaign(MIDWAY, PEOPLE).await;
    everybody_answers(&app).await;
    let figures = app.close_open_and_publish(&id).await;
    let words = everything_written_is_released(&app, &id).await;
    app.account("utvalg", Role::Viewer, &[]).await;
    let mut viewer = app.log_in("utvalg", crate::app::PASSWORD).await;
    let overview = read(&mut viewer, &format!("/results/{id}")).await;
    for (slide, question, asked, shows) in SLIDES {
        let address = format!("/results/{id}/{question}");
        assert!(overview.has(&format!("href=\"{address}?place=\"")), "slide {slide}: no way to {question}");
        let page = read(&mut viewer, &address).await;
        assert!(page.has(&format!("Spurt: {asked}<")), "slide {slide}, {question}: {}", page.html);
        if shows == Themes {
            let base = words.question(question).unwrap().base[EVERYWHERE].as_ref().unwrap();
            themes_are_shown(&page, base, question);
        } else {
            a_picture_is_shown(&page, shows, &base(&figures, question, None), question);
        }
    }
    sides(&read(&mut viewer, &format!("/results/{id}/staffing")).await, &figures);
}

async fn read(browser: &mut Browser, path: &str) -> Page {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    page
}

/// The text of the question stands over it, the number of answers beside it, and the picture says what it says.
fn a_picture_is_shown(page: &Page, shows: Shows, base: &str, question: &str) {
    assert!(page.has(&format!("n = {base}<")), "{question}: not {base}: {}", page.html);
    let title = page.html.split(&format!("chart-{question}-whole-title\">")).nth(1).unwrap();
    let (asked, picture) = title.split_once("</title>").unwrap();
    assert!(page.has(&format!("dir=\"auto\">{asked}</h1>")), "{question}: “{asked}” is another question");
    let picture = picture.split("</svg>").next().unwrap();
    assert_eq!(picture.contains("class=\"bar\""), shows == Bars, "{question}: {picture}");
    assert_eq!(picture.contains("class=\"p"), shows == Scale, "{question}: {picture}");
}

fn themes_are_shown(page: &Page, base: &Base, question: &str) {
    assert!(page.has(&format!("<small>n = {base}</small>")), "{question}: not {base}: {}", page.html);
    assert!(page.has(THEME), "{question}: {}", page.html);
}

/// Leaders, representatives and all others were asked the same in words of their own: three bars, three bases, three wordings.
fn sides(page: &Page, figures: &Publication) {
    let sides = page.html.split("id=\"sides\"").nth(1).unwrap().split("</section>").next().unwrap();
    for (value, audience, asked) in [
        ("leaders", "Ledere med personalansvar", "Har tjenesten du leder, hatt nok folk"),
        ("reps", "Tillitsvalgte og verneombud", "slik du ser det som tillitsvalgt"),
        ("others", "Øvrige medarbeidere", "Har det vært nok folk der du jobber"),
    ] {
        let base = base(figures, "staffing", Some(value));
        assert!(sides.contains(&format!("{audience} (n = {base}): ")), "{audience}, {base}: {sides}");
        assert!(sides.contains(&format!("<dt>{audience}</dt>")) && sides.contains(asked), "{audience}: {sides}");
    }
}

/// How many answered a question in the whole, or in a role there, as the published document says it.
fn base(figures: &Publication, question: &str, role: Option<&str>) -> String {
    let group = |id: &str| figures.groups.iter().find(|group| group.id == id).unwrap();
    let tables = figures.tables.iter().filter(|table| table.question == question);
    let of = |id: &str| group(id).place.is_empty() && group(id).value.as_deref() == role;
    let role = |id: &str| group(id).breakdown.as_deref().is_none_or(|breakdown| breakdown == "role");
    let found: Vec<_> = tables.filter(|table| of(&table.group) && role(&table.group)).collect();
    let [table] = found.as_slice() else { panic!("{question}: {found:?}") };
    table.base.as_ref().unwrap().to_string()
}

/// Half of the people belong to each of two areas, and do there what the others do in theirs.
async fn everybody_answers(app: &TestApp) {
    let mut people = JoinSet::new();
    for number in 1..=PEOPLE {
        let mut phone = app.phone(number);
        people.spawn(async move {
            let answers = person((number - 1) / 2);
            let answers: Vec<(&str, &str)> = answers.iter().map(|(question, answer)| (*question, *answer)).collect();
            phone.answer_everything(&answers).await;
            phone.send().await;
        });
    }
    people.join_all().await;
}

/// Sixty people: twelve leaders, twelve representatives, thirty redeployed.
fn person(number: usize) -> BTreeMap<&'static str, &'static str> {
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    let point = |low: bool| if low { "2" } else { "4" };
    let redeployment = match number {
        24..42 => "now",
        42..54 => "earlier",
        _ => "no",
    };
    BTreeMap::from([
        ("staff_responsibility", yes(number < 12)),
        ("union_rep", yes((12..18).contains(&number))),
        ("safety_rep", yes((18..24).contains(&number))),
        ("health_background", yes(number.is_multiple_of(2))),
        ("staffing", if number < 8 { "no" } else { ["yes", "partly"][number % 2] }),
        ("staffing_how", "Ingen hadde tid"),
        ("information", point(number.is_multiple_of(3))),
        ("motivation_infected", point(number.is_multiple_of(4))),
        ("redeployment", redeployment),
        ("several_workplaces", yes(number.is_multiple_of(2))),
        ("info_before", point(number < 40)),
        ("info_improve", "Si fra før"),
        ("infection_control", point((30..46).contains(&number))),
        ("infection_missing", "Munnbind"),
        ("overall_words", "Det gikk bra"),
        ("home_office", yes(number.is_multiple_of(5))),
    ])
}

/// Both looks at every text, a theme for each question, and the publication of them.
async fn everything_written_is_released(app: &TestApp, id: &str) -> TextPublication {
    let actor = || app.actor(Exit::Simulator);
    for (_, question, ..) in SLIDES.into_iter().filter(|(.., shows)| *shows == Themes) {
        let label = BTreeMap::from([("nb".to_owned(), THEME.to_owned())]);
        moderate::add_theme(actor(), id, question, label).await.unwrap();
    }
    let known = themes::all(app.db().read(), id).await.unwrap();
    for step in [|| Step::Clean(THEME.to_owned()), || Step::Release] {
        for text in texts::all(app.db(), id).await.unwrap() {
            let own = known.iter().filter(|theme| theme.question == text.question);
            let own: Vec<&str> = own.map(|theme| theme.id.as_str()).collect();
            let look = Look { text: &text.id, seen: &fingerprint(&text), themes: &own, step: Some(step()) };
            moderate::look(actor(), id, look).await.unwrap();
        }
    }
    let key = app.app().settings.load_or_create_secret(&app.app().ports.chance).unwrap();
    publish_texts::publish_texts(actor(), &key, id, Wish::default()).await.unwrap()
}
