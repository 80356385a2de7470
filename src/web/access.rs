//! Who may do what. Every route is added through [`Doors`], with the word that says who may use it, so that no route can be
//! without one; `guard` holds that word before the handler sees anything. What an account sees behind an open door is a
//! matter of its [`Scope`].

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts as _, RawPathParams, Request, State};
use axum::handler::Handler;
use axum::http::header::{CONTENT_DISPOSITION, COOKIE, HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::{MethodFilter, on};
use jiff::SignedDuration;

use super::api::operation::Operation;
use super::client::Origin;
use super::pages::hr::Failure;
use super::upload::{LARGEST_UPLOAD, Posted, is_upload};
use super::{App, LARGEST_POST, api, bare, client, hr};
use crate::actions::audit;
use crate::actions::login::{IDLE, hashed};
use crate::config::Environment;
use crate::people::permission::Permission;
use crate::people::role::Role;
use crate::results::view::Scope;
use crate::store::accounts::Account;
use crate::store::audit::{Action, Who};
use crate::store::sessions::{self, Running};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Whoever comes.
    Anybody,
    /// Whoever holds the secret in the address: the handler looks at it.
    Holder,
    /// Whoever is logged in.
    Account,
    /// Accounts of these roles.
    Roles(&'static [Role]),
    /// Programs whose key has this permission; no cookie is looked at.
    Key(Permission),
}

/// Launches, moderates, publishes.
pub const HR: May = May::Roles(&[Role::Hr]);
/// Sees results, each its own. Every look through such a door is written down.
pub const READERS: May = May::Roles(&Role::READERS);
/// Reads who did what.
pub const AUDITORS: May = May::Roles(&[Role::Auditor]);

/// A route and who may use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `GET` stands for `HEAD` too.
    pub method: Method,
    /// As the router has it.
    pub path: &'static str,
    /// Whom it lets in.
    pub may: May,
}

/// The routes, each with its rule.
pub struct Doors {
    app: Arc<App>,
    router: Router<Arc<App>>,
    rules: Vec<Rule>,
    operations: Vec<Operation>,
}

impl Doors {
    /// None yet.
    #[must_use]
    pub fn new(app: &Arc<App>) -> Self {
        Self { app: Arc::clone(app), router: Router::new(), rules: Vec::new(), operations: Vec::new() }
    }

    /// What looks and changes nothing.
    #[must_use]
    pub fn get<H: Handler<T, Arc<App>>, T: 'static>(self, path: &'static str, may: May, handler: H) -> Self {
        self.on(MethodFilter::GET, Rule { method: Method::GET, path, may }, handler)
    }

    /// What changes something. Of an account it takes forms alone, with the session's token in them.
    #[must_use]
    pub fn post<H: Handler<T, Arc<App>>, T: 'static>(self, path: &'static str, may: May, handler: H) -> Self {
        self.on(MethodFilter::POST, Rule { method: Method::POST, path, may }, handler)
    }

    pub(super) fn on<H: Handler<T, Arc<App>>, T: 'static>(
        mut self,
        filter: MethodFilter,
        rule: Rule,
        handler: H,
    ) -> Self {
        let guard = from_fn_with_state((Arc::clone(&self.app), rule.may), guard);
        let route = on(filter, handler).route_layer(guard);
        self.router = self.router.route(rule.path, route);
        self.rules.push(rule);
        self
    }

    /// The API's document speaks of this route.
    #[must_use]
    pub(super) fn described(mut self, operation: Operation) -> Self {
        self.operations.push(operation);
        self
    }

    /// What the API's document speaks of.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// These and those.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.router = self.router.merge(others.router);
        self.rules.extend(others.rules);
        self.operations.extend(others.operations);
        self
    }

    /// The same routes with something around them.
    #[must_use]
    pub fn within(mut self, around: impl FnOnce(Router<Arc<App>>) -> Router<Arc<App>>) -> Self {
        self.router = around(self.router);
        self
    }

    /// For the server.
    pub fn into_router(self) -> Router<Arc<App>> {
        self.router
    }

    /// For whoever asks who may what.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

/// Who is logged in, handed to the handlers of the accounts' pages.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The account's name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// What every form of this session must carry.
    pub csrf: String,
    /// The account's id.
    pub account: String,
    /// The session's id.
    pub session: String,
    /// The account needs a second factor before it may do anything else: whoever can launch, moderate or audit with a
    /// password alone loses all of it with that password.
    pub lacks_factor: bool,
    scope: Scope,
    from: String,
}

impl Visitor {
    fn new(Running { account, csrf, .. }: Running, session: String, from: String) -> Self {
        let Account { id, name, role, scope, password_hash, totp, .. } = account;
        let lacks_factor = role.is_everywhere() && password_hash.is_some() && totp.is_none();
        Self { name, role, csrf, account: id, session, lacks_factor, scope, from }
    }

    /// As the audit log knows whoever does something.
    #[must_use]
    pub fn who(&self) -> Who<'_> {
        Who { name: &self.name, from: &self.from }
    }

    /// Which rows of results the account is entitled to.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope.clone()
    }
}

