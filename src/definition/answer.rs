//! From submitted form fields to typed answers: the server's own check, whatever the phone let through.
//!
//! Field names: `q.ID` (once for each chosen option), `q.ID.ITEM` for the items of a matrix, `q.ID.other` for the words
//! of `other`, `q.ID.1`, `q.ID.2`, … for the places of a ranking. Empty fields are unanswered ones.

use unicode_normalization::UnicodeNormalization;

use super::model::{Answer, Choice, Definition, Kind, Question};

/// Longest answer to a `text` question and to `other`, in characters.
pub const MAX_TEXT: usize = 200;
/// Longest answer to a `long_text` question, in characters.
pub const MAX_LONG_TEXT: usize = 4000;

/// Why an answer cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Required, and not there.
    #[error("an answer is needed")]
    Missing,
    /// No option or point of the question; forms never send that by themselves.
    #[error("there is no such option")]
    UnknownOption,
    /// Not a whole number.
    #[error("a whole number is needed")]
    NotANumber,
    /// Under this.
    #[error("the smallest is {0}")]
    TooSmall(i64),
    /// Over this.
    #[error("the largest is {0}")]
    TooLarge(i64),
    /// More options than this.
    #[error("at most {0} can be chosen")]
    TooMany(u32),
    /// An option that excludes all others, and another one.
    #[error("one of the options cannot be chosen together with others")]
    Exclusive,
    /// More characters than this.
    #[error("at most {0} characters")]
    TooLong(usize),
    /// One option on two places of a ranking, or two answers where one is asked for.
    #[error("the same was chosen twice")]
    Duplicate,
}

/// What is wrong with the answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {reason}")]
pub struct Problem {
    /// The answer's key in [`Answers`](super::model::Answers).
    pub key: String,
    /// Why it cannot be taken.
    pub reason: Reason,
}

/// Answers by key; a question gives several where it is a matrix or has words beside an option.
type Keyed = Vec<(String, Answer)>;

/// Reads the answer to one question from the fields of a form; fields of other questions are passed over. No answers
/// where an optional question was left open.
///
/// # Errors
/// The first thing that is wrong with the question's fields.
pub fn parse_answers(
    definition: &Definition,
    question: &Question,
    fields: &[(String, String)],
) -> Result<Keyed, Problem> {
    let form = Form { definition, question, fields };
    match &question.kind {
        Kind::Notice => Ok(Vec::new()),
        Kind::YesNo => form.single(yes_no),
        Kind::Choice { options, other } => form.choice(options, *other),
        Kind::Choices { options, other, max } => form.choices(options, *other, *max),
        Kind::Rank { options, top } => form.rank(options, *top),
        Kind::Scale(scale) => form.single(|value| form.point(scale, value)),
        Kind::Matrix { scale, items } => {
            let mut answers = Vec::new();
            for item in items {
                answers.extend(form.one(&format!("{}.{}", question.id, item.id), |value| form.point(scale, value))?);
            }
            Ok(answers)
        }
        Kind::Number { min, max, .. } => form.single(|value| number(value, *min, *max)),
        Kind::Text => form.single(|value| words(value, MAX_TEXT, false)),
        Kind::LongText => form.single(|value| words(value, MAX_LONG_TEXT, true)),
    }
}

/// The fields of a form, as one question sees them.
struct Form<'f> {
    definition: &'f Definition,
    question: &'f Question,
    fields: &'f [(String, String)],
}

