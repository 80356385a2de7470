//! When messages may leave: the hours and days of a survey in its own zone, and never on a public holiday.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use crate::definition::model::{Definition, Sending};

/// No break between two days of sending is as long; who has not found one by then has none.
const LONGEST_BREAK: usize = 60;

/// The hours of one survey.
#[derive(Clone, Debug)]
pub struct Hours {
    sending: Sending,
    zone: TimeZone,
}

impl Hours {
    /// What the definition says: 08:00 to 20:00 from Monday to Saturday, Norwegian time, unless it says otherwise.
    #[must_use]
    pub fn of(definition: &Definition) -> Self {
        let zone = definition.window.as_ref().map(|window| window.zone.clone());
        let zone = zone.or_else(|| TimeZone::get("Europe/Oslo").ok()).unwrap_or(TimeZone::UTC);
        Self { sending: definition.sending.clone(), zone }
    }

    /// Whether a message may leave at that moment.
    #[must_use]
    pub fn allow(&self, at: Timestamp) -> bool {
        self.on(at.to_zoned(self.zone.clone()).date()).is_some_and(|(from, until)| from <= at && at < until)
    }

    /// The first moment, from `at` on, at which a message may leave; nothing where no day is left to send on.
    #[must_use]
    pub fn next(&self, at: Timestamp) -> Option<Timestamp> {
        self.from(at).next().map(|(from, _)| from)
    }

    /// When so much sending is done that begins at `at` and rests when it must.
    #[must_use]
    pub fn done(&self, at: Timestamp, mut work: SignedDuration) -> Option<Timestamp> {
        for (from, until) in self.from(at) {
            let open = until.duration_since(from);
            if work <= open {
                return from.checked_add(work).ok();
            }
            work = work.checked_sub(open)?;
        }
        None
    }

    /// How much of the time between two moments messages may leave in.
    #[must_use]
    pub fn open_between(&self, from: Timestamp, until: Timestamp) -> SignedDuration {
        let open = self.from(from).take_while(|(from, _)| *from < until);
        open.map(|(from, end)| end.min(until).duration_since(from)).sum()
    }

    /// When the message of that number in a round is due, where the round is spread from `start` over the survey's time: within
    /// the hours and evenly, however many they are.
    ///
    /// (Method: multiples of the golden ratio modulo 1, which fill a stretch evenly from any first few on; Knuth, *The Art of
    /// Computer Programming* 3, 6.4.)
    #[must_use]
    pub fn due(&self, number: u64, start: Timestamp) -> Timestamp {
        let end = start.checked_add(self.sending.spread).ok().filter(|end| *end > start);
        let Some(end) = end else { return start };
        let open = self.open_between(start, end).as_millis();
        let share = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let work = i64::try_from((open * i128::from(share)) >> 32).map(SignedDuration::from_millis);
        work.ok().and_then(|work| self.done(start, work)).unwrap_or(start)
    }

    /// The stretches of time in which messages may leave, what is left of the first one included.
    fn from(&self, at: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let today = at.to_zoned(self.zone.clone()).date();
        let days = today.series(1.day()).take(LONGEST_BREAK);
        let open = days.filter_map(|date| self.on(date));
        open.filter(move |(_, until)| *until > at).map(move |(from, until)| (from.max(at), until))
    }

    /// That day's first moment, and the first one after it. Where clocks are set, an hour that is not there begins late
    /// and one that is there twice begins at the first.
    fn on(&self, date: Date) -> Option<(Timestamp, Timestamp)> {
        if !self.sending.days.contains(&date.weekday()) || is_holiday(date) {
            return None;
        }
        let moment = |time| self.zone.to_timestamp(date.to_datetime(time)).ok();
        Some((moment(self.sending.from)?, moment(self.sending.until)?))
    }
}

