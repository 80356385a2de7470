//! Group commit: writes that arrive together are committed together, and each is confirmed only after the commit.
//!
//! A durable commit costs a flush to disk. On SQLite, which has one writer, that would bound the form to one answer per
//! flush; with this the writes that gather during one flush share the next. (Method: `DeWitt` et al. 1984.)

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use sqlx::AnyConnection;
use tokio::sync::{Mutex, mpsc, oneshot};

use super::dialect::Dialect;
use super::{Db, Tx};

/// One write. It is applied again, alone, when the group that it was in fails.
pub trait Write: Sized + Send + Sync + 'static {
    /// What the one who waits is told.
    type Done: Send;

    /// How long the first of a group waits for others: as long as nobody minds, where many come one after the other.
    const GATHER: Duration = Duration::ZERO;

    /// Runs its statements. An error undoes all of them.
    fn apply(&self, connection: &mut AnyConnection) -> impl Future<Output = sqlx::Result<Self::Done>> + Send;

    /// The same for a whole group: what each came to, in their order. For what can be written in fewer statements together.
    fn apply_all(
        group: &[&Self],
        connection: &mut AnyConnection,
    ) -> impl Future<Output = sqlx::Result<Vec<Self::Done>>> + Send {
        async move {
            let mut done = Vec::with_capacity(group.len());
            for write in group {
                done.push(write.apply(connection).await?);
            }
            Ok(done)
        }
    }
}

/// More than this never gathers during one flush at the loads that were measured; a gateway's burst of reports comes near.
const AT_ONCE: usize = 1024;

struct Waiting<W: Write> {
    write: W,
    reply: oneshot::Sender<sqlx::Result<W::Done>>,
}

/// The way in for writes of one kind.
pub struct Group<W: Write> {
    queue: mpsc::Sender<Waiting<W>>,
}

impl<W: Write> Clone for Group<W> {
    fn clone(&self) -> Self {
        Self { queue: self.queue.clone() }
    }
}

impl<W: Write> Group<W> {
    /// Starts the tasks that commit; they end when the last clone of the group is dropped and everything is written.
    #[must_use]
    pub fn start(db: &Db) -> Self {
        let lanes = match db.dialect() {
            Dialect::Sqlite => 1,
            Dialect::Postgres => 4,
        };
        let (queue, waiting) = mpsc::channel(4 * AT_ONCE);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..lanes {
            tokio::spawn(commit_all(db.clone(), Arc::clone(&waiting)));
        }
        Self { queue }
    }

    /// Returns when the write is durable, or was refused.
    ///
    /// # Errors
    /// What the database answered; [`sqlx::Error::PoolClosed`] while shutting down.
    pub async fn write(&self, write: W) -> sqlx::Result<W::Done> {
        let (reply, done) = oneshot::channel();
        self.queue.send(Waiting { write, reply }).await.map_err(|_| sqlx::Error::PoolClosed)?;
        done.await.map_err(|_| sqlx::Error::PoolClosed)?
    }
}

async fn commit_all<W: Write>(db: Db, waiting: Arc<Mutex<mpsc::Receiver<Waiting<W>>>>) {
    loop {
        let group = gather(&waiting).await;
        if group.is_empty() {
            return;
        }
        match commit(&db, &group).await {
            Ok(done) => group.into_iter().zip(done).for_each(|(waiting, done)| answer(waiting, Ok(done))),
            Err(error) if group.len() == 1 => group.into_iter().zip([Err(error)]).for_each(|(w, e)| answer(w, e)),
            Err(_) => commit_each(&db, group).await,
        }
    }
}

/// The next that are to be committed together; none when nobody is left who could bring any.
async fn gather<W: Write>(waiting: &Mutex<mpsc::Receiver<Waiting<W>>>) -> Vec<Waiting<W>> {
    let mut group = Vec::new();
    let mut waiting = waiting.lock().await;
    let first = waiting.recv_many(&mut group, AT_ONCE).await;
    if !W::GATHER.is_zero() && (1..AT_ONCE).contains(&first) {
        tokio::time::sleep(W::GATHER).await;
        while group.len() < AT_ONCE
            && let Ok(more) = waiting.try_recv()
        {
            group.push(more);
        }
    }
    group
}

/// One that fails must not take the others with it.
async fn commit_each<W: Write>(db: &Db, group: Vec<Waiting<W>>) {
    for waiting in group {
        let done = commit(db, std::slice::from_ref(&waiting)).await;
        answer(waiting, done.and_then(|mut done| done.pop().ok_or(sqlx::Error::RowNotFound)));
    }
}

async fn commit<W: Write>(db: &Db, group: &[Waiting<W>]) -> sqlx::Result<Vec<W::Done>> {
    let group: Vec<&W> = group.iter().map(|waiting| &waiting.write).collect();
    let mut tx: Tx = db.begin().await?;
    let done = W::apply_all(&group, &mut tx).await?;
    tx.commit().await?;
    Ok(done)
}

/// Whoever waited may have gone (the phone lost its signal); the write stands all the same.
fn answer<W: Write>(waiting: Waiting<W>, done: sqlx::Result<W::Done>) {
    drop(waiting.reply.send(done));
}
