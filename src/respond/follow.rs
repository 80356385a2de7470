//! Follow-ups that open on the page itself, as soon as they are answered to.
//!
//! A style sheet can see which answers are chosen on a page, and nothing else. So what is known when a page is made
//! (the register, earlier pages) is decided here, and what remains of a question's condition is written as groups of
//! answers of the same page: the question opens while every group has a chosen one. What cannot be said so (numbers,
//! words, rankings, "not chosen") opens on the next showing of the page, as everything does on a browser that cannot look.

use crate::definition::model::{Answer, Test};
use crate::definition::model::{
    Answers, Attributes, Choice, Condition, Definition, Kind, Page, Question, Text, Wording,
};
use crate::definition::route::{Truth, decide, holds};

use super::post::question_of;

/// The style sheet has rules for so many groups on one page.
pub const GROUPS: usize = 12;

/// A condition longer than this is not taken apart.
const LONGEST: usize = 6;

/// Answers of which one must be chosen: the name of a field and its value.
pub type Group = Vec<(String, String)>;

/// What a page holds beyond what is visible already.
#[derive(Debug, Default)]
pub struct FollowUps<'d> {
    /// Each once; questions name them by their place.
    pub groups: Vec<Group>,
    /// In the order of the page.
    pub questions: Vec<FollowUp<'d>>,
}

/// A question that opens and closes with answers of its own page.
#[derive(Debug)]
pub struct FollowUp<'d> {
    /// The question.
    pub question: &'d Question,
    /// In the words meant for this respondent.
    pub text: &'d Text,
    /// Places in [`FollowUps::groups`], all of which need a chosen answer.
    pub behind: Vec<usize>,
}

/// A condition as groups that must all have a chosen answer: none of them says yes, an empty one says no.
type Groups = Vec<Group>;

/// Those of a page. `answers` may hold what is hidden now, as a draft does.
#[must_use]
pub fn follow_ups<'d>(
    definition: &'d Definition,
    attributes: &Attributes,
    answers: &Answers,
    page: &'d Page,
) -> FollowUps<'d> {
    let mut found = FollowUps::default();
    if !page.questions.iter().any(|question| may_open(definition, question, page)) {
        return found;
    }
    let answers = crate::definition::route::applicable(definition, attributes, answers);
    let mut view = View { definition, attributes, answers: &answers, page, sight: Vec::new() };
    for question in &page.questions {
        let (sight, text) = view.question(question);
        if let (Some(groups), Some(text)) = (&sight, text)
            && !groups.is_empty()
            && groups.iter().all(|group| !group.is_empty())
        {
            found.add(question, text, groups);
        }
        view.sight.push((&question.id, sight));
    }
    found
}

/// Whether an answer of the page can open the question or choose its words.
fn may_open(definition: &Definition, question: &Question, page: &Page) -> bool {
    question.audience.as_ref().is_some_and(|condition| hangs_on(definition, condition, page))
}

/// Whether a condition asks for an answer of that page.
#[must_use]
pub fn hangs_on(definition: &Definition, condition: &Condition, page: &Page) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| hangs_on(definition, part, page)),
        Condition::Not(part) => hangs_on(definition, part, page),
        Condition::Audience(id) => {
            definition.audience(id).is_some_and(|one| hangs_on(definition, &one.condition, page))
        }
        Condition::Answered(subject) | Condition::Is { subject, .. } => {
            page.questions.iter().any(|question| question.id == question_of(subject))
        }
    }
}

impl<'d> FollowUps<'d> {
    fn add(&mut self, question: &'d Question, text: &'d Text, groups: &Groups) {
        let new = groups.iter().filter(|group| !self.groups.contains(group)).count();
        if self.groups.len() + new > GROUPS {
            return;
        }
        let place = |known: &mut Vec<Group>, group: &Group| {
            known.iter().position(|one| one == group).unwrap_or_else(|| {
                known.push(group.clone());
                known.len() - 1
            })
        };
        let behind = groups.iter().map(|group| place(&mut self.groups, group)).collect();
        self.questions.push(FollowUp { question, text, behind });
    }

    /// The follow-up of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&FollowUp<'d>> {
        self.questions.iter().find(|one| one.question.id == id)
    }

    /// The places of the groups that an answer belongs to.
    pub fn opened_by<'a>(&'a self, name: &'a str, value: &'a str) -> impl Iterator<Item = usize> + 'a {
        let belongs = move |group: &Group| group.iter().any(|(n, v)| n == name && v == value);
        self.groups.iter().enumerate().filter(move |(_, group)| belongs(group)).map(|(place, _)| place)
    }
}

/// A page before it is answered.
struct View<'d, 'r> {
    definition: &'d Definition,
    attributes: &'r Attributes,
    answers: &'r Answers,
    page: &'d Page,
    /// What shows each question so far; nothing where that cannot be said in groups.
    sight: Vec<(&'d str, Option<Groups>)>,
}

impl<'d> View<'d, '_> {
    /// What shows the question, and its words if they are the same whatever is answered here.
    fn question(&self, question: &'d Question) -> (Option<Groups>, Option<&'d Text>) {
        let groups = question.audience.as_ref().map_or(Some(Groups::new()), |condition| self.groups(condition, true));
        match &question.wording {
            Wording::Everybody(text) => (groups, Some(text)),
            Wording::ByAudience(texts) => {
                let mine = texts.iter().find(|(id, _)| self.audience(id, true) != Some(vec![Group::new()]));
                match mine {
                    Some((id, text)) if self.audience(id, true).is_some_and(|groups| groups.is_empty()) => {
                        (groups, Some(text))
                    }
                    _ => (None, None),
                }
            }
        }
    }

