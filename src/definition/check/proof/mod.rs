//! Proofs over everything that respondents can be and answer: nothing is asked of nobody, no condition is idle, and
//! wordings and breakdowns take everybody once.
//!
//! One walk in the order of the form, as [`route`](crate::definition::route) does it for one respondent, with sets of
//! respondents in place of one: `world` says what they can be, `diagram` holds the sets, `decide` decides conditions. A
//! test compares every verdict with all respondents of small surveys, walked by `route` one by one.
//!
//! A part that nobody reaches is reported, not what stands in it.

mod combinations;
mod decide;
mod diagram;
mod explain;
mod looks;
mod rows;
mod words;
mod world;

#[cfg(test)]
mod tests;

use decide::{Decided, Decider};
use diagram::{NOBODY, Set, TooEntangled};

use crate::definition::diagnostic::{Diagnostic, Span};
use crate::definition::model::{Breakdown, Condition, Definition, Page, Question, Test, Wording};
use crate::definition::parse::reader::MAX_DIAGNOSTICS;
use crate::definition::parse::source::{Part, Sources, Written};
use crate::definition::rule::Rule;

/// Proves a definition in which every name means something; what is wrong, in any order.
pub(super) fn check(definition: &Definition, sources: &Sources) -> Vec<Diagnostic> {
    let start = Span::point(1, 1);
    let Ok(decider) = Decider::of(definition) else { return vec![too_entangled(start)] };
    let mut proof = Proof { definition, sources, decider, found: Vec::new(), here: start };
    if proof.run() == Err(TooEntangled) {
        proof.found.push(too_entangled(proof.here));
    }
    proof.found
}

fn too_entangled(here: Span) -> Diagnostic {
    let message = "from here on the conditions are too entangled to be proven";
    Diagnostic::new(Rule::TooEntangled, here, message)
        .hint("let fewer questions depend on each other: name an audience by one routing question where you can")
}

struct Proof<'d> {
    definition: &'d Definition,
    sources: &'d Sources,
    decider: Decider<'d>,
    found: Vec<Diagnostic>,
    /// What is being proven.
    here: Span,
}

impl<'d> Proof<'d> {
    fn run(&mut self) -> Result<(), TooEntangled> {
        for page in &self.definition.pages {
            self.page(page)?;
        }
        for audience in &self.definition.audiences {
            let part = Part::Audience(audience.id.clone());
            self.here = self.named(&part);
            let truth = self.decider.audience(&audience.id)?;
            let everybody = self.decider.everybody;
            if self.decider.diagram.both(everybody, truth.yes)? == NOBODY {
                self.nobody_belongs(&audience.id, &audience.condition)?;
            } else if self.decider.diagram.without(everybody, truth.yes)? == NOBODY {
                self.everybody_belongs(&audience.id);
            } else if let Some(written) = self.sources.conditions.get(&part) {
                let decided = self.decider.condition(&audience.condition)?;
                self.inside(&audience.condition, &decided, written, everybody)?;
            }
        }
        for breakdown in &self.definition.breakdowns {
            self.breakdown(breakdown)?;
        }
        self.comparisons()
    }

    fn full(&self) -> bool {
        self.found.len() > MAX_DIAGNOSTICS
    }

    fn named(&self, part: &Part) -> Span {
        self.sources.named.get(part).copied().unwrap_or(self.here)
    }

    fn page(&mut self, page: &'d Page) -> Result<(), TooEntangled> {
        let mut reached = self.decider.everybody;
        if let Some(condition) = &page.audience {
            reached = self.narrowed(&Part::Page(page.id.clone()), None, condition, reached)?;
        }
        for question in &page.questions {
            self.question(page, question, reached)?;
        }
        Ok(())
    }

    fn question(&mut self, page: &'d Page, question: &'d Question, reached: Set) -> Result<(), TooEntangled> {
        let mut asked = reached;
        if let (Some(condition), true) = (&question.audience, reached != NOBODY) {
            let part = Part::Question(question.id.clone());
            asked = self.narrowed(&part, page.audience.as_ref(), condition, reached)?;
        }
        if let (Wording::ByAudience(wordings), true) = (&question.wording, asked != NOBODY) {
            asked = self.wordings(question, wordings.iter().map(|(audience, _)| audience.as_str()), asked)?;
        }
        self.decider.ask(&question.id, asked);
        Ok(())
    }

    /// Those of `reached` for whom the condition of `part` holds. Says where that is nobody, or everybody.
    fn narrowed(
        &mut self,
        part: &Part,
        around: Option<&Condition>,
        condition: &Condition,
        reached: Set,
    ) -> Result<Set, TooEntangled> {
        let Some(written) = self.sources.conditions.get(part) else { return Ok(NOBODY) };
        self.here = written.span;
        let decided = self.decider.condition(condition)?;
        let left = self.decider.diagram.both(reached, decided.truth.yes)?;
        if left == NOBODY {
            self.nobody_reaches(part, around, condition)?;
        } else if left == reached {
            self.everybody_passes(part, around.is_some());
        } else {
            self.inside(condition, &decided, written, reached)?;
        }
        Ok(left)
    }

