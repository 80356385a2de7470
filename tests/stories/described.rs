//! The API against its own document: schemathesis makes requests of every kind that the document allows, and of kinds that
//! it does not, and every answer must be one that the document knows.

use std::path::PathBuf;
use std::process::Command;

use jiff::Timestamp;
use medvirk::people::permission::Permission;
use medvirk::ports::Clock;

use crate::api::KONTOR;
use crate::app::{On, TestApp};

/// Requests of each kind, made of this seed, for each call.
const EXAMPLES: &str = "12";

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_in_the_document() {
    let clock = Clock::manual("2020-06-10T09:00:00Z".parse::<Timestamp>().unwrap());
    let app = TestApp::start_with(On::Sqlite, clock, |settings| settings.api_per_minute = 100_000).await;
    app.import(5).await;
    app.create(KONTOR).await;
    let api = app.key("schemathesis", &Permission::ALL, &[]).await;
    let folder = PathBuf::from(std::env::var("MEDVIRK_TEST_SCHEMATHESIS").expect("run ./test"));
    let mut program = Command::new("python3");
    program.env("PYTHONPATH", &folder).current_dir(app.folder()).arg(folder.join("bin/schemathesis"));
    program.args([
        "run",
        &format!("{}/api/openapi.json", app.url),
        "--header",
        &format!("Authorization: Bearer {}", api.key),
    ]);
    program.args([
        "--checks",
        "all",
        "--phases",
        "examples,coverage,fuzzing",
        "--max-examples",
        EXAMPLES,
        "--seed",
        "1",
    ]);
    program.args(["--generation-deterministic", "--continue-on-failure", "--no-color", "--request-timeout", "20"]);
    let output = tokio::task::spawn_blocking(move || program.output()).await.unwrap().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("No issues found"), "{told}");
}
