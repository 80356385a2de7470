//! What a synthetic respondent answers: plausible, and always the same for the same seed, person and question.
//!
//! Each question is drawn by itself, from nothing but the seed, the person and its id, so a respondent can answer page
//! by page as the server asks and still give what [`whole`] would have given. Areas differ in mood, so that charts by
//! area are not all alike.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::definition::model::{Answer, Answers, Attributes, Choice, Definition, Kind, Question, Scale};
use crate::definition::route;

/// Who answers.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// The same seed gives the same answers.
    pub seed: u64,
    /// What tells this person from others, the same in every run: the employee number, the phone.
    pub key: &'a str,
    /// The area's name; people of one area have something of a mood in common.
    pub area: &'a str,
    /// What the register says. A yes-no question that bears the name of an attribute is answered from it.
    pub attributes: &'a Attributes,
}

/// Shares in thousandths that the midway evaluation had in reality, by question and option. Everything else is drawn
/// by the kind of question.
const SHARES: &[(&str, &[(&str, u32)])] = &[
    ("staff_responsibility", &[("yes", 70), ("no", 930)]),
    ("union_rep", &[("yes", 60), ("no", 940)]),
    ("safety_rep", &[("yes", 40), ("no", 960)]),
    ("staffing", &[("yes", 620), ("partly", 240), ("no", 140)]),
    ("redeployment", &[("now", 12), ("earlier", 25), ("no", 963)]),
    ("several_workplaces", &[("yes", 280), ("no", 720)]),
    ("home_office", &[("yes", 310), ("no", 690)]),
];

/// Areas in which most have a health-professional background.
const HEALTH_AREAS: [&str; 2] = ["Pleie og omsorg", "Helse og sosial"];

/// Of a thousand optional questions, so many are left open.
const LEFT_OPEN: u32 = 40;

/// Of a thousand optional questions for own words, so many are left open.
const WORDLESS: u32 = 490;

/// Of a thousand answers on a scale that has it, so many are "don't know".
const DONT_KNOW: u32 = 40;

/// Own words that say nothing of anybody.
const SENTENCES: [&str; 10] = [
    "Det har stort sett gått bra, men dagene har vært lange.",
    "Vi trengte beskjedene tidligere, gjerne på SMS.",
    "God hjelp fra kollegaene og en leder som tok telefonen.",
    "Smittevernutstyret kom sent de første ukene.",
    "Fleire vikarar hadde gjort kvardagen enklare.",
    "The information should also be in English.",
    "Informacje były jasne, ale przyszły późno.",
    "Jeg lærte mye av å jobbe et annet sted.",
    "Uklart hvem som bestemte hva.",
    "Ingenting å utsette.",
];

/// What this person answers to everything that applies, page by page.
#[must_use]
pub fn whole(definition: &Definition, person: &Person<'_>) -> Answers {
    let mut answers = Answers::new();
    loop {
        let before = answers.len();
        for step in route::route(definition, person.attributes, &answers).pages {
            answers.extend(step.questions.iter().flat_map(|(question, _)| to(definition, question, person)));
        }
        if answers.len() == before {
            return route::applicable(definition, person.attributes, &answers);
        }
    }
}

/// What this person answers to one question; nothing where it is left open.
#[must_use]
pub fn to(definition: &Definition, question: &Question, person: &Person<'_>) -> Vec<(String, Answer)> {
    let mut draw = Draw::new(person, question);
    let one = |answer| vec![(question.id.clone(), answer)];
    match &question.kind {
        Kind::Notice => Vec::new(),
        Kind::Text | Kind::LongText if draw.skips(WORDLESS) => Vec::new(),
        _ if draw.skips(LEFT_OPEN) => Vec::new(),
        Kind::YesNo => one(Answer::Choice(draw.yes_no())),
        Kind::Choice { options, other } => draw.choice(options, *other),
        Kind::Choices { options, other, max } => draw.choices(options, *other, *max),
        Kind::Rank { options, top } => one(Answer::Rank(draw.some_of(&ids(options), size(*top)))),
        Kind::Scale(scale) => draw.point(definition.scale(scale), question.reverse).map(one).unwrap_or_default(),
        Kind::Matrix { scale, items } => {
            let scale = definition.scale(scale);
            let key = |item: &str| format!("{}.{item}", question.id);
            items.iter().filter_map(|item| Some((key(&item.id), draw.point(scale, item.reverse)?))).collect()
        }
        Kind::Number { min, max, .. } => one(Answer::Number(draw.number(*min, *max))),
        Kind::Text | Kind::LongText => one(Answer::Text(draw.sentence())),
    }
}

/// Chance for one question of one person.
struct Draw<'a> {
    person: &'a Person<'a>,
    question: &'a Question,
    rng: StdRng,
}

impl<'a> Draw<'a> {
    fn new(person: &'a Person<'a>, question: &'a Question) -> Self {
        let rng = StdRng::seed_from_u64(digest(&[&person.seed.to_string(), person.key, &question.id]));
        Self { person, question, rng }
    }

    fn skips(&mut self, thousandths: u32) -> bool {
        !self.question.required && self.rng.random_ratio(thousandths, 1_000)
    }

    fn yes_no(&mut self) -> String {
        let known =
            self.person.attributes.get(&self.question.id).filter(|value| matches!(value.as_str(), "yes" | "no"));
        if let Some(known) = known {
            return known.clone();
        }
        if self.question.id == "health_background" {
            let share = if HEALTH_AREAS.contains(&self.person.area) { 680 } else { 50 };
            return yes_or_no(self.rng.random_ratio(share, 1_000));
        }
        self.by_shares().unwrap_or_else(|| yes_or_no(self.rng.random_ratio(3, 5)))
    }

