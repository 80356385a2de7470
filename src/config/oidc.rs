//! `[oidc]`: an OpenID Connect provider whose people may log in, such as Entra ID or Keycloak.

use std::net::IpAddr;

use reqwest::Url;

use super::secret::Secret;
use super::source::Source;
use super::values;

/// A provider, and who we are there.
#[derive(Clone, Debug)]
pub struct Oidc {
    /// As it names itself in its tokens, to the letter.
    pub issuer: String,
    /// As it knows us.
    pub client_id: String,
    /// What shows that it is us.
    pub client_secret: Secret,
    /// The claim that holds somebody's groups or roles; dots lead into claims.
    pub roles_claim: String,
    /// How sure the provider must be of somebody (`acr`); nothing where it knows one way only.
    pub acr: Option<String>,
    /// The claim that an account is called by.
    pub name_claim: String,
    /// `VALUE = role: Place; Place`, one for each group that may come in; read by `people::grants`.
    pub roles: Vec<String>,
}

impl Oidc {
    pub(super) fn from_source(source: &mut Source) -> Option<Self> {
        source.needs("oidc.", "oidc.issuer");
        let issuer = source.take("oidc.issuer", issuer)?;
        let client_id = source.require("oidc.client_id", values::not_empty);
        let file = source.take("oidc.client_secret_file", Secret::from_file);
        let client_secret = file.or_else(|| source.require("oidc.client_secret", Secret::parse));
        let roles = source.take("oidc.roles", |text| Ok(text.lines().map(str::to_owned).collect()));
        Some(Self {
            issuer,
            client_id: client_id?,
            client_secret: client_secret?,
            roles_claim: source.take("oidc.roles_claim", values::not_empty).unwrap_or_else(|| "roles".to_owned()),
            acr: source.take("oidc.acr", values::not_empty),
            name_claim: source
                .take("oidc.name_claim", values::not_empty)
                .unwrap_or_else(|| "preferred_username".to_owned()),
            roles: roles.unwrap_or_default(),
        })
    }
}

/// Over the open net a provider that is not asked over https is nobody's.
fn issuer(text: &str) -> Result<String, String> {
    let url = Url::parse(text).map_err(|_| "is no address".to_owned())?;
    let loopback = url.host_str().is_some_and(|host| host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()));
    match (url.scheme(), loopback) {
        ("https", _) | ("http", true) => Ok(text.to_owned()),
        _ => Err("must begin with https://".to_owned()),
    }
}
