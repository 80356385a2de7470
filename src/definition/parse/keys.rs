//! Every key of the language, once: the readers, the advice on misspelt keys and the JSON Schema come from here.

use super::reader::{RESERVED, RESERVED_PAGES};
use super::shape::Shape::{
    Breakdowns, Condition, Conditions, Flag, Free, ListOf, Map, MapOf, Number, Numbers, OneOf, SomeOf, Text, Word,
    Wording, Words,
};
use super::shape::{Form, Key, Shape, Table};

const fn need(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: true, types: &[], about }
}

const fn may(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: false, types: &[], about }
}

const fn typed(name: &'static str, shape: Shape, types: &'static [&'static str], about: &'static str) -> Key {
    Key { name, shape, required: false, types, about }
}

/// Required on the types that know it.
const fn needed_by(name: &'static str, shape: Shape, types: &'static [&'static str], about: &'static str) -> Key {
    Key { name, shape, required: true, types, about }
}

const fn form(pattern: &'static str, about: &'static str) -> Form {
    Form { pattern, except: &[], about, numeric: false }
}

/// Any number that the language can hold.
const ANY: (i64, i64) = (i64::MIN, i64::MAX);
/// Counts fit in 32 bits.
const MOST: i64 = 4_294_967_295;

static SURVEY_ID: Form = Form {
    except: &RESERVED,
    numeric: true,
    ..form("^[a-z0-9-]{1,60}$", "up to 60 lower-case letters a-z, digits and -")
};
static PAGE_ID: Form = Form {
    except: &RESERVED_PAGES,
    ..form("^[a-z][a-z0-9_-]{0,59}$", "a letter a-z, then up to 59 lower-case letters, digits, - and _")
};
/// What most things are called.
pub static NAME: Form = Form {
    except: &RESERVED,
    ..form("^[a-z][a-z0-9_]{0,59}$", "a letter a-z, then up to 59 lower-case letters, digits and _")
};
static VALUE_ID: Form = Form {
    except: &RESERVED,
    numeric: true,
    ..form("^[a-z0-9_]{1,60}$", "up to 60 lower-case letters a-z, digits and _")
};
/// What conditions and results look at.
pub static SUBJECT: Form = Form {
    except: &RESERVED,
    ..form("^[a-z][a-z0-9_]{0,59}([.][a-z0-9_]{1,60})?$", "the id of a question, or matrix.item, or of an attribute")
};
static EARLIER: Form = form("^[^.]+([.][^.]+){1,2}$", "survey.question, or survey.question.item");
/// A language of a survey.
pub static LANGUAGE: Form = form("^[a-z]{2}$", "two lower-case letters: nb, nn, en, pl");
static SENDER: Form = form(
    "^(?![0-9]+$)(?! )[A-Za-z0-9 æøåÆØÅäöüÄÖÜñÑéèàùìòÉß]{2,10}[A-Za-z0-9æøåÆØÅäöüÄÖÜñÑéèàùìòÉß]$",
    "3 to 11 letters, digits and spaces of the SMS alphabet, not digits alone",
);
static PHONE: Form = Form { numeric: true, ..form("^[^\\n]+$", "+4767500000") };
static URL: Form = form("^https?://", "https://www.example.org");
static MOMENT: Form = form("^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$", "2020-06-10 09:00");
static ZONE: Form = form("^[A-Za-z][A-Za-z0-9_+/-]*$", "Europe/Oslo");
static HOURS: Form = form("^ *[0-9]{1,2}:[0-9]{2} *- *[0-9]{1,2}:[0-9]{2} *$", "\"08:00-20:00\", the earlier first");
static DELAY: Form = form("^[0-9]{1,4}[dh]$", "days or hours: 3d, 12h");

/// How a question is answered.
pub static TYPES: [(&str, &str); 10] = [
    ("yes_no", "yes or no"),
    ("choice", "one of several options; `other: true` adds one with words of one's own"),
    ("choices", "several of several options; an option may be `exclusive: true`"),
    ("rank", "the most important options in order; `top` says how many"),
    ("scale", "one point of a named scale"),
    ("matrix", "several items on one scale; each item is a question of its own in the data"),
    ("number", "a whole number; `min`, `max` and `unit` belong to it"),
    ("text", "one line of words"),
    ("long_text", "several lines of words"),
    ("notice", "shown, not asked"),
];

/// Columns of the register that an attribute can be made from.
pub static FIELDS: [(&str, &str); 6] = [
    ("birth_year", "age at launch, in `bands`"),
    ("employment", "permanent, hourly, … as the register says"),
    ("language", "the language of the register, two letters"),
    ("staff_responsibility", "yes or no: leads people"),
    ("union_rep", "yes or no: elected by a union"),
    ("safety_rep", "yes or no: elected for safety"),
];

/// Days on which messages may leave.
pub static DAYS: [(&str, &str); 7] = [
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
];

/// Comparisons in conditions.
pub static TESTS: [(&str, &str); 5] = [
    ("at_least", "a scale value or number of at least this"),
    ("at_most", "a scale value or number of at most this"),
    ("is_not", "answered, and none of these"),
    ("includes", "of several choices: this one is among them"),
    ("includes_all", "of several choices: all of these are among them"),
];

static ORDERS: [(&str, &str); 1] = [("random", "another order for each respondent, always the same for one")];

/// The file itself.
pub static SURVEY: Table = Table {
    what: "a survey",
    by: None,
    keys: &[
        need("survey", Word(&SURVEY_ID), "the survey's own id: lower-case letters, digits and -"),
        need("languages", Words(1, &LANGUAGE), "two letters each; the first is the default"),
        need("title", Text, "on top of every page"),
        need("intro", Text, "the first screen: who asks, and why"),
        may(
            "incident_note",
            Text,
            "the first screen: that this is no incident report, and where incidents are reported",
        ),
        need("thanks", Text, "the last screen"),
        may("contact", Map(&CONTACT), "whom to ask"),
        may(
            "minimum_group",
            Number(5, MOST),
            "groups of fewer respondents are never shown; at least 5, and 5 unless said",
        ),
        need("sms", Map(&SMS), "the messages"),
        may("window", Map(&WINDOW), "when answers are taken; without it, until closed by hand"),
        may("sending", Map(&SENDING), "when and how fast messages may leave"),
        may("attributes", MapOf(&ATTRIBUTE), "facts of the register that conditions and breakdowns may use"),
        may("breakdowns", Breakdowns, "what figures are broken down by"),
        may("scales", MapOf(&SCALE), "ordered points that questions share"),
        may("audiences", Conditions(&AUDIENCE), "named conditions"),
        need("pages", ListOf(1, &PAGE), "what is asked, page by page"),
        may("results", Map(&RESULTS), "what is put side by side"),
    ],
};

/// `contact`
pub static CONTACT: Table = Table {
    what: "a contact",
    by: None,
    keys: &[
        need("name", Free, "a person or an office"),
        may("phone", Word(&PHONE), "as it is dialled"),
        may("url", Word(&URL), "http or https"),
    ],
};

/// `sms`
pub static SMS: Table = Table {
    what: "the SMS part",
    by: None,
    keys: &[
        need("sender", Word(&SENDER), "3 to 11 letters, digits and spaces"),
        need("invitation", Text, "holds {link} once; may hold {closes} and {name}"),
        may("reminder", Text, "as the invitation, for those who have not answered"),
        may("reminders", Words(1, &DELAY), "how long after opening: 3d, 12h"),
    ],
};

/// `window`
pub static WINDOW: Table = Table {
    what: "the window",
    by: None,
    keys: &[
        need("opens", Word(&MOMENT), "2020-06-10 09:00"),
        need("closes", Word(&MOMENT), "2020-06-24 20:00"),
        may("zone", Word(&ZONE), "Europe/Oslo unless said"),
    ],
};

/// `sending`
pub static SENDING: Table = Table {
    what: "the sending part",
    by: None,
    keys: &[
        may("hours", Word(&HOURS), "\"08:00-20:00\" unless said"),
        may("days", SomeOf(&DAYS), "mon to sat unless said"),
        may("parts_per_second", Number(1, MOST), "20 unless said"),
        may(
            "spread",
            Word(&DELAY),
            "over how long the messages of a round are spread: 2d, 6h; all at once unless said",
        ),
    ],
};

/// One of `attributes`.
pub static ATTRIBUTE: Table = Table {
    what: "an attribute",
    by: Some("from"),
    keys: &[
        need("from", OneOf(&FIELDS), "the column of the register"),
        needed_by("bands", Numbers(1, 120), &["birth_year"], "lower bounds of the age bands after the first"),
    ],
};

/// One of `scales`.
pub static SCALE: Table = Table {
    what: "a scale",
    by: None,
    keys: &[
        need("points", ListOf(2, &POINT), "from the lowest to the highest"),
        may("dont_know", Text, "offered beside the points; never in a mean"),
        may("favourable", Numbers(ANY.0, ANY.1), "values that count as favourable"),
    ],
};

/// One of `points`.
pub static POINT: Table = Table {
    what: "a point",
    by: None,
    keys: &[need("value", Number(ANY.0, ANY.1), "its number"), need("label", Text, "its words")],
};

/// One of `audiences`, written out.
pub static AUDIENCE: Table = Table {
    what: "an audience",
    by: None,
    keys: &[
        need("for", Condition, "who belongs to it"),
        may("label", Text, "what results call it; its id unless said"),
    ],
};

/// One of `pages`.
pub static PAGE: Table = Table {
    what: "a page",
    by: None,
    keys: &[
        need("id", Word(&PAGE_ID), "stands in the address"),
        may("title", Text, "above the questions"),
        may("for", Condition, "who sees it; everybody unless said"),
        need("questions", ListOf(1, &QUESTION), "what is asked on it"),
    ],
};

const OPTIONS: &[&str] = &["choice", "choices", "rank"];
const ASKED: &[&str] = &["yes_no", "choice", "choices", "rank", "scale", "matrix", "number", "text", "long_text"];

/// One of `questions`.
pub static QUESTION: Table = Table {
    what: "a question",
    by: Some("type"),
    keys: &[
        need("id", Word(&NAME), "lower-case letters, digits and _"),
        need("type", OneOf(&TYPES), "how it is answered"),
        need("text", Wording, "what is asked"),
        may("help", Text, "shown under it"),
        may("for", Condition, "who is asked; everybody who sees the page unless said"),
        typed("required", Flag, ASKED, "nobody goes on without an answer"),
        typed("sensitive", Flag, ASKED, "shown for groups of twice the smallest size only"),
        needed_by("options", ListOf(1, &OPTION), OPTIONS, "what can be chosen"),
        typed("other", Flag, &["choice", "choices"], "a last option with words of one's own"),
        typed("max", Number(ANY.0, ANY.1), &["choices", "number"], "at most so many options; the largest number"),
        typed("min", Number(ANY.0, ANY.1), &["number"], "the smallest number"),
        typed("unit", Text, &["number"], "shown after the field"),
        needed_by("top", Number(1, MOST), &["rank"], "how many are ranked"),
        needed_by("scale", Word(&NAME), &["scale", "matrix"], "the name of a scale"),
        needed_by("items", ListOf(1, &ITEM), &["matrix"], "each is a question of its own in the data"),
        typed("reverse", Flag, &["scale"], "a high value is bad"),
        typed(
            "order",
            OneOf(&ORDERS),
            &["choice", "choices", "rank", "matrix"],
            "in which order they are shown; as written unless said",
        ),
        typed("same_as", Words(1, &EARLIER), ASKED, "survey.question of earlier waves"),
    ],
};

/// One of `options`.
pub static OPTION: Table = Table {
    what: "an option",
    by: None,
    keys: &[
        need("id", Word(&VALUE_ID), "unique in its question"),
        need("label", Text, "what is read"),
        typed("exclusive", Flag, &["choices"], "chosen alone: \"none of these\""),
    ],
};

/// One of `items`.
pub static ITEM: Table = Table {
    what: "an item",
    by: None,
    keys: &[
        need("id", Word(&VALUE_ID), "unique in its matrix"),
        need("label", Text, "what is read"),
        may("reverse", Flag, "a high value is bad"),
    ],
};

/// `results`
pub static RESULTS: Table = Table {
    what: "the results part",
    by: None,
    keys: &[
        may("compare", ListOf(1, &COMPARE), "one measure by audience"),
        may("indices", ListOf(1, &INDEX), "means of several questions"),
        may("pairs", ListOf(1, &PAIR), "the leader's and the employee's view of one thing"),
    ],
};

/// One of `compare`.
pub static COMPARE: Table = Table {
    what: "a comparison",
    by: None,
    keys: &[need("question", Word(&SUBJECT), "what is compared"), need("by", Words(2, &NAME), "two audiences or more")],
};

/// One of `indices`.
pub static INDEX: Table = Table {
    what: "an index",
    by: None,
    keys: &[
        need("id", Word(&NAME), "its name in results"),
        may("label", Text, "what readers call it"),
        need("of", Words(2, &SUBJECT), "two scale questions or more"),
        may(
            "min_answered",
            Number(1, MOST),
            "fewer answered than this, and a respondent has no index; all unless said",
        ),
    ],
};

/// One of `pairs`.
pub static PAIR: Table = Table {
    what: "a pair",
    by: None,
    keys: &[
        need("leader", Word(&SUBJECT), "a scale question"),
        need("employee", Word(&SUBJECT), "a scale question on the same scale"),
    ],
};
