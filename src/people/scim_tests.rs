use serde_json::json;

use super::*;

/// As Entra's documentation shows a new user, with the attributes that are mapped here.
fn kari() -> User {
    User::read(&json!({
        "schemas": [USER, ENTERPRISE],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
        "userName": "Kari@kommune.example",
        "active": true,
        "displayName": "Kari Nordmann",
        "emails": [{ "primary": true, "type": "work", "value": "kari@kommune.example" }],
        "meta": { "resourceType": "User" },
        "name": { "formatted": "Kari N.", "familyName": "Nordmann", "givenName": "Kari" },
        "phoneNumbers": [{ "type": "work", "value": "22000000" }, { "type": "mobile", "value": "+47 400 00 001" }],
        "roles": [],
        ENTERPRISE: { "employeeNumber": 1001, "organization": "Helse", "division": "Legevakt", "department": "Natt" },
    }))
    .unwrap()
}

fn patched(operations: &Value) -> Result<User, ScimError> {
    let mut user = kari();
    user.patch(&json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations,
    }))?;
    Ok(user)
}

#[test]
fn a_user_becomes_an_employee() {
    let employee = kari().employee(None).unwrap();
    assert_eq!((employee.number.as_str(), employee.name.as_deref()), ("1001", Some("Kari Nordmann")));
    assert_eq!((employee.phone.as_str(), employee.place.join("/").as_str()), ("+4740000001", "Helse/Legevakt/Natt"));
    let known = Employee { birth_year: Some(1980), safety_rep: true, ..employee };
    let later = kari().employee(Some(&known)).unwrap();
    assert_eq!((later.birth_year, later.safety_rep), (Some(1980), true), "what no provider says stays");
}

#[test]
fn entra_switches_off_with_a_text() {
    for value in [json!(false), json!("False"), json!("false")] {
        let with_path = json!([{ "op": "Replace", "path": "active", "value": value }]);
        let without = json!([{ "op": "replace", "value": { "active": value } }]);
        assert!(!patched(&with_path).unwrap().active && !patched(&without).unwrap().active);
    }
    assert!(patched(&json!([{ "op": "Replace", "path": "active", "value": "off" }])).is_err());
}

#[test]
fn entra_changes_one_thing_at_a_time() {
    let changed = patched(&json!([
        { "op": "Add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "40000002" },
        { "op": "Replace", "path": format!("{ENTERPRISE}:department"), "value": "Dag" },
        { "op": "Add", "value": { format!("{ENTERPRISE}:organization"): "Omsorg", "displayName": "Kari Holm" } },
        { "op": "Replace", "path": "emails[type eq \"work\"].value", "value": "k@kommune.example" },
    ]))
    .unwrap();
    assert_eq!(changed.phone.as_deref(), Some("40000002"));
    assert_eq!(changed.place, ["Omsorg", "Legevakt", "Dag"].map(|name| Some(name.to_owned())));
    assert_eq!(changed.name.as_deref(), Some("Kari Holm"));
    let removed = patched(&json!([{ "op": "Remove", "path": format!("{ENTERPRISE}:department") }])).unwrap();
    assert_eq!(removed.employee(None).unwrap().place, ["Helse", "Legevakt"]);
}

#[test]
fn what_cannot_be_says_why_and_never_the_number() {
    let refused = |operations: Value| patched(&operations).and_then(|user| user.employee(None)).unwrap_err();
    let phone = refused(json!([{ "op": "replace", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "12" }]));
    assert!(phone.fault == Fault::Value && !phone.detail.contains("12"), "{phone}");
    let none = refused(json!([{ "op": "remove", "path": "phoneNumbers" }]));
    assert!(none.detail.contains("phoneNumbers[type eq \"mobile\"].value is missing"));
    let gap = refused(json!([{ "op": "remove", "path": format!("{ENTERPRISE}:division") }]));
    assert!(gap.detail.contains("a level above"));
    assert_eq!(refused(json!([{ "op": "remove" }])).fault, Fault::Path);
    assert_eq!(refused(json!([{ "op": "move", "path": "active" }])).fault, Fault::Syntax);
    assert_eq!(refused(json!([{ "op": "remove", "path": "userName" }])).fault, Fault::Value);
    assert!(User::read(&json!({ "active": true })).is_err() && User::read(&json!([])).is_err());
    assert!(User::read(&json!({ "userName": "a", "displayName": { "x": 1 } })).is_err());
}

#[test]
fn what_is_written_is_read_again() {
    assert_eq!(User::read(&kari().write()).unwrap(), kari());
    let bare = User { user_name: "a".to_owned(), active: true, ..User::default() };
    assert!(!bare.write().to_string().contains("null"));
}

#[test]
fn one_filter_is_understood() {
    assert_eq!(filter("userName eq \"a b\"").unwrap(), ("username".to_owned(), "a b".to_owned()));
    assert_eq!(filter("externalId Eq \"x\"").unwrap().0, "externalid");
    for text in [
        "",
        "userName",
        "userName eq a",
        "userName co \"a\"",
        "emails eq \"a\"",
        "userName eq \"a\" and active eq true",
    ] {
        assert!(filter(text).is_err(), "{text}");
    }
}
