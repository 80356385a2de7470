//! What readers get: rates with blunt ends, audiences side by side, trends and their refusals.

use medvirk::anonymity::publication::{Base, Publication};
use medvirk::definition::load;
use medvirk::definition::model::{Language, Pair as Declared};
use medvirk::results::audience::asked;
use medvirk::results::breakdown::{compared, every, pairs, sides};
use medvirk::results::compare::{places, values};
use medvirk::results::distribution::Distribution;
use medvirk::results::rank::ranks;
use medvirk::results::rate::{Part, at, below};
use medvirk::results::row::Measure;
use medvirk::results::standing_out::{overview, standing};
use medvirk::results::trend::{Reason, trend};
use medvirk::results::view::{Position, Scope, View};

const PULSE: &[u8] = include_bytes!("../../survey-definitions/krisepuls.yaml");

fn earlier(change: impl Fn(&mut Publication)) -> Publication {
    let mut publication = Publication { survey: "earlier".to_owned(), ..crate::hand() };
    change(&mut publication);
    publication
}

#[test]
fn a_rate_at_the_end_does_not_say_how_few_are_left() {
    let mut publication = crate::hand();
    let blunt = publication.response.iter_mut().find(|rate| rate.group == "invited.b.").unwrap();
    (blunt.counts, blunt.percent) = (Some([80, 79]), Some(">90".to_owned()));
    let view = View::of(&publication, &Scope::Whole);
    let rates = below(&view, "");
    let parts: Vec<_> = rates.iter().map(|rate| (rate.part, rate.answered)).collect();
    assert_eq!(
        parts,
        [
            (Some(Part::Percent(70)), Some(70)),
            (Some(Part::Over90), None),
            (Some(Part::Percent(60)), Some(71)),
            (None, None)
        ]
    );
    assert_eq!(at(&view, Position::WHOLE).unwrap().invited, Some(311));
}

#[test]
fn a_reader_of_one_area_sees_the_others_without_their_ages() {
    let publication = crate::hand();
    let view = View::of(&publication, &Scope::Places(vec!["a".to_owned()]));
    let content = view.question("content").unwrap();
    assert!(view.row(content, Position::at("a").by("age", "40-")).is_some());
    assert!(view.row(content, Position::at("c")).is_some());
    assert!(view.table(content, Position::at("c").by("age", "40-")).is_none());
    assert!(view.row(content, Position::WHOLE.by("age", "40-")).is_some());
    assert_eq!(view.below("").count(), 4);
    assert!(view.everything().row(content, Position::at("c").by("age", "40-")).is_some());
}

#[test]
fn ranks_are_shares_of_those_who_answered() {
    let publication = crate::hand();
    let view = View::of(&publication, &Scope::Whole);
    let row = view.row(view.question("matters").unwrap(), Position::at("a")).unwrap();
    let ranks = ranks(&row);
    assert_eq!(ranks[0].rank, 1);
    assert!(ranks.is_sorted_by(|one, other| one.count >= other.count));
    assert_eq!(ranks[0].percent, Some((200 * ranks[0].count + row.of) / (2 * row.of)));
}

#[test]
fn audiences_stand_side_by_side_in_the_order_of_the_definition() {
    let definition = load(PULSE).unwrap();
    let publication = crate::pulse();
    let view = View::of(&publication, &Scope::Whole);
    let parts = compared(&view, &definition.results.compare[0], "");
    let values: Vec<&str> = parts.iter().map(|part| part.value.id.as_str()).collect();
    assert_eq!(values, ["leaders", "employees"]);
    let near = view.question("leader_near").unwrap();
    let breakdowns: Vec<&str> = every(&view, near, "").iter().map(|(breakdown, _)| breakdown.id.as_str()).collect();
    assert_eq!(breakdowns, ["employment", "role"]);
    let worded = near.wordings.len() > 1;
    assert_eq!(sides(&view, near, "").len(), if worded { 2 } else { 0 });
    let nb = Language::parse("nb").unwrap();
    assert_eq!(asked(&definition, nb, "fear"), None);
    assert!(asked(&definition, nb, "staffing_need").is_some_and(|tag| !tag.is_empty()));
}

#[test]
fn a_trend_is_drawn_where_the_measure_is_the_same() {
    let (then, now) = (earlier(|_| {}), crate::hand());
    let (before, view) = (View::of(&then, &Scope::Whole), View::of(&now, &Scope::Whole));
    let content = view.question("content").unwrap();
    let drawn = trend(&view, content, Position::at("a"), std::slice::from_ref(&before));
    assert_eq!(drawn.refused, []);
    assert_eq!(drawn.waves.iter().map(|wave| wave.earlier).collect::<Vec<_>>(), [Some(0), None]);
    let change = drawn.waves[1].change.unwrap();
    assert!(change.size.abs() < 1e-12 && !change.is_significant());
    // Not named by `same_as`: neither drawn nor refused.
    let colour = trend(&view, view.question("colour").unwrap(), Position::WHOLE, &[before]);
    assert_eq!((colour.waves.len(), colour.refused.len()), (1, 0));
}

