//! The phone simulator: the other side of the gateway `simulator`. It takes messages as a provider does, keeps them as
//! phones do, and reports their delivery back over HTTP.
//!
//! [`book`] remembers (a file that is only appended to, and an index in memory), [`http`] takes messages in,
//! `reports` sends reports out, [`faults`] decides what goes wrong on demand. The file holds links with their tokens: it belongs to demos and tests alone.

pub mod book;
pub mod faults;
pub mod http;
mod reports;

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc::{self, UnboundedSender};

use crate::people::phone::Phone;
use crate::ports::Clock;
use book::{Book, Incoming, PhoneMessage};
use faults::{Fault, Faults, Reports};
use reports::Reporter;

/// A running simulator.
#[derive(Debug)]
pub struct Simulator {
    book: Arc<Mutex<Book>>,
    clock: Clock,
    faults: Faults,
    reporter: Arc<Reporter>,
    /// Messages whose delivery is to be reported.
    to_report: UnboundedSender<usize>,
}

/// How phones and their gateway behave.
#[derive(Debug, Default)]
pub struct Manners {
    /// Of a thousand phones so many are out of reach, always the same ones.
    pub undelivered_per_thousand: u32,
    /// What goes wrong with messages.
    pub faults: Faults,
    /// How reports come.
    pub reports: Reports,
}

impl Manners {
    /// All goes well, except that of a thousand phones so many are out of reach.
    #[must_use]
    pub fn out_of_reach(undelivered_per_thousand: u32) -> Self {
        Self { undelivered_per_thousand, ..Self::default() }
    }
}

/// A page of phones.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneList {
    /// Phones that match, on all pages.
    pub total: usize,
    /// The phone with the newest message first, and on it the newest first.
    pub phones: Vec<(Phone, Vec<PhoneMessage>)>,
}

impl Simulator {
    /// Opens the log at `log` (created when missing), reports what an earlier run left unreported, and goes on from
    /// there. Call inside a runtime: a task that sends reports runs until the simulator is dropped.
    ///
    /// # Errors
    /// A log that cannot be read or written, or whose lines are no messages.
    pub fn start(log: &Path, clock: Clock, client: reqwest::Client, manners: Manners) -> io::Result<Self> {
        let book = Book::open(log)?;
        let (to_report, queue) = mpsc::unbounded_channel();
        for index in book.unreported() {
            // The other end is in our hands still.
            let _ = to_report.send(index);
        }
        let book = Arc::new(Mutex::new(book));
        let Manners { undelivered_per_thousand, faults, reports } = manners;
        let reporter = Arc::new(Reporter { book: Arc::clone(&book), client, undelivered_per_thousand, reports });
        tokio::spawn(reports::run(Arc::clone(&reporter), queue));
        Ok(Self { book, clock, faults, reporter, to_report })
    }

    /// What goes wrong with a message that comes now.
    fn fault(&self, incoming: &Incoming) -> Option<Fault> {
        self.faults.next(&incoming.reference)
    }

    /// Takes a message in, as a provider does: it stands in the log when this returns. Its delivery is reported later, or
    /// before if reports come early. Gives its id.
    ///
    /// # Errors
    /// The log cannot be written.
    pub async fn accept(&self, incoming: Incoming) -> io::Result<String> {
        let index = lock(&self.book).add(incoming, self.clock.now())?;
        if self.reporter.reports.early {
            self.reporter.report(index).await;
        } else {
            let _ = self.to_report.send(index);
        }
        Ok(book::id(index))
    }

    /// Messages, the newest first, of phones whose number contains `search` (spaces do not count).
    #[must_use]
    pub fn newest(&self, search: &str, offset: usize, limit: usize) -> Vec<PhoneMessage> {
        lock(&self.book).newest(search, offset, limit)
    }

    /// Phones whose number contains `search`, the one with the newest message first.
    #[must_use]
    pub fn phones(&self, search: &str, offset: usize, limit: usize) -> PhoneList {
        lock(&self.book).phones(search, offset, limit)
    }

    /// The newest link on each phone that is within reach, in the order in which the phones first heard anything.
    #[must_use]
    pub fn links(&self) -> Vec<String> {
        lock(&self.book).links()
    }

    /// How many messages were taken in, and of how many the report was received.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        lock(&self.book).counts()
    }
}

fn lock(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}
