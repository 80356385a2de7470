//! What the groups of an identity provider are here: a role, and places of the register.

use std::str::FromStr;

use super::role::Role;

/// What one group gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// As the provider calls the group.
    pub value: String,
    /// What its members may do.
    pub role: Role,
    /// Where, by names from the area down, joined by `/`; nothing: the whole organisation.
    pub places: Vec<String>,
}

/// A grant that cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadGrant {
    /// Not of that form.
    #[error("\"{0}\" is no grant: write \"GROUP = role\", \"GROUP = role: Area; Area/Service\" or \"GROUP = role: *\"")]
    Shape(String),
    /// A role that there is not.
    #[error("there is no role \"{0}\"")]
    Role(String),
    /// Places that the role does not have, or none where it needs some.
    #[error(
        "\"{0}\": hr and auditor have no places of their own, and the others need some; * is the whole organisation"
    )]
    Places(String),
}

impl FromStr for Grant {
    type Err = BadGrant;

    fn from_str(text: &str) -> Result<Self, BadGrant> {
        // A group's name may hold an equals sign, as in LDAP; a role does not.
        let (value, rest) = text.rsplit_once(" = ").ok_or_else(|| BadGrant::Shape(text.to_owned()))?;
        let (role, places) = rest.split_once(':').unwrap_or((rest, ""));
        let role: Role = role.trim().parse().map_err(|_| BadGrant::Role(role.trim().to_owned()))?;
        let places = places.trim();
        if role.is_everywhere() != places.is_empty() {
            return Err(BadGrant::Places(text.to_owned()));
        }
        let places = match places {
            "" | "*" => Vec::new(),
            places => places.split(';').map(|place| place.trim().to_owned()).collect(),
        };
        Ok(Self { value: value.trim().to_owned(), role, places })
    }
}

/// What somebody in these groups may do and see: the first grant that names one of them decides on the role, and all that
/// give the same role give their places. Nothing, where none does.
#[must_use]
pub fn granted(grants: &[Grant], groups: &[String]) -> Option<(Role, Vec<String>)> {
    let mine = || grants.iter().filter(|grant| groups.contains(&grant.value));
    let role = mine().next()?.role;
    let same: Vec<&Grant> = mine().filter(|grant| grant.role == role).collect();
    let whole = same.iter().any(|grant| grant.places.is_empty());
    let places = same.iter().flat_map(|grant| grant.places.clone());
    Some((role, if whole { Vec::new() } else { places.collect() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grants(lines: &[&str]) -> Vec<Grant> {
        lines.iter().map(|line| line.parse().unwrap()).collect()
    }

    #[test]
    fn the_first_grant_decides_on_the_role_and_its_places_come_together() {
        let grants =
            grants(&["cn=hr,o=k = hr", "a = leader: Helse; Skole/Lia skole", "b = viewer: *", "c = leader: Eiendom"]);
        let of =
            |groups: &[&str]| granted(&grants, &groups.iter().map(|group| (*group).to_owned()).collect::<Vec<_>>());
        let places = |places: &[&str]| places.iter().map(|place| (*place).to_owned()).collect::<Vec<_>>();
        assert_eq!(of(&["c", "a", "b"]), Some((Role::Leader, places(&["Helse", "Skole/Lia skole", "Eiendom"]))));
        assert_eq!(of(&["b"]), Some((Role::Viewer, places(&[]))));
        assert_eq!(of(&["a", "cn=hr,o=k"]), Some((Role::Hr, places(&[]))));
        assert_eq!(of(&["A", ""]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn what_is_no_grant_is_refused() {
        for text in ["hr", "a = owner", "a = leader", "a = hr: Helse", "a = hr: *", "a = auditor: Helse"] {
            assert!(text.parse::<Grant>().is_err(), "{text}");
        }
    }
}