#[test]
fn a_trend_is_refused_with_the_reason() {
    type Change = fn(&mut Publication);
    let cases: [(Change, Reason); 4] = [
        (|p| p.questions[0].id = "other".to_owned(), Reason::NoSuchQuestion),
        (|p| p.questions[0].options[0].id = "0".to_owned(), Reason::Answers),
        (|p| p.questions[0].reverse = true, Reason::Direction),
        (|p| p.questions[0].population = "asked-moved".to_owned(), Reason::Audience),
    ];
    let now = crate::hand();
    let view = View::of(&now, &Scope::Whole);
    for (change, reason) in cases {
        let then = earlier(change);
        let drawn = trend(&view, view.question("content").unwrap(), Position::WHOLE, &[View::of(&then, &Scope::Whole)]);
        assert_eq!((drawn.waves.len(), drawn.refused.len()), (1, 1));
        assert_eq!(drawn.refused[0].reason, reason);
    }
}

#[test]
fn what_is_missing_is_told_apart() {
    let publication = crate::hand();
    let view = View::of(&publication, &Scope::Whole);
    let figures =
        |id: &str| Distribution::of(&view, view.question(id).unwrap(), Position::WHOLE).unwrap().figures.unwrap();
    let content = figures("content");
    assert_eq!(content.missing.not_asked, Some(&Base::Exact(0)));
    assert!(content.missing.dont_know.is_some_and(|count| count > 0) && content.missing.open > 0);
    assert!(content.bars.last().unwrap().aside);
    let matters = figures("matters");
    assert_eq!(matters.missing.dont_know, None);
    assert_eq!(matters.missing.not_asked, Some(&Base::About("0–4".to_owned())));
}

#[test]
fn a_pair_shows_leaders_beside_employees() {
    let mut definition = load(PULSE).unwrap();
    definition.results.pairs = vec![Declared { leader: "content".to_owned(), employee: "stress".to_owned() }];
    let publication = crate::hand();
    let view = View::of(&publication, &Scope::Whole);
    let pairs = pairs(&view, &definition, "a");
    let favourable = |distribution: &Distribution<'_>| {
        f64::from(distribution.figures.as_ref().and_then(|figures| figures.favourable).unwrap())
    };
    let pair = &pairs[0];
    let size = pair.difference.unwrap().size;
    assert!((size - (favourable(&pair.leader) - favourable(&pair.employee))).abs() <= 1.0, "{size}");
    // The hidden area has its place, and no figures.
    let hidden = Distribution::of(&view, view.question("content").unwrap(), Position::at("d")).unwrap();
    assert!(hidden.figures.is_none());
}

#[test]
fn ages_are_compared_with_the_rest_of_their_place() {
    let publication = crate::hand();
    let view = View::of(&publication, &Scope::Whole);
    let content = view.question("content").unwrap();
    let whole = view.row(content, Position::WHOLE).unwrap().share(Measure::Favourable).unwrap();
    let ages = values(&view, content, Measure::Favourable, "", "age");
    assert_eq!(ages.len(), 2);
    for age in &ages {
        assert_eq!((age.own.part + age.rest.part, age.own.of + age.rest.of), (whole.part, whole.of));
        assert!(age.difference.low < age.difference.size && age.difference.size < age.difference.high);
        assert!(age.difference.adjusted >= age.difference.chance);
    }
}

#[test]
fn what_stands_out_comes_in_the_order_of_its_size() {
    let publication = crate::hand();
    let view = View::of(&publication, &Scope::Whole);
    let overview = overview(&view, "", 1);
    assert_eq!((overview.lowest.len(), overview.highest.len()), (1, 1));
    assert!(overview.lowest[0].percent <= overview.highest[0].percent);
    assert!(overview.differences.len() <= 1);
    assert!(overview.differences.iter().all(|standing| standing.comparison.difference.is_significant()));
}

/// Of a choice any option may differ, and the largest difference of a place stands for it.
#[test]
fn an_answer_to_a_choice_stands_out_once_for_a_place() {
    let mut publication = crate::hand();
    let area = publication.groups.iter().find(|group| group.unit.len() == 1 && group.audience == "everybody").unwrap();
    let (place, area) = (area.place.clone(), area.id.clone());
    // All of one area like red.
    let mut moved = Vec::new();
    for group in [area.as_str(), "everybody.."] {
        let mut tables = publication.tables.iter_mut();
        let table = tables.find(|table| table.question == "colour" && table.group == group).unwrap();
        let counts = table.counts.as_mut().unwrap();
        if moved.is_empty() {
            moved.clone_from(&counts[1..3].to_vec());
        }
        counts[0] += moved.iter().sum::<u32>();
        counts.iter_mut().skip(1).zip(&moved).for_each(|(count, moved)| *count -= moved);
    }
    let view = View::of(&publication, &Scope::Whole);
    let colour = view.question("colour").unwrap();
    let found = standing(&view, colour, "", "");
    let one = found.iter().find(|one| one.comparison.group.place == place).unwrap();
    assert_eq!(one.measure, Measure::Option(0));
    assert_eq!(one.comparison.own.part, one.comparison.own.of);
    let alone = places(&view, colour, Measure::Option(0), "", "");
    let alone = alone.iter().find(|other| other.group.place == place).unwrap();
    assert!(one.comparison.difference.adjusted > alone.difference.adjusted, "adjusted for three options");
    let mut seen: Vec<_> = found.iter().map(|one| &one.comparison.group.place).collect();
    seen.dedup();
    assert_eq!(seen.len(), found.len(), "each place once");
}
