//! The form that an employee answers on the phone.
//!
//! Nothing in these pages depends on the link they are reached by: links are query-only (`?p=…&lang=…`) and forms post to
//! their own address, so that one rendering serves everybody who would see the same.

use serde::Serialize;

use super::Page;

#[path = "form_samples.rs"]
mod samples;

/// What stands around every page of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The survey's title.
    pub survey: String,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The survey's languages, the page's own included; the switch is shown for two or more.
    pub languages: Vec<LanguageName>,
    /// `p` of this page, so that the switch stays on it; none on the first page.
    pub here: Option<String>,
    /// The closing time has passed: what has been begun can be sent in until this moment.
    pub late: Option<jiff::Zoned>,
}

/// Whom an employee may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// A person or an office.
    pub name: String,
    /// As it is dialled.
    pub phone: Option<String>,
    /// http or https.
    pub url: Option<String>,
}

/// A language that the form can be read in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LanguageName {
    /// Two letters.
    pub code: String,
    /// Its own name for itself; see [`language_name`].
    pub name: String,
    /// The page is in it.
    pub current: bool,
}

/// What a language calls itself; its code where the product does not know.
#[must_use]
pub fn language_name(code: &str) -> &str {
    match code {
        "nb" => "Bokmål",
        "nn" => "Nynorsk",
        "en" => "English",
        "pl" => "Polski",
        "se" => "Davvisámegiella",
        "uk" => "Українська",
        "ar" => "العربية",
        "so" => "Soomaali",
        "de" => "Deutsch",
        "lt" => "Lietuvių",
        _ => code,
    }
}

/// The first page: what this is, what happens with the answers, and a link to the first question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StartPage {
    /// Around it.
    pub frame: Frame,
    /// Who asks: the employer's name.
    pub asker: Option<String>,
    /// Address of the employer's logo.
    pub logo: Option<String>,
    /// The survey's own introduction.
    pub intro: String,
    /// That this is no incident report, and where incidents are reported.
    pub incident_note: Option<String>,
    /// Groups under this many respondents are never shown.
    pub minimum_group: u32,
    /// About how long it takes.
    pub minutes: u32,
    /// The last moment for answers.
    pub closes: Option<jiff::Zoned>,
    /// `p` of the first page with questions, or of the page where the answers go on.
    pub start: String,
    /// Some answers are there already.
    pub resumed: bool,
}

/// One page of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionPage {
    /// Around it.
    pub frame: Frame,
    /// This page's place, from 1.
    pub step: u32,
    /// Pages on the way to the end, as far as the answers so far tell, the page where one sends included.
    pub steps: u32,
    /// `p` of the page before; none leads back to the first page.
    pub back: Option<String>,
    /// Above the questions.
    pub title: Option<String>,
    /// Ids of the questions on the page, comma-separated: tells an unanswered question from one that was not shown.
    pub shown: String,
    /// Ids of the questions that an answer on the page may open there, comma-separated; posted by the button that only
    /// shows where the style sheet can open them.
    pub opens: String,
    /// At least one question or item has a complaint.
    pub invalid: bool,
    /// An answer on this page has opened a question on it that is still unanswered: the page is there once more.
    pub opened: Option<Opened>,
    /// In order.
    pub questions: Vec<Question>,
}

/// Who has to be told that there is more on the page than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Opened {
    /// Everybody: no style sheet could have opened it.
    Anew,
    /// Only whoever did not see it open at once.
    AtOnce,
}

/// One question. Its fields are called `q.<id>`, see [`Field`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Unique in the survey.
    pub id: String,
    /// What is asked, in the wording for this respondent.
    pub text: String,
    /// Under it.
    pub help: Option<String>,
    /// Marked so; the first page says that all others may be skipped.
    pub required: bool,
    /// Numbers of the groups of answers that open it, all of them; empty for a question that is there anyway.
    pub behind: Vec<u32>,
    /// It is open as the answers stand, also without the style sheet's help.
    pub open: bool,
    /// What is wrong with what was posted.
    pub complaint: Option<Complaint>,
    /// How it is answered.
    #[serde(flatten)]
    pub field: Field,
}

/// What is wrong with an answer, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Complaint {
    /// A required question without an answer.
    Missing,
    /// More options than allowed.
    TooMany {
        /// How many are.
        max: u32,
    },
    /// "None of these" together with others.
    Excluding,
    /// No whole number.
    NotANumber,
    /// A number under the least.
    TooSmall {
        /// The least.
        min: i64,
    },
    /// A number over the greatest.
    TooLarge {
        /// The greatest.
        max: i64,
    },
    /// A text over the longest.
    TooLong {
        /// Characters allowed.
        max: u32,
    },
    /// The same option in two places of a ranking.
    Twice,
    /// A ranking with an empty place.
    Gap,
    /// A value that the form does not offer.
    Unknown,
}

