//! Before a call reaches its handler: whose key it is, whether the key may do this, and how much it has left.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response};
use axum::middleware::Next;

use super::problem::{Kind, Problem};
use crate::actions::api_keys::{self, Allowance, MINUTE};
use crate::people::permission::Permission;
use crate::results::view::Scope;
use crate::store::api_keys::ApiKey;
use crate::store::audit::Who;
use crate::web::App;
use crate::web::client::{self, Origin};
use crate::web::upload::LARGEST_UPLOAD;

/// So many keys that are worth nothing, from one network in ten minutes, are told so. A key has 256 random bits: this is
/// about noise. Whoever has one that is good is never slowed down by it.
const GUESSES: i64 = 60;

/// Whose key it is, handed to the handlers.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The key, as the audit log names it.
    name: String,
    /// The address it came from.
    from: String,
    /// The key's row.
    key: ApiKey,
}

impl Caller {
    /// As the audit log knows whoever does something.
    #[must_use]
    pub fn who(&self) -> Who<'_> {
        Who { name: &self.name, from: &self.from }
    }

    /// Which rows of results the key is entitled to.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.key.scope
    }
}

/// Lets in keys that may, and says to every other why not.
pub async fn pass(app: &Arc<App>, needs: Permission, request: Request, next: Next) -> Response<Body> {
    let (head, body) = request.into_parts();
    let from = client::address(app.settings.trusted_proxy_header.as_deref(), &head.extensions, &head.headers);
    let caller = match caller(app, &head.headers, Origin(from)).await {
        Ok(caller) => caller,
        Err(problem) => return problem.reply(),
    };
    let allowance = match api_keys::spend(&app.db, &app.ports, &caller.key, app.settings.api_per_minute).await {
        Ok(allowance) => allowance,
        Err(error) => return Problem::fault(&error).reply(),
    };
    let mut response = match admit(&caller, needs, allowance, body).await {
        Ok(bytes) => {
            let mut request = Request::from_parts(head, Body::from(bytes));
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(problem) => problem.reply(),
    };
    say(allowance, app.settings.api_per_minute, response.headers_mut());
    response
}

/// Whose key stands in `Authorization`.
async fn caller(app: &App, headers: &HeaderMap, from: Origin) -> Result<Caller, Problem> {
    let text = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(text) = text else {
        return Err(Problem::new(Kind::Unauthorized, "send a key: Authorization: Bearer mvk_…"));
    };
    let bearer = text.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let found = match bearer {
        Some((_, key)) => api_keys::find(&app.db, &app.ports, key.trim()).await?,
        None => None,
    };
    if let Some(key) = found {
        return Ok(Caller { name: format!("key {}", key.name), from: from.text(), key });
    }
    let worthless = "this key is worth nothing: it was revoked, its time is over, or it never was one";
    match app.guesses.attempt("api key", Some(from.0), GUESSES).await? {
        None => Err(Problem::new(Kind::Unauthorized, worthless)),
        Some(seconds) => Err(Problem::new(Kind::TooMany, worthless).after(seconds)),
    }
}

async fn admit(caller: &Caller, needs: Permission, allowance: Allowance, body: Body) -> Result<Bytes, Problem> {
    if allowance.left.is_none() {
        let detail = "this key has made all requests of this minute";
        return Err(Problem::new(Kind::TooMany, detail).after(allowance.renewed_in));
    }
    if !caller.key.may.contains(&needs) {
        return Err(Problem::new(Kind::Forbidden, format!("this needs a key with the permission {needs}")));
    }
    let large = format!("no call takes more than {LARGEST_UPLOAD} bytes");
    to_bytes(body, LARGEST_UPLOAD).await.map_err(|_| Problem::new(Kind::TooLarge, large))
}

/// How much the key has left (draft-ietf-httpapi-ratelimit-headers).
fn say(allowance: Allowance, per_minute: u32, headers: &mut HeaderMap) {
    let left = allowance.left.unwrap_or(0);
    let texts = [
        ("ratelimit-policy", format!("\"key\";q={per_minute};w={MINUTE}")),
        ("ratelimit", format!("\"key\";r={left};t={}", allowance.renewed_in)),
    ];
    for (name, text) in texts {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}
