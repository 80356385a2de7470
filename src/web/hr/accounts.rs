//! The accounts of others: made, changed, let in again, removed.

use std::collections::HashSet;

use axum::body::Body;
use axum::extract::{Form, Path, Query};
use axum::http::{Response, StatusCode};
use serde::Deserialize;

use super::{Desk, Failure, field, see_other};
use crate::actions::accounts::by_hr::{Hr, hands};
use crate::actions::accounts::{AccountError, Wish, named};
use crate::people::phone::Phone;
use crate::people::role::Role;
use crate::respond::post::Fields;
use crate::results::view::Scope;
use crate::store::accounts::listed::{self, Listed};
use crate::store::people::{self, OrgUnit};
use crate::web::norwegian_time;
use crate::web::pages::accounts::{
    AccountForm, AccountLine, AccountsPage, Entry, Fault, MadeLink, OneAccountPage, PlaceChoice, word,
};
use crate::web::pages::hr::Section;

/// What HR gives: every role but the one that controls HR.
const GIVEN: [Role; 5] = Role::READERS;

/// Where a page comes back from a change.
#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    changed: bool,
}

/// `GET /accounts`
pub async fn list(desk: Desk) -> Response<Body> {
    desk.render(accounts(&desk, Typed::default()).await)
}

/// `POST /accounts`: the answer is the only place where the link ever stands.
pub async fn add(desk: Desk, Form(fields): Form<Fields>) -> Response<Body> {
    let typed = Typed::read(&fields);
    let name = typed.name.clone();
    match typed.wish() {
        Err(fault) => desk.render_as(UNFIT, accounts(&desk, Typed { fault: Some(fault), ..typed }).await),
        Ok(wish) => match hr(&desk).add(wish).await {
            Ok(token) => {
                let made = Some(MadeLink { name, link: welcome(&desk, &token) });
                desk.render(accounts(&desk, Typed::default()).await.map(|page| AccountsPage { made, ..page }))
            }
            Err(error) => match fault(error) {
                Ok(fault) => desk.render_as(UNFIT, accounts(&desk, Typed { fault: Some(fault), ..typed }).await),
                Err(error) => desk.fault(&error),
            },
        },
    }
}

/// `GET /accounts/{account}`
pub async fn show(desk: Desk, Path(id): Path<String>, Query(after): Query<After>) -> Response<Body> {
    answer(
        &desk,
        StatusCode::OK,
        one(&desk, &id, None).await.map(|page| page.map(|page| OneAccountPage { changed: after.changed, ..page })),
    )
}

/// `POST /accounts/{account}`
pub async fn change(desk: Desk, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response<Body> {
    let typed = Typed::read(&fields);
    let done = match typed.wish() {
        Ok(wish) => hr(&desk).change(&id, wish).await.map_err(fault),
        Err(fault) => Err(Ok(fault)),
    };
    match done {
        Ok(()) => see_other(&format!("/accounts/{id}?changed=true")),
        Err(Ok(fault)) => answer(&desk, UNFIT, one(&desk, &id, Some(Typed { fault: Some(fault), ..typed })).await),
        Err(Err(error)) => desk.fault(&error),
    }
}

/// `POST /accounts/{account}/link`: the answer is the only place where the link ever stands.
pub async fn link(desk: Desk, Path(id): Path<String>) -> Response<Body> {
    match hr(&desk).link(&id).await {
        Ok(token) => {
            let link = welcome(&desk, &token);
            let made = |page: OneAccountPage| OneAccountPage {
                made: Some(MadeLink { name: page.account.name.clone(), link }),
                ..page
            };
            answer(&desk, StatusCode::OK, one(&desk, &id, None).await.map(|page| page.map(made)))
        }
        Err(error) => refuse(&desk, &id, error).await,
    }
}

/// `POST /accounts/{account}/forget-factor`
pub async fn forget_factor(desk: Desk, Path(id): Path<String>) -> Response<Body> {
    match hr(&desk).forget_factor(&id).await {
        Ok(()) => see_other(&format!("/accounts/{id}?changed=true")),
        Err(error) => refuse(&desk, &id, error).await,
    }
}

/// `POST /accounts/{account}/remove`: one that is gone already is gone.
pub async fn remove(desk: Desk, Path(id): Path<String>) -> Response<Body> {
    match hr(&desk).remove(&id).await {
        Ok(()) | Err(AccountError::Gone) => see_other("/accounts"),
        Err(error) => refuse(&desk, &id, error).await,
    }
}

const UNFIT: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn hr(desk: &Desk) -> Hr<'_> {
    Hr { db: &desk.app.db, ports: &desk.app.ports, own: &desk.visitor.account, who: desk.visitor.who() }
}

