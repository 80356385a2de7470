//! One campaign with its messages in a database of its own, a dispatcher stepped by hand, and a door for reports.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::routing::any;
use jiff::{SignedDuration, Timestamp};
use medvirk::actions::surveys::Surveys;
use medvirk::config::{self, PublicUrl, Secret};
use medvirk::delivery::dispatch::{Dispatcher, LinkOf, Step, Terms};
use medvirk::delivery::gateways::kannel::Kannel;
use medvirk::delivery::gateways::simulator::Simulator;
use medvirk::delivery::gateways::{Callback, Gateway, ReportRequest, client};
use medvirk::delivery::receipts::{Receipts, ReceiveError};
use medvirk::message::text;
use medvirk::people::phone::Phone;
use medvirk::ports::{Chance, Clock, Ports};
use medvirk::store::Db;
use medvirk::store::campaigns;
use medvirk::store::invitations::{self, NewInvitation};
use medvirk::store::messages::{self, Inserter, NewMessage, Tally};
use tokio::net::TcpListener;

use crate::support::postgres;

/// What is in every message's place of the link.
pub(crate) const LINK: &str = "https://svar.example.no/s/abcdefghjkmnpqrstuvwxyz234";
/// Longer than a provider on loopback takes, shorter than a tester's patience.
pub(crate) const PATIENCE: Duration = Duration::from_secs(4);

/// Messages leave from 08:00 to 20:00, Monday to Saturday, and as fast as the gateway bears.
const SURVEY: &str = include_str!("survey.yaml");

/// Where a story takes place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum On {
    Sqlite,
    Postgres,
}

/// Makes two tests of each story. `./test` starts a PostgreSQL; without one only SQLite's are told.
macro_rules! on_both_databases {
    ($($story:ident,)*) => {
        mod sqlite {
            $(#[tokio::test] async fn $story() { super::$story(crate::world::On::Sqlite).await; })*
        }
        mod postgres {
            $(#[tokio::test] async fn $story() {
                if std::env::var_os("MEDVIRK_TEST_POSTGRES").is_some() {
                    super::$story(crate::world::On::Postgres).await;
                }
            })*
        }
    };
}
pub(crate) use on_both_databases;

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) dispatcher: Arc<Dispatcher>,
    gateway: Arc<Gateway>,
    _database: Database,
}

/// Ends with the world.
enum Database {
    Sqlite(tempfile::TempDir),
    Postgres(postgres::Database),
}

impl Database {
    async fn create(on: On) -> Self {
        match on {
            On::Sqlite => Self::Sqlite(tempfile::tempdir().unwrap()),
            On::Postgres => Self::Postgres(postgres::Database::create().await),
        }
    }

    fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite://{}", folder.path().join("test.db").display()),
            Self::Postgres(database) => database.url(),
        }
    }
}

/// A campaign to send.
pub(crate) struct Plan {
    pub(crate) demo: bool,
    pub(crate) parts_per_second: Option<u32>,
    /// Number and body of each message.
    pub(crate) messages: Vec<(String, String)>,
    /// Not before; at once when nothing is said.
    pub(crate) due: Option<Timestamp>,
}

impl Plan {
    /// `count` short messages in a real campaign, without a throttle.
    pub(crate) fn of(count: usize) -> Self {
        let message = |number| (format!("+47900{number:05}"), "Svar her: {link}".to_owned());
        Self { demo: false, parts_per_second: None, messages: (0..count).map(message).collect(), due: None }
    }

    pub(crate) fn texts(texts: &[&str]) -> Self {
        let mut plan = Self::of(texts.len());
        plan.messages.iter_mut().zip(texts).for_each(|((_, body), text)| (*text).clone_into(body));
        plan
    }
}

/// The phones of the simulator at `provider`, calling back at `door`.
pub(crate) fn simulator(provider: &str, door: &str) -> Gateway {
    let http = client(PATIENCE).unwrap();
    Gateway::Simulator(Simulator::new(http, &url(provider), callback("simulator", door)))
}

/// A Kannel at `url`, calling back at `door`.
pub(crate) fn kannel(url: String, username: &str, password: &str, door: &str) -> Gateway {
    let password = Secret::new(password.to_owned());
    let settings = config::Account { url, username: username.to_owned(), password };
    Gateway::Kannel(Kannel::new(client(PATIENCE).unwrap(), settings, callback("kannel", door)))
}

