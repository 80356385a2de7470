//! A phone without a script in front of the pure form: it sees pages, posts fields, and follows to where they lead.

use medvirk::definition::model::{Answers, Attributes, Choice, Definition, Kind, Question};
use medvirk::definition::route::{Route, applicable, route};
use medvirk::respond::draft::Draft;
use medvirk::respond::post::{Fields, fields_of, question_of, read};
use medvirk::respond::walk::{self, Next};

use super::naive::Naive;

/// One respondent, with everything that the server keeps of them.
#[derive(Clone)]
pub(super) struct Phone<'d> {
    pub(super) survey: &'d Definition,
    pub(super) attributes: Attributes,
    pub(super) draft: Draft,
    /// Every post so far, page and fields.
    pub(super) posts: Vec<(String, Fields)>,
}

impl<'d> Phone<'d> {
    pub(super) fn new(survey: &'d Definition, attributes: &Attributes) -> Self {
        Self { survey, attributes: attributes.clone(), draft: Draft::default(), posts: Vec::new() }
    }

    pub(super) fn route(&self) -> Route<'d> {
        route(self.survey, &self.attributes, &self.draft.answers)
    }

    /// The pages that this respondent can see, in order.
    pub(super) fn pages(&self) -> Vec<&'d str> {
        self.route().pages.iter().map(|step| step.page.id.as_str()).collect()
    }

    /// Where the link reopens, or the first page.
    pub(super) fn at(&self) -> Option<&'d str> {
        let pages = self.pages();
        let kept = pages.iter().find(|page| Some(**page) == self.draft.at.as_deref());
        kept.or(pages.first()).copied()
    }

    /// The questions that the page shows now.
    pub(super) fn questions(&self, page: &str) -> Vec<&'d Question> {
        let route = self.route();
        let step = walk::step(&route, page).expect("the page is on the way");
        step.questions.iter().map(|(question, _)| *question).filter(|question| question.kind != Kind::Notice).collect()
    }

    pub(super) fn has_answer_to(&self, question: &str) -> bool {
        self.draft.answers.keys().any(|key| question_of(key) == question)
    }

    /// What the browser would post if nothing were touched.
    pub(super) fn filled_in(&self, page: &str) -> Fields {
        self.form(page, &self.draft.answers)
    }

    /// The page as it stands now, filled in with `answers`.
    pub(super) fn form(&self, page: &str, answers: &Answers) -> Fields {
        let shown: Vec<&str> = self.questions(page).iter().map(|question| question.id.as_str()).collect();
        let mut fields = vec![("shown".to_owned(), shown.join(","))];
        let on_page = |name: &str| shown.contains(&question_of(name.strip_prefix("q.").unwrap()));
        fields.extend(fields_of(answers).into_iter().filter(|(name, _)| on_page(name)));
        fields
    }

    /// What the server makes of a post, and what must hold of that; nothing where it refuses.
    pub(super) fn post(&mut self, page: &str, fields: &Fields) -> Option<Next<'d>> {
        self.posts.push((page.to_owned(), fields.clone()));
        let before = self.draft.clone();
        let known = self.survey.page(page).expect("forms are of pages that exist");
        let posted = read(self.survey, &self.attributes, &before.answers, known, fields);
        if !posted.problems.is_empty() {
            return None;
        }
        let questions = posted.questions.clone();
        assert!(questions.iter().all(|id| known.questions.iter().any(|question| question.id == *id)), "of this page");
        let next = walk::take(&mut self.draft, self.survey, &self.attributes, page, posted);
        let elsewhere = |answers: &Answers| {
            let mut answers = answers.clone();
            answers.retain(|key, _| !questions.contains(&question_of(key)));
            answers
        };
        assert_eq!(elsewhere(&self.draft.answers), elsewhere(&before.answers), "other answers stay as they were");
        self.leads_on(page, &questions, next);
        Some(next)
    }

    /// On to the next page of the way, or to the same one with more on it.
    fn leads_on(&self, page: &str, posted: &[&str], next: Next<'_>) {
        let place = |id: &str| self.survey.pages.iter().position(|page| page.id == id).unwrap();
        let pages = self.pages();
        let later = pages.iter().copied().find(|id| place(id) > place(page));
        match next {
            Next::Page(same) if same == page => {
                let opened = self.questions(page).iter().any(|question| !posted.contains(&question.id.as_str()));
                assert!(opened, "nothing new on {page}");
            }
            Next::Page(other) => assert_eq!(Some(other), later),
            Next::Send => assert_eq!(later, None),
        }
        assert_eq!(self.draft.at.as_deref(), Some(if let Next::Page(page) = next { page } else { walk::SEND }));
    }

    /// What pressing Send would store; the page that is in the way where it would not.
    pub(super) fn sent(&self) -> Result<Answers, String> {
        match walk::incomplete(&self.route(), &self.draft.answers) {
            Some(page) => Err(page.to_owned()),
            None => Ok(applicable(self.survey, &self.attributes, &self.draft.answers)),
        }
    }

    /// What holds at every moment: shown is what is true, and only that is stored.
    pub(super) fn check(&self) {
        let naive = Naive::new(self.survey, &self.attributes, &self.draft.answers);
        let shown = self.route().pages;
        let shown = shown.iter().flat_map(|step| step.questions.iter().map(|(question, _)| question.id.clone()));
        assert_eq!(shown.collect::<Vec<_>>(), naive.shown());
        assert_eq!(applicable(self.survey, &self.attributes, &self.draft.answers), naive.counts());
    }

    /// From the first page to the last, each answered by `form`; how many posts it took.
    pub(super) fn walk(&mut self, mut form: impl FnMut(&Self, &str) -> Fields) -> usize {
        let Some(mut page) = self.pages().first().copied() else { return 0 };
        let limit = self.survey.pages.len() + self.survey.questions().count();
        let mut same = 0;
        for posts in 1..=limit {
            let fields = form(self, page);
            let next = self.post(page, &fields).expect("a page that is filled in rightly is taken");
            self.check();
            match next {
                Next::Send => {
                    assert!(posts <= self.survey.pages.len() + same, "{posts} posts");
                    return posts;
                }
                Next::Page(next) => {
                    same += usize::from(next == page);
                    page = next;
                }
            }
        }
        panic!("no end after {limit} posts");
    }
}

