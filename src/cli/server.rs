//! The running process: pages, dispatcher and, where the gateway is the simulator, its phones. `serve`, `demo` and the
//! tests start the same one.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::actions::answer::Form;
use crate::actions::surveys::Surveys;
use crate::actions::tidy;
use crate::config::{PartsPerSecond, Settings};
use crate::delivery::dispatch::Dispatcher;
use crate::delivery::gateways::{self, Gateway};
use crate::delivery::receipts::Receipts;
use crate::ports::Ports;
use crate::respond::link::Links;
use crate::simulate::phones::Simulator;
use crate::store::Db;
use crate::web::pages::Pages;
use crate::web::{self, App};

/// Of a thousand simulated phones so many are switched off.
const UNDELIVERED_PER_THOUSAND: u32 = 8;

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
        let db = Db::open(settings.database_url.as_str()).await?;
        db.migrate().await?;
        let key = settings.load_or_create_secret(&ports.chance)?;
        let links = Links::new(key.derive("links"), settings.public_url.as_str());
        let gateway = open_gateway(&settings, &key)?;
        if gateway.is_none() {
            tracing::warn!("no gateway is set: messages wait until gateway.kind names one");
        }
        let dispatcher = gateway.clone().map(|gateway| dispatcher(&settings, &db, &ports, &links, gateway));
        let app = Arc::new(app(settings, ports, db, links, gateway)?);
        let (stop, stopped) = watch::channel(false);
        let mut server = Self { app, address, dispatcher, stop, tasks: Vec::new() };
        if only != Some(Part::Worker) {
            server.tasks.push(tokio::spawn(serve(listener, Arc::clone(&server.app), until(stopped.clone()))));
        }
        if only != Some(Part::Web) {
            server.tasks.push(tokio::spawn(tidy_regularly(Arc::clone(&server.app), until(stopped.clone()))));
            if let Some(dispatcher) = server.dispatcher.clone() {
                server.tasks.push(tokio::spawn(async move { dispatcher.run(until(stopped)).await }));
            }
        }
        Ok(server)
    }

    /// Lets what is in flight finish, takes nothing new, and closes the database.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a part of the process ended badly");
            }
        }
        self.app.db.close().await;
    }
}

/// What the handlers share.
fn app(settings: Settings, ports: Ports, db: Db, links: Links, gateway: Option<Arc<Gateway>>) -> anyhow::Result<App> {
    let surveys = Arc::new(Surveys::default());
    let phones = match &gateway {
        Some(gateway) if !gateway.is_real() => Some(Arc::new(simulator(&settings, &ports)?)),
        _ => None,
    };
    Ok(App {
        form: Form::start(&db, &ports, &surveys),
        receipts: gateway.map(|gateway| Receipts::start(&db, ports.clock.clone(), gateway)),
        pages: Pages::new()?,
        form_pages: web::FormPages::default(),
        metrics: web::Metrics::default(),
        phones,
        surveys,
        links,
        settings,
        ports,
        db,
    })
}

fn open_gateway(settings: &Settings, key: &crate::config::SecretKey) -> anyhow::Result<Option<Arc<Gateway>>> {
    let open = |gateway| Gateway::open(gateway, key, &settings.public_url).map(Arc::new);
    settings.gateway.as_ref().map(open).transpose().context("cannot open the gateway")
}

fn dispatcher(settings: &Settings, db: &Db, ports: &Ports, links: &Links, gateway: Arc<Gateway>) -> Arc<Dispatcher> {
    let throttle = settings.gateway.as_ref().and_then(|gateway| gateway.parts_per_second).map(PartsPerSecond::get);
    let links = links.clone();
    let link_of = Box::new(move |_campaign: &str, invitation: &str| links.link(invitation));
    Arc::new(Dispatcher::new(db.clone(), ports.clone(), gateway, throttle, node(), link_of))
}

/// This machine among others on one database.
fn node() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let name = name.trim();
    if name.is_empty() { "node".to_owned() } else { name.to_owned() }
}

fn simulator(settings: &Settings, ports: &Ports) -> anyhow::Result<Simulator> {
    let client = gateways::client(Duration::from_secs(10))?;
    let log = settings.folder().join("medvirk-phones.jsonl");
    Simulator::start(&log, ports.clock.clone(), client, UNDELIVERED_PER_THOUSAND)
        .with_context(|| format!("cannot open the simulator's log {}", log.display()))
}

async fn serve(listener: TcpListener, app: Arc<App>, stopped: impl Future<Output = ()> + Send + 'static) {
    let router = web::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
    if let Err(error) = served {
        tracing::error!(%error, "the web server ended");
    }
}

async fn tidy_regularly(app: Arc<App>, stopped: impl Future<Output = ()> + Send) {
    tokio::pin!(stopped);
    loop {
        if let Err(error) = tidy::tidy(&app.db, &app.ports).await {
            tracing::error!("tidying: {error:#}");
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
