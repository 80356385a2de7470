//! The running process: pages, dispatcher and, where the gateway is the simulator, its phones. `serve`, `demo` and the
//! tests start the same one.

use std::fs::{File, TryLockError};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::actions::answer::Form;
use crate::actions::campaign::Exit;
use crate::actions::guess::Guesses;
use crate::actions::publish::Publications;
use crate::actions::surveys::Surveys;
use crate::actions::{remind, tidy};
use crate::config::{PartsPerSecond, SecretKey, Settings};
use crate::delivery::dispatch::{Dispatcher, Terms};
use crate::delivery::gateways::{self, Callback, Gateway};
use crate::delivery::identity::Provider;
use crate::delivery::outward::Reach;
use crate::delivery::receipts::Receipts;
use crate::delivery::webhooks::Courier;
use crate::people::grants::Grant;
use crate::ports::Ports;
use crate::respond::link::Links;
use crate::simulate::phones::{Manners, Simulator};
use crate::store::Db;
use crate::store::dialect::Dialect;
use crate::web::connections::{self, Patience};
use crate::web::pages::Pages;
use crate::web::{self, App};

/// Of a thousand simulated phones so many are switched off.
const UNDELIVERED_PER_THOUSAND: u32 = 8;

/// How long phones that run elsewhere may take for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// A campaign that is over takes no answers at once; only its drafts wait for so long.
const TIDY_EVERY: Duration = Duration::from_mins(1);

/// Which parts of the process run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// Pages, form, API and webhooks.
    Web,
    /// Sending.
    Worker,
}

/// A process that runs until it is stopped.
pub struct Server {
    /// What the handlers share.
    pub app: Arc<App>,
    /// Where it listens.
    pub address: SocketAddr,
    /// What sends; `None` without a gateway.
    pub dispatcher: Option<Arc<Dispatcher>>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    _lock: Option<File>,
}

impl Server {
    /// Brings the database up to date and starts to serve on `listener`. `only` leaves out the other part; without a
    /// `Worker` the dispatcher stands still and can be stepped by hand.
    ///
    /// # Errors
    /// The database is out of reach; the key, the simulator's log or the gateway cannot be opened.
    pub async fn start(
        settings: Settings,
        ports: Ports,
        listener: TcpListener,
        only: Option<Part>,
    ) -> anyhow::Result<Self> {
        let address = listener.local_addr()?;
        let lock = if only == Some(Part::Web) { None } else { only_one(&settings)? };
        let db = Db::open_to_serve(settings.database_url.as_str()).await?;
        db.migrate().await?;
        let key = settings.load_or_create_secret(&ports.chance)?;
        let gateway = open_gateway(&settings, &key)?;
        if gateway.is_none() {
            tracing::warn!("no gateway is set: messages wait until gateway.kind names one");
        }
        let app = Arc::new(app(settings, ports, db, &key, gateway.clone())?);
        let dispatcher = gateway.map(|gateway| dispatcher(&app, address, gateway));
        let (stop, stopped) = watch::channel(false);
        let mut server = Self { app, address, dispatcher, stop, tasks: Vec::new(), _lock: lock };
        if only != Some(Part::Worker) {
            server.tasks.push(tokio::spawn(connections::serve(
                listener,
                web::router(Arc::clone(&server.app)),
                Patience::default(),
                until(stopped.clone()),
            )));
        }
        if only != Some(Part::Web) {
            server.tasks.push(tokio::spawn(tidy_regularly(Arc::clone(&server.app), until(stopped.clone()))));
            let courier = courier(&server.app)?;
            let until_then = until(stopped.clone());
            server.tasks.push(tokio::spawn(async move { courier.run(until_then).await }));
            if let Some(dispatcher) = server.dispatcher.clone() {
                server.tasks.push(tokio::spawn(async move { dispatcher.run(until(stopped)).await }));
            }
        }
        Ok(server)
    }

    /// Lets what is in flight finish, takes nothing new, and closes the database.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        self.app.live.end();
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a part of the process ended badly");
            }
        }
        self.app.db.close().await;
    }
}

/// What the handlers share.
fn app(
    settings: Settings,
    ports: Ports,
    db: Db,
    key: &SecretKey,
    gateway: Option<Arc<Gateway>>,
) -> anyhow::Result<App> {
    let surveys = Arc::new(Surveys::default());
    let phones = match &gateway {
        Some(gateway) if !gateway.is_real() && settings.phones_url.is_none() => {
            Some(Arc::new(simulator(&settings, &ports)?))
        }
        _ => None,
    };
    Ok(App {
        provider: settings.oidc.clone().map(|oidc| Provider::new(oidc, ports.clock.clone())).transpose()?,
        grants: grants(&settings)?,
        accounts_key: key.derive("accounts"),
        webhooks_key: key.derive("webhooks"),
        guesses: Guesses::start(&db, &ports.clock, key.derive("guesses")),
        form: Form::start(&db, &ports, &surveys),
        links: Links::new(key.derive("links"), settings.public_url.as_str()),
        gateway: gateway.clone(),
        receipts: gateway.map(|gateway| Receipts::start(&db, ports.clock.clone(), gateway)),
        pages: Pages::new()?.in_colour(settings.colour),
        form_pages: web::FormPages::default(),
        live: web::Live::default(),
        metrics: web::Metrics::default(),
        phones,
        surveys,
        publications: Publications::default(),
        settings,
        ports,
        db,
    })
}

