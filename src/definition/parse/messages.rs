//! What is sent and when: SMS, window, sending hours.

use jiff::civil::{DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::keys;
use super::reader::{Fields, Reader};
use crate::definition::diagnostic::Diagnostic;
use crate::definition::model::{Sending, Sms, Text, Window};
use crate::definition::rule::Rule;
use crate::definition::yaml::Node;

/// The days of the week as the file names them.
pub(crate) const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

pub(super) fn sms(reader: &mut Reader, node: &Node) -> Sms {
    let Some(fields) = reader.fields(node, &keys::SMS) else { return Sms::default() };
    let reminder = fields.get("reminder").map(|node| message(reader, node));
    let reminders = fields.get("reminders").map(|node| reminders(reader, node)).unwrap_or_default();
    if let (None, Some(node), false) = (&reminder, fields.get("reminders"), reminders.is_empty()) {
        reader.error(
            Rule::Reminders,
            node.span,
            "there are reminders and no text for them",
            "write `reminder: {nb: …}`",
        );
    }
    Sms {
        sender: fields.get("sender").and_then(|node| sender(reader, node)).unwrap_or_default(),
        invitation: fields.get("invitation").map(|node| message(reader, node)).unwrap_or_default(),
        reminder,
        reminders,
    }
}

/// A text whose every language is checked as an SMS later on.
fn message(reader: &mut Reader, node: &Node) -> Text {
    let text = reader.text(node);
    if let crate::definition::yaml::Value::Map(entries) = &node.value {
        for (_, value) in entries {
            if let crate::definition::yaml::Value::Text(words) = &value.value {
                reader.sources.messages.push((value.span, words.trim().to_owned()));
            }
        }
    }
    text
}

fn sender(reader: &mut Reader, node: &Node) -> Option<String> {
    let sender = reader.word(node)?;
    let fits = |c: char| c.is_ascii_alphanumeric() || c == ' ' || "æøåÆØÅäöüÄÖÜñÑéèàùìòÉß".contains(c);
    let length = sender.chars().count();
    if !(3..=11).contains(&length) || !sender.chars().all(fits) || sender.trim() != sender {
        let message = format!("`{sender}` cannot be a sender");
        reader.error(Rule::Sender, node.span, message, "3 to 11 letters, digits and spaces of the SMS alphabet");
    } else if sender.chars().all(|c| c.is_ascii_digit()) {
        let message = format!("`{sender}` would be taken for a phone number");
        reader.error(Rule::Sender, node.span, message, "use a letter at least");
    }
    Some(sender.to_owned())
}

fn reminders(reader: &mut Reader, node: &Node) -> Vec<SignedDuration> {
    let mut delays: Vec<SignedDuration> = Vec::new();
    for (word, span) in reader.words(node, "a list of delays") {
        match delay(word) {
            Some(delay) if delays.last().is_none_or(|last| *last < delay) => {
                delays.push(delay);
                reader.sources.reminders.push(span);
            }
            Some(_) => {
                reader.error(Rule::Reminders, span, "a reminder before the one before it", "write the earliest first");
            }
            None => reader.error(Rule::Reminders, span, format!("`{word}` is no delay"), "days or hours: 3d, 12h"),
        }
    }
    delays
}

/// `3d`, `12h`: up to a year.
fn delay(word: &str) -> Option<SignedDuration> {
    let hours = match word.strip_suffix('d') {
        Some(days) => days.parse::<u16>().ok().filter(|days| *days <= 366)? * 24,
        None => word.strip_suffix('h')?.parse::<u16>().ok().filter(|hours| *hours <= 366 * 24)?,
    };
    (hours > 0).then(|| SignedDuration::from_hours(i64::from(hours)))
}

pub(super) fn window(reader: &mut Reader, node: &Node) -> Option<Window> {
    let fields = reader.fields(node, &keys::WINDOW)?;
    reader.sources.opens = fields.get("opens").map(|node| node.span);
    let zone = zone(reader, &fields);
    let opens = moment(reader, &fields, "opens", zone.as_ref());
    let closes = moment(reader, &fields, "closes", zone.as_ref());
    let (zone, opens, closes) = (zone?, opens?, closes?);
    if let (true, Some(node)) = (closes <= opens, fields.get("closes")) {
        reader.error(
            Rule::Window,
            node.span,
            "the window closes before it opens",
            "`closes` has to be later than `opens`",
        );
    }
    Some(Window { opens, closes, zone })
}

fn zone(reader: &mut Reader, fields: &Fields<'_>) -> Option<TimeZone> {
    let node = fields.get("zone");
    let name = match node {
        Some(node) => reader.word(node)?,
        None => "Europe/Oslo",
    };
    let zone = TimeZone::get(name).ok();
    if let (None, Some(node)) = (&zone, node.or(fields.get("opens"))) {
        let message = format!("the time zone `{name}` is not known");
        reader.error(Rule::Zone, node.span, message, "a name such as Europe/Oslo");
    }
    zone
}

fn moment(reader: &mut Reader, fields: &Fields<'_>, name: &str, zone: Option<&TimeZone>) -> Option<Timestamp> {
    let node = fields.get(name)?;
    let word = reader.word(node)?;
    let Ok(local) = DateTime::strptime("%Y-%m-%d %H:%M", word) else {
        reader.error(Rule::Window, node.span, format!("`{word}` is no time"), "write it as 2020-06-10 09:00");
        return None;
    };
    local.to_zoned(zone?.clone()).ok().map(|moment| moment.timestamp())
}

pub(super) fn sending(reader: &mut Reader, node: &Node) -> Sending {
    let mut sending = Sending::default();
    let Some(fields) = reader.fields(node, &keys::SENDING) else { return sending };
    if let Some((from, until)) = fields.get("hours").and_then(|node| hours(reader, node)) {
        (sending.from, sending.until) = (from, until);
    }
    if let Some(node) = fields.get("days") {
        sending.days = days(reader, node);
    }
    if let Some(parts) = fields.get("parts_per_second").and_then(|node| reader.count(node, 1)) {
        sending.parts_per_second = parts;
    }
    if let Some((node, word)) = fields.get("spread").and_then(|node| Some((node, reader.word(node)?.to_owned()))) {
        reader.sources.spread = Some(node.span);
        match delay(&word) {
            Some(spread) => sending.spread = spread,
            None => {
                reader.error(Rule::SendingHours, node.span, format!("`{word}` is no time"), "days or hours: 2d, 6h");
            }
        }
    }
    sending
}

fn hours(reader: &mut Reader, node: &Node) -> Option<(Time, Time)> {
    let word = reader.word(node)?;
    let time = |text: &str| Time::strptime("%H:%M", text).ok();
    let hours = word.split_once('-').and_then(|(from, until)| Some((time(from.trim())?, time(until.trim())?)));
    let hours = hours.filter(|(from, until)| from < until);
    if hours.is_none() {
        let message = format!("`{word}` are no sending hours");
        reader.error(Rule::SendingHours, node.span, message, "write them as \"08:00-20:00\", the earlier first");
    }
    hours
}

fn days(reader: &mut Reader, node: &Node) -> Vec<Weekday> {
    let nodes = reader.list(node, "a list of days").unwrap_or_default();
    let mut days = Vec::new();
    for node in nodes {
        let Some(day) = reader.one_of(node, &DAYS) else { continue };
        if days.contains(&day) {
            reader.refuse(Diagnostic::new(Rule::SendingHours, node.span, "the day stands twice"));
        }
        days.push(day);
    }
    days
}
