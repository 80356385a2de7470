//! An employee as an identity provider tells of them: SCIM 2.0 (RFC 7643, 7644), as Entra ID speaks it. A user is read from
//! JSON, changed by the operations of a PATCH, and becomes an [`Employee`], or says what is missing.

use serde_json::{Map, Value, json};

use super::employee::Employee;
use super::phone::Phone;
use super::values;

/// The schema of users.
pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The extension that has numbers and places.
pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// What of a user there is to know here; everything else is passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// Unique at the provider, whatever its case.
    pub user_name: String,
    /// The provider's own id.
    pub external_id: Option<String>,
    /// For `{name}` in a message.
    pub name: Option<String>,
    /// The mobile's number, as it was sent.
    pub phone: Option<String>,
    /// Whether they work here.
    pub active: bool,
    /// The employer's own number.
    pub employee_number: Option<String>,
    /// Area (`organization`), service (`division`), unit (`department`).
    pub place: [Option<String>; 3],
}

/// What is wrong with a request, as RFC 7644 has words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `invalidValue`
    Value,
    /// `invalidSyntax`
    Syntax,
    /// `invalidPath`
    Path,
}

impl Fault {
    /// As `scimType` has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Value => "invalidValue",
            Self::Syntax => "invalidSyntax",
            Self::Path => "invalidPath",
        }
    }
}

/// Why a user cannot be taken. Holds no phone number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct ScimError {
    /// In the standard's words.
    pub fault: Fault,
    /// In ours.
    pub detail: String,
}

fn wrong(fault: Fault, detail: impl Into<String>) -> ScimError {
    ScimError { fault, detail: detail.into() }
}

impl User {
    /// Reads a user as POST and PUT send it.
    ///
    /// # Errors
    /// No object, no `userName`, or a value of another type.
    pub fn read(document: &Value) -> Result<Self, ScimError> {
        let object = document.as_object().ok_or_else(|| wrong(Fault::Syntax, "a user is a JSON object"))?;
        let mut user = Self { active: true, ..Self::default() };
        user.set_all(object)?;
        if user.user_name.is_empty() {
            return Err(wrong(Fault::Value, "userName is missing"));
        }
        Ok(user)
    }

    /// Does the operations of a PATCH, in their order. `op` in any case, with a path or without, as Entra sends them.
    ///
    /// # Errors
    /// What is no operation; nothing is to be kept then.
    pub fn patch(&mut self, document: &Value) -> Result<(), ScimError> {
        let operations = member(document, "Operations").and_then(Value::as_array);
        for operation in operations.ok_or_else(|| wrong(Fault::Syntax, "Operations are missing"))? {
            let op = member(operation, "op").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
            let path = member(operation, "path").and_then(Value::as_str);
            let value = member(operation, "value").unwrap_or(&Value::Null);
            match (op.as_str(), path, value) {
                ("add" | "replace", Some(path), value) => self.set(path, value)?,
                ("add" | "replace", None, Value::Object(all)) => self.set_all(all)?,
                ("remove", Some(path), _) => self.set(path, &Value::Null)?,
                ("remove", None, _) => return Err(wrong(Fault::Path, "remove needs a path")),
                _ => return Err(wrong(Fault::Syntax, "an operation is add, replace or remove, with a value")),
            }
        }
        if self.user_name.is_empty() {
            return Err(wrong(Fault::Value, "userName cannot be removed"));
        }
        Ok(())
    }

    fn set_all(&mut self, object: &Map<String, Value>) -> Result<(), ScimError> {
        // What is said directly wins over what is made up of parts, in whichever order they come.
        let display = |key: &str| key.eq_ignore_ascii_case("displayName");
        for (key, value) in
            object.iter().filter(|(key, _)| !display(key)).chain(object.iter().filter(|(key, _)| display(key)))
        {
            self.set(key, value)?;
        }
        Ok(())
    }

    /// Sets what a path names; what nobody here asks for is passed over, as Entra's mappings hold much of it.
    fn set(&mut self, path: &str, value: &Value) -> Result<(), ScimError> {
        let path = path.to_ascii_lowercase();
        let enterprise = ENTERPRISE.to_ascii_lowercase();
        let core = format!("{}:", USER.to_ascii_lowercase());
        let own = path.strip_prefix(&core).unwrap_or(&path);
        match own.strip_prefix(&enterprise).map(|rest| rest.trim_start_matches([':', '.'])) {
            Some("") => return self.set_enterprise(value),
            Some("employeenumber") => self.employee_number = text(&path, value)?,
            Some("organization") => self.place[0] = text(&path, value)?,
            Some("division") => self.place[1] = text(&path, value)?,
            Some("department") => self.place[2] = text(&path, value)?,
            Some(_) => {}
            None => return self.set_core(own, value),
        }
        Ok(())
    }

    fn set_core(&mut self, path: &str, value: &Value) -> Result<(), ScimError> {
        match path {
            "username" => self.user_name = text(path, value)?.unwrap_or_default(),
            "externalid" => self.external_id = text(path, value)?,
            "active" => self.active = flag(value)?,
            "displayname" | "name.formatted" => self.name = text(path, value)?,
            "name" => self.name = name(value)?.or_else(|| self.name.take()),
            "phonenumbers" => self.phone = mobile(value)?,
            _ if is_mobile(path) => self.phone = text(path, value)?,
            _ => {}
        }
        Ok(())
    }

    fn set_enterprise(&mut self, value: &Value) -> Result<(), ScimError> {
        let Some(object) = value.as_object() else {
            (self.employee_number, self.place) = (None, [None, None, None]);
            return Ok(());
        };
        object.iter().try_for_each(|(key, value)| self.set(&format!("{ENTERPRISE}:{key}"), value))
    }

