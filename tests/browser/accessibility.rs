//! Every page of the form, of HR and of the phone simulator against WCAG 2.2 AA: axe-core and our own rulers, in a real
//! Chromium, light and dark, on phones of 360 and 320 points. 320 points are also what a screen of 1280 has left at 400 %.

use std::fs;

use serde_json::{Value, json};
use thirtyfour::WebDriver;

use crate::gallery::Gallery;
use crate::support::chromium::Phone;

const VARIABLE: &str = "MEDVIRK_TEST_AXE";

/// Shows a page of the gallery in the place of the last one, so that axe-core is compiled once and not for each page.
/// What would load the page again while it is looked at is left out.
const SHOW: &str = r#"
    const [address, done] = arguments;
    fetch(address).then(answer => answer.text()).then(html => {
        document.open();
        window.addEventListener('load', () => done(), { once: true });
        document.write(html.replace(/<meta http-equiv="refresh"[^>]*>|<script src="[^"]*(live|text).js[^>]*><\/script>/g, ''));
        document.close();
    });"#;

/// What axe-core finds, each as `rule: element why`.
const AXE: &str = "
    const [rules, done] = arguments;
    axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(
        found => done(found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html} ${n.failureSummary}`))),
        error => done([`axe-core failed: ${error}`]));";

/// What is wider than the screen or smaller than a fingertip.
const RULERS: &str = "
    const wide = document.documentElement;
    const [width, finger] = arguments;
    const found = [wide.clientWidth, wide.scrollWidth].filter(w => w !== width).map(w => `${w} points wide`);
    for (const target of document.querySelectorAll('a[href], button, select, textarea, input:not([type=hidden])')) {
        // A follow-up that nobody has opened is not there to be tapped.
        if (!target.checkVisibility()) continue;
        const box = (target.closest('label') ?? target).getBoundingClientRect();
        if (box.height < finger || box.width < finger)
            found.push(`${box.width} × ${box.height} points: ${target.outerHTML}`);
    }
    return found;";

/// WCAG 2.2 up to AA, and what the makers of axe-core hold for good practice.
pub(crate) const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
pub(crate) const COLOURS: [&str; 2] = ["color-contrast", "link-in-text-block"];

/// Picture, and the page that it shows.
const PORTRAITS: [(&str, &str); 10] = [
    ("start", "midtveisevaluering-start.nb"),
    ("question", "midtveisevaluering-page-you.nb"),
    ("scale", "questions-scale.nb"),
    ("matrix", "medarbeider-page-workload.nb"),
    ("rank", "hjemmekontor-page-advantages.nb#q.advantages_top"),
    ("words", "questions-words.nb"),
    ("error", "midtveisevaluering-page-you-wrong.nb"),
    ("send", "midtveisevaluering-send.nb"),
    ("thanks", "midtveisevaluering-thanks.nb"),
    ("stop", "midtveisevaluering-stop.nb"),
];

/// A fingertip, in points.
const FINGER: u32 = 44;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Theme {
    Light,
    Dark,
}

/// The text of axe-core, which `./test` fetches.
pub(crate) fn axe() -> String {
    let path = std::env::var(VARIABLE).unwrap_or_else(|_| panic!("{VARIABLE} is not set: run ./test"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{VARIABLE} is {path}: {error}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_breaks_a_rule_of_wcag() {
    let gallery = Gallery::new();
    let names = gallery.names();
    let url = gallery.open().await;
    let inspect = |half: &[String]| tokio::spawn(inspect(url.clone(), half.to_vec()));
    let (first, second) = names.split_at(names.len() / 2);
    let (first, second) = tokio::join!(inspect(first), inspect(second));
    let found = [first.unwrap(), second.unwrap()].concat();
    assert!(found.is_empty(), "{} faults on {} pages:\n{}", found.len(), names.len(), found.join("\n"));
}

/// What the statement says of itself.
#[test]
fn the_statement_counts_the_pages() {
    let statement = include_str!("../../docs/accessibility.md");
    let said = statement.split("on more than ").nth(1).and_then(|rest| rest.split(" pages").next()).unwrap();
    let (said, pages): (usize, usize) = (said.parse().unwrap(), Gallery::new().names().len());
    assert!((said..said + 200).contains(&pages), "more than {said} are said, {pages} there are");
}

#[tokio::test]
async fn what_is_planted_is_found() {
    const PAGE: &str = "data:text/html,<meta name=viewport content='width=device-width'><title>A</title>
        <p style='color:silver'>Pale</p><a href='/'>Small</a><input><div style='width:900px'>Wide</div>";
    let phone = Phone::start().await;
    let driver = phone.driver();
    driver.goto(PAGE).await.unwrap();
    driver.execute(axe(), Vec::new()).await.unwrap();
    let found = [measure(driver, "form-planted", 320).await, found_by_axe(driver, &json!(TAGS)).await].concat();
    for fault in ["points wide", "Small", "color-contrast", "html-has-lang", "label: <input>"] {
        assert!(found.iter().any(|found| found.contains(fault)), "no {fault} in {found:#?}");
    }
}

/// Pictures for people to look at, in `target/screens`.
#[tokio::test]
async fn the_pages_sit_for_their_portraits() {
    let url = Gallery::new().open().await;
    let phone = Phone::start().await;
    for theme in [Theme::Light, Theme::Dark] {
        wear(phone.driver(), theme).await;
        for (picture, page) in PORTRAITS {
            phone.driver().goto(format!("{url}/form-{page}")).await.unwrap();
            phone.screenshot(&format!("form-{picture}-{theme:?}").to_lowercase()).await;
        }
    }
}

async fn inspect(url: String, names: Vec<String>) -> Vec<String> {
    let phone = Phone::start().await;
    let driver = phone.driver();
    driver.goto(format!("{url}/{}", names[0])).await.unwrap();
    driver.execute(axe(), Vec::new()).await.unwrap();
    let mut found = Vec::new();
    for name in &names {
        let faults = faults(driver, &format!("{url}/{name}"), name).await;
        found.extend(faults.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    found
}

async fn faults(driver: &WebDriver, address: &str, name: &str) -> Vec<String> {
    wear(driver, Theme::Light).await;
    driver.execute_async(SHOW, vec![json!(address)]).await.unwrap();
    let mut faults = Vec::new();
    for width in [360, 320] {
        faults.extend(measure(driver, name, width).await);
    }
    faults.extend(found_by_axe(driver, &json!(TAGS)).await);
    // Nothing but the colours is another in the dark.
    wear(driver, Theme::Dark).await;
    faults.extend(found_by_axe(driver, &json!({ "type": "rule", "values": COLOURS })).await);
    faults
}

/// Colours change at once: without it, a colour would be measured on its way.
pub(crate) async fn wear(driver: &WebDriver, theme: Theme) {
    let scheme = match theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let features = json!([
        { "name": "prefers-color-scheme", "value": scheme },
        { "name": "prefers-reduced-motion", "value": "reduce" },
    ]);
    cdp(driver, "Emulation.setEmulatedMedia", json!({ "features": features })).await;
}

pub(crate) async fn be_wide(driver: &WebDriver, width: u32) {
    let screen = json!({ "width": width, "height": 740, "deviceScaleFactor": 1, "mobile": true });
    cdp(driver, "Emulation.setDeviceMetricsOverride", screen).await;
}

pub(crate) async fn cdp(driver: &WebDriver, method: &str, parameters: Value) {
    driver.cdp().send_raw(method, parameters).await.unwrap();
}

/// At that width, where it stays.
async fn measure(driver: &WebDriver, name: &str, width: u32) -> Vec<String> {
    be_wide(driver, width).await;
    // HR sits at a desk; WCAG's own 24 points are axe's to measure.
    let finger = if name.starts_with("form-") { FINGER } else { 0 };
    driver.execute(RULERS, vec![json!(width), json!(finger)]).await.unwrap().convert().unwrap()
}

pub(crate) async fn found_by_axe(driver: &WebDriver, rules: &Value) -> Vec<String> {
    driver.execute_async(AXE, vec![rules.clone()]).await.unwrap().convert().unwrap()
}
