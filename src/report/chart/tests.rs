use proptest::prelude::*;

use super::*;

const ATTACK: &str = "\"/><script>alert('x')</script>&\u{0}\u{7}";

fn figure(picture: Picture) -> Figure {
    Figure {
        id: "info".into(),
        title: "Fikk du informasjon?".into(),
        subtitle: "Spurt: alle · n = 5 645".into(),
        source: "Eksempel kommune, Midtveisevaluering".into(),
        picture,
    }
}

fn keys(labels: &[&str], tone: Tone) -> Vec<Key> {
    let tone = |label: &str| if label == "Vet ikke" { Tone::Aside } else { tone };
    labels.iter().map(|label| Key { label: (*label).into(), tone: tone(label) }).collect()
}

fn stack(label: &str, percents: &[u32], whole: bool) -> Stack {
    let label = Some(label.to_owned());
    Stack { label, base: "412".into(), percents: percents.into(), whole, mark: whole.then_some(Mark::Higher) }
}

fn bar(label: &str, percent: u32) -> Bar {
    Bar { label: label.into(), base: None, percent: Some(percent), about: None, aside: label == "Vet ikke", mark: None }
}

fn scale() -> Figure {
    let degrees = ["Svært liten", "Liten", "Noen", "Stor", "Svært stor", "Vet ikke"];
    let rows = vec![stack("Hele", &[4, 9, 31, 40, 14, 2], true), stack("Skole", &[20, 30, 20, 20, 10, 0], false)];
    figure(Picture::Stacked { keys: keys(&degrees, Tone::Point), diverging: true, rows })
}

#[test]
fn bars_of_a_choice() {
    let rows = vec![
        bar("Ja", 68),
        bar("Nei, jeg har ikke hatt noe behov for det i løpet av denne perioden", 30),
        bar("Vet ikke", 2),
    ];
    insta::assert_snapshot!(svg(&figure(Picture::Bars { rows }), Notation::Norwegian, Medium::Page));
}

#[test]
fn a_scale_with_its_middle_in_one_line() {
    insta::assert_snapshot!(svg(&scale(), Notation::English, Medium::Page));
}

#[test]
fn a_file_stands_by_itself() {
    insta::assert_snapshot!(svg(&scale(), Notation::Norwegian, Medium::File));
}

#[test]
fn means_with_intervals() {
    let dot = |label: &str, value: f64, whole: bool| Dot {
        label: label.into(),
        base: "1 210".into(),
        value: Some(value),
        interval: Some((value - 0.2, value + 0.2)),
        whole,
        mark: (!whole).then_some(Mark::Lower),
    };
    let rows = vec![dot("Hele", 3.4, true), dot("Skole", 2.9, false)];
    insta::assert_snapshot!(svg(
        &figure(Picture::Dots { from: 1.0, to: 5.0, rows }),
        Notation::Norwegian,
        Medium::Page
    ));
}

#[test]
fn slopes_leave_out_what_is_hidden() {
    let lines = vec![Line { label: "Positive".into(), percents: vec![Some(40), None, Some(55), Some(61)] }];
    let waves = ["2018", "2019", "2020", "2021"].map(Into::into).into();
    let drawn = svg(&figure(Picture::Slopes { waves, lines }), Notation::Norwegian, Medium::Page);
    assert_eq!(drawn.matches("<circle").count(), 3);
    assert_eq!(drawn.matches("stroke-width=\"3\"").count(), 1, "one line between neighbours: {drawn}");
    assert!(drawn.contains("2018 40\u{a0}%, 2019 –, 2020 55\u{a0}%"));
}

