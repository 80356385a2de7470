//! The link in an SMS.

use super::token::Token;

/// Makes links: the same invitation always gets the same one.
#[derive(Clone)]
pub struct Links {
    key: [u8; 32],
    public_url: String,
}

impl Links {
    /// `key` is this installation's own; `public_url` is how the outside reaches it, without a slash at the end.
    #[must_use]
    pub fn new(key: [u8; 32], public_url: &str) -> Self {
        Self { key, public_url: public_url.to_owned() }
    }

    /// The token of an invitation.
    #[must_use]
    pub fn token(&self, invitation_id: &str) -> Token {
        Token::of(&self.key, invitation_id)
    }

    /// What stands in the SMS.
    #[must_use]
    pub fn link(&self, invitation_id: &str) -> String {
        format!("{}/s/{}", self.public_url, self.token(invitation_id).text())
    }

    /// A link of the right length that leads nowhere, for previews and for counting parts before launch.
    #[must_use]
    pub fn example(&self) -> String {
        format!("{}/s/{}", self.public_url, "0".repeat(super::token::LENGTH))
    }
}
