//! Synthetic respondents: they open the links on their phones and answer over real HTTP, as fast as the server lets
//! them, and measure what it took.
//!
//! A respondent knows the survey and what it would answer ([`super::answers`]); where to go and what to post it learns
//! from the pages (see `page.rs`) alone. The machine that measures is often the one that serves, so a respondent reads no
//! more of a page than that.

pub mod invited;
mod page;
pub mod report;

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use futures_util::{StreamExt as _, stream};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, LOCATION};
use reqwest::{Client, Response, StatusCode, Url};
use serde_json::json;

use super::answers::{self, Person};
use crate::definition::model::{Answers, Attributes, Definition, Question};
use crate::definition::route::route;
use crate::respond::post::{OPENS, fields_of};
use page::Page;
use report::{Report, Tally};

/// How to answer.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The share of the invited who answer, 0 to 1.
    pub answered: f64,
    /// Respondents at once, at least 1.
    pub concurrency: usize,
    /// Everybody arrives at a moment of their own within this time, however many are there already; without it the next
    /// arrives when one of `concurrency` is done.
    pub arrive_within: Option<Duration>,
    /// How long somebody looks at a page before going on: half as long to half as long again.
    pub pace: Duration,
    /// The same seed gives the same answers.
    pub seed: u64,
    /// Where the form is, if not where the links say.
    pub base_url: Option<Url>,
    /// A file for what everybody answered, one JSON object a line: unit, attributes, answers.
    pub truth: Option<PathBuf>,
}

/// Somebody with a link.
#[derive(Clone)]
pub struct Invited {
    /// As it stood in the message.
    pub link: String,
    /// The same in every run: the employee number, the phone.
    pub key: String,
    /// The area's name; empty where the register names none.
    pub area: String,
    /// The id of the deepest node known.
    pub unit: Option<String>,
    /// What the register says.
    pub attributes: Attributes,
}

/// More pages than any survey has: beyond it, a form leads in a circle.
const MOST_STEPS: usize = 500;

/// Why somebody could not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// No connection, or it broke.
    Connection,
    /// No answer in time.
    Timeout,
    /// An answer that stops a phone; 422 is a page whose answers were not taken.
    Status(u16),
    /// A page that leads nowhere, or lacks a field for an answer.
    Page(&'static str),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection => f.write_str("no connection"),
            Self::Timeout => f.write_str("no answer in time"),
            Self::Status(status) => write!(f, "status {status}"),
            Self::Page(what) => f.write_str(what),
        }
    }
}

/// Lets the share of `invited` that [`Options::answered`] says answer `definition`. `on_progress` hears how many are
/// done after each one.
///
/// # Errors
/// A truth file that cannot be written; a client that cannot be made. What goes wrong with single respondents stands in
/// the report.
pub async fn run(
    options: &Options,
    definition: &Definition,
    invited: &[Invited],
    on_progress: impl Fn(usize),
) -> anyhow::Result<Report> {
    let at_once = if options.arrive_within.is_some() { invited.len() } else { options.concurrency }.max(1);
    let client = client(at_once)?;
    let questions: HashMap<&str, &Question> = definition.questions().map(|(_, q)| (q.id.as_str(), q)).collect();
    let crowd = Crowd { options, definition, questions, client, tally: Mutex::default() };
    let truth = options.truth.as_ref().map(File::create).transpose().context("cannot create the truth file")?;
    let mut truth = truth.map(BufWriter::new);
    let start = Instant::now();
    let those = those_who_answer(options, invited);
    let mut done = stream::iter(those).map(|one| crowd.answer(one)).buffer_unordered(at_once);
    let mut count = 0;
    while let Some(answered) = done.next().await {
        count += 1;
        on_progress(count);
        if let (Some(truth), Some(line)) = (&mut truth, answered) {
            writeln!(truth, "{line}").context("cannot write the truth file")?;
        }
    }
    drop(done);
    truth.map_or(Ok(()), |mut truth| truth.flush()).context("cannot write the truth file")?;
    let tally = crowd.tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(tally.report(start.elapsed()))
}

