//! Every page in every language, from the samples that the contexts give.
#![expect(clippy::expect_used, reason = "a test whose surroundings fail cannot go on")]

#[path = "pages/contrast.rs"]
mod contrast;
#[path = "pages/weight.rs"]
mod weight;

use std::collections::BTreeSet;
use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use medvirk::definition::model::Language;
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
use medvirk::web::pages::preview::{BrokenPage, FramePage};
use medvirk::web::pages::privacy::{RecordPage, StoredPage};
use medvirk::web::pages::problem::{Problem, ProblemPage};
use medvirk::web::pages::results::PublishedPage;
use medvirk::web::pages::simulator::SimulatorPage;
use medvirk::web::pages::survey::SurveyPage;
use medvirk::web::pages::texts::{TextPage, TextsPage};
use medvirk::web::pages::viewer::compare::ComparePage;
use medvirk::web::pages::viewer::heat::HeatPage;
use medvirk::web::pages::viewer::index::IndicesPage;
use medvirk::web::pages::viewer::overview::OverviewPage;
use medvirk::web::pages::viewer::question::QuestionPage as ResultPage;
use medvirk::web::pages::{Page, Pages};

/// The product's languages, one that it does not speak, and one that is written from right to left.
const LANGUAGES: [&str; 6] = ["nb", "nn", "en", "pl", "so", "ar"];

struct Rendered {
    name: String,
    html: String,
}

fn language(code: &str) -> Language {
    Language::parse(code).expect("two letters")
}

fn render<P: Page>(pages: &Pages, code: &str, out: &mut Vec<Rendered>) {
    for (sample, page) in P::samples() {
        let html = pages.render(&page, language(code)).unwrap_or_else(|error| panic!("{sample} in {code}: {error:#}"));
        out.push(Rendered { name: format!("{}-{sample}.{code}", P::TEMPLATE.replace('/', "-")), html });
    }
}

fn form(pages: &Pages, code: &str) -> Vec<Rendered> {
    let mut out = Vec::new();
    render::<StartPage>(pages, code, &mut out);
    render::<QuestionPage>(pages, code, &mut out);
    render::<SendPage>(pages, code, &mut out);
    render::<StopPage>(pages, code, &mut out);
    render::<ThanksPage>(pages, code, &mut out);
    render::<ProblemPage>(pages, code, &mut out);
    out
}

fn hr(pages: &Pages, code: &str) -> Vec<Rendered> {
    let mut out = Vec::new();
    render::<LoginPage>(pages, code, &mut out);
    render::<WelcomePage>(pages, code, &mut out);
    render::<HomePage>(pages, code, &mut out);
    render::<CampaignPage>(pages, code, &mut out);
    render::<ChangesPage>(pages, code, &mut out);
    render::<TreePage>(pages, code, &mut out);
    render::<LaunchPage>(pages, code, &mut out);
    render::<SharesPage>(pages, code, &mut out);
    render::<DeliveryPage>(pages, code, &mut out);
    render::<PeoplePage>(pages, code, &mut out);
    render::<FailurePage>(pages, code, &mut out);
    render::<AccountPage>(pages, code, &mut out);
    render::<AccountsPage>(pages, code, &mut out);
    render::<OneAccountPage>(pages, code, &mut out);
    render::<KeysPage>(pages, code, &mut out);
    render::<CodePage>(pages, code, &mut out);
    render::<OverviewPage>(pages, code, &mut out);
    render::<SurveyPage>(pages, code, &mut out);
    render::<ResultPage>(pages, code, &mut out);
    render::<HeatPage>(pages, code, &mut out);
    render::<ComparePage>(pages, code, &mut out);
    render::<IndicesPage>(pages, code, &mut out);
    render::<AuditPage>(pages, code, &mut out);
    render::<RecordPage>(pages, code, &mut out);
    render::<StoredPage>(pages, code, &mut out);
    render::<PublishedPage>(pages, code, &mut out);
    render::<TextsPage>(pages, code, &mut out);
    render::<TextPage>(pages, code, &mut out);
    render::<SimulatorPage>(pages, code, &mut out);
    out
}

/// What somebody sees who writes a survey: in English alone, as the checker's messages are.
fn preview(pages: &Pages) -> Vec<Rendered> {
    let mut out = Vec::new();
    render::<FramePage>(pages, "en", &mut out);
    render::<BrokenPage>(pages, "en", &mut out);
    out
}

