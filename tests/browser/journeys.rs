//! Whole ways of the people who read and run surveys, in a real Chromium: each page is looked at on a phone and on a desk, in the light
//! and in the dark, and held against axe-core as it is after what was done before.

use medvirk::actions::accounts::{self, Wish};
use medvirk::people::phone::Phone as Number;
use medvirk::people::role::Role;
use serde_json::json;

use crate::app::{MIDWAY, On, PASSWORD, TestApp, phone};
use crate::hand::Hand;
use crate::support::eventually;

const PEOPLE: usize = 24;

#[tokio::test]
async fn hr_goes_from_an_empty_database_to_published_results() {
    let app = TestApp::start(On::Sqlite).await;
    drop(app.hr().await);
    let hand = Hand::start().await;
    log_in(&app, &hand, "hr").await;
    hand.portrait("journey-hr-1-empty").await;
    imports_the_register(&app, &hand).await;
    launches(&app, &hand).await;
    watches(&app, &hand).await;
    hand.tap("Close now").await;
    hand.tap("Open the answers").await;
    hand.reads(&["cannot be withdrawn"]).await;
    hand.portrait("journey-hr-6-before-publishing").await;
    hand.tap("Publish").await;
    hand.reads(&["Over 90%", "The figures are published"]).await;
    hand.portrait("journey-hr-7-results").await;
}

async fn imports_the_register(app: &TestApp, hand: &Hand) {
    let register = app.folder().join("register.csv");
    std::fs::write(&register, rows()).unwrap();
    hand.tap("Employees").await;
    hand.portrait("journey-hr-2-no-register").await;
    hand.choose_file("file", &register).await;
    hand.tap("Import").await;
    hand.reads(&["24 employees in the register"]).await;
    hand.portrait("journey-hr-3-register").await;
    hand.tap("See the organisation in numbers").await;
    hand.reads(&["Pleie og omsorg"]).await;
    hand.portrait("journey-hr-3-tree").await;
}

async fn launches(app: &TestApp, hand: &Hand) {
    let survey = app.folder().join("survey.yaml");
    std::fs::write(&survey, MIDWAY).unwrap();
    hand.tap("Surveys").await;
    hand.tap("New survey").await;
    hand.write("Name", "Midtveis").await;
    hand.choose_file("file", &survey).await;
    hand.tap("Check and make a draft").await;
    hand.tap("Prepare the launch").await;
    hand.reads(&["What will be hidden"]).await;
    hand.portrait("journey-hr-4-launch").await;
    hand.write("Type the number of recipients", "7").await;
    hand.tap("Send to 24 recipients").await;
    hand.reads(&["another number"]).await;
    hand.write("Type the number of recipients", "24").await;
    hand.tap("Send to 24 recipients").await;
    hand.reads(&["0 of 24 have answered"]).await;
}

/// The page changes while it is looked at, and is not loaded again.
async fn watches(app: &TestApp, hand: &Hand) {
    app.send_everything().await;
    // That all messages have left is another phase, with another page.
    hand.reload().await;
    let _: Option<bool> = hand.try_to_ask("window.same = true").await;
    everybody_answers(app).await;
    eventually("the figures to come", || async { hand.text().await.contains("24 of 24 have answered").then_some(()) })
        .await;
    assert!(hand.ask::<bool>("return window.same === true").await, "the page was loaded again");
    hand.portrait("journey-hr-5-live").await;
}

#[tokio::test]
async fn representatives_leaders_and_committees_read_what_is_theirs() {
    let app = TestApp::start(On::Sqlite).await;
    app.import_csv(&rows()).await;
    let id = app.create(MIDWAY).await;
    app.launch(&id).await;
    app.send_everything().await;
    everybody_answers(&app).await;
    app.close_open_and_publish(&id).await;
    let hand = Hand::start().await;
    chief_safety_rep(&app, &hand).await;
    leader(&app, &hand).await;
    committee(&app, &hand).await;
}

/// By a code on the phone, and on the phone.
async fn chief_safety_rep(app: &TestApp, hand: &Hand) {
    let (number, areas) = (Number::parse(&phone(99)).unwrap(), vec!["Pleie og omsorg".to_owned()]);
    let wish = Wish { name: "hvo".into(), role: Role::SafetyRep, areas, whole: false, phone: Some(number) };
    accounts::invite(app.db(), &app.app().ports, "test".into(), wish).await.unwrap();
    hand.open(&app.url).await;
    hand.write("Mobile number", &phone(99)).await;
    hand.tap("Send me a code").await;
    hand.portrait("journey-safety-1-code").await;
    let phones = app.app().phones.as_ref().unwrap();
    let code = eventually("a code", || async {
        let message = phones.newest(&phone(99), 0, 1).pop()?;
        message.text.split(' ').next().filter(|code| code.len() == 6).map(str::to_owned)
    });
    hand.write("Code", &code.await).await;
    hand.tap("Sign in").await;
    hand.tap("Midtveis").await;
    hand.reads(&["Pleie og omsorg"]).await;
    hand.does_not_read("Oppvekst skole").await;
    hand.portrait("journey-safety-2-overview").await;
    hand.tap("Sign out").await;
}

