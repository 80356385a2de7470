//! The OpenID Connect provider as we ask it: where it is, its keys, and who a code stands for. Authorization code with PKCE.
//!
//! The signature is checked by ring, which TLS brings along; the libraries that do all of this bring a second set of
//! cryptography with an open advisory (RUSTSEC-2023-0071). What is asked from here goes to the issuer's own host and nowhere
//! else, follows nothing, and is short.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, RequestBuilder, Url};
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;

use super::gateways;
use crate::config::Oidc;
use crate::ports::Clock;

/// More than any provider's documents.
const LARGEST: usize = 512 * 1024;
/// A provider that takes longer is down.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// Keys are read anew after so long.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// And earlier where none has signed a token, but not more often than this.
const AGAIN: SignedDuration = SignedDuration::from_secs(30);
/// Clocks differ a little.
const SKEW: i64 = 60;

/// Why nobody came in.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// It does not answer, or not as a provider does.
    #[error("the identity provider is out of reach: {0}")]
    Down(String),
    /// It says no, or something that is not true.
    #[error("the identity provider's answer is refused: {0}")]
    Refused(&'static str),
}

/// The provider.
#[derive(Debug)]
pub struct Provider {
    /// Who we are there.
    pub settings: Oidc,
    http: Client,
    clock: Clock,
    known: Mutex<Option<Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    endpoints: Endpoints,
    keys: Vec<Key>,
    at: Timestamp,
}

#[derive(Clone, Debug, Deserialize)]
struct Endpoints {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct Keys {
    keys: Vec<Value>,
}

/// A key of the provider's set, as far as it is one for signatures that we check.
#[derive(Clone, Debug, Deserialize)]
struct Key {
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    #[serde(flatten)]
    kind: KeyKind,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kty")]
enum KeyKind {
    #[serde(rename = "RSA")]
    Rsa { n: String, e: String },
    #[serde(rename = "EC")]
    Ec { crv: String, x: String, y: String },
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

/// Who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Issuer and subject: the same for ever.
    pub subject: String,
    /// As the account is called.
    pub name: String,
    /// The groups.
    pub groups: Vec<String>,
}

/// What is kept of a login until its code comes back.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Where the browser is sent back to.
    pub redirect: &'a str,
    /// Stands in the token.
    pub nonce: &'a str,
    /// Its hash was sent ahead (PKCE).
    pub verifier: &'a str,
}

impl Provider {
    /// # Errors
    /// TLS cannot be started.
    pub fn new(settings: Oidc, clock: Clock) -> anyhow::Result<Self> {
        Ok(Self { http: gateways::client(ANSWER_WITHIN)?, settings, clock, known: Mutex::new(None) })
    }

    /// Where the browser is sent to.
    ///
    /// # Errors
    /// The provider is down.
    pub async fn address(&self, asked: &Asked<'_>, state: &str) -> Result<String, IdentityError> {
        let endpoints = self.known(FRESH).await?.endpoints;
        let mut url = Url::parse(&endpoints.authorization_endpoint)
            .map_err(|_| IdentityError::Refused("its authorization endpoint is no address"))?;
        let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(asked.verifier));
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("scope", "openid profile"),
            ("client_id", &self.settings.client_id),
            ("redirect_uri", asked.redirect),
            ("state", state),
            ("nonce", asked.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        if let Some(acr) = &self.settings.acr {
            url.query_pairs_mut().append_pair("acr_values", acr);
        }
        Ok(url.into())
    }

    /// Who the code stands for.
    ///
    /// # Errors
    /// The provider is down, does not know the code (any more), or gives a token that is not for us, not of now, or not its own.
    pub async fn identity(&self, asked: &Asked<'_>, code: &str) -> Result<Identity, IdentityError> {
        let endpoints = self.known(FRESH).await?.endpoints;
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", asked.redirect),
                ("code_verifier", asked.verifier),
            ])
            .finish();
        let request = self.http.post(self.own(&endpoints.token_endpoint)?);
        let request = request
            .basic_auth(encoded(&self.settings.client_id), Some(encoded(self.settings.client_secret.expose())))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        let tokens: Tokens = read(request).await?;
        self.checked(&tokens.id_token, asked.nonce).await
    }

    /// The token's claims, when all of it is right.
    async fn checked(&self, token: &str, nonce: &str) -> Result<Identity, IdentityError> {
        let (signed, signature) =
            token.rsplit_once('.').ok_or(IdentityError::Refused("its token has no three parts"))?;
        let (head, claims) = signed.split_once('.').ok_or(IdentityError::Refused("its token has no three parts"))?;
        let head: Head = part(head)?;
        let signature = decoded(signature)?;
        let by_one = |keys: &[Key]| {
            // A token that names no key may be signed by any of them (OpenID Connect Core, 10.1).
            let named = |key: &&Key| head.kid.is_none() || key.kid == head.kid;
            let mut named = keys.iter().filter(named).filter(|key| key.purpose.as_deref() != Some("enc"));
            named.any(|key| key.has_signed(&head.alg, signed.as_bytes(), &signature))
        };
        // It may have changed its keys since.
        if !by_one(&self.known(FRESH).await?.keys) && !by_one(&self.known(AGAIN).await?.keys) {
            return Err(IdentityError::Refused("none of its keys has signed the token"));
        }
        identity(&self.settings, &part(claims)?, nonce, self.clock.now().as_second())
    }

    /// Endpoints and keys, not older than `fresh`.
    async fn known(&self, fresh: SignedDuration) -> Result<Known, IdentityError> {
        let mut known = self.known.lock().await;
        let now = self.clock.now();
        if let Some(known) = known.as_ref().filter(|known| now.duration_since(known.at) < fresh) {
            return Ok(known.clone());
        }
        let issuer = self.settings.issuer.trim_end_matches('/');
        let endpoints: Endpoints = read(self.http.get(format!("{issuer}/.well-known/openid-configuration"))).await?;
        if endpoints.issuer != self.settings.issuer {
            return Err(IdentityError::Refused("it calls itself by another name than oidc.issuer"));
        }
        let set: Keys = read(self.http.get(self.own(&endpoints.jwks_uri)?)).await?;
        let keys = set.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect();
        Ok(known.insert(Known { endpoints, keys, at: now }).clone())
    }

    /// An address that we ask, of the issuer's own scheme, host and port: its document cannot send us elsewhere.
    fn own(&self, address: &str) -> Result<Url, IdentityError> {
        let url = Url::parse(address)
            .ok()
            .filter(|url| Url::parse(&self.settings.issuer).is_ok_and(|issuer| issuer.origin() == url.origin()));
        url.ok_or(IdentityError::Refused("it names an address that is not its own"))
    }
}