fn every_page() -> Vec<Rendered> {
    let pages = Pages::new().expect("templates and words compile");
    let translated = LANGUAGES.iter().flat_map(|code| form(&pages, code).into_iter().chain(hr(&pages, code)));
    translated.chain(preview(&pages)).collect()
}

#[test]
fn every_page_is_rendered_in_every_language() {
    let rendered = every_page();
    assert!(rendered.len() > 6 * 40);
    for page in &rendered {
        assert!(page.html.starts_with("<!doctype html>"), "{}", page.name);
        assert!(page.html.trim_end().ends_with("</html>"), "{}", page.name);
    }
    if let Some(folder) = std::env::var_os("MEDVIRK_PAGES_OUT") {
        let folder = std::path::PathBuf::from(folder);
        for page in &rendered {
            std::fs::write(folder.join(format!("{}.html", page.name)), &page.html).expect("a folder to look at");
        }
    }
}

#[test]
fn no_page_has_a_script_a_style_attribute_or_a_third_party() {
    // The preview is a tool of one's own, with the phone in a frame and a script that loads it again.
    for page in every_page().into_iter().filter(|page| !page.name.starts_with("preview-frame")) {
        // Pages of results have one script of ours, which adds to them and which they do without; so has a running campaign.
        let ours = ["viewer.js", "live.js"].map(|name| asset(name).expect("the script").address());
        let without =
            |html: String, ours: &String| html.replace(&format!("<script src=\"{ours}\" defer></script>"), "");
        let html = ours.iter().fold(page.html, without).to_lowercase();
        for forbidden in ["<script", " style=", "<style", " onload", " onclick", "@import"] {
            assert!(!html.contains(forbidden), "{} holds {forbidden}", page.name);
        }
        // The phone beside a survey that is being written: ours, and it can do nothing.
        for frame in html.split("<iframe").skip(1) {
            let ours = frame.contains("src=\"/campaigns/") && frame.contains("sandbox=\"\"");
            assert!(ours, "{} frames something", page.name);
        }
        let html = html.replace("src=\"/campaigns/", "");
        for source in html.split("src=\"").skip(1).chain(html.split("<link rel=\"stylesheet\" href=\"").skip(1)) {
            // A picture that stands in the page itself comes from nowhere.
            assert!(
                source.starts_with("/assets/") || source.starts_with("data:"),
                "{} loads {}",
                page.name,
                &source[..40.min(source.len())]
            );
        }
    }
}

#[test]
fn the_form_is_the_same_whatever_link_it_is_reached_by() {
    let pages = Pages::new().expect("templates compile");
    for page in form(&pages, "nb") {
        for action in page.html.split(" action=\"").skip(1) {
            assert!(action.starts_with("?p="), "{}: a form posts to where its link led", page.name);
        }
        for link in page.html.split("<a ").skip(1) {
            let href = link.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("");
            let known = ["?", "#", "tel:", "https://eksempel.kommune.no"];
            assert!(known.iter().any(|start| href.starts_with(start)), "{}: {href}", page.name);
        }
    }
}

#[test]
fn words_from_outside_stay_words() {
    let pages = Pages::new().expect("templates compile");
    let hostile = form(&pages, "nb").into_iter().find(|page| page.name.contains("hostile")).expect("a hostile sample");
    assert!(hostile.html.contains("&lt;script&gt;"));
    assert_eq!(hostile.html.matches("</textarea>").count(), 1);
}

/// Every id that a label, a description or an error points to is on the page, once.
#[test]
fn what_is_pointed_to_is_there_once() {
    for page in every_page() {
        let ids: Vec<&str> =
            page.html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or("")).collect();
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "{}: an id stands twice: {ids:?}", page.name);
        for pointer in [" for=\"", " aria-labelledby=\"", " aria-describedby=\"", " href=\"#"] {
            for target in page.html.split(pointer).skip(1).filter_map(|rest| rest.split('"').next()) {
                for id in target.split_whitespace() {
                    assert!(once.contains(id), "{}:{pointer}{id}", page.name);
                }
            }
        }
    }
}

#[test]
fn every_post_of_hr_carries_its_token() {
    let pages = Pages::new().expect("templates compile");
    // Whoever chooses a first password has no session: the secret is in the address.
    for page in hr(&pages, "en").into_iter().filter(|page| !page.name.starts_with("hr-welcome")) {
        for form in page.html.split("method=\"post\"").skip(1) {
            let form = form.split("</form>").next().unwrap_or("");
            assert!(form.contains("name=\"csrf\" value=\"0f1e2d3c\""), "{}", page.name);
        }
    }
}

