//! Every verdict agrees with all respondents of small random surveys, walked one by one.

mod diagrams;
mod everybody;
mod surveys;

use std::collections::BTreeMap;

use crate::definition::check::check;
use crate::definition::diagnostic::Diagnostic;
use crate::definition::parse::parse;
use crate::definition::yaml;
use surveys::Dice;

/// The rules that are proven.
const PROVEN: [&str; 9] = ["E311", "E312", "E313", "W314", "W315", "E321", "E322", "E323", "E702"];

/// Code and line, sorted.
type Verdicts = Vec<(&'static str, usize)>;

fn proven(diagnostics: &[Diagnostic]) -> Verdicts {
    let mut verdicts: Verdicts = diagnostics
        .iter()
        .map(|one| (one.rule.code(), one.span.start.line))
        .filter(|(code, _)| PROVEN.contains(code))
        .collect();
    verdicts.sort_unstable();
    verdicts
}

#[test]
fn every_verdict_is_that_of_all_respondents_walked_one_by_one() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut clean, mut respondents) = (0, 0);
    for seed in 0..cases() {
        let text = surveys::survey(&mut Dice::of(seed));
        let parsed = parse(&yaml::read(text.as_bytes()).unwrap());
        let definition = parsed.definition.unwrap();
        assert!(parsed.diagnostics.is_empty(), "seed {seed}: {:?}\n{text}", parsed.diagnostics);
        let found = check(&definition, &parsed.sources, &[], Vec::new());
        assert!(
            found.iter().all(|one| one.rule.leaves_routing_whole() || PROVEN.contains(&one.rule.code())),
            "{found:?}\n{text}"
        );
        let (expected, worlds) = everybody::verdicts(&definition, &text);
        assert_eq!(proven(&found), expected, "seed {seed}\n{text}\n{found:#?}");
        for (code, _) in &expected {
            *seen.entry(code).or_default() += 1;
        }
        clean += usize::from(expected.is_empty());
        respondents += worlds;
    }
    println!("{} surveys, {respondents} respondents, {clean} clean: {seen:?}", cases());
    // The surveys are a real mixture: every verdict is given often, and often not.
    for code in PROVEN {
        assert!(seen.get(code).is_some_and(|count| *count > 50), "{code}: {seen:?}");
    }
    assert!(clean > 50, "{clean}");
}

/// More by hand: `PROOF_CASES=100000 cargo test --lib proof`.
fn cases() -> u64 {
    std::env::var("PROOF_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1500)
}
