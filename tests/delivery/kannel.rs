//! Against a real Kannel: texts arrive as they were written, reports come back, refusals lose nothing.

use std::sync::atomic::Ordering;
use std::time::Duration;

use medvirk::delivery::dispatch::Step;
use medvirk::ports::Chance;
use medvirk::store::messages::Tally;

use tokio::net::{TcpListener, TcpStream};

use crate::support::kannel::{Kannel, PASSWORD, UNROUTABLE, USERNAME};
use crate::support::{eventually, free_ports};
use crate::world::{Door, LINK, On, Plan, World, kannel};

const TEXTS: [&str; 4] = [
    "Blåbærsyltetøy på Ås, Ærlig Øl: {link}",
    "«Midtveis» – det er ikke for sent… Ja’ {link}",
    "50 € [ja] {link}",
    "🙂 ćwiczenie: {link}",
];

async fn delivered(world: &World, count: u64) {
    let all = || async { (world.tally().await == Tally { delivered: count, ..Tally::default() }).then_some(()) };
    eventually("delivery reports", all).await;
}

#[tokio::test]
async fn texts_arrive_as_written_and_are_reported() {
    let smsc = Kannel::start("http://127.0.0.1:1/").await;
    let door = Door::new().await;
    let gateway = kannel(smsc.sendsms(), USERNAME, PASSWORD, &door.url);
    let world = World::new(On::Sqlite, gateway, Plan::texts(&TEXTS)).await;
    door.open(world.receipts());
    assert_eq!(world.step().await, Step::Worked(TEXTS.len()));
    let mut got: Vec<_> = smsc.received(TEXTS.len()).await.into_iter().map(|sms| sms.text).collect();
    let mut expected = TEXTS.map(|text| text.replace("{link}", LINK));
    got.sort_unstable();
    expected.sort_unstable();
    assert_eq!(got, expected);
    delivered(&world, 4).await;
}

#[tokio::test]
async fn parts_are_counted_as_kannel_cuts_them() {
    let smsc = Kannel::start("http://127.0.0.1:1/").await;
    let door = Door::new().await;
    let long = format!("{}å€: {{link}}", "æ".repeat(290));
    let wide = format!("{}–: {{link}}", "ø".repeat(120));
    let gateway = kannel(smsc.sendsms(), USERNAME, PASSWORD, &door.url);
    let world = World::new(On::Sqlite, gateway, Plan::texts(&[&long, &wide])).await;
    door.open(world.receipts());
    let counted: Vec<i64> =
        sqlx::query_scalar("SELECT parts FROM messages ORDER BY id").fetch_all(world.db.read()).await.unwrap();
    world.step().await;
    let mut got = smsc.received(2).await;
    got.sort_by_key(|sms| sms.text.clone());
    let cut: Vec<_> = got.iter().map(|sms| i64::try_from(sms.parts).unwrap()).collect();
    assert_eq!(got[0].text, long.replace("{link}", LINK));
    assert_eq!(cut, counted);
    delivered(&world, 2).await;
}

