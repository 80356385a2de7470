//! How a text travels: its alphabet and how many parts it is paid for.
//!
//! Alphabet and part sizes are those of 3GPP TS 23.038 (section 6.2.1) and TS 23.040 (section 9.2.3.24.1): a text that
//! needs more than one part gives up six octets of each to the header that joins them.

/// The alphabet a whole text is sent in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// The GSM 7-bit default alphabet with its extension table.
    Gsm7,
    /// UTF-16, as soon as one character is outside GSM's alphabet.
    Ucs2,
}

/// What a text costs to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segments {
    /// The alphabet it needs.
    pub encoding: Encoding,
    /// Septets or UTF-16 units in it.
    pub units: u32,
    /// Messages that the operator charges; at least 1.
    pub parts: u32,
}

pub(super) const DEFAULT: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                       ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

impl Encoding {
    /// As the database and the pages name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gsm7 => "gsm7",
            Self::Ucs2 => "ucs2",
        }
    }

    /// The cheapest alphabet that holds `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if text.chars().all(is_gsm) { Self::Gsm7 } else { Self::Ucs2 }
    }

    /// Units in a text that stands alone, and in each part of a longer one.
    const fn room(self) -> (u32, u32) {
        match self {
            Self::Gsm7 => (160, 153),
            Self::Ucs2 => (70, 67),
        }
    }

    const fn cost(self, character: char) -> u32 {
        match self {
            Self::Gsm7 if is_extension(character) => 2,
            Self::Ucs2 if character.len_utf16() == 2 => 2,
            _ => 1,
        }
    }
}

/// Whether GSM's alphabet or its extension has `character`.
#[must_use]
pub fn is_gsm(character: char) -> bool {
    is_extension(character) || DEFAULT.contains(character)
}

/// Sent as an escape and a second septet.
const fn is_extension(character: char) -> bool {
    matches!(character, '\u{c}' | '^' | '{' | '}' | '\\' | '[' | '~' | ']' | '|' | '€')
}

impl Segments {
    /// Counts by packing: an escape pair or a surrogate pair that does not fit into a part begins the next.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let encoding = Encoding::of(text);
        let (alone, joined) = encoding.room();
        let (mut units, mut parts, mut filled) = (0, 1, 0);
        for cost in text.chars().map(|character| encoding.cost(character)) {
            units += cost;
            if filled + cost > joined {
                parts += 1;
                filled = 0;
            }
            filled += cost;
        }
        Self { encoding, units, parts: if units <= alone { 1 } else { parts } }
    }
}
