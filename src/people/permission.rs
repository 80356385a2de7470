//! What a program may do that calls the API with a key.

use std::fmt;
use std::str::FromStr;

/// One thing that a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    /// Brings the register up to date, and counts who is in it.
    RegisterWrite,
    /// Sees campaigns and how they go. Nobody's answers.
    CampaignsRead,
    /// Makes, launches, reminds, closes, publishes.
    CampaignsWrite,
    /// Reads what is published, of its places.
    PublicationsRead,
}

/// A name that no permission has.
#[derive(Debug, thiserror::Error)]
#[error("there is no permission \"{0}\"; there are {all}", all = Permission::ALL.map(Permission::name).join(", "))]
pub struct UnknownPermission(String);

impl Permission {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::RegisterWrite, Self::CampaignsRead, Self::CampaignsWrite, Self::PublicationsRead];

    /// As commands, pages and the database name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RegisterWrite => "register:write",
            Self::CampaignsRead => "campaigns:read",
            Self::CampaignsWrite => "campaigns:write",
            Self::PublicationsRead => "publications:read",
        }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|one| one.name() == name).ok_or_else(|| UnknownPermission(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_is_read_as_it_is_written() {
        for permission in Permission::ALL {
            assert_eq!(permission.to_string().parse::<Permission>().unwrap(), permission);
        }
        let error = "campaigns:all".parse::<Permission>().unwrap_err().to_string();
        assert!(error.contains("campaigns:all") && error.contains("register:write, campaigns:read"), "{error}");
    }
}
