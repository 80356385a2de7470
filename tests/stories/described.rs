//! The API against its own document: schemathesis makes requests of every kind that the document allows, and of kinds that
//! it does not, and every answer must be one that the document knows.

use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;
use medvirk::people::permission::Permission;
use medvirk::ports::Clock;

use crate::api::KONTOR;
use crate::app::{On, TestApp, shared};

/// Requests of each kind, made of this seed, for each call.
const EXAMPLES: &str = "40";

/// Ids that are there. What the document allows may still be wrong: a text that is no survey, a name given to another call.
fn settings(draft: &str, published: &str) -> String {
    format!(
        r#"
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "404", "409", "422"]

[[operations]]
include-path-regex = "/campaigns/"
parameters = {{ "path.id" = "{draft}" }}

[[operations]]
include-path-regex = "/publications/"
parameters = {{ "path.id" = "{published}" }}
"#
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_in_the_document() {
    let clock = Clock::manual("2020-06-10T09:00:00Z".parse::<Timestamp>().unwrap());
    let app = TestApp::start_with(On::Sqlite, clock, |settings| settings.api_per_minute = 100_000).await;
    let published = app.open_campaign(KONTOR, 5).await;
    for number in 1..=5 {
        let mut phone = app.phone(number);
        phone.answer_everything(&[]).await;
        phone.send().await;
    }
    app.close_open_and_publish(&published).await;
    let draft = app.create(KONTOR).await;
    std::fs::write(app.folder().join("schemathesis.toml"), settings(&draft, &published)).unwrap();
    let api = app.key("schemathesis", &Permission::ALL, &[]).await;
    let folder = PathBuf::from(std::env::var("MEDVIRK_TEST_SCHEMATHESIS").expect("run ./test"));
    let document = app.folder().join("openapi.json");
    std::fs::write(&document, api.get("/api/openapi.json").await.text).unwrap();
    let mut program = Command::new("python3");
    program.env("PYTHONPATH", &folder).args(["-m", "openapi_spec_validator"]).arg(&document);
    let output = program.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
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
    let calls = medvirk::web::doors(&shared(&app)).operations().len();
    assert!(told.contains(&format!("{calls} selected / {calls} total")), "{told}");
    let made = app.count("SELECT COUNT(*) FROM campaigns").await;
    assert!(made > 2, "the document's own example makes a campaign");
}

/// Runs the lines of a guide that a shell takes, as they stand there. Gives what they said.
async fn followed(guide: &'static str, app: &TestApp, folder: &Path) -> String {
    let api = app.key("guide", &Permission::ALL, &[]).await;
    let lines = guide.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let mut bash = Command::new("bash");
    bash.args(["-euo", "pipefail", "-c", lines]).current_dir(folder).env("BASE", &app.url).env("KEY", &api.key);
    let output = tokio::task::spawn_blocking(move || bash.output()).await.unwrap().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_of_the_guide_works() {
    let app = TestApp::start(On::Sqlite).await;
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<_> = (1..=30).map(|number| format!("{number},Person {number},+474{number:07},Helse")).collect();
    let register = format!("employee_id,name,phone,area\n{}\n", rows.join("\n"));
    std::fs::write(folder.path().join("people.csv"), register).unwrap();
    std::fs::write(folder.path().join("survey.yaml"), KONTOR).unwrap();
    let told = followed(include_str!("../../docs/api.md"), &app, folder.path()).await;
    assert!(told.contains(r#"{"recipients":30,"parts":30}"#), "{told}");
    let document = std::fs::read_to_string(folder.path().join("publication.json")).unwrap();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["invited"], 30);
    assert!(std::fs::read_to_string(folder.path().join("publication.csv")).unwrap().starts_with("question,"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guide_to_scim_works() {
    let app = TestApp::start(On::Sqlite).await;
    let folder = tempfile::tempdir().unwrap();
    let told = followed(include_str!("../../docs/scim.md"), &app, folder.path()).await;
    assert!(told.contains(r#""active":false"#), "{told}");
    assert_eq!(app.count("SELECT COUNT(*) FROM employees WHERE left_at IS NOT NULL").await, 1);
}
