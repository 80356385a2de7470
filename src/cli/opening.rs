//! The words and the typing around opening: shares handed out at launch, and shares that come together.

use std::path::PathBuf;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::talk;
use crate::actions::launch::Launched;
use crate::actions::open::Opened;
use crate::anonymity::shares::{NEEDED, Share};

/// Who holds the shares, in their order.
const HOLDERS: [&str; 3] = ["HR", "The safety service", "Recovery, for a safe"];

/// What a launch says whose key is split. It is the only time that the shares are seen.
pub(super) fn handed_out(id: &str, launched: Launched, shares: &[Share]) -> (String, Value) {
    let texts: Vec<String> = shares.iter().map(|share| share.text().to_string()).collect();
    let Launched { recipients, parts } = launched;
    let lines = HOLDERS.iter().zip(&texts).map(|(holder, share)| format!("\n\n{holder}\n  {share}"));
    let text = format!(
        "{recipients} messages in {parts} parts are waiting to be sent\n\n\
         Two of these three shares open the answers. They are stored nowhere: give each to its holder now.{}",
        lines.collect::<String>()
    );
    (text, json!({ "id": id, "recipients": recipients, "parts": parts, "shares": texts }))
}

/// From files or, where none is named, from stdin: arguments can be seen by everybody on the machine.
pub(super) fn shares(files: &[PathBuf]) -> anyhow::Result<Vec<Share>> {
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Share::parse(&text).with_context(|| path.display().to_string())
    };
    if !files.is_empty() {
        return files.iter().map(read).collect();
    }
    talk("type two shares, each on a line:");
    let lines = std::io::stdin().lines().map_while(Result::ok).filter(|line| !line.trim().is_empty());
    lines.take(usize::from(NEEDED)).map(|line| Ok(Share::parse(&line)?)).collect()
}

/// What somebody should look into, though the answers are opened.
pub(super) fn warn(opened: &Opened) {
    let Opened { responses, answered, left, .. } = opened;
    if usize::try_from(*answered) != Ok(*responses) {
        talk(&format!("{answered} have answered, and {responses} envelopes were there: somebody has tampered"));
    }
    if let Some(error) = left {
        talk(&format!("something of the key or the envelopes is left, and is tried again: {error:#}"));
    }
}

/// What opening has come to.
pub(super) fn told(id: &str, opened: &Opened) -> (String, Value) {
    let Opened { responses, texts, answered, left } = opened;
    let key = if left.is_none() { "; the key is destroyed" } else { "" };
    let value = json!({ "id": id, "responses": responses, "texts": texts, "answered": answered });
    (format!("{responses} responses and {texts} texts are opened{key}"), value)
}
