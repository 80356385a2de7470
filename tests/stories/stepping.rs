//! HR takes a campaign step by step in the browser: what would be hidden, opened by two, published.

use reqwest::StatusCode;

use crate::app::{Browser, MIDWAY, Page, TestApp, on_both};

on_both![
    the_steps_say_what_would_be_hidden_and_which_merges_help,
    two_open_together_what_two_must_open,
    a_launch_by_one_shows_no_shares,
];

/// Three units of one service: two of them too small for a report of their own.
const REGISTER: &str = "\
employee_id,phone,area,service,unit
1,41000001,Pleie,Hjemme,Natt
2,41000002,Pleie,Hjemme,Natt
3,41000003,Pleie,Hjemme,Natt
4,41000004,Pleie,Hjemme,Kveld
5,41000005,Pleie,Hjemme,Kveld
6,41000006,Pleie,Hjemme,Kveld
7,41000007,Pleie,Hjemme,Kveld
8,41000008,Pleie,Hjemme,Dag
9,41000009,Pleie,Hjemme,Dag
10,41000010,Pleie,Hjemme,Dag
11,41000011,Pleie,Hjemme,Dag
12,41000012,Pleie,Hjemme,Dag
13,41000013,Pleie,Hjemme,Dag
14,41000014,Pleie,Hjemme,Dag
15,41000015,Pleie,Hjemme,Dag
16,41000016,Pleie,Hjemme,Dag
";

async fn the_steps_say_what_would_be_hidden_and_which_merges_help(app: TestApp) {
    app.import_csv(REGISTER).await;
    let id = app.create(MIDWAY).await;
    let mut hr = app.hr().await;
    let page = hr.get(&format!("/campaigns/{id}/launch")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("Hva som blir skjermet"), "{}", page.html);
    let units = page.html.split("<tr>").find(|row| row.contains(">Avdelinger<")).unwrap();
    let cells = units.split("<td").skip(1).map(|cell| cell.split(['>', '<']).nth(1).unwrap());
    let numbers: Vec<&str> = cells.collect();
    assert_eq!(numbers, ["3", "2", "0"], "of three units two are hidden, and the third is large enough");
    assert!(
        page.has("<b>Natt</b> (3) + <b>Dag</b> (9)") || page.has("<b>Natt</b> (3) + <b>Kveld</b> (4)"),
        "{}",
        page.html
    );
}

async fn two_open_together_what_two_must_open(app: TestApp) {
    app.import(12).await;
    let id = app.create(MIDWAY).await;
    let mut hr = app.hr().await;
    let launch = format!("/campaigns/{id}/launch");
    let csrf = hr.get(&launch).await.field("csrf");
    let handed = hr.post(&launch, &[("csrf", &csrf), ("confirm", "12"), ("by_two", "1")]).await;
    assert_eq!(handed.status, StatusCode::OK, "{}", handed.html);
    let shares = shares(&handed);
    assert_eq!(shares.len(), 3);
    app.send_everything().await;
    for number in 1..=8 {
        let mut phone = app.phone(number);
        phone.answer_everything(&[]).await;
        phone.send().await;
    }
    let here = format!("/campaigns/{id}");
    let page = hr.get(&here).await;
    assert!(!page.has(&shares[0]), "a share is shown once");
    hr.post(&format!("{here}/close"), &[("csrf", &csrf)]).await;
    let refused = [
        (vec![shares[0].as_str()], "to forskjellige deler"),
        (vec![&shares[0], &shares[0]], "to forskjellige deler"),
        (vec![&shares[0], "ABCD-EFGH"], "skrevet feil"),
    ];
    for (typed, words) in refused {
        let page = open(&mut hr, &here, &csrf, &typed).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.has(words) && !page.has(&shares[0]), "{}", page.html);
        assert_eq!(app.count("SELECT COUNT(*) FROM responses").await, 0);
    }
    let opened = open(&mut hr, &here, &csrf, &[&shares[0].to_lowercase(), &shares[2]]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.html);
    assert_eq!(app.count("SELECT COUNT(*) FROM responses").await, 8);
    assert!(hr.get(&here).await.has("Tallene kan ikke trekkes tilbake"), "what publishing means is said before it");
    let published = hr.post(&format!("{here}/publish"), &[("csrf", &csrf)]).await;
    assert_eq!(published.location.as_deref(), Some(&*format!("/results/{id}")));
}

async fn a_launch_by_one_shows_no_shares(app: TestApp) {
    app.import(6).await;
    let id = app.create(MIDWAY).await;
    let mut hr = app.hr().await;
    let launch = format!("/campaigns/{id}/launch");
    let csrf = hr.get(&launch).await.field("csrf");
    let launched = hr.post(&launch, &[("csrf", &csrf), ("confirm", "6")]).await;
    assert_eq!(launched.location.as_deref(), Some(&*format!("/campaigns/{id}")));
}

async fn open(hr: &mut Browser, here: &str, csrf: &str, shares: &[&str]) -> Page {
    let fields: Vec<(&str, &str)> =
        std::iter::once(("csrf", csrf)).chain(shares.iter().map(|share| ("share", *share))).collect();
    hr.post(&format!("{here}/open"), &fields).await
}

fn shares(page: &Page) -> Vec<String> {
    let text = page.html.split("<code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    text.filter(|text| text.len() == 16 * 5 - 1).collect()
}
