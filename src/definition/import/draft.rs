//! A definition in the making: ids are given, conditions resolved, and what differs is noted.

use std::collections::{HashMap, HashSet};

use super::condition::{Answers, Subject, Subjects, all, resolve};
use super::found::{Found, FoundKind, FoundOption, FoundScale, Other, Relevance};
use super::ids::{Ids, Renamed, Space};
use super::notes::{Notes, excerpt};
use crate::definition::model::{Choice, Condition, Item, Kind, Language, Page, Point, Question, Scale, Text, Wording};

/// A definition that nobody has checked, with remarks for whoever mends it.
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) languages: Vec<Language>,
    pub(super) title: Text,
    pub(super) intro: Text,
    pub(super) thanks: Text,
    pub(super) scales: Vec<Scale>,
    pub(super) pages: Vec<Remarked<Page>>,
    /// By the id of the question above which they stand.
    pub(super) remarks: HashMap<String, Vec<String>>,
}

/// A part with remarks that stand above it.
pub(super) struct Remarked<T> {
    pub(super) remarks: Vec<String>,
    pub(super) part: T,
}

/// Takes what is found, in the order in which it is asked.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) notes: Notes,
    ids: Ids,
    subjects: Subjects,
    scales: Vec<Scale>,
    pages: Vec<Remarked<Page>>,
    page_origins: Vec<String>,
    remarks: HashMap<String, Vec<String>>,
    origins: HashMap<String, String>,
}

impl Builder {
    /// Begins a page; what is asked from now on stands on it.
    pub(super) fn page(&mut self, origin: &str, name: &str, title: Text, relevance: &[Relevance]) {
        let (audience, remarks) = self.audience(origin, relevance);
        let id = self.ids.give(name, Space::Page);
        let title = Some(title).filter(|title| !title.0.is_empty());
        self.pages.push(Remarked { remarks, part: Page { id, title, audience, questions: Vec::new() } });
        self.page_origins.push(origin.to_owned());
    }

    /// How many questions stand on the page that is open.
    pub(super) fn on_page(&self) -> usize {
        self.pages.last().map_or(0, |page| page.part.questions.len())
    }

    /// Adds a question to the page that is open.
    pub(super) fn ask(&mut self, found: Found) {
        if let Some(message) = unusable(&found.kind) {
            self.notes.say(&found.origin, message);
            return;
        }
        let (audience, remarks) = self.audience(&found.origin, &found.relevance);
        let name = found.names.first().map_or("", String::as_str);
        let id = self.ids.give(name, Space::Question);
        let hidden = audience.is_some() || self.pages.last().is_some_and(|page| page.part.audience.is_some());
        let mut renamed = Renamed::default();
        let kind = self.kind(&id, hidden, found.kind, &found.names, &mut renamed);
        renamed.note(&mut self.notes, &found.origin, name, &id);
        if !remarks.is_empty() {
            self.remarks.insert(id.clone(), remarks);
        }
        self.origins.insert(id.clone(), found.origin);
        let notice = matches!(kind, Kind::Notice);
        let question = Question {
            id,
            wording: Wording::Everybody(found.text),
            help: Some(found.help).filter(|help| !help.0.is_empty()),
            kind,
            required: found.required && !notice,
            audience,
            sensitive: false,
            reverse: false,
            random_order: found.random_order,
            same_as: Vec::new(),
        };
        if let Some(page) = self.pages.last_mut() {
            page.part.questions.push(question);
        }
    }

    /// Who is asked; a condition that cannot be said becomes a remark and a note.
    fn audience(&mut self, origin: &str, relevance: &[Relevance]) -> (Option<Condition>, Vec<String>) {
        let (mut conditions, mut remarks) = (Vec::new(), Vec::new());
        for relevance in relevance {
            let read = relevance.read.as_ref().map_err(Clone::clone);
            match read.and_then(|expression| resolve(expression, &self.subjects)) {
                Ok(condition) => conditions.push(condition),
                Err(reason) => {
                    let written = excerpt(&relevance.written);
                    remarks.push(format!("TODO: asked only if {written} ({reason}); now without this condition"));
                    let message = format!("the condition `{written}` is not carried over: {reason}");
                    self.notes.say(origin, message + "; the file has a remark where it belongs");
                }
            }
        }
        ((!conditions.is_empty()).then(|| all(conditions)), remarks)
    }

