//! Every page there is, as a browser gets it: of all five surveys with every question visible, in every language, and
//! every sample of the pages that are not a survey's.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as Name, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use medvirk::definition::answer::Reason;
use medvirk::definition::load;
use medvirk::definition::model::{Definition, Kind, Language, Question, Text, Wording};
use medvirk::definition::route::{Route, Step};
use medvirk::respond::follow::FollowUps;
use medvirk::respond::post::Fields;
use medvirk::web::form::view;
use medvirk::web::pages::account::AccountPage;
use medvirk::web::pages::accounts::{AccountsPage, OneAccountPage};
use medvirk::web::pages::assets::asset;
use medvirk::web::pages::audit::AuditPage;
use medvirk::web::pages::campaign::{CampaignPage, HomePage};
use medvirk::web::pages::changes::ChangesPage;
use medvirk::web::pages::delivery::DeliveryPage;
use medvirk::web::pages::form::{QuestionPage, SendPage, StartPage, StopPage, ThanksPage};
use medvirk::web::pages::hr::FailurePage;
use medvirk::web::pages::keys::KeysPage;
use medvirk::web::pages::launch::{LaunchPage, SharesPage};
use medvirk::web::pages::login::{CodePage, LoginPage, WelcomePage};
use medvirk::web::pages::people::PeoplePage;
use medvirk::web::pages::people_tree::TreePage;
use medvirk::web::pages::privacy::{RecordPage, StoredPage};
use medvirk::web::pages::problem::ProblemPage;
use medvirk::web::pages::results::PublishedPage;
use medvirk::web::pages::simulator::SimulatorPage;
use medvirk::web::pages::survey::SurveyPage;
use medvirk::web::pages::viewer::compare::ComparePage;
use medvirk::web::pages::viewer::heat::HeatPage;
use medvirk::web::pages::viewer::index::IndicesPage;
use medvirk::web::pages::viewer::overview::OverviewPage;
use medvirk::web::pages::viewer::question::QuestionPage as ResultPage;
use medvirk::web::pages::{Page, Pages};
use tokio::net::TcpListener;

const FORM_LANGUAGES: [&str; 4] = ["nb", "nn", "en", "pl"];
const HR_LANGUAGES: [&str; 3] = ["nb", "nn", "en"];

/// Pages by name. Those of the form begin with `form-`.
#[derive(Default)]
pub(crate) struct Gallery(BTreeMap<String, String>);

impl Gallery {
    /// Everything.
    pub(crate) fn new() -> Self {
        let pages = Pages::new().unwrap();
        let mut gallery = Self::default();
        for survey in surveys() {
            for language in &survey.languages {
                gallery.hang_survey(&pages, &survey, *language);
            }
        }
        for code in FORM_LANGUAGES {
            gallery.hang_form_samples(&pages, code);
        }
        for code in HR_LANGUAGES {
            gallery.hang_hr(&pages, code);
        }
        gallery
    }

    /// Their names, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    /// Serves them under their names; gives the address before the name.
    pub(crate) async fn open(self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().route("/{name}", get(page)).route("/assets/{file}", get(style));
        let router = router.with_state(Arc::new(self));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        url
    }

    fn hang<P: Page>(&mut self, pages: &Pages, name: &str, page: &P, language: Language) {
        let html = pages.render(page, language).unwrap();
        let known = self.0.insert(format!("{name}.{language}"), html);
        assert!(known.is_none(), "{name} twice");
    }

    fn hang_samples<P: Page>(&mut self, pages: &Pages, code: &str) {
        for (sample, page) in P::samples() {
            let name = format!("{}-{sample}", P::TEMPLATE.replace('/', "-"));
            self.hang(pages, &name, &page, Language::parse(code).unwrap());
        }
    }

    fn hang_form_samples(&mut self, pages: &Pages, code: &str) {
        self.hang_samples::<StartPage>(pages, code);
        self.hang_samples::<QuestionPage>(pages, code);
        self.hang_samples::<SendPage>(pages, code);
        self.hang_samples::<StopPage>(pages, code);
        self.hang_samples::<ThanksPage>(pages, code);
        self.hang_samples::<ProblemPage>(pages, code);
    }

    fn hang_hr(&mut self, pages: &Pages, code: &str) {
        self.hang_samples::<LoginPage>(pages, code);
        self.hang_samples::<WelcomePage>(pages, code);
        self.hang_samples::<HomePage>(pages, code);
        self.hang_samples::<CampaignPage>(pages, code);
        self.hang_samples::<ChangesPage>(pages, code);
        self.hang_samples::<TreePage>(pages, code);
        self.hang_samples::<LaunchPage>(pages, code);
        self.hang_samples::<SharesPage>(pages, code);
        self.hang_samples::<DeliveryPage>(pages, code);
        self.hang_samples::<PeoplePage>(pages, code);
        self.hang_samples::<FailurePage>(pages, code);
        self.hang_samples::<AccountPage>(pages, code);
        self.hang_samples::<CodePage>(pages, code);
        self.hang_samples::<OverviewPage>(pages, code);
        self.hang_samples::<SurveyPage>(pages, code);
        self.hang_samples::<ResultPage>(pages, code);
        self.hang_samples::<HeatPage>(pages, code);
        self.hang_samples::<ComparePage>(pages, code);
        self.hang_samples::<IndicesPage>(pages, code);
        self.hang_samples::<AuditPage>(pages, code);
        self.hang_samples::<AccountsPage>(pages, code);
        self.hang_samples::<OneAccountPage>(pages, code);
        self.hang_samples::<KeysPage>(pages, code);
        self.hang_samples::<RecordPage>(pages, code);
        self.hang_samples::<StoredPage>(pages, code);
        self.hang_samples::<PublishedPage>(pages, code);
        self.hang_samples::<SimulatorPage>(pages, code);
    }