/// WCAG 2.2.1: whoever reads slowly can stop it.
#[test]
fn a_page_that_loads_itself_again_can_be_told_not_to() {
    let pages = Pages::new().expect("templates compile");
    let moving = |page: &Rendered| page.html.contains("http-equiv=\"refresh\"");
    let moving: Vec<_> = hr(&pages, "en").into_iter().filter(moving).collect();
    assert!(!moving.is_empty());
    for page in moving {
        assert!(page.html.contains("?paused=1\">"), "{}", page.name);
    }
}

fn gzip(parts: &[&[u8]]) -> usize {
    let size = |part: &&[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(part).expect("memory");
        encoder.finish().expect("memory").len()
    };
    parts.iter().map(size).sum()
}

#[test]
fn the_first_view_of_every_form_page_fits_in_one_round_trip() {
    let pages = Pages::new().expect("templates compile");
    let css = asset("form.css").expect("the form's style").bytes;
    for code in LANGUAGES {
        for page in form(&pages, code) {
            let bytes = gzip(&[page.html.as_bytes(), css]);
            assert!(bytes <= 14_000, "{}: {bytes} bytes", page.name);
            if page.name.ends_with("start.nb") || page.name.ends_with("yes-no.nb") || page.name.ends_with("invalid.nb")
            {
                eprintln!("{}: {bytes} bytes gzip with its style ({} of them the style)", page.name, gzip(&[css]));
            }
        }
    }
}

fn keys(code: &str) -> BTreeSet<String> {
    let path = format!("{}/locales/{code}.ftl", env!("CARGO_MANIFEST_DIR"));
    let words = std::fs::read_to_string(path).expect("words");
    let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
    words.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())).filter_map(key).collect()
}

#[test]
fn every_word_is_there_in_every_language_that_needs_it() {
    let english = keys("en");
    assert!(english.len() > 200);
    for code in ["nb", "nn"] {
        assert_eq!(keys(code), english, "{code}");
    }
    let form: BTreeSet<String> = english.into_iter().filter(|key| !key.starts_with("hr-")).collect();
    assert_eq!(keys("pl"), form);
}

#[test]
fn numbers_and_moments_are_written_as_the_language_does() {
    let pages = Pages::new().expect("templates compile");
    let campaign =
        |code| hr(&pages, code).into_iter().find(|page| page.name.contains("campaign-open")).expect("a sample").html;
    assert!(campaign("nb").contains("6\u{a0}087 av 8\u{a0}880 har svart"));
    assert!(campaign("nb").contains("69\u{a0}%"));
    assert!(campaign("nb").contains("24. juni 2020 kl. 20.00"));
    assert!(campaign("en").contains("6,087 of 8,880 have answered"));
    assert!(campaign("en").contains("24 June 2020 at 20:00"));
    let start = |code| {
        form(&pages, code).into_iter().find(|page| page.name.contains("form-start-start")).expect("a sample").html
    };
    assert!(start("pl").contains("24 czerwca 2020, godz. 20:00"));
    assert!(start("ar").contains("<html lang=\"ar\" dir=\"rtl\">"));
}

#[test]
fn problems_tell_programs_their_status() {
    let statuses = Problem::ALL.map(Problem::status);
    assert_eq!(statuses, [404, 410, 403, 410, 400, 413, 429, 500, 503]);
}

#[test]
fn what_leaves_the_house() {
    let pages = Pages::new().expect("templates compile");
    let wanted = [
        "form-start-start.nb",
        "form-questions-invalid.nb",
        "form-send-send.en",
        "hr-campaign-sending.nb",
        "viewer-question-shown.en",
    ];
    for page in form(&pages, "nb").into_iter().chain(form(&pages, "en")).chain(hr(&pages, "nb")).chain(hr(&pages, "en"))
    {
        if wanted.contains(&page.name.as_str()) {
            let without_digests =
                page.html.split("?v=").map(|part| part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
            insta::assert_snapshot!(page.name, without_digests.collect::<Vec<_>>().join("?v=DIGEST"));
        }
    }
}

#[test]
fn whom_to_ask_stands_on_every_page_of_the_form() {
    let pages = Pages::new().expect("templates compile");
    for page in
        form(&pages, "nb").into_iter().filter(|page| page.name.contains("questions") || page.name.contains("send"))
    {
        assert!(page.html.contains("<a href=\"tel:+4767500000\""), "{}", page.name);
        assert!(page.html.contains("<progress aria-labelledby=\"step\""), "{}", page.name);
    }
}