fn callback(gateway: &str, door: &str) -> Callback {
    Callback::new(&url(door), gateway, &Secret::new("a callback secret".to_owned()))
}

fn url(text: &str) -> PublicUrl {
    PublicUrl::parse(text).unwrap()
}

impl World {
    /// Another campaign beside the first, with so many messages.
    pub(crate) async fn beside(&self, campaign: &str, count: usize) {
        write(&self.db, campaign, &Plan::of(count), self.clock.now()).await;
    }

    /// A campaign in state sending, all its messages due now.
    pub(crate) async fn new(on: On, gateway: Gateway, plan: Plan) -> Self {
        let database = Database::create(on).await;
        let db = Db::open(&database.url()).await.unwrap();
        db.migrate().await.unwrap();
        let clock = Clock::manual("2026-06-10T09:00:00Z".parse().unwrap());
        write(&db, "c", &plan, clock.now()).await;
        let gateway = Arc::new(gateway);
        let dispatcher = Self::dispatcher(&db, &clock, &gateway, "node", plan.parts_per_second, awake());
        Self { db, clock, dispatcher, gateway, _database: database }
    }

    fn dispatcher(
        db: &Db,
        clock: &Clock,
        gateway: &Arc<Gateway>,
        node: &str,
        parts_per_second: Option<u32>,
        link_of: LinkOf,
    ) -> Arc<Dispatcher> {
        let ports = Ports { clock: clock.clone(), chance: Chance::System };
        let gateway = Arc::clone(gateway);
        let terms = Terms { parts_per_second, by_survey: true };
        let surveys = Arc::new(Surveys::default());
        Arc::new(Dispatcher::new(db.clone(), ports, gateway, surveys, terms, node.to_owned(), link_of))
    }

    /// The same machine after a restart.
    pub(crate) fn restarted(&self) -> Arc<Dispatcher> {
        Self::dispatcher(&self.db, &self.clock, &self.gateway, "node", None, awake())
    }

    /// A machine that is put to sleep between the commit and the first byte: when it goes on, the clock has moved.
    pub(crate) fn sleepy(&self) -> Arc<Dispatcher> {
        let clock = self.clock.clone();
        let sleeps = Box::new(move |_: &str, _: &str| {
            clock.advance(SignedDuration::from_secs(121));
            LINK.to_owned()
        });
        Self::dispatcher(&self.db, &self.clock, &self.gateway, "sleepy", None, sleeps)
    }

    /// A second machine on the same database.
    pub(crate) fn neighbour(&self, parts_per_second: Option<u32>) -> Arc<Dispatcher> {
        Self::dispatcher(&self.db, &self.clock, &self.gateway, "neighbour", parts_per_second, awake())
    }

    pub(crate) fn receipts(&self) -> Receipts {
        Receipts::start(&self.db, self.clock.clone(), Arc::clone(&self.gateway))
    }

