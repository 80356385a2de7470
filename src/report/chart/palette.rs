//! Colours, each with the ink that is read on it (at least 4.5 : 1), and the class by which a page repaints it.
//!
//! Orange against teal stays apart for the colour-blind, and both sides differ in lightness too. Options without an order of
//! value are shades of one blue, so that no colour says that an answer is good.

use super::figure::{Key, Tone};

/// How one kind of mark is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paint {
    /// For a page's style sheet.
    pub(super) class: &'static str,
    /// On light paper.
    pub(super) fill: &'static str,
    /// Of numbers upon it, as a class.
    pub(super) ink_class: &'static str,
    /// Of numbers upon it, on light paper.
    pub(super) ink: &'static str,
}

/// Text and lines on the paper itself.
pub(super) const INK: (&str, &str) = ("ink", "#1e2b2e");
pub(super) const SOFT: (&str, &str) = ("soft", "#51605c");
pub(super) const RULE: (&str, &str) = ("rule", "#c3cac7");
pub(super) const GROUND: (&str, &str) = ("ground", "#ffffff");
pub(super) const AXIS: (&str, &str) = ("axis", "#1e2b2e");
pub(super) const TRACK: (&str, &str) = ("track", "#eceeec");

/// A single colour.
pub(super) const BAR: Paint = on_dark("bar", "#0f6b70");
/// Beside the order.
pub(super) const ASIDE: Paint = on_light("aside", "#c2c8c6");

const POINTS: [Paint; 7] = [
    on_dark("p1", "#8f3a12"),
    on_dark("p2", "#b4531f"),
    on_light("p3", "#f0b483"),
    on_light("p4", "#dedcd2"),
    on_light("p5", "#93ccc5"),
    on_dark("p6", "#2a7f80"),
    on_dark("p7", "#0b5156"),
];

const OPTIONS: [Paint; 6] = [
    on_dark("o1", "#1d4e79"),
    on_light("o2", "#8fb7dc"),
    on_dark("o3", "#4a6f92"),
    on_light("o4", "#d3e1ee"),
    on_dark("o5", "#32526f"),
    on_light("o6", "#b1cde6"),
];

const fn on_dark(class: &'static str, fill: &'static str) -> Paint {
    Paint { class, fill, ink_class: "over-dark", ink: "#ffffff" }
}

const fn on_light(class: &'static str, fill: &'static str) -> Paint {
    Paint { class, fill, ink_class: "over-light", ink: "#14211f" }
}

/// A paint for every key: points are spread over the whole range from bad to good, options take one shade after another.
pub(super) fn paints(keys: &[Key]) -> Vec<Paint> {
    let points = keys.iter().filter(|key| key.tone == Tone::Point).count();
    let (mut point, mut option) = (0, 0);
    let mut next = |key: &Key| match key.tone {
        Tone::Aside => ASIDE,
        Tone::Point => {
            point += 1;
            POINTS.get(spread(point - 1, points)).copied().unwrap_or(ASIDE)
        }
        Tone::Option => {
            option += 1;
            OPTIONS.get((option - 1) % OPTIONS.len()).copied().unwrap_or(ASIDE)
        }
    };
    keys.iter().map(&mut next).collect()
}

/// Which of the seven colours a point of so many gets: the ends are the ends, and an odd number has the middle.
fn spread(point: usize, points: usize) -> usize {
    let last = POINTS.len() - 1;
    match points {
        0 | 1 => last,
        // Five steps leave out the darkest, so that all of them are told apart.
        5 => point + 1,
        _ => point * last / (points - 1),
    }
}
