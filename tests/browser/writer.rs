//! Somebody writes a survey with the preview beside the editor.

use std::fs;
use std::sync::Arc;

use medvirk::ports::Chance;
use medvirk::web::preview::{Preview, router};
use tokio::net::TcpListener;

use crate::app::MIDWAY;
use crate::hand::Hand;
use crate::support::eventually;

/// What stands in the phone, whatever the page around it says.
const ON_THE_PHONE: &str = "return document.querySelector('iframe').contentDocument?.body?.innerText ?? ''";

async fn phone_reads(hand: &Hand, expected: &str) {
    eventually(expected, async || {
        // The page may be on its way to a newer one, where a script cannot be run.
        let read = hand.try_to_ask::<String>(ON_THE_PHONE).await?;
        read.contains(expected).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_survey_is_seen_while_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("survey.yaml");
    fs::write(&file, MIDWAY).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let preview = Arc::new(Preview::new(file.clone(), Chance::seeded(1)).unwrap());
    tokio::spawn(async move { axum::serve(listener, router(preview)).await.unwrap() });

    let hand = Hand::start().await;
    hand.open(&url).await;
    phone_reads(&hand, "Midtveis").await;
    let broken = MIDWAY.replace("\nthanks:", "\nthankz:");
    fs::write(&file, broken).unwrap();
    phone_reads(&hand, "did you mean `thanks`?").await;
    fs::write(&file, MIDWAY.replacen("  nb: Midtveis", "  nb: Slutt", 1)).unwrap();
    phone_reads(&hand, "Slutt").await;
    hand.pick("Be one of", "leaders").await;
    hand.pick("Language", "English").await;
    hand.pick("Go to", "staffing").await;
    hand.tap("Show").await;
    phone_reads(&hand, "Has the service you lead had enough staff").await;
}
