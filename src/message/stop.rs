//! What somebody writes back who wants no more messages.

/// The words that Norwegian senders promise to understand.
const WORDS: [&str; 3] = ["STOP", "STOPP", "AVSLUTT"];

/// Whether an SMS says STOP: its first word, in any case, whatever stands around it.
#[must_use]
pub fn is_stop(text: &str) -> bool {
    let first = text.split(|sign: char| !sign.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    WORDS.contains(&first.to_uppercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::is_stop;

    #[test]
    fn the_first_word_decides() {
        for text in ["STOP", "stopp", " Avslutt.", "Stop, takk", "\"STOP\"", "stop!"] {
            assert!(is_stop(text), "{text:?}");
        }
        for text in ["", "Nei", "Ikke stopp", "Stopper det snart?", "stoppested", "🙂"] {
            assert!(!is_stop(text), "{text:?}");
        }
    }
}
