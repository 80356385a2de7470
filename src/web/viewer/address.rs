//! Where results are: one place in the code that writes their addresses.

use form_urlencoded::Serializer;
use serde::Deserialize;

/// Which rows are looked at, and how: the part of an address after `?`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Rows {
    /// The register's id of a place; the reader's own without one.
    pub place: Option<String>,
    /// A breakdown; the places below without one.
    pub by: Option<String>,
    /// `means`: dots in the place of bars.
    pub show: Option<String>,
    /// Which option is compared, where several can be chosen.
    pub option: Option<String>,
}

impl Rows {
    /// The same at another place.
    #[must_use]
    pub fn at(&self, place: &str) -> Self {
        Self { place: Some(place.to_owned()), ..self.clone() }
    }

    /// The same divided in another way.
    #[must_use]
    pub fn by(&self, by: Option<&str>) -> Self {
        Self { by: by.map(str::to_owned), ..self.clone() }
    }

    /// The same, drawn in another way.
    #[must_use]
    pub fn show(&self, show: Option<&str>) -> Self {
        Self { show: show.map(str::to_owned), ..self.clone() }
    }

    /// The same, with another option compared.
    #[must_use]
    pub fn option(&self, option: &str) -> Self {
        Self { option: Some(option.to_owned()), ..self.clone() }
    }

    /// Only the place.
    #[must_use]
    pub fn here(&self) -> Self {
        Self { place: self.place.clone(), ..Self::default() }
    }

    /// The address of `path` (such as `/results/ID`) with these rows.
    #[must_use]
    pub fn of(&self, path: &str) -> String {
        let place = self.place.as_deref();
        let (by, show, option) = (self.by.as_deref(), self.show.as_deref(), self.option.as_deref());
        query(path, &[("place", place), ("by", by), ("show", show), ("option", option)])
    }
}

/// An address with what is wanted behind its `?`. An empty place is said too: it is the whole, and without a place a reader is
/// led to the first of one's own.
#[must_use]
pub fn query(path: &str, wanted: &[(&str, Option<&str>)]) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in wanted {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
