//! Examples of the pages of accounts.

use super::{AccountForm, AccountLine, AccountsPage, Entry, Fault, MadeLink, OneAccountPage, PlaceChoice, word};
use crate::actions::accounts::by_hr::Hands;
use crate::people::role::Role;
use crate::web::pages::hr::Section;
use crate::web::pages::hr::samples::{AREAS, at, shell};

const LONG: &str = "hovedverneombud.for.pleie.og.omsorg@en-kommune-med-et-langt-navn.kommune.no";

fn places() -> Vec<PlaceChoice> {
    let choice = |id: &str, name: &str, chosen, open, below| PlaceChoice {
        id: id.into(),
        name: name.into(),
        chosen,
        open,
        below,
    };
    let units =
        || vec![choice("u1", "Natt", false, false, Vec::new()), choice("u2", "<b>Dag", true, false, Vec::new())];
    let area = |(name, people, _): (&str, u64, u64)| {
        let open = people > 2500;
        let below = if open { vec![choice("s1", "Solsiden sykehjem", false, true, units())] } else { Vec::new() };
        choice(&format!("a{people}"), name, people == 588, open, below)
    };
    AREAS.map(area).into()
}

fn form() -> AccountForm {
    AccountForm {
        action: "/accounts".into(),
        new: true,
        name: String::new(),
        role: Role::Viewer,
        roles: Role::READERS.into(),
        whole: false,
        places: places(),
        phone: String::new(),
        fault: Fault::default(),
    }
}

fn line(name: &str, role: Role, entry: Entry, places: &[&str]) -> AccountLine {
    AccountLine {
        id: format!("id-{}", name.len()),
        name: name.into(),
        role,
        whole: places.is_empty(),
        places: places.iter().map(|place| (*place).to_owned()).collect(),
        entry,
        link_until: None,
        factor: false,
        last: at("2020-06-24T20:00:00+02:00[Europe/Oslo]"),
        own: false,
    }
}

fn lines() -> Vec<AccountLine> {
    let invited = AccountLine {
        link_until: at("2020-06-26T20:00:00+02:00[Europe/Oslo]"),
        last: None,
        ..line("ola", Role::Leader, Entry::None, &["Oppvekst skole/Lia skole"])
    };
    vec![
        AccountLine { own: true, factor: true, ..line("Kari HR", Role::Hr, Entry::Password, &[]) },
        line(LONG, Role::SafetyRep, Entry::Code, &["Pleie og omsorg", "Helse og sosial/Legevakt"]),
        invited,
        AccountLine { last: None, ..line("<b>per", Role::UnionRep, Entry::None, &["Eiendom"]) },
        line("hamu", Role::Viewer, Entry::Work, &[]),
        line("kontroll", Role::Auditor, Entry::Password, &[]),
    ]
}

pub(super) fn accounts() -> Vec<(&'static str, AccountsPage)> {
    let registered = line("Anne Li (1041)", Role::SafetyRep, Entry::Code, &["Pleie og omsorg/Solsiden sykehjem"]);
    let listed = AccountsPage {
        shell: shell(Section::Accounts),
        accounts: lines(),
        registered: vec![registered],
        made: None,
        form: form(),
    };
    let made =
        MadeLink { name: "ola".into(), link: "https://svar.eksempel.kommune.no/welcome/H8qVt2YwFzA0mWc3vTn1Kg".into() };
    let wrong = |field, why| {
        let form = AccountForm { name: LONG.into(), phone: "123".into(), fault: Fault { field, why }, ..form() };
        AccountsPage { form, ..listed.clone() }
    };
    let first = AccountsPage {
        accounts: lines().into_iter().take(1).collect(),
        registered: Vec::new(),
        form: AccountForm { places: Vec::new(), whole: true, ..form() },
        ..listed.clone()
    };
    vec![
        ("listed", listed.clone()),
        ("made", AccountsPage { made: Some(made), ..listed.clone() }),
        ("bad-name", wrong("name", "name")),
        ("taken", wrong("name", "taken")),
        ("bad-role", wrong("role", "role")),
        ("no-places", wrong("places", "no_places")),
        ("bad-phone", wrong("phone", "phone")),
        ("first", first),
    ]
}

pub(super) fn one() -> Vec<(&'static str, OneAccountPage)> {
    let page = |at: usize, hands| {
        lines().into_iter().nth(at).map(|account| OneAccountPage {
            shell: shell(Section::Accounts),
            form: AccountForm { action: format!("/accounts/{}", account.id), new: false, role: account.role, ..form() },
            account,
            hands: word(hands),
            made: None,
            changed: false,
            refused: None,
        })
    };
    let made =
        MadeLink { name: LONG.into(), link: "https://svar.eksempel.kommune.no/welcome/H8qVt2YwFzA0mWc3vTn1Kg".into() };
    let with_factor = page(1, Hands::Hr).map(|page| OneAccountPage {
        account: AccountLine { factor: true, ..page.account.clone() },
        changed: true,
        ..page
    });
    let made = page(1, Hands::Hr).map(|page| OneAccountPage { made: Some(made), ..page });
    let refused =
        page(2, Hands::Hr).map(|page| OneAccountPage { refused: Some(Fault { field: "", why: "last_hr" }), ..page });
    let all = [
        ("own", page(0, Hands::Own)),
        ("theirs", with_factor),
        ("made", made),
        ("refused", refused),
        ("invited", page(2, Hands::Hr)),
        ("register", page(1, Hands::Register)),
        ("provider", page(4, Hands::Provider)),
        ("operator", page(5, Hands::Operator)),
    ];
    all.into_iter().filter_map(|(name, page)| Some((name, page?))).collect()
}
