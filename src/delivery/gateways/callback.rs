//! The addresses that a gateway calls us at, and the proof that it was we who gave them out.

use sha2::{Digest as _, Sha256};

use super::Outgoing;
use super::request::{BadReport, Inbound, parameter};
use crate::config::{PublicUrl, Secret, SecretKey};

/// Makes and checks the addresses of one gateway, all below `{public_url}/gateway/{name}`:
/// `/delivery?id=…&proof=…` for each message, where the provider takes an address with it, and else
/// `/{secret}/delivery`; `/{secret}/inbound` for what phones write. A proof is made from the message's id under a key, so
/// an address that leaks opens nothing but its own message.
#[derive(Clone, Debug)]
pub struct Callback {
    base: String,
    key: SecretKey,
    keyword: Option<String>,
}

impl Callback {
    /// For one gateway.
    #[must_use]
    pub fn new(public_url: &PublicUrl, gateway: &str, secret: &Secret) -> Self {
        let key = SecretKey::new(Sha256::digest(secret.expose()).into());
        Self { base: format!("{public_url}/gateway/{gateway}"), key, keyword: None }
    }

    /// With the word that stands before what phones write.
    #[must_use]
    pub(super) fn with_keyword(self, keyword: Option<String>) -> Self {
        Self { keyword, ..self }
    }

    /// Where to report about every message. Whoever knows it can report.
    pub(super) fn delivery(&self) -> String {
        format!("{}/{}/delivery", self.base, self.secret().expose())
    }

    /// Where to hand over what phones write. Whoever knows it can stop messages.
    pub(super) fn inbound(&self) -> String {
        format!("{}/{}/inbound", self.base, self.secret().expose())
    }

    /// Where to report about `message`.
    pub(super) fn address(&self, message: &Outgoing) -> String {
        let proof = self.proof(&message.id);
        format!("{}?id={}&proof={}", self.address_without_query(), message.id, proof.expose())
    }

    /// What stands before `?` in [`Callback::address`].
    pub(super) fn address_without_query(&self) -> String {
        format!("{}/delivery", self.base)
    }

    /// The message's id, if the query is one that [`Callback::address`] gave out.
    pub(super) fn check(&self, query: &str) -> Result<String, BadReport> {
        let (id, proof) = (parameter(query, "id"), parameter(query, "proof"));
        let (id, proof) = id.zip(proof).ok_or(BadReport::Forged)?;
        if self.same(&self.proof(&id), &proof) { Ok(id) } else { Err(BadReport::Forged) }
    }

    /// Whether the address was one with our secret in it.
    pub(super) fn check_secret(&self, secret: &str) -> Result<(), BadReport> {
        if self.same(&self.secret(), secret) { Ok(()) } else { Err(BadReport::Forged) }
    }

    /// What a phone wrote, without the keyword.
    pub(super) fn read_inbound(&self, from: &str, text: &str) -> Result<Inbound, BadReport> {
        let text = self.keyword.as_ref().map_or(text, |keyword| after_keyword(text, keyword));
        Inbound::new(from, text)
    }

    fn proof(&self, id: &str) -> Secret {
        self.key.derive_text(id)
    }

    /// No message has an id with a space in it, so no proof is this one.
    fn secret(&self) -> Secret {
        self.key.derive_text("secret path")
    }

    /// Both are hashed again under the key, so that the time of the comparison tells nothing about the right one.
    fn same(&self, right: &Secret, said: &str) -> bool {
        self.key.derive(right.expose()) == self.key.derive(said)
    }
}

/// `text` without `keyword` in front of it, in any case.
pub(super) fn after_keyword<'a>(text: &'a str, keyword: &str) -> &'a str {
    let (first, rest) = text.trim_start().split_once(char::is_whitespace).unwrap_or((text, ""));
    if first.trim().to_lowercase() == keyword.to_lowercase() { rest } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyword_is_taken_off_once_and_only_in_front() {
        for (text, rest) in
            [("EIDE STOP", "STOP"), (" eide stopp", "stopp"), ("STOP", "STOP"), ("Eidet STOP", "Eidet STOP")]
        {
            assert_eq!(after_keyword(text, "Eide"), rest, "{text}");
        }
        assert_eq!(after_keyword("EIDE", "eide"), "");
    }
}
