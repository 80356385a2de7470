//! A whole survey by Tab, Space, Enter and the arrows, as somebody does it who has no mouse and touches no screen.

use serde::Deserialize;
use thirtyfour::Key;

use crate::app::{On, TestApp};
use crate::hand::Hand;

const HOME_OFFICE: &str = include_str!("../../survey-definitions/hjemmekontor.yaml");

/// More stops than any page has, and more pages than any survey.
const STOPS: usize = 150;
const PAGES: usize = 20;

/// Where one is, and whether one can tell.
const STOP: &str = "
    const at = document.activeElement, label = at.closest('label');
    const box = (label ?? at).getBoundingClientRect();
    const ring = e => e && getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) >= 2;
    return {
        tag: at.localName, kind: at.type ?? '', name: at.name ?? '', first: at.id !== '', chosen: at.checked || at.selectedIndex > 0,
        text: (label ?? at).innerText.trim(),
        visible: (ring(at) || ring(label)) && box.top < innerHeight && box.bottom > 0 && box.left >= 0 && box.right <= innerWidth,
    };";

#[derive(Debug, Deserialize)]
struct Stop {
    tag: String,
    kind: String,
    name: String,
    /// The first of its question.
    first: bool,
    chosen: bool,
    text: String,
    /// On the screen, with a ring around it.
    visible: bool,
}

#[tokio::test]
async fn every_kind_of_question_is_answered_by_keys_alone() {
    let app = TestApp::start(On::Sqlite).await;
    // The clock of the tests stands in June 2020.
    let survey = HOME_OFFICE.replace("2021-", "2020-").replace("2022-", "2020-");
    app.open_campaign(&survey, 2).await;
    let hand = Hand::start().await;
    hand.open(&app.link(1)).await;
    hand.enter("Start").await;
    for _ in 0..PAGES {
        answer_page(&hand).await;
        if app.count("SELECT COUNT(*) FROM envelopes").await == 1 {
            hand.reads(&["Thank you, your answers are in"]).await;
            let answers = app.answered().await;
            assert!(answers.as_object().unwrap().len() > 40, "{answers}");
            return;
        }
    }
    panic!("the keys never reach the end");
}

/// Answers what Tab comes to, up to the button.
async fn answer_page(hand: &Hand) {
    for _ in 0..STOPS {
        hand.press(Key::Tab).await;
        let stop: Stop = hand.ask(STOP).await;
        assert!(stop.tag == "body" || stop.visible, "{stop:?} cannot be seen");
        match (stop.tag.as_str(), stop.kind.as_str()) {
            ("button", _) => return hand.enter_here().await,
            ("input", "radio") => choose(hand, &stop).await,
            ("input", "checkbox") if stop.first && !stop.chosen => toggle(hand).await,
            ("select", _) if !stop.chosen => pick(hand, &stop).await,
            ("textarea", _) => hand.type_here("Ro").await,
            _ => {}
        }
    }
    panic!("Tab never reaches the button");
}

/// Space chooses the first answer, an arrow the next one.
async fn choose(hand: &Hand, stop: &Stop) {
    hand.press(Key::Space).await;
    let first: Stop = hand.ask(STOP).await;
    assert!(first.chosen && first.text == stop.text, "Space does not choose {stop:?}");
    hand.press(Key::Down).await;
    let second: Stop = hand.ask(STOP).await;
    assert!(second.chosen && second.name == stop.name && second.text != stop.text, "the arrow leaves {stop:?}");
}

async fn toggle(hand: &Hand) {
    hand.press(Key::Space).await;
    assert!(hand.ask::<Stop>(STOP).await.chosen, "Space does not choose");
}

/// Arrows choose in a list: in the second place of a ranking the second option, and so on.
async fn pick(hand: &Hand, stop: &Stop) {
    let place: usize = stop.name.rsplit('.').next().unwrap().parse().unwrap();
    for _ in 0..place {
        hand.press(Key::Down).await;
    }
    let at: usize = hand.ask("return document.activeElement.selectedIndex").await;
    assert_eq!(at, place, "the arrows do not choose in {stop:?}");
}
