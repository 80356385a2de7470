//! What an action says, by code and arguments: a template puts it into its reader's language with `{{say "hr-wrong" it}}`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::actions::campaign::CampaignError;
use crate::actions::import::ImportError;
use crate::campaign::state::State;
use crate::people::wrong::{Args, Wrong, WrongHeading};

/// A text behind a prefix of `locales/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Behind the prefix.
    pub code: &'static str,
    /// What goes into it.
    pub args: BTreeMap<&'static str, String>,
}

impl Said {
    /// A text with what goes into it.
    #[must_use]
    pub fn new(code: &'static str, args: Args) -> Self {
        Self { code, args: args.into_iter().collect() }
    }
}

impl From<&Wrong> for Said {
    fn from(wrong: &Wrong) -> Self {
        Self::new(wrong.code(), wrong.args())
    }
}

impl From<&WrongHeading> for Said {
    fn from(wrong: &WrongHeading) -> Self {
        Self::new(wrong.code(), wrong.args())
    }
}

impl From<&ImportError> for Said {
    /// Behind `hr-file-`.
    fn from(error: &ImportError) -> Self {
        Self::new(error.code(), Vec::new())
    }
}

impl From<&CampaignError> for Said {
    /// Behind `hr-refused-`.
    fn from(error: &CampaignError) -> Self {
        let code = match error {
            CampaignError::Unknown => "unknown",
            CampaignError::Refused(refused) => match refused.from {
                State::Draft => "state_draft",
                State::Sending => "state_sending",
                State::Open => "state_open",
                State::Closed => "state_closed",
                State::Published => "state_published",
            },
            CampaignError::NoPeople => "no_people",
            CampaignError::DemoMismatch => "demo_mismatch",
            CampaignError::NoGateway => "no_gateway",
            CampaignError::Miscounted(recipients) => {
                return Self::new("miscounted", vec![("recipients", recipients.to_string())]);
            }
            CampaignError::Mended => "mended",
            CampaignError::NobodyLeft => "nobody_left",
            CampaignError::Over => "over",
            CampaignError::Broken => "broken",
            CampaignError::KeyNotKept(error) => return Self::new("key_not_kept", vec![("why", error.to_string())]),
            CampaignError::Store(_) => "store",
        };
        Self::new(code, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::import::Mixed;
    use crate::campaign::state::Refused;
    use crate::definition::model::Language;
    use crate::definition::rule::Rule;
    use crate::people::columns::Column;
    use crate::people::phone::PhoneError;
    use crate::people::register::{FileError, Headings};
    use crate::web::pages::Pages;

    /// Every text is there in every language of HR, none is another one's, and each holds what it should.
    fn hold(prefix: &str, all: &[Said]) {
        let pages = Pages::new().unwrap();
        for said in all {
            let args: Vec<(&str, &str)> = said.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let texts = ["nb", "nn", "en"].map(|code| {
                pages.say(&format!("{prefix}-{}", said.code), &args, Language::parse(code).unwrap()).unwrap()
            });
            for text in &texts {
                assert!(args.iter().all(|(_, value)| text.contains(value)), "{said:?}: {text}");
            }
            assert!(texts[0] != texts[2] && texts[1] != texts[2], "{said:?} is English everywhere");
        }
    }

    #[test]
    fn what_is_wrong_in_a_register_is_said_in_every_language() {
        let (area, near) = ("Helse".to_owned(), "Helse og sosial".to_owned());
        let wrong = [
            Wrong::Empty,
            Wrong::Long(200),
            Wrong::Lines,
            Wrong::YesNo,
            Wrong::BirthYear(1926, 2013),
            Wrong::Language,
            Wrong::Phone(PhoneError::Empty),
            Wrong::Phone(PhoneError::Signs),
            Wrong::Phone(PhoneError::Length),
            Wrong::Phone(PhoneError::Country),
            Wrong::Phone(PhoneError::NotInUse),
            Wrong::Twice(17),
            Wrong::Gap,
            Wrong::NearArea(area.clone(), near),
            Wrong::NewArea(area),
            Wrong::Surplus,
            Wrong::Csv,
        ];
        assert_eq!(wrong.iter().map(Wrong::code).collect::<Vec<_>>(), Wrong::CODES);
        hold("hr-wrong", &wrong.iter().map(Said::from).collect::<Vec<_>>());
        let headings = [
            WrongHeading::Near("fone".to_owned(), "phone"),
            WrongHeading::Unknown("lønn".to_owned()),
            WrongHeading::Twice(Column::Phone),
            WrongHeading::Missing(Column::EmployeeId),
        ];
        assert_eq!(headings.iter().map(WrongHeading::code).collect::<Vec<_>>(), WrongHeading::CODES);
        hold("hr-heading", &headings.iter().map(Said::from).collect::<Vec<_>>());
    }

    #[test]
    fn every_rule_of_the_survey_language_is_said_in_every_language() {
        hold("hr-rule", &Rule::ALL.map(|rule| Said::new(rule.code(), Vec::new())));
    }

    #[test]
    fn a_file_that_is_no_register_is_refused_in_every_language() {
        let headings = Headings { wrong: Vec::new(), found: Vec::new() };
        let errors: [ImportError; 8] = [
            FileError::Empty.into(),
            FileError::TooLarge.into(),
            FileError::Workbook.into(),
            FileError::Utf16.into(),
            FileError::Binary.into(),
            FileError::Headings(headings).into(),
            Mixed::RealAmongDemo.into(),
            Mixed::DemoAmongReal.into(),
        ];
        hold("hr-file", &errors.iter().map(Said::from).collect::<Vec<_>>());
    }

    #[test]
    fn why_a_campaign_does_not_is_said_in_every_language() {
        let states = [State::Draft, State::Sending, State::Open, State::Closed, State::Published];
        let states = states.map(|from| CampaignError::Refused(Refused { from, wanted: "launched" }));
        let errors = [
            CampaignError::Unknown,
            CampaignError::NoPeople,
            CampaignError::DemoMismatch,
            CampaignError::NoGateway,
            CampaignError::Miscounted(8880),
            CampaignError::Mended,
            CampaignError::NobodyLeft,
            CampaignError::Over,
            CampaignError::Broken,
            CampaignError::Store(anyhow::anyhow!("away")),
        ];
        hold("hr-refused", &states.iter().chain(&errors).map(Said::from).collect::<Vec<_>>());
    }
}
