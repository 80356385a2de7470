//! A whole installation with one gateway, which is called over HTTP as the provider would.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use medvirk::cli::server::{Part, Server};
use medvirk::config::{DatabaseUrl, Environment, PublicUrl, SecretKey, Settings};
use medvirk::delivery::gateways::Addresses;
use medvirk::ports::{Chance, Clock, Ports};
use reqwest::StatusCode;
use sqlx::AssertSqlSafe;
use tokio::net::TcpListener;

use crate::contract::{Call, Contract, PATIENT, Said, message};
use crate::provider::Provider;
use crate::support::http;
use crate::support::postgres::Database;

pub(crate) struct Installation {
    pub(crate) contract: &'static Contract,
    pub(crate) server: Server,
    pub(crate) url: String,
    pub(crate) addresses: Addresses,
    clock: Clock,
    key: SecretKey,
    _folder: tempfile::TempDir,
    /// Dropped last, and with it the database.
    _postgres: Option<Database>,
}

impl Installation {
    pub(crate) async fn on_sqlite(contract: &'static Contract) -> Self {
        Self::start(contract, None, "").await
    }

    pub(crate) async fn on_postgres(contract: &'static Contract) -> Self {
        Self::start(contract, Some(Database::create().await), "").await
    }

    /// With more settings of `[gateway]`.
    pub(crate) async fn with(contract: &'static Contract, more: &str) -> Self {
        Self::start(contract, None, more).await
    }

    async fn start(contract: &'static Contract, postgres: Option<Database>, more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut settings = Settings::default().with_database(DatabaseUrl::sqlite(&folder.path().join("medvirk.db")));
        if let Some(database) = &postgres {
            settings.database_url = DatabaseUrl::parse(&database.url()).unwrap();
        }
        settings.public_url = PublicUrl::of(listener.local_addr().unwrap());
        settings.environment = Environment::Test;
        settings.gateway = Some(contract.settings_with("http://127.0.0.1:1", more));
        let clock = Clock::manual("2026-06-10T09:00:00Z".parse::<Timestamp>().unwrap());
        let ports = Ports { clock: clock.clone(), chance: Chance::System };
        let key = settings.load_or_create_secret(&ports.chance).unwrap();
        let gateway =
            medvirk::delivery::gateways::Gateway::open(settings.gateway.as_ref().unwrap(), &key, &settings.public_url);
        let addresses = gateway.unwrap().addresses();
        let url = settings.public_url.as_str().to_owned();
        let server = Server::start(settings, ports, listener, Some(Part::Web)).await.unwrap();
        let installation = Self { contract, server, url, addresses, clock, key, _folder: folder, _postgres: postgres };
        installation.write_campaign().await;
        installation
    }

    /// A message in that state to that phone, for a person of its own.
    pub(crate) async fn write(&self, id: &str, phone: &str, state: &str) {
        self.execute(format!(
            "INSERT INTO invitations (id, campaign_id, employee_id, token_hash, attributes, state) \
             VALUES ('i{id}', 'c', 'e{id}', 'h{id}', '{{}}', 'invited')"
        ))
        .await;
        let attempt = if matches!(state, "sending" | "uncertain") { "'node', 'boot', 0" } else { "NULL, NULL, NULL" };
        self.execute(format!(
            "INSERT INTO messages (id, campaign_id, invitation_id, round, copy, phone, sender, body, encoding, parts, state, \
             due_at, attempts, attempt_node, attempt_boot, attempt_at, reason) \
             VALUES ('{id}', 'c', 'i{id}', 0, 0, '{phone}', 'Eide', '', 'gsm7', 1, '{state}', 0, 1, {attempt}, 'why')"
        ))
        .await;
    }

    async fn write_campaign(&self) {
        self.execute(
            "INSERT INTO campaigns (id, name, definition, state, demo, created_at) VALUES ('c', 'c', '', 'open', 0, 0)"
                .to_owned(),
        )
        .await;
    }

    pub(crate) async fn state(&self, id: &str) -> String {
        self.text(format!("SELECT state FROM messages WHERE id = '{id}'")).await
    }

    /// How many reports are kept, and how many of them are applied.
    pub(crate) async fn reports(&self) -> String {
        self.text(
            "SELECT CAST(COUNT(*) AS TEXT) || ' kept, ' || CAST(CAST(COALESCE(SUM(applied), 0) AS BIGINT) AS TEXT) || ' applied' \
             FROM delivery_reports"
                .to_owned(),
        )
        .await
    }

    pub(crate) async fn text(&self, sql: String) -> String {
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(self.server.app.db.read()).await.unwrap()
    }

    async fn execute(&self, sql: String) {
        let mut tx = self.server.app.db.begin().await.unwrap();
        sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Where the provider reports about that message: what a request says, or the registered address.
    pub(crate) async fn address(&self, id: &str) -> String {
        if let Some(address) = &self.addresses.delivery {
            return address.clone();
        }
        let (status, body) = self.contract.accepts;
        let provider = Provider::answering(status, "", body).await;
        self.contract.open_with(&self.key, &provider.url, PATIENT).send(&message(id, "Hei")).await;
        let address = (self.contract.callback)(&provider.asked()[0]).unwrap();
        let path = address.find("/gateway/").unwrap();
        format!("{}{}", self.url, &address[path..])
    }

    pub(crate) fn inbound(&self) -> &str {
        self.addresses.inbound.as_deref().unwrap()
    }

    /// The report, if the provider has a word for it.
    pub(crate) async fn report(&self, id: &str, said: Said) -> Option<Call> {
        (self.contract.report)(&self.address(id).await, id, said)
    }

    pub(crate) async fn call(&self, call: Call) -> StatusCode {
        let request = match call.body {
            None => http().get(&call.url),
            Some(body) => http().post(&call.url).body(body),
        };
        let request = call.headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
        request.send().await.unwrap().status()
    }

    /// What tells the provider that we have it.
    pub(crate) fn confirmed(&self) -> StatusCode {
        StatusCode::from_u16(self.server.app.receipts.as_ref().unwrap().capabilities().confirmed_by).unwrap()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.clock.advance(SignedDuration::try_from(time).unwrap());
    }
}
