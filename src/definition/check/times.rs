//! Do the window, the reminders and the sending hours fit each other?

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::definition::diagnostic::{Diagnostic, Span};
use crate::definition::model::{Definition, Sending, Window};
use crate::definition::parse::messages::DAYS;
use crate::definition::parse::source::Sources;
use crate::definition::rule::Rule;

/// Less sending time than this before the closing, and whoever gets the message last has hardly time to answer.
const ENOUGH: SignedDuration = SignedDuration::from_hours(1);
/// A minute on one day of the week comes to [`ENOUGH`] within them.
const SEARCHED_DAYS: usize = 500;

/// `found` is what is known to be wrong already: times that could not be read do not fit anything.
pub(super) fn check(definition: &Definition, sources: &Sources, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let unread = |one: &Diagnostic| matches!(one.rule, Rule::Window | Rule::Zone | Rule::SendingHours);
    let (Some(window), Some(span)) = (&definition.window, sources.opens) else { return Vec::new() };
    if found.iter().any(unread) {
        return Vec::new();
    }
    let times = Times { window, sending: &definition.sending };
    let invitation = Due { what: "invitation", mend: "open", span, at: window.opens };
    let mut said = times.say(&invitation);
    if said.iter().any(|one| one.rule == Rule::NeverLeaves) {
        return said;
    }
    // That it ends in the evening is no fault: what is left goes the next morning.
    let worth_saying = |one: &Diagnostic| one.rule != Rule::Waits;
    if let (Some(span), Ok(at)) = (sources.spread, window.opens.checked_add(definition.sending.spread)) {
        let last = Due { what: "last invitation", mend: "end the spreading", span, at };
        said.extend(times.say(&last).into_iter().filter(worth_saying));
    }
    for (delay, span) in definition.sms.reminders.iter().zip(&sources.reminders) {
        // A reminder after the closing has its own rule.
        let at = window.opens.checked_add(*delay).ok().filter(|at| *at < window.closes);
        let due = at.map(|at| Due { what: "reminder", mend: "remind", span: *span, at });
        said.extend(due.iter().flat_map(|due| times.say(due)));
    }
    said
}

/// Messages that all become due at one moment.
struct Due<'w> {
    what: &'w str,
    /// What whoever wrote the survey would do earlier or later.
    mend: &'w str,
    span: Span,
    at: Timestamp,
}

struct Times<'d> {
    window: &'d Window,
    sending: &'d Sending,
}

impl Times<'_> {
    fn say(&self, due: &Due<'_>) -> Vec<Diagnostic> {
        let Due { what, mend, span, at } = *due;
        let Some(leaves) = self.hours_from(at).next().map(|(from, _)| from) else { return Vec::new() };
        let hours = self.hours();
        let next = leaves.to_zoned(self.window.zone.clone()).strftime("%a %Y-%m-%d %H:%M").to_string();
        if leaves >= self.window.closes {
            let message = format!("the {what} cannot leave before the window closes");
            let hint = format!("messages leave {hours}, next on {next}: close later, or widen `sending`");
            return vec![Diagnostic::new(Rule::NeverLeaves, span, message).hint(hint)];
        }
        let mut said = Vec::new();
        if leaves > at {
            let message = format!("the {what} waits until {next}");
            let hint = format!("messages leave {hours}: {mend} then, or widen `sending`");
            said.push(Diagnostic::new(Rule::Waits, span, message).hint(hint));
        }
        let left = self.left(leaves);
        if left < ENOUGH {
            let parts = i64::from(self.sending.parts_per_second).saturating_mul(left.as_secs());
            let message = format!("the {what} has only {} min to leave before the window closes", left.as_mins());
            let hint = format!("{parts} SMS parts can leave in that time: {mend} earlier, or close later");
            said.push(Diagnostic::new(Rule::LittleTime, span, message).hint(hint));
        }
        said
    }

    /// Sending time between `from` and the closing, counted up to [`ENOUGH`].
    fn left(&self, from: Timestamp) -> SignedDuration {
        let mut left = SignedDuration::ZERO;
        for (from, until) in self.hours_from(from) {
            left += from.duration_until(until.min(self.window.closes)).max(SignedDuration::ZERO);
            if left >= ENOUGH || until >= self.window.closes {
                break;
            }
        }
        left
    }

    /// When messages may leave, from that moment on.
    fn hours_from(&self, at: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let first = at.to_zoned(self.window.zone.clone()).date();
        let days = first.series(jiff::Span::new().days(1)).take(SEARCHED_DAYS);
        let hours = days.filter_map(|day| self.hours_of(day));
        hours.filter(move |(_, until)| *until > at).map(move |(from, until)| (from.max(at), until))
    }

    fn hours_of(&self, day: Date) -> Option<(Timestamp, Timestamp)> {
        let sent = self.sending.days.contains(&day.weekday());
        let moment = |time| at(&self.window.zone, day, time);
        sent.then(|| Some((moment(self.sending.from)?, moment(self.sending.until)?))).flatten()
    }

    /// As the file says it.
    fn hours(&self) -> String {
        let Sending { from, until, days, .. } = self.sending;
        let days: Vec<&str> = DAYS.iter().filter(|(_, day)| days.contains(day)).map(|(name, _)| *name).collect();
        format!("{} from {} to {}", days.join(", "), from.strftime("%H:%M"), until.strftime("%H:%M"))
    }
}

fn at(zone: &TimeZone, day: Date, time: jiff::civil::Time) -> Option<Timestamp> {
    day.to_datetime(time).to_zoned(zone.clone()).ok().map(|moment| moment.timestamp())
}
