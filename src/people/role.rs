//! What somebody is to a survey, and so what an account may do. Which places it may see is its scope.

use std::str::FromStr;

use serde::Serialize;

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Launches, follows and publishes; sees all results.
    Hr,
    /// Verneombud: sees the results of its places.
    SafetyRep,
    /// Tillitsvalgt: sees the results of its places.
    UnionRep,
    /// With staff responsibility: sees the results of its places.
    Leader,
    /// Members of committees, the crisis staff: see the results of their places.
    Viewer,
    /// Reads who did what, and no results.
    Auditor,
}

/// A name that no role has.
#[derive(Debug, thiserror::Error)]
#[error("there is no such role")]
pub struct UnknownRole;

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Hr, Self::SafetyRep, Self::UnionRep, Self::Leader, Self::Viewer, Self::Auditor];

    /// Those who see results.
    pub const READERS: [Self; 5] = [Self::Hr, Self::SafetyRep, Self::UnionRep, Self::Leader, Self::Viewer];

    /// As commands, the database and `locales/` (behind `hr-role-`) name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hr => "hr",
            Self::SafetyRep => "safety_rep",
            Self::UnionRep => "union_rep",
            Self::Leader => "leader",
            Self::Viewer => "viewer",
            Self::Auditor => "auditor",
        }
    }

    /// Whether the role sees everything that it sees for the whole organisation.
    #[must_use]
    pub const fn is_everywhere(self) -> bool {
        matches!(self, Self::Hr | Self::Auditor)
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.name() == name).ok_or(UnknownRole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_read_as_it_is_written() {
        for role in Role::ALL {
            assert_eq!(role.name().parse::<Role>().unwrap(), role);
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
        assert!("HR".parse::<Role>().is_err() && "".parse::<Role>().is_err());
    }
}
