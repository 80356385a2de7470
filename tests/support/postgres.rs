//! A PostgreSQL database of its own for each test, on the cluster that `./test` starts.

use std::path::Path;

use data_encoding::HEXLOWER;
use medvirk::ports::Chance;
use reqwest::Url;
use sha2::{Digest as _, Sha256};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};

const VARIABLE: &str = "MEDVIRK_TEST_POSTGRES";
/// Any number: who holds it may build the template.
const TEMPLATE_LOCK: i64 = 7_403_511;

/// A database with all tables and no rows, dropped with this value.
#[derive(Debug)]
pub(crate) struct Database {
    name: String,
}

impl Database {
    /// Makes one.
    ///
    /// # Panics
    /// There is no cluster: the tests were not started by `./test`.
    pub(crate) async fn create() -> Self {
        let mut cluster = PgConnection::connect(cluster().as_str()).await.unwrap();
        let template = template(&mut cluster).await;
        let name = format!("medvirk_test_{}", Chance::System.id());
        run(&mut cluster, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { name }
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        url(&self.name)
    }
}

impl Drop for Database {
    #[expect(clippy::print_stderr, reason = "a test that ends has no other way to tell")]
    fn drop(&mut self) {
        let name = self.name.clone();
        // The test's own runtime cannot be waited for from here.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut cluster = PgConnection::connect(cluster().as_str()).await.unwrap();
                run(&mut cluster, format!("DROP DATABASE {name} WITH (FORCE)")).await;
            });
        });
        if dropped.join().is_err() {
            eprintln!("the database {} stays behind", self.name);
        }
    }
}

fn cluster() -> Url {
    let address = std::env::var(VARIABLE).unwrap_or_else(|_| panic!("{VARIABLE} is not set: run ./test"));
    Url::parse(&address).unwrap_or_else(|error| panic!("{VARIABLE} is no address: {error}"))
}

fn url(database: &str) -> String {
    let mut url = cluster();
    url.set_path(database);
    url.into()
}

async fn run(connection: &mut PgConnection, statement: String) {
    sqlx::query(AssertSqlSafe(statement)).execute(connection).await.unwrap();
}

/// The name of a database with today's tables; the first one who asks builds it.
async fn template(cluster: &mut PgConnection) -> String {
    let migrations = Migrator::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations")).await.unwrap();
    let name = format!("medvirk_template_{}", fingerprint(&migrations));
    sqlx::query("SELECT pg_advisory_lock($1)").bind(TEMPLATE_LOCK).execute(&mut *cluster).await.unwrap();
    let exists = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(&name);
    if exists.fetch_optional(&mut *cluster).await.unwrap().is_none() {
        build_template(cluster, &migrations, &name).await;
    }
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(TEMPLATE_LOCK).execute(cluster).await.unwrap();
    name
}

/// Builds it under another name, so that a half-built one is never taken for it.
async fn build_template(cluster: &mut PgConnection, migrations: &Migrator, name: &str) {
    let draft = format!("{name}_draft");
    run(cluster, format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await;
    run(cluster, format!("CREATE DATABASE {draft}")).await;
    let mut database = PgConnection::connect(&url(&draft)).await.unwrap();
    migrations.run(&mut database).await.unwrap();
    database.close().await.unwrap();
    run(cluster, format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
}

/// Changes whenever a migration changes, so that an old cluster never serves old tables.
fn fingerprint(migrations: &Migrator) -> String {
    let mut hash = Sha256::new();
    migrations.iter().for_each(|migration| hash.update(&migration.checksum));
    HEXLOWER.encode(&hash.finalize()[..8])
}