/// How many of `invited` [`run`] lets answer.
#[must_use]
pub fn count(options: &Options, invited: &[Invited]) -> usize {
    let all = u32::try_from(invited.len()).unwrap_or(u32::MAX);
    (0..all).take_while(|one| f64::from(*one) + 0.5 < f64::from(all) * options.answered).count()
}

/// The first of them in an order that the seed decides, so that the same people answer in every run.
fn those_who_answer<'i>(options: &Options, invited: &'i [Invited]) -> Vec<&'i Invited> {
    let seed = options.seed.to_string();
    let mut order: Vec<&Invited> = invited.iter().collect();
    order.sort_by_cached_key(|one| answers::digest(&["who answers", &seed, &one.key]));
    order.truncate(count(options, invited));
    order
}

fn client(concurrency: usize) -> anyhow::Result<Client> {
    // Whoever was first has installed the same one.
    drop(rustls::crypto::ring::default_provider().install_default());
    let client = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .pool_max_idle_per_host(concurrency)
        .tcp_nodelay(true)
        .timeout(Duration::from_secs(30))
        .no_proxy();
    client.build().context("cannot make an HTTP client")
}

/// What all respondents have in common.
struct Crowd<'d> {
    options: &'d Options,
    definition: &'d Definition,
    questions: HashMap<&'d str, &'d Question>,
    client: Client,
    tally: Mutex<Tally>,
}