/// The bytes that the centre gets are the text, in as many parts as were counted, whatever stands in it.
#[tokio::test]
async fn random_texts_are_counted_as_kannel_cuts_them() {
    let smsc = Kannel::start("http://127.0.0.1:1/").await;
    let door = Door::new().await;
    let chance = Chance::seeded(1);
    let texts: Vec<String> = (0..60).map(|number| random_text(&chance, number % 3)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let gateway = kannel(smsc.sendsms(), USERNAME, PASSWORD, &door.url);
    // One a step: the fake centre prints the parts of two messages as they come.
    let plan = Plan { parts_per_second: Some(1), ..Plan::texts(&texts) };
    let world = World::new(On::Sqlite, gateway, plan).await;
    door.open(world.receipts());
    for sent in 1..=texts.len() {
        world.pass(10);
        assert_eq!(world.step().await, Step::Worked(1));
        smsc.received(sent).await;
    }
    let counted: Vec<(String, i64)> =
        sqlx::query_as("SELECT phone, parts FROM messages ORDER BY phone").fetch_all(world.db.read()).await.unwrap();
    let mut got = smsc.received(texts.len()).await;
    got.sort_by_key(|sms| sms.to.clone());
    for ((sms, (to, parts)), text) in got.iter().zip(counted).zip(texts) {
        assert_eq!((&sms.to, sms.text.as_str()), (&to, text.replace("{link}", LINK).as_str()));
        assert_eq!(i64::try_from(sms.parts).unwrap(), parts, "{text}");
    }
}

/// Kannel cuts a surrogate pair in two where a part ends, and the phone puts it together again; we count the pair into the
/// next part. That makes a difference only where the last part is full to the last unit: then Kannel needs one part less
/// than was counted, and never one more.
#[tokio::test]
async fn an_emoji_on_the_border_of_two_parts_arrives_and_is_counted() {
    let link = LINK.encode_utf16().count();
    // Units before the emoji, in all, and how much more is counted than Kannel sends.
    let borders = [(66, 125, 0), (66, 133, 0), (65, 134, 0), (66, 134, 1), (133, 199, 0), (133, 201, 1), (67, 134, 0)];
    let text = |(before, all, _): (usize, usize, i64)| {
        let between = all - before - 2 - " ".len() - link;
        format!("{}🙂{} {{link}}", "ø".repeat(before), "ø".repeat(between))
    };
    let texts = borders.map(text);
    let smsc = Kannel::start("http://127.0.0.1:1/").await;
    let door = Door::new().await;
    let gateway = kannel(smsc.sendsms(), USERNAME, PASSWORD, &door.url);
    let plan = Plan { parts_per_second: Some(1), ..Plan::texts(&texts.each_ref().map(String::as_str)) };
    let world = World::new(On::Sqlite, gateway, plan).await;
    door.open(world.receipts());
    for sent in 1..=texts.len() {
        world.pass(10);
        assert_eq!(world.step().await, Step::Worked(1));
        smsc.received(sent).await;
    }
    let counted: Vec<(String, i64)> =
        sqlx::query_as("SELECT phone, parts FROM messages ORDER BY phone").fetch_all(world.db.read()).await.unwrap();
    let mut got = smsc.received(texts.len()).await;
    got.sort_by_key(|sms| sms.to.clone());
    for ((sms, (to, parts)), (text, border)) in got.iter().zip(counted).zip(texts.iter().zip(borders)) {
        assert_eq!((&sms.to, sms.text.as_str()), (&to, text.replace("{link}", LINK).as_str()));
        assert_eq!(parts - i64::try_from(sms.parts).unwrap(), border.2, "{border:?}");
    }
}

/// Whatever Kannel does not take for an answer it brings again.
#[tokio::test]
async fn each_report_comes_once() {
    let smsc = Kannel::start("http://127.0.0.1:1/").await;
    let door = Door::new().await;
    let gateway = kannel(smsc.sendsms(), USERNAME, PASSWORD, &door.url);
    let world = World::new(On::Sqlite, gateway, Plan::of(20)).await;
    let calls = door.open(world.receipts());
    world.step().await;
    delivered(&world, 20).await;
    // It would be there after `http-queue-delay`.
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(calls.load(Ordering::Relaxed), 2 * 20);
}

/// Plain, with characters that cost two, or with some that are not in the GSM alphabet.
fn random_text(chance: &Chance, kind: usize) -> String {
    let alphabets = ["abc øåæ?", "a€{}[]|^~ \\", "ab –š«»…"];
    let letters: Vec<char> = alphabets[kind].chars().collect();
    let length = usize::from(u16::from_le_bytes(chance.bytes())) % 400;
    let letter = |_| letters[usize::from(chance.bytes::<1>()[0]) % letters.len()];
    format!("x{}: {{link}}", (0..length).map(letter).collect::<String>())
}

#[tokio::test]
async fn a_wrong_password_loses_nothing() {
    let smsc = Kannel::start("http://127.0.0.1:1/").await;
    let gateway = kannel(smsc.sendsms(), USERNAME, "wrong", "https://svar.example.no");
    let world = World::new(On::Sqlite, gateway, Plan::of(2)).await;
    assert_eq!(world.step().await, Step::Worked(2));
    assert_eq!(world.states().await, ["retry_wait 1 Kannel refuses the user or the password"; 2]);
    assert_eq!(world.paused().await.as_deref(), Some("account: Kannel refuses the user or the password"));
    assert_eq!(world.step().await, Step::Idle, "nothing more is tried until somebody has looked");
    world.resume().await;
    assert_eq!(world.step().await, Step::Worked(2));
}

#[tokio::test]
async fn a_number_without_a_line_is_rejected_and_the_others_go_on() {
    let smsc = Kannel::start("http://127.0.0.1:1/").await;
    let door = Door::new().await;
    let gateway = kannel(smsc.sendsms(), USERNAME, PASSWORD, &door.url);
    let mut plan = Plan::of(2);
    plan.messages[0].0 = format!("{UNROUTABLE}001");
    let world = World::new(On::Sqlite, gateway, plan).await;
    door.open(world.receipts());
    assert_eq!(world.step().await, Step::Worked(2));
    let settled = || async {
        let tally = world.tally().await;
        (tally.delivered == 1 && tally.failed + tally.undelivered == 1).then_some(())
    };
    eventually("one delivery and one rejection", settled).await;
    assert_eq!(world.step().await, Step::Idle);
    assert_eq!(smsc.received(1).await.len(), 1);
}

#[tokio::test]
async fn a_kannel_that_is_down_is_waited_for() {
    let smsc = Kannel::start("http://127.0.0.1:1/").await;
    let door = Door::new().await;
    let [line] = free_ports();
    let gateway = kannel(format!("http://127.0.0.1:{line}/cgi-bin/sendsms"), USERNAME, PASSWORD, &door.url);
    let world = World::new(On::Sqlite, gateway, Plan::of(3)).await;
    door.open(world.receipts());
    assert_eq!(world.step().await, Step::Worked(3));
    assert_eq!(world.states().await, ["retry_wait 1 the gateway cannot be reached"; 3]);
    assert_eq!(world.step().await, Step::Idle);

    connect(line, smsc.sendsms()).await;
    world.pass(36);
    assert_eq!(world.step().await, Step::Worked(3));
    delivered(&world, 3).await;
    assert_eq!(smsc.received(3).await.len(), 3);
}

/// From now on, `port` leads to the server of `url`.
async fn connect(port: u16, url: String) {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let server = reqwest::Url::parse(&url).unwrap().socket_addrs(|| None).unwrap()[0];
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let mut far = TcpStream::connect(server).await.unwrap();
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
        }
    });
}
