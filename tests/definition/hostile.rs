//! Files that mean harm, or are no surveys at all, are refused quickly and never bring the process down.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use medvirk::definition::diagnostic::render;
use medvirk::definition::{MAX_BYTES, inspect};
use proptest::prelude::*;

use crate::MIDWAY;

/// Far more than any of them takes, and far less than a hang.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reads and renders; gives the codes.
fn refused(source: &[u8]) -> Vec<&'static str> {
    let started = Instant::now();
    let checked = inspect(source);
    let rendered = render("hostile.yaml", source, &checked.diagnostics, false);
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    assert_eq!(checked.definition.is_none(), rendered.contains(": error: "));
    checked.diagnostics.iter().map(|one| one.rule.code()).collect()
}

#[test]
fn nesting_of_every_kind_ends_at_a_limit() {
    for deep in
        ["[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000), "? ".repeat(10_000), "[{a: ".repeat(100_000)]
    {
        let codes = refused(deep.as_bytes());
        assert!(codes == ["E003"] || codes == ["E006"], "{codes:?}");
    }
    let mut stairs = String::new();
    for depth in 0..1000 {
        writeln!(stairs, "{}a:", " ".repeat(depth)).unwrap();
    }
    assert_eq!(refused(stairs.as_bytes()), ["E003"]);
}

#[test]
fn a_bomb_of_aliases_is_refused_at_its_fuse() {
    let mut bomb = "a0: &a0 [x, x, x]\n".to_owned();
    for level in 1..30 {
        let before = format!("*a{}, ", level - 1).repeat(9);
        writeln!(bomb, "a{level}: &a{level} [{before}]").unwrap();
    }
    assert!(refused(bomb.as_bytes()).iter().all(|code| *code == "E004" || *code == "E099"));
}

#[test]
fn large_files_are_refused_unread() {
    assert_eq!(refused(&vec![b'a'; MAX_BYTES + 1]), ["E001"]);
}

#[test]
fn thousands_of_mistakes_are_cut_short() {
    let keys: String = (0..50_000).fold(String::new(), |text, n| text + &format!("k{n}: 1\n"));
    assert_eq!(refused(keys.as_bytes()).last(), Some(&"E099"));

    let names = (0..20_000).fold(String::new(), |text, n| text + &format!("  a{n}: b{n}\n"));
    let midway = String::from_utf8(MIDWAY.to_vec()).unwrap().replace("audiences:\n", &format!("audiences:\n{names}"));
    assert_eq!(refused(midway.as_bytes()).last(), Some(&"E099"));
}

#[test]
fn a_long_chain_of_audiences_is_refused() {
    let chain = (1..20_000).fold("  a0: leaders\n".to_owned(), |text, n| text + &format!("  a{n}: a{}\n", n - 1));
    let midway = String::from_utf8(MIDWAY.to_vec()).unwrap().replace("audiences:\n", &format!("audiences:\n{chain}"));
    assert!(refused(midway.as_bytes()).contains(&"E303"));
}

#[test]
fn a_long_chain_that_ends_in_a_circle_is_refused() {
    let chain = (0..20_000).fold(String::new(), |text, n| text + &format!("  a{n}: a{}\n", (n + 1).min(19_998)));
    let midway = String::from_utf8(MIDWAY.to_vec()).unwrap().replace("audiences:\n", &format!("audiences:\n{chain}"));
    assert_eq!(refused(midway.as_bytes()), ["E303"]);
}

/// The midway evaluation with other audiences before its own.
fn with_audiences(audiences: &str) -> String {
    String::from_utf8(MIDWAY.to_vec()).unwrap().replace("audiences:\n", &format!("audiences:\n{audiences}"))
}

/// Proofs end at their limit of work, however much a file asks of them.
#[test]
fn proofs_of_hostile_conditions_end_in_time() {
    let roles =
        ["staff_responsibility: yes", "union_rep: no", "safety_rep: yes", "info_before: {at_most: 2}", "age: 30-39"];
    let atom = |n: usize| format!("{{{}}}", roles[n % 5]);
    let list = |count: usize, seed: usize| (0..count).map(|n| atom(n * seed)).collect::<Vec<_>>().join(", ");
    let audiences: Vec<String> = (0..1000).map(|n| format!("  x{n}: {{any: [{}]}}", list(15, n + 1))).collect();
    let audiences = audiences.join("\n") + "\n";
    refused(with_audiences(&audiences).as_bytes());
    refused(with_audiences(&format!("  x: {{any: [{}]}}\n", list(900, 3))).as_bytes());
    let words = (0..900).map(|n| format!("{{employment: [w{n}, v{n}]}}")).collect::<Vec<_>>().join(", ");
    refused(with_audiences(&format!("  x: {{any: [{words}]}}\n")).as_bytes());
    let nested = (0..25).fold(atom(0), |inner, n| format!("{{not: {{any: [{}, {inner}]}}}}", atom(n)));
    refused(with_audiences(&format!("  x: {nested}\n")).as_bytes());
    let page = format!("  - id: redeployment_start\n    for: {{any: [{}]}}", list(20_000, 7));
    let midway = String::from_utf8(MIDWAY.to_vec()).unwrap();
    refused(midway.replace("  - id: redeployment_start\n    for: redeployed", &page).as_bytes());
    assert!(peak_megabytes() < 256, "{} MB", peak_megabytes());
}

/// However many questions name however many others, of however large an audience and with however many options.
#[test]
fn trends_of_hostile_surveys_end_in_time() {
    let many = (0..900).map(|n| format!("{{days: {n}}}")).collect::<Vec<_>>().join(", ");
    let options: String = (0..4000).fold(String::new(), |text, n| text + &format!("{{id: o{n}, label: {{nb: O}}}}, "));
    let all = (0..300).map(|n| format!("x.q{n}")).collect::<Vec<_>>().join(", ");
    let question = |n: usize, same_as: &str, kind: &str| {
        format!(
            "      - {{id: q{n}, for: {{not: {{any: [a, {{days: {}}}]}}}}, same_as: [{same_as}], text: {{nb: Q}}, type: {kind}}}\n",
            3 * n
        )
    };
    let survey = |questions: String| {
        format!(
            "survey: x\nlanguages: [nb]\ntitle: {{nb: T}}\nintro: {{nb: I}}\nthanks: {{nb: T}}\n\
             sms: {{sender: Eksempel, invitation: {{nb: \"{{link}}\"}}}}\naudiences:\n  a: {{any: [{many}]}}\npages:\n  \
             - id: p\n    questions:\n      - {{id: days, type: number, required: true, text: {{nb: D}}}}\n{questions}"
        )
    };
    let crossed = survey((0..300).map(|n| question(n, &all, "yes_no")).collect());
    // Each adds to `a` what is in it already, so that all ask the same people and none of the pairs is refused.
    assert!(!refused(crossed.as_bytes()).contains(&"W703"));
    let repeated = "x.q0, ".repeat(40_000);
    let choice = format!("choice, options: [{options}]");
    refused(survey(question(0, &repeated, &choice) + &question(1, &repeated, &choice)).as_bytes());
}

/// The most memory that this process ever had; nothing where the system does not say.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// Conditions of every shape, some about what does not exist.
fn condition() -> impl Strategy<Value = String> {
    let subject = "staff_responsibility|union_rep|age|employment|leaders|redeployment|info_before|nothing";
    let test = "yes|no|30-39|\\[now, earlier\\]|\\{at_most: 2\\}|\\{is_not: \\[yes, no\\]\\}|unknown|[a-z]{1,3}";
    let name = prop_oneof![Just("leaders".to_owned()), Just("others".to_owned()), Just("reps".to_owned())];
    let atom =
        prop_oneof![4 => (subject, test).prop_map(|(subject, test)| format!("{{{subject}: {test}}}")), 2 => name];
    atom.prop_recursive(8, 120, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(|parts| format!("{{all: [{}]}}", parts.join(", "))),
            proptest::collection::vec(inner.clone(), 0..6).prop_map(|parts| format!("{{any: [{}]}}", parts.join(", "))),
            inner.prop_map(|part| format!("{{not: {part}}}")),
        ]
    })
}

#[test]
fn one_line_of_a_megabyte_is_not_drawn() {
    let line = format!("survey: {}", "x".repeat(MAX_BYTES - 10));
    let diagnostics = inspect(line.as_bytes()).diagnostics;
    assert!(render("long.yaml", line.as_bytes(), &diagnostics, false).len() < 3 * MAX_BYTES);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(source in proptest::collection::vec(any::<u8>(), 0..200)) {
        refused(&source);
    }

    #[test]
    fn any_yaml_signs_are_read_or_refused(source in "[\\-?:,\\[\\]{}#&*!|>'\"%@` \n\ta~<.0-9é]{0,200}") {
        refused(source.as_bytes());
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_conditions_are_proven_or_refused(conditions in proptest::collection::vec(condition(), 1..12)) {
        let named = |(number, condition)| format!("  x{number}: {condition}\n");
        refused(with_audiences(&conditions.into_iter().enumerate().map(named).collect::<String>()).as_bytes());
    }

    /// Bytes of the midway evaluation replaced, removed and doubled.
    #[test]
    fn any_damage_to_a_survey_is_read_or_refused(
        at in proptest::collection::vec((0..MIDWAY.len(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let mut source = MIDWAY.to_vec();
        for (place, byte, what) in at {
            let place = place.min(source.len() - 1);
            match what {
                0 => source[place] = byte,
                1 => drop(source.remove(place)),
                _ => source.insert(place, *b" :-{}[]\n\t\"'#&*!|>".get(usize::from(byte) % 17).unwrap()),
            }
        }
        refused(&source);
    }

    /// Whole lines removed, doubled and moved: mostly good YAML, mostly a broken survey.
    #[test]
    fn any_lines_out_of_order_are_read_or_refused(moves in proptest::collection::vec((0..200_usize, 0..200_usize), 1..8)) {
        let text = String::from_utf8(MIDWAY.to_vec()).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        for (from, to) in moves {
            let line = lines.remove(from % lines.len());
            lines.insert(to % lines.len(), line);
        }
        refused(lines.join("\n").as_bytes());
    }
}
