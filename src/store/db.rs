//! The connection pools, transactions and migrations.

use std::borrow::Cow;

use anyhow::Context as _;
use sqlx::any::AnyConnectOptions;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Any, AnyPool, AssertSqlSafe, ConnectOptions as _, Row as _, SqlSafeStr as _, Transaction};

use super::dialect::{Dialect, Use};

/// A transaction that may write. Dropped without a commit, it is rolled back.
pub type Tx = Transaction<'static, Any>;

/// In their order; each is applied once and never changed afterwards.
pub(super) const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "first", include_str!("../../migrations/0001_first.sql")),
    (2, "delivery", include_str!("../../migrations/0002_delivery.sql")),
    (3, "guesses", include_str!("../../migrations/0003_guesses.sql")),
    (4, "sealed", include_str!("../../migrations/0004_sealed.sql")),
    (5, "reports", include_str!("../../migrations/0005_reports.sql")),
    (7, "publications", include_str!("../../migrations/0007_publications.sql")),
    (8, "texts", include_str!("../../migrations/0008_texts.sql")),
    (9, "waves", include_str!("../../migrations/0009_waves.sql")),
    (10, "accounts", include_str!("../../migrations/0010_accounts.sql")),
    (11, "audit", include_str!("../../migrations/0011_audit.sql")),
    (12, "logins", include_str!("../../migrations/0012_logins.sql")),
    (13, "paces", include_str!("../../migrations/0013_paces.sql")),
    (14, "subjects", include_str!("../../migrations/0014_subjects.sql")),
    (15, "api_keys", include_str!("../../migrations/0015_api_keys.sql")),
    (16, "api_answers", include_str!("../../migrations/0016_api_answers.sql")),
    (17, "webhooks", include_str!("../../migrations/0017_webhooks.sql")),
    (18, "scim", include_str!("../../migrations/0018_scim.sql")),
    (20, "live", include_str!("../../migrations/0020_live.sql")),
    (21, "versions", include_str!("../../migrations/0021_versions.sql")),
    (25, "privacy", include_str!("../../migrations/0025_privacy.sql")),
    (30, "last_login", include_str!("../../migrations/0030_last_login.sql")),
];

/// One database, as two pools: any number of readers, and on SQLite a single writer.
#[derive(Clone, Debug)]
pub struct Db {
    read: AnyPool,
    write: AnyPool,
    dialect: Dialect,
}

impl Db {
    /// Opens `sqlite://PATH` (created when missing) or `postgres://…`, without touching its tables.
    ///
    /// # Errors
    /// An address of neither kind; a file or server that cannot be reached.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        Self::open_by(url, Use::Command).await
    }

    /// As [`Db::open`], for a process that stays.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn open_to_serve(url: &str) -> anyhow::Result<Self> {
        Self::open_by(url, Use::Server).await
    }

    async fn open_by(url: &str, by: Use) -> anyhow::Result<Self> {
        sqlx::any::install_default_drivers();
        let dialect: Dialect = url.parse()?;
        let address = dialect.address(url);
        dialect.knock(&address).await?;
        // No statement is logged, slow or not: those of an import fill pages, and their values belong in no log.
        let address: AnyConnectOptions = address.parse().context("the database address cannot be read")?;
        let address = address.disable_statement_logging();
        let write = match dialect {
            Dialect::Sqlite => dialect
                .writer(by)
                .connect_with(address.clone())
                .await
                .context("cannot open the database for writing")?,
            Dialect::Postgres => {
                dialect.readers().connect_with(address.clone()).await.context("cannot reach the database")?
            }
        };
        let read = match dialect {
            Dialect::Sqlite => dialect.readers().connect_with(address).await.context("cannot open the database")?,
            Dialect::Postgres => write.clone(),
        };
        Ok(Self { read, write, dialect })
    }

    /// Brings the tables up to date; a second call changes nothing.
    ///
    /// # Errors
    /// A database that a newer version has migrated already, or that cannot be written.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        migrator(self.dialect).run(&self.write).await.context("cannot bring the database's tables up to date")
    }

    /// For statements that only read.
    #[must_use]
    pub fn read(&self) -> &AnyPool {
        &self.read
    }

    /// Begins a transaction that may write. Never hold it while the network is used.
    ///
    /// # Errors
    /// No connection within 30 s, or the database is gone.
    pub async fn begin(&self) -> sqlx::Result<Tx> {
        self.write.begin_with(self.dialect.begin()).await
    }

    /// Writes the tables of answers anew, so that nothing of what was deleted lies between their rows, and empties the log
    /// of writes where it is ours.
    ///
    /// # Errors
    /// The database is busy or out of reach.
    pub async fn sweep(&self) -> sqlx::Result<()> {
        let mut connection = self.write.acquire().await?;
        for statement in self.dialect.sweep() {
            let said = sqlx::query(*statement).fetch_optional(&mut *connection).await?;
            // SQLite says 1 where a reader kept it from emptying its log.
            if said.is_some_and(|row| row.try_get(0).is_ok_and(|busy: i64| busy != 0)) {
                return Err(sqlx::Error::Protocol("a reader kept the log of writes from being emptied".to_owned()));
            }
        }
        Ok(())
    }

    /// Which database it is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Ends every connection; what is committed stays.
    pub async fn close(&self) {
        self.write.close().await;
        self.read.close().await;
    }
}

fn migrator(dialect: Dialect) -> Migrator {
    let migrations = MIGRATIONS.iter().map(|&(version, name, sql)| {
        // Only what stands in our own files, with our own words put in.
        let sql = AssertSqlSafe(dialect.tables(sql)).into_sql_str();
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql, false)
    });
    Migrator { migrations: migrations.collect(), ..Migrator::DEFAULT }
}
