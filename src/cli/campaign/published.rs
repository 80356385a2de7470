//! What a publication shows and what it hides, in words.

use serde_json::{Value, json};

use crate::anonymity::publication::{Coverage, Publication};

const LEVELS: [&str; 4] = ["the whole", "areas", "services", "units"];

/// For people.
pub fn in_words(published: &Publication) -> String {
    let Publication { edition, invited, respondents, k, gate, hash, .. } = published;
    let mut lines = vec![
        format!("published edition {edition}: {respondents} of {invited} answered"),
        format!("no group under {k} is shown (under {} for sensitive questions), nor what would give one away", 2 * k),
    ];
    lines.extend(published.coverage().iter().map(line));
    lines.push(format!(
        "the attacker tried {} combinations of groups and {} remainders, and learned nothing",
        gate.combinations, gate.remainders
    ));
    lines.push(format!("hash {hash}"));
    lines.join("\n")
}

fn line(coverage: &Coverage) -> String {
    let Coverage { breakdown, level, shown, hidden } = coverage;
    let level = LEVELS.get(*level).copied().unwrap_or("deeper places");
    let by = breakdown.as_ref().map(|breakdown| format!(", by {breakdown}")).unwrap_or_default();
    let all = shown + hidden;
    let why = if *hidden > 0 { ": the others are too small, or would give a small one away" } else { "" };
    format!("{level}{by}: {shown} of {all} groups shown{why}")
}

/// For programs.
pub fn in_json(id: &str, published: &Publication) -> Value {
    let coverage =
        |c: &Coverage| json!({ "breakdown": c.breakdown, "level": c.level, "shown": c.shown, "hidden": c.hidden });
    json!({
        "id": id, "state": "published", "edition": published.edition, "hash": published.hash,
        "invited": published.invited, "respondents": published.respondents,
        "groups": published.coverage().iter().map(coverage).collect::<Vec<_>>(), "gate": published.gate,
    })
}
