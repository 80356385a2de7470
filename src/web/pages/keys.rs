//! Keys with which programs call the API.

use serde::Serialize;

use super::Page;
use super::hr::samples::shell;
use super::hr::{Section, Shell};
use crate::people::permission::Permission;

/// `GET /keys`. Posts `csrf`, `name`, `days`, `results` (a place's id, `whole`, or nothing) and `may` (once for each
/// permission) to `/keys`, and `csrf` and `name` to `/keys/revoke`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeysPage {
    /// Around it.
    pub shell: Shell,
    /// All there are, by name.
    pub keys: Vec<KeyLine>,
    /// A key that was made a moment ago; it is shown this once.
    pub made: Option<MadeKey>,
    /// Why none was made, in English; the command says the same.
    pub refused: Option<String>,
    /// What can be chosen.
    pub permissions: Vec<PermissionLine>,
    /// Areas of the register.
    pub areas: Vec<AreaChoice>,
    /// Days that are offered.
    pub days: u32,
    /// No key lives longer.
    pub most_days: u32,
}

/// A key.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeyLine {
    /// As the audit log knows it.
    pub name: String,
    /// What it may do.
    pub may: Vec<PermissionLine>,
    /// Who made it.
    pub maker: String,
    /// The last request.
    pub used: Option<jiff::Zoned>,
    /// When it ends.
    pub until: jiff::Zoned,
    /// It has ended.
    pub over: bool,
}

/// A permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PermissionLine {
    /// `campaigns:read`.
    pub name: &'static str,
    /// `campaigns_read`, as `locales/` know it behind `hr-key-may-`.
    pub key: String,
}

impl From<Permission> for PermissionLine {
    fn from(permission: Permission) -> Self {
        Self { name: permission.name(), key: permission.name().replace(':', "_") }
    }
}

/// A key that was made a moment ago.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MadeKey {
    /// Its name.
    pub name: String,
    /// The key.
    pub key: String,
}

/// An area whose results a key may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AreaChoice {
    /// The register's id.
    pub id: String,
    /// As the register says.
    pub name: String,
}

impl Page for KeysPage {
    const TEMPLATE: &'static str = "hr/keys";

    fn samples() -> Vec<(&'static str, Self)> {
        let at = || "2020-06-24T20:00:00+02:00[Europe/Oslo]".parse::<jiff::Zoned>().ok();
        let line = |name: &str, may: &[Permission], used, over| {
            let may = may.iter().copied().map(PermissionLine::from).collect();
            Some(KeyLine { name: name.into(), may, maker: "<b>kari</b>".into(), used, until: at()?, over })
        };
        let lines = [
            line("hr-system", &[Permission::RegisterWrite], at(), false),
            line("power-bi.helse-og-sosial", &Permission::ALL, None, true),
        ];
        let empty = KeysPage {
            shell: shell(Section::Keys),
            keys: Vec::new(),
            made: None,
            refused: None,
            permissions: Permission::ALL.into_iter().map(PermissionLine::from).collect(),
            areas: vec![AreaChoice { id: "7".into(), name: "Helse & sosial".into() }],
            days: 90,
            most_days: 366,
        };
        let listed = KeysPage { keys: lines.into_iter().flatten().collect(), ..empty.clone() };
        let key = format!("mvk_{}", "abcdefghijklmnopqrstuvwxyz234567".repeat(2).split_at(52).0);
        let made = KeysPage { made: Some(MadeKey { name: "hr-system".into(), key }), ..listed.clone() };
        let refused = KeysPage { refused: Some("a key needs at least one permission".into()), ..empty.clone() };
        vec![("empty", empty), ("listed", listed), ("made", made), ("refused", refused)]
    }
}
