//! Words that every definition needs and that the other formats do not hold, in the languages we write ourselves; and
//! the names that languages have elsewhere.

use crate::definition::model::{Language, Text};

/// One text in the four languages of the product.
pub(super) type Words = [(&'static str, &'static str); 4];

/// The first screen, where the other tool has none.
pub(super) const INTRO: Words = [
    ("nb", "Vi vil gjerne høre hva du mener. Det er frivillig å svare."),
    ("nn", "Vi vil gjerne høyre kva du meiner. Det er frivillig å svare."),
    ("en", "We would like to hear what you think. Answering is voluntary."),
    ("pl", "Chcemy poznać Twoje zdanie. Udział jest dobrowolny."),
];

/// The last screen, where the other tool has none.
pub(super) const THANKS: Words = [
    ("nb", "Takk for at du svarte!"),
    ("nn", "Takk for at du svara!"),
    ("en", "Thank you for answering!"),
    ("pl", "Dziękujemy za odpowiedzi!"),
];

/// The SMS, which no other tool has. Each is one part, the Polish one without Polish letters.
pub(super) const INVITATION: Words = [
    ("nb", "Hei! Vi vil gjerne høre hva du mener. Svar her: {link}"),
    ("nn", "Hei! Vi vil gjerne høyre kva du meiner. Svar her: {link}"),
    ("en", "Hi! We would like to hear what you think. Answer here: {link}"),
    ("pl", "Witamy! Prosimy o udzial w ankiecie: {link}"),
];

/// Who sends it, until HR says so.
pub(super) const SENDER: &str = "Kommunen";

pub(super) const YES: Words = [("nb", "Ja"), ("nn", "Ja"), ("en", "Yes"), ("pl", "Tak")];
pub(super) const NO: Words = [("nb", "Nei"), ("nn", "Nei"), ("en", "No"), ("pl", "Nie")];
pub(super) const UNCERTAIN: Words = [("nb", "Usikker"), ("nn", "Usikker"), ("en", "Uncertain"), ("pl", "Nie wiem")];
pub(super) const FEMALE: Words = [("nb", "Kvinne"), ("nn", "Kvinne"), ("en", "Female"), ("pl", "Kobieta")];
pub(super) const MALE: Words = [("nb", "Mann"), ("nn", "Mann"), ("en", "Male"), ("pl", "Mężczyzna")];
pub(super) const DECREASE: Words = [("nb", "Mindre"), ("nn", "Mindre"), ("en", "Decrease"), ("pl", "Mniej")];
pub(super) const SAME: Words = [("nb", "Det samme"), ("nn", "Det same"), ("en", "Same"), ("pl", "Tyle samo")];
pub(super) const INCREASE: Words = [("nb", "Mer"), ("nn", "Meir"), ("en", "Increase"), ("pl", "Więcej")];

/// Those words in the languages of a survey; another language stays empty, and the checker says so.
pub(super) fn text(words: &Words, languages: &[Language]) -> Text {
    let known = words.iter().filter_map(|(code, words)| Some((Language::parse(code)?, (*words).to_owned())));
    Text(known.filter(|(language, _)| languages.contains(language)).collect())
}

/// The same letters in every language: a number.
pub(super) fn same(words: &str, languages: &[Language]) -> Text {
    Text(languages.iter().map(|language| (*language, words.to_owned())).collect())
}

/// `Norsk (nb)`, `English`, `nb-NO`, `de-informal`: the language's two letters.
pub(super) fn language(name: &str) -> Option<Language> {
    let name = name.trim();
    let code = name.rsplit_once('(').map_or(name, |(_, code)| code.trim_end_matches(')')).trim();
    let code = code.split(['-', '_']).next().unwrap_or(code).to_lowercase();
    if code == "no" {
        return Some(Language::NORWEGIAN);
    }
    let known = [
        ("nb", ["norsk", "bokmål", "norsk bokmål", "norwegian"]),
        ("nn", ["nynorsk", "norsk nynorsk", "norwegian nynorsk", "nynorsk norsk"]),
        ("en", ["english", "engelsk", "anglais", "angielski"]),
        ("pl", ["polski", "polsk", "polish", "polnisch"]),
    ];
    let lower = name.to_lowercase();
    let by_name = known.into_iter().find(|(_, names)| names.contains(&lower.as_str())).map(|(code, _)| code);
    Language::parse(&code).or_else(|| by_name.and_then(Language::parse))
}
