//! A campaign's figures as they change, for everybody who looks: counted once for all of them, at most once a second, and by
//! nobody when nobody looks.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Path;
use axum::http::Response;
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::{Instant, Interval, interval, sleep};

use super::{
    Desk,
    campaigns::{Tallies, figures},
};
use crate::actions::login::IDLE;
use crate::definition::model::Language;
use crate::people::role::Role;
use crate::store::{campaigns, sessions};
use crate::web::App;
use crate::web::pages::Pages;
use crate::web::pages::campaign::Figures;
use crate::web::pages::hr::Failure;

/// Between two counts.
const EVERY: Duration = Duration::from_secs(1);

/// Counting rests so many times as long as it took, so that it costs less than a thousandth of the time…
const RESTS: u32 = 1_500;

/// … and no longer than this, however many were invited.
const AT_LEAST_EVERY: Duration = Duration::from_secs(10);

/// A page on which nothing changes is asked so often whether its reader is still signed in.
const LOOKED_AFTER: Duration = Duration::from_secs(10);

/// What was counted last; nothing before the first time.
type Board = watch::Sender<Option<Arc<Counted>>>;

/// The campaigns that somebody looks at.
#[derive(Debug, Default)]
pub struct Live {
    boards: Mutex<HashMap<String, Board>>,
    over: watch::Sender<bool>,
}

/// Figures, and how each language says them: put into words once, whoever reads them.
#[derive(Debug)]
struct Counted {
    figures: Figures,
    words: Mutex<BTreeMap<Language, Arc<str>>>,
}

impl Live {
    /// Ends every connection: the process stops.
    pub fn end(&self) {
        self.over.send_replace(true);
    }

    /// How many campaigns somebody looks at.
    #[must_use]
    pub fn watched(&self) -> usize {
        self.boards().len()
    }

    /// A place before the board of a campaign, which is filled from now on.
    fn look(&self, app: &Arc<App>, campaign: &str) -> watch::Receiver<Option<Arc<Counted>>> {
        let mut boards = self.boards();
        let board = boards.entry(campaign.to_owned()).or_insert_with(|| {
            let board = Board::new(None);
            tokio::spawn(fill(Arc::clone(app), campaign.to_owned(), board.clone()));
            board
        });
        // What stands there may be older than the page: only what is counted from now on is told.
        board.subscribe()
    }

    /// Takes down a board that nobody stands before. Says whether it did.
    fn take_down(&self, campaign: &str) -> bool {
        let mut boards = self.boards();
        let deserted = boards.get(campaign).is_none_or(|board| board.receiver_count() == 0);
        if deserted {
            boards.remove(campaign);
        }
        deserted
    }

    fn boards(&self) -> MutexGuard<'_, HashMap<String, Board>> {
        self.boards.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counted {
    fn say(&self, pages: &Pages, language: Language) -> anyhow::Result<Arc<str>> {
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(said) = words.get(&language) {
            return Ok(Arc::clone(said));
        }
        let said: Arc<str> = pages.render(&self.figures, language)?.into();
        words.insert(language, Arc::clone(&said));
        Ok(said)
    }
}

/// Counts until nobody looks. When counting fails, those who look are sent away; their browsers come back.
async fn fill(app: Arc<App>, campaign: String, board: Board) {
    let (mut over, mut tallies) = (app.live.over.subscribe(), Tallies::default());
    while !app.live.take_down(&campaign) {
        let begun = Instant::now();
        if let Err(error) = renew(&app, &campaign, &board, &mut tallies).await {
            tracing::error!("figures: {error:#}");
            app.live.boards().remove(&campaign);
            return;
        }
        tokio::select! {
            () = sleep((begun.elapsed() * RESTS).clamp(EVERY, AT_LEAST_EVERY)) => {}
            _ = over.wait_for(|over| *over) => return,
        }
    }
}

async fn renew(app: &App, campaign: &str, board: &Board, tallies: &mut Tallies) -> anyhow::Result<()> {
    let Some(found) = campaigns::find(app.db.read(), campaign).await? else { return Ok(()) };
    let survey = app.surveys.of(&app.db, campaign).await?;
    let figures = figures(app, &found, &survey, tallies).await?;
    // Those who look hear of every count, and know what they have told by its being the same one.
    board.send_modify(|last| {
        if last.as_ref().is_none_or(|last| last.figures != figures) {
            *last = Some(Arc::new(Counted { figures, words: Mutex::default() }));
        }
    });
    Ok(())
}

/// `GET /campaigns/{id}/events`: the figures of the campaign's page, each time they have changed.
pub async fn events(desk: Desk, Path(id): Path<String>) -> Response<Body> {
    match campaigns::find(desk.app.db.read(), &id).await {
        Ok(Some(_)) => {}
        Ok(None) => return desk.refuse(Failure::NotFound, None),
        Err(error) => return desk.fault(&error),
    }
    let (board, over) = (desk.app.live.look(&desk.app, &id), desk.app.live.over.subscribe());
    let language = desk.language();
    let (session, looked_after) = (desk.visitor.session, interval(LOOKED_AFTER));
    let looker = Looker { app: Arc::clone(&desk.app), board, over, session, language, told: None, looked_after };
    let events = stream::unfold(looker, async |mut looker| Some((Ok::<_, Infallible>(looker.next().await?), looker)));
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// One who looks, for as long as the session lasts.
struct Looker {
    app: Arc<App>,
    board: watch::Receiver<Option<Arc<Counted>>>,
    over: watch::Receiver<bool>,
    session: String,
    language: Language,
    told: Option<Arc<Counted>>,
    looked_after: Interval,
}

impl Looker {
    /// The next figures; nothing when there is nothing more to see.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let counted = tokio::select! {
                changed = self.board.changed() => changed.map(|()| true).ok()?,
                _ = self.over.wait_for(|over| *over) => return None,
                _ = self.looked_after.tick() => false,
            };
            let fresh = if counted { self.untold() } else { None };
            if (fresh.is_some() || !counted) && !self.may_look().await {
                return None;
            }
            let Some(counted) = fresh else { continue };
            let said = counted.say(&self.app.pages, self.language).ok()?;
            self.told = Some(counted);
            return Some(Event::default().event("figures").data(&*said));
        }
    }

    /// What was counted, where it is not what was told last.
    fn untold(&mut self) -> Option<Arc<Counted>> {
        let counted = self.board.borrow_and_update().clone()?;
        self.told.as_ref().is_none_or(|told| !Arc::ptr_eq(told, &counted)).then_some(counted)
    }

    /// Looking is no work: it does not keep a session from ending by rest.
    async fn may_look(&self) -> bool {
        let now = self.app.ports.clock.now();
        let running = sessions::find(&self.app.db, &self.session, now, IDLE).await;
        running.is_ok_and(|running| running.is_some_and(|running| running.account.role == Role::Hr))
    }
}
