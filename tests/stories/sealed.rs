//! After a whole campaign, somebody reads everything that is left behind and looks for a way from an answer to a person.

use std::collections::BTreeSet;

use data_encoding::{BASE64, HEXLOWER};
use medvirk::anonymity::seal::PrivateKey;
use medvirk::config::keys::KeyBytes;
use medvirk::definition::model::Answer;

use crate::app::{TestApp, on_both, phone, shared};
use crate::traces::{Disk, Heard, correlation, rows};

on_both![nothing_leads_from_an_answer_to_a_person];

const SURVEY: &str = include_str!("sealed.yaml");
const PEOPLE: usize = 110;
const ANSWERED: usize = 100;
/// Two orders that have nothing to do with each other are further apart than this once in ten thousand times.
const UNRELATED: f64 = 0.4;

async fn nothing_leads_from_an_answer_to_a_person(app: TestApp) {
    let heard = Heard::default();
    let listening = heard.listen();
    let id = app.open_campaign(SURVEY, PEOPLE).await;
    let key = app.app().settings.keys.read(&id).unwrap().unwrap();
    let marker = format!("sebra{}", app.app().ports.chance.id());
    everybody_answers(&app, &marker).await;
    // One more has begun, and goes no further.
    app.phone(PEOPLE).go("you").await;
    app.phone(PEOPLE).answer_everything(&[("turn", "999"), ("why", &marker)]).await;
    let tokens: Vec<String> =
        (1..=PEOPLE).map(|number| app.link(number).rsplit('/').next().unwrap().to_owned()).collect();
    let envelopes = before_opening(&app, &marker, &tokens, &key).await;
    let old_copy = turns_in(&envelopes, &id, &key);
    app.close_and_open(&id).await;
    after_opening(&app, &envelopes, &tokens, &key).await;
    orders_say_nothing(&app, &old_copy).await;
    rows_share_nothing(&app).await;
    the_log_says_nothing(&app, &heard, &marker, &tokens).await;
    drop(listening);
}

/// The hundredth employee first, and each says which turn it was.
async fn everybody_answers(app: &TestApp, marker: &str) {
    for turn in 1..=ANSWERED {
        let mut phone = app.phone(ANSWERED + 1 - turn);
        let (number, words) = (turn.to_string(), format!("{marker} {turn} fordi"));
        let long = if turn.is_multiple_of(3) { format!("{marker} {turn} lenge").repeat(40) } else { String::new() };
        let place = if turn.is_multiple_of(2) { "other" } else { "home" };
        let answers =
            [("turn", &*number), ("why", &words), ("more", &long), ("place", place), ("place.other", "på båt")];
        phone.answer_everything(&answers).await;
        assert!(phone.send().await.has("Takk"));
    }
}

fn key_as_it_could_stand(key: &KeyBytes) -> [Vec<u8>; 3] {
    [key.to_vec(), HEXLOWER.encode(key.as_slice()).into_bytes(), BASE64.encode(key.as_slice()).into_bytes()]
}

/// Gives the sealed texts, in the order in which they lie on disk.
async fn before_opening(app: &TestApp, marker: &str, tokens: &[String], key: &KeyBytes) -> Vec<(String, String)> {
    assert_eq!(app.count("SELECT COUNT(*) FROM responses").await, 0);
    let disk = Disk::of(app, true).await;
    let register = phone(1);
    assert!(!disk.holding([register.as_bytes()]).is_empty(), "what is there is found");
    assert_eq!(disk.holding([marker.as_bytes()]), [""; 0], "no answer in the clear");
    // PostgreSQL's log of writes is shared with other tests, whose answers are opened.
    let clear: [&[u8]; 3] = [b"{\"number\":", b"\"choice\":", b"\"unit_id\":"];
    assert_eq!(Disk::of(app, false).await.holding(clear), [""; 0], "nor what answers look like");
    assert_eq!(disk.holding(tokens.iter().map(String::as_bytes)), [""; 0], "no token");
    assert_eq!(disk.holding(key_as_it_could_stand(key).iter().map(Vec::as_slice)), [""; 0], "no private key");
    let (columns, rows) = rows(app, "envelopes").await;
    assert_eq!(columns, ["id", "campaign_id", "sealed"]);
    assert_eq!(rows.len(), ANSWERED);
    let sizes: BTreeSet<usize> = rows.iter().map(|row| row[2].len()).collect();
    assert_eq!(sizes.len(), 1, "one size: {sizes:?}");
    rows.into_iter().map(|row| (row[0].clone(), row[2].clone())).collect()
}

/// In which turn each envelope was sent, in the order of their ids: what an old copy holds.
fn turns_in(envelopes: &[(String, String)], campaign: &str, key: &KeyBytes) -> Vec<usize> {
    let key = PrivateKey::from_bytes(**key);
    let mut envelopes: Vec<_> = envelopes.iter().collect();
    envelopes.sort();
    let turn = |sealed: &str| match key.open(campaign, sealed).unwrap().answers["turn"] {
        Answer::Number(turn) => usize::try_from(turn).unwrap(),
        _ => panic!("a number was asked for"),
    };
    envelopes.into_iter().map(|(_, sealed)| turn(sealed)).collect()
}