impl Key {
    fn has_signed(&self, alg: &str, message: &[u8], signature: &[u8]) -> bool {
        match (&self.kind, alg) {
            (KeyKind::Rsa { n, e }, "RS256") => {
                let (Ok(n), Ok(e)) = (decoded(n), decoded(e)) else { return false };
                let key = RsaPublicKeyComponents { n, e };
                key.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
            }
            (KeyKind::Ec { crv, x, y }, "ES256") if crv == "P-256" => {
                let (Ok(x), Ok(y)) = (decoded(x), decoded(y)) else { return false };
                let point = [&[4], x.as_slice(), &y].concat();
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok()
            }
            // Neither "none" nor a shared secret is ever a signature.
            _ => false,
        }
    }
}

/// What the claims say, when they are for us and of now.
fn identity(settings: &Oidc, claims: &Value, nonce: &str, now: i64) -> Result<Identity, IdentityError> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let texts = |name: &str| match claim(claims, name) {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let number = |name: &str| claims.get(name).and_then(Value::as_f64).map(f64::floor);
    #[expect(clippy::cast_precision_loss, reason = "no second of ours is beyond 2^53")]
    let (late, early) = ((now - SKEW) as f64, (now + SKEW) as f64);
    let audience = texts("aud");
    let wrong = if text("iss") != Some(&settings.issuer) {
        Some("the token is another issuer's")
    } else if !audience.contains(&settings.client_id) {
        Some("the token is for somebody else")
    } else if audience.len() > 1 && text("azp") != Some(&settings.client_id) {
        Some("the token is for several, and not asked for by us")
    } else if number("exp").is_none_or(|exp| exp <= late) {
        Some("the token is too old")
    } else if number("iat").is_some_and(|iat| iat > early) || number("nbf").is_some_and(|nbf| nbf > early) {
        Some("the token is from the future")
    } else if text("nonce") != Some(nonce) {
        Some("the token belongs to another login")
    } else if settings.acr.is_some() && text("acr") != settings.acr.as_deref() {
        Some("the provider is not as sure of them as oidc.acr asks")
    } else {
        None
    };
    if let Some(wrong) = wrong {
        return Err(IdentityError::Refused(wrong));
    }
    let sub = text("sub").filter(|sub| !sub.is_empty()).ok_or(IdentityError::Refused("the token names nobody"))?;
    let name = text(&settings.name_claim).ok_or(IdentityError::Refused("the token has no claim of oidc.name_claim"))?;
    let subject = format!("{} {sub}", settings.issuer);
    Ok(Identity { subject, name: name.to_owned(), groups: texts(&settings.roles_claim) })
}

/// A claim of that name, or where dots lead: Keycloak has its roles in `realm_access.roles`.
fn claim<'c>(claims: &'c Value, name: &str) -> Option<&'c Value> {
    claims.get(name).or_else(|| name.split('.').try_fold(claims, |claims, part| claims.get(part)))
}

/// RFC 6749, 2.3.1: both are encoded as in a form before they are put together.
fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn decoded(text: &str) -> Result<Vec<u8>, IdentityError> {
    BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| IdentityError::Refused("its token is not base64url"))
}

fn part<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, IdentityError> {
    serde_json::from_slice(&decoded(text)?).map_err(|_| IdentityError::Refused("its token is not JSON"))
}

/// A short answer of JSON. What went wrong is told without what was sent.
async fn read<T: serde::de::DeserializeOwned>(request: RequestBuilder) -> Result<T, IdentityError> {
    let down = |error: reqwest::Error| IdentityError::Down(error.without_url().to_string());
    let mut answer = request.send().await.map_err(down)?;
    if answer.status().is_client_error() {
        return Err(IdentityError::Refused("it knows no such code, or does not know us"));
    }
    if !answer.status().is_success() {
        return Err(IdentityError::Down(format!("it answers {}", answer.status())));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(down)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LARGEST {
            return Err(IdentityError::Refused("it says too much"));
        }
    }
    serde_json::from_slice(&bytes).map_err(|_| IdentityError::Refused("its answer is not what it should be"))
}

#[cfg(test)]
#[path = "identity_tests.rs"]
mod tests;
