//! What SQLite and PostgreSQL do differently.

use std::str::FromStr;
use std::time::Duration;

use anyhow::bail;
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, Connection as _, Executor};

/// Which database this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// One file, one writer.
    Sqlite,
    /// A server, any number of nodes.
    Postgres,
}

/// Who opens the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A command, which does one thing, perhaps a large one, and ends.
    Command,
    /// A process that serves and sends for months.
    Server,
}

/// An address that is neither `sqlite://PATH` nor `postgres://…`.
#[derive(Debug, thiserror::Error)]
#[error("the database address must begin with sqlite:// or postgres://")]
pub struct UnknownDatabase;

impl FromStr for Dialect {
    type Err = UnknownDatabase;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(UnknownDatabase),
        }
    }
}

impl Dialect {
    /// How a transaction that will write begins. SQLite takes its one write lock at once, so that it can wait for it;
    /// a transaction that has read first can only fail.
    pub(super) const fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Ends a `SELECT` that claims messages, whatever they are joined with: nodes pass over what another one is claiming.
    #[must_use]
    pub const fn skip_locked_messages(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE OF messages SKIP LOCKED",
        }
    }

    /// Ends a `SELECT` that takes rows of one table: nodes pass over what another one is taking.
    #[must_use]
    pub const fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// Ends a `SELECT` of one row that is about to be changed by what was read. SQLite's transaction has its lock already.
    #[must_use]
    pub const fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }

    /// The rows in `$1` (from `bulk::rows`), each a JSON array called `value`.
    pub(super) const fn rows(self) -> &'static str {
        match self {
            Self::Sqlite => "json_each($1)",
            Self::Postgres => "json_array_elements(CAST($1 AS JSON))",
        }
    }

    /// The text of a migration. Where it says that a table is ordered by its id, SQLite keeps no row number beside it, which
    /// would say in which order rows came; PostgreSQL has no such number.
    pub(super) fn tables(self, sql: &str) -> String {
        match self {
            Self::Sqlite => sql.replace(ORDERED_BY_ID, "WITHOUT ROWID"),
            Self::Postgres => sql.to_owned(),
        }
    }

    /// What leaves nothing of deleted rows behind. Each runs alone, outside a transaction.
    pub(super) const fn sweep(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"],
            Self::Postgres => &["VACUUM (FULL, FREEZE) envelopes, drafts, responses, texts"],
        }
    }

    /// Says how many bytes the database takes.
    pub(super) const fn bytes(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
            Self::Postgres => "SELECT pg_database_size(current_database())",
        }
    }

    /// The address with what must be said in it: SQLite creates its file.
    pub(super) fn address(self, url: &str) -> String {
        match self {
            Self::Sqlite if !url.contains('?') && !url.contains(":memory:") => format!("{url}?mode=rwc"),
            _ => url.to_owned(),
        }
    }

    /// Opens one connection, and closes it: a pool tries for half a minute, and then says only that it has waited.
    pub(super) async fn knock(self, address: &str) -> anyhow::Result<()> {
        let knocking = async {
            let mut connection = AnyConnection::connect(address).await?;
            self.prepare(&mut connection, READER_CACHE).await?;
            connection.close().await
        };
        let Ok(knocked) = tokio::time::timeout(FIRST_ANSWER, knocking).await else {
            bail!("the database does not answer: see database_url");
        };
        // Its text alone: it has its cause in it already.
        match knocked {
            Ok(()) => Ok(()),
            Err(error) if self == Self::Sqlite => bail!(
                "cannot open the database: {error}; database_url must name an SQLite file, old or new, in a folder in \
                 which this user may write"
            ),
            Err(error) => bail!("cannot reach PostgreSQL as database_url says: {error}"),
        }
    }

    /// Connections that read. On PostgreSQL they write as well.
    pub(super) fn readers(self) -> AnyPoolOptions {
        let connections = match self {
            Self::Sqlite => 4,
            Self::Postgres => 16,
        };
        self.pool(connections, READER_CACHE)
    }

    /// Connections that write: on SQLite one, since competing writers stall each other for hundreds of milliseconds.
    pub(super) fn writer(self, by: Use) -> AnyPoolOptions {
        let cache = match by {
            Use::Command => BULK_CACHE,
            Use::Server => SERVER_CACHE,
        };
        self.pool(1, cache)
    }

    fn pool(self, connections: u32, cache: &'static str) -> AnyPoolOptions {
        AnyPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(30))
            .test_before_acquire(matches!(self, Self::Postgres))
            .after_connect(move |connection, _| Box::pin(self.prepare(connection, cache)))
    }

    async fn prepare(self, connection: &mut AnyConnection, cache: &'static str) -> sqlx::Result<()> {
        match self {
            Self::Sqlite => {
                connection.execute(SQLITE_SETTINGS).await?;
                connection.execute(cache).await?;
            }
            Self::Postgres => {
                connection.execute(POSTGRES_SETTINGS).await?;
            }
        }
        Ok(())
    }
}

/// Ends a table's definition in a migration.
const ORDERED_BY_ID: &str = "/* ordered by id */";

/// A living database says something within this time.
const FIRST_ANSWER: Duration = Duration::from_secs(10);

/// `FULL`: a commit that was confirmed survives a power cut. `secure_delete`: what is deleted is overwritten.
const SQLITE_SETTINGS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA busy_timeout = 10000;
    PRAGMA temp_store = MEMORY;
";

/// A commit that was confirmed survives a crash, whatever the server's settings say: a message must not leave before it is
/// certain that the next start will know of it. And whoever is frozen or cut off in the middle of a transaction gives up its
/// locks; no transaction of ours rests for a second.
const POSTGRES_SETTINGS: &str = "
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
    SET idle_in_transaction_session_timeout = '60s';
";

/// 64 MiB: a launch writes all over its indexes.
const BULK_CACHE: &str = "PRAGMA cache_size = -65536";

/// 16 MiB: what a launch of a municipality writes all over, and all that a server, which lives long, keeps of it.
const SERVER_CACHE: &str = "PRAGMA cache_size = -16384";

/// 2 MiB: SQLite empties a reader's cache at each commit of the writer, and walks all of its table to do so.
const READER_CACHE: &str = "PRAGMA cache_size = -2000";