/// Lets in whom the rule names, sends strangers to the login, and refuses every change of an account that does not come
/// from a page of ours.
async fn guard(State((app, may)): State<(Arc<App>, May)>, request: Request, next: Next) -> Response<Body> {
    let roles: &[Role] = match may {
        May::Anybody | May::Holder => return next.run(request).await,
        May::Account => &Role::ALL,
        May::Roles(roles) => roles,
        May::Key(permission) => return api::gate::pass(&app, permission, request, next).await,
    };
    let (mut head, mut body) = request.into_parts();
    let visitor = match visitor(&app, &head.headers, &head.extensions).await {
        Ok(Some(visitor)) => visitor,
        Ok(None) => return hr::see_other(&login_address(&head.uri)),
        Err(error) => return hr::fault(&app, &head.headers, &error),
    };
    if !roles.contains(&visitor.role) {
        return hr::failure(&app, &head.headers, Some(&visitor), Failure::Forbidden, None);
    }
    let real = app.settings.environment == Environment::Production;
    if real && visitor.lacks_factor && !["/account", "/account/factor", "/logout"].contains(&head.uri.path()) {
        return hr::see_other("/account");
    }
    if !head.method.is_safe() {
        let largest = if is_upload(&head.headers) { LARGEST_UPLOAD } else { LARGEST_POST };
        let Ok(bytes) = to_bytes(body, largest).await else { return bare(StatusCode::PAYLOAD_TOO_LARGE) };
        let posted = Posted::read(&head.headers, bytes.clone()).await;
        if is_foreign(&head.headers) || posted.text("csrf") != visitor.csrf {
            return hr::failure(&app, &head.headers, Some(&visitor), Failure::Expired, None);
        }
        body = Body::from(bytes);
    }
    head.extensions.insert(visitor.clone());
    if !head.method.is_safe() {
        return next.run(Request::from_parts(head, body)).await;
    }
    let look = Look::of(&mut head, may).await;
    let response = next.run(Request::from_parts(head, body)).await;
    let Some(action) = look.at(&response) else { return response };
    let Look { campaign, path, .. } = look;
    match audit::log(&app.db, &app.ports, visitor.who(), action, campaign.as_deref(), &path).await {
        Ok(()) => response,
        Err(error) => hr::fault(&app, &HeaderMap::new(), &error),
    }
}

/// A look at something: what shows results is written down, and whatever leaves as a file. What cannot be written down is not
/// shown.
struct Look {
    results: bool,
    campaign: Option<String>,
    path: String,
}

impl Look {
    async fn of(head: &mut Parts, may: May) -> Self {
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        let path = path.chars().take(LONGEST_PATH).collect();
        let parameters = RawPathParams::from_request_parts(head, &()).await.ok();
        let campaign = parameters.and_then(|all| {
            let id = all.iter().find(|(name, _)| ["campaign", "id"].contains(name));
            id.map(|(_, id)| id.chars().take(LONGEST_PATH).collect())
        });
        Self { results: may == READERS && campaign.is_some(), campaign, path }
    }

    /// What to write down of it.
    fn at(&self, shown: &Response<Body>) -> Option<Action> {
        match (shown.status().is_success(), shown.headers().contains_key(CONTENT_DISPOSITION)) {
            (true, true) => Some(Action::Exported),
            (true, false) if self.results => Some(Action::Viewed),
            _ => None,
        }
    }
}

/// More of an address is nobody's page.
const LONGEST_PATH: usize = 300;

/// Who the cookie belongs to.
///
/// # Errors
/// The database is out of reach.
pub async fn visitor(app: &App, headers: &HeaderMap, extensions: &Extensions) -> anyhow::Result<Option<Visitor>> {
    let Some(cookie) = cookie(headers, &session_cookie(app)) else { return Ok(None) };
    let (id, now) = (hashed(cookie), app.ports.clock.now());
    let Some(running) = sessions::find(&app.db, &id, now, IDLE).await? else { return Ok(None) };
    if now.duration_since(running.seen) >= NOTICED {
        let mut tx = app.db.begin().await?;
        sessions::seen(&mut tx, &id, now).await?;
        tx.commit().await?;
    }
    let from = client::address(app.settings.trusted_proxy_header.as_deref(), extensions, headers);
    Ok(Some(Visitor::new(running, id, Origin(from).text())))
}

/// A session's last request is written down as seldom as this: not each look costs a write.
const NOTICED: SignedDuration = SignedDuration::from_mins(5);

/// Over https the browser itself refuses a session cookie that another site has set.
#[must_use]
pub fn session_cookie(app: &App) -> String {
    cookie_name(app, "session")
}

/// The name of one of our cookies.
#[must_use]
pub fn cookie_name(app: &App, name: &str) -> String {
    let prefix = if app.settings.public_url.is_https() { "__Host-" } else { "" };
    format!("{prefix}medvirk-{name}")
}

/// The value of a cookie.
#[must_use]
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    all.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The browser says that another site has made this request.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let Some(origin) = text(ORIGIN).filter(|origin| *origin != "null") else { return false };
    origin.split_once("://").map(|(_, host)| host) != text(HOST)
}

/// Back to where somebody was going, by path and query alone.
fn login_address(uri: &Uri) -> String {
    let wanted = uri.path_and_query().map_or("/", |wanted| wanted.as_str());
    let wanted: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
    format!("/login?next={wanted}")
}