    /// By the known shares; a good mood adds to the first option what it takes from the others.
    fn by_shares(&mut self) -> Option<String> {
        let (_, shares) = SHARES.iter().find(|(id, _)| *id == self.question.id)?;
        let mood = if self.question.id == "staffing" { self.area_mood() } else { 0 };
        let mut left = self.rng.random_range(0..1_000) - mood;
        let option = shares.iter().find(|(_, share)| {
            left -= i64::from(*share);
            left < 0
        });
        option.or(shares.last()).map(|(option, _)| (*option).to_owned())
    }

    /// Earlier options are likelier.
    fn choice(&mut self, options: &[Choice], other: bool) -> Vec<(String, Answer)> {
        let known = self.by_shares().filter(|chosen| options.iter().any(|option| option.id == *chosen));
        let ids = with_other(options, other);
        let mut place = || self.rng.random_range(0..ids.len()).min(self.rng.random_range(0..ids.len()));
        let chosen = known.or_else(|| ids.get(place()).cloned());
        chosen.map(|chosen| self.with_words(vec![chosen], |mut ids| Answer::Choice(ids.remove(0)))).unwrap_or_default()
    }

    /// Either one that excludes the others or one to three that do not.
    fn choices(&mut self, options: &[Choice], other: bool, max: Option<u32>) -> Vec<(String, Answer)> {
        let (alone, together): (Vec<_>, Vec<_>) = options.iter().cloned().partition(|option| option.exclusive);
        let together = with_other(&together, other);
        let chosen = if !alone.is_empty() && (together.is_empty() || self.rng.random_ratio(1, 12)) {
            self.some_of(&ids(&alone), 1)
        } else {
            let many = self.rng.random_range(1..=3).min(max.map_or(usize::MAX, size).max(1));
            self.some_of(&together, many)
        };
        let order = |id: &String| options.iter().position(|option| option.id == *id).unwrap_or(usize::MAX);
        let mut chosen = chosen;
        chosen.sort_by_key(order);
        self.with_words(chosen, Answer::Choices)
    }

    /// The answer, and the words that belong to `other`.
    fn with_words(&mut self, chosen: Vec<String>, answer: impl FnOnce(Vec<String>) -> Answer) -> Vec<(String, Answer)> {
        let other = chosen.iter().any(|id| id == "other");
        let mut answers = vec![(self.question.id.clone(), answer(chosen))];
        if other {
            answers.push((format!("{}.other", self.question.id), Answer::Text(self.sentence())));
        }
        answers
    }

    /// `many` different ones, in random order.
    fn some_of(&mut self, ids: &[String], many: usize) -> Vec<String> {
        let mut left = ids.to_vec();
        (0..many.min(ids.len())).map(|_| left.swap_remove(self.rng.random_range(0..left.len()))).collect()
    }

    /// A point around the middle, moved by the mood of the area and of the person towards what is favourable.
    fn point(&mut self, scale: Option<&Scale>, reverse: bool) -> Option<Answer> {
        let scale = scale?;
        if scale.dont_know.is_some() && self.rng.random_ratio(DONT_KNOW, 1_000) {
            return Some(Answer::DontKnow);
        }
        let middle = (0..3).map(|_| self.rng.random_range(0..1_000)).sum::<i64>() / 3;
        let good = (middle + 80 + self.area_mood() + self.own_mood()).clamp(0, 999);
        let from_the_top = if reverse || favours_low(scale) { 999 - good } else { good };
        let points = i64::try_from(scale.points.len()).ok()?;
        let place = usize::try_from(from_the_top * points / 1_000).ok()?;
        scale.points.get(place).map(|point| Answer::Scale(point.value))
    }

    fn number(&mut self, min: Option<i64>, max: Option<i64>) -> i64 {
        let low = min.unwrap_or(max.map_or(0, |max| max.saturating_sub(100).min(0)));
        let high = max.unwrap_or(low.saturating_add(100));
        self.rng.random_range(low..=high.max(low))
    }

    fn sentence(&mut self) -> String {
        SENTENCES[self.rng.random_range(0..SENTENCES.len())].to_owned()
    }

    /// −150 to 150: how far the whole area leans, in thousandths of a scale.
    fn area_mood(&self) -> i64 {
        lean(digest(&["mood", &self.person.seed.to_string(), self.person.area]), 150)
    }

    /// −120 to 120: somebody content is content with most things.
    fn own_mood(&self) -> i64 {
        lean(digest(&["mood", &self.person.seed.to_string(), self.person.key]), 120)
    }
}

fn lean(digest: u64, most: i64) -> i64 {
    i64::try_from(digest % 1_000).unwrap_or(0) * (2 * most + 1) / 1_000 - most
}

fn favours_low(scale: &Scale) -> bool {
    let lowest = scale.points.first().map(|point| point.value);
    lowest.is_some_and(|lowest| scale.favourable.contains(&lowest))
}

fn ids(options: &[Choice]) -> Vec<String> {
    options.iter().map(|option| option.id.clone()).collect()
}

fn with_other(options: &[Choice], other: bool) -> Vec<String> {
    let mut ids = ids(options);
    ids.extend(other.then(|| "other".to_owned()));
    ids
}

fn yes_or_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

fn size(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// FNV-1a, 64 bits, over the parts with a separator: the same on every machine and in every version of Rust. The last
/// mixing step is that of `SplitMix64`, because FNV leaves the high bits of short texts alike.
pub(super) fn digest(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325, fnv);
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
#[path = "answers_tests.rs"]
mod tests;
