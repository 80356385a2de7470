//! Style sheets, inside the binary, and the employer's logo. Their addresses carry a digest, so that browsers may keep them for ever.

use sha2::{Digest, Sha256};

use crate::config::{Colour, Logo};

/// A file under `/assets/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its name in the address.
    pub name: &'static str,
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

/// All of them.
pub const ASSETS: [Asset; 9] = [
    Asset {
        name: "designsystemet.css",
        content_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../../../assets/designsystemet.css"),
    },
    Asset {
        name: "viewer.js",
        content_type: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../../assets/viewer.js"),
    },
    Asset {
        name: "live.js",
        content_type: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../../assets/live.js"),
    },
    Asset {
        name: "text.js",
        content_type: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../../assets/text.js"),
    },
    Asset {
        name: "viewer.css",
        content_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../../../assets/viewer.css"),
    },
    Asset {
        name: "form.css",
        content_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../../../assets/form.css"),
    },
    Asset { name: "hr.css", content_type: "text/css; charset=utf-8", bytes: include_bytes!("../../../assets/hr.css") },
    Asset {
        name: "preview.css",
        content_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../../../assets/preview.css"),
    },
    Asset {
        name: "preview.js",
        content_type: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../../assets/preview.js"),
    },
];

/// The file of that name.
#[must_use]
pub fn asset(name: &str) -> Option<Asset> {
    ASSETS.into_iter().find(|asset| asset.name == name)
}

impl Asset {
    /// `/assets/NAME?v=DIGEST`: another file has another address.
    #[must_use]
    pub fn address(&self) -> String {
        address(self.name, self.bytes)
    }
}

/// Where the employer's logo is.
#[must_use]
pub fn address_of_logo(logo: &Logo) -> String {
    address("logo", &logo.bytes)
}

/// Where the employer's colour is.
#[must_use]
pub fn address_of_colour(colour: Colour) -> String {
    address("colour", colour.css().as_bytes())
}

fn address(name: &str, bytes: &[u8]) -> String {
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)[..6]);
    format!("/assets/{name}?v={digest}")
}