    pub(crate) async fn step(&self) -> Step {
        self.dispatcher.step().await.unwrap()
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    pub(crate) async fn tally(&self) -> Tally {
        messages::tally(self.db.read(), "c").await.unwrap()
    }

    /// One text per message, in order: state, attempts, reason.
    pub(crate) async fn states(&self) -> Vec<String> {
        let sql = "SELECT state, attempts, COALESCE(reason, '') FROM messages ORDER BY id";
        let rows: Vec<(String, i64, String)> = sqlx::query_as(sql).fetch_all(self.db.read()).await.unwrap();
        rows.into_iter().map(|(state, attempts, reason)| format!("{state} {attempts} {reason}").trim().into()).collect()
    }

    pub(crate) async fn state_of(&self, message: &str) -> String {
        let state = sqlx::query_scalar("SELECT state FROM messages WHERE id = $1").bind(message);
        state.fetch_one(self.db.read()).await.unwrap()
    }

    /// Where each message of a campaign stands, by its id.
    pub(crate) async fn states_of(&self, campaign: &str) -> BTreeMap<String, String> {
        let all = sqlx::query_as("SELECT id, state FROM messages WHERE campaign_id = $1").bind(campaign);
        all.fetch_all(self.db.read()).await.unwrap().into_iter().collect()
    }

    /// The same for every campaign.
    pub(crate) async fn all_states(&self) -> BTreeMap<String, String> {
        let all = sqlx::query_as("SELECT id, state FROM messages").fetch_all(self.db.read()).await;
        all.unwrap().into_iter().collect()
    }

    /// Why nothing leaves.
    pub(crate) async fn paused(&self) -> Option<String> {
        sqlx::query_scalar("SELECT paused_reason FROM campaigns").fetch_one(self.db.read()).await.unwrap()
    }

    pub(crate) async fn resume(&self) {
        let mut tx = self.db.begin().await.unwrap();
        assert!(campaigns::resume(&mut tx, "c").await.unwrap());
        tx.commit().await.unwrap();
    }

    pub(crate) async fn campaign(&self) -> String {
        sqlx::query_scalar("SELECT state FROM campaigns").fetch_one(self.db.read()).await.unwrap()
    }

    pub(crate) async fn execute(&self, sql: &'static str) {
        let mut tx = self.db.begin().await.unwrap();
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn awake() -> LinkOf {
    Box::new(|_: &str, _: &str| LINK.to_owned())
}

async fn write(db: &Db, campaign: &str, plan: &Plan, now: Timestamp) {
    let mut tx = db.begin().await.unwrap();
    let insert = "INSERT INTO campaigns (id, name, definition, state, demo, created_at) \
                  VALUES ($3, 'c', $2, 'sending', $1, 0)";
    sqlx::query(insert).bind(i64::from(plan.demo)).bind(SURVEY).bind(campaign).execute(&mut *tx).await.unwrap();
    let invited: Vec<_> = (0..plan.messages.len()).map(|number| invitation(campaign, number)).collect();
    invitations::insert_all(&mut tx, &invited).await.unwrap();
    let mut inserter = Inserter::new();
    for ((phone, body), invitation) in plan.messages.iter().zip(&invited) {
        let new = NewMessage {
            id: &format!("m{}", invitation.id),
            campaign_id: campaign,
            invitation_id: &invitation.id,
            round: 0,
            copy: 0,
            phone: &Phone::from_stored(phone.clone()),
            sender: "EksKommune",
            body,
            segments: text::segments(body, LINK),
            due: plan.due.unwrap_or(now),
            now,
        };
        inserter.add(&mut tx, &new).await.unwrap();
    }
    inserter.finish(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

fn invitation(campaign: &str, number: usize) -> NewInvitation {
    let other = if campaign == "c" { "" } else { campaign };
    NewInvitation {
        id: format!("{number:05}{other}"),
        campaign_id: campaign.to_owned(),
        employee_id: format!("e{number}"),
        token_hash: format!("h{number}{other}"),
        area_id: (!number.is_multiple_of(3)).then(|| format!("area{}", number % 3)),
        unit_id: None,
        attributes: "{}".to_owned(),
        language: None,
    }
}

/// A place on loopback for the callbacks, open before the world is: a gateway must know it.
pub(crate) struct Door {
    pub(crate) url: String,
    listener: TcpListener,
}

impl Door {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self { url: format!("http://{}", listener.local_addr().unwrap()), listener }
    }

    /// Answers callbacks as `serve` does: 2xx only after the commit. Counts them.
    pub(crate) fn open(self, receipts: Receipts) -> Arc<AtomicUsize> {
        let calls = Arc::new(AtomicUsize::new(0));
        let door = (receipts, Arc::clone(&calls));
        let app = Router::new().route("/gateway/{name}/delivery", any(receive)).with_state(door);
        tokio::spawn(async { axum::serve(self.listener, app).await });
        calls
    }
}

async fn receive(
    State((receipts, calls)): State<(Receipts, Arc<AtomicUsize>)>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> StatusCode {
    calls.fetch_add(1, Ordering::Relaxed);
    let query = query.as_deref().unwrap_or_default();
    let request = ReportRequest { query, body: &body, ..ReportRequest::default() };
    match receipts.receive(request).await {
        Ok(_) => StatusCode::from_u16(receipts.capabilities().confirmed_by).unwrap(),
        Err(ReceiveError::Bad(_)) => StatusCode::FORBIDDEN,
        Err(ReceiveError::Store(_)) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