impl Form<'_> {
    fn problem(&self, reason: Reason) -> Problem {
        Problem { key: self.question.id.clone(), reason }
    }

    /// The values of a key that are not empty, trimmed.
    fn values<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        let mine = move |name: &str| name.strip_prefix("q.") == Some(key);
        let values = self.fields.iter().filter(move |(name, _)| mine(name)).map(|(_, value)| value.trim());
        values.filter(|value| !value.is_empty())
    }

    /// The answer under a key that takes one value.
    fn one(&self, key: &str, read: impl FnOnce(&str) -> Result<Option<Answer>, Reason>) -> Result<Keyed, Problem> {
        let problem = |reason| Problem { key: key.to_owned(), reason };
        let mut values = self.values(key);
        let answer = match (values.next(), values.next()) {
            (None, _) => None,
            (Some(value), None) => read(value).map_err(problem)?,
            (Some(_), Some(_)) => return Err(problem(Reason::Duplicate)),
        };
        match answer {
            Some(answer) => Ok(vec![(key.to_owned(), answer)]),
            None if self.question.required => Err(problem(Reason::Missing)),
            None => Ok(Vec::new()),
        }
    }

    fn single(&self, read: impl FnOnce(&str) -> Result<Option<Answer>, Reason>) -> Result<Keyed, Problem> {
        self.one(&self.question.id, read)
    }

    fn point(&self, scale: &str, value: &str) -> Result<Option<Answer>, Reason> {
        let scale = self.definition.scale(scale).ok_or(Reason::UnknownOption)?;
        if value == "dont_know" && scale.dont_know.is_some() {
            return Ok(Some(Answer::DontKnow));
        }
        let point = scale.points.iter().find(|point| point.value.to_string() == value);
        point.map(|point| Some(Answer::Scale(point.value))).ok_or(Reason::UnknownOption)
    }

    fn choice(&self, options: &[Choice], other: bool) -> Result<Keyed, Problem> {
        let mut answers = self.single(|value| {
            let known = exists(options, other, value);
            if known { Ok(Some(Answer::Choice(value.to_owned()))) } else { Err(Reason::UnknownOption) }
        })?;
        if matches!(answers.first(), Some((_, Answer::Choice(chosen))) if other && chosen == "other") {
            answers.extend(self.own_words()?);
        }
        Ok(answers)
    }

    /// The words of `other`: optional, since the option says something by itself.
    fn own_words(&self) -> Result<Option<(String, Answer)>, Problem> {
        let key = format!("{}.other", self.question.id);
        let value = self.values(&key).next().unwrap_or_default();
        let answer = words(value, MAX_TEXT, false).map_err(|reason| Problem { key: key.clone(), reason })?;
        Ok(answer.map(|answer| (key, answer)))
    }

    fn choices(&self, options: &[Choice], other: bool, max: Option<u32>) -> Result<Keyed, Problem> {
        let chosen: Vec<&str> = self.values(&self.question.id).collect();
        if chosen.iter().any(|value| !exists(options, other, value)) {
            return Err(self.problem(Reason::UnknownOption));
        }
        let ids = options.iter().map(|option| option.id.as_str()).chain(other.then_some("other"));
        let chosen: Vec<String> = ids.filter(|id| chosen.contains(id)).map(str::to_owned).collect();
        if chosen.is_empty() {
            return if self.question.required { Err(self.problem(Reason::Missing)) } else { Ok(Vec::new()) };
        }
        if let Some(max) = max.filter(|max| usize::try_from(*max).is_ok_and(|max| chosen.len() > max)) {
            return Err(self.problem(Reason::TooMany(max)));
        }
        if chosen.len() > 1 && options.iter().any(|option| option.exclusive && chosen.contains(&option.id)) {
            return Err(self.problem(Reason::Exclusive));
        }
        let own_words =
            if chosen.last().is_some_and(|last| other && last == "other") { self.own_words()? } else { None };
        let answer = (self.question.id.clone(), Answer::Choices(chosen));
        Ok(std::iter::once(answer).chain(own_words).collect())
    }

    /// Empty places between others close up: "1st, 3rd" is a ranking of two.
    fn rank(&self, options: &[Choice], top: u32) -> Result<Keyed, Problem> {
        let mut ranked: Vec<String> = Vec::new();
        for place in 1..=top {
            let key = format!("{}.{place}", self.question.id);
            for value in self.values(&key) {
                if !exists(options, false, value) {
                    return Err(self.problem(Reason::UnknownOption));
                }
                if ranked.iter().any(|earlier| earlier == value) {
                    return Err(self.problem(Reason::Duplicate));
                }
                ranked.push(value.to_owned());
            }
        }
        match ranked.len() {
            0 if self.question.required => Err(self.problem(Reason::Missing)),
            0 => Ok(Vec::new()),
            many if usize::try_from(top).is_ok_and(|top| many > top) => Err(self.problem(Reason::TooMany(top))),
            _ => Ok(vec![(self.question.id.clone(), Answer::Rank(ranked))]),
        }
    }
}

fn exists(options: &[Choice], other: bool, value: &str) -> bool {
    options.iter().any(|option| option.id == value) || (other && value == "other")
}

fn yes_no(value: &str) -> Result<Option<Answer>, Reason> {
    if matches!(value, "yes" | "no") { Ok(Some(Answer::Choice(value.to_owned()))) } else { Err(Reason::UnknownOption) }
}

fn number(value: &str, min: Option<i64>, max: Option<i64>) -> Result<Option<Answer>, Reason> {
    let number: i64 = value.parse().map_err(|_| Reason::NotANumber)?;
    match (min, max) {
        (Some(min), _) if number < min => Err(Reason::TooSmall(min)),
        (_, Some(max)) if number > max => Err(Reason::TooLarge(max)),
        _ => Ok(Some(Answer::Number(number))),
    }
}

/// Words without control characters, in NFC; nothing where nothing is left. On one line, breaks become spaces.
fn words(value: &str, limit: usize, lines: bool) -> Result<Option<Answer>, Reason> {
    let value = value.replace("\r\n", "\n");
    let breaks = |c: char| if matches!(c, '\n' | '\r' | '\t') && !(lines && c == '\n') { ' ' } else { c };
    let kept: String = value.chars().map(breaks).filter(|c| !c.is_control() || *c == '\n').nfc().collect();
    let kept = kept.trim();
    match kept.chars().count() {
        0 => Ok(None),
        length if length > limit => Err(Reason::TooLong(limit)),
        _ => Ok(Some(Answer::Text(kept.to_owned()))),
    }
}