    fn hang_survey(&mut self, pages: &Pages, survey: &Definition, language: Language) {
        let route = everything(survey);
        let name = |page: &str| format!("form-{}-{page}", survey.id);
        let closes = "2026-06-24T20:00:00+02:00[Europe/Oslo]".parse().ok();
        let thanks = ThanksPage {
            frame: view::frame(survey, language, Some("thanks")),
            thanks: survey.thanks.get(language).to_owned(),
        };
        self.hang(pages, &name("start"), &view::start(survey, &route, language, None, closes), language);
        self.hang(pages, &name("send"), &view::send(survey, &route, language), language);
        self.hang(pages, &name("stop"), &view::stop(survey, language, false), language);
        self.hang(pages, &name("stopped"), &view::stop(survey, language, true), language);
        self.hang(pages, &name("thanks"), &thanks, language);
        let none = FollowUps::default();
        for step in &route.pages {
            let blank = view::questions(survey, &route, step, &none, language, &Fields::new(), &BTreeMap::new());
            let wrong = view::questions(survey, &route, step, &none, language, &chosen(step), &complaints(step));
            self.hang(pages, &name(&format!("page-{}", step.page.id)), &blank, language);
            self.hang(pages, &name(&format!("page-{}-wrong", step.page.id)), &wrong, language);
        }
    }
}

async fn page(State(gallery): State<Arc<Gallery>>, Name(name): Name<String>) -> Response {
    gallery.0.get(&name).cloned().map(Html).ok_or(StatusCode::NOT_FOUND).into_response()
}

async fn style(Name(file): Name<String>) -> Response {
    asset(&file)
        .map(|asset| ([(CONTENT_TYPE, asset.content_type)], asset.bytes))
        .ok_or(StatusCode::NOT_FOUND)
        .into_response()
}

fn surveys() -> Vec<Definition> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("survey-definitions");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| load(&fs::read(file).unwrap()).unwrap()).collect()
}

/// A route that nobody has: every question of every page.
fn everything(survey: &Definition) -> Route<'_> {
    let step = |page| Step { page, questions: Vec::new() };
    let mut pages: Vec<Step<'_>> = survey.pages.iter().map(step).collect();
    for step in &mut pages {
        step.questions = step.page.questions.iter().map(|question| (question, longest(&question.wording))).collect();
    }
    Route { pages }
}

fn longest(wording: &Wording) -> &Text {
    match wording {
        Wording::Everybody(text) => text,
        Wording::ByAudience(texts) => {
            let length = |text: &Text| text.0.values().map(String::len).max();
            texts.iter().map(|(_, text)| text).max_by_key(|text| length(text)).unwrap()
        }
    }
}

/// The keys that one question is answered under.
fn keys(question: &Question) -> Vec<String> {
    match &question.kind {
        Kind::Notice => Vec::new(),
        Kind::Matrix { items, .. } => items.iter().map(|item| format!("{}.{}", question.id, item.id)).collect(),
        _ => vec![question.id.clone()],
    }
}

/// The first answer to each question that has one, so that chosen answers are looked at too.
fn chosen(step: &Step<'_>) -> Fields {
    let first = |question: &Question| match &question.kind {
        Kind::YesNo => "yes".to_owned(),
        Kind::Choice { options, .. } | Kind::Choices { options, .. } => options[0].id.clone(),
        Kind::Scale(_) | Kind::Matrix { .. } => "1".to_owned(),
        _ => String::new(),
    };
    let of = |question: &Question| -> Vec<_> {
        keys(question).into_iter().map(|key| (format!("q.{key}"), first(question))).collect()
    };
    step.questions.iter().flat_map(|(question, _)| of(question)).collect()
}

/// Something wrong with every question.
fn complaints(step: &Step<'_>) -> BTreeMap<String, Reason> {
    let why = |kind: &Kind| match kind {
        Kind::Choices { max: Some(max), .. } => Reason::TooMany(*max),
        Kind::Rank { .. } => Reason::Duplicate,
        Kind::Text | Kind::LongText => Reason::TooLong(4000),
        _ => Reason::Missing,
    };
    let of =
        |question: &Question| -> Vec<_> { keys(question).into_iter().map(|key| (key, why(&question.kind))).collect() };
    step.questions.iter().flat_map(|(question, _)| of(question)).collect()
}
