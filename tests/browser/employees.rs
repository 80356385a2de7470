//! An employee gets an SMS, opens the link and answers.

use serde_json::json;

use crate::app::{MIDWAY, On, TestApp};
use crate::hand::Hand;

/// HTML and stylesheet of the first view, with their headers.
const FIRST_VIEW_BYTES: u64 = 14 * 1024;

#[tokio::test]
async fn a_redeployed_leader_taps_through_everything_in_bokmal() {
    let app = TestApp::start(On::Sqlite).await;
    app.open_campaign(MIDWAY, 2).await;
    let hand = Hand::start().await;
    opens_the_sms(&app, &hand).await;
    tells_about_herself(&hand).await;
    answers_a_follow_up_and_goes_back(&hand).await;
    is_redeployed(&hand).await;
    let other = Hand::start().await;
    goes_on_in_another_browser(&app, &other).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 0, "nothing is sent before one presses Send");
    other.tap("Send inn").await;
    other.reads(&["Takk, svarene er sendt inn"]).await;
    other.look("employee-thanks").await;
    hand.reload().await;
    hand.reads(&["Takk, svarene er sendt inn"]).await;
    let expected = json!({
        "staff_responsibility": {"choice": "yes"},
        "union_rep": {"choice": "no"},
        "safety_rep": {"choice": "no"},
        "health_background": {"choice": "yes"},
        "staffing": {"choice": "no"},
        "staffing_how": {"text": "For få på vakt"},
        "motivation_infected": {"scale": 4},
        "redeployment": {"choice": "now"},
        "several_workplaces": {"choice": "no"},
        "motivation_start": {"scale": 3},
        "info_before": {"scale": 2},
        "info_improve": {"text": "Si fra før helgen"},
        "needed": {"scale": 5},
        "introduced": {"scale": 3},
        "infection_control": {"scale": 1},
        "infection_missing": {"text": "Munnbind"},
        "motivation_further": {"scale": 4},
        "overall": {"scale": 4},
        "overall_words": {"text": "Lærerikt"},
        "home_office": {"choice": "yes"},
    });
    assert_eq!(app.answered().await, expected);
}

async fn opens_the_sms(app: &TestApp, hand: &Hand) {
    hand.open(&format!("{}/simulator", app.url)).await;
    hand.look("phones").await;
    hand.tap(&app.link(1)).await;
    let fetched = hand.fetched().await;
    let bytes: u64 = fetched.iter().map(|(_, bytes)| bytes).sum();
    assert!(fetched.len() == 2 && (1..=FIRST_VIEW_BYTES).contains(&bytes), "{bytes} bytes in {fetched:?}");
    hand.tap("Bokmål").await;
    hand.reads(&["Midtveisevaluering av pandemien", "omtrent 3 minutter", "færre enn 5 svar", "+4767500000"]).await;
    hand.look("employee-start").await;
    hand.tap("Start").await;
}

async fn tells_about_herself(hand: &Hand) {
    hand.look("employee-you").await;
    hand.choose("personalansvar", "Ja").await;
    hand.tap("Neste").await;
    hand.reads(&["Noe må rettes før du kan gå videre"]).await;
    hand.look("employee-you-invalid").await;
    let heard = "const at = document.activeElement;
        return at.className === 'faults' && at.role === 'alert' && document.title.startsWith('Må rettes')";
    assert!(hand.ask::<bool>(heard).await, "what is wrong is where the reader begins");
    let tied = "const group = document.getElementById('q.safety_rep').closest('[aria-invalid=true]');
        return document.getElementById(group.getAttribute('aria-describedby')).innerText";
    assert!(hand.ask::<String>(tied).await.contains("må besvares"), "the field says what is wrong with it");
    assert!(hand.is_chosen("personalansvar", "Ja").await, "what was answered is still there");
    hand.link("Er du verneombud?").await.click().await.unwrap();
    let led = "const at = document.activeElement, box = at.getBoundingClientRect();
        return at.name === 'q.safety_rep' && box.top >= 0 && box.bottom <= innerHeight";
    assert!(hand.ask::<bool>(led).await, "the summary leads to the field");
    hand.choose("verneombud", "Nei").await;
    hand.choose("tillitsvalgt", "Nei").await;
    hand.choose("helsefaglig", "Ja").await;
    hand.tap("Neste").await;
}

