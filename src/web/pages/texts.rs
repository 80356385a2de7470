//! HR's pages of free text: how far moderation has come, one text at a time, and what was published of them.

use serde::Serialize;

use super::Page;
use super::hr::Shell;

#[path = "texts_samples.rs"]
pub(super) mod samples;

/// `GET /campaigns/{id}/texts`. Its button posts `csrf` and `words` to `/campaigns/{id}/publish-texts`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether something is shown")]
pub struct TextsPage {
    /// Around it.
    pub shell: Shell,
    /// In addresses.
    pub id: String,
    /// As HR called it.
    pub name: String,
    /// The answers are opened: there is something to read.
    pub opened: bool,
    /// The figures are out, and texts may follow.
    pub figures: bool,
    /// The texts are out, and nothing can be changed any more.
    pub published: bool,
    /// There is no second account to take the second look.
    pub alone: bool,
    /// Texts that wait for a look.
    pub unfinished: u64,
    /// Texts that may be published.
    pub released: u64,
    /// Words are shown from so many on.
    pub words_from: u32,
    /// In the survey's order; those that nobody has answered too.
    pub questions: Vec<TextsLine>,
}

/// The texts of one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextsLine {
    /// In addresses.
    pub id: String,
    /// What was asked.
    pub asked: String,
    /// These are the words of `other`.
    pub other: bool,
    /// For the first look.
    pub new: u64,
    /// For the second look.
    pub cleaned: u64,
    /// Done.
    pub released: u64,
    /// Gone another way, or not usable.
    pub aside: u64,
    /// How many themes it has.
    pub themes: u64,
}

/// `GET /campaigns/{id}/texts/{question}`: one text. It posts `csrf`, `text`, `seen`, `list`, `words`, `theme` and `step` to
/// the same address, and themes to `…/themes`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TextPage {
    /// Around it.
    pub shell: Shell,
    /// In addresses.
    pub id: String,
    /// As HR called it.
    pub name: String,
    /// In addresses.
    pub question: String,
    /// What was asked.
    pub asked: String,
    /// These are the words of `other`.
    pub other: bool,
    /// The texts are out, and nothing can be changed any more.
    pub published: bool,
    /// The list that is gone through.
    pub list: &'static str,
    /// All of them.
    pub lists: Vec<List>,
    /// The one to look at.
    pub text: Option<TextShown>,
    /// So many were cleaned by this account and wait for another.
    pub waiting: u64,
    /// The one that was looked at before.
    pub before: Option<String>,
    /// Of this question.
    pub themes: Vec<ThemeChoice>,
}

/// Texts of one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct List {
    /// `new`, `cleaned`, `released`, `threat`, `unusable`.
    pub list: &'static str,
    /// How many.
    pub count: u64,
    /// It is gone through.
    pub chosen: bool,
}

/// One text. Nothing of the other answers, and no time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextShown {
    /// Random text.
    pub id: String,
    /// What the page shows of it, as a fingerprint.
    pub seen: String,
    /// As `list`.
    pub stage: String,
    /// The area's name; none where the register places nobody.
    pub area: Option<String>,
    /// As it was written; empty once it is released.
    pub original: String,
    /// What may stay of it.
    pub words: String,
    /// This account may take the second look.
    pub may_release: bool,
}

/// A theme beside a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThemeChoice {
    /// Random text.
    pub id: String,
    /// In the reader's language.
    pub label: String,
    /// The text is about it.
    pub marked: bool,
}

/// What was published of one question's texts, on the question's page of results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordsSection {
    /// The question's id, or with `-other` behind it.
    pub id: String,
    /// These are the words of `other`.
    pub other: bool,
    /// The smallest count.
    pub k: u32,
    /// Words are shown from so many on.
    pub from: u32,
    /// Words were wanted.
    pub with_words: bool,
    /// The whole and the areas that are told apart; empty where too few have written.
    pub groups: Vec<WordsBase>,
    /// The most common first.
    pub themes: Vec<ThemeLine>,
    /// The whole first.
    pub words: Vec<WordsGroup>,
}

/// A column of the table of themes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordsBase {
    /// The area; the whole without one.
    pub name: Option<String>,
    /// How many texts, as a class.
    pub base: String,
}

/// A row of the table of themes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThemeLine {
    /// In the reader's language.
    pub label: String,
    /// By group; none where it is hidden.
    pub counts: Vec<Option<u32>>,
}

/// Words of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordsGroup {
    /// The area; the whole without one.
    pub name: Option<String>,
    /// In an order of chance.
    pub words: Vec<String>,
}

impl Page for TextsPage {
    const TEMPLATE: &'static str = "hr/texts";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::texts()
    }
}

impl Page for TextPage {
    const TEMPLATE: &'static str = "hr/text";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::text()
    }
}