/// The public holidays of Norway: those of the law on holidays of 1995 (§ 2) and the two of the law of 1947.
#[must_use]
pub fn is_holiday(date: Date) -> bool {
    let fixed = matches!((date.month(), date.day()), (1 | 5, 1) | (5, 17) | (12, 25 | 26));
    // Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday.
    let of_easter = |easter: Date| [-3, -2, 0, 1, 39, 49, 50].contains(&(date - easter).get_days());
    fixed || easter(date.year()).is_some_and(of_easter)
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm in Meeus, *Astronomical Algorithms* (1991),
/// chapter 8; the names of the steps are his.
#[expect(clippy::many_single_char_names, reason = "the names of the source")]
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date, time};
    use proptest::prelude::*;

    use super::*;

    fn hours() -> Hours {
        Hours { sending: Sending::default(), zone: TimeZone::get("Europe/Oslo").unwrap() }
    }

    #[test]
    fn a_round_is_spread_evenly_over_the_hours_of_its_days() {
        let sending = Sending { spread: SignedDuration::from_hours(48), ..Sending::default() };
        let hours = Hours { sending, ..hours() };
        // Friday noon to Sunday noon: eight hours on Friday, twelve on Saturday, and none on Sunday.
        let start = oslo("2026-06-12T12:00");
        assert_eq!(hours.open_between(start, oslo("2026-06-14T12:00")), SignedDuration::from_hours(20));
        let due: Vec<Timestamp> = (0..1_000).map(|number| hours.due(number, start)).collect();
        assert!(due.iter().all(|at| hours.allow(*at)), "each at an hour of sending");
        assert_eq!(due[0], start);
        let in_hour = |from: Timestamp| {
            due.iter().filter(|at| **at >= from && at.duration_since(from) < SignedDuration::from_hours(1)).count()
        };
        for hour in
            (12..20).map(|hour| format!("2026-06-12T{hour}:00")).chain((8..20).map(|h| format!("2026-06-13T{h:02}:00")))
        {
            assert!((48..=52).contains(&in_hour(oslo(&hour))), "{hour}: {}", in_hour(oslo(&hour)));
        }
    }

    #[test]
    fn without_spreading_all_are_due_at_once() {
        let late = oslo("2026-06-12T23:00");
        assert_eq!(hours().due(7, late), late, "whether it may leave then is another question");
    }

    fn oslo(text: &str) -> Timestamp {
        let zone = TimeZone::get("Europe/Oslo").unwrap();
        text.parse::<jiff::civil::DateTime>().unwrap().to_zoned(zone).unwrap().timestamp()
    }

    /// From the almanacs.
    #[test]
    fn easter_is_where_the_almanac_has_it() {
        let known =
            [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2020, 4, 12), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25)];
        for (year, month, day) in known {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn the_holidays_of_a_year() {
        let year = date(2020, 1, 1).series(1.day()).take(366);
        let found: Vec<String> =
            year.filter(|day| is_holiday(*day)).map(|day| day.strftime("%d.%m").to_string()).collect();
        let known = "01.01 09.04 10.04 12.04 13.04 01.05 17.05 21.05 31.05 01.06 25.12 26.12";
        assert_eq!(found.join(" "), known);
    }

    #[test]
    fn the_hours_hold_to_the_second() {
        let hours = hours();
        assert!(!hours.allow(oslo("2020-06-10 07:59:59")));
        assert!(hours.allow(oslo("2020-06-10 08:00")));
        assert!(hours.allow(oslo("2020-06-10 19:59:59")));
        assert!(!hours.allow(oslo("2020-06-10 20:00")));
        assert!(!hours.allow(oslo("2020-06-14 12:00")), "a Sunday");
        assert_eq!(hours.next(oslo("2020-06-13 20:00")), Some(oslo("2020-06-15 08:00")));
        assert_eq!(hours.next(oslo("2020-12-24 20:00")), Some(oslo("2020-12-28 08:00")), "Christmas, then a Sunday");
    }

    #[test]
    fn hours_follow_the_clock_on_the_wall_when_it_is_set() {
        let every_day = Sending { days: Weekday::Monday.cycle_forward().take(7).collect(), ..Sending::default() };
        let hours = Hours { sending: every_day, ..hours() };
        // Summer time began on 29 March 2020 and ended on 25 October.
        for (day, utc) in [("2020-03-28", 7), ("2020-03-29", 6), ("2020-10-24", 6), ("2020-10-25", 7)] {
            let eight: Timestamp = format!("{day}T0{utc}:00:00Z").parse().unwrap();
            assert!(hours.allow(eight) && !hours.allow(eight - 1.second()), "{day}");
        }
        let at_night = Sending { from: time(2, 30, 0, 0), until: time(3, 30, 0, 0), ..hours.sending.clone() };
        let at_night = Hours { sending: at_night, ..hours };
        // 02:30 is not there: the hour begins at 03:30, and ends there.
        assert!(!at_night.allow("2020-03-29T01:29:59Z".parse().unwrap()));
        assert!(!at_night.allow("2020-03-29T01:30:00Z".parse().unwrap()));
        // 02:30 is there twice: it begins at the first.
        assert!(at_night.allow("2020-10-25T00:30:00Z".parse().unwrap()));
    }

    #[test]
    fn what_does_not_fit_in_a_day_goes_on_the_next() {
        let hour = SignedDuration::from_hours;
        let hours = hours();
        assert_eq!(hours.done(oslo("2020-06-10 19:00"), hour(1)), Some(oslo("2020-06-10 20:00")));
        assert_eq!(hours.done(oslo("2020-06-10 19:00"), hour(2)), Some(oslo("2020-06-11 09:00")));
        assert_eq!(hours.done(oslo("2020-06-13 21:00"), hour(13)), Some(oslo("2020-06-16 09:00")));
    }

    proptest! {
        /// Whatever the next moment is said to be, it is allowed, and no moment before it is.
        #[test]
        fn next_is_the_first_that_is_allowed(second in 1_577_836_800_i64..1_900_000_000, minutes in 0_i64..5_000) {
            let (hours, at) = (hours(), Timestamp::from_second(second).unwrap());
            let next = hours.next(at).unwrap();
            prop_assert!(hours.allow(next) && next >= at);
            let between = at + SignedDuration::from_mins(minutes);
            prop_assert!(between >= next || !hours.allow(between));
        }
    }
}
