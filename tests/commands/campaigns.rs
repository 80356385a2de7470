//! A campaign and its accounts by command: each state allows what it should.

use crate::place::Place;

const KANNEL: &str = "environment = \"test\"\n[gateway]\nkind = \"kannel\"\nurl = \"http://127.0.0.1:9/cgi-bin/sendsms\"\n\
                      username = \"medvirk\"\npassword = \"hemmelig\"\nprice_per_part = \"0.39\"\n";

const REGISTER: &str =
    "ansattnr;navn;mobil;kommunalsjefområde\n1;Åse Ødegård;90000001;Helse\n2;Ola Nordmann;90000002;Helse\n";

fn with_people(settings: &str) -> Place {
    let place = Place::with_settings(settings);
    place.write("people.csv", REGISTER);
    assert_eq!(place.run("people import people.csv").code, Some(0));
    place
}

#[test]
fn an_unknown_campaign_is_said_to_be_unknown() {
    let place = Place::with_settings(KANNEL);
    for command in
        ["campaign launch", "campaign status", "campaign close", "campaign open", "campaign publish", "simulate"]
    {
        place.run(&format!("{command} nowhere")).refuses("there is no campaign with that id");
    }
}

#[test]
fn each_state_allows_what_it_should() {
    let place = with_people(KANNEL);
    let id = place.draft();
    place.run(&format!("campaign close {id}")).refuses("cannot be closed");
    place.run(&format!("campaign publish {id}")).refuses("cannot be published");
    let dry = place.run(&format!("campaign launch {id} --dry-run"));
    assert!(dry.out.contains("recipients         2\n") && dry.out.contains("cost"), "{}", dry.out);
    assert!(place.run(&format!("campaign status {id}")).out.contains("Vår: draft\ninvited 0"));
    assert!(place.run(&format!("campaign launch {id}")).out.starts_with("2 messages"));
    place.run(&format!("campaign launch {id}")).refuses("cannot be launched");
    place.run(&format!("campaign publish {id}")).refuses("cannot be published");
    // Real people: nobody may answer for them.
    place.run(&format!("simulate {id}")).refuses("nobody is left to answer");
    place.run(&format!("campaign open {id}")).refuses("cannot be unsealed");
    assert_eq!(place.run(&format!("campaign close {id}")).out, "closed\n");
    place.run(&format!("campaign close {id}")).refuses("cannot be closed");
    place.run(&format!("campaign publish {id}")).refuses("cannot be published before its answers are opened");
    assert!(place.run(&format!("campaign open {id}")).out.starts_with("0 responses and 0 texts are opened"));
    place.run(&format!("campaign open {id}")).refuses("have been opened already");
    assert!(place.run(&format!("campaign publish {id}")).out.starts_with("published edition 1: 0 of 2 answered"));
    let status = place.run(&format!("campaign status {id} --format json")).out;
    assert!(status.contains("\"state\":\"published\"") && status.contains("\"cancelled\":2"), "{status}");
}

#[test]
fn a_launch_needs_people_and_a_gateway() {
    let place = Place::with_settings(KANNEL);
    let id = place.draft();
    place.run(&format!("campaign launch {id}")).refuses("the register is empty");
    place.write("people.csv", REGISTER);
    place.run("people import people.csv");
    place.write("medvirk.toml", "");
    place.run(&format!("campaign launch {id}")).refuses("no gateway is set");
    assert!(place.run(&format!("campaign status {id}")).out.contains("invited 0"));
}

#[test]
fn what_is_pretended_is_refused_in_production() {
    let place = Place::with_settings("[gateway]\nkind = \"simulator\"\n");
    place.run("migrate").refuses("refused in environment \"production\"");
}

#[test]
fn weak_passwords_are_refused_and_good_ones_are_not_shown() {
    let place = Place::new();
    for input in ["kort\n", ""] {
        place.run_with_input("account add hr --role hr --password-stdin", input).refuses("at least 12 characters");
    }
    let done = place.run_with_input("account add hr --role hr --password-stdin", "en lang setning\n");
    assert_eq!((done.code, done.out.as_str(), done.talk.as_str()), (Some(0), "hr: added\n", ""));
}

#[test]
fn an_account_gets_a_link_and_places_that_there_are() {
    let place = with_people("public_url = \"https://svar.example.no\"\n");
    let added = place.run_with_input("account add kari --role leader --area Helse --phone 40000000", "");
    assert!(added.out.starts_with("https://svar.example.no/welcome/"), "{}", added.out);
    assert_eq!(added.out.trim_end().len(), "https://svar.example.no/welcome/".len() + 43);
    place.run("account add kari --role leader --area Skole").refuses("has no place \"Skole\"");
    place.run("account add kari --role leader").refuses("name them with --area");
    place.run("account add kari --role hr --area Helse").refuses("no places of its own");
    assert_eq!(place.run("account add kari --role owner").code, Some(2));
    assert_eq!(place.run("account remove kari").out, "kari: removed\n");
    place.run("account remove kari").refuses("there is no such account");
    assert_eq!(place.run("account add kari --role leader --area Helse --phone 12").code, Some(2));
}
