//! Settings: what an installation says about itself in `medvirk.toml` and in `MEDVIRK_…`, read once at the start into types
//! that cannot be wrong. The environment wins over the file, and everything that is wrong is told at once, by name.

mod colour;
mod gateway;
mod http;
pub mod keys;
mod logo;
mod oidc;
pub mod secret;
mod source;
pub mod told;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::{fs, io};

pub use colour::Colour;
pub use gateway::{Account, Gateway, GatewayApi, GatewayKind, Link, ReportFrom};
pub use http::{Answers, BodyType, HttpGateway, HttpInbound, HttpReport, Place, Rule};
pub use keys::Keys;
pub use logo::Logo;
pub use oidc::Oidc;
pub use secret::{Secret, SecretKey, SecretKeyError};
pub use source::Problem;
use source::Source;
use told::{Origin, Value};
pub use values::{DatabaseUrl, Environment, LogFormat, PartsPerSecond, Price, PublicUrl};

/// The settings file that is read when none is named and it exists.
pub const DEFAULT_FILE: &str = "medvirk.toml";

/// Everything an installation can say.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where everything is remembered: `sqlite://PATH` or `postgres://…`.
    pub database_url: DatabaseUrl,
    /// The address and port that `serve` listens on.
    pub listen: SocketAddr,
    /// How the outside reaches this installation: links in messages begin with it.
    pub public_url: PublicUrl,
    /// The employer's name, shown on the form when it is known.
    pub organisation: Option<String>,
    /// The employer's logo, on the form's first page beside the name.
    pub logo: Option<Logo>,
    /// The employer's colour, in the place of ours.
    pub colour: Option<Colour>,
    /// The header in which our own proxy says who asks; `None`: nobody stands between.
    pub trusted_proxy_header: Option<String>,
    /// What kind of installation this is.
    pub environment: Environment,
    /// How messages leave; without it nothing can be sent.
    pub gateway: Option<Gateway>,
    /// Where the simulator's phones are, when they run elsewhere (`medvirk simulator`): `gateway.url` of that kind.
    pub phones_url: Option<PublicUrl>,
    /// Whose people may log in beside accounts with passwords.
    pub oidc: Option<Oidc>,
    /// What is written to the log, and how.
    pub log: Log,
    /// Where the keys that open answers lie.
    pub keys: Keys,
    /// How long what is about persons is kept.
    pub keep: Keep,
    /// So many requests a key of the API has in each minute, over all nodes.
    pub api_per_minute: u32,
    /// Webhooks may go to this machine, and without TLS; never in production.
    pub webhooks_to_loopback: bool,
    key: KeySource,
    /// What the file and the environment said, for whoever asks.
    said: BTreeMap<&'static str, (Origin, Value)>,
}

/// Where the installation's key comes from.
#[derive(Clone, Debug)]
enum KeySource {
    Given(SecretKey),
    File(PathBuf),
}

/// How long what is about persons is kept, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// After publication: answers and invitations. After they have left: employees.
    pub days: u32,
    /// After closing, where nothing is published: answers and invitations.
    pub unpublished_days: u32,
    /// The audit log.
    pub audit_days: u32,
}

/// What is written to the log, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Directives of `tracing`, such as `info` or `medvirk=debug,info`; known to be readable.
    pub filter: String,
    /// Text for people or JSON for machines.
    pub format: LogFormat,
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The settings file cannot be read.
    #[error("cannot read the settings in {}: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// At least one key or value is wrong.
    #[error("{}", source::list(.0))]
    Wrong(Vec<Problem>),
}

impl Default for Settings {
    /// What holds when nobody says anything: SQLite in the working directory, loopback, production, no gateway.
    fn default() -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
        let database_url = DatabaseUrl::sqlite(Path::new("medvirk.db"));
        let key = KeySource::File(beside(&database_url));
        Self {
            keys: Keys { folder: key.folder().join(KEYS), recovery: None },
            keep: Keep { days: 90, unpublished_days: 365, audit_days: 1825 },
            api_per_minute: 300,
            webhooks_to_loopback: false,
            key,
            said: BTreeMap::new(),
            database_url,
            listen,
            public_url: PublicUrl::of(listen),
            organisation: None,
            logo: None,
            colour: None,
            trusted_proxy_header: None,
            environment: Environment::Production,
            gateway: None,
            phones_url: None,
            oidc: None,
            log: Log { filter: "info".to_owned(), format: LogFormat::Text },
        }
    }
}

