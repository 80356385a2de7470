//! What a respondent takes from a page: where it leads, and the fields that it has. No parser: the pages are ours, and a
//! search for a few words costs a fraction of one.

use std::io::Read as _;

use flate2::read::GzDecoder;

/// Where a page leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Page<'p> {
    /// A link, escaped as it stands, to where the questions begin.
    Start(&'p str),
    /// A form with these questions, ids with commas.
    Questions(&'p str),
    /// A form without questions: everything is sent in.
    Send,
    /// Nowhere.
    End,
}

pub(super) fn read(page: &str) -> Page<'_> {
    let main = page.find("<main").map_or(page, |at| &page[at..]);
    if main.contains("<form method=\"post\"") {
        return match after(main, "name=\"shown\" value=\"") {
            None | Some("") => Page::Send,
            Some(shown) => Page::Questions(shown),
        };
    }
    // The link keeps its question mark: it is relative to the page.
    after(main, "href=\"?p=").map_or(Page::End, |_| after(main, "href=\"").map_or(Page::End, Page::Start))
}

/// The questions that an answer may open on the page, ids with commas: these phones have browsers of today.
pub(super) fn opens(page: &str) -> Option<&str> {
    after(page, "name=\"opens\" value=\"")
}

/// What stands before the name of a field.
const BEFORE: &str = " name=\"";

/// Whether the page has a field of that name.
pub(super) fn has_field(page: &str, name: &str) -> bool {
    let named = |at: usize| page[at..].strip_prefix(name).is_some_and(|rest| rest.starts_with('"'));
    page.match_indices(BEFORE).any(|(at, _)| named(at + BEFORE.len()))
}

/// What stands between `marker` and the next quotation mark.
fn after<'p>(page: &'p str, marker: &str) -> Option<&'p str> {
    let from = page.find(marker)? + marker.len();
    page[from..].split_once('"').map(|(value, _)| value)
}

pub(super) fn unzip(body: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(body.len() * 4);
    GzDecoder::new(body).read_to_string(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn pages_are_told_apart_by_where_they_lead() {
        let start =
            r#"<nav><a href="?lang=en">English</a></nav><main><a class="start" href="?p=you&amp;lang=nb">Start</a>"#;
        assert_eq!(read(start), Page::Start("?p=you&amp;lang=nb"));
        let form = r#"<main><form method="post" novalidate><input type="hidden" name="shown" value="a,b"></form>"#;
        assert_eq!(read(form), Page::Questions("a,b"));
        assert_eq!(read(&form.replace("a,b", "")), Page::Send);
        assert_eq!(read(r#"<main><form method="post"><button name="send" value="1">"#), Page::Send);
        assert_eq!(read(r#"<main data-page="thanks"><p>Takk</p></main>"#), Page::End);
    }

    #[test]
    fn follow_ups_are_found_in_their_button() {
        assert_eq!(opens(r#"<button class="button can" name="opens" value="how,why">"#), Some("how,why"));
        assert_eq!(opens(r#"<button class="button">"#), None);
    }

    #[test]
    fn fields_are_found_by_their_whole_name() {
        let page = r#"<input type="radio" name="q.m.a" value="1"><select name="q.r.1">"#;
        assert!(has_field(page, "q.m.a") && has_field(page, "q.r.1"));
        assert!(!has_field(page, "q.m") && !has_field(page, "q.m.a.b"));
    }

    #[test]
    fn compressed_pages_are_read() {
        let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        zipped.write_all("på".as_bytes()).unwrap();
        assert_eq!(unzip(&zipped.finish().unwrap()).as_deref(), Some("på"));
        assert_eq!(unzip(b"no gzip"), None);
    }
}