impl Crowd<'_> {
    /// Answers for one; gives the line of the truth file if that went well.
    async fn answer(&self, invited: &Invited) -> Option<String> {
        if let Some(within) = self.options.arrive_within {
            tokio::time::sleep(within.mul_f64(self.fate("arrives", &invited.key))).await;
        }
        let start = Instant::now();
        let person =
            Person { seed: self.options.seed, key: &invited.key, area: &invited.area, attributes: &invited.attributes };
        let outcome = Visit { crowd: self, person, given: Answers::new() }.through(&invited.link).await;
        self.tally(|tally| tally.survey(start.elapsed(), &outcome));
        let given = outcome.ok()??;
        Some(json!({ "unit": invited.unit, "attributes": invited.attributes, "answers": given }).to_string())
    }

    /// A number from 0 to 1 for that person; the seed decides.
    fn fate(&self, what: &str, key: &str) -> f64 {
        let digest = answers::digest(&[what, &self.options.seed.to_string(), key]);
        f64::from(u32::try_from(digest >> 32).unwrap_or(0)) / f64::from(u32::MAX)
    }

    /// Somebody reads a page and makes up their mind.
    async fn look(&self, step: usize, key: &str) {
        if !self.options.pace.is_zero() {
            tokio::time::sleep(self.options.pace.mul_f64(0.5 + self.fate(&format!("looks {step}"), key))).await;
        }
    }

    fn tally(&self, write: impl FnOnce(&mut Tally)) {
        write(&mut self.tally.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// One respondent on the way through the form.
struct Visit<'c, 'd> {
    crowd: &'c Crowd<'d>,
    person: Person<'c>,
    given: Answers,
}

impl<'d> Visit<'_, 'd> {
    /// From the link to the last page. `None`: the link was answered before.
    async fn through(mut self, link: &str) -> Result<Option<Answers>, Failure> {
        let mut url = self.address(link)?;
        let mut sent = false;
        for step in 0..MOST_STEPS {
            let (at, page) = self.open(url).await?;
            self.crowd.look(step, self.person.key).await;
            url = match page::read(&page) {
                Page::Start(href) => {
                    at.join(&href.replace("&amp;", "&")).map_err(|_| Failure::Page("a broken link"))?
                }
                Page::Questions(shown) => {
                    let body = self.fill_in(&page, shown)?;
                    self.post(at, body).await?
                }
                Page::Send => {
                    sent = true;
                    self.post(at, "send=1".to_owned()).await?
                }
                Page::End => return Ok(sent.then_some(self.given)),
            };
        }
        Err(Failure::Page("a form that leads in a circle"))
    }

    fn address(&self, link: &str) -> Result<Url, Failure> {
        let broken = |_| Failure::Page("a broken link");
        let mut url = Url::parse(link).map_err(broken)?;
        if let Some(base) = &self.crowd.options.base_url {
            url = base.join(url.path()).map_err(broken)?;
        }
        Ok(url)
    }

    /// The body that answers the questions that the page shows, and those that open with the answers.
    fn fill_in(&mut self, page: &str, shown: &str) -> Result<String, Failure> {
        let mut on_page = Answers::new();
        for id in shown.split(',') {
            on_page.extend(answers::to(self.crowd.definition, self.question(id)?, &self.person));
        }
        let opens = page::opens(page);
        for id in opens.into_iter().flat_map(|opens| opens.split(',')) {
            let question = self.question(id)?;
            if self.is_open(question, &on_page) {
                on_page.extend(answers::to(self.crowd.definition, question, &self.person));
            }
        }
        let mut body = form_urlencoded::Serializer::new(String::with_capacity(256));
        body.append_pair("shown", shown);
        if let Some(opens) = opens {
            body.append_pair(OPENS, opens);
        }
        for (name, value) in fields_of(&on_page) {
            if !page::has_field(page, &name) {
                return Err(Failure::Page("a page without a field for the answer"));
            }
            body.append_pair(&name, &value);
        }
        self.given.extend(on_page);
        Ok(body.finish())
    }

    fn question(&self, id: &str) -> Result<&'d Question, Failure> {
        self.crowd.questions.get(id).copied().ok_or(Failure::Page("a question that is not in the survey"))
    }

    /// Whether the answers so far open the question, as the style sheet would show it.
    fn is_open(&self, question: &Question, on_page: &Answers) -> bool {
        let mut so_far = self.given.clone();
        so_far.extend(on_page.clone());
        let route = route(self.crowd.definition, self.person.attributes, &so_far);
        route.pages.iter().any(|step| step.questions.iter().any(|(open, _)| open.id == question.id))
    }

    /// Opens a page, wherever it leads.
    async fn open(&self, mut url: Url) -> Result<(Url, String), Failure> {
        for _ in 0..MOST_STEPS {
            let request = self.crowd.client.get(url.clone()).header(ACCEPT_ENCODING, "gzip");
            let response = self.timed(request).await?;
            match response.status() {
                StatusCode::OK => return Ok((url, text(response).await?)),
                status if status.is_redirection() => url = location(&url, &response)?,
                status => return Err(Failure::Status(status.as_u16())),
            }
        }
        Err(Failure::Page("a form that leads in a circle"))
    }

    /// Posts to the page's own address; gives where it leads.
    async fn post(&self, url: Url, body: String) -> Result<Url, Failure> {
        let request = self.crowd.client.post(url.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let response = self.timed(request.body(body)).await?;
        match response.status() {
            StatusCode::SEE_OTHER => location(&url, &response),
            status => Err(Failure::Status(status.as_u16())),
        }
    }

    async fn timed(&self, request: reqwest::RequestBuilder) -> Result<Response, Failure> {
        let start = Instant::now();
        let response = request.send().await.map_err(|error| failure(&error))?;
        self.crowd.tally(|tally| tally.request(start.elapsed()));
        Ok(response)
    }
}

fn failure(error: &reqwest::Error) -> Failure {
    if error.is_timeout() { Failure::Timeout } else { Failure::Connection }
}

fn location(from: &Url, response: &Response) -> Result<Url, Failure> {
    let to = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    to.and_then(|to| from.join(to).ok()).ok_or(Failure::Page("a redirect to nowhere"))
}

async fn text(response: Response) -> Result<String, Failure> {
    let zipped = response.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding == "gzip");
    let body = response.bytes().await.map_err(|error| failure(&error))?;
    let plain = if zipped { page::unzip(&body) } else { String::from_utf8(body.into()).ok() };
    plain.ok_or(Failure::Page("a page that is no text"))
}
