//! What was said, key by key, with where it stands: the settings file flattened, overlaid by the environment.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::Path;

use super::told::{Origin, Value, machine};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A key, and how much of its value may be shown to somebody.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// In the environment `gateway.kind` is `MEDVIRK_GATEWAY__KIND`.
    pub(super) name: &'static str,
    pub(super) shown: Shown,
}

/// How much of a value may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// All of it.
    Whole,
    /// Which machine an address leads to: a name or a password may stand in the rest.
    Machine,
    /// Only that there is one.
    Never,
}

const fn open(name: &'static str) -> Key {
    Key { name, shown: Shown::Whole }
}

const fn address(name: &'static str) -> Key {
    Key { name, shown: Shown::Machine }
}

const fn secret(name: &'static str) -> Key {
    Key { name, shown: Shown::Never }
}

/// Every key there is.
pub(super) const KEYS: &[Key] = &[
    address("database_url"),
    open("listen"),
    open("public_url"),
    open("organisation"),
    open("logo_file"),
    open("colour"),
    open("trusted_proxy_header"),
    open("environment"),
    secret("secret_key"),
    open("secret_key_file"),
    open("keys"),
    open("keys_recovery"),
    open("keep_audit_days"),
    open("keep_days"),
    open("keep_unpublished_days"),
    open("api_per_minute"),
    open("webhooks_to_loopback"),
    open("gateway.kind"),
    address("gateway.url"),
    open("gateway.username"),
    secret("gateway.password"),
    open("gateway.password_file"),
    secret("gateway.token"),
    open("gateway.token_file"),
    secret("gateway.webhook_secret"),
    open("gateway.webhook_secret_file"),
    open("gateway.platform_id"),
    open("gateway.platform_partner_id"),
    open("gateway.gate"),
    open("gateway.keyword"),
    open("gateway.method"),
    secret("gateway.headers"),
    secret("gateway.body"),
    open("gateway.body_type"),
    open("gateway.answer.accepted"),
    open("gateway.answer.rejected"),
    open("gateway.answer.pause"),
    open("gateway.answer.not_sent"),
    open("gateway.report.reference"),
    open("gateway.report.status"),
    open("gateway.report.buffered"),
    open("gateway.report.accepted"),
    open("gateway.report.rejected"),
    open("gateway.report.undelivered"),
    open("gateway.report.expired"),
    open("gateway.report.delivered"),
    open("gateway.inbound.from"),
    open("gateway.inbound.text"),
    open("gateway.parts_per_second"),
    open("gateway.price_per_part"),
    secret("gateway.callback_secret"),
    open("gateway.report_from"),
    open("gateway.report_from_header"),
    open("oidc.issuer"),
    open("oidc.client_id"),
    secret("oidc.client_secret"),
    open("oidc.client_secret_file"),
    open("oidc.acr"),
    open("oidc.roles_claim"),
    open("oidc.name_claim"),
    open("oidc.roles"),
    open("log.filter"),
    open("log.format"),
];

fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|key| key.name)
}

/// The keys whose value may be a list of texts; in the environment each stands on a line of its own.
const LISTS: [&str; 13] = [
    "gateway.headers",
    "gateway.answer.accepted",
    "gateway.answer.rejected",
    "gateway.answer.pause",
    "gateway.answer.not_sent",
    "gateway.report.buffered",
    "gateway.report.accepted",
    "gateway.report.rejected",
    "gateway.report.undelivered",
    "gateway.report.expired",
    "gateway.report.delivered",
    "gateway.report_from",
    "oidc.roles",
];
const PREFIX: &str = "MEDVIRK_";
/// What the test suite says to itself stands beside the settings and is none.
const SUITE_PREFIX: &str = "MEDVIRK_TEST_";

/// A name further away than this is another name, and no mistyped one.
const NEAR: f64 = 0.75;

/// One thing that is wrong, and where. It never holds a value that may be secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    place: Place,
    /// What is wrong and what would be right.
    message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// One problem on the line, several one below the other.