    /// Says which parts of a condition hold for nobody of `reached`, or for everybody. The condition itself does neither.
    fn inside(
        &mut self,
        condition: &Condition,
        decided: &Decided,
        written: &Written,
        reached: Set,
    ) -> Result<(), TooEntangled> {
        let parts = match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.as_slice(),
            Condition::Not(part) => std::slice::from_ref(&**part),
            Condition::Is { subject, test: Test::OneOf(values) } if values.len() > 1 => {
                return self.values(subject, values, written, reached);
            }
            _ => return Ok(()),
        };
        for ((part, decided), written) in parts.iter().zip(&decided.parts).zip(&written.parts) {
            self.here = written.span;
            let yes = self.decider.diagram.both(reached, decided.truth.yes)?;
            if yes == NOBODY {
                self.never(written.span, part);
            } else if yes == reached {
                self.always(written.span, part);
            } else {
                self.inside(part, decided, written, reached)?;
            }
        }
        Ok(())
    }

    /// Says which values of a list nobody of `reached` has.
    fn values(
        &mut self,
        subject: &str,
        values: &[String],
        written: &Written,
        reached: Set,
    ) -> Result<(), TooEntangled> {
        for (value, written) in values.iter().zip(&written.parts) {
            let test = Test::OneOf(vec![value.clone()]);
            let truth = self.decider.compare(subject, &test)?;
            if self.decider.diagram.both(reached, truth.yes)? == NOBODY {
                self.never_answered(written.span, subject, value);
            }
        }
        Ok(())
    }

    /// Those of `asked` who have words. Says who has none or two, and which words nobody reads.
    fn wordings(
        &mut self,
        question: &Question,
        audiences: impl Iterator<Item = &'d str>,
        asked: Set,
    ) -> Result<Set, TooEntangled> {
        let spot = |audience: &str| Part::Wording(question.id.clone(), audience.to_owned());
        let (mut worded, mut before) = (NOBODY, Vec::new());
        for audience in audiences {
            self.here = self.named(&spot(audience));
            let truth = self.decider.audience(audience)?;
            let mine = self.decider.diagram.both(asked, truth.yes)?;
            if mine == NOBODY {
                self.never_read(&question.id, audience);
            }
            if let Some((other, both)) = self.first_shared(&before, worded, mine)? {
                self.two_texts(&question.id, other, audience, both)?;
            }
            worded = self.decider.diagram.either(worded, mine)?;
            before.push((audience, mine));
        }
        let uncovered = self.decider.diagram.without(asked, worded)?;
        if uncovered != NOBODY {
            self.here = before.first().map_or(self.here, |(first, _)| self.named(&spot(first)));
            let audiences: Vec<&str> = before.iter().map(|(audience, _)| *audience).collect();
            self.no_text(&question.id, &audiences, uncovered)?;
        }
        Ok(worded)
    }

    /// The first of the sets that shares somebody with `mine`, and whom. `together` is all of the sets.
    fn first_shared<'a>(
        &mut self,
        sets: &[(&'a str, Set)],
        together: Set,
        mine: Set,
    ) -> Result<Option<(&'a str, Set)>, TooEntangled> {
        if self.decider.diagram.both(together, mine)? == NOBODY {
            return Ok(None);
        }
        for (name, set) in sets {
            let both = self.decider.diagram.both(*set, mine)?;
            if both != NOBODY {
                return Ok(Some((name, both)));
            }
        }
        Ok(None)
    }

    fn breakdown(&mut self, breakdown: &'d Breakdown) -> Result<(), TooEntangled> {
        let Breakdown::Audiences { id, audiences } = breakdown else { return Ok(()) };
        let (mut together, mut before) = (NOBODY, Vec::new());
        for audience in audiences {
            self.here = self.named(&Part::Breakdown(id.clone(), audience.clone()));
            let truth = self.decider.audience(audience)?;
            let mine = self.decider.diagram.both(self.decider.everybody, truth.yes)?;
            if let Some((other, both)) = self.first_shared(&before, together, mine)? {
                self.counted_twice(id, other, audience, both)?;
            }
            together = self.decider.diagram.either(together, mine)?;
            before.push((audience.as_str(), mine));
        }
        Ok(())
    }

    /// Audiences that are compared on a question which nobody of them is asked.
    fn comparisons(&mut self) -> Result<(), TooEntangled> {
        for (number, comparison) in self.definition.results.compare.iter().enumerate() {
            let question = comparison.question.split('.').next().unwrap_or(&comparison.question);
            for audience in &comparison.by {
                self.here = self.named(&Part::Compared(number, audience.clone()));
                let truth = self.decider.audience(audience)?;
                if self.decider.diagram.both(self.decider.asked(question), truth.yes)? == NOBODY {
                    self.not_compared(&comparison.question, audience);
                }
            }
        }
        Ok(())
    }
}
