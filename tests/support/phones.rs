//! What the phones behind Kannel's fake centre got, read from what the fake centre prints.

/// One message as the phone shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sms {
    /// The sender.
    pub(crate) from: String,
    /// The phone's number.
    pub(crate) to: String,
    /// The text, whatever its encoding was.
    pub(crate) text: String,
    /// Whether it came as UCS-2 and not in the GSM alphabet.
    pub(crate) ucs2: bool,
    /// In how many parts it came.
    pub(crate) parts: usize,
}

/// One line of the fake centre: a message or a part of one.
struct Part {
    sms: Sms,
    /// Of UCS-2. Kannel cuts a surrogate pair in two where a part ends, so they are read when all are together.
    units: Vec<u16>,
    /// How many parts the whole message has.
    of: usize,
}

/// The whole messages in `log`, in order. A text with a line break is printed as several lines; they are put together.
pub(crate) fn read(log: &str) -> Vec<Sms> {
    let printed = log.split_inclusive('\n').filter_map(|line| {
        let (_, rest) = line.strip_suffix(">\n")?.split_once("Got message ")?;
        Some(rest.split_once(": <")?.1)
    });
    let mut messages: Vec<Part> = Vec::new();
    for line in printed {
        match (part(line), messages.last_mut()) {
            (Some(next), Some(last)) if last.sms.parts < last.of => last.append(&next),
            (Some(next), _) => messages.push(next),
            (None, Some(last)) => last.sms.text.extend(["\n", line]),
            (None, None) => panic!("the fake centre printed {line}"),
        }
    }
    messages.into_iter().filter(|part| part.sms.parts == part.of).map(Part::whole).collect()
}

impl Part {
    fn append(&mut self, next: &Self) {
        assert_eq!((&self.sms.to, self.of), (&next.sms.to, next.of), "the parts of two messages are mixed");
        self.sms.text.push_str(&next.sms.text);
        self.units.extend_from_slice(&next.units);
        self.sms.parts += 1;
    }

    fn whole(self) -> Sms {
        let text = if self.sms.ucs2 { String::from_utf16(&self.units).unwrap() } else { self.sms.text };
        Sms { text, ..self.sms }
    }
}

/// `SENDER RECEIVER text TEXT`, or with percent-encoded bytes `… ucs-2 DATA` and `… udh HEADER data DATA`.
fn part(line: &str) -> Option<Part> {
    let mut words = line.splitn(4, ' ');
    let (from, to, kind, rest) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let (text, units, of) = match kind {
        "text" => (rest.to_owned(), Vec::new(), 1),
        "ucs-2" => (String::new(), units(&decode(rest)), 1),
        "udh" => {
            let (header, data) = rest.split_once(" data ")?;
            let (data, of) = (decode(data), usize::from(*decode(header).get(4)?));
            // The line does not name the encoding here, but a text in the GSM alphabet holds no zero byte.
            if data.contains(&0) {
                (String::new(), units(&data), of)
            } else {
                (String::from_utf8(data).unwrap(), Vec::new(), of)
            }
        }
        _ => return None,
    };
    let sms = Sms { from: from.to_owned(), to: to.to_owned(), text, ucs2: !units.is_empty(), parts: 1 };
    Some(Part { sms, units, of })
}

fn units(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
}

/// Percent-encoded bytes, with `+` for a space.
fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).filter(|_| *first == b'%');
        bytes.push(match (hex, first) {
            (Some(hex), _) => u8::from_str_radix(std::str::from_utf8(hex).unwrap(), 16).unwrap(),
            (None, b'+') => b' ',
            (None, other) => *other,
        });
        rest = if hex.is_some() { &after[2..] } else { after };
    }
    bytes
}
