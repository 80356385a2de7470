//! What programs do: the life of a campaign by API, and what they are told when something is wrong.

use medvirk::people::permission::Permission;
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::app::{TestApp, on_both, shared};
use crate::support::http;

on_both![
    a_program_runs_a_campaign_from_draft_to_publication,
    a_program_keeps_the_register_up_to_date,
    every_refusal_says_what_and_where,
    a_key_sees_the_rows_of_its_places_alone,
    what_a_program_does_is_written_down,
    lists_come_a_page_at_a_time,
];

pub(crate) const KONTOR: &str = r#"
survey: kontor
languages: [nb]
title: {nb: Kontor}
intro: {nb: Hei}
thanks: {nb: Takk}
sms: {sender: Eksempel, invitation: {nb: "Svar: {link}"}, reminder: {nb: "Husk: {link}"}, reminders: [7d]}
pages:
  - id: work
    questions:
      - {id: office, type: yes_no, text: {nb: På kontoret?}}
"#;

/// A program with a key.
pub(crate) struct Api {
    pub(crate) http: Client,
    url: String,
    pub(crate) key: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    /// `null` where it is none.
    pub(crate) json: Value,
}

impl Api {
    pub(crate) fn new(url: &str, key: &str) -> Self {
        Self { http: http(), url: url.to_owned(), key: key.to_owned() }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url)).bearer_auth(&self.key)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, path).header(CONTENT_TYPE, "application/json");
        self.send(request.body(body.to_string())).await
    }

    pub(crate) async fn import(&self, query: &str, csv: &str) -> Answer {
        let request = self.request(Method::POST, &format!("/api/v1/register/imports{query}"));
        self.send(request.header(CONTENT_TYPE, "text/csv").body(csv.to_owned())).await
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let text = answer.text().await.unwrap();
        let json = serde_json::from_str(&text).unwrap_or_default();
        if !status.is_success() {
            assert_eq!(headers[CONTENT_TYPE], "application/problem+json", "{status}: {text}");
        }
        Answer { status, headers, text, json }
    }
}

impl Answer {
    /// What it holds, where all went well.
    pub(crate) fn good(self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text);
        self.json
    }
}

async fn a_program_runs_a_campaign_from_draft_to_publication(app: TestApp) {
    app.import(24).await;
    let api = app.master_key().await;
    let made = api.post("/api/v1/campaigns", &json!({ "name": "Høst", "definition": KONTOR })).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let at = made.headers[LOCATION].to_str().unwrap().to_owned();
    let id = made.json["campaign"]["id"].as_str().unwrap();
    assert_eq!(at, format!("/api/v1/campaigns/{id}"));
    assert_eq!(api.get(&format!("{at}/launch")).await.good()["recipients"], 24);
    let miscounted = api.post(&format!("{at}/launch"), &json!({ "recipients": 23 })).await;
    assert_eq!(miscounted.status, StatusCode::CONFLICT);
    assert_eq!(
        miscounted.json["errors"][0],
        json!({ "field": "recipients", "detail": "it would go to 24 recipients" })
    );
    assert_eq!(api.get(&at).await.good()["campaign"]["state"], "draft", "nothing was launched");
    let sent = api.post(&format!("{at}/launch"), &json!({ "recipients": 24 })).await.good();
    assert_eq!(sent, json!({ "recipients": 24, "parts": 24 }));
    let again = api.post(&format!("{at}/launch"), &json!({ "recipients": 24 })).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "a second launch adds nothing");
    app.send_everything().await;
    for number in 1..=20 {
        let mut phone = app.phone(number);
        phone.answer_everything(&[]).await;
        phone.send().await;
    }
    let status = api.get(&at).await.good();
    assert_eq!(status["people"], json!({ "invited": 24, "started": 0, "answered": 20 }));
    assert_eq!(status["messages"]["waiting"], 0);
    assert_eq!(api.send(api.request(Method::POST, &format!("{at}/reminders"))).await.good()["recipients"], 4);
    let closed = api.send(api.request(Method::POST, &format!("{at}/close"))).await.good();
    assert_eq!(closed["campaign"]["state"], "closed");
    let early = api.post(&format!("{at}/publications"), &json!({})).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "nothing is published that nobody has opened");
    assert_eq!(api.send(api.request(Method::POST, &format!("{at}/open"))).await.good()["responses"], 20);
    let edition = api.post(&format!("{at}/publications"), &json!({})).await;
    assert_eq!((edition.status, &edition.json["respondents"]), (StatusCode::CREATED, &json!(20)));
    let publication = api.get(edition.headers[LOCATION].to_str().unwrap()).await.good();
    assert_eq!(publication["hash"], edition.json["hash"]);
    assert_eq!(api.get("/api/v1/publications").await.good()["items"][0]["campaign"], id);
    let csv = api.get(&format!("/api/v1/publications/{id}/csv")).await;
    assert!(csv.text.starts_with("question,audience,area"), "{}", csv.text);
}

