//! The demo's phones. Without a phone simulator there is no such page.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{Extensions, HeaderMap, Response, StatusCode};
use serde::Deserialize;

use super::pages::hr::{Failure, Section, Shell};
use super::pages::simulator::{Phone, PhoneMessage, PhoneState, SimulatorPage};
use super::{App, access, hr, reply};
use crate::simulate::phones::{PhoneList, Simulator, book};

/// Phones on one page.
const AT_ONCE: usize = 20;

/// What is searched for, and which page of it.
#[derive(Debug, Default, Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
    page: Option<String>,
}

/// `GET /simulator`
pub async fn show(
    State(app): State<Arc<App>>,
    Query(search): Query<Search>,
    extensions: Extensions,
    headers: HeaderMap,
) -> Response<Body> {
    let visitor = access::visitor(&app, &headers, &extensions).await.unwrap_or_default();
    let Some(simulator) = &app.phones else {
        return hr::failure(&app, &headers, visitor.as_ref(), Failure::NotFound, None);
    };
    let page = page(simulator, &search, hr::shell(&app, visitor.as_ref(), Section::Phones));
    match app.pages.render(&page, hr::language(&headers)) {
        Ok(page) => reply::html(StatusCode::OK, page, &headers),
        Err(error) => hr::fault(&app, &headers, &error),
    }
}

fn page(simulator: &Simulator, search: &Search, shell: Shell) -> SimulatorPage {
    let query = search.q.trim();
    let wanted = search.page.as_deref().and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).max(1);
    let PhoneList { total, phones } = simulator.phones(query, (wanted - 1).saturating_mul(AT_ONCE), AT_ONCE);
    let pages = total.div_ceil(AT_ONCE).max(1);
    let page = wanted.min(pages) as u64;
    SimulatorPage {
        shell,
        query: query.to_owned(),
        total: total as u64,
        page,
        pages: pages as u64,
        previous: (page > 1).then(|| page - 1),
        next: (page < pages as u64).then(|| page + 1),
        phones: phones.into_iter().map(|(number, messages)| phone(number.as_str(), messages)).collect(),
    }
}

fn phone(number: &str, messages: Vec<book::PhoneMessage>) -> Phone {
    Phone { number: spelled(number), messages: messages.into_iter().map(message).collect() }
}

/// `+47 400 00 000`, as Norwegian mobiles are written.
fn spelled(number: &str) -> String {
    match number.strip_prefix("+47").map(|national| (national.get(..3), national.get(3..5), national.get(5..))) {
        Some((Some(first), Some(second), Some(third))) => format!("+47 {first} {second} {third}"),
        _ => number.to_owned(),
    }
}

fn message(message: book::PhoneMessage) -> PhoneMessage {
    let link = book::link(&message.text).map(str::to_owned);
    let (before, after) = match &link {
        Some(link) => message.text.split_once(link.as_str()).unwrap_or((&message.text, "")),
        None => (message.text.as_str(), ""),
    };
    PhoneMessage {
        before: before.to_owned(),
        after: after.to_owned(),
        link,
        at: message.at.to_zoned(super::norwegian_time()),
        sender: message.from,
        state: match message.state {
            book::PhoneState::Accepted => PhoneState::Accepted,
            book::PhoneState::Delivered => PhoneState::Delivered,
            book::PhoneState::Undelivered => PhoneState::Undelivered,
        },
    }
}