async fn leader(app: &TestApp, hand: &Hand) {
    let units = ["Pleie og omsorg/Hjemmetjenesten/Natt", "Pleie og omsorg/Hjemmetjenesten/Dag"];
    app.account("leder", Role::Leader, &units).await;
    log_in(app, hand, "leder").await;
    hand.tap("Midtveis").await;
    hand.reads(&["Your places", "Natt", "Dag"]).await;
    hand.portrait("journey-leader-1-first-unit").await;
    let other = hand.ask::<String>("return [...document.querySelectorAll('.own a')].find(a => !a.ariaCurrent && !a.hasAttribute('aria-current')).href");
    hand.open(&other.await).await;
    hand.does_not_read("Kveld").await;
    hand.portrait("journey-leader-2-other-unit").await;
    hand.tap("Sign out").await;
}

async fn committee(app: &TestApp, hand: &Hand) {
    app.account("utvalg", Role::Viewer, &[]).await;
    log_in(app, hand, "utvalg").await;
    hand.tap("Midtveis").await;
    hand.portrait("journey-viewer-1-overview").await;
    hand.unfold("Response rate by unit").await;
    hand.reads(&["Pleie og omsorg", "Oppvekst skole"]).await;
    hand.portrait("journey-viewer-1-overview-unfolded").await;
    hand.print("journey-viewer-1-a4").await;
    hand.tap("Heat map").await;
    hand.portrait("journey-viewer-2-heat-map").await;
    sorts_the_map(hand).await;
    hand.tap("Compare").await;
    hand.portrait("journey-viewer-3-compare").await;
    hand.tap("Overview").await;
    hand.unfold("A little about you").await;
    hand.tap("staff responsibility").await;
    hand.portrait("journey-viewer-4-question").await;
    copies_the_picture(hand).await;
    saves_the_picture(app, hand).await;
    hand.print("journey-viewer-5-a4").await;
}

/// On a phone the map is one tap away, and stays where it is while it is sorted.
async fn sorts_the_map(hand: &Hand) {
    const ROWS: &str = "return [...document.querySelectorAll('tbody th')].map(row => row.innerText.trim())";
    hand.link("Show the whole map").await.click().await.unwrap();
    hand.portrait("journey-viewer-2-heat-map-whole").await;
    assert_eq!(hand.ask::<Vec<String>>(ROWS).await, ["The whole organisation", "Oppvekst skole", "Pleie og omsorg"]);
    hand.tap("↕").await;
    assert_eq!(hand.ask::<Vec<String>>(ROWS).await, ["The whole organisation", "Pleie og omsorg", "Oppvekst skole"]);
    assert!(hand.find("//th[@aria-sort = 'ascending']").await.is_displayed().await.unwrap());
    hand.print("journey-viewer-2-a4").await;
}

/// The picture lies on the clipboard as PNG, and the button says so.
async fn copies_the_picture(hand: &Hand) {
    hand.cdp("Browser.grantPermissions", json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }))
        .await;
    hand.link("Copy the picture").await.click().await.unwrap();
    eventually("it to be copied", || async { hand.text().await.contains("Copied").then_some(()) }).await;
    let kinds = "return navigator.clipboard.read().then(all => all[0].types.join())";
    assert_eq!(hand.ask::<String>(kinds).await, "image/png");
}

/// The file is a PNG of twice the picture's size.
async fn saves_the_picture(app: &TestApp, hand: &Hand) {
    const SIZE: &str = "return fetch(document.querySelector('.save a[href*=\".svg\"]').href).then(file => file.text())
        .then(file => ['width', 'height'].map(side => Number(new RegExp(`${side}=\"([0-9]+)\"`).exec(file)[1])))";
    let folder = app.folder().join("saved");
    std::fs::create_dir_all(&folder).unwrap();
    hand.cdp("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": folder })).await;
    let drawn: Vec<u32> = hand.ask(SIZE).await;
    hand.link("Save the picture (PNG)").await.click().await.unwrap();
    let file = eventually("the file", || async {
        let files = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|end| end == "png")).find_map(|file| std::fs::read(file).ok())
    });
    let file = file.await;
    assert!(file.starts_with(b"\x89PNG\r\n\x1a\n"), "{} bytes", file.len());
    let side = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap());
    assert_eq!([side(16), side(20)], [2 * drawn[0], 2 * drawn[1]]);
}

async fn log_in(app: &TestApp, hand: &Hand, name: &str) {
    hand.open(&app.url).await;
    hand.write("User name", name).await;
    hand.write("Password", PASSWORD).await;
    hand.tap("Sign in").await;
}

/// Three units of one service, and one of another area.
fn rows() -> String {
    let places =
        ["Pleie og omsorg,Hjemmetjenesten,Natt", "Pleie og omsorg,Hjemmetjenesten,Dag", "Oppvekst skole,Skole,A"];
    let row = |number: usize| {
        format!("{number},Person {number},{},{},19{}\n", phone(number), places[number % places.len()], 50 + number)
    };
    let rows: String = (1..=PEOPLE).map(row).collect();
    format!("employee_id,name,phone,area,service,unit,birth_year\n{rows}")
}

async fn everybody_answers(app: &TestApp) {
    for number in 1..=PEOPLE {
        let mut phone = app.phone(number);
        let own = if number % 2 == 0 { "yes" } else { "no" };
        // Every third one works at the school, and is the better informed.
        let informed = if number % 3 == 2 { "5" } else { "1" };
        let answers = [("home_office", own), ("staff_responsibility", "no"), ("information", informed)];
        phone.answer_everything(&answers).await;
        phone.send().await;
    }
}
