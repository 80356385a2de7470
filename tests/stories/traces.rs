//! What can be looked for in files, dumps and logs.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use medvirk::config::{Log, LogFormat};
use medvirk::store::dialect::Dialect;
use memchr::memmem;
use sqlx::Row as _;
use tracing::subscriber::DefaultGuard;

use crate::app::TestApp;

/// Everything that the database has on disk, by file.
pub(crate) struct Disk(Vec<(PathBuf, Vec<u8>)>);

impl Disk {
    /// SQLite's file and its log of writes; PostgreSQL's tables, its log of writes where wanted, and a dump.
    pub(crate) async fn of(app: &TestApp, with_log: bool) -> Self {
        let mut files = Vec::new();
        match app.db().dialect() {
            Dialect::Sqlite => {
                for name in ["medvirk.db", "medvirk.db-wal"] {
                    files.push(app.folder().join(name));
                }
            }
            Dialect::Postgres => {
                sqlx::query("CHECKPOINT").execute(app.db().read()).await.unwrap();
                let (data, database) = (text(app, "SHOW data_directory").await, text(app, DATABASE).await);
                let data = Path::new(&data);
                files.extend(inside(&data.join("base").join(database)));
                if with_log {
                    files.extend(inside(&data.join("pg_wal")));
                }
            }
        }
        let mut read: Vec<_> = files.into_iter().filter_map(|path| fs::read(&path).ok().map(|it| (path, it))).collect();
        if app.db().dialect() == Dialect::Postgres {
            read.push(("pg_dump".into(), dump(app)));
        }
        assert!(read.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > 50_000, "something was read");
        Self(read)
    }

    /// The files in which any of these stands.
    pub(crate) fn holding<'n>(&self, needles: impl IntoIterator<Item = &'n [u8]>) -> Vec<String> {
        let finders: Vec<_> = needles.into_iter().map(memmem::Finder::new).collect();
        assert!(!finders.is_empty() && finders.iter().all(|finder| finder.needle().len() >= 8), "too common");
        let holds = |bytes: &[u8]| finders.iter().any(|finder| finder.find(bytes).is_some());
        self.0.iter().filter(|(_, bytes)| holds(bytes)).map(|(path, _)| path.display().to_string()).collect()
    }
}

const DATABASE: &str = "SELECT CAST(oid AS TEXT) FROM pg_database WHERE datname = current_database()";

async fn text(app: &TestApp, sql: &'static str) -> String {
    sqlx::query_scalar(sql).fetch_one(app.db().read()).await.unwrap()
}

fn inside(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// The newest `pg_dump` of the machine.
fn dump(app: &TestApp) -> Vec<u8> {
    let mut versions = inside(Path::new("/usr/lib/postgresql"));
    versions.sort();
    let program = versions.pop().unwrap().join("bin/pg_dump");
    let dumped = Command::new(program).arg("--dbname").arg(app.app().settings.database_url.as_str()).output().unwrap();
    assert!(dumped.status.success(), "{}", String::from_utf8_lossy(&dumped.stderr));
    dumped.stdout
}

/// The columns of a table and its rows as text, in the order in which they lie on disk, as far as anybody can ask for it.
pub(crate) async fn rows(app: &TestApp, table: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let order = match app.db().dialect() {
        Dialect::Sqlite => "1",
        Dialect::Postgres => "ctid",
    };
    let sql = sqlx::AssertSqlSafe(format!("SELECT * FROM {table} ORDER BY {order}"));
    let rows = sqlx::query(sql).fetch_all(app.db().read()).await.unwrap();
    let columns = rows.first().map_or_else(Vec::new, |row| {
        sqlx::Row::columns(row).iter().map(|column| sqlx::Column::name(column).to_owned()).collect()
    });
    let value = |row: &sqlx::any::AnyRow, at: usize| {
        let text = row.try_get::<Option<String>, _>(at).map(Option::unwrap_or_default);
        text.or_else(|_| row.try_get::<Option<i64>, _>(at).map(|it| it.map_or_else(String::new, |it| it.to_string())))
    };
    let all = rows.iter().map(|row| (0..row.len()).map(|at| value(row, at).unwrap()).collect());
    (columns, all.collect())
}

/// The log of this test at its finest, as the program writes it.
#[derive(Clone, Default)]
pub(crate) struct Heard(Arc<Mutex<Vec<u8>>>);

impl Heard {
    /// Listens to everything on this thread as long as the guard lives.
    pub(crate) fn listen(&self) -> DefaultGuard {
        let log = Log { filter: "trace".to_owned(), format: LogFormat::Text };
        let heard = self.clone();
        tracing::subscriber::set_default(medvirk::logging::to(&log, move || heard.clone(), false).unwrap())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Spearman's rank correlation of two orders of the same distinct things; 0 where they have nothing to do with each other.
#[expect(clippy::cast_precision_loss, reason = "a few hundred things")]
pub(crate) fn correlation<T: PartialEq>(one: &[T], other: &[T]) -> f64 {
    assert_eq!(one.len(), other.len());
    let place = |thing: &T| other.iter().position(|it| it == thing).unwrap();
    let squares = one.iter().enumerate().map(|(at, thing)| (at as f64 - place(thing) as f64).powi(2));
    let n = one.len() as f64;
    1.0 - 6.0 * squares.sum::<f64>() / (n * (n * n - 1.0))
}
