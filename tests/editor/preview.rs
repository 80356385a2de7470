//! Somebody writes a survey and looks at it.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use medvirk::ports::Chance;
use medvirk::web::preview::{Preview, router};
use reqwest::header::LOCATION;
use reqwest::{Client, StatusCode};

use crate::MIDWAY;

struct Desk {
    _folder: tempfile::TempDir,
    file: PathBuf,
    url: String,
    http: Client,
}

impl Desk {
    async fn open(source: &[u8]) -> Self {
        // An error says that another test was first, which is as good.
        drop(rustls::crypto::ring::default_provider().install_default());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("survey.yaml");
        fs::write(&file, source).unwrap();
        let preview = Arc::new(Preview::new(file.clone(), Chance::seeded(1)).unwrap());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router(preview)).await.unwrap() });
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { _folder: folder, file, url, http }
    }

    fn save(&self, source: &[u8]) {
        fs::write(&self.file, source).unwrap();
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    /// Where posting leads.
    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.http.post(format!("{}{path}", self.url));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.body(body).send().await.unwrap();
        let location = answer.headers().get(LOCATION).map(|to| to.to_str().unwrap().to_owned());
        (answer.status(), location.unwrap_or_default())
    }
}

#[tokio::test]
async fn a_broken_file_is_explained_and_a_mended_one_is_shown() {
    let desk = Desk::open(MIDWAY).await;
    let (_, whole) = desk.get("/state").await;
    assert_eq!(desk.get("/form/1?p=start").await.0, StatusCode::OK);

    let broken = String::from_utf8(MIDWAY.to_vec()).unwrap().replace("\nthanks:", "\nthankz:");
    desk.save(broken.as_bytes());
    assert_ne!(desk.get("/state").await.1, whole);
    let (status, page) = desk.get("/form/1?p=start").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("<mark>thankz</mark>") && page.contains("did you mean `thanks`?"), "{page}");
    assert!(page.contains("survey.yaml:"), "{page}");
    assert_eq!(desk.get("/v/1").await.0, StatusCode::OK);

    desk.save(MIDWAY);
    assert_eq!(desk.get("/state").await.1, whole);
    assert_eq!(desk.get("/form/1?p=start").await.0, StatusCode::OK);
}

#[tokio::test]
async fn half_a_file_and_none_at_all_are_survived() {
    let desk = Desk::open(b"").await;
    for length in (0..MIDWAY.len()).step_by(997) {
        desk.save(&MIDWAY[..length]);
        assert_eq!(desk.get("/v/1").await.0, StatusCode::OK);
        let status = desk.get("/form/1").await.0;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY || status == StatusCode::OK, "{length}: {status}");
    }
    fs::remove_file(&desk.file).unwrap();
    let (status, page) = desk.get("/form/1").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("cannot be read"), "{page}");
}

#[tokio::test]
async fn one_can_be_any_audience_and_go_to_any_page() {
    let desk = Desk::open(MIDWAY).await;
    let (status, to) = desk.post("/v/1", &[("audience", "redeployed"), ("p", "start"), ("lang", "en")]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/v/1?p=start&lang=en"));
    let (_, frame) = desk.get(&to).await;
    assert!(frame.contains("<option value=\"redeployed\" selected>"), "{frame}");
    assert!(frame.contains("src=\"/form/1?p=start&amp;lang=en\""), "{frame}");
    for page in &crate::survey(MIDWAY).pages {
        desk.post("/v/1", &[("p", &page.id)]).await;
        let (status, _) = desk.get(&format!("/form/1?p={}", page.id)).await;
        assert_eq!(status, StatusCode::OK, "{}", page.id);
    }
}

#[tokio::test]
async fn the_phone_holds_no_script() {
    let desk = Desk::open(MIDWAY).await;
    assert!(!desk.get("/form/1?p=start").await.1.contains("<script"));
}
