//! What a crowd of respondents measured.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde_json::json;

use super::Failure;
use crate::definition::model::Answers;

/// What happened, and how long it took.
#[derive(Clone, Debug)]
pub struct Report {
    /// Surveys answered from the link to the last page.
    pub completed: usize,
    /// Links that had been answered before.
    pub answered_before: usize,
    /// Respondents who could not answer, by reason.
    pub failures: BTreeMap<String, usize>,
    /// Requests that were answered.
    pub requests: usize,
    /// From the first request to the last answer.
    pub elapsed: Duration,
    /// From opening the link to the last page, of completed surveys.
    pub survey: Percentiles,
    /// From sending a request to the head of its answer.
    pub request: Percentiles,
}

/// Nearest-rank percentiles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Percentiles {
    /// Half were not slower.
    pub p50: Duration,
    /// 95 of 100 were not slower.
    pub p95: Duration,
    /// 99 of 100 were not slower.
    pub p99: Duration,
}

impl Percentiles {
    /// Of any number of durations, in any order; zero of none.
    #[must_use]
    pub fn of(mut durations: Vec<Duration>) -> Self {
        durations.sort_unstable();
        let rank = |percent: usize| (durations.len() * percent).div_ceil(100).saturating_sub(1);
        let at = |percent| durations.get(rank(percent)).copied().unwrap_or_default();
        Self { p50: at(50), p95: at(95), p99: at(99) }
    }
}

impl Report {
    /// Respondents who could not answer.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.failures.values().sum()
    }

    /// Completed surveys a second.
    #[must_use]
    pub fn per_second(&self) -> f64 {
        per_second(self.completed, self.elapsed)
    }

    /// For programs; times in milliseconds.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        json!({
            "completed": self.completed,
            "answered_before": self.answered_before,
            "failed": self.failed(),
            "failures": self.failures,
            "requests": self.requests,
            "seconds": self.elapsed.as_secs_f64(),
            "surveys_per_second": self.per_second(),
            "requests_per_second": per_second(self.requests, self.elapsed),
            "survey_ms": self.survey.to_json(),
            "request_ms": self.request.to_json(),
        })
    }
}

impl Percentiles {
    fn to_json(self) -> serde_json::Value {
        json!({ "p50": millis(self.p50), "p95": millis(self.p95), "p99": millis(self.p99) })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.elapsed.as_secs_f64();
        writeln!(f, "{} surveys completed in {seconds:.1} s: {:.0} a second", self.completed, self.per_second())?;
        writeln!(f, "survey   {}", self.survey)?;
        writeln!(f, "request  {} ({:.0} a second)", self.request, per_second(self.requests, self.elapsed))?;
        if self.answered_before > 0 {
            writeln!(f, "{} links were answered before", self.answered_before)?;
        }
        write!(f, "{} failed", self.failed())?;
        self.failures.iter().try_for_each(|(reason, count)| write!(f, "; {count}: {reason}"))
    }
}

impl fmt::Display for Percentiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p50, p95, p99] = [self.p50, self.p95, self.p99].map(millis);
        write!(f, "p50 {p50:.1} ms, p95 {p95:.1} ms, p99 {p99:.1} ms")
    }
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

fn per_second(count: usize, elapsed: Duration) -> f64 {
    let seconds = elapsed.as_secs_f64();
    let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if seconds > 0.0 { count / seconds } else { 0.0 }
}

/// What is being measured.
#[derive(Debug, Default)]
pub(super) struct Tally {
    surveys: Vec<Duration>,
    requests: Vec<Duration>,
    answered_before: usize,
    failures: BTreeMap<Failure, usize>,
}

impl Tally {
    pub(super) fn request(&mut self, took: Duration) {
        self.requests.push(took);
    }

    pub(super) fn survey(&mut self, took: Duration, outcome: &Result<Option<Answers>, Failure>) {
        match outcome {
            Ok(Some(_)) => self.surveys.push(took),
            Ok(None) => self.answered_before += 1,
            Err(failure) => *self.failures.entry(*failure).or_default() += 1,
        }
    }

    pub(super) fn report(self, elapsed: Duration) -> Report {
        Report {
            completed: self.surveys.len(),
            answered_before: self.answered_before,
            failures: self.failures.into_iter().map(|(failure, count)| (failure.to_string(), count)).collect(),
            requests: self.requests.len(),
            elapsed,
            survey: Percentiles::of(self.surveys),
            request: Percentiles::of(self.requests),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let of = |numbers: &[u64]| Percentiles::of(numbers.iter().map(|n| Duration::from_millis(*n)).collect());
        assert_eq!(of(&[]), Percentiles::default());
        assert_eq!(of(&[7]).p99, Duration::from_millis(7));
        let hundred = of(&(1..=100).rev().collect::<Vec<_>>());
        assert_eq!([hundred.p50, hundred.p95, hundred.p99], [50, 95, 99].map(Duration::from_millis));
        assert_eq!(of(&[1, 2]).p50, Duration::from_millis(1));
    }

    proptest! {
        #[test]
        fn percentiles_are_in_order_and_among_the_measured(millis in proptest::collection::vec(0_u64..1_000, 1..200)) {
            let all: Vec<Duration> = millis.into_iter().map(Duration::from_millis).collect();
            let Percentiles { p50, p95, p99 } = Percentiles::of(all.clone());
            prop_assert!(p50 <= p95 && p95 <= p99 && all.contains(&p50) && all.contains(&p99));
            prop_assert!(all.iter().filter(|one| **one <= p95).count() * 100 >= all.len() * 95);
        }
    }

    #[test]
    fn a_report_reads_well() {
        let mut tally = Tally::default();
        tally.survey(Duration::from_millis(80), &Ok(Some(Answers::new())));
        tally.survey(Duration::from_millis(10), &Ok(None));
        tally.survey(Duration::from_millis(10), &Err(Failure::Status(422)));
        (0..12).for_each(|_| tally.request(Duration::from_micros(2_500)));
        let report = tally.report(Duration::from_secs(2));
        insta::assert_snapshot!(report.to_string());
        insta::assert_json_snapshot!(report.to_json());
    }
}
