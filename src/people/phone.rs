//! Phone numbers: any human spelling to E.164, once and for all.

use std::fmt;

use phonenumber::country::Id::NO;

/// A number in E.164 (`+4790000000`). Its `Debug` shows the last two digits only, so that no log can hold a number by
/// accident.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// What the launch preview tells numbers apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneKind {
    /// A Norwegian mobile: can receive SMS.
    NorwegianMobile,
    /// Another country's number: can mostly receive SMS, at another price.
    Foreign,
    /// A Norwegian number that is no mobile: a landline, a service number.
    NorwegianOther,
}

/// Why a text is no phone number. None of them repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing there.
    #[error("is empty; write a mobile number")]
    Empty,
    /// Letters, slashes, commas: more than one number, or something else altogether.
    #[error("holds other signs than a number's; write one number: 8 digits, or + and country code if it is foreign")]
    Signs,
    /// Too few or too many digits.
    #[error("has the wrong number of digits; a Norwegian number has 8, a foreign one begins with + and country code")]
    Length,
    /// No country has this code.
    #[error("begins with a country code that does not exist; Norway's is +47")]
    Country,
    /// The numbering plan holds no such number.
    #[error("is not in use in its country; look for a wrong digit")]
    NotInUse,
}

impl Phone {
    /// Reads a number as people write it: with spaces, dots, hyphens, brackets, `+47` or `0047` or nothing in front.
    /// Without a country code it is Norwegian. Parsing is done by the tables of libphonenumber; the spelling of nearly
    /// every row of a register, a plain Norwegian mobile, is recognised without them.
    ///
    /// # Errors
    /// What is wrong, without the number.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let bare = bare(text)?;
        match norwegian_mobile(&bare) {
            Some(national) => Ok(Self(format!("+47{national}"))),
            None => by_tables(&bare),
        }
    }

    /// A number as it was stored: E.164, trusted.
    #[must_use]
    pub fn from_stored(e164: String) -> Self {
        Self(e164)
    }

    /// E.164.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of number it is.
    #[must_use]
    pub fn kind(&self) -> PhoneKind {
        match self.0.strip_prefix("+47") {
            None => PhoneKind::Foreign,
            Some(national) if is_mobile(national) => PhoneKind::NorwegianMobile,
            Some(_) => PhoneKind::NorwegianOther,
        }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+…{}", self.0.get(self.0.len().saturating_sub(2)..).unwrap_or_default())
    }
}

/// The digits, and the `+` in front if there is one. Spreadsheets put an apostrophe before a number that is text.
fn bare(text: &str) -> Result<String, PhoneError> {
    let text = text.trim().trim_start_matches('\'');
    if text.is_empty() {
        return Err(PhoneError::Empty);
    }
    let mut bare = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '0'..='9' => bare.push(sign),
            '+' if bare.is_empty() => bare.push(sign),
            '(' | ')' | '-' | '.' | '\u{2010}'..='\u{2013}' => {}
            _ if sign.is_whitespace() => {}
            _ => return Err(PhoneError::Signs),
        }
    }
    Ok(bare)
}

/// The eight digits of a Norwegian mobile, with or without its country code.
fn norwegian_mobile(bare: &str) -> Option<&str> {
    let national = bare.strip_prefix("+47").or_else(|| bare.strip_prefix("0047")).unwrap_or(bare);
    is_mobile(national).then_some(national)
}

/// Series 4 and 9 of the Norwegian numbering plan.
fn is_mobile(national: &str) -> bool {
    national.len() == 8 && national.starts_with(['4', '9']) && national.bytes().all(|digit| digit.is_ascii_digit())
}