async fn after_opening(app: &TestApp, envelopes: &[(String, String)], tokens: &[String], key: &KeyBytes) {
    // PostgreSQL's log of writes is the server's own; what it still holds was sealed to a key that is gone.
    let disk = Disk::of(app, false).await;
    let parts: Vec<&[u8]> = envelopes.iter().map(|(_, sealed)| &sealed.as_bytes()[100..160]).collect();
    assert_eq!(disk.holding(parts.iter().copied()), [""; 0], "no envelope");
    let ids = envelopes.iter().map(|(id, _)| id.as_bytes());
    assert_eq!(disk.holding(ids), [""; 0], "no id of an envelope");
    let disk = Disk::of(app, true).await;
    assert_eq!(disk.holding(key_as_it_could_stand(key).iter().map(Vec::as_slice)), [""; 0], "no private key");
    assert_eq!(disk.holding(tokens.iter().map(String::as_bytes)), [""; 0], "no token");
    let log = std::fs::metadata(app.folder().join("medvirk.db-wal")).map_or(0, |file| file.len());
    assert!(log < 100_000, "SQLite's log was emptied: {log}");
    let keys = &app.app().settings.keys.folder;
    assert_eq!(std::fs::read_dir(keys).unwrap().count(), 0, "the key's file is gone");
}

/// In which turn each response and each text was sent, in the order in which they lie, against the turns themselves,
/// against the envelopes that an old copy may still hold, and against each other.
async fn orders_say_nothing(app: &TestApp, old_copy: &[usize]) {
    let (columns, responses) = rows(app, "responses").await;
    assert_eq!(columns, ["id", "campaign_id", "unit_id", "attributes", "answers", "wave"]);
    let turn = |row: &Vec<String>| -> usize {
        let answers: serde_json::Value = serde_json::from_str(&row[4]).unwrap();
        usize::try_from(answers["turn"]["number"].as_u64().unwrap()).unwrap()
    };
    let answered: Vec<usize> = responses.iter().map(turn).collect();
    let (columns, texts) = rows(app, "texts").await;
    assert_eq!(columns, ["id", "campaign_id", "question", "area_id", "words", "state", "edited", "cleaned_by"]);
    let whys = texts.iter().filter(|row| row[2] == "why");
    let written: Vec<usize> = whys.map(|row| row[4].split(' ').nth(1).unwrap().parse().unwrap()).collect();
    let by_id = |rows: &[Vec<String>], turns: &[usize]| {
        let mut rows: Vec<(&String, usize)> = rows.iter().map(|row| &row[0]).zip(turns.iter().copied()).collect();
        rows.sort();
        rows.into_iter().map(|(_, turn)| turn).collect::<Vec<_>>()
    };
    let sent: Vec<usize> = (1..=ANSWERED).collect();
    let found = [
        correlation(&answered, &sent),
        correlation(&by_id(&responses, &answered), &sent),
        correlation(&written, &sent),
        correlation(&written, &answered),
        correlation(old_copy, &sent),
        correlation(&answered, old_copy),
        correlation(&written, old_copy),
    ];
    assert!(found.iter().all(|rho| rho.abs() < UNRELATED), "{found:?}");
}

/// No value of a response or a text stands in any other table, but the campaign and the place.
async fn rows_share_nothing(app: &TestApp) {
    let mut elsewhere = BTreeSet::new();
    for table in ["employees", "invitations", "messages", "delivery_reports", "drafts", "rounds", "audit", "sessions"] {
        elsewhere.extend(rows(app, table).await.1.into_iter().flatten());
    }
    let (_, responses) = rows(app, "responses").await;
    let (_, texts) = rows(app, "texts").await;
    let own = |rows: &[Vec<String>], columns: &[usize]| -> BTreeSet<String> {
        rows.iter().flat_map(|row| columns.iter().map(|column| row[*column].clone())).collect()
    };
    let (responses, texts) = (own(&responses, &[0, 4]), own(&texts, &[0, 4]));
    for mine in [&responses, &texts] {
        assert!(mine.is_disjoint(&elsewhere), "{:?}", mine.intersection(&elsewhere).collect::<Vec<_>>());
    }
    assert!(responses.is_disjoint(&texts), "and no text leads to a response");
}

/// Not at its finest either, and not when something fails.
async fn the_log_says_nothing(app: &TestApp, heard: &Heard, marker: &str, tokens: &[String]) {
    let link = app.link(1);
    shared(app).db.close().await;
    app.browser().get(&link).await;
    let log = heard.text();
    let failed: Vec<&str> = log.lines().filter(|line| line.contains("the form failed")).collect();
    assert!(!failed.is_empty(), "something was heard: {log}");
    for line in log.lines() {
        let told = tokens.iter().any(|token| line.contains(token.as_str())) || line.contains(marker);
        assert!(!told && !line.contains("/s/") && !line.contains("127.0.0.1"), "{line}");
        assert!((1..=PEOPLE).all(|number| !line.contains(&phone(number))), "{line}");
        if line.contains("medvirk::web::form") || line.contains("medvirk::actions::answer") {
            let time = line.split_whitespace().next().unwrap();
            assert!(time.len() == 10 && !time.contains(':'), "a day and no finer: {line}");
        }
    }
}