#[test]
fn names_of_waves_stand_beside_each_other_or_below() {
    let heights = |waves: &[&str]| {
        let lines = vec![Line { label: "Positive".into(), percents: vec![Some(50); waves.len()] }];
        let waves = waves.iter().map(|name| (*name).to_owned()).collect();
        let drawn = svg(&figure(Picture::Slopes { waves, lines }), Notation::Norwegian, Medium::Page);
        let names = drawn.split("<text ").filter(|text| text.contains("font-size=\"13\""));
        names.map(|text| text.split("y=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let lines = |waves: &[&str]| heights(waves).into_iter().collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!((lines(&["2019", "2020"]), lines(&["2018", "2019", "2020", "2021", "2022"])), (1, 1));
    let medium = "Høsten 2019, ekstra";
    assert_eq!((lines(&["Våren 2019"; 3]), lines(&[medium; 3])), (1, 2));
    let long = "Midtveisevaluering av pandemien, våren 2020";
    assert_eq!(heights(&[long; 5]).len(), 5);
    assert!(lines(&[long; 5]) > 2 && lines(&[long; 2]) == 2);
}

#[test]
fn a_long_picture_is_cut_between_rows_and_described_once() {
    let bar = |number: usize| Bar {
        label: format!("Unit {number}"),
        base: None,
        percent: Some(50),
        about: None,
        aside: false,
        mark: None,
    };
    let long = figure(Picture::Bars { rows: (0..25).map(bar).collect() });
    let page = svg(&long, Notation::Norwegian, Medium::Page);
    let parts: Vec<&str> = page.split("<svg").skip(1).collect();
    assert_eq!(parts.iter().map(|part| part.matches("class=\"bar\"").count()).collect::<Vec<_>>(), [10, 10, 5]);
    assert_eq!((page.matches("role=\"img\"").count(), page.matches("aria-hidden").count()), (1, 2));
    assert!(parts[0].contains("Unit 24: 50\u{a0}%."), "the description tells all: {}", parts[0]);
    assert_eq!(svg(&long, Notation::Norwegian, Medium::File).matches("<svg").count(), 1);
}

#[test]
fn every_colour_of_a_key_is_in_the_picture_and_the_legend() {
    let (drawn, legend) = (svg(&scale(), Notation::Norwegian, Medium::Page), legend(&scale()));
    for paint in palette::paints(scale().keys()) {
        assert!(drawn.contains(&format!("class=\"{}\"", paint.class)), "{}", paint.class);
        assert!(legend.contains(paint.fill), "{legend}");
    }
}

#[test]
fn points_of_a_scale_are_told_apart() {
    for points in 2..=7 {
        let labels: Vec<String> = (0..points).map(|point| point.to_string()).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let mut classes: Vec<&str> =
            palette::paints(&keys(&labels, Tone::Point)).iter().map(|paint| paint.class).collect();
        classes.dedup();
        assert_eq!(classes.len(), points);
    }
}

#[test]
fn hostile_labels_stay_text() {
    let rows = vec![stack(ATTACK, &[50, 50], false)];
    let picture = Picture::Stacked { keys: keys(&[ATTACK, "b"], Tone::Option), diverging: false, rows };
    let hostile = Figure { id: "a\" onload=\"x".into(), title: ATTACK.into(), ..figure(picture) };
    for drawn in [svg(&hostile, Notation::English, Medium::File), legend(&hostile)] {
        assert!(!drawn.contains("<script") && !drawn.contains("onload=\""), "{drawn}");
        assert!(drawn.contains("&lt;script&gt;"), "{drawn}");
    }
}

proptest! {
    #[test]
    fn every_figure_is_drawn_within_its_width(
        rows in prop::collection::vec(prop::collection::vec(0_u32..=100, 5), 0..6),
        diverging in any::<bool>(),
    ) {
        // As many percent as there are: what is published adds up to 100.
        let share = |percents: Vec<u32>| {
            let sum = percents.iter().sum::<u32>().max(1);
            percents.into_iter().map(|percent| percent * 100 / sum).collect::<Vec<u32>>()
        };
        let rows: Vec<Stack> = rows.into_iter().map(|percents| stack("a", &share(percents), false)).collect();
        let keys = keys(&["a", "b", "c", "d", "Vet ikke"], Tone::Point);
        let drawn = svg(&figure(Picture::Stacked { keys, diverging, rows }), Notation::Norwegian, Medium::Page);
        prop_assert!(drawn.ends_with("</svg>"));
        for rect in drawn.split("<rect ").skip(1) {
            let number = |name: &str| {
                let text = rect.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split(['"', '%']).next());
                text.and_then(|text| text.parse::<f64>().ok()).unwrap_or(f64::NAN)
            };
            prop_assert!(number("x") >= 0.0 && number("x") + number("width") <= 100.02, "{rect}");
        }
    }
}
