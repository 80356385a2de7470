//! What the style sheets owe to eyes: contrast by numbers in both themes, and rest where rest is asked for.

use std::collections::BTreeMap;

use medvirk::config::Colour;
use medvirk::web::pages::assets::asset;

/// WCAG 1.4.3 for text, 1.4.11 for the edges of controls, the ring of focus and what a picture says.
const TEXT: f64 = 4.5;
const EDGE: f64 = 3.0;

/// Ink, ground, and how much they must differ.
const BOTH: [(&str, &str, f64); 24] = [
    ("ink", "sheet", TEXT),
    ("ink", "ground", TEXT),
    ("ink", "tint", TEXT),
    ("ink", "bad-tint", TEXT),
    ("soft", "sheet", TEXT),
    ("soft", "ground", TEXT),
    ("soft", "tint", TEXT),
    ("brand", "sheet", TEXT),
    ("brand", "ground", TEXT),
    ("brand", "tint", TEXT),
    ("brand-ink", "brand", TEXT),
    ("bad", "sheet", TEXT),
    ("bad", "bad-tint", TEXT),
    ("sheet", "bad", TEXT),
    ("edge", "sheet", EDGE),
    ("edge", "tint", EDGE),
    ("brand", "line", EDGE),
    ("bad", "ground", EDGE),
    ("focus", "sheet", EDGE),
    ("focus", "ground", EDGE),
    ("focus", "tint", EDGE),
    ("focus", "bad-tint", EDGE),
    ("focus", "line", EDGE),
    ("edge", "ground", EDGE),
];

const HR: [(&str, &str, f64); 8] = [
    ("doubt", "sheet", TEXT),
    ("doubt", "doubt-tint", TEXT),
    ("ink", "doubt-tint", TEXT),
    ("good", "sheet", TEXT),
    ("good", "good-tint", TEXT),
    ("ink", "good-tint", TEXT),
    ("chart-bar", "chart-track", EDGE),
    ("chart-bar", "chart-ground", EDGE),
];

/// Results and their pictures: ink on paper, bars on their tracks, numbers on what they stand on.
const VIEWER: [(&str, &str, f64); 24] = [
    ("ink", "paper", TEXT),
    ("soft", "paper", TEXT),
    ("p1", "paper", TEXT),
    ("p7", "paper", TEXT),
    ("bar", "paper", EDGE),
    ("bar", "track", EDGE),
    ("on-dark", "p1", TEXT),
    ("on-dark", "p2", TEXT),
    ("on-light", "p3", TEXT),
    ("on-light", "p4", TEXT),
    ("on-light", "p5", TEXT),
    ("on-dark", "p6", TEXT),
    ("on-dark", "p7", TEXT),
    ("on-dark", "o1", TEXT),
    ("on-light", "o2", TEXT),
    ("on-dark", "o3", TEXT),
    ("on-light", "o4", TEXT),
    ("on-dark", "o5", TEXT),
    ("on-light", "o6", TEXT),
    ("on-light", "h2", TEXT),
    ("on-light", "h3", TEXT),
    ("ink", "h4", TEXT),
    ("on-light", "h5", TEXT),
    ("on-light", "h6", TEXT),
];

type Colours = BTreeMap<String, [u8; 3]>;

