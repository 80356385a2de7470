//! Every key of the language, once: the readers, the advice on misspelt keys and the JSON Schema come from here.

/// The keys of one mapping.
#[derive(Debug)]
pub struct Table {
    /// What the mapping is, for messages: "a page".
    pub what: &'static str,
    /// In the order in which a file is best written.
    pub keys: &'static [Key],
}

/// One key.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What stands after it.
    pub shape: Shape,
    /// It cannot be left out.
    pub required: bool,
    /// Question types that know it; empty for all.
    pub types: &'static [&'static str],
    /// One line for whoever writes a survey.
    pub about: &'static str,
}

/// What stands after a key.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A name that other parts refer to, or a reference to one.
    Id,
    /// Several of them.
    Ids,
    /// One of a few words, or a short form such as a date.
    Word,
    /// Several of them.
    Words,
    /// A whole number.
    Number,
    /// Several of them.
    Numbers,
    /// `true` or `false`.
    Flag,
    /// Words in every language.
    Text,
    /// Words in every language, or by audience.
    Wording,
    /// Who; see the language's page on conditions.
    Condition,
    /// One mapping.
    Map(&'static Table),
    /// A mapping of ids to mappings.
    MapOf(&'static Table),
    /// A mapping of ids to conditions, or to the mapping of the table.
    Conditions(&'static Table),
    /// A list of mappings.
    ListOf(&'static Table),
    /// A list of attributes, and of audiences under a name.
    Breakdowns,
}

use Shape::Words;
use Shape::{
    Breakdowns, Condition, Conditions, Flag, Id, Ids, ListOf, Map, MapOf, Number, Numbers, Text, Word, Wording,
};

const fn need(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: true, types: &[], about }
}

const fn may(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: false, types: &[], about }
}

const fn typed(name: &'static str, shape: Shape, types: &'static [&'static str], about: &'static str) -> Key {
    Key { name, shape, required: false, types, about }
}

/// The file itself.
pub static SURVEY: Table = Table {
    what: "a survey",
    keys: &[
        need("survey", Id, "the survey's own id: lower-case letters, digits and -"),
        need("languages", Words, "two letters each; the first is the default"),
        need("title", Text, "on top of every page"),
        need("intro", Text, "the first screen: who asks, and why"),
        need("thanks", Text, "the last screen"),
        may("contact", Map(&CONTACT), "whom to ask"),
        may("minimum_group", Number, "groups of fewer respondents are never shown; at least 5, and 5 unless said"),
        need("sms", Map(&SMS), "the messages"),
        may("window", Map(&WINDOW), "when answers are taken; without it, until closed by hand"),
        may("sending", Map(&SENDING), "when and how fast messages may leave"),
        may("attributes", MapOf(&ATTRIBUTE), "facts of the register that conditions and breakdowns may use"),
        may("breakdowns", Breakdowns, "what figures are broken down by"),
        may("scales", MapOf(&SCALE), "ordered points that questions share"),
        may("audiences", Conditions(&AUDIENCE), "named conditions"),
        need("pages", ListOf(&PAGE), "what is asked, page by page"),
        may("results", Map(&RESULTS), "what is put side by side"),
    ],
};

/// `contact`
pub static CONTACT: Table = Table {
    what: "a contact",
    keys: &[
        need("name", Word, "a person or an office"),
        may("phone", Word, "as it is dialled"),
        may("url", Word, "http or https"),
    ],
};

/// `sms`
pub static SMS: Table = Table {
    what: "the SMS part",
    keys: &[
        need("sender", Word, "3 to 11 letters, digits and spaces"),
        need("invitation", Text, "holds {link} once; may hold {closes} and {name}"),
        may("reminder", Text, "as the invitation, for those who have not answered"),
        may("reminders", Words, "how long after opening: 3d, 12h"),
    ],
};

/// `window`
pub static WINDOW: Table = Table {
    what: "the window",
    keys: &[
        need("opens", Word, "2020-06-10 09:00"),
        need("closes", Word, "2020-06-24 20:00"),
        may("zone", Word, "Europe/Oslo unless said"),
    ],
};

/// `sending`
pub static SENDING: Table = Table {
    what: "the sending part",
    keys: &[
        may("hours", Word, "\"08:00-20:00\" unless said"),
        may("days", Words, "mon to sat unless said"),
        may("parts_per_second", Number, "20 unless said"),
    ],
};

/// One of `attributes`.
pub static ATTRIBUTE: Table = Table {
    what: "an attribute",
    keys: &[
        need("from", Word, "birth_year, employment, language, staff_responsibility, union_rep or safety_rep"),
        may("bands", Numbers, "lower bounds of the age bands after the first"),
    ],
};

/// One of `scales`.
pub static SCALE: Table = Table {
    what: "a scale",
    keys: &[
        need("points", ListOf(&POINT), "from the lowest to the highest"),
        may("dont_know", Text, "offered beside the points; never in a mean"),
        may("favourable", Numbers, "values that count as favourable"),
    ],
};

/// One of `points`.
pub static POINT: Table =
    Table { what: "a point", keys: &[need("value", Number, "its number"), need("label", Text, "its words")] };

/// One of `audiences`, written out.
pub static AUDIENCE: Table = Table {
    what: "an audience",
    keys: &[
        need("for", Condition, "who belongs to it"),
        may("label", Text, "what results call it; its id unless said"),
    ],
};

/// One of `pages`.
pub static PAGE: Table = Table {
    what: "a page",
    keys: &[
        need("id", Id, "stands in the address"),
        may("title", Text, "above the questions"),
        may("for", Condition, "who sees it; everybody unless said"),
        need("questions", ListOf(&QUESTION), "what is asked on it"),
    ],
};

const OPTIONS: &[&str] = &["choice", "choices", "rank"];
const ASKED: &[&str] = &["yes_no", "choice", "choices", "rank", "scale", "matrix", "number", "text", "long_text"];

/// One of `questions`.
pub static QUESTION: Table = Table {
    what: "a question",
    keys: &[
        need("id", Id, "lower-case letters, digits and _"),
        need("type", Word, "how it is answered"),
        need("text", Wording, "what is asked"),
        may("help", Text, "shown under it"),
        may("for", Condition, "who is asked; everybody who sees the page unless said"),
        typed("required", Flag, ASKED, "nobody goes on without an answer"),
        typed("sensitive", Flag, ASKED, "shown for groups of twice the smallest size only"),
        typed("options", ListOf(&OPTION), OPTIONS, "what can be chosen"),
        typed("other", Flag, &["choice", "choices"], "a last option with words of one's own"),
        typed("max", Number, &["choices", "number"], "at most so many options; the largest number"),
        typed("min", Number, &["number"], "the smallest number"),
        typed("unit", Text, &["number"], "shown after the field"),
        typed("top", Number, &["rank"], "how many are ranked"),
        typed("scale", Id, &["scale", "matrix"], "the name of a scale"),
        typed("items", ListOf(&ITEM), &["matrix"], "each is a question of its own in the data"),
        typed("reverse", Flag, &["scale"], "a high value is bad"),
        typed("order", Word, &["choice", "choices", "rank", "matrix"], "random: another order for each respondent"),
        typed("same_as", Ids, ASKED, "survey.question of earlier waves"),
    ],
};

/// One of `options`.
pub static OPTION: Table = Table {
    what: "an option",
    keys: &[
        need("id", Id, "unique in its question"),
        need("label", Text, "what is read"),
        typed("exclusive", Flag, &["choices"], "chosen alone: \"none of these\""),
    ],
};

/// One of `items`.
pub static ITEM: Table = Table {
    what: "an item",
    keys: &[
        need("id", Id, "unique in its matrix"),
        need("label", Text, "what is read"),
        may("reverse", Flag, "a high value is bad"),
    ],
};

/// `results`
pub static RESULTS: Table = Table {
    what: "the results part",
    keys: &[
        may("compare", ListOf(&COMPARE), "one measure by audience"),
        may("indices", ListOf(&INDEX), "means of several questions"),
        may("pairs", ListOf(&PAIR), "the leader's and the employee's view of one thing"),
    ],
};

/// One of `compare`.
pub static COMPARE: Table = Table {
    what: "a comparison",
    keys: &[need("question", Id, "what is compared"), need("by", Ids, "two audiences or more")],
};

/// One of `indices`.
pub static INDEX: Table = Table {
    what: "an index",
    keys: &[
        need("id", Id, "its name in results"),
        may("label", Text, "what readers call it"),
        need("of", Ids, "two scale questions or more"),
        may("min_answered", Number, "fewer answered than this, and a respondent has no index; all unless said"),
    ],
};

/// One of `pairs`.
pub static PAIR: Table = Table {
    what: "a pair",
    keys: &[need("leader", Id, "a scale question"), need("employee", Id, "a scale question on the same scale")],
};
