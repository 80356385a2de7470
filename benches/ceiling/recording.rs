//! The requests of one survey and what came back, byte for byte.

use std::path::Path;

use data_encoding::BASE64;
use medvirk::definition::load;
use medvirk::definition::model::{Answers, Attributes, Definition};
use medvirk::respond::post::fields_of;
use medvirk::simulate::answers::{self, Person};
use reqwest::{Client, Method, StatusCode, Url};
use serde::{Deserialize, Serialize};

const FILE: &str = "recording.json";

/// More than any survey takes.
const MOST: usize = 100;

/// One request and its answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Exchange {
    post: bool,
    /// After the token; a number at its end tells two requests of one page apart.
    query: String,
    body: String,
    status: u16,
    headers: Vec<(String, String)>,
    #[serde(with = "base64")]
    pub answer: Vec<u8>,
}

impl Exchange {
    /// Asks for the same of another token, and sees that the same comes back.
    pub async fn repeat(&self, client: &Client, url: &str, token: &str) {
        let method = if self.post { Method::POST } else { Method::GET };
        let request =
            client.request(method, format!("{url}/s/{token}{}", self.query)).header("accept-encoding", "gzip");
        let request = if self.post {
            request.header("content-type", "application/x-www-form-urlencoded").body(self.body.clone())
        } else {
            request
        };
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), self.status, "{} {}", self.post, self.query);
        assert_eq!(answer.bytes().await.unwrap().len(), self.answer.len(), "{}", self.query);
    }

    pub fn key(&self) -> String {
        format!("{} {}", self.post, self.query.trim_start_matches('?'))
    }

    pub fn status(&self) -> u16 {
        self.status
    }

    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }
}

/// One employee who answers, with a notebook.
pub struct Recorder {
    survey: Definition,
    url: String,
    client: Client,
    exchanges: Vec<Exchange>,
}

impl Recorder {
    pub fn new(survey: &str, url: &str) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        Self { survey: load(survey.as_bytes()).unwrap(), url: url.to_owned(), client, exchanges: Vec::new() }
    }

    /// From the link to the thanks.
    pub async fn answer(mut self, token: &str) -> Vec<Exchange> {
        let mut query = String::new();
        for _ in 0..MOST {
            let page = self.ask(token, &query, None).await;
            if let Some(shown) = between(&page, "name=\"shown\" value=\"") {
                let body = self.fill_in(token, shown, between(&page, "name=\"opens\" value=\""));
                query = self.ask(token, &query, Some(body)).await;
            } else if let Some(start) = between(&page, "<a class=\"button\" href=\"") {
                query = start.replace("&amp;", "&");
            } else {
                return self.exchanges;
            }
        }
        panic!("a form that leads in a circle");
    }

    fn fill_in(&self, token: &str, shown: &str, opens: Option<&str>) -> String {
        let attributes = Attributes::new();
        let person = Person { seed: 1, key: token, area: "Pleie", attributes: &attributes };
        let on_page = shown.split(',').filter_map(|id| self.survey.questions().find(|(_, one)| one.id == id));
        let answers: Answers = on_page.flat_map(|(_, question)| answers::to(&self.survey, question, &person)).collect();
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("shown", shown)
            .extend_pairs(opens.map(|ids| ("opens", ids)))
            .extend_pairs(fields_of(&answers));
        body.finish()
    }

    /// The page, or the query of where a post leads.
    async fn ask(&mut self, token: &str, query: &str, body: Option<String>) -> String {
        let join = if query.is_empty() { '?' } else { '&' };
        let query = format!("{query}{join}n={}", self.exchanges.len());
        let url = Url::parse(&format!("{}/s/{token}{query}", self.url)).unwrap();
        let method = if body.is_some() { Method::POST } else { Method::GET };
        let mut request = self.client.request(method, url).header("accept-encoding", "gzip");
        if let Some(body) = &body {
            request = request.header("content-type", "application/x-www-form-urlencoded").body(body.clone());
        }
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        let (location, own) = (text("location"), ["date", "content-length"]);
        let kept = headers.keys().filter(|name| !own.contains(&name.as_str()));
        let headers = kept.map(|name| (name.to_string(), text(name.as_str()).unwrap())).collect();
        let answer = answer.bytes().await.unwrap().to_vec();
        let page = if status == StatusCode::SEE_OTHER { location.unwrap() } else { unzip(&answer) };
        let exchange = Exchange {
            post: body.is_some(),
            query,
            body: body.unwrap_or_default(),
            status: status.into(),
            headers,
            answer,
        };
        self.exchanges.push(exchange);
        page
    }
}

fn unzip(bytes: &[u8]) -> String {
    std::io::read_to_string(flate2::read::GzDecoder::new(bytes)).unwrap()
}

fn between<'p>(page: &'p str, marker: &str) -> Option<&'p str> {
    page.split_once(marker)?.1.split_once('"').map(|(value, _)| value)
}

pub fn write(folder: &Path, exchanges: &[Exchange]) {
    std::fs::write(folder.join(FILE), serde_json::to_vec(exchanges).unwrap()).unwrap();
}

pub fn read(folder: &Path) -> Vec<Exchange> {
    serde_json::from_slice(&std::fs::read(folder.join(FILE)).unwrap()).unwrap()
}

mod base64 {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::BASE64.encode(bytes))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        super::BASE64.decode(text.as_bytes()).map_err(serde::de::Error::custom)
    }
}
