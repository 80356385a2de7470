//! Two looks at every text before anything of it may leave: the first cleans it of what points to somebody, the second
//! releases it. Two accounts take them, unless there is only one.

use std::fmt;

/// The longest that cleaned words may be.
pub const LONGEST: usize = 10_000;

/// Where a text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has looked at it.
    New,
    /// It was cleaned, and waits for the second look.
    Cleaned {
        /// The account that did it.
        by: String,
    },
    /// It may be counted, and shown where enough others are.
    Released,
    /// It is not for publication.
    Aside(Why),
}

/// Why a text is put aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A threat, or a report of danger: it goes another way than publication, at once.
    Threat,
    /// Empty, or nothing that anybody could use.
    Unusable,
}

/// What somebody does to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// These words may stay of it.
    Clean(String),
    /// It is not for publication.
    PutAside(Why),
    /// The second look found nothing.
    Release,
    /// It is to be looked at from the beginning.
    Return,
}

/// A step that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The first look was the same account's.
    #[error("another account has to take the second look: this one has cleaned the text")]
    SameAccount,
    /// The text does not stand where this step begins.
    #[error("a text that stands there cannot be {0}")]
    Order(&'static str),
    /// Nothing is left of it.
    #[error("no words are left: put the text aside as not usable")]
    NoWords,
    /// More than fits.
    #[error("the words are longer than {LONGEST} characters")]
    TooLong,
}

/// A text as moderation knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moderated {
    /// Where it stands.
    pub stage: Stage,
    /// As it was written; empty once the cleaned words are released.
    pub original: String,
    /// What may stay of it.
    pub cleaned: Option<String>,
}

impl Stage {
    /// As the database and addresses spell it.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Cleaned { .. } => "cleaned",
            Self::Released => "released",
            Self::Aside(Why::Threat) => "threat",
            Self::Aside(Why::Unusable) => "unusable",
        }
    }

    /// From what the database holds; `None` for a word that is no stage.
    #[must_use]
    pub fn read(state: &str, cleaned_by: Option<&str>) -> Option<Self> {
        Some(match state {
            "new" => Self::New,
            "cleaned" => Self::Cleaned { by: cleaned_by.unwrap_or_default().to_owned() },
            "released" => Self::Released,
            "threat" => Self::Aside(Why::Threat),
            "unusable" => Self::Aside(Why::Unusable),
            _ => return None,
        })
    }

    /// Who cleaned it and waits for another one's look.
    #[must_use]
    pub fn cleaned_by(&self) -> Option<&str> {
        match self {
            Self::Cleaned { by } => Some(by),
            _ => None,
        }
    }

    /// Whether nothing has to be done any more.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Released | Self::Aside(_))
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Moderated {
    /// What comes of a step. `who` takes it; `alone`: no other account could take the second look.
    ///
    /// # Errors
    /// The text does not stand where this step begins, or the second look would be the first one's again.
    pub fn step(self, step: Step, who: &str, alone: bool) -> Result<Self, Refused> {
        match (step, &self.stage) {
            (Step::Clean(words), Stage::New | Stage::Cleaned { .. }) => {
                Ok(Self { stage: Stage::Cleaned { by: who.to_owned() }, cleaned: Some(kept(&words)?), ..self })
            }
            (Step::PutAside(why), Stage::New | Stage::Cleaned { .. }) => Ok(Self { stage: Stage::Aside(why), ..self }),
            (Step::Release, Stage::Cleaned { by }) if by == who && !alone => Err(Refused::SameAccount),
            (Step::Release, Stage::Cleaned { .. }) => {
                Ok(Self { stage: Stage::Released, original: String::new(), ..self })
            }
            (Step::Return, Stage::Cleaned { .. } | Stage::Released | Stage::Aside(_)) => {
                Ok(Self { stage: Stage::New, ..self })
            }
            (Step::Clean(_), _) => Err(Refused::Order("cleaned")),
            (Step::PutAside(_), _) => Err(Refused::Order("put aside")),
            (Step::Release, _) => Err(Refused::Order("released")),
            (Step::Return, _) => Err(Refused::Order("sent back")),
        }
    }
}

