//! What a publication shows and what it hides, in words.

use serde_json::{Value, json};

use crate::anonymity::foresight::{Division, FEW_ANSWER, Foresight, Level, Merge};
use crate::anonymity::publication::{Coverage, Publication};

const LEVELS: [&str; 4] = ["the whole", "areas", "services", "units"];

/// For people.
pub fn in_words(published: &Publication) -> String {
    let Publication { edition, last, invited, respondents, k, gate, hash, .. } = published;
    let interim = if *last { "" } else { ", an interim one: the whole and the areas, and no follow-ups" };
    let mut lines = vec![
        format!("published edition {edition}{interim}: {respondents} of {invited} answered"),
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
        "id": id, "state": if published.last { "published" } else { "open" }, "edition": published.edition, "hash": published.hash,
        "invited": published.invited, "respondents": published.respondents,
        "groups": published.coverage().iter().map(coverage).collect::<Vec<_>>(), "gate": published.gate,
    })
}

/// Merges that are told; more than that nobody reads.
const TOLD: usize = 10;

/// What the register says about the results to come, for people.
pub fn foreseen(foresight: &Foresight, k: u32) -> String {
    let mut lines = vec![format!("results that can be shown (no group under {k}):")];
    lines.extend(LEVELS.iter().skip(1).zip(&foresight.levels).map(|(name, level)| {
        let Level { places, hidden, doubtful } = level;
        format!(
            "    {name}: {places}, of which {hidden} will have no results of their own even if everybody answers, and {doubtful} \
             more if only {FEW_ANSWER} % answer"
        )
    }));
    lines.extend(foresight.breakdowns.iter().map(|division| {
        let Division { breakdown, level, groups, hidden } = division;
        let level = LEVELS.get(*level).copied().unwrap_or("deeper places");
        format!("    by {breakdown}, {level}: {groups} groups, of which {hidden} stay hidden")
    }));
    if !foresight.merges.is_empty() {
        lines.push("merging these in the register would help most people:".to_owned());
    }
    lines.extend(foresight.merges.iter().take(TOLD).map(|merge| {
        let Merge { within, places: [one, other], people: [few, more], helped } = merge;
        format!("    {}: {one} ({few}) with {other} ({more}), which helps {helped}", within.join(" / "))
    }));
    lines.join("\n")
}

/// The same for programs, with every merge.
pub fn foreseen_json(foresight: &Foresight) -> Value {
    let level = |l: &Level| json!({ "places": l.places, "hidden": l.hidden, "doubtful": l.doubtful });
    let merge = |m: &Merge| json!({ "within": m.within, "places": m.places, "people": m.people, "helped": m.helped });
    let division =
        |d: &Division| json!({ "breakdown": d.breakdown, "level": d.level, "groups": d.groups, "hidden": d.hidden });
    json!({
        "breakdowns": foresight.breakdowns.iter().map(division).collect::<Vec<_>>(),
        "levels": foresight.levels.iter().map(level).collect::<Vec<_>>(),
        "merges": foresight.merges.iter().map(merge).collect::<Vec<_>>(),
    })
}