async fn a_program_keeps_the_register_up_to_date(app: TestApp) {
    let api = app.master_key().await;
    let file = "employee_id,name,phone,area\n1,Kari,40000001,Helse\n2,Ola,40000002,Skole\n";
    let tried = api.import("?dry_run=true", file).await.good();
    assert_eq!((&tried["saved"], &tried["new"]), (&json!(false), &json!(2)));
    assert_eq!(api.import("", file).await.good()["saved"], true);
    let register = api.get("/api/v1/register").await.good();
    assert_eq!(register["people"], 2);
    assert_eq!(register["areas"][0]["name"], "Helse");
    let bad = "employee_id,name,phone,area\n3,Per,12,Helse\n4,Anna,40000004,Hlse\n5,Siv,40000005,Helse\n";
    let refused = api.import("", bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_json_snapshot!("a_bad_register", refused.json);
    assert_eq!(api.get("/api/v1/register").await.good()["people"], 2, "every row or none");
    let some = api.import("?skip_bad=true", bad).await.good();
    assert_eq!((&some["new"], &some["bad_rows"]), (&json!(1), &json!(2)));
    assert_eq!(api.import("", "nonsense").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn every_refusal_says_what_and_where(app: TestApp) {
    let api = app.master_key().await;
    let post = |kind: &'static str, body: &'static str| {
        let request = api.request(Method::POST, "/api/v1/campaigns").header(CONTENT_TYPE, kind);
        api.send(request.body(body))
    };
    let json = "application/json";
    let mut told = vec![
        ("no such address", api.get("/api/v1/nothing").await),
        ("another method", api.send(api.request(Method::DELETE, "/api/v1/campaigns")).await),
        ("no such campaign", api.get("/api/v1/campaigns/unknown").await),
        ("an address that is no text", api.get("/api/v1/campaigns/%ff").await),
        ("an unknown parameter", api.get("/api/v1/campaigns?limits=3").await),
        ("a parameter of another type", api.get("/api/v1/campaigns?limit=many").await),
        ("a parameter out of range", api.get("/api/v1/campaigns?limit=0").await),
        ("a cursor of somebody else", api.get("/api/v1/campaigns?cursor=abc").await),
        ("another type of body", post("text/plain", "{}").await),
        ("no JSON", post(json, "{").await),
        ("two bodies", post(json, r#"{"name":"a","definition":""} {}"#).await),
        ("a field is missing", post(json, r#"{"name":"a"}"#).await),
        ("a field too many", post(json, r#"{"name":"a","definition":"","demo":true}"#).await),
        ("a field of another type", post(json, r#"{"name":{"nb":"a"},"definition":""}"#).await),
        ("a name that breaks lines", post(json, r#"{"name":"a\r\nSet-Cookie: b","definition":""}"#).await),
    ];
    let broken = KONTOR.replace("type: yes_no", "type: yesno").replace("languages", "langauges");
    let definition = json!({ "name": "a", "definition": broken });
    told.push(("a definition with errors", api.post("/api/v1/campaigns", &definition).await));
    let told: Vec<_> = told.into_iter().map(|(what, answer)| json!({ "what": what, "answer": answer.json })).collect();
    insta::assert_json_snapshot!("refusals", told);
    let large = "x".repeat(9 * 1024 * 1024);
    assert_eq!(api.import("", &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns").await, 0);
}

async fn a_key_sees_the_rows_of_its_places_alone(app: TestApp) {
    let id = app.open_campaign(KONTOR, 24).await;
    for number in 1..=24 {
        let mut phone = app.phone(number);
        phone.answer_everything(&[]).await;
        phone.send().await;
    }
    app.close_open_and_publish(&id).await;
    let own = app.key("own", &[Permission::PublicationsRead], &["Pleie og omsorg"]).await;
    let all = app.key("all", &[Permission::PublicationsRead], &[]).await;
    let address = format!("/api/v1/publications/{id}");
    let units = |document: &Value| -> Vec<String> {
        document["groups"].as_array().unwrap().iter().map(|group| group["unit"].to_string()).collect()
    };
    let (own_units, all_units) = (units(&own.get(&address).await.good()), units(&all.get(&address).await.good()));
    let foreign = |unit: &String| unit.contains("Oppvekst skole") && unit.contains("Tjeneste");
    assert!(all_units.iter().any(foreign) && !own_units.iter().any(foreign), "{own_units:?}");
    assert!(own_units.iter().any(|unit| unit.contains("Pleie og omsorg") && unit.contains("Tjeneste")));
    // Nor by export, nor by what an address could say beside the id.
    let csv = own.get(&format!("{address}/csv")).await.text;
    assert!(!csv.contains("Oppvekst skole,Tjeneste") && csv.contains("Pleie og omsorg,Tjeneste"), "{csv}");
    let place: String = sqlx::query_scalar("SELECT id FROM org_units WHERE name = 'Tjeneste 1'")
        .fetch_one(app.db().read())
        .await
        .unwrap();
    let asked = own.get(&format!("{address}?place={place}&scope=whole")).await.good();
    assert_eq!(units(&asked), own_units);
    // A campaign without a publication is not even there.
    let draft = app.create(KONTOR).await;
    let (there, not) = (format!("/api/v1/publications/{draft}"), "/api/v1/publications/unknown");
    assert_eq!(own.get(&there).await.text, own.get(not).await.text);
    assert_eq!(own.get(&format!("/api/v1/campaigns/{id}")).await.status, StatusCode::FORBIDDEN);
}

async fn what_a_program_does_is_written_down(app: TestApp) {
    let api = app.master_key().await;
    api.import("", "employee_id,phone\n1,40000001\n2,40000002\n").await.good();
    let definition = json!({ "name": "=HYPERLINK(\"x\")", "definition": KONTOR });
    let made = api.post("/api/v1/campaigns", &definition).await.good();
    let at = format!("/api/v1/campaigns/{}", made["campaign"]["id"].as_str().unwrap());
    api.post(&format!("{at}/launch"), &json!({ "recipients": 2 })).await.good();
    api.send(api.request(Method::POST, &format!("{at}/close"))).await.good();
    let sql = "SELECT action FROM audit WHERE who = 'key master' AND origin = '127.0.0.1' ORDER BY number";
    let done: Vec<String> = sqlx::query_scalar(sql).fetch_all(app.db().read()).await.unwrap();
    assert_eq!(done, ["imported", "created", "launched", "closed"]);
    // What auditors take out as a table is no formula.
    let csv = medvirk::actions::audit::csv(app.db()).await.unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.contains("HYPERLINK") && !csv.contains(",=HYPER") && !csv.contains("\"=HYPER"), "{csv}");
}

async fn lists_come_a_page_at_a_time(app: TestApp) {
    let api = app.master_key().await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(app.create(KONTOR).await);
    }
    let first = api.get("/api/v1/campaigns?limit=2").await.good();
    // Whoever comes in the meantime moves nothing.
    app.clock.advance(jiff::SignedDuration::from_secs(1));
    app.create(KONTOR).await;
    let mut seen: Vec<String> = Vec::new();
    let mut page = first;
    loop {
        seen.extend(page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        page = api.get(&format!("/api/v1/campaigns?limit=2&cursor={next}")).await.good();
    }
    made.sort();
    assert_eq!(seen, made, "made at one moment, they stand in the order of their ids");
}

#[tokio::test]
async fn the_document_is_the_one_that_was_read() {
    let app = TestApp::start(crate::app::On::Sqlite).await;
    let api = Api::new(&app.url, "");
    let document = api.get("/api/openapi.json").await.good();
    let calls = medvirk::web::doors(&shared(&app)).operations().len();
    let paths = document["paths"].as_object().unwrap().values();
    assert_eq!(paths.map(|path| path.as_object().unwrap().len()).sum::<usize>(), calls);
    insta::assert_json_snapshot!("openapi", document);
}
