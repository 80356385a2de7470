//! What becomes of an opened envelope: answers without words, and words without answers. Nothing leads from one to the
//! other, or from one text to another of the same person.

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;

use super::seal::Contents;
use crate::definition::model::{Answer, Answers};

/// Words that somebody wrote, with the area alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The question's id; `question.other` for the words of `other`.
    pub question: String,
    /// What was written.
    pub words: String,
}

/// Takes the words out of the answers, whichever question they belong to.
#[must_use]
pub fn without_words(contents: Contents) -> (Contents, Vec<Words>) {
    let mut words = Vec::new();
    let mut rest = Contents { answers: Answers::new(), ..contents };
    for (question, answer) in contents.answers {
        match answer {
            Answer::Text(text) => words.push(Words { question, words: text }),
            answer => drop(rest.answers.insert(question, answer)),
        }
    }
    (rest, words)
}

/// Every order is as likely as every other. `chance` must be random and used once.
pub fn shuffle<T>(items: &mut [T], chance: [u8; 32]) {
    items.shuffle(&mut StdRng::from_seed(chance));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_answers_part() {
        let answers = Answers::from([
            ("place".into(), Answer::Choice("other".into())),
            ("place.other".into(), Answer::Text("på båt".into())),
            ("why".into(), Answer::Text("derfor".into())),
        ]);
        let whole = Contents { unit_id: Some("u".into()), answers, ..Contents::default() };
        let (rest, words) = without_words(whole.clone());
        assert_eq!(rest.unit_id, whole.unit_id);
        assert_eq!(rest.answers, Answers::from([("place".into(), Answer::Choice("other".into()))]));
        let expected = [("place.other", "på båt"), ("why", "derfor")];
        assert_eq!(words.iter().map(|w| (w.question.as_str(), w.words.as_str())).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_shuffle_keeps_everything_and_no_order() {
        let mut items: Vec<usize> = (0..1_000).collect();
        shuffle(&mut items, [7; 32]);
        let in_place = items.iter().enumerate().filter(|(at, item)| at == *item).count();
        assert!(in_place < 10, "{in_place}");
        items.sort_unstable();
        assert_eq!(items, (0..1_000).collect::<Vec<_>>());
    }
}
