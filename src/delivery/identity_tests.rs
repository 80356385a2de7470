//! Tokens that are right, and every way in which one is not.

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::json;

use super::*;
use crate::config::Secret;

const NOW: i64 = 1_600_000_000;

fn settings() -> Oidc {
    Oidc {
        issuer: "https://login.example".to_owned(),
        client_id: "medvirk".to_owned(),
        client_secret: Secret::new("x".to_owned()),
        roles_claim: "groups".to_owned(),
        acr: None,
        name_claim: "preferred_username".to_owned(),
        roles: Vec::new(),
    }
}

fn claims() -> Value {
    json!({
        "iss": "https://login.example", "aud": "medvirk", "sub": "7", "nonce": "n", "exp": NOW + 300, "iat": NOW,
        "preferred_username": "kari", "groups": ["a", "b"],
    })
}

fn refused(change: impl FnOnce(&mut Value)) -> String {
    let mut claims = claims();
    change(&mut claims);
    identity(&settings(), &claims, "n", NOW).unwrap_err().to_string()
}

#[test]
fn a_token_for_us_and_of_now_says_who_it_is() {
    let who = identity(&settings(), &claims(), "n", NOW).unwrap();
    let groups = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(who, Identity { subject: "https://login.example 7".to_owned(), name: "kari".to_owned(), groups });
    let mut several = claims();
    several["aud"] = json!(["other", "medvirk"]);
    several["azp"] = json!("medvirk");
    several["groups"] = json!("a");
    assert_eq!(identity(&settings(), &several, "n", NOW).unwrap().groups, ["a"]);
    // Clocks may differ by a minute, and no more.
    for late in [-60, 359] {
        assert!(identity(&settings(), &claims(), "n", NOW + late).is_ok(), "{late}");
    }
    for late in [-61, 360] {
        assert!(identity(&settings(), &claims(), "n", NOW + late).is_err(), "{late}");
    }
}

#[test]
fn every_other_token_is_refused() {
    assert!(refused(|c| c["iss"] = json!("https://login.example/")).contains("another issuer"));
    assert!(refused(|c| c["iss"] = json!(null)).contains("another issuer"));
    assert!(refused(|c| c["aud"] = json!("other")).contains("somebody else"));
    assert!(refused(|c| c["aud"] = json!([])).contains("somebody else"));
    assert!(refused(|c| c["aud"] = json!(["medvirk", "other"])).contains("several"));
    assert!(refused(|c| c["nonce"] = json!("m")).contains("another login"));
    assert!(refused(|c| c["nonce"] = json!(null)).contains("another login"));
    assert!(refused(|c| c["exp"] = json!(null)).contains("too old"));
    assert!(refused(|c| c["exp"] = json!("9999999999")).contains("too old"));
    assert!(refused(|c| c["nbf"] = json!(NOW + 61)).contains("future"));
    assert!(refused(|c| c["sub"] = json!("")).contains("nobody"));
    assert!(refused(|c| c["preferred_username"] = json!(7)).contains("name_claim"));
}

/// As the manuals of the three show their tokens, with other people in them.
#[test]
fn tokens_of_well_known_providers_are_read() {
    let read = |settings: &Oidc, claims: &Value| identity(settings, claims, "n", NOW);
    let common = |extra: Value| {
        let mut claims = claims();
        claims.as_object_mut().unwrap().remove("groups");
        claims.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        claims
    };
    let entra = common(json!({
        "ver": "2.0", "tid": "9122040d-6c67-4c5b-b112-36a304b66dad", "oid": "00000000-0000-0000-66f3-3332eca7ea81",
        "preferred_username": "kari@eksempel.example", "roles": ["medvirk-hr"],
    }));
    let settings_of = |claim: &str| Oidc { roles_claim: claim.to_owned(), ..settings() };
    let kari = read(&settings_of("roles"), &entra).unwrap();
    assert_eq!((kari.name.as_str(), kari.groups), ("kari@eksempel.example", vec!["medvirk-hr".to_owned()]));

    let keycloak = common(json!({
        "typ": "ID", "azp": "medvirk", "realm_access": { "roles": ["vo-helse", "offline_access"] },
        "resource_access": { "medvirk": { "roles": ["hr"] } },
    }));
    assert_eq!(read(&settings_of("realm_access.roles"), &keycloak).unwrap().groups, ["vo-helse", "offline_access"]);
    assert_eq!(read(&settings_of("resource_access.medvirk.roles"), &keycloak).unwrap().groups, ["hr"]);
    assert!(read(&settings_of("realm_access.roles.deeper"), &keycloak).unwrap().groups.is_empty());

    let mut idporten = common(json!({
        "sub": "pairwise", "pid": "24079412345", "amr": ["BankID"], "acr": "idporten-loa-substantial", "at_hash": "x",
    }));
    idporten.as_object_mut().unwrap().remove("preferred_username");
    let settings = |acr: &str| Oidc { name_claim: "sub".to_owned(), acr: Some(acr.to_owned()), ..settings() };
    assert_eq!(read(&settings("idporten-loa-substantial"), &idporten).unwrap().name, "pairwise");
    let weak = read(&settings("idporten-loa-high"), &idporten).unwrap_err().to_string();
    assert!(weak.contains("not as sure of them"), "{weak}");
}