pub(super) fn list(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// In the order in which somebody mends: down the file, then the environment, then what is missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// A line of the settings file, with the key when one is concerned.
    File { line: usize, path: String, key: Option<String> },
    /// The variable's name.
    Variable(String),
    /// Nothing was said about this key.
    Missing(&'static str),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { line, path, key: None } => write!(f, "{path}:{line}"),
            Self::File { line, path, key: Some(key) } => write!(f, "{path}:{line}: {key}"),
            Self::Variable(name) => write!(f, "environment variable {name}"),
            Self::Missing(key) => write!(f, "{key} (or {})", variable(key)),
        }
    }
}

/// The place of a byte of the settings file, for the key that stands there.
type At<'a> = dyn Fn(usize, Option<String>) -> Place + 'a;

struct Said {
    place: Place,
    text: String,
}

impl Said {
    fn told(&self, shown: Shown) -> (Origin, Value) {
        let origin = match &self.place {
            Place::File { line, path, .. } => Origin::File { path: path.clone(), line: *line },
            Place::Variable(_) => Origin::Environment,
            Place::Missing(_) => Origin::Default,
        };
        let value = match shown {
            Shown::Whole => Value::Text(self.text.clone()),
            Shown::Machine => Value::Text(machine(&self.text)),
            Shown::Never => Value::Secret,
        };
        (origin, value)
    }
}

/// All that was said, and all that was found wrong about it so far.
pub(super) struct Source {
    said: BTreeMap<String, Said>,
    problems: Vec<Problem>,
}

impl Source {
    pub(super) fn new<E>(path: &Path, text: &str, environment: E) -> Self
    where
        E: IntoIterator<Item = (OsString, OsString)>,
    {
        let mut source = Self { said: BTreeMap::new(), problems: Vec::new() };
        source.add_file(path, text);
        for (name, value) in environment {
            source.add_variable(&name.to_string_lossy(), value);
        }
        source
    }

