//! The address at which a gateway reports about one message, and the proof that it was we who gave it out.

use sha2::{Digest as _, Sha256};

use super::{BadReport, Outgoing};
use crate::config::{PublicUrl, Secret, SecretKey};

/// Makes and checks callback addresses: `{public_url}/gateway/{name}/delivery?id=…&proof=…`. The proof is made from the
/// message's id under a key, so an address that leaks opens nothing but its own message.
#[derive(Clone, Debug)]
pub struct Callback {
    address: String,
    key: SecretKey,
}

impl Callback {
    /// For one gateway.
    #[must_use]
    pub fn new(public_url: &PublicUrl, gateway: &str, secret: &Secret) -> Self {
        let key = SecretKey::new(Sha256::digest(secret.expose()).into());
        Self { address: format!("{public_url}/gateway/{gateway}/delivery"), key }
    }

    /// Where to report about `message`.
    pub(super) fn address(&self, message: &Outgoing) -> String {
        format!("{}?id={}&proof={}", self.address, message.id, self.key.derive_text(&message.id).expose())
    }

    /// The message's id, if the query is one that [`Callback::address`] gave out.
    pub(super) fn check(&self, query: &str) -> Result<String, BadReport> {
        let (id, proof) = (parameter(query, "id"), parameter(query, "proof"));
        let (id, proof) = id.zip(proof).ok_or(BadReport::Forged)?;
        // Both are hashed again under the key, so that the time of the comparison tells nothing about the right one.
        let right = self.key.derive_text(&id);
        if self.key.derive(right.expose()) == self.key.derive(&proof) { Ok(id) } else { Err(BadReport::Forged) }
    }
}

/// The first value of that name.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
