//! From a route and the fields typed so far to the contexts of the form's pages.

use std::collections::BTreeMap;

use crate::definition::answer::{MAX_LONG_TEXT, MAX_TEXT, Reason};
use crate::definition::model::{Choice, Definition, Kind, Language, Question, Scale, Text};
use crate::definition::route::{Route, Step};
use crate::respond::follow::{FollowUps, hangs_on};
use crate::respond::post::{self, Fields};
use crate::respond::walk;
use crate::web::pages::form::{
    self as page, Complaint, Contact, Field, Frame, LanguageName, Opened, Opt, Other, Place, QuestionPage, SendPage,
    StartPage, StopPage,
};

/// Somebody answers about six short questions a minute (17 in three minutes was measured in the field).
const QUESTIONS_A_MINUTE: usize = 6;

/// What stands around every page; `here` is the page's `p`.
pub fn frame(survey: &Definition, language: Language, here: Option<&str>) -> Frame {
    let name = |code: &Language| LanguageName {
        code: code.to_string(),
        name: page::language_name(code.as_str()).to_owned(),
        current: *code == language,
    };
    Frame {
        survey: survey.title.get(language).to_owned(),
        contact: contact(survey),
        languages: survey.languages.iter().map(name).collect(),
        here: here.map(str::to_owned),
        late: None,
    }
}

/// Whom to ask.
#[must_use]
pub fn contact(survey: &Definition) -> Option<Contact> {
    let contact = survey.contact.as_ref()?;
    Some(Contact { name: contact.name.clone(), phone: contact.phone.clone(), url: contact.url.clone() })
}

/// The first page; `resume` is where the answers go on.
#[must_use]
pub fn start(
    survey: &Definition,
    route: &Route<'_>,
    language: Language,
    resume: Option<&str>,
    closes: Option<jiff::Zoned>,
) -> StartPage {
    // Halfway between what everybody is asked and all there is.
    let shortest: usize = route.pages.iter().map(|step| step.questions.len()).sum();
    let questions = usize::midpoint(shortest, survey.questions().count());
    let first = route.pages.first().map_or("", |step| step.page.id.as_str());
    StartPage {
        frame: frame(survey, language, None),
        asker: None,
        logo: None,
        intro: survey.intro.get(language).to_owned(),
        incident_note: survey.incident_note.as_ref().map(|note| note.get(language).to_owned()),
        minimum_group: survey.minimum_group,
        minutes: u32::try_from(questions.div_ceil(QUESTIONS_A_MINUTE)).unwrap_or(u32::MAX).max(1),
        closes,
        start: resume.unwrap_or(first).to_owned(),
        resumed: resume.is_some(),
    }
}

/// One page of questions with its follow-ups, filled in with `fields`.
pub fn questions(
    survey: &Definition,
    route: &Route<'_>,
    step: &Step<'_>,
    follow: &FollowUps<'_>,
    language: Language,
    fields: &Fields,
    problems: &BTreeMap<String, Reason>,
) -> QuestionPage {
    let view = View { survey, language, follow, fields, problems };
    let index = route.pages.iter().position(|candidate| candidate.page.id == step.page.id).unwrap_or(0);
    let is_visible = |question: &Question| step.questions.iter().any(|(visible, _)| visible.id == question.id);
    let ids = |questions: &mut dyn Iterator<Item = &Question>| {
        let asked = questions.filter(|question| question.kind != Kind::Notice);
        asked.map(|question| question.id.as_str()).collect::<Vec<_>>().join(",")
    };
    QuestionPage {
        frame: frame(survey, language, Some(&step.page.id)),
        step: number(index + 1),
        steps: number(route.pages.len() + 1),
        back: walk::before(survey, route, Some(&step.page.id)).map(str::to_owned),
        title: step.page.title.as_ref().map(|title| title.get(language).to_owned()),
        shown: ids(&mut step.questions.iter().map(|(question, _)| *question)),
        opens: ids(&mut follow.questions.iter().map(|one| one.question).filter(|one| !is_visible(one))),
        invalid: !problems.is_empty(),
        opened: opened(survey, step, follow, fields).filter(|_| problems.is_empty()),
        questions: step.page.questions.iter().filter_map(|question| view.on_page(question, step)).collect(),
    }
}

/// The last screen.
pub fn send(survey: &Definition, route: &Route<'_>, language: Language) -> SendPage {
    SendPage {
        frame: frame(survey, language, Some(crate::actions::answer::SEND)),
        steps: number(route.pages.len() + 1),
        back: walk::before(survey, route, None).map(str::to_owned),
    }
}

/// The page of those who want no more messages, before and after they have said so.
#[must_use]
pub fn stop(survey: &Definition, language: Language, stopped: bool) -> StopPage {
    StopPage { frame: frame(survey, language, Some(super::STOP)), stopped }
}

/// Whether an answer on this page has opened a question of the page that is still unanswered.
fn opened(survey: &Definition, step: &Step<'_>, follow: &FollowUps<'_>, fields: &Fields) -> Option<Opened> {
    let is_unanswered = |question: &Question| {
        let own = |name: &str| name.strip_prefix("q.").is_some_and(|key| post::question_of(key) == question.id);
        question.kind != Kind::Notice && !fields.iter().any(|(name, value)| own(name) && !value.is_empty())
    };
    let is_opened = |question: &Question| {
        question.audience.as_ref().is_some_and(|condition| hangs_on(survey, condition, step.page))
    };
    let questions = step.questions.iter().map(|(question, _)| *question).filter(|_| !fields.is_empty());
    let mut unanswered = questions.filter(|question| is_opened(question) && is_unanswered(question)).peekable();
    unanswered.peek()?;
    Some(if unanswered.all(|question| follow.get(&question.id).is_some()) { Opened::AtOnce } else { Opened::Anew })
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

struct View<'a> {
    survey: &'a Definition,
    language: Language,
    follow: &'a FollowUps<'a>,
    fields: &'a Fields,
    problems: &'a BTreeMap<String, Reason>,
}