    fn audience(&self, id: &str, wanted: bool) -> Option<Groups> {
        self.groups(&self.definition.audience(id)?.condition, wanted)
    }

    /// When the condition is true, or false where that is what is `wanted`.
    fn groups(&self, condition: &Condition, wanted: bool) -> Option<Groups> {
        match condition {
            Condition::All(parts) if wanted => self.every(parts, wanted),
            Condition::Any(parts) if !wanted => self.every(parts, wanted),
            Condition::All(parts) | Condition::Any(parts) => self.one_of(parts, wanted),
            Condition::Not(part) => self.groups(part, !wanted),
            Condition::Audience(id) => self.audience(id, wanted),
            Condition::Answered(subject) | Condition::Is { subject, .. } => match self.on_page(subject) {
                Some(question) => {
                    let (_, sight) = self.sight.iter().find(|(id, _)| *id == question.id)?;
                    both(chosen(self.definition, question, condition, wanted)?, sight.clone()?)
                }
                None => Some(self.decided(condition, wanted)),
            },
        }
    }

    fn on_page(&self, subject: &str) -> Option<&'d Question> {
        self.page.questions.iter().find(|question| question.id == question_of(subject))
    }

    fn decided(&self, condition: &Condition, wanted: bool) -> Groups {
        let truth = decide(self.definition, condition, self.attributes, self.answers);
        if truth == Truth::from(wanted) { Groups::new() } else { vec![Group::new()] }
    }

    fn every(&self, parts: &[Condition], wanted: bool) -> Option<Groups> {
        parts.iter().try_fold(Groups::new(), |all, part| both(all, self.groups(part, wanted)?))
    }

    fn one_of(&self, parts: &[Condition], wanted: bool) -> Option<Groups> {
        parts.iter().try_fold(vec![Group::new()], |any, part| either(&any, &self.groups(part, wanted)?))
    }
}

/// A condition that never holds stays one empty group, so that it can be known.
fn both(mut one: Groups, other: Groups) -> Option<Groups> {
    for group in other {
        if !one.contains(&group) {
            one.push(group);
        }
    }
    if one.contains(&Group::new()) {
        one = vec![Group::new()];
    }
    (one.len() <= LONGEST).then_some(one)
}

fn either(one: &Groups, other: &Groups) -> Option<Groups> {
    let mut all = Groups::new();
    for (left, right) in one.iter().flat_map(|left| other.iter().map(move |right| (left, right))) {
        let more = right.iter().filter(|answer| !left.contains(answer));
        all = both(all, vec![left.iter().chain(more).cloned().collect()])?;
    }
    Some(all)
}

/// The answers to one question that make a comparison true, or false.
fn chosen(definition: &Definition, question: &Question, condition: &Condition, wanted: bool) -> Option<Groups> {
    let (subject, test) = match condition {
        Condition::Is { subject, test } => (subject, Some(test)),
        Condition::Answered(subject) if wanted => (subject, None),
        _ => return None,
    };
    let fits = |answer: &Answer| test.is_none_or(|test| holds(test, answer) == wanted);
    let name = format!("q.{subject}");
    match &question.kind {
        Kind::Choices { options, other, .. } => several(&name, options, *other, test, wanted),
        Kind::Matrix { items, .. } if *subject == question.id => {
            let names = items.iter().map(|item| format!("{name}.{}", item.id));
            Some(vec![names.flat_map(|name| among(&name, &single(definition, &question.kind), fits)).collect()])
        }
        kind => {
            let answers = single(definition, kind);
            (!answers.is_empty()).then(|| vec![among(&name, &answers, fits)])
        }
    }
}

fn among(name: &str, answers: &[(String, Answer)], fits: impl Fn(&Answer) -> bool) -> Group {
    answers.iter().filter(|(_, answer)| fits(answer)).map(|(value, _)| (name.to_owned(), value.clone())).collect()
}

/// Every answer of a question where one is chosen, with the value of its field; none where there are no buttons.
fn single(definition: &Definition, kind: &Kind) -> Vec<(String, Answer)> {
    let choice = |id: &str| (id.to_owned(), Answer::Choice(id.to_owned()));
    match kind {
        Kind::YesNo => ["yes", "no"].map(choice).into(),
        Kind::Choice { options, other } => ids(options, *other).map(choice).collect(),
        Kind::Scale(scale) | Kind::Matrix { scale, .. } => definition.scale(scale).map_or_else(Vec::new, |scale| {
            let points = scale.points.iter().map(|point| (point.value.to_string(), Answer::Scale(point.value)));
            points.chain(scale.dont_know.as_ref().map(|_| ("dont_know".to_owned(), Answer::DontKnow))).collect()
        }),
        _ => Vec::new(),
    }
}

fn ids(options: &[Choice], other: bool) -> impl Iterator<Item = &str> {
    options.iter().map(|option| option.id.as_str()).chain(other.then_some("other"))
}

/// Where several can be chosen, that one is *not* shows only by another that excludes it.
fn several(name: &str, options: &[Choice], other: bool, test: Option<&Test>, wanted: bool) -> Option<Groups> {
    let group = |ids: Vec<&str>| ids.into_iter().map(|id| (name.to_owned(), id.to_owned())).collect::<Group>();
    match test {
        None => Some(vec![group(ids(options, other).collect())]),
        Some(Test::Includes(id)) if wanted => Some(vec![group(vec![id])]),
        Some(Test::IncludesAll(all)) if wanted => Some(all.iter().map(|id| group(vec![id])).collect()),
        Some(Test::Includes(id)) if options.iter().any(|option| option.exclusive && option.id == *id) => {
            Some(vec![group(ids(options, other).filter(|one| one != id).collect())])
        }
        _ => None,
    }
}
