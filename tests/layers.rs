//! The layers hold: a module uses only what stands above it in `src/lib.rs`, and the modules that decide are pure.
#![expect(clippy::unwrap_used, reason = "the sources of this crate can be read")]

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The modules that decide and nothing else.
const DECISIONS: [&str; 8] =
    ["definition", "people", "campaign", "message", "respond", "anonymity", "results", "report"];
/// What the surroundings give. A decision gets what it needs from them as a value.
const SURROUNDINGS: [&str; 3] = ["ports", "config", "logging"];
/// Words that no decision needs.
const EFFECTS: [&[&str]; 7] = [
    &["async"],
    &["await"],
    &["sqlx"],
    &["tokio"],
    &["tracing"],
    &["Timestamp", ":", ":", "now"],
    &["Zoned", ":", ":", "now"],
];

#[test]
fn every_module_uses_only_what_stands_above_it() {
    let root = root();
    let mut found = Vec::new();
    for path in sources(&root) {
        let name = path.strip_prefix(&root).unwrap();
        found.extend(breaches(name, &fs::read_to_string(&path).unwrap()));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_decision_stands_in_the_crate() {
    let order = order();
    let decisions: Vec<_> = order.iter().filter(|module| DECISIONS.contains(&module.as_str())).collect();
    assert_eq!(decisions, DECISIONS);
}

/// The check itself: each of these breaks the rule once.
#[test]
fn a_breach_is_found_and_told() {
    let cases = [
        ("people/phone.rs", "fn f() {}\nuse crate::store::Db;", "src/people/phone.rs:2: people uses store"),
        (
            "definition/mod.rs",
            "use crate::{\n    people::phone::{Phone, web},\n};",
            "src/definition/mod.rs:1: definition uses people",
        ),
        (
            "definition/route.rs",
            "use super::super::people::Phone;",
            "src/definition/route.rs:1: definition uses people",
        ),
        ("message/mod.rs", "fn id() { crate::ports::Chance::System.id() }", "src/message/mod.rs:1: message uses ports"),
        ("store/mod.rs", "use crate::web;", "src/store/mod.rs:1: store uses web"),
        ("report/chart.rs", "\npub async fn draw() {}", "src/report/chart.rs:2: report decides, so no async"),
        ("results.rs", "let at = jiff::Timestamp::now();", "src/results.rs:1: results decides, so no Timestamp::now"),
        ("people/a.rs", "#[cfg(test)]\nmod tests {\n}\nuse crate::web;", "src/people/a.rs:4: people uses web"),
    ];
    for (name, text, expected) in cases {
        assert_eq!(breaches(Path::new(name), text), [expected], "{name}");
    }
}

/// The check lets through what is right.
#[test]
fn what_is_allowed_is_not_told() {
    let allowed = [
        ("people/phone.rs", "use crate::definition::model::Language;\nuse super::employee;"),
        (
            "people/phone.rs",
            "// crate::web and tokio are only talked about\n/* crate::web */ let text = \"crate::web\";",
        ),
        ("people/phone.rs", "fn asynchronous() {}\n#[cfg(test)]\nmod tests {\n    use crate::ports::Chance;\n}\n"),
        ("web/form/pages.rs", "use crate::{actions, delivery::dispatch, store};\nasync fn f() {}"),
        ("store/mod.rs", "use crate::ports::Ports;\nuse crate::config::Settings;"),
        ("cli/serve.rs", "use crate::simulate;"),
    ];
    for (name, text) in allowed {
        assert_eq!(breaches(Path::new(name), text), [""; 0], "{name}");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The modules in the order in which `src/lib.rs` declares them.
fn order() -> Vec<String> {
    let words = words(&fs::read_to_string(root().join("lib.rs")).unwrap());
    let modules = words.windows(2).filter(|pair| pair[0].text == "mod");
    modules.map(|pair| pair[1].text.clone()).collect()
}

/// Every file with modules of the library: all but the crate's own two roots, and without files of tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        match path.extension() {
            _ if ["tests", "lib", "main"].contains(&stem) || stem.ends_with("_tests") => {}
            None => found.extend(sources(&path)),
            Some(extension) if extension == "rs" => found.push(path),
            Some(_) => {}
        }
    }
    found.sort();
    found
}

/// What is wrong in the file at `name` below `src`, one line each.
fn breaches(name: &Path, text: &str) -> Vec<String> {
    let order = order();
    let steps: Vec<_> = name.with_extension("").iter().map(|step| step.to_str().unwrap().to_owned()).collect();
    let module = &steps[0];
    let depth = steps.iter().filter(|step| *step != "mod").count();
    let words = words(text);
    let uses = uses(&words, depth).into_iter().filter(|(_, used)| !may_use(&order, module, used));
    let mut found: Vec<_> = uses.map(|(line, used)| (line, format!("{module} uses {used}"))).collect();
    if DECISIONS.contains(&module.as_str()) {
        found.extend(
            effects(&words).into_iter().map(|(line, effect)| (line, format!("{module} decides, so no {effect}"))),
        );
    }
    found.iter().map(|(line, what)| format!("src/{}:{line}: {what}", name.display())).collect()
}

fn may_use(order: &[String], module: &str, used: &str) -> bool {
    let place = |module: &str| order.iter().position(|other| other == module);
    let surroundings = DECISIONS.contains(&module) && SURROUNDINGS.contains(&used);
    // What is no module of the crate is a name of its root, and that has none of its own.
    module == used || (place(used) < place(module) && !surroundings)
}

/// Every module of the crate that the words name, with the line: after `crate::`, or after as many `super::` as the file
/// is deep.
fn uses(words: &[Word], depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut rest = words;
    while let [first, after @ ..] = rest {
        let line = first.line;
        let path = match first.text.as_str() {
            "crate" => step(after),
            "super" => climb(rest, depth),
            _ => None,
        };
        found.extend(path.into_iter().flat_map(heads).map(|head| (line, head)));
        rest = after;
    }
    found
}

/// What follows `::`.
fn step(words: &[Word]) -> Option<&[Word]> {
    match words {
        [first, second, rest @ ..] if first.text == ":" && second.text == ":" => Some(rest),
        _ => None,
    }
}

/// What follows `depth` times `super::`.
fn climb(words: &[Word], depth: usize) -> Option<&[Word]> {
    (0..depth).try_fold(words, |words, _| step(words.split_first().filter(|(first, _)| first.text == "super")?.1))
}

/// The first name of a path, or of each path in `{…}`.
fn heads(path: &[Word]) -> Vec<String> {
    let mut heads = Vec::new();
    let mut level = 0;
    let mut expected = true;
    for word in path {
        match word.text.as_str() {
            "{" => level += 1,
            "}" => level -= 1,
            "," => expected = level == 1,
            name if expected => {
                heads.push(name.to_owned());
                expected = false;
            }
            _ => {}
        }
        if level == 0 {
            break;
        }
    }
    heads
}

/// Every effect that the words name, with the line.
fn effects(words: &[Word]) -> Vec<(usize, String)> {
    let names = |at: usize, effect: &[&str]| {
        words[at..].iter().map(|word| word.text.as_str()).take(effect.len()).eq(effect.iter().copied())
    };
    let at =
        |at: usize| EFFECTS.iter().filter(move |effect| names(at, effect)).map(move |effect| (at, effect.concat()));
    (0..words.len()).flat_map(at).map(|(at, effect)| (words[at].line, effect)).collect()
}

/// A name, a sign or a bracket of the source, without comments, texts and tests.
struct Word {
    text: String,
    line: usize,
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    collect(text.parse().unwrap(), &mut words);
    words
}

fn collect(stream: TokenStream, words: &mut Vec<Word>) {
    let mut tokens = stream.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let line = token.span().start().line;
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' && tokens.peek().is_some_and(is_for_tests) => {
                tokens.find(|token| matches!(token.to_string().as_str(), ";") || is_body(token));
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    _ => ("(", ")"),
                };
                words.push(Word { text: open.to_owned(), line });
                collect(group.stream(), words);
                words.push(Word { text: close.to_owned(), line });
            }
            TokenTree::Literal(_) => {}
            name_or_sign => words.push(Word { text: name_or_sign.to_string(), line }),
        }
    }
}

fn is_for_tests(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.stream().to_string().replace(' ', "") == "cfg(test)")
}

fn is_body(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}