impl View<'_> {
    /// What is visible, and what an answer on the page may open.
    fn on_page(&self, question: &Question, step: &Step<'_>) -> Option<page::Question> {
        let visible = step.questions.iter().find(|(visible, _)| visible.id == question.id);
        let follow = self.follow.get(&question.id);
        let text = visible.map(|(_, text)| *text).or(follow.map(|one| one.text))?;
        let behind = follow.map_or_else(Vec::new, |one| one.behind.iter().map(|place| number(place + 1)).collect());
        Some(page::Question { behind, open: visible.is_some(), ..self.question(question, text) })
    }

    fn question(&self, question: &Question, text: &Text) -> page::Question {
        page::Question {
            id: question.id.clone(),
            text: text.get(self.language).to_owned(),
            help: question.help.as_ref().map(|help| help.get(self.language).to_owned()),
            required: question.required,
            behind: Vec::new(),
            open: true,
            complaint: self.complaint(&question.id),
            field: self.field(question),
        }
    }

    fn field(&self, question: &Question) -> Field {
        let name = format!("q.{}", question.id);
        match &question.kind {
            Kind::YesNo => Field::YesNo {
                yes: self.has(&name, "yes"),
                no: self.has(&name, "no"),
                yes_opens: self.opens(&name, "yes"),
                no_opens: self.opens(&name, "no"),
            },
            Kind::Choice { options, other } => {
                Field::Choice { options: self.options(&name, options), other: self.other(&name, *other) }
            }
            Kind::Choices { options, other, max } => {
                Field::Choices { options: self.options(&name, options), other: self.other(&name, *other), max: *max }
            }
            Kind::Rank { options, top } => Field::Rank { places: self.places(&name, options, *top) },
            Kind::Scale(scale) => {
                let (points, dont_know) = self.scale(&name, scale);
                Field::Scale { points, dont_know }
            }
            Kind::Matrix { scale, items } => {
                Field::Matrix { items: items.iter().map(|item| self.item(&name, question, scale, item)).collect() }
            }
            Kind::Number { min, max, unit } => Field::Number {
                value: self.value(&name),
                min: *min,
                max: *max,
                unit: unit.as_ref().map(|unit| unit.get(self.language).to_owned()),
            },
            Kind::Text => Field::Text { value: self.value(&name), max: number(MAX_TEXT) },
            Kind::LongText => Field::LongText { value: self.value(&name), max: number(MAX_LONG_TEXT) },
            Kind::Notice => Field::Notice,
        }
    }

    fn item(&self, name: &str, question: &Question, scale: &str, item: &crate::definition::model::Item) -> page::Item {
        let (points, dont_know) = self.scale(&format!("{name}.{}", item.id), scale);
        page::Item {
            id: item.id.clone(),
            label: item.label.get(self.language).to_owned(),
            complaint: self.complaint(&format!("{}.{}", question.id, item.id)),
            points,
            dont_know,
        }
    }

    fn scale(&self, name: &str, scale: &str) -> (Vec<Opt>, Option<Opt>) {
        let Some(Scale { points, dont_know, .. }) = self.survey.scale(scale) else { return (Vec::new(), None) };
        let points = points.iter().map(|point| self.opt(name, point.value.to_string(), &point.label));
        let dont_know = dont_know.as_ref().map(|label| self.opt(name, "dont_know".to_owned(), label));
        (points.collect(), dont_know)
    }

    fn options(&self, name: &str, options: &[Choice]) -> Vec<Opt> {
        options.iter().map(|option| self.opt(name, option.id.clone(), &option.label)).collect()
    }

    fn places(&self, name: &str, options: &[Choice], top: u32) -> Vec<Place> {
        let place = |position| Place { position, options: self.options(&format!("{name}.{position}"), options) };
        (1..=top).map(place).collect()
    }

    fn other(&self, name: &str, offered: bool) -> Option<Other> {
        let text = || self.value(&format!("{name}.other"));
        let opens = || self.opens(name, "other");
        offered.then(|| Other { chosen: self.has(name, "other"), text: text(), max: number(MAX_TEXT), opens: opens() })
    }

    fn opt(&self, name: &str, value: String, label: &Text) -> Opt {
        let (chosen, opens) = (self.has(name, &value), self.opens(name, &value));
        Opt { chosen, label: label.get(self.language).to_owned(), value, opens }
    }

    /// The groups that the answer belongs to, as classes.
    fn opens(&self, name: &str, value: &str) -> Option<String> {
        let classes: Vec<_> = self.follow.opened_by(name, value).map(|place| format!("o{}", place + 1)).collect();
        (!classes.is_empty()).then(|| classes.join(" "))
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.fields.iter().any(|(n, v)| n == name && v == value)
    }

    fn value(&self, name: &str) -> String {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn complaint(&self, key: &str) -> Option<Complaint> {
        self.problems.get(key).map(|reason| match *reason {
            Reason::Missing => Complaint::Missing,
            Reason::UnknownOption => Complaint::Unknown,
            Reason::NotANumber => Complaint::NotANumber,
            Reason::TooSmall(min) => Complaint::TooSmall { min },
            Reason::TooLarge(max) => Complaint::TooLarge { max },
            Reason::TooMany(max) => Complaint::TooMany { max },
            Reason::Exclusive => Complaint::Excluding,
            Reason::TooLong(max) => Complaint::TooLong { max: number(max) },
            Reason::Duplicate => Complaint::Twice,
        })
    }
}