/// What the identity provider's groups give here; a line that cannot be read stops the start.
fn grants(settings: &Settings) -> anyhow::Result<Vec<Grant>> {
    let lines = settings.oidc.iter().flat_map(|oidc| &oidc.roles);
    lines.map(|line| line.parse::<Grant>().context("oidc.roles")).collect()
}

fn open_gateway(settings: &Settings, key: &SecretKey) -> anyhow::Result<Option<Arc<Gateway>>> {
    let Some(gateway) = &settings.gateway else { return Ok(None) };
    let opened = match &settings.phones_url {
        None => Gateway::open(gateway, key, &settings.public_url),
        Some(phones) => gateways::client(ANSWER_WITHIN).map(|http| {
            let callback = Callback::new(&settings.public_url, gateway.name(), &gateway.callback_secret(key));
            Gateway::Simulator(gateways::simulator::Simulator::new(http, phones, callback))
        }),
    };
    opened.map(|gateway| Some(Arc::new(gateway))).context("cannot open the gateway")
}

fn dispatcher(app: &App, address: SocketAddr, gateway: Arc<Gateway>) -> Arc<Dispatcher> {
    let App { settings, db, ports, links, surveys, .. } = app;
    let rate = settings.gateway.as_ref().and_then(|gateway| gateway.parts_per_second).map(PartsPerSecond::get);
    let terms = Terms { parts_per_second: rate, by_survey: gateway.is_real() };
    let links = links.clone();
    let link_of = Box::new(move |_campaign: &str, invitation: &str| links.link(invitation));
    let node = node(db.dialect(), address);
    Arc::new(Dispatcher::new(db.clone(), ports.clone(), gateway, Arc::clone(surveys), terms, node, link_of))
}

/// Tells programs what has happened.
fn courier(app: &App) -> anyhow::Result<Courier> {
    Courier::new(&app.db, &app.ports, app.webhooks_key, Reach::of(&app.settings))
}

/// This process among others on one database. No two that live have the same name: on SQLite there is one at a time
/// ([`only_one`]), and elsewhere no two listen at the same place.
fn node(dialect: Dialect, address: SocketAddr) -> String {
    if dialect == Dialect::Sqlite {
        return "only".to_owned();
    }
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    format!("{} {address}", host.trim())
}

/// Holds the lock that says that this process, and no other, sends from the database; PostgreSQL needs none. The system
/// lets go of it when the process ends, however it ends.
fn only_one(settings: &Settings) -> anyhow::Result<Option<File>> {
    let Some(database) = settings.database_url.sqlite_path() else { return Ok(None) };
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    let path = PathBuf::from(path);
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => bail!(
            "another medvirk runs on {}: an SQLite database takes one at a time; stop the other one, or use PostgreSQL",
            database.display()
        ),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
    }
}

fn simulator(settings: &Settings, ports: &Ports) -> anyhow::Result<Simulator> {
    let client = gateways::client(Duration::from_secs(10))?;
    let log = settings.folder().join("medvirk-phones.jsonl");
    Simulator::start(&log, ports.clock.clone(), client, Manners::out_of_reach(UNDELIVERED_PER_THOUSAND))
        .with_context(|| format!("cannot open the simulator's log {}", log.display()))
}

/// What time itself brings about, looked after once a minute.
async fn tidy_regularly(app: Arc<App>, stopped: impl Future<Output = ()> + Send) {
    tokio::pin!(stopped);
    loop {
        if let Err(error) = tidy::tidy(&app.db, &app.ports, &app.settings).await {
            tracing::error!("tidying: {error:#}");
        }
        if let Err(error) = remind::when_due(&app.db, &app.ports, &app.links, Exit::of(&app.settings)).await {
            tracing::error!("reminding: {error:#}");
        }
        tokio::select! {
            () = tokio::time::sleep(TIDY_EVERY) => {}
            () = &mut stopped => return,
        }
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// Listens, or says why not.
///
/// # Errors
/// The port is taken, or the address is not this machine's.
pub async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}: choose another with --listen or MEDVIRK_LISTEN, or stop what runs there")
    })
}
