//! What templates can say beyond handlebars' own: words, numbers, moments, charts, addresses of style sheets.
//!
//! | helper | gives |
//! |---|---|
//! | `{{t "problem" kind "title" n=count}}` | the words of the key `problem-KIND-title` |
//! | `{{say "hr-wrong" said}}` | the words of `hr-wrong-CODE` with their arguments, of a [`Said`](super::said::Said) |
//! | `{{n count}}` | `6 087` |
//! | `{{share part whole}}` | `69 %` |
//! | `{{decimal number 1}}` | `3,4` |
//! | `{{moment at}}` | `24. juni 2020 kl. 20.00` |
//! | `{{clock at}}` | `20.00` |
//! | `{{duration seconds}}` | `7 min` |
//! | `{{asset "form.css"}}` | its address |
//! | `{{{chart figure}}}` | SVG |
//! | `{{{legend figure}}}` | what its colours stand for |
//! | `{{{ends figure}}}` | the two ends of its scale |
//! | `{{{strip figure}}}` | its first row as a thin bar without words |
//! | `{{{meter 69}}}` | a share as a bar without words |
//! | `{{signed points}}` | `+12`, `−3` |
//! | `{{by "age"}}` | `Alder` |
//! | `{{> (partial kind)}}` | the template of that kind of question |

use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentValue};
use handlebars::{Context, Handlebars, Helper, HelperDef, RenderContext, RenderError, RenderErrorReason, ScopedJson};
use serde_json::Value;

use super::assets::asset;
use super::fluent::Locale;
use crate::report::chart::{self, Figure, Medium};

/// Gives `reader` every helper, speaking `locale`.
pub(super) fn register(reader: &mut Handlebars<'static>, locale: &Arc<Locale>) {
    let helpers: [(&'static str, Say); 17] = [
        ("t", words),
        ("say", said),
        ("n", whole),
        ("share", share),
        ("decimal", decimal),
        ("moment", moment),
        ("clock", clock),
        ("duration", duration),
        ("asset", address),
        ("chart", drawing),
        ("legend", legend),
        ("ends", ends),
        ("strip", strip),
        ("meter", meter),
        ("signed", signed),
        ("partial", partial),
        ("by", by),
    ];
    for (name, say) in helpers {
        reader.register_helper(name, Box::new(Speaker { locale: Arc::clone(locale), say }));
    }
}

type Say = fn(&Locale, &Helper<'_>) -> anyhow::Result<String>;

struct Speaker {
    locale: Arc<Locale>,
    say: Say,
}

impl HelperDef for Speaker {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        match (self.say)(&self.locale, helper) {
            Ok(text) => Ok(ScopedJson::Derived(Value::String(text))),
            Err(error) => Err(RenderErrorReason::Other(format!("{}: {error:#}", helper.name())).into()),
        }
    }
}

fn words(locale: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let key: Vec<&str> = helper.params().iter().filter_map(|part| part.value().as_str()).collect();
    anyhow::ensure!(key.len() == helper.params().len(), "a part of the key is no text");
    let mut args = FluentArgs::new();
    for (name, value) in helper.hash() {
        args.set((*name).to_owned(), argument(value.value())?);
    }
    locale.text(&key.join("-"), &args)
}

fn said(locale: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let (prefix, said) = (param(helper, 0)?.as_str().unwrap_or_default(), param(helper, 1)?);
    let code = said["code"].as_str().ok_or_else(|| anyhow::anyhow!("no code"))?;
    let mut args = FluentArgs::new();
    for (name, value) in said["args"].as_object().into_iter().flatten() {
        args.set(name.clone(), argument(value)?);
    }
    locale.text(&format!("{prefix}-{code}"), &args)
}

fn argument(value: &Value) -> anyhow::Result<FluentValue<'static>> {
    match value {
        Value::String(text) => Ok(text.clone().into()),
        Value::Number(number) => Ok(number.as_f64().unwrap_or_default().into()),
        other => anyhow::bail!("{other} is neither text nor number"),
    }
}

fn whole(locale: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let number = param(helper, 0)?;
    // A class such as 10–19 is written already, a number in a text is not.
    if let Some(text) = number.as_str() {
        return Ok(text.parse().map_or_else(|_| text.to_owned(), |number| locale.notation.whole(number)));
    }
    let number = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    Ok(locale.notation.whole(number.ok_or_else(|| anyhow::anyhow!("no whole number"))?))
}

