//! The employer's logo: read and checked once at the start, and served from memory.

use std::fmt;
use std::sync::Arc;

use super::source::Source;

/// With the first page it must stay small on a slow phone.
const LARGEST: usize = 20_000;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What a picture needs none of, and what makes a document of it.
const ACTIVE: [&str; 6] = ["<script", "javascript:", "<foreignobject", "<iframe", "<!doctype", "<!entity"];

/// A picture that holds no script.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Arc<[u8]>,
}

impl Logo {
    /// It stands beside the employer's name, which says in words what the picture shows.
    pub(super) fn from_source(source: &mut Source, organisation: Option<&String>) -> Option<Self> {
        let logo = source.take("logo_file", Self::from_file);
        if logo.is_some() && organisation.is_none() {
            source.complain("logo_file", "needs organisation beside it, which says in words what the picture shows");
        }
        logo
    }

    /// The picture in the file at `path`.
    fn from_file(path: &str) -> Result<Self, String> {
        let bytes = std::fs::read(path).map_err(|error| format!("cannot read {path}: {error}"))?;
        Self::parse(&bytes).map_err(|what| format!("{path} {what}"))
    }

    fn parse(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > LARGEST {
            return Err(format!("has {} bytes; a logo has {LARGEST} at most", bytes.len()));
        }
        let picture = |content_type| Self { content_type, bytes: bytes.into() };
        if bytes.starts_with(PNG) {
            return Ok(picture("image/png"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| "is neither SVG nor PNG".to_owned())?.to_lowercase();
        if !text.contains("<svg") {
            return Err("is neither SVG nor PNG".to_owned());
        }
        match ACTIVE.iter().find(|word| text.contains(**word)) {
            Some(word) => Err(format!("holds {word}, which no logo needs")),
            None if has_handler(&text) => Err("holds an attribute that runs a script (on…=)".to_owned()),
            None => Ok(picture("image/svg+xml")),
        }
    }
}

/// Whether an attribute begins with `on`, as only those that run scripts do.
fn has_handler(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/')).any(|word| {
        word.strip_prefix("on").is_some_and(|rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).starts_with('=') && !rest.starts_with('=')
        })
    })
}

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} bytes", self.content_type, self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_without_a_script_is_a_logo() {
        let svg = Logo::parse(br#"<svg xmlns="http://www.w3.org/2000/svg"><title>On = off</title></svg>"#);
        assert_eq!(svg.unwrap().content_type, "image/svg+xml");
        assert_eq!(Logo::parse(b"\x89PNG\r\n\x1a\n...").unwrap().content_type, "image/png");
    }

    #[test]
    fn everything_else_is_refused() {
        for wrong in [
            &b"GIF89a"[..],
            b"\xff\xfe",
            b"",
            b"<svg><SCRIPT>1</SCRIPT></svg>",
            b"<svg onload=\"x()\"/>",
            b"<svg><a\nonclick='x()'/></svg>",
            b"<svg/onload=x()>",
            b"<svg><a href=\"javascript:x()\"/></svg>",
            b"<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>",
            &vec![b'<'; LARGEST + 1],
        ] {
            assert!(Logo::parse(wrong).is_err(), "{:?}", String::from_utf8_lossy(&wrong[..wrong.len().min(40)]));
        }
    }
}