async fn answers_a_follow_up_and_goes_back(hand: &Hand) {
    hand.reads(&["Har tjenesten du leder, hatt nok folk"]).await;
    hand.does_not_read("På hvilken måte").await;
    hand.choose("nok folk", "Nei").await;
    hand.reads(&["På hvilken måte ble HMS ikke ivaretatt?"]).await;
    hand.look("employee-staffing-opened").await;
    hand.write("På hvilken måte", "For få på vakt").await;
    hand.tap("Neste").await;
    hand.reads(&["Dette er bare en kartlegging"]).await;
    hand.choose("Hvor motivert", "Motivert").await;
    hand.look("employee-scale").await;
    hand.tap("Tilbake").await;
    assert_eq!(hand.written("På hvilken måte").await, "For få på vakt");
    assert!(hand.is_chosen("nok folk", "Nei").await);
    hand.does_not_read("spør om litt mer").await;
    hand.reload().await;
    assert_eq!(hand.written("På hvilken måte").await, "For få på vakt");
    hand.tap("Neste").await;
    hand.choose("Hvor motivert", "Motivert").await;
    hand.tap("Neste").await;
}

async fn is_redeployed(hand: &Hand) {
    hand.choose("omdisponert", "Ja, nå").await;
    hand.tap("Neste").await;
    hand.choose("flere arbeidssteder", "Nei").await;
    hand.choose("Hvor motivert", "Verken eller").await;
    hand.choose("nok informasjon", "I liten grad").await;
    hand.write("Hvordan kan informasjonen bli bedre?", "Si fra før helgen").await;
    hand.look("employee-redeployment-opened").await;
    hand.tap("Neste").await;
    hand.choose("bruk for deg", "I svært stor grad").await;
    hand.choose("opplæring", "I noen grad").await;
    hand.tap("Neste").await;
}

async fn goes_on_in_another_browser(app: &TestApp, hand: &Hand) {
    hand.open(&app.link(1)).await;
    hand.choose("smittevernet", "I svært liten grad").await;
    hand.write("Hva manglet?", "Munnbind").await;
    hand.tap("Neste").await;
    hand.choose("Hvor motivert", "Motivert").await;
    hand.tap("Neste").await;
    hand.choose("alt i alt", "Bra").await;
    hand.write("egne ord", "Lærerikt").await;
    hand.look("employee-words").await;
    hand.tap("Neste").await;
    hand.choose("hjemmekontor", "Ja").await;
    hand.tap("Neste").await;
    hand.reads(&["Klar til å sende inn?"]).await;
    hand.look("employee-send").await;
}

#[tokio::test]
async fn an_employee_answers_in_english_by_the_keyboard_alone() {
    let app = TestApp::start(On::Postgres).await;
    app.open_campaign(MIDWAY, 2).await;
    let hand = Hand::start().await;
    hand.open(&app.link(2)).await;
    hand.enter("Bokmål").await;
    hand.reads(&["Det er frivillig å svare"]).await;
    hand.enter("English").await;
    hand.reads(&["Midway evaluation of the pandemic"]).await;
    hand.look("keyboard-start").await;
    hand.enter("Start").await;
    for question in ["staff responsibility", "union representative", "safety representative", "health-professional"] {
        hand.choose_by_keys(question, "No").await;
    }
    hand.look("keyboard-you").await;
    hand.enter("Next").await;
    hand.choose_by_keys("enough staff where you work", "Partly").await;
    hand.enter("Next").await;
    hand.choose_by_keys("information you needed", "To a large degree").await;
    hand.look("keyboard-scale").await;
    hand.enter("Next").await;
    hand.choose_by_keys("redeployed", "No").await;
    hand.enter("Next").await;
    hand.choose_by_keys("from home", "Yes").await;
    hand.enter("Next").await;
    hand.look("keyboard-send").await;
    hand.enter("Send").await;
    hand.reads(&["Thank you"]).await;
    hand.look("keyboard-thanks").await;
    let expected = json!({
        "staff_responsibility": {"choice": "no"},
        "union_rep": {"choice": "no"},
        "safety_rep": {"choice": "no"},
        "health_background": {"choice": "no"},
        "staffing": {"choice": "partly"},
        "information": {"scale": 4},
        "redeployment": {"choice": "no"},
        "home_office": {"choice": "yes"},
    });
    assert_eq!(app.answered().await, expected);
}
