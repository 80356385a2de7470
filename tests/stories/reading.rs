//! Readers look at what was published, from one page of results to the next.

use medvirk::actions::campaign;
use reqwest::StatusCode;

use crate::app::{Browser, MIDWAY, Page, TestApp, on_both};

on_both![results_are_read_from_page_to_page, what_is_hidden_is_hidden_on_every_page, waves_make_a_trend];

const YEARLY: &str = include_str!("../../survey-definitions/medarbeider.yaml");
const PULSE: &str = include_str!("../../survey-definitions/krisepuls.yaml");
const PEOPLE: usize = 24;

/// Everybody of the first area is content, nobody of the other is.
async fn answered(app: &TestApp, question: &str, content: usize, others: usize) {
    for number in 1..=PEOPLE {
        let mut phone = app.phone(number);
        let point = if number % 2 == 1 { content } else { others }.to_string();
        let person = [("staff_responsibility", "no"), ("union_rep", "no"), ("safety_rep", "no"), (question, &point)];
        phone.answer_everything(&person).await;
        phone.send().await;
    }
}

async fn read(browser: &mut Browser, path: &str) -> Page {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    page
}

/// The address behind a link with these words.
fn link(page: &Page, words: &str) -> String {
    let before = page.html.split(&format!(">{words}</a>")).next().unwrap();
    assert!(before.len() < page.html.len(), "no link {words}: {}", page.html);
    let (_, address) = before.rsplit_once("href=\"").unwrap();
    address.split('"').next().unwrap().replace("&amp;", "&")
}

/// Where an area's row begins in a heat map.
fn place(map: &Page, area: &str) -> usize {
    let body = map.html.find("<tbody>").unwrap();
    map.html[body..].find(area).unwrap()
}

async fn results_are_read_from_page_to_page(app: TestApp) {
    let id = app.open_campaign(YEARLY, PEOPLE).await;
    answered(&app, "meaning.joy", 5, 1).await;
    app.close_open_and_publish(&id).await;
    let mut hr = app.hr().await;
    let overview = read(&mut hr, &format!("/results/{id}")).await;
    assert!(overview.has("Over 90\u{a0}%") || overview.has("Over 90 %"), "{}", overview.html);
    let question = "Hvor enig er du? Jeg gleder meg til å gå på jobb";
    assert!(overview.has(question));
    let page = read(&mut hr, &format!("/results/{id}/meaning.joy")).await;
    for said in ["Spurt: alle", "Ikke spurt", "Spurt, men ubesvart", "Pleie og omsorg", "Oppvekst skole"] {
        assert!(page.has(said), "{said}: {}", page.html);
    }
    let ages = read(&mut hr, &link(&page, "Alder").replace("#divided", "")).await;
    assert!(ages.has("aria-current=\"true\">Alder"));
    let means = read(&mut hr, &link(&page, "Snitt").replace("#divided", "")).await;
    assert!(means.has("<circle"));
    let picture = hr.get(&link(&page, "Last ned bildet (SVG)")).await;
    assert_eq!(picture.headers["content-type"], "image/svg+xml; charset=utf-8");
    assert!(picture.has(question) && picture.has("n\u{a0}="), "a picture leaves with what was asked and of how many");
    let numbers = hr.get(&link(&page, "Last ned tallene (CSV)")).await;
    assert!(numbers.has("Hele organisasjonen,") && numbers.has("Oppvekst skole,"), "{}", numbers.html);
    let map = read(&mut hr, &link(&overview, "Varmekart")).await;
    let (high, low) = (map.html.find("class=\"h7\""), map.html.find("class=\"h1\""));
    assert!(high.is_some() && low.is_some(), "one area far above, one far below: {}", map.html);
    let areas = |map: &Page| ["Oppvekst skole", "Pleie og omsorg"].map(|area| place(map, area));
    assert!(areas(&map).is_sorted(), "by name");
    let sorted = read(&mut hr, &format!("/results/{id}/heat-map?place=&sort=meaning.joy")).await;
    assert!(sorted.has("aria-sort=\"ascending\"") && !areas(&sorted).is_sorted(), "the lowest first: {}", sorted.html);
    assert!(map.has("sort=meaning.joy"), "a link leads there");
    let listed = sorted.html.split("class=\"ranked\"").nth(1).unwrap().split("</ol>").next().unwrap();
    let listed = ["Hele organisasjonen", "Pleie og omsorg", "Oppvekst skole"].map(|name| listed.find(name));
    assert!(listed.is_sorted() && listed[0].is_some(), "a narrow screen lists them: {listed:?}");
    let compared = read(&mut hr, &link(&overview, "Sammenlign")).await;
    assert!(compared.has("Velg to steder"));
    let indices = read(&mut hr, &link(&overview, "Indekser")).await;
    assert!(indices.has("Mening") && indices.has("<circle"));
}

async fn what_is_hidden_is_hidden_on_every_page(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 16).await;
    for number in [1, 3, 5, 7, 9, 11, 2, 4, 6, 8] {
        let mut phone = app.phone(number);
        phone.answer_everything(&[("staff_responsibility", "no")]).await;
        phone.send().await;
    }
    app.close_open_and_publish(&id).await;
    let mut hr = app.hr().await;
    let map = read(&mut hr, &format!("/results/{id}/heat-map")).await;
    let body = map.html.split("<tbody>").nth(1).unwrap();
    let row = body.split("<tr").find(|row| row.contains("Pleie og omsorg")).unwrap();
    assert!(row.contains("class=\"few\"") && !row.contains("class=\"h"), "{row}");
    let csv = hr.get(&format!("/results/{id}/home_office/table.csv")).await;
    assert!(csv.has("Pleie og omsorg,hidden\n"), "{}", csv.html);
    for nothing in
        ["/heat-map?place=nowhere", "/side-by-side?with=nowhere", "/home_office/table.pdf", "/no_such/table.csv"]
    {
        assert_eq!(hr.get(&format!("/results/{id}{nothing}")).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

async fn waves_make_a_trend(app: TestApp) {
    app.import(PEOPLE).await;
    let mut waves = Vec::new();
    for (name, point) in [("Uke 45", 2), ("Uke 46", 5)] {
        let id = campaign::create(app.db(), &app.app().ports, medvirk::store::audit::ITSELF, name, PULSE, true)
            .await
            .unwrap();
        app.launch(&id).await;
        app.send_everything().await;
        answered(&app, "information", point, point).await;
        app.close_open_and_publish(&id).await;
        waves.push(id);
        app.clock.advance(jiff::SignedDuration::from_hours(24 * 7));
    }
    let mut hr = app.hr().await;
    let first = read(&mut hr, &format!("/results/{}/information", waves[0])).await;
    assert!(!first.has("Over tid"), "nothing came before it");
    let second = read(&mut hr, &format!("/results/{}/information", waves[1])).await;
    assert!(second.has("Over tid") && second.has("Uke 45") && second.has("prosentpoeng"), "{}", second.html);
}