    /// The value of `key` as `parse` reads it; `None` when nothing is said or when it is wrong, which is noted.
    pub(super) fn take<T>(&mut self, key: &'static str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        match parse(&self.said.get(key)?.text) {
            Ok(value) => Some(value),
            Err(message) => {
                self.complain(key, &message);
                None
            }
        }
    }

    /// Like [`Source::take`], and a complaint when nothing is said.
    pub(super) fn require<T>(&mut self, key: &'static str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        if !self.said.contains_key(key) {
            self.complain(key, "is missing");
        }
        self.take(key, parse)
    }

    /// Complains about the keys below `prefix` when they wait for `key`, about which nothing is said.
    pub(super) fn needs(&mut self, prefix: &str, key: &'static str) {
        if !self.said.contains_key(key) && self.said.keys().any(|said| said.starts_with(prefix)) {
            self.complain(key, &format!("is missing, and the other settings below {prefix} mean nothing without it"));
        }
    }

    /// Complains about the keys below `prefix` that are not `known`; they come without the prefix.
    pub(super) fn refuse(&mut self, prefix: &str, known: impl Fn(&str) -> bool, message: &str) {
        let others = self.said.iter().filter(|(key, _)| key.strip_prefix(prefix).is_some_and(|key| !known(key)));
        let problems = others.map(|(_, said)| Problem { place: said.place.clone(), message: message.to_owned() });
        self.problems.extend(problems);
    }

    /// Notes that the value of `key` is wrong.
    pub(super) fn complain(&mut self, key: &'static str, message: &str) {
        let place = self.said.get(key).map_or(Place::Missing(key), |said| said.place.clone());
        self.problems.push(Problem { place, message: message.to_owned() });
    }

    /// What was said about each key, with nothing of it that is secret.
    pub(super) fn said(&self) -> BTreeMap<&'static str, (Origin, Value)> {
        let said = |key: &Key| Some((key.name, self.said.get(key.name)?.told(key.shown)));
        KEYS.iter().filter_map(said).collect()
    }

    /// The problems in the order of their places, if there are any.
    pub(super) fn finish(mut self) -> Result<(), Vec<Problem>> {
        self.problems.sort();
        if self.problems.is_empty() { Ok(()) } else { Err(self.problems) }
    }

    fn add_file(&mut self, path: &Path, text: &str) {
        let place = |offset, key| Place::File { line: line(text, offset), path: path.display().to_string(), key };
        match DeTable::parse(text) {
            Ok(table) => self.add_table("", table.get_ref(), &place),
            // The message alone: toml's own display shows the line, and a password may stand in it.
            Err(error) => self.problems.push(Problem {
                place: place(error.span().map_or(0, |span| span.start), None),
                message: error.message().to_owned(),
            }),
        }
    }

    fn add_table(&mut self, prefix: &str, table: &DeTable<'_>, at: &At<'_>) {
        for (name, value) in table {
            let key = format!("{prefix}{}", name.get_ref());
            let place = at(name.span().start, Some(key.clone()));
            match value.get_ref() {
                DeValue::Table(inner) => self.add_inner(&key, place, inner, at),
                _ => self.add_value(&key, place, value),
            }
        }
    }

    fn add_inner(&mut self, key: &str, place: Place, table: &DeTable<'_>, at: &At<'_>) {
        let prefix = format!("{key}.");
        if keys().any(|known| known.starts_with(&prefix)) {
            self.add_table(&prefix, table, at);
        } else if keys().any(|known| known == key) {
            self.problems.push(Problem { place, message: "is a value, not a table".to_owned() });
        } else {
            let tables = keys().filter_map(|known| Some(known.rsplit_once('.')?.0));
            let message = format!("there is no such table{}", did_you_mean(key, tables));
            self.problems.push(Problem { place, message });
        }
    }

    fn add_value(&mut self, key: &str, place: Place, value: &Spanned<DeValue<'_>>) {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Array(texts) if LISTS.contains(&key) => match lines(texts) {
                Some(lines) => lines,
                None => return self.problems.push(Problem { place, message: "must hold texts".to_owned() }),
            },
            _ => {
                let message = "must be text or a decimal number".to_owned();
                return self.problems.push(Problem { place, message });
            }
        };
        self.add(key, place, text, &did_you_mean(key, candidates(key).into_iter()));
    }

    fn add_variable(&mut self, name: &str, value: OsString) {
        let Some(rest) = name.strip_prefix(PREFIX).filter(|_| !name.starts_with(SUITE_PREFIX)) else { return };
        let place = Place::Variable(name.to_owned());
        let Ok(text) = value.into_string() else {
            return self.problems.push(Problem { place, message: "is not UTF-8".to_owned() });
        };
        let hint = nearest(rest, keys().map(|key| variable(key)[PREFIX.len()..].to_owned()));
        let hint = hint.map(|near| format!("; did you mean \"{PREFIX}{near}\"?")).unwrap_or_default();
        self.add(&rest.to_lowercase().replace("__", "."), place, text, &hint);
    }

    fn add(&mut self, key: &str, place: Place, text: String, hint: &str) {
        if keys().any(|known| known == key) {
            self.said.insert(key.to_owned(), Said { place, text });
        } else {
            self.problems.push(Problem { place, message: format!("there is no such setting{hint}") });
        }
    }
}

/// The texts of a list, one to a line; nothing when it holds something else or a text of several lines.
fn lines(texts: &[Spanned<DeValue<'_>>]) -> Option<String> {
    let text = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::String(text) if !text.contains('\n') => Some(text.to_string()),
        _ => None,
    };
    texts.iter().map(text).collect::<Option<Vec<_>>>().map(|texts| texts.join("\n"))
}

pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

fn line(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// What `key` may have meant: where it is the name of a table, what stands in that.
fn candidates(key: &str) -> Vec<&'static str> {
    let inside = |known: &&str| known.strip_prefix(key).is_some_and(|rest| rest.starts_with('.'));
    let below: Vec<&str> = keys().filter(inside).collect();
    if below.is_empty() { keys().collect() } else { below }
}

/// `; did you mean "…"?`, or nothing when no candidate is near.
pub(super) fn did_you_mean<T: AsRef<str>>(word: &str, candidates: impl Iterator<Item = T>) -> String {
    nearest(word, candidates).map(|near| format!("; did you mean \"{}\"?", near.as_ref())).unwrap_or_default()
}

fn nearest<T: AsRef<str>>(word: &str, candidates: impl Iterator<Item = T>) -> Option<T> {
    candidates
        .map(|candidate| (strsim::jaro_winkler(word, candidate.as_ref()), candidate))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, candidate)| candidate)
}
