//! What gateways call us with: delivery reports, and what phones write.

use std::fmt;

use crate::message::state::Report;
use crate::people::phone::Phone;

/// What a gateway calls us back with.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReportRequest<'a> {
    /// As it stands in the address, without `?`.
    pub query: &'a str,
    /// Empty for `GET`.
    pub body: &'a [u8],
    /// The part of the path that only the gateway knows; empty where the address has none.
    pub secret: &'a str,
    /// The header that [`super::Capabilities::signature`] names; empty when it is missing.
    pub signature: &'a str,
}

/// What it says about one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayReport {
    /// Ours.
    pub message_id: String,
    /// What has become of it.
    pub kind: Report,
}

/// An SMS from a phone. `Debug` shows none of its text.
#[derive(Clone, PartialEq, Eq)]
pub struct Inbound {
    /// Who wrote it.
    pub from: Phone,
    /// What; read for a STOP and kept nowhere.
    pub text: String,
}

/// Why a callback is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadReport {
    /// The address is not one that we gave out, or the signature is not the gateway's.
    #[error("the callback does not prove that it comes from the gateway")]
    Forged,
    /// The address is ours, but what comes with it is not in the provider's format.
    #[error("the callback cannot be read")]
    Malformed,
}

impl Inbound {
    /// `from` as gateways write it: `+4790000000`, `004790000000`, `4790000000` or the eight digits of Norway. It is not
    /// looked up in any numbering plan: a number that we sent to is one that we know.
    ///
    /// # Errors
    /// A name or a short number: none of ours.
    pub(super) fn new(from: &str, text: &str) -> Result<Self, BadReport> {
        let from = from.trim();
        let national = from.strip_prefix('+').or_else(|| from.strip_prefix("00")).unwrap_or(from);
        if !national.bytes().all(|byte| byte.is_ascii_digit()) || !(8..=15).contains(&national.len()) {
            return Err(BadReport::Malformed);
        }
        let country = if from.len() == 8 { "47" } else { "" };
        Ok(Self { from: Phone::from_stored(format!("+{country}{national}")), text: text.to_owned() })
    }
}

impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbound").field("from", &self.from).finish_non_exhaustive()
    }
}

impl ReportRequest<'_> {
    /// The first value of that name, in the query or in a form.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        let in_form =
            || form_urlencoded::parse(self.body).find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        parameter(self.query, name).or_else(in_form)
    }
}

/// The first value of that name in a query.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_read_in_every_spelling_of_gateways() {
        for spelling in ["+4790000000", "004790000000", "4790000000", "90000000", " 90000000 "] {
            assert_eq!(Inbound::new(spelling, "").unwrap().from.as_str(), "+4790000000", "{spelling}");
        }
        for wrong in ["", "1963", "Eide", "+47 900", "+", "1234567890123456"] {
            assert_eq!(Inbound::new(wrong, "").unwrap_err(), BadReport::Malformed, "{wrong}");
        }
    }

    #[test]
    fn no_log_shows_what_a_phone_wrote() {
        assert!(!format!("{:?}", Inbound::new("90000000", "hidden").unwrap()).contains("hidden"));
    }
}
