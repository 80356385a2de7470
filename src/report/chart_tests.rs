use proptest::prelude::*;

use super::*;

const ATTACK: &str = "\"/><script>alert('x')</script>&\u{0}\u{7}";

fn option(label: &str) -> FigureOption {
    FigureOption { label: label.into(), aside: label == "Vet ikke" }
}

fn figure(shape: Shape, labels: &[&str], rows: Vec<Row>) -> Figure {
    let options = labels.iter().map(|label| option(label)).collect();
    Figure { id: "info".into(), title: "Fikk du informasjon?".into(), shape, options, rows }
}

fn row(label: Option<&str>, counts: &[u64]) -> Row {
    Row { label: label.map(Into::into), base: counts.iter().sum(), counts: counts.into() }
}

#[test]
fn bars_of_a_choice() {
    let labels = ["Ja", "Nei, jeg har ikke hatt noe behov for det i løpet av denne perioden", "Vet ikke"];
    insta::assert_snapshot!(svg(
        &figure(Shape::Bars, &labels, vec![row(None, &[4120, 1840, 127])]),
        Notation::Norwegian
    ));
}

#[test]
fn a_stacked_scale() {
    let labels = ["Svært liten", "Liten", "Noen", "Stor", "Svært stor", "Vet ikke"];
    let rows = vec![row(None, &[212, 498, 1701, 2204, 912, 118])];
    insta::assert_snapshot!(svg(&figure(Shape::Stacked, &labels, rows), Notation::English));
}

#[test]
fn audiences_side_by_side() {
    let rows = vec![row(Some("Ledere"), &[29, 118, 260]), row(Some("Andre"), &[704, 1498, 2721])];
    insta::assert_snapshot!(svg(&figure(Shape::Stacked, &["Nei", "Delvis", "Ja"], rows), Notation::Norwegian));
}

#[test]
fn hostile_labels_stay_text() {
    let mut hostile = figure(Shape::Stacked, &[ATTACK, "b"], vec![row(Some(ATTACK), &[5, 5])]);
    hostile.title = ATTACK.into();
    hostile.id = "a\" onload=\"x".into();
    let drawn = svg(&hostile, Notation::English);
    assert!(!drawn.contains("<script"), "{drawn}");
    assert!(!drawn.contains("onload=\""), "{drawn}");
    assert!(drawn.contains("&lt;script&gt;"), "{drawn}");
}

#[test]
fn nobody_and_nothing_can_be_drawn() {
    assert!(svg(&figure(Shape::Bars, &[], Vec::new()), Notation::English).starts_with("<svg"));
    assert!(svg(&figure(Shape::Stacked, &["a", "b"], vec![row(None, &[0, 0])]), Notation::English).contains('–'));
}

proptest! {
    #[test]
    fn every_figure_is_drawn(counts in prop::collection::vec(any::<u32>(), 0..12), extra in any::<u32>(), stacked in any::<bool>()) {
        let counts: Vec<u64> = counts.into_iter().map(u64::from).collect();
        let base = counts.iter().sum::<u64>() + u64::from(extra);
        let options = counts.iter().map(|_| option("ja")).collect();
        let shape = if stacked { Shape::Stacked } else { Shape::Bars };
        let figure = Figure { id: "x".into(), title: "t".into(), shape, options, rows: vec![Row { label: None, base, counts }] };
        let drawn = svg(&figure, Notation::Norwegian);
        prop_assert!(drawn.ends_with("</svg>"));
    }
}