    fn kind(&mut self, id: &str, hidden: bool, kind: FoundKind, names: &[String], renamed: &mut Renamed) -> Kind {
        let (kind, answers) = match kind {
            FoundKind::YesNo => {
                let values = [("Y", "yes"), ("N", "no")].map(|(code, value)| (code.to_owned(), value.to_owned()));
                (Kind::YesNo, Answers::One { values: values.into(), scale: false })
            }
            FoundKind::Choice { options, other } => {
                let (options, values) = self.options(id, hidden, options, other.as_ref(), renamed);
                (Kind::Choice { options, other: other.is_some() }, Answers::One { values, scale: false })
            }
            FoundKind::Choices { options, other, max } => {
                let (options, values) = self.options(id, hidden, options, other.as_ref(), renamed);
                let count = options.len() + usize::from(other.is_some());
                let max = max.filter(|max| *max >= 2 && usize::try_from(*max).is_ok_and(|max| max < count));
                (Kind::Choices { options, other: other.is_some(), max }, Answers::Several(values))
            }
            FoundKind::Rank { options, top } => {
                let (options, values) = self.options(id, hidden, options, None, renamed);
                let most = u32::try_from(options.len()).unwrap_or(u32::MAX);
                (Kind::Rank { options, top: top.unwrap_or(most).clamp(1, most) }, Answers::Several(values))
            }
            FoundKind::Scale(scale) => {
                let (name, answers) = self.scale(scale, renamed);
                (Kind::Scale(name), answers)
            }
            FoundKind::Matrix(scale, found) => {
                let (name, answers) = self.scale(scale, renamed);
                let mut items = Vec::new();
                for item in found {
                    let item_id = self.ids.give(&item.code, Space::Within(self.origins.len()));
                    renamed.code(&item.code, &item_id);
                    let subject = Subject { id: format!("{id}.{item_id}"), hidden, answers: answers.clone() };
                    self.known_as(&item.names, &subject);
                    items.push(Item { id: item_id, label: item.label, reverse: false });
                }
                (Kind::Matrix { scale: name, items }, Answers::Words)
            }
            FoundKind::Number { min, max } => (Kind::Number { min, max, unit: None }, Answers::Number),
            FoundKind::Text => (Kind::Text, Answers::Words),
            FoundKind::LongText => (Kind::LongText, Answers::Words),
            FoundKind::Notice => return Kind::Notice,
        };
        self.known_as(names, &Subject { id: id.to_owned(), hidden, answers });
        kind
    }

    /// From now on conditions can look at it.
    fn known_as(&mut self, names: &[String], subject: &Subject) {
        for name in names {
            self.subjects.insert(name.clone(), subject.clone());
        }
    }

    /// The options, and which code stands for which.
    fn options(
        &mut self,
        question: &str,
        hidden: bool,
        found: Vec<FoundOption>,
        other: Option<&Other>,
        renamed: &mut Renamed,
    ) -> (Vec<Choice>, Vec<(String, String)>) {
        let space = Space::Within(self.origins.len());
        let (mut options, mut values) = (Vec::new(), Vec::new());
        if let Some(code) = other {
            self.ids.take("other", space);
            values.push((code.clone(), "other".to_owned()));
        }
        for option in found {
            let id = self.ids.give(&option.code, space);
            renamed.code(&option.code, &id);
            let subject = Subject { id: question.to_owned(), hidden, answers: Answers::Option(id.clone()) };
            self.known_as(&option.names, &subject);
            values.push((option.code, id.clone()));
            options.push(Choice { id, label: option.label, exclusive: option.exclusive });
        }
        (options, values)
    }

