//! What many want of the database at the same time is done together.
//!
//! Writes that arrive together are committed together, and each is confirmed only after the commit: a durable commit costs a
//! flush to disk. On SQLite, which has one writer, that would bound the form to one answer per flush; with this the writes
//! that gather during one flush share the next. (Method: `DeWitt` et al. 1984.) Reads gather as well: each way to the
//! database and back costs more than what SQLite does there.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use sqlx::AnyConnection;
use tokio::sync::{Mutex, mpsc, oneshot};

use super::dialect::Dialect;
use super::{Db, Tx};

/// Something wanted of the database. It is done again, alone, when the group that it was in fails.
pub trait Task: Sized + Send + Sync + 'static {
    /// What the one who waits is told.
    type Done: Send;

    /// How long the first of a group waits for others: as long as nobody minds, where many come one after the other.
    const GATHER: Duration = Duration::ZERO;

    /// Does what all of a group want: what each came to, in their order. An error stands for all of them.
    fn run(db: &Db, group: &[&Self]) -> impl Future<Output = sqlx::Result<Vec<Self::Done>>> + Send;
}

/// A task that writes; a group of them is one transaction.
pub trait Write: Sized + Send + Sync + 'static {
    /// As [`Task::Done`].
    type Done: Send;

    /// As [`Task::GATHER`].
    const GATHER: Duration = Duration::ZERO;

    /// Runs its statements. An error undoes all of them.
    fn apply(
        &self,
        connection: &mut AnyConnection,
        dialect: Dialect,
    ) -> impl Future<Output = sqlx::Result<Self::Done>> + Send;

    /// The same for a whole group: what each came to, in their order. For what can be written in fewer statements together.
    fn apply_all(
        group: &[&Self],
        connection: &mut AnyConnection,
        dialect: Dialect,
    ) -> impl Future<Output = sqlx::Result<Vec<Self::Done>>> + Send {
        async move {
            let mut done = Vec::with_capacity(group.len());
            for write in group {
                done.push(write.apply(connection, dialect).await?);
            }
            Ok(done)
        }
    }
}

impl<W: Write> Task for W {
    type Done = W::Done;

    const GATHER: Duration = W::GATHER;

    async fn run(db: &Db, group: &[&Self]) -> sqlx::Result<Vec<Self::Done>> {
        let mut tx: Tx = db.begin().await?;
        let done = W::apply_all(group, &mut tx, db.dialect()).await?;
        tx.commit().await?;
        Ok(done)
    }
}

/// More than this never gathers during one flush at the loads that were measured; a gateway's burst of reports comes near.
const AT_ONCE: usize = 1024;

struct Waiting<T: Task> {
    task: T,
    reply: oneshot::Sender<sqlx::Result<T::Done>>,
}

/// The way in for tasks of one kind.
pub struct Group<T: Task> {
    queue: mpsc::Sender<Waiting<T>>,
}

impl<T: Task> Clone for Group<T> {
    fn clone(&self) -> Self {
        Self { queue: self.queue.clone() }
    }
}

impl<T: Task> Group<T> {
    /// Starts working; it ends when the last clone of the group is dropped and everything is done.
    #[must_use]
    pub fn start(db: &Db) -> Self {
        let lanes = match db.dialect() {
            Dialect::Sqlite => 1,
            Dialect::Postgres => 4,
        };
        let (queue, waiting) = mpsc::channel(4 * AT_ONCE);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..lanes {
            tokio::spawn(work(db.clone(), Arc::clone(&waiting)));
        }
        Self { queue }
    }

    /// Returns when it is done (a write: when it is durable), or was refused.
    ///
    /// # Errors
    /// What the database answered; [`sqlx::Error::PoolClosed`] while shutting down.
    pub async fn run(&self, task: T) -> sqlx::Result<T::Done> {
        let (reply, done) = oneshot::channel();
        self.queue.send(Waiting { task, reply }).await.map_err(|_| sqlx::Error::PoolClosed)?;
        done.await.map_err(|_| sqlx::Error::PoolClosed)?
    }
}

async fn work<T: Task>(db: Db, waiting: Arc<Mutex<mpsc::Receiver<Waiting<T>>>>) {
    loop {
        let group = gather(&waiting).await;
        if group.is_empty() {
            return;
        }
        match run(&db, &group).await {
            Ok(done) => group.into_iter().zip(done).for_each(|(waiting, done)| answer(waiting, Ok(done))),
            Err(error) if group.len() == 1 => group.into_iter().zip([Err(error)]).for_each(|(w, e)| answer(w, e)),
            Err(_) => run_each(&db, group).await,
        }
    }
}

/// The next that are to be done together; none when nobody is left who could bring any.
async fn gather<T: Task>(waiting: &Mutex<mpsc::Receiver<Waiting<T>>>) -> Vec<Waiting<T>> {
    let mut group = Vec::new();
    let mut waiting = waiting.lock().await;
    let first = waiting.recv_many(&mut group, AT_ONCE).await;
    if !T::GATHER.is_zero() && (1..AT_ONCE).contains(&first) {
        tokio::time::sleep(T::GATHER).await;
        while group.len() < AT_ONCE
            && let Ok(more) = waiting.try_recv()
        {
            group.push(more);
        }
    }
    group
}

/// One that fails must not take the others with it.
async fn run_each<T: Task>(db: &Db, group: Vec<Waiting<T>>) {
    for waiting in group {
        let done = run(db, std::slice::from_ref(&waiting)).await;
        answer(waiting, done.and_then(|mut done| done.pop().ok_or(sqlx::Error::RowNotFound)));
    }
}

async fn run<T: Task>(db: &Db, group: &[Waiting<T>]) -> sqlx::Result<Vec<T::Done>> {
    let group: Vec<&T> = group.iter().map(|waiting| &waiting.task).collect();
    T::run(db, &group).await
}

/// Whoever waited may have gone (the phone lost its signal); the write stands all the same.
fn answer<T: Task>(waiting: Waiting<T>, done: sqlx::Result<T::Done>) {
    drop(waiting.reply.send(done));
}
