//! An identity provider keeps the register up to date, in the requests that Entra ID sends.

use medvirk::people::permission::Permission;
use medvirk::people::scim::{ENTERPRISE, USER};
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, KONTOR};
use crate::app::{TestApp, on_both};

on_both![
    a_user_comes_changes_and_leaves,
    a_running_campaign_keeps_what_it_has_frozen,
    whoever_is_in_the_register_already_is_the_same_person,
    what_cannot_be_is_refused_in_the_words_of_the_standard,
    users_come_a_page_at_a_time,
    the_service_says_what_it_can,
];

/// A provider with its key.
struct Entra(Api);

struct Said {
    status: StatusCode,
    location: Option<String>,
    json: Value,
}

impl Entra {
    async fn of(app: &TestApp) -> Self {
        Self(app.key("entra", &[Permission::RegisterWrite], &[]).await)
    }

    async fn say(&self, method: Method, path: &str, body: Option<&Value>) -> Said {
        let mut request = self.0.request(method, &format!("/scim/v2{path}"));
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/scim+json").body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        if status != StatusCode::NO_CONTENT {
            assert_eq!(answer.headers()[CONTENT_TYPE], "application/scim+json");
        }
        let location = answer.headers().get(LOCATION).map(|at| at.to_str().unwrap().to_owned());
        let json = serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default();
        Said { status, location, json }
    }

    async fn get(&self, path: &str) -> Value {
        let said = self.say(Method::GET, path, None).await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.json);
        said.json
    }

    async fn create(&self, user: &Value) -> String {
        let said = self.say(Method::POST, "/Users", Some(user)).await;
        assert_eq!(said.status, StatusCode::CREATED, "{}", said.json);
        let id = said.json["id"].as_str().unwrap().to_owned();
        assert!(said.location.unwrap().ends_with(&format!("/scim/v2/Users/{id}")));
        id
    }

    async fn patch(&self, id: &str, operations: Value) -> Said {
        let body = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations });
        self.say(Method::PATCH, &format!("/Users/{id}"), Some(&body)).await
    }
}

fn user(number: usize) -> Value {
    json!({
        "schemas": [USER, ENTERPRISE],
        "externalId": format!("0a21f0f2-{number}"),
        "userName": format!("Ansatt{number}@kommune.example"),
        "active": true,
        "displayName": format!("Ansatt {number}"),
        "emails": [{ "primary": true, "type": "work", "value": "a@kommune.example" }],
        "meta": { "resourceType": "User" },
        "phoneNumbers": [{ "primary": true, "type": "mobile", "value": crate::app::phone(number) }],
        "roles": [],
        ENTERPRISE: { "employeeNumber": number.to_string(), "organization": "Helse", "department": "Natt", "division": "Vakt" },
    })
}

