//! A phone in somebody's hand. Every page it looks at is held to what all pages promise.

use std::future::Future;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{By, Key, WebElement};

use crate::accessibility::{self, Theme};
use crate::support::chromium::Phone;
use crate::support::eventually;

/// Tab is pressed at most this often on one page.
const TABS: usize = 60;

/// Everything that the page fetched, itself included: address and bytes over the wire, headers included.
const FETCHED: &str =
    "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .filter(entry => !entry.name.startsWith('data:')).map(entry => [entry.name, entry.transferSize])";

pub(crate) struct Hand {
    phone: Phone,
}

impl Hand {
    pub(crate) async fn start() -> Self {
        Self { phone: Phone::start().await }
    }

    pub(crate) async fn open(&self, address: &str) {
        self.phone.driver().goto(address).await.unwrap();
    }

    /// Takes a picture of the page and holds it to what all pages promise: it fits the screen, loads style of ours (on
    /// pages of results also a script) and nothing else, and logs no error.
    pub(crate) async fn look(&self, name: &str) {
        assert!(!self.phone.overflows().await, "{name} is wider than the screen");
        let fetched = self.fetched().await;
        let [_, ours @ ..] = fetched.as_slice() else { panic!("{name} fetched {fetched:?}") };
        let most = if name.starts_with("results") || name.starts_with("hr-results") { 3 } else { 1 };
        assert!((1..=most).contains(&ours.len()), "{name} fetched {fetched:?}");
        assert!(ours.iter().all(|(address, _)| address.contains("/assets/")), "{name} fetched {fetched:?}");
        let mut log = self.phone.driver().get_log("browser").await.unwrap();
        // Chromium itself logs every answer of 4xx, which a page with a complaint and a page that is not there are.
        log.retain(|entry| !entry.message.contains("the server responded with a status of 4"));
        assert!(log.is_empty(), "{name} logged {log:?}");
        self.phone.screenshot(name).await;
    }

    /// Looks at the page on a phone and on a desk, in the light and in the dark: a picture of each, nothing wider than the
    /// screen, and nothing for axe-core to find.
    pub(crate) async fn portrait(&self, name: &str) {
        let driver = self.phone.driver();
        driver.execute(accessibility::axe(), Vec::new()).await.unwrap();
        for (theme, rules) in [
            (Theme::Dark, json!({ "type": "rule", "values": accessibility::COLOURS })),
            (Theme::Light, json!(accessibility::TAGS)),
        ] {
            accessibility::wear(driver, theme).await;
            for width in [1280, 360] {
                accessibility::be_wide(driver, width).await;
                assert!(!self.phone.overflows().await, "{name} is wider than {width} points");
                self.phone.screenshot(&format!("{name}-{theme:?}-{width}").to_lowercase()).await;
            }
            let found = accessibility::found_by_axe(driver, &rules).await;
            assert!(found.is_empty(), "{name} in the {theme:?}: {found:#?}");
        }
    }

    /// The page as it comes out of a printer, as `target/screens/{name}.pdf`; it is no blank one.
    pub(crate) async fn print(&self, name: &str) {
        let paper = json!({ "paperWidth": 8.27, "paperHeight": 11.69, "printBackground": false });
        let printed = self.phone.driver().cdp().send_raw("Page.printToPDF", paper).await.unwrap();
        let pdf = data_encoding::BASE64.decode(printed["data"].as_str().unwrap().as_bytes()).unwrap();
        assert!(pdf.len() > 10_000, "{name} is {} bytes", pdf.len());
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screens");
        std::fs::write(folder.join(name).with_extension("pdf"), pdf).unwrap();
    }

    pub(crate) async fn cdp(&self, method: &str, parameters: Value) {
        accessibility::cdp(self.phone.driver(), method, parameters).await;
    }

    /// Picks a file for the field of that name.
    pub(crate) async fn choose_file(&self, field: &str, file: &std::path::Path) {
        let field = self.find(&format!("//input[@type='file'][@name='{field}']")).await;
        field.send_keys(file.to_str().unwrap()).await.unwrap();
    }

    pub(crate) async fn fetched(&self) -> Vec<(String, u64)> {
        self.ask(FETCHED).await
    }

    /// What a script of the test finds on the page.
    pub(crate) async fn ask<T: DeserializeOwned>(&self, script: &str) -> T {
        self.phone.driver().execute(script, Vec::new()).await.unwrap().convert().unwrap()
    }

    /// The same, of a page that may be leaving.
    pub(crate) async fn try_to_ask<T: DeserializeOwned>(&self, script: &str) -> Option<T> {
        self.phone.driver().execute(script, Vec::new()).await.ok()?.convert().ok()
    }

    pub(crate) async fn text(&self) -> String {
        self.ask("return document.body.innerText").await
    }

    /// # Panics
    /// The page does not say all of it.
    pub(crate) async fn reads(&self, expected: &[&str]) {
        let text = self.text().await;
        for expected in expected {
            assert!(text.contains(expected), "no “{expected}” in:\n{text}");
        }
    }

    pub(crate) async fn does_not_read(&self, unexpected: &str) {
        let text = self.text().await;
        assert!(!text.contains(unexpected), "“{unexpected}” in:\n{text}");
    }

