//! Free text moderated by single keys alone, and by Tab where they are turned off.

use medvirk::actions::campaign::Exit;
use medvirk::actions::moderate;
use thirtyfour::Key;

use crate::app::{On, PASSWORD, TestApp};
use crate::hand::Hand;
use crate::support::eventually;

const SURVEY: &str = include_str!("../stories/texts.yaml");

const WRITERS: usize = 4;
const IN_FOCUS: &str = "return document.activeElement.id";
const READY: &str = "return document.querySelector('#keys[data-ready]') !== null";
const MARKED: &str = "return [...document.querySelectorAll('[data-theme]')].map(box => box.checked)";

/// Presses the key once the page takes decisions, and waits for the next one.
async fn decide(hand: &Hand, key: &str) {
    eventually("the page to be read", || async { hand.ask::<bool>(READY).await.then_some(()) }).await;
    hand.leave_by(key).await;
}

/// An opened campaign with themes, and HR at the first text.
async fn at_the_first_text(app: &TestApp) -> (Hand, String) {
    let id = app.open_campaign(SURVEY, WRITERS + 2).await;
    for number in 1..=WRITERS {
        let mut phone = app.phone(number);
        phone.answer_everything(&[("why", "Kari sa det")]).await;
        phone.send().await;
    }
    app.close_and_open(&id).await;
    for theme in ["Bemanning", "Lederen"] {
        let label = [("nb".to_owned(), theme.to_owned()), ("en".to_owned(), theme.to_owned())];
        moderate::add_theme(app.actor(Exit::Simulator), &id, "why", label.into()).await.unwrap();
    }
    drop(app.hr().await);
    let hand = Hand::start().await;
    hand.open(&app.url).await;
    hand.write("User name", "hr").await;
    hand.write("Password", PASSWORD).await;
    hand.tap("Sign in").await;
    let address = format!("{}/campaigns/{id}/texts/why", app.url);
    hand.open(&address).await;
    (hand, address)
}

async fn stages(app: &TestApp) -> [i64; 4] {
    let mut counts = [0; 4];
    for (count, sql) in counts.iter_mut().zip([
        "SELECT COUNT(*) FROM texts WHERE state = 'new'",
        "SELECT COUNT(*) FROM texts WHERE state = 'cleaned'",
        "SELECT COUNT(*) FROM texts WHERE state = 'released'",
        "SELECT COUNT(*) FROM texts WHERE state = 'unusable'",
    ]) {
        *count = app.count(sql).await;
    }
    counts
}

#[tokio::test]
async fn everything_is_moderated_by_single_keys() {
    let app = TestApp::start(On::Sqlite).await;
    let (hand, address) = at_the_first_text(&app).await;
    hand.portrait("hr-moderation").await;
    // The keys are shown where they work, and in a list.
    hand.type_here("?").await;
    hand.reads(&["Done: save, release", "Turn the shortcuts off"]).await;
    hand.type_here("?").await;
    // Themes; the second one was a slip.
    hand.type_here("1").await;
    hand.type_here("2").await;
    hand.type_here("2").await;
    assert_eq!(hand.ask::<Vec<bool>>(MARKED).await, [true, false]);
    // While one types, every letter is a letter.
    hand.type_here("e").await;
    assert_eq!(hand.ask::<String>(IN_FOCUS).await, "words");
    hand.type_here(" aujt12").await;
    assert_eq!(hand.written("may stay").await, " aujt12Kari sa det");
    assert_eq!(stages(&app).await, [4, 0, 0, 0]);
    hand.press(Key::Escape).await;
    // What was typed is not lost by going on.
    hand.type_here("j").await;
    assert_eq!(hand.ask::<String>(IN_FOCUS).await, "words");
    hand.press(Key::Escape).await;
    decide(&hand, "a").await;
    assert_eq!(stages(&app).await, [3, 1, 0, 0]);
    assert_eq!(app.count("SELECT COUNT(*) FROM texts WHERE edited = 'aujt12Kari sa det'").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM text_themes").await, 1);
    assert_eq!(hand.ask::<String>(IN_FOCUS).await, "text", "the next text is where one is");
    // One is left for later, one is of no use, and the one that was left comes back.
    decide(&hand, "j").await;
    decide(&hand, "k").await;
    decide(&hand, "u").await;
    decide(&hand, "a").await;
    assert_eq!(stages(&app).await[3], 1);
    hand.open(&address).await;
    while stages(&app).await[0] > 0 {
        decide(&hand, "a").await;
    }
    // The second look: there is one account alone.
    hand.open(&format!("{address}?list=cleaned")).await;
    decide(&hand, "r").await;
    assert_eq!(stages(&app).await, [1, 2, 0, 1]);
    decide(&hand, "a").await;
    decide(&hand, "a").await;
    assert_eq!(stages(&app).await, [1, 0, 2, 1]);
    hand.reads(&["Nothing is left here"]).await;
}

#[tokio::test]
async fn keys_that_are_turned_off_stay_off_and_tab_does_it_all() {
    let app = TestApp::start(On::Sqlite).await;
    let (hand, address) = at_the_first_text(&app).await;
    hand.type_here("?").await;
    hand.find("//label[input[@id='keys-off']]").await.click().await.unwrap();
    for _ in 0..2 {
        for key in ["a", "u", "t", "j", "1"] {
            hand.type_here(key).await;
        }
        assert_eq!(stages(&app).await, [4, 0, 0, 0]);
        assert_eq!(hand.ask::<Vec<bool>>(MARKED).await, [false, false]);
        // Another page remembers it.
        hand.open(&address).await;
    }
    // From the text on, Tab comes to the words, the themes and the buttons, in that order.
    hand.enter("Save, and on").await;
    assert_eq!(stages(&app).await, [3, 1, 0, 0]);
    assert_eq!(hand.ask::<String>(IN_FOCUS).await, "text");
    hand.press(Key::Tab).await;
    assert_eq!(hand.ask::<String>(IN_FOCUS).await, "words");
    hand.tab_to("document.activeElement.name === 'theme'").await;
    hand.press(Key::Space).await;
    hand.enter("Save, and on").await;
    assert_eq!(stages(&app).await, [2, 2, 0, 0]);
    assert_eq!(app.count("SELECT COUNT(*) FROM text_themes").await, 1);
}