/// Browsers send line ends of their own.
fn kept(words: &str) -> Result<String, Refused> {
    let words = words.replace("\r\n", "\n").trim().to_owned();
    match words.chars().count() {
        0 => Err(Refused::NoWords),
        1..=LONGEST => Ok(words),
        _ => Err(Refused::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(stage: Stage) -> Moderated {
        Moderated { stage, original: "Kari på Solbakken".into(), cleaned: Some("noen".into()) }
    }

    fn cleaned() -> Stage {
        Stage::Cleaned { by: "kari".into() }
    }

    #[test]
    fn every_step_from_every_stage() {
        let threat = Stage::Aside(Why::Threat);
        let unusable = Stage::Aside(Why::Unusable);
        let by_ola = Stage::Cleaned { by: "ola".into() };
        let clean = || Step::Clean(" noen \r\n".into());
        let table: [(Step, [Option<Stage>; 5]); 5] = [
            (clean(), [Some(by_ola.clone()), Some(by_ola), None, None, None]),
            (Step::PutAside(Why::Threat), [Some(threat.clone()), Some(threat.clone()), None, None, None]),
            (Step::PutAside(Why::Unusable), [Some(unusable.clone()), Some(unusable.clone()), None, None, None]),
            (Step::Release, [None, Some(Stage::Released), None, None, None]),
            (Step::Return, [None, Some(Stage::New), Some(Stage::New), Some(Stage::New), Some(Stage::New)]),
        ];
        for (step, expected) in table {
            let stages = [Stage::New, cleaned(), Stage::Released, threat.clone(), unusable.clone()];
            for (stage, expected) in stages.into_iter().zip(expected) {
                let next = text(stage.clone()).step(step.clone(), "ola", false);
                assert_eq!(next.ok().map(|next| next.stage), expected, "{step:?} from {stage}");
            }
        }
    }

    #[test]
    fn one_account_takes_both_looks_only_where_there_is_no_other() {
        assert_eq!(text(cleaned()).step(Step::Release, "kari", false), Err(Refused::SameAccount));
        assert!(text(cleaned()).step(Step::Release, "kari", true).is_ok());
        // Whoever changes the words at the second look has taken a first one.
        let again = text(cleaned()).step(Step::Clean("andre".into()), "ola", false).unwrap();
        assert_eq!(again.clone().step(Step::Release, "ola", false), Err(Refused::SameAccount));
        assert!(again.step(Step::Release, "kari", false).is_ok());
    }

    #[test]
    fn the_original_goes_when_the_cleaned_words_are_released() {
        let released = text(cleaned()).step(Step::Release, "ola", false).unwrap();
        assert_eq!((released.original.as_str(), released.cleaned.as_deref()), ("", Some("noen")));
        let back = released.step(Step::Return, "ola", false).unwrap();
        assert_eq!((back.stage, back.cleaned.as_deref()), (Stage::New, Some("noen")));
    }

    #[test]
    fn cleaned_words_are_some_and_not_too_many() {
        let clean = |words: &str| text(Stage::New).step(Step::Clean(words.into()), "ola", false);
        assert_eq!(clean(" \r\n ").unwrap_err(), Refused::NoWords);
        assert_eq!(clean(&"å".repeat(LONGEST + 1)).unwrap_err(), Refused::TooLong);
        assert_eq!(clean(&"å".repeat(LONGEST)).unwrap().cleaned.unwrap().chars().count(), LONGEST);
        assert_eq!(clean("a\r\nb").unwrap().cleaned.as_deref(), Some("a\nb"));
    }

    #[test]
    fn stages_are_read_as_they_are_written() {
        for stage in [Stage::New, cleaned(), Stage::Released, Stage::Aside(Why::Threat), Stage::Aside(Why::Unusable)] {
            assert_eq!(Stage::read(stage.as_str(), stage.cleaned_by()), Some(stage));
        }
        assert_eq!(Stage::read("approved", None), None);
    }
}
