//! What the phones hold: a log of JSON lines, read at start and appended to, and an index of it in memory.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::PhoneList;
use crate::people::phone::Phone;

/// A message as a client of the gateway sends it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    /// E.164.
    pub to: String,
    /// The sender's name.
    pub from: String,
    /// The whole text.
    pub text: String,
    /// The client's own id of the message; comes back in the report.
    pub reference: String,
    /// Where the report goes; none is sent without it.
    pub callback: Option<String>,
}

/// A message on a phone.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneMessage {
    /// Where it came to.
    pub to: Phone,
    /// Who it seems to come from.
    pub from: String,
    /// The whole text.
    pub text: String,
    /// When it came.
    pub at: Timestamp,
    /// What the client was told of it.
    pub state: PhoneState,
}

/// What the client was told of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneState {
    /// Taken in, not reported yet.
    Accepted,
    /// On the phone.
    Delivered,
    /// The phone is out of reach.
    Undelivered,
}

/// A report that is to be sent.
pub(super) struct Due {
    pub(super) to: Phone,
    pub(super) reference: String,
    pub(super) callback: String,
}

/// A line of the log.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Message { at: Timestamp, message: Incoming },
    Report { index: usize, state: PhoneState },
}

struct Entry {
    message: PhoneMessage,
    /// Gone once the report was received.
    report_to: Option<(String, String)>,
}

/// Every message of every phone.
pub(super) struct Book {
    log: File,
    entries: Vec<Entry>,
    of_phone: HashMap<Phone, Vec<usize>>,
    reported: usize,
}

impl Book {
    /// Reads the log. A last line that was cut short by a crash is dropped.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut log = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        let mut book = Self { log: log.try_clone()?, entries: Vec::new(), of_phone: HashMap::new(), reported: 0 };
        let (mut reader, mut line, mut whole) = (BufReader::new(&mut log), Vec::new(), 0);
        while reader.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
            book.apply(serde_json::from_slice(&line)?);
            whole += line.len() as u64;
            line.clear();
        }
        if !line.is_empty() && !b"{\"".starts_with(&line[..line.len().min(2)]) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "this is no log of the phone simulator"));
        }
        book.log.set_len(whole)?;
        book.log.seek(SeekFrom::End(0))?;
        Ok(book)
    }

    /// Adds a message and gives its place.
    pub(super) fn add(&mut self, message: Incoming, at: Timestamp) -> io::Result<usize> {
        self.append(Line::Message { at, message })?;
        Ok(self.entries.len() - 1)
    }

    /// The client has received the report.
    pub(super) fn report(&mut self, index: usize, state: PhoneState) -> io::Result<()> {
        self.append(Line::Report { index, state })
    }

    pub(super) fn unreported(&self) -> impl Iterator<Item = usize> {
        self.entries.iter().enumerate().filter(|(_, entry)| entry.report_to.is_some()).map(|(index, _)| index)
    }

    pub(super) fn due(&self, index: usize) -> Option<Due> {
        let entry = self.entries.get(index)?;
        let (reference, callback) = entry.report_to.clone()?;
        Some(Due { to: entry.message.to.clone(), reference, callback })
    }

    pub(super) fn newest(&self, search: &str, offset: usize, limit: usize) -> Vec<PhoneMessage> {
        let digits = digits(search);
        let found = self.entries.iter().rev().filter(|entry| entry.message.to.as_str().contains(&digits));
        found.skip(offset).take(limit).map(|entry| entry.message.clone()).collect()
    }

    pub(super) fn phones(&self, search: &str, offset: usize, limit: usize) -> PhoneList {
        let digits = digits(search);
        let mut found: Vec<_> = self.of_phone.iter().filter(|(phone, _)| phone.as_str().contains(&digits)).collect();
        found.sort_unstable_by_key(|(_, messages)| std::cmp::Reverse(messages.last().copied()));
        let total = found.len();
        let page = found.into_iter().skip(offset).take(limit);
        let messages = |of: &[usize]| of.iter().rev().filter_map(|index| self.message(*index)).cloned().collect();
        PhoneList { total, phones: page.map(|(phone, of)| (phone.clone(), messages(of))).collect() }
    }

    pub(super) fn links(&self) -> Vec<String> {
        let mut phones: Vec<&Vec<usize>> = self.of_phone.values().collect();
        phones.sort_unstable_by_key(|messages| messages.first().copied());
        phones.into_iter().filter_map(|messages| self.newest_link(messages)).collect()
    }

    /// Messages, and those of them that were reported.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.entries.len(), self.reported)
    }

    fn newest_link(&self, messages: &[usize]) -> Option<String> {
        let within_reach = messages.iter().rev().filter_map(|index| self.message(*index));
        within_reach
            .filter(|message| message.state != PhoneState::Undelivered)
            .find_map(|message| link(&message.text).map(str::to_owned))
    }

    fn message(&self, index: usize) -> Option<&PhoneMessage> {
        self.entries.get(index).map(|entry| &entry.message)
    }

    /// One write a line: lines are whole or missing.
    fn append(&mut self, line: Line) -> io::Result<()> {
        let mut text = serde_json::to_vec(&line)?;
        text.push(b'\n');
        self.log.write_all(&text)?;
        self.apply(line);
        Ok(())
    }

    fn apply(&mut self, line: Line) {
        match line {
            Line::Message { at, message: Incoming { to, from, text, reference, callback } } => {
                let to = Phone::from_stored(to);
                self.of_phone.entry(to.clone()).or_default().push(self.entries.len());
                let message = PhoneMessage { to, from, text, at, state: PhoneState::Accepted };
                self.entries.push(Entry { message, report_to: callback.map(|callback| (reference, callback)) });
            }
            Line::Report { index, state } => {
                if let Some(entry) = self.entries.get_mut(index) {
                    entry.message.state = state;
                    self.reported += usize::from(entry.report_to.take().is_some());
                }
            }
        }
    }
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book").field("messages", &self.entries.len()).finish_non_exhaustive()
    }
}

/// What the client knows the message by: its place in the log, from 1.
pub(super) fn id(index: usize) -> String {
    format!("sim-{}", index + 1)
}

/// The first address in a text.
#[must_use]
pub fn link(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| word.starts_with("http://") || word.starts_with("https://"))
}

fn digits(search: &str) -> String {
    search.chars().filter(char::is_ascii_digit).collect()
}