fn by_tables(bare: &str) -> Result<Phone, PhoneError> {
    use phonenumber::ParseError;
    // Eight digits are a whole Norwegian number. The crate alone takes the series 47 for the country code.
    let national = bare.len() == 8 && bare.bytes().all(|digit| digit.is_ascii_digit()) && !bare.starts_with("00");
    let number = if national { format!("+47{bare}") } else { bare.to_owned() };
    let number = phonenumber::parse(Some(NO), number).map_err(|error| match error {
        ParseError::InvalidCountryCode => PhoneError::Country,
        _ => PhoneError::Length,
    })?;
    if !number.is_valid() {
        let length = if number.country().code() == 47 { PhoneError::Length } else { PhoneError::NotInUse };
        return Err(if number.national().to_string().len() == 8 { PhoneError::NotInUse } else { length });
    }
    let phone = number.format().mode(phonenumber::Mode::E164).to_string();
    // Norway's numbers of five digits belong to switchboards and those of twelve to machines: neither reads an SMS.
    if phone.strip_prefix("+47").is_some_and(|national| national.len() != 8) {
        Err(PhoneError::Length)
    } else {
        Ok(Phone(phone))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_human_spelling_is_one_number() {
        for text in [
            "90000000",
            "900 00 000",
            " 90 00 00 00 ",
            "+47 90000000",
            "+4790000000",
            "0047 900 00 000",
            "(+47) 900.00.000",
            "47 90 00 00 00",
            "+47-900-00-000",
            "'90000000",
            "900\u{a0}00\u{a0}000",
        ] {
            assert_eq!(Phone::parse(text).unwrap().as_str(), "+4790000000", "{text}");
        }
    }

    #[test]
    fn foreign_and_landline_numbers_are_told_apart() {
        let kind = |text| Phone::parse(text).unwrap().kind();
        assert_eq!(kind("90000000"), PhoneKind::NorwegianMobile);
        assert_eq!(kind("+46 70 174 06 05"), PhoneKind::Foreign);
        assert_eq!(kind("0048 512 345 678"), PhoneKind::Foreign);
        assert_eq!(kind("21 23 45 67"), PhoneKind::NorwegianOther);
    }

    #[test]
    fn what_is_wrong_is_said_without_the_number() {
        let error = |text| Phone::parse(text).unwrap_err();
        assert_eq!(error(" "), PhoneError::Empty);
        assert_eq!(error("ukjent"), PhoneError::Signs);
        assert_eq!(error("90000000/91111111"), PhoneError::Signs);
        assert_eq!(error("9,0E+07"), PhoneError::Signs);
        assert_eq!(error("+47+90000000"), PhoneError::Signs);
        assert_eq!(error("9000000"), PhoneError::Length);
        assert_eq!(error("900000000"), PhoneError::Length);
        assert_eq!(error("05000"), PhoneError::Length);
        assert_eq!(error("4705000"), PhoneError::Length);
        assert_eq!(error("+"), PhoneError::Length);
        assert_eq!(error("+999 90000000"), PhoneError::Country);
        assert_eq!(error("10000000"), PhoneError::NotInUse);
        for text in ["9000000", "+999 90000000", "10000000", "90000000x"] {
            assert!(!error(text).to_string().contains(text.trim_start_matches('+')));
        }
    }

    #[test]
    fn debug_hides_the_number() {
        assert_eq!(format!("{:?}", Phone::parse("90000012").unwrap()), "+…12");
    }

    proptest! {
        /// The short way around the tables gives what the tables give.
        #[test]
        fn the_short_way_is_the_tables_way(prefix in prop_oneof!["", "\\+47", "0047"], national in "[49][0-9]{7}") {
            let bare = format!("{prefix}{national}");
            let tables = by_tables(&bare).unwrap();
            prop_assert_eq!(Phone::parse(&bare).unwrap(), tables.clone());
            prop_assert_eq!(tables.kind(), PhoneKind::NorwegianMobile);
            let number = phonenumber::parse(None, tables.as_str()).unwrap();
            prop_assert_eq!(number.number_type(&phonenumber::metadata::DATABASE), phonenumber::Type::Mobile);
        }

        /// Whatever is written, the answer is E.164 or an error, and E.164 reads as itself.
        #[test]
        fn parsing_is_total_and_stable(text in "[+0-9() .-]{0,18}|\\PC{0,12}") {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert!(phone.as_str().starts_with('+'));
                prop_assert_eq!(Phone::parse(phone.as_str()).unwrap(), phone);
            }
        }
    }
}