    /// Taps that answer of the question, and sees that it is chosen.
    pub(crate) async fn choose(&self, question: &str, answer: &str) {
        let label = format!("//fieldset[legend[contains(., '{question}')]]//label[normalize-space(.) = '{answer}']");
        self.find(&label).await.click().await.unwrap();
        assert!(self.is_chosen(question, answer).await, "{question}: {answer}");
    }

    pub(crate) async fn is_chosen(&self, question: &str, answer: &str) -> bool {
        let input =
            format!("//fieldset[legend[contains(., '{question}')]]//label[normalize-space(.) = '{answer}']/input");
        self.find(&input).await.is_selected().await.unwrap()
    }

    /// The field whose label reads so.
    pub(crate) async fn field(&self, label: &str) -> WebElement {
        self.find(&format!("//*[@id = //label[contains(., '{label}')]/@for]")).await
    }

    pub(crate) async fn write(&self, label: &str, words: &str) {
        self.field(label).await.send_keys(words).await.unwrap();
    }

    /// Picks from a list.
    pub(crate) async fn pick(&self, label: &str, option: &str) {
        let options =
            format!("//select[@id = //label[contains(., '{label}')]/@for]/option[normalize-space(.) = '{option}']");
        self.find(&options).await.click().await.unwrap();
    }

    pub(crate) async fn written(&self, label: &str) -> String {
        self.field(label).await.prop("value").await.unwrap().unwrap()
    }

    /// Taps a link or a button and waits for the page behind it.
    pub(crate) async fn tap(&self, text: &str) {
        let element = self.link(text).await;
        self.leave(|| async { element.click().await.unwrap() }).await;
    }

    /// Shows what is folded below a title.
    pub(crate) async fn unfold(&self, title: &str) {
        self.find(&format!("//summary[contains(., '{title}')]")).await.click().await.unwrap();
    }

    /// The first one that can be seen.
    pub(crate) async fn link(&self, text: &str) -> WebElement {
        let xpath = format!("//*[self::a or self::button][contains(normalize-space(.), '{text}')]");
        for element in self.phone.driver().find_all(By::XPath(&*xpath)).await.unwrap() {
            if element.is_displayed().await.unwrap() {
                return element;
            }
        }
        panic!("no {xpath} to be seen:\n{}", self.text().await)
    }

    pub(crate) async fn reload(&self) {
        self.leave(|| async { self.phone.driver().refresh().await.unwrap() }).await;
    }

    pub(crate) async fn find(&self, xpath: &str) -> WebElement {
        match self.phone.driver().find(By::XPath(xpath)).await {
            Ok(element) => element,
            Err(error) => panic!("no {xpath}: {error}\n{}", self.text().await),
        }
    }

    /// Does something that leads to another page, or to the same one anew, and waits until it is there.
    async fn leave<F: Future<Output = ()>>(&self, leave: impl FnOnce() -> F) {
        self.phone.driver().execute("window.left = true", Vec::new()).await.unwrap();
        leave().await;
        let arrived = "return !window.left && document.readyState === 'complete'";
        eventually("the next page", || async {
            let answer = self.phone.driver().execute(arrived, Vec::new()).await.ok()?;
            answer.convert::<bool>().ok()?.then_some(())
        })
        .await;
    }

    pub(crate) async fn press(&self, key: Key) {
        self.phone.driver().action_chain().send_keys(key).perform().await.unwrap();
    }

    /// Presses Enter on a link or button and waits for the page behind it.
    pub(crate) async fn enter(&self, text: &str) {
        self.tab_to(&format!("document.activeElement.innerText.includes('{text}')")).await;
        self.leave(|| self.press(Key::Enter)).await;
    }

    /// Presses Enter where one is and waits for the page behind it.
    pub(crate) async fn enter_here(&self) {
        self.leave(|| self.press(Key::Enter)).await;
    }

    /// Presses a key that leads to another page, and waits for it.
    pub(crate) async fn leave_by(&self, key: &str) {
        self.leave(|| self.type_here(key)).await;
    }

    /// Types where one is.
    pub(crate) async fn type_here(&self, words: &str) {
        self.phone.driver().action_chain().send_keys(words).perform().await.unwrap();
    }

    /// Presses Tab until `condition` holds, and sees that one can tell where one is.
    pub(crate) async fn tab_to(&self, condition: &str) {
        for _ in 0..TABS {
            self.press(Key::Tab).await;
            if self.ask::<bool>(&format!("return document.activeElement !== document.body && !!({condition})")).await {
                let ring = "const at = document.activeElement;
                    return [at, at.closest('label')].some(e => e && getComputedStyle(e).outlineStyle !== 'none')";
                assert!(self.ask::<bool>(ring).await, "no ring around {condition}");
                return;
            }
        }
        panic!("Tab never reaches {condition}");
    }

    /// Goes to a question by Tab and to its answer by Space and the arrows.
    pub(crate) async fn choose_by_keys(&self, question: &str, answer: &str) {
        self.tab_to(&format!("document.activeElement.closest('fieldset')?.innerText.includes('{question}')")).await;
        self.press(Key::Space).await;
        for _ in 0..5 {
            if self.is_chosen(question, answer).await {
                return;
            }
            self.press(Key::Down).await;
        }
        panic!("the arrows never reach {answer} of {question}");
    }
}
