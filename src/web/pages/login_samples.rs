//! Examples of the pages before the door.

use super::{CodePage, LoginFault, LoginPage, WelcomeFault, WelcomePage};

pub(super) fn login() -> Vec<(&'static str, LoginPage)> {
    let first = LoginPage {
        csrf: "0f1e2d3c".into(),
        next: None,
        name: String::new(),
        fault: None,
        codes: true,
        provider: Some("/login/oidc?next=%2F".into()),
        known_as: None,
    };
    let again =
        |fault| LoginPage { name: "kari".into(), next: Some("/people".into()), fault: Some(fault), ..first.clone() };
    vec![
        ("first", first.clone()),
        ("wrong", again(LoginFault::Wrong)),
        ("too-many", again(LoginFault::TooMany)),
        ("expired", again(LoginFault::Expired)),
        ("bad-number", again(LoginFault::BadNumber)),
        ("no-account", LoginPage { known_as: Some("<b>pairwise".into()), ..again(LoginFault::NoAccount) }),
        ("down", again(LoginFault::Down)),
        ("without-codes", LoginPage { codes: false, provider: None, ..first }),
    ]
}

pub(super) fn code() -> Vec<(&'static str, CodePage)> {
    let page = |sent, fault| CodePage { csrf: "0f1e2d3c".into(), next: Some("/results".into()), sent, fault };
    vec![
        ("sent", page(true, None)),
        ("authenticator", page(false, None)),
        ("wrong", page(true, Some(LoginFault::WrongCode))),
        ("start", CodePage { next: None, ..page(false, None) }),
    ]
}

pub(super) fn welcome() -> Vec<(&'static str, WelcomePage)> {
    let page = |fault| WelcomePage { name: Some("kari".into()), fault };
    vec![
        ("first", page(None)),
        ("short", page(Some(WelcomeFault::Short))),
        ("long", page(Some(WelcomeFault::Long))),
        ("guessable", page(Some(WelcomeFault::Guessable))),
        ("different", page(Some(WelcomeFault::Different))),
        ("gone", WelcomePage { name: None, fault: None }),
    ]
}
