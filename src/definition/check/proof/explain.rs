//! The words of the proofs: what is wrong, for whom, and what to write instead.

use super::Proof;
use super::diagram::{NOBODY, Set, TooEntangled};
use super::words::{quoted, together};
use crate::definition::diagnostic::{Diagnostic, Span};
use crate::definition::model::Condition;
use crate::definition::parse::source::Part;
use crate::definition::rule::Rule;

/// Conditions of more parts are not taken apart to see which of them contradict each other.
const MAX_PARTS: usize = 24;

impl Proof<'_> {
    fn say(&mut self, rule: Rule, span: Span, message: String, hint: impl Into<String>) {
        if !self.full() {
            self.found.push(Diagnostic::new(rule, span, message).hint(hint));
        }
    }

    pub(super) fn nobody_belongs(&mut self, audience: &str, condition: &Condition) -> Result<(), TooEntangled> {
        let (why, hint) = self.why(None, condition)?;
        let hint = hint.unwrap_or_else(|| "mend the condition, or take the audience away".to_owned());
        self.say(Rule::DeadAudience, self.here, format!("nobody can belong to `{audience}`: {why}"), hint);
        Ok(())
    }

    pub(super) fn everybody_belongs(&mut self, audience: &str) {
        let message = format!("everybody belongs to `{audience}`");
        let hint = format!("a condition that always holds tells nobody apart: narrow it, or do without `{audience}`");
        self.say(Rule::AlwaysHolds, self.here, message, hint);
    }

    pub(super) fn nobody_reaches(
        &mut self,
        part: &Part,
        around: Option<&Condition>,
        condition: &Condition,
    ) -> Result<(), TooEntangled> {
        let (why, hint) = self.why(around, condition)?;
        let (rule, message, what) = match part {
            Part::Page(id) => (Rule::DeadPage, format!("nobody can reach the page `{id}`: {why}"), "page"),
            Part::Question(id) => (Rule::DeadQuestion, format!("nobody is ever asked `{id}`: {why}"), "question"),
            _ => return Ok(()),
        };
        let hint = hint.unwrap_or_else(|| format!("mend the condition, or take the {what} away"));
        self.say(rule, self.here, message, hint);
        Ok(())
    }

    pub(super) fn everybody_passes(&mut self, part: &Part, on_narrow_page: bool) {
        let (message, hint) = match part {
            Part::Question(id) if on_narrow_page => {
                (format!("everybody who sees this page is asked `{id}`"), "take `for` away: the page asks the same")
            }
            Part::Question(id) => (format!("everybody is asked `{id}`"), "take `for` away to ask everybody"),
            Part::Page(id) => (format!("everybody reaches the page `{id}`"), "take `for` away to ask everybody"),
            _ => return,
        };
        self.say(Rule::AlwaysHolds, self.here, format!("the condition always holds: {message}"), hint);
    }

    pub(super) fn never(&mut self, span: Span, part: &Condition) {
        let message = format!("{} holds for nobody here", quoted(part));
        self.say(Rule::NeverHolds, span, message, "mend it, or take this part of the condition away");
    }

    pub(super) fn never_answered(&mut self, span: Span, subject: &str, value: &str) {
        let message = format!("nobody here has `{subject}: {value}`");
        self.say(Rule::NeverHolds, span, message, format!("take `{value}` out of the list"));
    }

    pub(super) fn always(&mut self, span: Span, part: &Condition) {
        let message = format!("{} holds for everybody here", quoted(part));
        self.say(Rule::AlwaysHolds, span, message, "take this part of the condition away: it changes nothing");
    }

    pub(super) fn never_read(&mut self, question: &str, audience: &str) {
        let message = format!("these words are read by nobody: nobody in `{audience}` is asked `{question}`");
        self.say(Rule::NeverHolds, self.here, message, "take this text away, or ask them");
    }

    pub(super) fn two_texts(
        &mut self,
        question: &str,
        first: &str,
        second: &str,
        both: Set,
    ) -> Result<(), TooEntangled> {
        let who = self.decider.somebody(both)?;
        let message = format!("somebody with {who} has two texts for `{question}`, as `{first}` and as `{second}`");
        self.say(Rule::WordingOverlap, self.here, message, keep_apart(first, second));
        Ok(())
    }

    pub(super) fn no_text(&mut self, question: &str, audiences: &[&str], whom: Set) -> Result<(), TooEntangled> {
        let who = self.decider.somebody(whom)?;
        let message = format!("somebody with {who} has no text for `{question}`");
        let others = match audiences {
            [one] => format!("{{not: {one}}}"),
            [first @ .., _] if first.len() > 5 => format!("{{not: {{any: [{}, …]}}}}", first[..5].join(", ")),
            several => format!("{{not: {{any: [{}]}}}}", several.join(", ")),
        };
        let hint = format!("write a text for them too, as for an audience `others: {others}`");
        self.say(Rule::WordingGap, self.here, message, hint);
        Ok(())
    }

    pub(super) fn counted_twice(
        &mut self,
        breakdown: &str,
        first: &str,
        second: &str,
        both: Set,
    ) -> Result<(), TooEntangled> {
        let who = self.decider.somebody(both)?;
        let message = format!("somebody with {who} is counted twice in `{breakdown}`, as `{first}` and as `{second}`");
        self.say(Rule::BreakdownOverlap, self.here, message, keep_apart(first, second));
        Ok(())
    }

    pub(super) fn not_compared(&mut self, question: &str, audience: &str) {
        let message = format!("nobody in `{audience}` is asked `{question}`, so there is nothing to compare");
        self.say(Rule::ComparesNobody, self.here, message, format!("take `{audience}` out of `by`"));
    }

    /// Why nobody passes the conditions, and what would let somebody.
    fn why(
        &mut self,
        around: Option<&Condition>,
        condition: &Condition,
    ) -> Result<(String, Option<String>), TooEntangled> {
        let mut parts = Vec::new();
        around.into_iter().chain([condition]).for_each(|condition| flatten(condition, &mut parts));
        let core = self.core(&parts)?;
        Ok(match core.as_slice() {
            [] => ("the condition contradicts itself".to_owned(), None),
            [Condition::Audience(audience)] => (format!("nobody belongs to `{audience}`"), None),
            [Condition::Is { subject, .. } | Condition::Answered(subject)] if self.is_dead(subject) => {
                (format!("nobody is ever asked `{subject}`"), None)
            }
            [one] => (format!("{} holds for nobody", quoted(one)), None),
            [page, _] if around.is_some_and(|around| holds_in(around, page)) => {
                let hint = format!("the page is for {}: ask it on a page of its own", quoted(page));
                (format!("nobody can be {}", together(&core)), Some(hint))
            }
            [first, second] => {
                let hint = format!("if one of them is enough, write `any: [{}, {}]`", bare(first), bare(second));
                (format!("nobody can be {}", together(&core)), Some(hint))
            }
            _ => (format!("nobody can be {}", together(&core)), None),
        })
    }

    fn is_dead(&self, subject: &str) -> bool {
        let question = self.decider.world.variable(subject).and_then(|variable| variable.question);
        question.is_some_and(|question| self.decider.asked(question) == NOBODY)
    }

    /// As few of the conditions as together hold for nobody: each is left out that can be.
    fn core<'c>(&mut self, parts: &[&'c Condition]) -> Result<Vec<&'c Condition>, TooEntangled> {
        if parts.len() > MAX_PARTS {
            return Ok(Vec::new());
        }
        let mut core = Vec::new();
        for part in parts {
            core.push((*part, self.decider.condition(part)?.truth.yes));
        }
        let mut at = 0;
        while at < core.len() {
            let mut rest = self.decider.everybody;
            for (_, set) in core.iter().take(at).chain(core.iter().skip(at + 1)) {
                rest = self.decider.diagram.both(rest, *set)?;
            }
            if rest == NOBODY {
                core.remove(at);
            } else {
                at += 1;
            }
        }
        Ok(core.into_iter().map(|(part, _)| part).collect())
    }
}

/// The conditions that all have to hold.
fn flatten<'c>(condition: &'c Condition, parts: &mut Vec<&'c Condition>) {
    match condition {
        Condition::All(all) => all.iter().for_each(|part| flatten(part, parts)),
        _ => parts.push(condition),
    }
}

/// Whether `part` is one of those that all have to hold in `condition`.
fn holds_in(condition: &Condition, part: &Condition) -> bool {
    let mut parts = Vec::new();
    flatten(condition, &mut parts);
    parts.contains(&part)
}

fn bare(condition: &Condition) -> String {
    quoted(condition).trim_matches('`').to_owned()
}

fn keep_apart(first: &str, second: &str) -> String {
    format!("let one exclude the other: `{second}: {{all: [{{not: {first}}}, …]}}`")
}