/// A token and the key it is signed with.
fn signed(head: &Value) -> (String, Key) {
    let chance = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &chance).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &chance).unwrap();
    let encode = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let text = format!("{}.{}", encode(head), encode(&claims()));
    let signature = BASE64URL_NOPAD.encode(pair.sign(&chance, text.as_bytes()).unwrap().as_ref());
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let (x, y) = (BASE64URL_NOPAD.encode(x), BASE64URL_NOPAD.encode(y));
    let kind = KeyKind::Ec { crv: "P-256".to_owned(), x, y };
    (format!("{text}.{signature}"), Key { kid: Some("k".to_owned()), purpose: Some("sig".to_owned()), kind })
}

/// A provider whose keys are known already: it is not asked.
fn provider(key: Key) -> Provider {
    let clock = Clock::manual(Timestamp::from_second(NOW).unwrap());
    let provider = Provider::new(settings(), clock.clone()).unwrap();
    let endpoints = Endpoints {
        issuer: String::new(),
        authorization_endpoint: String::new(),
        token_endpoint: String::new(),
        jwks_uri: String::new(),
    };
    *provider.known.try_lock().unwrap() = Some(Known { endpoints, keys: vec![key], at: clock.now() });
    provider
}

#[tokio::test]
async fn a_signature_is_that_of_its_key_and_its_words() {
    let (token, key) = signed(&json!({"alg": "ES256", "kid": "k"}));
    let ours = provider(key.clone());
    assert_eq!(ours.checked(&token, "n").await.unwrap().name, "kari");
    let (_, other) = signed(&json!({}));
    assert!(provider(other).checked(&token, "n").await.is_err(), "another key of the same name");
    let parts: Vec<&str> = token.split('.').collect();
    let mut admin = claims();
    admin["preferred_username"] = json!("admin");
    let admin = BASE64URL_NOPAD.encode(admin.to_string().as_bytes());
    assert!(ours.checked(&format!("{}.{admin}.{}", parts[0], parts[2]), "n").await.is_err(), "other words");
    for alg in ["none", "HS256", "RS256", "es256", ""] {
        let head = BASE64URL_NOPAD.encode(json!({"alg": alg, "kid": "k"}).to_string().as_bytes());
        for signature in ["", parts[2]] {
            let forged = format!("{head}.{}.{signature}", parts[1]);
            assert!(ours.checked(&forged, "n").await.is_err(), "{alg}");
        }
    }
    for broken in ["", ".", "..", "a.b.c", &token.replace('.', ""), &format!("{token}.")] {
        assert!(ours.checked(broken, "n").await.is_err(), "{broken}");
    }
    let (token, mut key) = signed(&json!({"alg": "ES256", "kid": "k"}));
    key.purpose = Some("enc".to_owned());
    assert!(provider(key).checked(&token, "n").await.is_err(), "a key for other things");
}

#[test]
fn what_it_says_leads_to_its_own_host_alone() {
    let (_, key) = signed(&json!({}));
    let provider = provider(key);
    assert!(provider.own("https://login.example/keys").is_ok());
    for elsewhere in [
        "http://login.example/keys",
        "https://login.example:8443/keys",
        "https://login.example.evil.example/keys",
        "https://login.example@evil.example/keys",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:8080/metrics",
        "file:///etc/passwd",
        "/keys",
        "",
    ] {
        assert!(provider.own(elsewhere).is_err(), "{elsewhere}");
    }
}
