//! Texts of elsewhere as plain words: the form shows no HTML, no pictures and no answers inside texts.

/// `&thetasym;` and the like.
const LONGEST_ENTITY: usize = 12;

/// What a text held that plain words cannot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a loss of its own")]
pub(super) struct Lost {
    formatting: bool,
    media: bool,
    link: bool,
    inserted: bool,
}

impl Lost {
    /// What to say of it, one sentence for each.
    pub(super) fn messages(self) -> impl Iterator<Item = &'static str> {
        let all = [
            (self.formatting, "formatting (bold, colours, lists) is lost, since texts are plain words here"),
            (self.media, "a picture, sound or video is lost, since texts are plain words here"),
            (self.link, "a link became its words; write the address out if it is needed"),
            (self.inserted, "a text holds a placeholder that nobody fills in here; write the text without it"),
        ];
        all.into_iter().filter_map(|(lost, message)| lost.then_some(message))
    }
}

/// Plain words, and what was lost on the way. With `html` tags and entities mean what they mean in HTML (LimeSurvey);
/// without, only where a tag is seen (XLSForm).
pub(super) fn words(text: &str, html: bool) -> (String, Lost) {
    let mut lost = Lost::default();
    let text = if html || has_tag(text) { without_tags(text, &mut lost) } else { text.to_owned() };
    lost.formatting |= text.contains("**");
    let text = text.replace("**", "");
    lost.inserted |=
        ["${", "{INSERTANS", "{TOKEN"].iter().any(|mark| text.contains(mark)) || has_expression(&text, html);
    (tidy(&text), lost)
}

fn has_tag(text: &str) -> bool {
    let last = text.rfind('>').unwrap_or(0);
    text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && last > at
    })
}

/// `{Q01.shown}` and the like: LimeSurvey computes what stands in braces without spaces at their edges.
fn has_expression(text: &str, html: bool) -> bool {
    html && text
        .split('{')
        .skip(1)
        .any(|rest| rest.contains('}') && rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

fn without_tags(text: &str, lost: &mut Lost) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(&without_entities(before));
        let Some((tag, after)) = after.split_once('>') else {
            words.push('<');
            rest = after;
            break;
        };
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        rest = after;
        match name.as_str() {
            "script" | "style" if !tag.starts_with('/') => {
                lost.formatting = true;
                let ends =
                    |at: usize| after[at + 2..].get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(&name));
                let end = after.match_indices("</").map(|(at, _)| at).find(|at| ends(*at));
                rest = &after[end.unwrap_or(after.len())..];
            }
            "br" | "p" | "div" | "li" | "tr" | "h1" | "h2" | "h3" | "h4" => words.push('\n'),
            "img" | "video" | "audio" | "iframe" | "object" | "embed" => lost.media = true,
            "a" => lost.link = true,
            "" if !tag.starts_with('!') => words.extend(["<", tag, ">"]),
            _ => lost.formatting = true,
        }
    }
    words.push_str(&without_entities(rest));
    words
}

/// Entities of HTML that editors write; others stay as they are.
fn without_entities(text: &str) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        words.push_str(before);
        let end = after.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
        rest = after;
        if let Some((c, end)) = end.and_then(|end| Some((entity(&after[..end])?, end))) {
            words.push(c);
            rest = &after[end + 1..];
        } else {
            words.push('&');
        }
    }
    words.push_str(rest);
    words
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    let known = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("aelig", 'æ'),
        ("AElig", 'Æ'),
        ("oslash", 'ø'),
        ("Oslash", 'Ø'),
        ("aring", 'å'),
        ("Aring", 'Å'),
        ("eacute", 'é'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
    ];
    known.into_iter().find(|(known, _)| *known == name).map(|(_, c)| c)
}

/// One space between words, one empty line between paragraphs at most, no characters that do not show.
fn tidy(text: &str) -> String {
    let unseen = |c: &char| (c.is_control() && !c.is_whitespace()) || matches!(c, '\u{feff}' | '\u{200b}');
    let mut tidied = String::new();
    for line in text.replace("\r\n", "\n").split(['\n', '\r']) {
        let line: String = line.chars().filter(|c| !unseen(c)).collect();
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            continue;
        }
        if !tidied.is_empty() {
            tidied.push('\n');
        }
        tidied.push_str(&line);
    }
    tidied
}