#[test]
fn every_pair_of_colours_has_its_contrast() {
    let mut pairs = 0;
    let mut faults = Vec::new();
    for (file, own) in [("form.css", &[][..]), ("hr.css", &HR[..])] {
        for (theme, colours) in themes(file) {
            for (ink, ground, least) in BOTH.iter().chain(own) {
                let ratio = contrast(colours[*ink], colours[*ground]);
                pairs += 1;
                if ratio < *least {
                    faults.push(format!("{file} {theme}: --{ink} on --{ground} is {ratio:.2}, not {least}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} of {pairs} pairs:\n{}", faults.len(), faults.join("\n"));
}

/// What Digdir's style sheet brings is Digdir's to keep; this is what we add to it.
#[test]
fn every_picture_of_results_can_be_read() {
    let blocks: Vec<Colours> = blocks(style_sheet("viewer.css")).collect();
    let [light, dark, light_heat, dark_heat] = blocks.as_slice() else { panic!("{} blocks of colours", blocks.len()) };
    let mut colours = light.clone();
    colours.extend(light_heat.clone());
    let mut faults = Vec::new();
    for (theme, changed) in [("light", [&Colours::new(), &Colours::new()]), ("dark", [dark, dark_heat])] {
        for changed in changed {
            colours.extend(changed.clone());
        }
        for (ink, ground, least) in VIEWER {
            let ratio = contrast(colours[ink], colours[ground]);
            faults
                .extend((ratio < least).then(|| format!("{theme}: --{ink} on --{ground} is {ratio:.2}, not {least}")));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// The lightest colours that the settings take, and black, which the dark theme has to lighten most.
#[test]
fn an_employers_colour_can_be_read_on_every_ground() {
    for colour in ["#c81f1f", "#1f771f", "#4c4cff", "#6e6200", "#8a1fb4", "#000000"] {
        let css = Colour::parse(colour).expect("a colour that is taken").css();
        for file in ["form.css", "hr.css"] {
            for ((theme, mut colours), own) in themes(file).into_iter().zip(blocks(&css)) {
                colours.extend(own);
                for (ink, ground, least) in BOTH.iter().filter(|pair| pair.0.starts_with("brand")) {
                    let ratio = contrast(colours[*ink], colours[*ground]);
                    assert!(
                        ratio >= *least,
                        "{colour} {file} {theme}: --{ink} on --{ground} is {ratio:.2}, not {least}"
                    );
                }
            }
        }
    }
}

#[test]
fn contrast_is_what_wcag_says_it_is() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
}

#[test]
fn nothing_moves_for_whoever_asks_for_rest() {
    const UNASKED: &str = "@media (prefers-reduced-motion: no-preference) {";
    for file in ["form.css", "hr.css"] {
        let css = style_sheet(file);
        let (before, moving) = css.split_once(UNASKED).expect("something moves");
        let still = [before, &moving[end_of_block(moving)..]].concat();
        assert!(!still.contains("transition:") && !still.contains("animation:"), "{file}");
    }
}

/// Where the block closes that has just been opened.
fn end_of_block(css: &str) -> usize {
    let mut depth = 1;
    let closes = |letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        depth == 0
    };
    css.find(closes).expect("a closed block")
}

fn style_sheet(file: &str) -> &'static str {
    std::str::from_utf8(asset(file).expect("a style sheet").bytes).expect("UTF-8")
}

/// The light colours, and the dark ones in their place.
fn themes(file: &str) -> [(&'static str, Colours); 2] {
    let mut blocks = blocks(style_sheet(file));
    let light = blocks.next().expect("the light colours");
    let mut dark = light.clone();
    dark.extend(blocks.next().expect("the dark colours"));
    assert_ne!(light["sheet"], dark["sheet"], "{file} is the same in the dark");
    [("light", light), ("dark", dark)]
}

fn blocks(css: &str) -> impl Iterator<Item = Colours> {
    css.split(":root {").skip(1).map(|rest| colours(rest.split('}').next().unwrap_or_default()))
}

fn colours(block: &str) -> Colours {
    let one = |line: &str| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
        Some((name.to_owned(), rgb(value)))
    };
    block.split(';').filter_map(one).collect()
}

fn rgb(hex: &str) -> [u8; 3] {
    let full: String = if hex.len() == 3 { hex.chars().flat_map(|digit| [digit, digit]).collect() } else { hex.into() };
    let value = u32::from_str_radix(&full, 16).expect("a colour of three or six digits");
    let [_, rgb @ ..] = value.to_be_bytes();
    rgb
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance, from 0 for black to 1 for white.
fn luminance(rgb: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = rgb.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
