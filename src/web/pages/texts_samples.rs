//! Examples of the pages of free text.

use super::super::hr::Section;
use super::super::hr::samples::{NAME, shell};
use super::{
    List, TextPage, TextShown, TextsLine, TextsPage, ThemeChoice, ThemeLine, WordsBase, WordsGroup, WordsSection,
};

const ASKED: &str = "På hvilken måte ble HMS ikke ivaretatt?";

fn line(id: &str, asked: &str, counts: [u64; 5]) -> TextsLine {
    let [new, cleaned, released, aside, themes] = counts;
    let other = id.rsplit_once('.').is_some_and(|(_, last)| last == "other");
    TextsLine { id: id.into(), asked: asked.into(), other, new, cleaned, released, aside, themes }
}

pub(super) fn texts() -> Vec<(&'static str, TextsPage)> {
    let half_way = TextsPage {
        shell: shell(Section::Campaigns),
        id: "b2".into(),
        name: NAME.into(),
        opened: true,
        figures: true,
        published: false,
        alone: false,
        unfinished: 153,
        released: 92,
        words_from: 10,
        questions: vec![
            line("staffing_how", ASKED, [112, 41, 92, 7, 5]),
            line("moved_where.other", "Hvor ble du omdisponert?", [0, 0, 0, 0, 0]),
        ],
    };
    let done = TextsPage {
        unfinished: 0,
        alone: true,
        questions: vec![line("staffing_how", ASKED, [0, 0, 245, 7, 5])],
        ..half_way.clone()
    };
    let early = TextsPage { figures: false, ..half_way.clone() };
    let none_released = TextsPage { unfinished: 0, released: 0, ..half_way.clone() };
    let published = TextsPage { published: true, alone: false, ..done.clone() };
    let sealed = TextsPage { opened: false, ..half_way.clone() };
    let none = TextsPage { questions: Vec::new(), ..done.clone() };
    vec![
        ("half-way", half_way),
        ("done", done),
        ("early", early),
        ("none-released", none_released),
        ("published", published),
        ("sealed", sealed),
        ("none", none),
    ]
}

fn lists(chosen: &str) -> Vec<List> {
    let counts = [("new", 112), ("cleaned", 41), ("released", 92), ("threat", 1), ("unusable", 6)];
    counts.into_iter().map(|(list, count)| List { list, count, chosen: list == chosen }).collect()
}

pub(super) fn text() -> Vec<(&'static str, TextPage)> {
    let theme = |id: &str, label: &str, marked| ThemeChoice { id: id.into(), label: label.into(), marked };
    let new = TextPage {
        shell: shell(Section::Campaigns),
        id: "b2".into(),
        name: NAME.into(),
        question: "staffing_how".into(),
        asked: ASKED.into(),
        other: false,
        published: false,
        list: "new",
        lists: lists("new"),
        text: Some(TextShown {
            id: "7c1d".into(),
            seen: "9a0b".into(),
            stage: "new".into(),
            area: Some("Pleie og omsorg".into()),
            original: "Kari på Solbakken var alene på natt 3. mai.".into(),
            words: "Kari på Solbakken var alene på natt 3. mai.".into(),
            may_release: false,
        }),
        waiting: 0,
        before: None,
        themes: vec![theme("t1", "Alene på vakt", true), theme("t2", "Smittevernutstyr", false)],
    };
    let at = |list: &'static str, change: &dyn Fn(&mut TextPage, &mut TextShown)| {
        let mut page = TextPage { list, lists: lists(list), before: Some("6b00".into()), ..new.clone() };
        let Some(mut text) = page.text.take() else { return page };
        text.stage = list.into();
        text.words = "En kollega var alene på natt.".into();
        change(&mut page, &mut text);
        page.text = Some(text);
        page
    };
    let cleaned = at("cleaned", &|_, text| text.may_release = true);
    let own = at("cleaned", &|page, text| {
        text.area = None;
        page.themes = Vec::new();
    });
    let released = at("released", &|_, text| text.original = String::new());
    let published = TextPage { published: true, ..released.clone() };
    let threat = at("threat", &|page, _| page.other = true);
    let none = TextPage { text: None, ..new.clone() };
    let waiting = TextPage { text: None, waiting: 3, list: "cleaned", lists: lists("cleaned"), ..new.clone() };
    vec![
        ("new", new),
        ("cleaned", cleaned),
        ("own", own),
        ("released", released),
        ("published", published),
        ("threat", threat),
        ("none", none),
        ("waiting", waiting),
    ]
}

/// Published themes and words, as results show them.
pub(in crate::web::pages) fn section() -> WordsSection {
    let group = |name: Option<&str>, base: &str| WordsBase { name: name.map(Into::into), base: base.into() };
    let words = |name: Option<&str>| WordsGroup {
        name: name.map(Into::into),
        words: vec!["En kollega var alene på natt.".into(), "<b>Vi manglet</b> utstyr\ni flere uker.".into()],
    };
    WordsSection {
        id: "staffing_how".into(),
        other: false,
        k: 5,
        from: 10,
        with_words: true,
        groups: vec![group(None, "200–299"), group(Some("Pleie og omsorg"), "100–199")],
        themes: vec![
            ThemeLine { label: "Alene på vakt".into(), counts: vec![Some(88), Some(61)] },
            ThemeLine { label: "Smittevernutstyr".into(), counts: vec![Some(7), None] },
        ],
        words: vec![words(None), words(Some("Pleie og omsorg"))],
    }
}
