//! The types of the settings' values, each read from text. What they say when it is wrong ends up behind the key's name.

use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use reqwest::Url;
use reqwest::header::HeaderName;
use tracing_subscriber::EnvFilter;

use super::secret::Secret;
use super::source::did_you_mean;

/// What kind of installation this is; it decides what may be pretended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// Real employees. Nothing may be pretended.
    Production,
    /// A show with invented employees.
    Demo,
    /// A place to try things out.
    Test,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

/// `sqlite://PATH` or `postgres://…`. `Debug` shows which of them and no more: a password may stand in it.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

/// Where the outside reaches this installation: http or https, and no slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// A throttle: message parts per second, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartsPerSecond(NonZeroU32);

/// What one message part costs, in ten-thousandths of a Norwegian krone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price(u32);

impl Environment {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        Ok(match one_of(text, &["production", "demo", "test"])? {
            "demo" => Self::Demo,
            "test" => Self::Test,
            _ => Self::Production,
        })
    }
}

impl LogFormat {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        Ok(if one_of(text, &["text", "json"])? == "json" { Self::Json } else { Self::Text })
    }
}

impl DatabaseUrl {
    /// The SQLite database in the file at `path`.
    #[must_use]
    pub fn sqlite(path: &Path) -> Self {
        Self(format!("sqlite://{}", path.display()))
    }

    /// Reads an address of either database.
    ///
    /// # Errors
    /// It is neither, or names nothing. The text says what would be right and never repeats the address.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        match (scheme, rest) {
            ("sqlite", "") => Err("names no file: write sqlite://PATH".to_owned()),
            ("sqlite", _) if text.contains(['%', '#']) || Url::parse(text).is_err() => {
                Err("names no file that can be opened: write sqlite:///PATH without the characters % # ?".to_owned())
            }
            ("sqlite", _) => Ok(Self(text.to_owned())),
            ("postgres" | "postgresql", _) if Url::parse(text).is_ok() => Ok(Self(text.to_owned())),
            ("postgres" | "postgresql", _) => Err("is no address: write postgres://USER@HOST/DATABASE".to_owned()),
            _ => Err("must begin with sqlite:// or postgres://".to_owned()),
        }
    }

    /// The whole address, with the password that may stand in it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file, when it is SQLite.
    #[must_use]
    pub fn sqlite_path(&self) -> Option<&Path> {
        let path = self.0.strip_prefix("sqlite://")?;
        Some(Path::new(path.split_once('?').map_or(path, |(path, _)| path)))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sqlite_path() {
            Some(path) => write!(f, "sqlite://{}", path.display()),
            None => f.write_str("postgres://…"),
        }
    }
}

impl PublicUrl {
    /// The address of `listen` itself, for an installation that nobody else needs to reach.
    #[must_use]
    pub fn of(listen: SocketAddr) -> Self {
        Self(format!("http://{listen}"))
    }

    /// Reads an address; a slash at its end is dropped.
    ///
    /// # Errors
    /// It is not http(s), names no host, or carries a password, a query or a fragment.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = http_url(text)?;
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
            return Err("must be a bare address such as https://svar.example.no".to_owned());
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// The address without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether cookies may ask for a secure connection.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartsPerSecond {
    /// What an ordinary account with an operator keeps up with.
    pub const CAREFUL: Self = Self(NonZeroU32::MIN.saturating_add(19));

    /// The number, at least 1.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| "must be a whole number, at least 1".to_owned())
    }
}

impl Price {
    /// Reads kroner with up to four decimals, `0.39`.
    ///
    /// # Errors
    /// It is not such a number, or above 1,000 kroner.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "must be kroner between 0 and 1000 with at most four decimals, such as 0.39".to_owned();
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || decimals.len() > 4 {
            return Err(wrong());
        }
        let ten_thousandths = format!("{whole}{decimals:0<4}").parse().map_err(|_| wrong())?;
        if ten_thousandths > 10_000_000 { Err(wrong()) } else { Ok(Self(ten_thousandths)) }
    }

    /// What `parts` cost together, in øre, half an øre rounded up.
    #[must_use]
    pub fn ore(self, parts: u64) -> u64 {
        u64::from(self.0).saturating_mul(parts).saturating_add(50) / 100
    }
}

/// An address and port.
pub(super) fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("\"{text}\" is not an address with a port, such as 127.0.0.1:8080 or [::]:8080"))
}

pub(super) fn not_empty(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("is empty".to_owned()) } else { Ok(text.trim().to_owned()) }
}

pub(super) fn path(text: &str) -> Result<PathBuf, String> {
    not_empty(text).map(PathBuf::from)
}

/// A number of days, at most ten years.
pub(super) fn days(text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| (1..=3650).contains(days));
    days.ok_or_else(|| "must be a number of days, 1 to 3650".to_owned())
}

pub(super) fn per_minute(text: &str) -> Result<u32, String> {
    let requests = text.parse().ok().filter(|requests| (1..=100_000).contains(requests));
    requests.ok_or_else(|| "must be a number of requests, 1 to 100000".to_owned())
}

/// What may stand in an address unescaped and cannot be guessed.
pub(super) fn path_secret(text: &str) -> Result<Secret, String> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if plain && text.len() >= 16 {
        Ok(Secret::new(text.to_owned()))
    } else {
        Err("must be at least 16 letters, digits, - and _".to_owned())
    }
}

pub(super) fn http_url(text: &str) -> Result<Url, String> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| "must be an address that begins with http:// or https://".to_owned())
}

/// What stands on each line, without the empty ones. A list of the settings file comes as lines.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Addresses and networks (`192.0.2.7`, `192.0.2.0/24`), on lines or between commas.
pub(super) fn networks(text: &str) -> Result<Vec<IpNet>, String> {
    let network = |text: &str| {
        let address = text.parse::<std::net::IpAddr>().map(IpNet::from);
        text.parse().or(address).map_err(|_| format!("\"{text}\" is not an address or a network such as 192.0.2.0/24"))
    };
    not_empty(text)?.split([',', '\n']).map(|word| network(word.trim())).collect()
}

/// The name of a header of HTTP.
pub(super) fn header_name(text: &str) -> Result<String, String> {
    HeaderName::try_from(text).map(|_| text.to_owned()).map_err(|_| format!("\"{text}\" is not the name of a header"))
}

pub(super) fn log_filter(text: &str) -> Result<String, String> {
    EnvFilter::try_new(text).map(|_| text.to_owned()).map_err(|error| error.to_string())
}

/// The one of `words` that `text` is.
pub(super) fn one_of(text: &str, words: &[&'static str]) -> Result<&'static str, String> {
    words
        .iter()
        .find(|word| **word == text)
        .copied()
        .ok_or_else(|| format!("\"{text}\" is not one of {}{}", words.join(", "), did_you_mean(text, words.iter())))
}
