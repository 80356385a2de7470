//! How large every envelope of a survey is, whatever is answered: computed from the definition alone.
//!
//! Closed answers get all the room that they can ever need. Words are compressed and share a pool: 256 bytes for each short
//! text, 2 kB for each long one, and 2 kB more. Prose fits, also where every field is filled to its end; only a respondent
//! who fills several long fields with what cannot be compressed (random letters, many scripts mixed) gets an envelope of
//! twice the size, and is seen by it.

use super::seal::Contents;
use crate::definition::attributes::{UNKNOWN, band_names};
use crate::definition::model::{Answer, Answers, Attribute, Choice, Definition, Kind, Question, RegisterField};

/// Ids of nodes are as long as this.
const ID: usize = 32;
/// Longer kinds of employment than this take from the pool.
const EMPLOYMENT: usize = 64;
const SHORT_TEXT: usize = 256;
const LONG_TEXT: usize = 2048;
/// For whoever has more to say in one place than in another, and for what compression adds to the smallest contents.
const POOL: usize = 2048;
/// Sizes are multiples of it.
const STEP: usize = 256;

/// The size of what is sealed, before the seal itself adds its 48 bytes.
#[must_use]
pub fn size(definition: &Definition) -> usize {
    let answers: Answers = definition.questions().flat_map(|(_, question)| largest(definition, question)).collect();
    let words: usize = definition.questions().map(|(_, question)| words(question)).sum();
    let attributes = definition.attributes.iter().map(|attribute| (attribute.id.clone(), longest(attribute)));
    let contents = Contents { unit_id: Some("0".repeat(ID)), attributes: attributes.collect(), answers };
    let closed = serde_json::to_vec(&contents).map_or(0, |json| json.len());
    (closed + words + POOL).next_multiple_of(STEP)
}

fn words(question: &Question) -> usize {
    match &question.kind {
        Kind::Choice { other: true, .. } | Kind::Choices { other: true, .. } | Kind::Text => SHORT_TEXT,
        Kind::LongText => LONG_TEXT,
        _ => 0,
    }
}

/// The answer that takes the most room; of words none, since they have a pool.
fn largest(definition: &Definition, question: &Question) -> Vec<(String, Answer)> {
    let own = |answer| vec![(question.id.clone(), answer)];
    let no_words = Answer::Text(String::new());
    let with_other = |answer, other: bool| {
        let mut answers = own(answer);
        answers.extend(other.then(|| (format!("{}.other", question.id), no_words.clone())));
        answers
    };
    match &question.kind {
        Kind::Notice => Vec::new(),
        Kind::YesNo => own(Answer::Choice("yes".to_owned())),
        Kind::Choice { options, other } => {
            let longest = ids(options, *other).into_iter().next().unwrap_or_default();
            with_other(Answer::Choice(longest), *other)
        }
        Kind::Choices { options, other, .. } => with_other(Answer::Choices(ids(options, *other)), *other),
        Kind::Rank { options, top } => {
            own(Answer::Rank(ids(options, false).into_iter().take(usize::try_from(*top).unwrap_or(0)).collect()))
        }
        Kind::Scale(scale) => own(point(definition, scale)),
        Kind::Matrix { scale, items } => {
            items.iter().map(|item| (format!("{}.{}", question.id, item.id), point(definition, scale))).collect()
        }
        Kind::Number { .. } => own(Answer::Number(i64::MIN)),
        Kind::Text | Kind::LongText => own(no_words),
    }
}

/// The longest first.
fn ids(options: &[Choice], other: bool) -> Vec<String> {
    let mut ids: Vec<String> = options.iter().map(|option| option.id.clone()).collect();
    ids.extend(other.then(|| "other".to_owned()));
    ids.sort_by_key(|id| std::cmp::Reverse(id.len()));
    ids
}

fn point(definition: &Definition, scale: &str) -> Answer {
    let values = definition.scale(scale).map_or_else(Vec::new, |scale| scale.points.iter().map(|p| p.value).collect());
    Answer::Scale(values.into_iter().max_by_key(|value| value.to_string().len()).unwrap_or_default())
}

fn longest(attribute: &Attribute) -> String {
    let known = match attribute.from {
        RegisterField::BirthYear => band_names(&attribute.bands),
        RegisterField::Employment => vec!["0".repeat(EMPLOYMENT)],
        RegisterField::Language
        | RegisterField::StaffResponsibility
        | RegisterField::UnionRep
        | RegisterField::SafetyRep => Vec::new(),
    };
    known.into_iter().chain([UNKNOWN.to_owned()]).max_by_key(String::len).unwrap_or_default()
}
