//! How the installation is, and how it is set up.

use serde::Serialize;

use super::Page;
use super::hr::Shell;
use crate::actions::health::{Mark, Why};

#[path = "health_samples.rs"]
mod samples;

/// `GET /health`; with `?log=true` the audit log is read through too.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HealthPage {
    /// Around it.
    pub shell: Shell,
    /// When it was looked at.
    pub at: jiff::Zoned,
    /// The worst mark of all.
    pub worst: &'static str,
    /// The worst first.
    pub checks: Vec<CheckLine>,
    /// The audit log was read through; without it, a link does that.
    pub log_read: bool,
    /// What waits, the longest first.
    pub waiting: Vec<WaitingLine>,
    /// Who sends, the last seen first.
    pub nodes: Vec<NodeLine>,
    /// When the gateway last reported something.
    pub last_report: Option<jiff::Zoned>,
    /// `sqlite` or `postgres`.
    pub database: &'static str,
    /// Its size in millions of bytes.
    pub megabytes: f64,
    /// Of this process.
    pub version: &'static str,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckLine {
    /// As `locales/` know it behind `hr-health-`, with `mark` behind that; what to do stands behind `hr-health-do-`.
    pub what: &'static str,
    /// `good`, `unknown`, `look`, `bad`.
    pub mark: &'static str,
    /// How many.
    pub count: u64,
    /// Since when, until when, the last time.
    pub at: Option<jiff::Zoned>,
    /// A file, a kind, a hash.
    pub detail: String,
    /// Where to look.
    pub campaign: Option<String>,
}

/// The messages of a campaign whose moment has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaitingLine {
    /// Of the campaign.
    pub id: String,
    /// HR's name for it.
    pub name: String,
    /// How many.
    pub count: u64,
    /// Since when the first could have left.
    pub oldest: jiff::Zoned,
    /// `paused`, `hours`, `leaving`.
    pub why: &'static str,
}

/// A process that sends.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NodeLine {
    /// Among others.
    pub name: String,
    /// Which medvirk it is.
    pub version: String,
    /// Its last sign of life.
    pub seen: jiff::Zoned,
}

/// As `locales/` name it.
#[must_use]
pub const fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Good => "good",
        Mark::Unknown => "unknown",
        Mark::Look => "look",
        Mark::Bad => "bad",
    }
}

/// As `locales/` name it.
#[must_use]
pub const fn why(why: Why) -> &'static str {
    match why {
        Why::Paused => "paused",
        Why::Hours => "hours",
        Why::Leaving => "leaving",
    }
}

impl Page for HealthPage {
    const TEMPLATE: &'static str = "hr/health";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::health()
    }
}
