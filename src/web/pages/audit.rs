//! Who did what.

use serde::Serialize;

use super::Page;
use super::hr::samples::shell;
use super::hr::{Section, Shell};
use crate::people::role::Role;

/// `GET /audit`: entries of the log, the newest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditPage {
    /// Around it.
    pub shell: Shell,
    /// The newest first.
    pub lines: Vec<AuditLine>,
    /// `?before=` of older ones, where there are any.
    pub older: Option<i64>,
    /// These are the newest there are.
    pub newest: bool,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditLine {
    /// Its place in the chain.
    pub number: u64,
    /// When.
    pub at: jiff::Zoned,
    /// The account's name.
    pub who: String,
    /// From which address; empty where nobody came from anywhere.
    pub from: String,
    /// One of the words that `locales/` know as `hr-decided-…`.
    pub action: String,
    /// The campaign's id.
    pub campaign: Option<String>,
    /// What else there is to know.
    pub detail: String,
}

impl Page for AuditPage {
    const TEMPLATE: &'static str = "hr/audit";

    fn samples() -> Vec<(&'static str, Self)> {
        let line = |number, who: &str, from: &str, action: &str, campaign: Option<&str>, detail: &str| {
            let at = "2020-06-24T20:00:00+02:00[Europe/Oslo]".parse().ok()?;
            let campaign = campaign.map(str::to_owned);
            let (who, from, action) = (who.to_owned(), from.to_owned(), action.to_owned());
            Some(AuditLine { number, at, who, from, action, campaign, detail: detail.to_owned() })
        };
        let b2 = Some("33c2ea8f4ff280481b6185406bf1ad8e");
        let lines = [
            line(
                1204,
                "verneombud",
                "192.0.2.7",
                "viewed",
                b2,
                "/results/33c2ea8f4ff280481b6185406bf1ad8e/staffing?place=1",
            ),
            line(1203, "?", "2001:db8::7", "login_failed", None, "password"),
            line(1202, "<b>kari</b>", "192.0.2.9", "logged_in", None, "password"),
            line(1201, "command", "", "account_changed", None, "ola: safety_rep, whole"),
        ];
        let lines: Vec<AuditLine> = lines.into_iter().flatten().collect();
        let auditor = Shell { role: Some(Role::Auditor), demo: false, ..shell(Section::Audit) };
        let first = AuditPage { shell: auditor.clone(), lines, older: Some(1201), newest: true };
        let last = AuditPage { older: None, newest: false, ..first.clone() };
        let none = AuditPage { shell: auditor, lines: Vec::new(), older: None, newest: true };
        vec![("newest", first), ("oldest", last), ("empty", none)]
    }
}