fn welcome(desk: &Desk, token: &str) -> String {
    format!("{}/welcome/{token}", desk.app.settings.public_url.as_str())
}

/// The page of an account, or that there is none.
fn answer(desk: &Desk, status: StatusCode, page: anyhow::Result<Option<OneAccountPage>>) -> Response<Body> {
    match page.transpose() {
        Some(page) => desk.render_as(status, page),
        None => desk.refuse(Failure::NotFound, None),
    }
}

/// The page of an account with why a button did nothing.
async fn refuse(desk: &Desk, id: &str, error: AccountError) -> Response<Body> {
    match fault(error) {
        Ok(fault) => {
            let page = one(desk, id, None).await;
            let refused = |page| OneAccountPage { refused: Some(fault), ..page };
            answer(desk, StatusCode::CONFLICT, page.map(|page| page.map(refused)))
        }
        Err(error) => desk.fault(&error),
    }
}

/// At which field it is wrong, and why; or a fault of ours.
fn fault(error: AccountError) -> anyhow::Result<Fault> {
    let (field, why) = match error {
        AccountError::Name => ("name", "name"),
        AccountError::Taken => ("name", "taken"),
        AccountError::NoPlace(_) => ("places", "no_place"),
        AccountError::NoScope(_) => ("places", "no_places"),
        AccountError::Scope(_) => ("places", "places"),
        AccountError::Auditor => ("role", "auditor"),
        AccountError::Own => ("", "own"),
        AccountError::Elsewhere => ("", "elsewhere"),
        AccountError::LastHr => ("", "last_hr"),
        AccountError::Gone => ("", "gone"),
        error @ (AccountError::Weak(_) | AccountError::Link) => return Err(error.into()),
        AccountError::Store(error) => return Err(error),
    };
    Ok(Fault { field, why })
}

/// A form as it was typed.
#[derive(Clone)]
struct Typed {
    name: String,
    role: Result<Role, Fault>,
    whole: bool,
    places: Vec<String>,
    phone: String,
    fault: Option<Fault>,
}

impl Default for Typed {
    /// What is offered for a new account: the role that may least.
    fn default() -> Self {
        let (name, phone) = (String::new(), String::new());
        Self { name, role: Ok(Role::Viewer), whole: false, places: Vec::new(), phone, fault: None }
    }
}

impl From<&Listed> for Typed {
    fn from(Listed { account, .. }: &Listed) -> Self {
        let places = if let Scope::Places(places) = &account.scope { places.clone() } else { Vec::new() };
        let phone = account.phone.as_ref().map_or_else(String::new, |phone| phone.as_str().to_owned());
        let whole = account.scope == Scope::Whole;
        Self { name: account.name.clone(), role: Ok(account.role), whole, places, phone, fault: None }
    }
}

impl Typed {
    fn read(fields: &Fields) -> Self {
        let role = field(fields, "role").parse().map_err(|_| Fault { field: "role", why: "role" });
        let places = fields.iter().filter(|(name, _)| name == "place").map(|(_, id)| id.clone()).collect();
        Self {
            name: field(fields, "name").trim().to_owned(),
            role,
            whole: field(fields, "scope") == "whole",
            places,
            phone: field(fields, "phone").trim().to_owned(),
            fault: None,
        }
    }

    fn wish(&self) -> Result<Wish, Fault> {
        let role = self.role?;
        let phone = match self.phone.as_str() {
            "" => None,
            typed => Some(Phone::parse(typed).map_err(|_| Fault { field: "phone", why: "phone" })?),
        };
        // HR sees everything whatever is chosen; places that are ticked below "the whole" say nothing.
        let areas = if self.whole || role.is_everywhere() { Vec::new() } else { self.places.clone() };
        Ok(Wish { name: self.name.clone(), role, areas, whole: self.whole, phone })
    }