impl Settings {
    /// The settings of this process: `file`, or [`DEFAULT_FILE`] when it exists, overlaid by the process's environment.
    ///
    /// # Errors
    /// The file cannot be read, or at least one key or value is wrong.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        let path = file.unwrap_or(Path::new(DEFAULT_FILE));
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if file.is_none() && error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(SettingsError::Unreadable { path: path.to_owned(), error }),
        };
        Self::read(path, &text, std::env::vars_os())
    }

    /// The settings that `text` (which stands in `path`) and `environment` say together.
    ///
    /// # Errors
    /// Every key and value that is wrong, each with where it stands.
    pub fn read<E>(path: &Path, text: &str, environment: E) -> Result<Self, SettingsError>
    where
        E: IntoIterator<Item = (OsString, OsString)>,
    {
        let mut source = Source::new(path, text, environment);
        let settings = Self::from_source(&mut source);
        source.finish().map_err(SettingsError::Wrong)?;
        Ok(settings)
    }

    /// Reads what is there, leaves the default where nothing is, and leaves what is wrong in `source`.
    fn from_source(source: &mut Source) -> Self {
        let default = Self::default();
        let listen = source.take("listen", values::listen).unwrap_or(default.listen);
        let database_url = source.take("database_url", DatabaseUrl::parse).unwrap_or(default.database_url);
        let environment = source.take("environment", Environment::parse).unwrap_or(default.environment);
        let organisation = source.take("organisation", values::not_empty);
        let gateway = Gateway::from_source(source, environment);
        let key = KeySource::from_source(source, &database_url);
        let simulated = gateway.as_ref().is_some_and(|gateway| matches!(gateway.kind, GatewayKind::Simulator));
        Self {
            public_url: source.take("public_url", PublicUrl::parse).unwrap_or_else(|| PublicUrl::of(listen)),
            colour: source.take("colour", Colour::parse),
            logo: Logo::from_source(source, organisation.as_ref()),
            organisation,
            trusted_proxy_header: source.take("trusted_proxy_header", values::header_name),
            phones_url: if simulated { source.take("gateway.url", PublicUrl::parse) } else { None },
            gateway,
            oidc: Oidc::from_source(source),
            log: Log {
                filter: source.take("log.filter", values::log_filter).unwrap_or(default.log.filter),
                format: source.take("log.format", LogFormat::parse).unwrap_or(default.log.format),
            },
            keys: Keys {
                folder: source.take("keys", values::path).unwrap_or_else(|| key.folder().join(KEYS)),
                recovery: source.take("keys_recovery", values::path),
            },
            keep: Keep {
                days: source.take("keep_days", values::days).unwrap_or(default.keep.days),
                unpublished_days: source
                    .take("keep_unpublished_days", values::days)
                    .unwrap_or(default.keep.unpublished_days),
                audit_days: source.take("keep_audit_days", values::days).unwrap_or(default.keep.audit_days),
            },
            webhooks_to_loopback: source
                .take("webhooks_to_loopback", |text| values::outside_production(text, environment))
                .unwrap_or(default.webhooks_to_loopback),
            api_per_minute: source.take("api_per_minute", values::per_minute).unwrap_or(default.api_per_minute),
            key,
            said: source.said(),
            listen,
            database_url,
            environment,
        }
    }

    /// The key that seals cookies and stored answers. A key file that is missing is made (readable by its owner alone), so
    /// call this only where the installation is really run: a new key cannot open what another one sealed.
    ///
    /// # Errors
    /// The file cannot be read or written, or holds something else than a key.
    pub fn load_or_create_secret(&self, chance: &crate::ports::Chance) -> Result<SecretKey, SecretKeyError> {
        match &self.key {
            KeySource::Given(key) => Ok(key.clone()),
            KeySource::File(path) => SecretKey::load_or_create(path, chance),
        }
    }

    /// The folder of this installation's own files: the key's, where it is in a file.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.key.folder()
    }

    /// These settings with everything that is remembered, the key too, in `database`: for the demo and the tests.
    #[must_use]
    pub fn with_database(mut self, database: DatabaseUrl) -> Self {
        self.key = KeySource::File(beside(&database));
        self.keys.folder = self.key.folder().join(KEYS);
        self.database_url = database;
        self
    }
}

/// The folder of the campaigns' keys, beside the installation's own.
const KEYS: &str = "keys";

impl KeySource {
    fn folder(&self) -> &Path {
        match self {
            Self::Given(_) => Path::new(""),
            Self::File(path) => path.parent().unwrap_or(Path::new("")),
        }
    }

    fn from_source(source: &mut Source, database: &DatabaseUrl) -> Self {
        let given = source.take("secret_key", SecretKey::parse);
        let file = source.take("secret_key_file", values::path);
        given.map_or_else(|| Self::File(file.unwrap_or_else(|| beside(database))), Self::Given)
    }
}

/// `medvirk.key` in the folder of an SQLite file, or in the working directory.
fn beside(database: &DatabaseUrl) -> PathBuf {
    database.sqlite_path().unwrap_or(Path::new("")).with_file_name("medvirk.key")
}