async fn a_user_comes_changes_and_leaves(app: TestApp) {
    let entra = Entra::of(&app).await;
    // First Entra asks whether there is somebody of that name, in any case.
    let nobody = entra.get("/Users?filter=userName%20eq%20%22ansatt1@kommune.example%22").await;
    assert_eq!((&nobody["totalResults"], &nobody["Resources"]), (&json!(0), &json!([])));
    let id = entra.create(&user(1)).await;
    let found = entra.get("/Users?filter=userName%20eq%20%22ANSATT1@kommune.example%22").await;
    assert_eq!((&found["totalResults"], &found["Resources"][0]["id"]), (&json!(1), &json!(id)));
    assert_eq!(found["Resources"][0]["userName"], "Ansatt1@kommune.example");
    let path = "SELECT COUNT(*) FROM employees e JOIN org_units u ON u.id = e.org_unit_id JOIN org_units s ON s.id = u.parent_id \
                JOIN org_units a ON a.id = s.parent_id WHERE u.name = 'Natt' AND s.name = 'Vakt' AND a.name = 'Helse'";
    assert_eq!(app.count(path).await, 1);
    let changed = entra
        .patch(
            &id,
            json!([
                { "op": "Replace", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "+47 400 00 099" },
                { "op": "Add", "path": format!("{ENTERPRISE}:department"), "value": "Dag" },
            ]),
        )
        .await;
    assert_eq!((changed.status, &changed.json[ENTERPRISE]["department"]), (StatusCode::OK, &json!("Dag")));
    assert_eq!(changed.json["phoneNumbers"][0]["value"], "+4740000099");
    // Entra switches off with a text, and back on.
    let off = entra.patch(&id, json!([{ "op": "Replace", "path": "active", "value": "False" }])).await;
    assert_eq!((off.status, &off.json["active"]), (StatusCode::OK, &json!(false)));
    assert_eq!(app.count("SELECT COUNT(*) FROM employees WHERE left_at IS NULL").await, 0);
    assert_eq!(entra.get(&format!("/Users/{id}")).await["active"], false, "it is there, and does not work here");
    let on = entra.patch(&id, json!([{ "op": "Replace", "value": { "active": true } }])).await;
    assert_eq!(on.json["active"], true);
    assert_eq!(app.count("SELECT COUNT(*) FROM employees WHERE left_at IS NULL").await, 1);
    assert_eq!(entra.say(Method::DELETE, &format!("/Users/{id}"), None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(entra.say(Method::GET, &format!("/Users/{id}"), None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(entra.say(Method::DELETE, &format!("/Users/{id}"), None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.count("SELECT COUNT(*) FROM employees WHERE left_at IS NULL").await, 0);
    let sql = "SELECT action FROM audit WHERE who = 'key entra' AND detail = '1' ORDER BY number";
    let done: Vec<String> = sqlx::query_scalar(sql).fetch_all(app.db().read()).await.unwrap();
    let (came, left) = ("employee_provided", "employee_left");
    assert_eq!(done, [came, came, left, came, left]);
}

async fn a_running_campaign_keeps_what_it_has_frozen(app: TestApp) {
    let entra = Entra::of(&app).await;
    let mut ids = Vec::new();
    for number in 1..=6 {
        ids.push(entra.create(&user(number)).await);
    }
    let campaign = app.create(KONTOR).await;
    app.launch(&campaign).await;
    let before = app.count("SELECT COUNT(*) FROM invitations WHERE unit_id IS NOT NULL").await;
    entra
        .patch(&ids[0], json!([{ "op": "replace", "path": format!("{ENTERPRISE}:department"), "value": "Dag" }]))
        .await;
    entra.patch(&ids[1], json!([{ "op": "replace", "path": "active", "value": "False" }])).await;
    entra.say(Method::DELETE, &format!("/Users/{}", ids[2]), None).await;
    assert_eq!((before, app.count("SELECT COUNT(*) FROM invitations").await), (6, 6));
    let units = "SELECT COUNT(DISTINCT unit_id) FROM invitations";
    assert_eq!(app.count(units).await, 1, "where somebody was at launch stays");
    // No message goes to whoever has left.
    assert_eq!(app.count("SELECT COUNT(*) FROM messages WHERE state = 'cancelled'").await, 2);
    app.send_everything().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM messages WHERE state IN ('delivered', 'undelivered')").await, 4);
}

async fn whoever_is_in_the_register_already_is_the_same_person(app: TestApp) {
    app.import(3).await;
    let entra = Entra::of(&app).await;
    assert_eq!(entra.get("/Users").await["totalResults"], 0, "of whom it never spoke, the provider hears nothing");
    entra.create(&user(2)).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM employees").await, 3);
    assert_eq!(
        app.count("SELECT COUNT(*) FROM employees WHERE birth_year IS NOT NULL").await,
        3,
        "what it does not say stays"
    );
    // Whoever is erased is erased here too.
    medvirk::actions::record::erase(app.db(), &app.app().ports, "test".into(), "2").await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM scim_users").await, 0);
}

async fn what_cannot_be_is_refused_in_the_words_of_the_standard(app: TestApp) {
    let entra = Entra::of(&app).await;
    let id = entra.create(&user(1)).await;
    let same = entra.say(Method::POST, "/Users", Some(&user(1))).await;
    assert_eq!((same.status, &same.json["scimType"]), (StatusCode::CONFLICT, &json!("uniqueness")));
    let mut other = user(2);
    other[ENTERPRISE]["employeeNumber"] = json!("1");
    assert_eq!(entra.say(Method::POST, "/Users", Some(&other)).await.status, StatusCode::CONFLICT);
    let mut silent = user(3);
    silent["phoneNumbers"] = json!([]);
    let refused = entra.say(Method::POST, "/Users", Some(&silent)).await;
    assert_eq!((refused.status, &refused.json["scimType"]), (StatusCode::BAD_REQUEST, &json!("invalidValue")));
    assert!(refused.json["detail"].as_str().unwrap().contains("phoneNumbers[type eq"));
    assert_eq!(refused.json["schemas"][0], "urn:ietf:params:scim:api:messages:2.0:Error");
    let number = entra
        .patch(&id, json!([{ "op": "replace", "path": format!("{ENTERPRISE}:employeeNumber"), "value": "9" }]))
        .await;
    assert_eq!(number.status, StatusCode::BAD_REQUEST);
    for filter in ["emails%20eq%20%22a%22", "userName%20co%20%22a%22", "x"] {
        assert_eq!(
            entra.say(Method::GET, &format!("/Users?filter={filter}"), None).await.status,
            StatusCode::BAD_REQUEST
        );
    }
    assert_eq!(entra.say(Method::GET, "/Users?startIndex=first", None).await.status, StatusCode::BAD_REQUEST);
    let broken = entra.0.request(Method::POST, "/scim/v2/Users").body("{").send().await.unwrap();
    assert_eq!(broken.status(), StatusCode::BAD_REQUEST);
    // Half a PATCH is none.
    let half = json!([{ "op": "replace", "path": "displayName", "value": "Ny" }, { "op": "move" }]);
    assert_eq!(entra.patch(&id, half).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(entra.get(&format!("/Users/{id}")).await["displayName"], "Ansatt 1");
    // PUT says all there is.
    let mut whole = user(1);
    whole["displayName"] = json!("Ny");
    whole[ENTERPRISE] = json!({ "employeeNumber": "1" });
    let put = entra.say(Method::PUT, &format!("/Users/{id}"), Some(&whole)).await;
    assert_eq!((put.status, &put.json["displayName"]), (StatusCode::OK, &json!("Ny")));
    assert!(put.json[ENTERPRISE].get("department").is_none());
    // A key that may not write the register is not let in.
    let reader = app.key("reader", &[Permission::CampaignsRead], &[]).await;
    let refused = reader.request(Method::GET, "/scim/v2/Users").send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
}

async fn users_come_a_page_at_a_time(app: TestApp) {
    let entra = Entra::of(&app).await;
    for number in 1..=5 {
        entra.create(&user(number)).await;
        app.clock.advance(jiff::SignedDuration::from_secs(1));
    }
    let page = entra.get("/Users?startIndex=4&count=10").await;
    assert_eq!((&page["totalResults"], &page["startIndex"], &page["itemsPerPage"]), (&json!(5), &json!(4), &json!(2)));
    assert_eq!(page["Resources"][1]["externalId"], "0a21f0f2-5");
    let none = entra.get("/Users?count=0").await;
    assert_eq!((&none["totalResults"], &none["Resources"]), (&json!(5), &json!([])));
    let by_id = entra.get("/Users?filter=externalId%20eq%20%220a21f0f2-3%22").await;
    assert_eq!(by_id["Resources"][0]["displayName"], "Ansatt 3");
}

async fn the_service_says_what_it_can(app: TestApp) {
    let entra = Entra::of(&app).await;
    let config = entra.get("/ServiceProviderConfig").await;
    assert_eq!((&config["patch"]["supported"], &config["bulk"]["supported"]), (&json!(true), &json!(false)));
    assert_eq!(entra.get("/ResourceTypes").await["Resources"][0]["schema"], USER);
    assert_eq!(entra.get("/Schemas").await["totalResults"], 2);
    assert_eq!(entra.get(&format!("/Schemas/{ENTERPRISE}")).await["id"], ENTERPRISE);
    for nothing in ["/Schemas/urn:nothing", "/Groups", ""] {
        assert_eq!(entra.say(Method::GET, nothing, None).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}