    fn form(self, tree: &[OrgUnit], action: String, new: bool) -> AccountForm {
        let chosen = self.places.iter().map(String::as_str).collect();
        AccountForm {
            action,
            new,
            places: choices(tree, None, &chosen),
            name: self.name,
            role: self.role.unwrap_or(Role::Viewer),
            roles: GIVEN.into(),
            whole: self.whole,
            phone: self.phone,
            fault: self.fault.unwrap_or_default(),
        }
    }
}

/// The places below `parent`, with what is chosen among them.
fn choices(tree: &[OrgUnit], parent: Option<&str>, chosen: &HashSet<&str>) -> Vec<PlaceChoice> {
    let below = tree.iter().filter(|unit| unit.parent_id.as_deref() == parent);
    let choice = |unit: &OrgUnit| {
        let below = choices(tree, Some(&unit.id), chosen);
        PlaceChoice {
            chosen: chosen.contains(unit.id.as_str()),
            open: below.iter().any(|place| place.chosen || place.open),
            id: unit.id.clone(),
            name: unit.name.clone(),
            below,
        }
    };
    below.map(choice).collect()
}

fn line(tree: &[OrgUnit], own: &str, listed: &Listed, now: jiff::Timestamp) -> AccountLine {
    let account = &listed.account;
    let entry = match account {
        _ if listed.by_register => Entry::Code,
        account if account.subject.is_some() => Entry::Work,
        account if account.password_hash.is_some() => Entry::Password,
        account if account.phone.is_some() && !account.role.is_everywhere() => Entry::Code,
        _ => Entry::None,
    };
    let places = if let Scope::Places(places) = &account.scope { named(tree, places) } else { Vec::new() };
    AccountLine {
        id: account.id.clone(),
        name: account.name.clone(),
        role: account.role,
        whole: account.scope == Scope::Whole,
        places,
        entry,
        link_until: listed.link_until.filter(|until| *until > now).map(|until| until.to_zoned(norwegian_time())),
        factor: account.totp.is_some(),
        last: listed.last_login.map(|at| at.to_zoned(norwegian_time())),
        own: account.id == own,
    }
}

async fn load(desk: &Desk) -> anyhow::Result<(Vec<Listed>, Vec<OrgUnit>)> {
    let mut connection = desk.app.db.read().acquire().await?;
    let tree = people::tree(&mut connection).await?;
    drop(connection);
    Ok((listed::all(&desk.app.db).await?, tree))
}

async fn accounts(desk: &Desk, typed: Typed) -> anyhow::Result<AccountsPage> {
    let (all, tree) = load(desk).await?;
    let now = desk.app.ports.clock.now();
    let (registered, made): (Vec<Listed>, Vec<Listed>) = all.into_iter().partition(|listed| listed.by_register);
    let lines = |all: Vec<Listed>| all.iter().map(|listed| line(&tree, &desk.visitor.account, listed, now)).collect();
    Ok(AccountsPage {
        shell: desk.shell(Section::Accounts),
        accounts: lines(made),
        registered: lines(registered),
        made: None,
        form: typed.form(&tree, "/accounts".to_owned(), true),
    })
}

async fn one(desk: &Desk, id: &str, typed: Option<Typed>) -> anyhow::Result<Option<OneAccountPage>> {
    let (all, tree) = load(desk).await?;
    let Some(found) = all.into_iter().find(|listed| listed.account.id == id) else { return Ok(None) };
    let own = &desk.visitor.account;
    let typed = typed.unwrap_or_else(|| Typed::from(&found));
    let refused = typed.fault.filter(|fault| fault.field.is_empty());
    Ok(Some(OneAccountPage {
        shell: desk.shell(Section::Accounts),
        account: line(&tree, own, &found, desk.app.ports.clock.now()),
        hands: word(hands(own, &found)),
        made: None,
        changed: false,
        refused,
        form: typed.form(&tree, format!("/accounts/{id}"), false),
    }))
}