fn share(locale: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let (part, whole) = (param(helper, 0)?.as_u64(), param(helper, 1)?.as_u64());
    let (part, whole) = part.zip(whole).ok_or_else(|| anyhow::anyhow!("no counts"))?;
    Ok(locale.notation.share(part, whole))
}

fn decimal(locale: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let (number, decimals) = (param(helper, 0)?.as_f64(), param(helper, 1)?.as_u64());
    let (number, decimals) = number.zip(decimals).ok_or_else(|| anyhow::anyhow!("no number"))?;
    Ok(locale.notation.decimal(number, usize::try_from(decimals)?))
}

fn moment(locale: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let at: jiff::Zoned = serde_json::from_value(param(helper, 0)?.clone())?;
    let month = locale.text(&format!("month-{}", at.month()), &FluentArgs::new())?;
    let mut args = FluentArgs::new();
    args.set("day", at.day().to_string());
    args.set("month", month);
    args.set("year", at.year().to_string());
    args.set("hour", format!("{:02}", at.hour()));
    args.set("minute", format!("{:02}", at.minute()));
    locale.text("moment", &args)
}

/// Rounded as one would say it: seconds under two minutes, minutes under two hours, then hours.
fn clock(locale: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let at: jiff::Zoned = serde_json::from_value(param(helper, 0)?.clone())?;
    let mut args = FluentArgs::new();
    args.set("hour", format!("{:02}", at.hour()));
    args.set("minute", format!("{:02}", at.minute()));
    locale.text("clock", &args)
}

fn duration(locale: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let seconds = param(helper, 0)?.as_u64().ok_or_else(|| anyhow::anyhow!("no seconds"))?;
    let (key, number) = match seconds {
        0..120 => ("seconds", seconds),
        120..7200 => ("minutes", seconds.div_ceil(60)),
        _ => ("hours", seconds.div_ceil(3600)),
    };
    let mut args = FluentArgs::new();
    args.set("n", number);
    locale.text(&format!("hr-duration-{key}"), &args)
}

fn address(_: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let name = param(helper, 0)?.as_str().unwrap_or_default();
    let asset = asset(name).ok_or_else(|| anyhow::anyhow!("assets/ has no {name}"))?;
    Ok(asset.address())
}

fn drawing(locale: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let figure: Figure = serde_json::from_value(param(helper, 0)?.clone())?;
    Ok(chart::svg(&figure, locale.notation, Medium::Page))
}

fn legend(_: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let figure: Figure = serde_json::from_value(param(helper, 0)?.clone())?;
    Ok(chart::legend(&figure))
}

fn ends(_: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let figure: Figure = serde_json::from_value(param(helper, 0)?.clone())?;
    Ok(chart::ends(&figure))
}

fn strip(_: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let figure: Figure = serde_json::from_value(param(helper, 0)?.clone())?;
    Ok(chart::strip(&figure))
}

/// A share as a bar without words.
fn meter(_: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let percent = param(helper, 0)?.as_u64().and_then(|percent| u32::try_from(percent).ok());
    Ok(chart::meter(percent.unwrap_or_default()))
}

/// Whole percentage points with their sign.
fn signed(_: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let points = param(helper, 0)?.as_i64().ok_or_else(|| anyhow::anyhow!("no whole number"))?;
    Ok(match points {
        0 => "0".to_owned(),
        1.. => format!("+{points}"),
        _ => format!("\u{2212}{}", points.unsigned_abs()),
    })
}

/// What a breakdown is called: in the product's words where it has some, else as the definition names it.
fn by(locale: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    let id = param(helper, 0)?.as_str().unwrap_or_default();
    Ok(locale.text(&format!("hr-by-{id}"), &FluentArgs::new()).unwrap_or_else(|_| id.replace('_', " ")))
}

fn partial(_: &Locale, helper: &Helper<'_>) -> anyhow::Result<String> {
    Ok(format!("form/{}", param(helper, 0)?.as_str().unwrap_or_default()))
}

fn param<'a>(helper: &'a Helper<'_>, index: usize) -> anyhow::Result<&'a Value> {
    let param = helper.param(index).ok_or_else(|| anyhow::anyhow!("parameter {index} is missing"))?;
    Ok(param.value())
}
