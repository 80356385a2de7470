//! Follow-ups on the same page: what the style sheet opens is what the routing asks.

use std::collections::BTreeSet;

use medvirk::definition::model::{Definition, Kind};
use medvirk::respond::follow::{FollowUps, GROUPS, follow_ups};
use medvirk::respond::post::{Fields, OPENS, read};
use medvirk::respond::walk;
use proptest::prelude::*;

use super::naive::Naive;
use super::phone::{Phone, fill};
use super::survey::surveys;
use super::{Picks, answered, attributes, pick, picks, straight};

/// Everything on the page, hidden or not, as these picks answer it.
fn whole_page(survey: &Definition, page: &str, picks: &Picks) -> Fields {
    let place = |id: &str| survey.questions().position(|(_, one)| one.id == id).unwrap();
    let questions = &survey.page(page).unwrap().questions;
    questions.iter().flat_map(|one| fill(survey, one, usize::from(picks[place(&one.id) % picks.len()]))).collect()
}

/// What a style sheet sees of a page that is answered so: the follow-ups all of whose groups have a chosen answer.
fn opened<'f>(follow: &'f FollowUps<'_>, fields: &Fields) -> BTreeSet<&'f str> {
    let chosen = |place: &usize| follow.groups[*place].iter().any(|answer| fields.contains(answer));
    let open = follow.questions.iter().filter(|one| one.behind.iter().all(chosen));
    open.map(|one| one.question.id.as_str()).collect()
}

fn ids<'f>(follow: &'f FollowUps<'_>) -> BTreeSet<&'f str> {
    follow.questions.iter().map(|one| one.question.id.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_style_sheet_opens_what_the_routing_asks(
        survey in 0..surveys().len(), attributes in attributes(), before in picks(), now in picks(), page in any::<u8>(),
    ) {
        let (text, survey) = &surveys()[survey];
        let mut phone = straight(survey, &attributes, &before);
        let pages = phone.pages();
        prop_assume!(!pages.is_empty());
        let page = survey.page(pick::<&str>(&pages, page)).unwrap();
        let follow = follow_ups(survey, &attributes, &phone.draft.answers, page);
        let mut fields = whole_page(survey, &page.id, &now);
        let seen: BTreeSet<String> = opened(&follow, &fields).into_iter().map(str::to_owned).collect();
        let asked = page.questions.iter().filter(|one| one.kind != Kind::Notice).map(|one| one.id.as_str());
        fields.push(("shown".to_owned(), asked.collect::<Vec<_>>().join(",")));
        let posted = read(survey, &attributes, &phone.draft.answers, page, &fields);
        prop_assume!(posted.problems.is_empty());
        walk::take(&mut phone.draft, survey, &attributes, &page.id, posted);
        let shown = Naive::new(survey, &attributes, &phone.draft.answers).shown();
        let shown: BTreeSet<String> = shown.into_iter().filter(|id| ids(&follow).contains(id.as_str())).collect();
        prop_assert_eq!(seen, shown, "{}\n{}", page.id, text);
    }

    /// Who sees follow-ups at once and who sees them on the next showing send the same.
    #[test]
    fn browsers_old_and_new_send_the_same(
        survey in 0..surveys().len(), attributes in attributes(), picks in picks(),
    ) {
        let (text, survey) = &surveys()[survey];
        let old = straight(survey, &attributes, &picks);
        let mut new = Phone::new(survey, &attributes);
        new.walk(|phone, page| {
            let follow = follow_ups(survey, &attributes, &phone.draft.answers, survey.page(page).unwrap());
            let mut fields = answered(phone, page, &picks);
            let whole = whole_page(survey, page, &picks);
            fields.extend(whole.into_iter().filter(|field| !fields.contains(field)).filter(|(name, _)| {
                let key = name.strip_prefix("q.").unwrap();
                ids(&follow).contains(medvirk::respond::post::question_of(key))
            }).collect::<Vec<_>>());
            fields.push((OPENS.to_owned(), ids(&follow).into_iter().collect::<Vec<_>>().join(",")));
            fields
        });
        prop_assert!(new.posts.len() <= old.posts.len());
        prop_assert_eq!(new.sent(), old.sent(), "{}", text);
    }
}

/// The property is tried on follow-ups of every kind.
#[test]
fn there_are_follow_ups_to_try_it_on() {
    let (mut alone, mut together) = (0, 0);
    for (_, survey) in surveys() {
        let phone = Phone::new(survey, &std::iter::once(("boss".to_owned(), "yes".to_owned())).collect());
        for page in &survey.pages {
            let follow = follow_ups(survey, &phone.attributes, &phone.draft.answers, page);
            alone += follow.questions.iter().filter(|one| one.behind.len() == 1).count();
            together += follow.questions.iter().filter(|one| one.behind.len() > 1).count();
        }
    }
    assert!(alone > 20 && together > 5, "{alone} behind one group, {together} behind several");
}

#[test]
fn the_style_sheet_has_a_rule_for_every_group() {
    let css = include_str!("../../../assets/form.css");
    for place in 1..=GROUPS {
        assert!(css.contains(&format!("form:has(.o{place}:checked) .i{place}")), "{place}");
    }
    assert!(!css.contains(&format!(".o{}:", GROUPS + 1)));
}
