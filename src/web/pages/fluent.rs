//! The product's own words, one file per language under `locales/`.

use anyhow::{Context as _, anyhow};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::report::number::Notation;

/// Languages that the product speaks.
pub(super) const LANGUAGES: [&str; 4] = ["nb", "nn", "en", "pl"];

/// Whose words stand in where a language has none: for whole languages, and for HR's pages in Polish.
pub(super) const FALLBACK: &str = "en";

/// One language's words, with the fallback's behind them.
pub(super) struct Locale {
    /// How it writes numbers.
    pub(super) notation: Notation,
    words: FluentBundle<FluentResource>,
    fallback: FluentBundle<FluentResource>,
}

impl Locale {
    /// Reads the words of one of [`LANGUAGES`].
    pub(super) fn load(code: &str) -> anyhow::Result<Self> {
        Ok(Self { notation: Notation::of(code), words: bundle(code)?, fallback: bundle(FALLBACK)? })
    }

    /// The message `key`, its places filled from `args`.
    pub(super) fn text(&self, key: &str, args: &FluentArgs<'_>) -> anyhow::Result<String> {
        let bundle = if self.words.has_message(key) { &self.words } else { &self.fallback };
        let pattern = bundle
            .get_message(key)
            .and_then(|message| message.value())
            .with_context(|| format!("locales/ have no text {key}"))?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        match errors.first() {
            None => Ok(text),
            Some(error) => Err(anyhow!("text {key}: {error}")),
        }
    }
}

/// The file of a language.
fn source(code: &str) -> &'static str {
    match code {
        "nb" => include_str!("../../../locales/nb.ftl"),
        "nn" => include_str!("../../../locales/nn.ftl"),
        "pl" => include_str!("../../../locales/pl.ftl"),
        _ => include_str!("../../../locales/en.ftl"),
    }
}

fn bundle(code: &str) -> anyhow::Result<FluentBundle<FluentResource>> {
    let resource = FluentResource::try_new(source(code).to_owned())
        .map_err(|(_, errors)| anyhow!("locales/{code}.ftl: {errors:?}"))?;
    let mut bundle = FluentBundle::new_concurrent(vec![code.parse().context("a language tag")?]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match Notation::of(code) {
        Notation::Norwegian => |value, _| number(Notation::Norwegian, value),
        Notation::Polish => |value, _| number(Notation::Polish, value),
        Notation::English => |value, _| number(Notation::English, value),
    }));
    bundle.add_resource(resource).map_err(|errors| anyhow!("locales/{code}.ftl: {errors:?}"))?;
    Ok(bundle)
}

/// Whole numbers in running text; fluent's own formatter does not set thousands apart.
fn number(notation: Notation, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(notation.decimal(number.value, 0)),
        _ => None,
    }
}