    /// The name of the scale with these points, made once, and what can be answered on it.
    fn scale(&mut self, found: FoundScale, renamed: &mut Renamed) -> (String, Answers) {
        let mut values: Vec<(String, String)> = Vec::new();
        let mut points = Vec::new();
        for point in found.points {
            renamed.code(&point.code, &point.value.to_string());
            values.push((point.code, point.value.to_string()));
            points.push(Point { value: point.value, label: point.label });
        }
        let dont_know = found.dont_know.map(|(code, label)| {
            renamed.code(&code, "dont_know");
            values.push((code, "dont_know".to_owned()));
            label
        });
        let answers = Answers::One { values, scale: true };
        let same = |scale: &&Scale| scale.points == points && scale.dont_know == dont_know;
        if let Some(known) = self.scales.iter().find(same) {
            return (known.id.clone(), answers);
        }
        let id = self.ids.give(&found.name, Space::Scale);
        self.scales.push(Scale { id: id.clone(), points, dont_know, favourable: Vec::new() });
        (id, answers)
    }

    /// What came of it: nothing but texts that belong to the whole survey is missing.
    pub(super) fn finish(mut self, head: Head) -> (Draft, Notes) {
        self.require_routing();
        let mut pages = Vec::new();
        for (page, origin) in self.pages.into_iter().zip(&self.page_origins) {
            if page.part.questions.is_empty() {
                self.notes.say(origin, format!("the page `{}` would be empty and is left out", page.part.id));
            } else {
                pages.push(page);
            }
        }
        let Head { id, languages, title, intro, thanks } = head;
        let draft = Draft { id, languages, title, intro, thanks, scales: self.scales, pages, remarks: self.remarks };
        (draft, self.notes)
    }

    /// The language wants questions that conditions look at to be answered.
    fn require_routing(&mut self) {
        let mut routing = HashSet::new();
        for page in &self.pages {
            let questions = page.part.questions.iter().filter_map(|question| question.audience.as_ref());
            for condition in page.part.audience.iter().chain(questions) {
                compared(condition, &mut routing);
            }
        }
        for question in self.pages.iter_mut().flat_map(|page| &mut page.part.questions) {
            if !question.required && routing.contains(&question.id) {
                question.required = true;
                let origin = self.origins.get(&question.id).map_or("", String::as_str);
                let message =
                    format!("`{}` was optional and is required now, since conditions look at it", question.id);
                self.notes.say(origin, message);
            }
        }
    }
}

/// What belongs to the whole survey.
pub(super) struct Head {
    pub(super) id: String,
    pub(super) languages: Vec<Language>,
    pub(super) title: Text,
    pub(super) intro: Text,
    pub(super) thanks: Text,
}

/// Questions whose answers a condition compares.
fn compared(condition: &Condition, found: &mut HashSet<String>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| compared(part, found)),
        Condition::Not(part) => compared(part, found),
        Condition::Is { subject, .. } => {
            found.insert(subject.split('.').next().unwrap_or(subject).to_owned());
        }
        Condition::Audience(_) | Condition::Answered(_) => {}
    }
}

/// Why such a question cannot be asked.
fn unusable(kind: &FoundKind) -> Option<&'static str> {
    match kind {
        FoundKind::Choice { options, other } | FoundKind::Choices { options, other, .. }
            if options.len() + usize::from(other.is_some()) < 2 || options.is_empty() =>
        {
            Some("fewer than two options, so there is nothing to choose; left out")
        }
        FoundKind::Rank { options, .. } if options.len() < 2 => Some("fewer than two options to rank; left out"),
        FoundKind::Scale(scale) if scale.points.len() < 2 => Some("fewer than two points on its scale; left out"),
        FoundKind::Matrix(scale, items) if scale.points.len() < 2 || items.is_empty() => {
            Some("a matrix without items, or with fewer than two points; left out")
        }
        _ => None,
    }
}
