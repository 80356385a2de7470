//! The settings as somebody may read them on a page: each key, its value and where that comes from, and nothing secret.

use std::fmt;

use reqwest::Url;

use super::source::{KEYS, variable};
use super::{DatabaseUrl, Environment, KeySource, LogFormat, Settings};

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// As in the file.
    pub key: &'static str,
    /// As in the environment.
    pub variable: String,
    /// What holds.
    pub value: Value,
    /// Who says so.
    pub origin: Origin,
}

/// What holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// This, or as much of it as may be shown.
    Text(String),
    /// Something that is not shown.
    Secret,
    /// Nothing.
    None,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// The settings file.
    File {
        /// Its path.
        path: String,
        /// Where in it.
        line: usize,
    },
    /// The key's variable.
    Environment,
}

impl Settings {
    /// Every setting there is, in the order of the manual.
    #[must_use]
    pub fn told(&self) -> Vec<Setting> {
        let told = |key: &'static str| {
            let (origin, said) = self.said.get(key).cloned().unwrap_or((Origin::Default, Value::None));
            let value = self.effective(key).map_or(said, Value::Text);
            Setting { key, variable: variable(key), value, origin }
        };
        KEYS.iter().map(|key| told(key.name)).collect()
    }

    /// What holds where something holds though nobody said it; nothing of it is secret.
    fn effective(&self, key: &str) -> Option<String> {
        let shown = |value: &dyn fmt::Display| Some(value.to_string());
        let gateway = self.gateway.as_ref();
        match key {
            "database_url" => Some(database(&self.database_url)),
            "listen" => shown(&self.listen),
            "public_url" => shown(&self.public_url),
            "organisation" => self.organisation.clone(),
            "environment" => Some(environment(self.environment).to_owned()),
            "secret_key_file" => match &self.key {
                KeySource::Given(_) => None,
                KeySource::File(path) => shown(&path.display()),
            },
            "keys" => shown(&self.keys.folder.display()),
            "keep_audit_days" => shown(&self.keep.audit_days),
            "keep_days" => shown(&self.keep.days),
            "keep_unpublished_days" => shown(&self.keep.unpublished_days),
            "api_per_minute" => shown(&self.api_per_minute),
            "webhooks_to_loopback" => shown(&self.webhooks_to_loopback),
            "gateway.kind" => gateway.map(|gateway| gateway.name().to_owned()),
            "gateway.parts_per_second" => shown(&gateway?.parts_per_second?.get()),
            "oidc.roles_claim" => self.oidc.as_ref().map(|oidc| oidc.roles_claim.clone()),
            "oidc.name_claim" => self.oidc.as_ref().map(|oidc| oidc.name_claim.clone()),
            "log.filter" => Some(self.log.filter.clone()),
            "log.format" => Some(if self.log.format == LogFormat::Json { "json" } else { "text" }.to_owned()),
            _ => None,
        }
    }
}

fn environment(environment: Environment) -> &'static str {
    match environment {
        Environment::Production => "production",
        Environment::Demo => "demo",
        Environment::Test => "test",
    }
}

/// The file, or the server and the name of the database there.
fn database(url: &DatabaseUrl) -> String {
    match url.sqlite_path() {
        Some(path) => format!("sqlite://{}", path.display()),
        None => machine(url.as_str()),
    }
}

/// Which machine an address leads to; of a database its name too. Of what cannot be read, nothing.
pub(super) fn machine(text: &str) -> String {
    let Ok(url) = Url::parse(text) else { return "…".to_owned() };
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = if url.scheme().starts_with("postgres") { url.path() } else { "/…" };
    format!("{}://{host}{port}{path}", url.scheme())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;

    fn told(file: &str, variables: &[(&str, &str)]) -> BTreeMap<&'static str, Setting> {
        let variables = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let settings = Settings::read(Path::new("medvirk.toml"), file, variables).unwrap();
        settings.told().into_iter().map(|setting| (setting.key, setting)).collect()
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn each_value_says_where_it_comes_from() {
        let told = told("organisation = \"Eksempel\"\nkeep_days = 30\n", &[("MEDVIRK_KEEP_DAYS", "60")]);
        let of = |key: &str| (told[key].value.clone(), told[key].origin.clone());
        assert_eq!(of("organisation"), (text("Eksempel"), Origin::File { path: "medvirk.toml".to_owned(), line: 1 }));
        assert_eq!(of("keep_days"), (text("60"), Origin::Environment));
        assert_eq!(of("keep_audit_days"), (text("1825"), Origin::Default));
        assert_eq!(of("gateway.kind"), (Value::None, Origin::Default));
        assert_eq!(told["gateway.kind"].variable, "MEDVIRK_GATEWAY__KIND");
    }

    /// Everything that could be a secret is told as a password that no page may show.
    #[test]
    fn no_secret_is_told() {
        const PASSWORD: &str = "abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789";
        let url = format!("https://user:{PASSWORD}@sms.example/{PASSWORD}/send?key={PASSWORD}");
        let variables = [
            (
                "MEDVIRK_DATABASE_URL",
                format!("postgres://medvirk:{PASSWORD}@db.example:6432/survey?password={PASSWORD}"),
            ),
            ("MEDVIRK_SECRET_KEY", PASSWORD.to_owned()),
            ("MEDVIRK_GATEWAY__KIND", "http".to_owned()),
            ("MEDVIRK_GATEWAY__URL", url),
            ("MEDVIRK_GATEWAY__TOKEN", PASSWORD.to_owned()),
            ("MEDVIRK_GATEWAY__METHOD", "POST".to_owned()),
            ("MEDVIRK_GATEWAY__HEADERS", format!("Authorization: Basic {PASSWORD}")),
            (
                "MEDVIRK_GATEWAY__BODY",
                format!("{{\"to\": \"{{to}}\", \"text\": \"{{text}}\", \"key\": \"{PASSWORD}\"}}"),
            ),
            ("MEDVIRK_GATEWAY__BODY_TYPE", "json".to_owned()),
            ("MEDVIRK_GATEWAY__ANSWER__ACCEPTED", "200".to_owned()),
            ("MEDVIRK_GATEWAY__CALLBACK_SECRET", PASSWORD.to_owned()),
            ("MEDVIRK_OIDC__ISSUER", "https://login.example".to_owned()),
            ("MEDVIRK_OIDC__CLIENT_ID", "medvirk".to_owned()),
            ("MEDVIRK_OIDC__CLIENT_SECRET", PASSWORD.to_owned()),
        ];
        let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let told = told("", &variables);
        assert!(!format!("{told:?}").contains("abcdef01"), "{told:#?}");
        for key in ["secret_key", "gateway.token", "gateway.headers", "gateway.body", "oidc.client_secret"] {
            assert_eq!(told[key].value, Value::Secret, "{key}");
        }
        assert_eq!(told["database_url"].value, text("postgres://db.example:6432/survey"));
        assert_eq!(told["gateway.url"].value, text("https://sms.example/…"));
    }

    /// Whoever adds a key decides whether it may be shown: by its name, these may not.
    #[test]
    fn what_is_called_a_secret_is_one() {
        use crate::config::source::Shown;
        for key in KEYS.iter().filter(|key| !key.name.ends_with("_file")) {
            let called = ["secret", "password", "token"].iter().any(|word| key.name.contains(word));
            assert!(!called || key.shown == Shown::Never, "{}", key.name);
        }
    }
}