/// A right answer to a question, chosen by a number; every fifth leaves open what may be left open.
pub(super) fn fill(survey: &Definition, question: &Question, pick: usize) -> Fields {
    let id = &question.id;
    let name = format!("q.{id}");
    if pick % 5 == 4 && !question.required {
        return Fields::new();
    }
    let one = |values: &[&str]| vec![(name.clone(), values[pick % values.len()].to_owned())];
    match &question.kind {
        Kind::YesNo => one(&["yes", "no"]),
        Kind::Choice { options, .. } => {
            let mut fields = one(&ids(options, true));
            fields.push((format!("{name}.other"), "own words".to_owned()));
            fields
        }
        Kind::Choices { options, .. } => {
            let (alone, together): (Vec<&Choice>, Vec<&Choice>) = options.iter().partition(|option| option.exclusive);
            let chosen = if pick.is_multiple_of(3) { alone } else { together };
            let many = 1 + pick / 3 % chosen.len();
            chosen[..many].iter().map(|option| (name.clone(), option.id.clone())).collect()
        }
        Kind::Rank { options, top } => {
            let places = 1..=1 + pick % usize::try_from(*top).unwrap();
            places
                .map(|place| (format!("{name}.{place}"), options[(pick + place) % options.len()].id.clone()))
                .collect()
        }
        Kind::Scale(scale) => one(&points(survey, scale).iter().map(String::as_str).collect::<Vec<_>>()),
        Kind::Matrix { scale, items } => {
            let points = points(survey, scale);
            let point = |at: usize| points[(pick + at) % points.len()].clone();
            let items = items.iter().enumerate().filter(|(at, _)| question.required || !(pick + at).is_multiple_of(4));
            items.map(|(at, item)| (format!("{name}.{}", item.id), point(at))).collect()
        }
        Kind::Number { .. } => one(&["0", "1", "2", "3"]),
        Kind::Text | Kind::LongText => one(&["words", "other words", " Å\u{301} "]),
        Kind::Notice => Fields::new(),
    }
}

fn ids(options: &[Choice], other: bool) -> Vec<&str> {
    options.iter().map(|option| option.id.as_str()).chain(other.then_some("other")).collect()
}

fn points(survey: &Definition, scale: &str) -> Vec<String> {
    let points = survey.scale(scale).unwrap().points.iter().map(|point| point.value.to_string());
    points.chain(["dont_know".to_owned()]).collect()
}
