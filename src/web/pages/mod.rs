//! Everything that people look at: typed contexts, the templates that show them and the product's own words.
//!
//! A handler fills one of the contexts in [`form`], [`problem`], [`hr`], [`viewer`] or [`simulator`] with facts (ids,
//! counts, moments, the survey's texts) and calls [`Pages::render`]. Words, numbers and dates are put into the reader's
//! language here, and addresses are written by the templates, so that handlers hold neither.

pub mod account;
pub mod accounts;
pub mod assets;
pub mod audit;
pub mod campaign;
pub mod changes;
pub mod delivery;
mod fluent;
pub mod form;
pub mod health;
mod helpers;
pub mod hr;
pub mod keys;
pub mod launch;
pub mod login;
pub mod people;
pub mod people_tree;
pub mod preview;
pub mod privacy;
pub mod problem;
pub mod results;
pub mod said;
pub mod settings;
pub mod simulator;
pub mod survey;
pub mod texts;
pub mod viewer;

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context as _;
use fluent_bundle::FluentArgs;
use handlebars::Handlebars;
use serde::Serialize;

use crate::config::Colour;
use crate::definition::model::Language;
use crate::report::number::Notation;
use crate::report::text::escape;
use fluent::Locale;

/// A page: a context and the template that shows it.
pub trait Page: Serialize + Sized {
    /// Name of the template, its path under `templates/` without `.html`.
    const TEMPLATE: &'static str;

    /// Named examples that together take every branch of the template. Tests render all of them in every language.
    fn samples() -> Vec<(&'static str, Self)>;
}

/// Templates and words, compiled once and shared by all requests.
pub struct Pages {
    readers: BTreeMap<Language, Reader>,
    fallback: Language,
    /// The address of the employer's colour.
    colour: Option<String>,
}

/// One language: its templates, and its words for what has no template.
struct Reader {
    templates: Handlebars<'static>,
    locale: Arc<Locale>,
}

/// What every template finds beside the page's own fields.
#[derive(Serialize)]
struct Document<'a, P> {
    lang: &'a str,
    dir: &'static str,
    colour: Option<&'a str>,
    #[serde(flatten)]
    page: &'a P,
}

impl Pages {
    /// Compiles every template for every language that the product speaks.
    ///
    /// # Errors
    /// A template or a file of words that does not compile; tests keep that from leaving the house.
    pub fn new() -> anyhow::Result<Self> {
        let readers = fluent::LANGUAGES
            .iter()
            .map(|code| {
                let language = Language::parse(code).context("a language is two letters")?;
                let locale = Arc::new(Locale::load(code)?);
                Ok((language, Reader { templates: reader(&locale)?, locale }))
            })
            .collect::<anyhow::Result<_>>()?;
        let fallback = Language::parse(fluent::FALLBACK).context("a language is two letters")?;
        Ok(Self { readers, fallback, colour: None })
    }

    /// The same in the employer's colour.
    #[must_use]
    pub fn in_colour(mut self, colour: Option<Colour>) -> Self {
        self.colour = colour.map(assets::address_of_colour);
        self
    }

    /// The page as HTML. The product's own words are English where it does not speak `language`.
    ///
    /// # Errors
    /// A template that asks for what its context does not hold; tests keep that from leaving the house.
    pub fn render<P: Page>(&self, page: &P, language: Language) -> anyhow::Result<String> {
        let colour = self.colour.as_deref();
        let document = Document { lang: language.as_str(), dir: direction(language), colour, page };
        let html = self
            .reader(language)?
            .templates
            .render(P::TEMPLATE, &document)
            .with_context(|| format!("page {} in {language}", P::TEMPLATE))?;
        Ok(html.trim_start().to_owned())
    }

    /// A word that stands among a survey's own texts, such as `yes` among its options.
    ///
    /// # Errors
    /// `locales/` have no such key.
    pub fn word(&self, key: &str, language: Language) -> anyhow::Result<String> {
        self.reader(language)?.locale.text(key, &FluentArgs::new())
    }

    /// Words with what is put into them, for what stands inside a picture.
    ///
    /// # Errors
    /// `locales/` have no such key, or it wants something else.
    pub fn say(&self, key: &str, args: &[(&str, &str)], language: Language) -> anyhow::Result<String> {
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.reader(language)?.locale.text(key, &args)
    }

    /// How a language writes numbers, for what stands inside a picture.
    ///
    /// # Errors
    /// None: the fallback language is always there.
    pub fn notation(&self, language: Language) -> anyhow::Result<Notation> {
        Ok(self.reader(language)?.locale.notation)
    }

    fn reader(&self, language: Language) -> anyhow::Result<&Reader> {
        let reader = self.readers.get(&language).or_else(|| self.readers.get(&self.fallback));
        reader.context("the fallback language is always there")
    }
}

/// The writing direction of a language, as HTML's `dir` says it.
fn direction(language: Language) -> &'static str {
    match language.as_str() {
        "ar" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../templates/", $name, ".html")))),+]
    };
}

const TEMPLATES: &[(&str, &str)] = templates![
    "form/choice",
    "form/choices",
    "form/complaint",
    "form/contact",
    "form/described",
    "form/frame",
    "form/head",
    "form/layout",
    "form/long_text",
    "form/matrix",
    "form/notice",
    "form/number",
    "form/problem",
    "form/questions",
    "form/rank",
    "form/scale",
    "form/send",
    "form/start",
    "form/steps",
    "form/stop",
    "form/text",
    "form/thanks",
    "form/under",
    "form/yes_no",
    "hr/account",
    "hr/account_form",
    "hr/account_lines",
    "hr/account_link",
    "hr/account_place",
    "hr/account_sees",
    "hr/accounts",
    "hr/one_account",
    "hr/audit",
    "hr/campaign",
    "hr/changes",
    "hr/code",
    "hr/delivery",
    "hr/diagnostics",
    "hr/figures",
    "hr/head",
    "hr/health",
    "hr/home",
    "hr/keys",
    "hr/launch",
    "hr/layout",
    "hr/lines",
    "hr/login",
    "hr/node",
    "hr/people",
    "hr/published",
    "hr/problem",
    "hr/settings",
    "hr/settings_lines",
    "hr/shares",
    "hr/record",
    "hr/simulator",
    "hr/state",
    "hr/stored",
    "hr/survey",
    "hr/tag",
    "hr/text",
    "hr/texts",
    "hr/tree",
    "hr/welcome",
    "preview/broken",
    "preview/diagnostics",
    "preview/frame",
    "viewer/compare",
    "viewer/finding",
    "viewer/glance",
    "viewer/heat",
    "viewer/indices",
    "viewer/layout",
    "viewer/overview",
    "viewer/place",
    "viewer/places",
    "viewer/question",
    "viewer/words",
];

/// A registry whose helpers speak one language.
fn reader(locale: &Arc<Locale>) -> anyhow::Result<Handlebars<'static>> {
    let mut reader = Handlebars::new();
    reader.set_strict_mode(true);
    reader.set_prevent_indent(true);
    reader.register_escape_fn(escape);
    for (name, source) in TEMPLATES {
        reader.register_template_string(name, source.trim_end()).with_context(|| format!("templates/{name}.html"))?;
    }
    helpers::register(&mut reader, locale);
    Ok(reader)
}
