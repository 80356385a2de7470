//! How the installation is set up: to read, not to change.

use serde::Serialize;

use super::Page;
use super::hr::samples::shell;
use super::hr::{Section, Shell};
use crate::config::Settings;
use crate::config::told::{Origin, Setting, Value};

/// `GET /settings`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettingsPage {
    /// Around it.
    pub shell: Shell,
    /// The employer's name, as the form shows it.
    pub organisation: Option<String>,
    /// There is a logo at `/assets/logo`.
    pub logo: bool,
    /// There is a colour.
    pub own_colour: bool,
    /// By what they are about.
    pub groups: Vec<Group>,
}

/// Settings about one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// `general`, `gateway`, `oidc`, `log`.
    pub name: &'static str,
    /// Those that have a value.
    pub set: Vec<SettingLine>,
    /// The others.
    pub unset: Vec<SettingLine>,
}

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettingLine {
    /// As in the file.
    pub key: &'static str,
    /// As in the environment.
    pub variable: String,
    /// What it is about, as `locales/` know it behind `hr-set-`.
    pub word: String,
    /// `text`, `secret`, `none`.
    pub kind: &'static str,
    /// Its value, where it may be shown.
    pub text: String,
    /// `default`, `file`, `environment`.
    pub origin: &'static str,
    /// Where in the file.
    pub place: String,
}

/// Every setting by what it is about.
#[must_use]
pub fn groups(settings: &Settings) -> Vec<Group> {
    let lines: Vec<SettingLine> = settings.told().into_iter().map(line).collect();
    let group = |name| {
        let own = lines.iter().filter(|line| about(line.key) == name).cloned();
        let (unset, set) = own.partition(|line: &SettingLine| line.kind == "none");
        Group { name, set, unset }
    };
    ["general", "gateway", "oidc", "log"].map(group).into()
}

fn about(key: &str) -> &str {
    key.split_once('.').map_or("general", |(table, _)| table)
}

fn line(Setting { key, variable, value, origin }: Setting) -> SettingLine {
    let (kind, text) = match value {
        Value::Text(text) => ("text", text),
        Value::Secret => ("secret", String::new()),
        Value::None => ("none", String::new()),
    };
    let (origin, place) = match origin {
        Origin::Default => ("default", String::new()),
        Origin::Environment => ("environment", String::new()),
        Origin::File { path, line } => ("file", format!("{path}:{line}")),
    };
    SettingLine { key, variable, word: word(key), kind, text, origin, place }
}

/// Several keys that say one thing together share their words.
fn word(key: &str) -> String {
    let table =
        ["gateway.answer", "gateway.inbound", "gateway.platform"].into_iter().find(|table| key.starts_with(table));
    let report = key.starts_with("gateway.report.").then_some("gateway.report");
    let http = ["gateway.method", "gateway.headers", "gateway.body", "gateway.body_type"].contains(&key);
    let http = http.then_some("gateway.request");
    let secret = key.strip_suffix("_file").filter(|key| !["logo", "secret_key"].contains(key));
    table.or(report).or(http).or(secret).unwrap_or(key).replace('.', "_")
}

impl Page for SettingsPage {
    const TEMPLATE: &'static str = "hr/settings";

    fn samples() -> Vec<(&'static str, Self)> {
        let bare = SettingsPage {
            shell: shell(Section::Health),
            organisation: None,
            logo: false,
            own_colour: false,
            groups: groups(&Settings::default()),
        };
        // Everything that could be said is said.
        let said = |mut line: SettingLine| {
            let secret = line.key.contains("secret") || line.key.contains("password");
            (line.kind, line.origin) = (if secret { "secret" } else { "text" }, "file");
            line.text = if line.kind == "text" {
                "<b>en.lang.verdi-uten-mellomrom.som.ikke.slutter.example/…".into()
            } else {
                String::new()
            };
            line.place = "/etc/medvirk/medvirk.toml:17".into();
            if line.key == "listen" {
                line.origin = "environment";
            }
            line
        };
        let all = groups(&Settings::default()).into_iter().map(|group| Group {
            set: group.set.into_iter().chain(group.unset).map(said).collect(),
            unset: Vec::new(),
            ..group
        });
        let full = SettingsPage {
            organisation: Some("Eksempel kommune".into()),
            logo: true,
            own_colour: true,
            groups: all.collect(),
            ..bare.clone()
        };
        vec![("bare", bare), ("full", full)]
    }
}
