//! From a campaign's template to the text on the phone.
//!
//! The template is rendered once, at launch, and frozen; only the link is put in when the message leaves, since its
//! token is kept nowhere.

use unicode_normalization::UnicodeNormalization as _;

use super::segments::{Segments, is_gsm};

/// Stands in a body where the link will be.
pub const LINK: &str = "{link}";

/// What a template's places are filled with.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    /// For `{closes}`: the last moment to answer, in the recipient's language.
    pub closes: &'a str,
    /// For `{name}`.
    pub name: &'a str,
}

/// The body of one recipient's message, in NFC, with [`LINK`] still in it. Nothing is replaced silently: a character
/// outside GSM's alphabet stays, and costs.
#[must_use]
pub fn render(template: &str, values: Values<'_>) -> String {
    let mut body = String::with_capacity(template.len() + values.closes.len() + values.name.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        body.push_str(before);
        rest = if let Some(after) = from.strip_prefix("{closes}") {
            body.push_str(values.closes);
            after
        } else if let Some(after) = from.strip_prefix("{name}") {
            body.extend(values.name.chars().map(without_braces));
            after
        } else {
            body.push('{');
            &from[1..]
        };
    }
    body.push_str(rest);
    body.nfc().collect()
}

/// A name is the one value that HR does not write; it must not be able to hold a second [`LINK`].
const fn without_braces(character: char) -> char {
    match character {
        '{' => '(',
        '}' => ')',
        other => other,
    }
}

/// The text as it leaves.
#[must_use]
pub fn with_link(body: &str, link: &str) -> String {
    body.replacen(LINK, link, 1)
}

/// What `body` costs with a link like `link` in it. All links of a campaign are equally long.
#[must_use]
pub fn segments(body: &str, link: &str) -> Segments {
    Segments::of(&with_link(body, link))
}

/// A character that makes a text cost more than twice as much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costly {
    /// Outside GSM's alphabet.
    pub character: char,
    /// What could stand there instead; for HR to accept, never applied by itself.
    pub suggestion: Option<String>,
}

/// Every character of `text` that forces UCS-2, each once, in order of appearance.
#[must_use]
pub fn costly(text: &str) -> Vec<Costly> {
    let mut found: Vec<Costly> = Vec::new();
    for character in text.nfc().filter(|character| !is_gsm(*character)) {
        if found.iter().all(|seen| seen.character != character) {
            found.push(Costly { character, suggestion: suggestion(character) });
        }
    }
    found
}

fn suggestion(character: char) -> Option<String> {
    let plain = match character {
        '«' | '»' | '“' | '”' | '„' | '‟' | '″' => "\"",
        '‘' | '’' | '‚' | '‛' | '′' | '´' | '`' | 'ʼ' => "'",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '•' => "-",
        '…' => "...",
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => "",
        letter => return without_accent(letter),
    };
    Some(plain.to_owned())
}

/// `á` → `a`, `š` → `s`; nothing for what has no plain letter under its accent.
fn without_accent(letter: char) -> Option<String> {
    let base = std::iter::once(letter).nfd().next()?;
    (base != letter && is_gsm(base)).then(|| base.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::segments::Encoding;
    use super::*;

    const VALUES: Values<'_> = Values { closes: "24. juni kl. 20", name: "Åse" };

    #[test]
    fn places_are_filled_and_the_link_waits() {
        let body = render("Hei {name}! Svar innen {closes}: {link}", VALUES);
        assert_eq!(body, "Hei Åse! Svar innen 24. juni kl. 20: {link}");
        assert_eq!(with_link(&body, "https://x.no/s/a"), "Hei Åse! Svar innen 24. juni kl. 20: https://x.no/s/a");
    }

    #[test]
    fn unknown_places_stay_as_they_are() {
        assert_eq!(render("{what} {", VALUES), "{what} {");
    }

    #[test]
    fn a_name_cannot_bring_a_place_of_its_own() {
        let body = render("{name}: {link}", Values { closes: "", name: "{link}{closes}" });
        assert_eq!(with_link(&body, "L"), "(link)(closes): L");
    }

    #[test]
    fn decomposed_letters_are_composed_and_cost_one_septet() {
        let body = render("A\u{30a}se {link}", VALUES);
        assert_eq!(body, "Åse {link}");
        assert_eq!(segments(&body, "l"), Segments { encoding: Encoding::Gsm7, units: 5, parts: 1 });
    }

    #[test]
    fn the_link_counts_and_its_place_does_not() {
        assert_eq!(segments("{link}", &"x".repeat(160)).parts, 1);
        assert_eq!(segments("a{link}", &"x".repeat(160)).parts, 2);
    }

    #[test]
    fn costly_characters_are_named_once_with_a_suggestion() {
        let found = costly("«Hei» – så «fint»… á\u{a0}日");
        let named: Vec<_> = found.iter().map(|it| (it.character, it.suggestion.as_deref())).collect();
        let expected = [
            ('«', Some("\"")),
            ('»', Some("\"")),
            ('–', Some("-")),
            ('…', Some("...")),
            ('á', Some("a")),
            ('\u{a0}', Some(" ")),
            ('日', None),
        ];
        assert_eq!(named, expected);
        assert_eq!(costly("Blåbær på Ås, 50 € {ok}"), []);
    }

    #[test]
    fn what_is_suggested_is_cheap() {
        for code in 0..0x3000 {
            let Some(character) = char::from_u32(code).filter(|it| !is_gsm(*it)) else { continue };
            assert!(suggestion(character).is_none_or(|plain| plain.chars().all(is_gsm)), "{character:?}");
        }
    }
}