    /// As the register has it: `before` keeps what no provider says.
    ///
    /// # Errors
    /// No employee number, no mobile, or a place with a gap.
    pub fn employee(&self, before: Option<&Employee>) -> Result<Employee, ScimError> {
        let missing = |what: &str| wrong(Fault::Value, format!("{what} is missing: nobody can be invited without it"));
        let number =
            self.employee_number.clone().ok_or_else(|| missing("employeeNumber of the enterprise extension"))?;
        let phone = self.phone.as_deref().ok_or_else(|| missing("phoneNumbers[type eq \"mobile\"].value"))?;
        let phone = Phone::parse(phone).map_err(|error| wrong(Fault::Value, format!("the mobile number {error}")))?;
        let depth = self.place.iter().rposition(Option::is_some).map_or(0, |deepest| deepest + 1);
        let place: Option<Vec<String>> = self.place[..depth].iter().cloned().collect();
        let gap = "organization is the area, division the service, department the unit: a level above the named one is missing";
        Ok(Employee {
            number,
            name: self.name.clone(),
            phone,
            place: place.ok_or_else(|| wrong(Fault::Value, gap))?,
            birth_year: before.and_then(|before| before.birth_year),
            language: before.and_then(|before| before.language),
            employment: before.and_then(|before| before.employment.clone()),
            staff_responsibility: before.is_some_and(|before| before.staff_responsibility),
            union_rep: before.is_some_and(|before| before.union_rep),
            safety_rep: before.is_some_and(|before| before.safety_rep),
        })
    }

    /// As it is answered.
    #[must_use]
    pub fn write(&self) -> Value {
        let [organization, division, department] = &self.place;
        let phones: Vec<Value> = self.phone.iter().map(|phone| json!({ "type": "mobile", "value": phone })).collect();
        let mut user = json!({
            "schemas": [USER, ENTERPRISE],
            "userName": self.user_name, "externalId": self.external_id, "displayName": self.name, "active": self.active,
            "name": { "formatted": self.name }, "phoneNumbers": phones,
            ENTERPRISE: {
                "employeeNumber": self.employee_number, "organization": organization, "division": division,
                "department": department,
            },
        });
        drop_nulls(&mut user);
        user
    }
}

/// What is not there is not said: SCIM knows no `null`.
fn drop_nulls(value: &mut Value) {
    if let Value::Object(object) = value {
        object.retain(|_, value| !value.is_null());
        object.values_mut().for_each(drop_nulls);
    }
}

/// A member by its name in any case.
fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Trimmed, on one line, not too long; nothing where it is empty or `null`.
fn text(path: &str, value: &Value) -> Result<Option<String>, ScimError> {
    let raw = match value {
        Value::Null => return Ok(None),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        // Some wrap a single value: [{"value": "…"}].
        Value::Array(all) if all.len() <= 1 => return all.first().map_or(Ok(None), |one| text(path, one)),
        Value::Object(_) if member(value, "value").is_some() => {
            return text(path, member(value, "value").unwrap_or(&Value::Null));
        }
        _ => return Err(wrong(Fault::Value, format!("{path} must be a text"))),
    };
    let cell = values::cell(&raw).map_err(|error| wrong(Fault::Value, format!("{path} {error}")))?;
    Ok(cell.filter(|cell| !cell.chars().any(char::is_control)).map(str::to_owned))
}

/// `true`, or the text "True" that Entra sends.
fn flag(value: &Value) -> Result<bool, ScimError> {
    match value {
        Value::Bool(flag) => Ok(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err(wrong(Fault::Value, "active must be true or false")),
    }
}

fn name(value: &Value) -> Result<Option<String>, ScimError> {
    let part = |part: &str| member(value, part).map_or(Ok(None), |value| text("name", value));
    let parts = [part("givenName")?, part("familyName")?];
    let joined: Vec<String> = parts.into_iter().flatten().collect();
    Ok(part("formatted")?.or_else(|| Some(joined.join(" ")).filter(|name| !name.is_empty())))
}

/// The mobile among phone numbers.
fn mobile(value: &Value) -> Result<Option<String>, ScimError> {
    let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let is_mobile = |one: &&Value| {
        member(one, "type").and_then(Value::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case("mobile"))
    };
    let number = all.iter().find(is_mobile).and_then(|one| member(one, "value"));
    number.map_or(Ok(None), |number| text("phoneNumbers", number))
}

/// `phoneNumbers[type eq "mobile"].value`, in small letters.
fn is_mobile(path: &str) -> bool {
    let plain: String = path.chars().filter(|sign| !sign.is_whitespace()).collect();
    ["phonenumbers[typeeq\"mobile\"]", "phonenumbers[typeeq\"mobile\"].value"].contains(&plain.as_str())
}

/// The value of a filter `ATTRIBUTE eq "VALUE"`: the only one that provisioning needs.
///
/// # Errors
/// Another filter.
pub fn filter(text: &str) -> Result<(String, String), ScimError> {
    let other = || wrong(Fault::Syntax, "only filters as userName eq \"kari@example.no\" are understood");
    let mut parts = text.trim().splitn(3, ' ');
    let (attribute, operator, value) = (parts.next(), parts.next(), parts.next());
    let value: String = serde_json::from_str(value.ok_or_else(other)?.trim()).map_err(|_| other())?;
    if !operator.is_some_and(|operator| operator.eq_ignore_ascii_case("eq")) {
        return Err(other());
    }
    let attribute = attribute.unwrap_or_default().to_ascii_lowercase();
    if ["username", "externalid", "id"].contains(&attribute.as_str()) { Ok((attribute, value)) } else { Err(other()) }
}

#[cfg(test)]
#[path = "scim_tests.rs"]
mod tests;
