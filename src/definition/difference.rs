//! What became another between two waves of a survey, or two versions of one: told by question, as somebody asks who knows
//! the first of them. A question is the same where it has the same id, or says of itself that it is (`same_as`).

use super::model::{Condition, Definition, Kind, Page, Point, Question, Text, Wording};

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<'d> {
    /// Was not asked before.
    Added(&'d Question),
    /// Is not asked any more.
    Removed(&'d Question),
    /// Is asked in other words.
    Reworded {
        /// What was asked.
        before: &'d Text,
        /// What is asked.
        after: &'d Text,
    },
    /// Is answered otherwise: another type, other options, another scale.
    Answers(&'d Question),
    /// Is asked of others.
    Asked {
        /// The question.
        question: &'d Question,
        /// Of whom; everybody without one.
        before: Option<Condition>,
        /// Of whom now.
        after: Option<Condition>,
    },
}

/// Everything that changed, in the order of the later survey; what is gone comes last.
#[must_use]
pub fn differences<'d>(before: &'d Definition, after: &'d Definition) -> Vec<Change<'d>> {
    let mut changes = Vec::new();
    let mut gone: Vec<&Question> = before.questions().map(|(_, question)| question).collect();
    for (page, question) in after.questions() {
        let Some((old_page, old)) = before.questions().find(|(_, old)| is_same(before, old, question)) else {
            changes.push(Change::Added(question));
            continue;
        };
        gone.retain(|question| question.id != old.id);
        changes.extend(reworded(&old.wording, &question.wording));
        if answers(before, &old.kind) != answers(after, &question.kind) {
            changes.push(Change::Answers(question));
        }
        let (was, is) = (asked(before, old_page, old), asked(after, page, question));
        if was != is {
            changes.push(Change::Asked { question, before: was, after: is });
        }
    }
    changes.extend(gone.into_iter().map(Change::Removed));
    changes
}

fn is_same(before: &Definition, old: &Question, new: &Question) -> bool {
    let named = |name: &String| name.split_once('.').is_some_and(|(survey, id)| survey == before.id && id == old.id);
    new.id == old.id || new.same_as.iter().any(named)
}

/// Wordings by audience are compared each with its own; one that there was not before with the last, the one for all others.
fn reworded<'d>(before: &'d Wording, after: &'d Wording) -> Vec<Change<'d>> {
    let (before, after) = (wordings(before), wordings(after));
    let of = |audience: Option<&str>| before.iter().find(|(known, _)| *known == audience).or(before.last());
    let pairs = after.iter().filter_map(|(audience, after)| Some((of(*audience)?.1, *after)));
    pairs.filter(|(before, after)| before != after).map(|(before, after)| Change::Reworded { before, after }).collect()
}

fn wordings(wording: &Wording) -> Vec<(Option<&str>, &Text)> {
    match wording {
        Wording::Everybody(text) => vec![(None, text)],
        Wording::ByAudience(all) => all.iter().map(|(audience, text)| (Some(audience.as_str()), text)).collect(),
    }
}

/// How a question is answered, the scale it names put in.
fn answers<'d>(definition: &'d Definition, kind: &'d Kind) -> (Kind, Option<&'d [Point]>) {
    let (mut kind, mut points) = (kind.clone(), None);
    if let Kind::Scale(scale) | Kind::Matrix { scale, .. } = &mut kind {
        points = definition.scale(scale).map(|scale| scale.points.as_slice());
        scale.clear();
    }
    (kind, points)
}

/// Who is asked, what audiences mean put in; nothing for everybody.
fn asked(definition: &Definition, page: &Page, question: &Question) -> Option<Condition> {
    let mut parts = page.audience.iter().chain(&question.audience).map(|part| meant(definition, part));
    let (first, second) = (parts.next()?, parts.next());
    Some(second.map_or_else(|| first.clone(), |second| Condition::All(vec![first.clone(), second])))
}

/// The checker guarantees that audiences do not go round in circles.
fn meant(definition: &Definition, condition: &Condition) -> Condition {
    let all = |parts: &[Condition]| parts.iter().map(|part| meant(definition, part)).collect();
    match condition {
        Condition::All(parts) => Condition::All(all(parts)),
        Condition::Any(parts) => Condition::Any(all(parts)),
        Condition::Not(part) => Condition::Not(Box::new(meant(definition, part))),
        Condition::Audience(id) => match definition.audience(id) {
            Some(audience) => meant(definition, &audience.condition),
            None => condition.clone(),
        },
        Condition::Answered(_) | Condition::Is { .. } => condition.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::load;

    const MIDWAY: &str = include_str!("../../survey-definitions/midtveisevaluering.yaml");

    fn said(after: &str) -> Vec<String> {
        let (before, after) = (load(MIDWAY.as_bytes()).unwrap(), load(after.as_bytes()).unwrap());
        let say = |change: &Change<'_>| match change {
            Change::Added(question) => format!("added {}", question.id),
            Change::Removed(question) => format!("removed {}", question.id),
            Change::Reworded { after, .. } => format!("reworded {}", after.get(before.default_language())),
            Change::Answers(question) => format!("answers {}", question.id),
            Change::Asked { question, .. } => format!("asked {}", question.id),
        };
        differences(&before, &after).iter().map(say).collect()
    }

    #[test]
    fn a_survey_does_not_differ_from_itself() {
        assert!(said(MIDWAY).is_empty());
    }

    #[test]
    fn what_is_added_and_what_is_gone_is_told() {
        let renamed = MIDWAY.replace("home_office", "remote_work");
        assert_eq!(said(&renamed), ["added remote_work", "removed home_office"]);
    }

    #[test]
    fn another_scale_changes_every_question_on_it() {
        let survey = load(MIDWAY.as_bytes()).unwrap();
        let mut after = survey.clone();
        let scale = after.scales[0].id.clone();
        after.scales[0].points.pop();
        let on_it = |(_, question): &(&Page, &Question)| matches!(&question.kind, Kind::Scale(one) if *one == scale);
        let changes = differences(&survey, &after);
        assert_eq!(changes.len(), survey.questions().filter(on_it).count());
        assert!(changes.iter().all(|change| matches!(change, Change::Answers(_))));
    }

    #[test]
    fn words_and_audiences_are_compared_by_what_they_say() {
        let survey = load(MIDWAY.as_bytes()).unwrap();
        let mut after = survey.clone();
        // The same condition without its name is the same audience.
        for audience in after.audiences.clone() {
            for page in &mut after.pages {
                if page.audience == Some(Condition::Audience(audience.id.clone())) {
                    page.audience = Some(audience.condition.clone());
                }
            }
        }
        assert_eq!(differences(&survey, &after), []);
        let last = after.pages.last_mut().unwrap().questions.last_mut().unwrap();
        last.audience = Some(Condition::Answered("union_rep".into()));
        last.wording = Wording::Everybody(Text::default());
        let changes = differences(&survey, &after);
        assert!(matches!(changes.as_slice(), [Change::Reworded { .. }, Change::Asked { .. }]), "{changes:?}");
    }
}
