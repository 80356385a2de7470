//! What is saved by memory and by groups: a page from memory against one rendered and one compressed for each request,
//! and one commit for all writes that wait together against one commit each.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot be made has nothing to say")]

use std::io::Write as _;

use axum::body::Bytes;
use divan::Bencher;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::future::join_all;
use medvirk::definition::model::Language;
use medvirk::ports::Ports;
use medvirk::store::Db;
use medvirk::store::dialect::Dialect;
use medvirk::store::group::{Group, Write};
use medvirk::web::pages::form::QuestionPage;
use medvirk::web::pages::{Page as _, Pages};
use sqlx::AnyConnection;
use tokio::runtime::Runtime;

fn main() {
    divan::main();
}

fn page() -> (Pages, QuestionPage) {
    (Pages::new().unwrap(), QuestionPage::samples().remove(0).1)
}

fn html() -> String {
    let (pages, page) = page();
    pages.render(&page, Language::NORWEGIAN).unwrap()
}

#[divan::bench]
fn page_from_memory(bencher: Bencher<'_, '_>) {
    let bytes = Bytes::from(html());
    bencher.bench(|| bytes.clone());
}

#[divan::bench]
fn page_rendered(bencher: Bencher<'_, '_>) {
    let (pages, page) = page();
    bencher.bench(|| pages.render(&page, Language::NORWEGIAN).unwrap());
}

#[divan::bench]
fn page_compressed_quickly(bencher: Bencher<'_, '_>) {
    compress(bencher, Compression::fast());
}

#[divan::bench]
fn page_compressed_well(bencher: Bencher<'_, '_>) {
    compress(bencher, Compression::best());
}

fn compress(bencher: Bencher<'_, '_>, level: Compression) {
    let html = html();
    bencher.bench(|| {
        let mut encoder = GzEncoder::new(Vec::with_capacity(html.len() / 2), level);
        encoder.write_all(html.as_bytes()).unwrap();
        encoder.finish().unwrap()
    });
}

/// Writers at once.
const WRITERS: usize = 64;

/// Some row.
struct Row(String);

impl Write for Row {
    type Done = ();

    async fn apply(&self, connection: &mut AnyConnection, _: Dialect) -> sqlx::Result<()> {
        let insert = sqlx::query("INSERT INTO org_units (id, level, name) VALUES ($1, 1, $1)");
        insert.bind(&self.0).execute(connection).await.map(drop)
    }
}

fn database(runtime: &Runtime, folder: &tempfile::TempDir) -> Db {
    let url = format!("sqlite://{}", folder.path().join("bench.db").display());
    runtime.block_on(async {
        let db = Db::open(&url).await.unwrap();
        db.migrate().await.unwrap();
        db
    })
}

fn rows() -> Vec<Row> {
    let chance = Ports::system().chance;
    (0..WRITERS).map(|_| Row(chance.id())).collect()
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn writes_in_groups(bencher: Bencher<'_, '_>) {
    let (runtime, folder) = (Runtime::new().unwrap(), tempfile::tempdir().unwrap());
    let db = database(&runtime, &folder);
    let group = runtime.block_on(async { Group::start(&db) });
    bencher.with_inputs(rows).bench_values(|rows| {
        let done = runtime.block_on(join_all(rows.into_iter().map(|row| group.run(row))));
        for done in done {
            done.unwrap();
        }
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn writes_each_alone(bencher: Bencher<'_, '_>) {
    let (runtime, folder) = (Runtime::new().unwrap(), tempfile::tempdir().unwrap());
    let db = database(&runtime, &folder);
    let alone = async |row: Row| {
        let mut tx = db.begin().await.unwrap();
        row.apply(&mut tx, db.dialect()).await.unwrap();
        tx.commit().await.unwrap();
    };
    bencher.with_inputs(rows).bench_values(|rows| {
        runtime.block_on(join_all(rows.into_iter().map(&alone)));
    });
}
