//! A condition asks the same people as it did in the tool that it comes from, whatever is answered.

use std::fmt;

use medvirk::definition::inspect;
use medvirk::definition::model::{Answer, Answers, Attributes};
use medvirk::definition::route::route;
use proptest::prelude::*;

use crate::workbook::xlsform;
use crate::{imported, notes};

/// Everybody answers `one`; the others are asked of some. The question that is looked at stands last.
const SURVEY: &str = "
type | name | label | required | relevant
select_one abc | one | En? | yes |
select_one abc | two | To? | yes | ${one} = 'a'
select_multiple abc | several | Flere? | yes | ${one} != 'b'
integer | number | Tall? | yes | ${one} = 'c' or ${two} = 'b'
text | last | Sist? | |";

const CHOICES: &str = "list_name | name | label\nabc | a | A\nabc | b | B\nabc | c | C";

/// A condition, and what it means in an XLSForm.
#[derive(Clone, Debug)]
enum Asked {
    Is(&'static str, &'static str),
    IsNot(&'static str, &'static str),
    Selected(&'static str),
    Number(&'static str, i64),
    Empty(&'static str),
    NotEmpty(&'static str),
    Not(Box<Asked>),
    And(Vec<Asked>),
    Or(Vec<Asked>),
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join =
            |parts: &[Self], word: &str| parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(word);
        match self {
            Self::Is(name, value) => write!(f, "${{{name}}} = '{value}'"),
            Self::IsNot(name, value) => write!(f, "${{{name}}} != '{value}'"),
            Self::Selected(value) => write!(f, "selected(${{several}}, '{value}')"),
            Self::Number(operator, value) => write!(f, "${{number}} {operator} {value}"),
            Self::Empty(name) => write!(f, "${{{name}}} = ''"),
            Self::NotEmpty(name) => write!(f, "${{{name}}} != ''"),
            Self::Not(part) => write!(f, "not({part})"),
            Self::And(parts) => f.write_str(&join(parts, " and ")),
            Self::Or(parts) => f.write_str(&join(parts, " or ")),
        }
    }
}

/// One respondent; a question that was not asked is empty.
#[derive(Clone, Debug)]
struct Respondent {
    one: &'static str,
    two: Option<&'static str>,
    several: Option<Vec<&'static str>>,
    number: Option<i64>,
}

impl Respondent {
    /// Each of them once.
    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for one in ["a", "b", "c"] {
            for two in ["a", "b", "c"] {
                for several in [vec!["a"], vec!["b", "c"], vec!["a", "b", "c"]] {
                    for number in [-1, 0, 3, 4] {
                        let two = (one == "a").then_some(two);
                        let several = (one != "b").then(|| several.clone());
                        let number = (one == "c" || two == Some("b")).then_some(number);
                        all.push(Self { one, two, several, number });
                    }
                }
            }
        }
        all
    }

    fn text(&self, name: &str) -> String {
        match name {
            "one" => self.one.to_owned(),
            "two" => self.two.unwrap_or_default().to_owned(),
            "several" => self.several.as_ref().map(|chosen| chosen.join(" ")).unwrap_or_default(),
            _ => self.number.map(|number| number.to_string()).unwrap_or_default(),
        }
    }

    fn is_asked(&self, asked: &Asked) -> bool {
        match asked {
            Asked::Is(name, value) => self.text(name) == *value,
            Asked::IsNot(name, value) => self.text(name) != *value,
            Asked::Selected(value) => self.several.iter().flatten().any(|chosen| chosen == value),
            // No number is neither smaller nor larger than a number, nor the same; so it is another.
            Asked::Number(operator, value) => match (*operator, self.number) {
                (operator, None) => operator == "!=",
                ("=", Some(number)) => number == *value,
                ("!=", Some(number)) => number != *value,
                ("<", Some(number)) => number < *value,
                ("<=", Some(number)) => number <= *value,
                (">", Some(number)) => number > *value,
                (_, Some(number)) => number >= *value,
            },
            Asked::Empty(name) => self.text(name).is_empty(),
            Asked::NotEmpty(name) => !self.text(name).is_empty(),
            Asked::Not(part) => !self.is_asked(part),
            Asked::And(parts) => parts.iter().all(|part| self.is_asked(part)),
            Asked::Or(parts) => parts.iter().any(|part| self.is_asked(part)),
        }
    }

    fn answers(&self) -> Answers {
        let text = |text: &&str| (*text).to_owned();
        let mut answers = Answers::new();
        answers.insert("one".to_owned(), Answer::Choice(self.one.to_owned()));
        answers.extend(self.two.map(|two| ("two".to_owned(), Answer::Choice(two.to_owned()))));
        let several = self.several.as_ref().map(|chosen| Answer::Choices(chosen.iter().map(text).collect()));
        answers.extend(several.map(|several| ("several".to_owned(), several)));
        answers.extend(self.number.map(|number| ("number".to_owned(), Answer::Number(number))));
        answers
    }
}

fn conditions() -> impl Strategy<Value = Asked> {
    let single = || prop_oneof![Just("one"), Just("two")];
    let any = || prop_oneof![Just("one"), Just("two"), Just("several"), Just("number")];
    let value = || prop_oneof![Just("a"), Just("b"), Just("c")];
    let operator = prop_oneof![Just("="), Just("!="), Just("<"), Just("<="), Just(">"), Just(">=")];
    let leaf = prop_oneof![
        (single(), value()).prop_map(|(name, value)| Asked::Is(name, value)),
        (single(), value()).prop_map(|(name, value)| Asked::IsNot(name, value)),
        value().prop_map(Asked::Selected),
        (operator, -1..5_i64).prop_map(|(operator, value)| Asked::Number(operator, value)),
        any().prop_map(Asked::Empty),
        any().prop_map(Asked::NotEmpty),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| Asked::Not(Box::new(part))),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Asked::And),
            proptest::collection::vec(inner, 2..4).prop_map(Asked::Or),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_same_people_are_asked(asked in conditions()) {
        let imported = imported(&xlsform(&format!("{SURVEY} {asked}"), CHOICES, "form_title\nT"));
        prop_assert!(!notes(&imported).contains("is not carried over"), "{}", notes(&imported));
        let definition = inspect(imported.yaml.as_bytes()).definition;
        for respondent in Respondent::all() {
            // The checker refuses a question that nobody can be asked.
            let is_asked = definition.as_ref().is_some_and(|definition| {
                let route = route(definition, &Attributes::new(), &respondent.answers());
                route.pages.iter().flat_map(|step| &step.questions).any(|(question, _)| question.id == "last")
            });
            prop_assert_eq!(is_asked, respondent.is_asked(&asked), "{:?}\n{}\n{}", respondent, asked, imported.yaml);
        }
    }
}