/// How a question is answered, with what has been answered so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Field {
    /// `q.<id>` = `yes` or `no`.
    YesNo {
        /// Yes is chosen.
        yes: bool,
        /// No is chosen.
        no: bool,
        /// As [`Opt::opens`].
        yes_opens: Option<String>,
        /// As [`Opt::opens`].
        no_opens: Option<String>,
    },
    /// `q.<id>` = an option, or `other` with words in `q.<id>.other`.
    Choice {
        /// In order.
        options: Vec<Opt>,
        /// The last option.
        other: Option<Other>,
    },
    /// `q.<id>` once for each chosen option; `other` as for one.
    Choices {
        /// In order.
        options: Vec<Opt>,
        /// The last option.
        other: Option<Other>,
        /// At most this many.
        max: Option<u32>,
    },
    /// `q.<id>.1`, `q.<id>.2`, … = an option or nothing.
    Rank {
        /// Most important first.
        places: Vec<Place>,
    },
    /// `q.<id>` = a point's value or `dont_know`.
    Scale {
        /// Ascending.
        points: Vec<Opt>,
        /// Its value is `dont_know`.
        dont_know: Option<Opt>,
    },
    /// `q.<id>.<item>` as for a scale.
    Matrix {
        /// In order.
        items: Vec<Item>,
    },
    /// `q.<id>` = a whole number.
    Number {
        /// As it was typed.
        value: String,
        /// The least.
        min: Option<i64>,
        /// The greatest.
        max: Option<i64>,
        /// After the field.
        unit: Option<String>,
    },
    /// `q.<id>` = one line.
    Text {
        /// As it was typed.
        value: String,
        /// Characters allowed.
        max: u32,
    },
    /// `q.<id>` = several lines.
    LongText {
        /// As it was typed.
        value: String,
        /// Characters allowed.
        max: u32,
    },
    /// Shown, not asked.
    Notice,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opt {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// It is chosen.
    pub chosen: bool,
    /// Classes that open follow-ups while it is chosen.
    pub opens: Option<String>,
}

/// The option `other`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Other {
    /// It is chosen.
    pub chosen: bool,
    /// As it was typed.
    pub text: String,
    /// Characters allowed.
    pub max: u32,
    /// As [`Opt::opens`].
    pub opens: Option<String>,
}

/// One place of a ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// From 1.
    pub position: u32,
    /// The same in every place.
    pub options: Vec<Opt>,
}

/// One item of a matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Unique in its matrix.
    pub id: String,
    /// What is read.
    pub label: String,
    /// What is wrong with what was posted.
    pub complaint: Option<Complaint>,
    /// Ascending.
    pub points: Vec<Opt>,
    /// Its value is `dont_know`.
    pub dont_know: Option<Opt>,
}

/// The last step: nothing has been sent yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SendPage {
    /// Around it.
    pub frame: Frame,
    /// Pages on the way; this is the last.
    pub steps: u32,
    /// `p` of the page before.
    pub back: Option<String>,
}

/// For those who want no more messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StopPage {
    /// Around it.
    pub frame: Frame,
    /// They have said so.
    pub stopped: bool,
}

/// The answers are in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThanksPage {
    /// Around it.
    pub frame: Frame,
    /// The survey's own words.
    pub thanks: String,
}

impl Page for StartPage {
    const TEMPLATE: &'static str = "form/start";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::start()
    }
}

impl Page for QuestionPage {
    const TEMPLATE: &'static str = "form/questions";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::questions()
    }
}

impl Page for StopPage {
    const TEMPLATE: &'static str = "form/stop";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = |stopped| Self { frame: samples::frame(Some("stop")), stopped };
        vec![("stop", page(false)), ("stopped", page(true))]
    }
}

impl Page for SendPage {
    const TEMPLATE: &'static str = "form/send";

    fn samples() -> Vec<(&'static str, Self)> {
        let send = Self { frame: samples::frame(Some("send")), steps: 9, back: Some("home_office".into()) };
        vec![("late", Self { frame: samples::late(Some("send")), ..send.clone() }), ("send", send)]
    }
}

impl Page for ThanksPage {
    const TEMPLATE: &'static str = "form/thanks";

    fn samples() -> Vec<(&'static str, Self)> {
        let thanks = "Takk for at du tok deg tid. Resultatene legges frem i HAMU i september.".into();
        vec![("thanks", Self { frame: samples::frame(Some("thanks")), thanks })]
    }
}
