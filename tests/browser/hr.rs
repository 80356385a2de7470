//! HR follows a campaign on the phone.

use crate::app::{MIDWAY, On, PASSWORD, TestApp};
use crate::hand::Hand;

const PEOPLE: usize = 16;
const ANSWERED: usize = 7;

#[tokio::test]
async fn hr_follows_a_campaign_and_reads_its_results() {
    let app = TestApp::start(On::Sqlite).await;
    let id = app.open_campaign(MIDWAY, PEOPLE).await;
    for number in 1..=ANSWERED {
        let mut phone = app.phone(number);
        phone.answer_everything(&[]).await;
        phone.send().await;
    }
    drop(app.hr().await);
    let hand = Hand::start().await;
    logs_in(&app, &hand).await;
    sees_the_campaign(&hand).await;
    hand.tap("Close now").await;
    hand.tap("Open the answers").await;
    hand.tap("Publish").await;
    reads_the_results(&hand).await;
    hand.tap("Surveys").await;
    hand.tap("Employees").await;
    hand.reads(&["16 employees in the register", "Oppvekst skole"]).await;
    hand.look("hr-people").await;
    hand.tap("Phones").await;
    hand.reads(&["16 phones"]).await;
    hand.look("hr-phones").await;
    hand.open(&format!("{}/campaigns/nowhere", app.url)).await;
    hand.reads(&["Sign out"]).await;
    hand.look("hr-not-found").await;
    hand.tap("Sign out").await;
    hand.open(&format!("{}/results/{id}", app.url)).await;
    hand.reads(&["User name"]).await;
}

async fn logs_in(app: &TestApp, hand: &Hand) {
    hand.open(&app.url).await;
    hand.look("hr-login").await;
    hand.write("User name", "hr").await;
    hand.write("Password", "wrong").await;
    hand.tap("Sign in").await;
    hand.reads(&["is not right"]).await;
    hand.look("hr-login-wrong").await;
    hand.write("Password", PASSWORD).await;
    hand.tap("Sign in").await;
    hand.reads(&["Surveys", "7 of 16 have answered"]).await;
    hand.look("hr-campaigns").await;
}

async fn sees_the_campaign(hand: &Hand) {
    hand.tap("Midtveis").await;
    // The page renews itself every few seconds: found and tapped in two steps, the link could be a page too old.
    let pause: String = hand.ask("return document.querySelector('.live a').href").await;
    hand.open(&pause).await;
    hand.reads(&["Updating is stopped", "7 of 16 have answered", "Pleie og omsorg", "Hidden"]).await;
    hand.look("hr-campaign").await;
}

async fn reads_the_results(hand: &Hand) {
    // Who took part is disturbed like every published figure, by a secret that each installation makes anew.
    hand.reads(&["of 16 have answered", "The figures are published"]).await;
    hand.look("hr-results").await;
    hand.unfold("A little about you").await;
    hand.tap("staff responsibility").await;
    hand.reads(&["The whole organisation", "fewer than 5"]).await;
    hand.look("hr-results-question").await;
    hand.reads(&["Save the picture (PNG)"]).await;
    hand.tap("Next question").await;
    hand.reads(&["union representative"]).await;
    for (tab, words) in [("Heat map", "Show the whole map"), ("Compare", "Choose two places"), ("Indices", "Reception")]
    {
        hand.tap(tab).await;
        hand.reads(&[words]).await;
        hand.look(&format!("results-{}", tab.split(' ').next().unwrap().to_lowercase())).await;
    }
}
