//! Wrong files, settings and databases: one line says what to mend, and nothing is half done.

use std::fs::File;
use std::process::Stdio;

use crate::place::{Place, SURVEY, taken_port};

const BINARY: [u8; 8] = [0x00, 0xff, 0x13, 0x00, 0x8e, 0xc3, 0x28, 0x0a];

const REGISTER: &str = "ansattnr;navn;mobil;kommunalsjefområde\n1;Åse Ødegård;90000001;Helse og omsorg\n";

#[test]
fn empty_and_binary_files_are_no_surveys() {
    let place = Place::new();
    for (name, content, says) in [("empty", &[][..], "is empty"), ("binary", &BINARY[..], "not UTF-8")] {
        place.write(name, content);
        let checked = place.run(&format!("check {name}"));
        assert_eq!(checked.code, Some(1));
        assert!(checked.talk.contains(&format!("{name}:1:")) && checked.talk.contains(says), "{}", checked.talk);
        let created = place.run(&format!("campaign create {name} --name x"));
        assert_eq!((created.code, created.out.as_str()), (Some(1), ""));
        assert!(created.talk.ends_with(&format!("medvirk: {name} has errors: nothing was created\n")));
    }
    assert_eq!(place.run("check nowhere.yaml").code, Some(2));
    place.run("campaign create nowhere.yaml --name x").refuses("cannot read nowhere.yaml");
    place.run("campaign create . --name x").refuses("cannot read .: Is a directory");
}

#[test]
fn nothing_is_pretended_in_production_and_no_fault_is_guessed() {
    Place::new().run("simulator --log phones").refuses("refused in environment \"production\"");
    let place = Place::with_settings("environment = \"test\"\n");
    for options in ["--faults tired=0.1", "--faults busy=2", "--reports late"] {
        let done = place.run(&format!("simulator --log phones {options}"));
        assert_eq!(done.code, Some(2), "{}", done.talk);
        assert!(done.talk.contains("is not "), "{}", done.talk);
    }
    assert!(!place.path("phones").exists());
}

#[test]
fn empty_binary_and_missing_files_are_no_registers() {
    let place = Place::new();
    place.write("empty", "");
    place.write("binary", BINARY);
    place.run("people import empty").refuses("empty: the file is empty");
    place.run("people import binary").refuses("binary: ");
    place.run("people import nowhere.csv").refuses("cannot read nowhere.csv");
    place.run("people import .").refuses("cannot read .");
}

#[test]
fn files_without_end_are_left_before_they_fill_the_memory() {
    let place = Place::new();
    File::create(place.path("huge.csv")).unwrap().set_len(100 << 20).unwrap();
    place.run("people import huge.csv").refuses("larger than 64 MiB");
    place.run("people import /dev/zero").refuses("larger than 64 MiB");
    for file in ["huge.csv", "/dev/zero"] {
        let created = place.run(&format!("campaign create {file} --name x"));
        assert!(created.code == Some(1) && created.talk.contains("larger than 1048576 bytes"), "{}", created.talk);
    }
}

#[test]
fn bombs_and_deep_nesting_are_refused() {
    let place = Place::new();
    place.write("bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n");
    place.write("deep", "[".repeat(10_000));
    place.write("dashes", "- ".repeat(10_000));
    for (file, code) in [("bomb", "E004"), ("deep", "E003"), ("dashes", "E003")] {
        let checked = place.run(&format!("check {file}"));
        assert_eq!(checked.code, Some(1));
        assert!(checked.talk.contains(code), "{}", checked.talk);
    }
}

#[test]
fn a_register_from_an_old_spreadsheet_keeps_its_letters() {
    let place = Place::new();
    let windows: Vec<u8> = REGISTER.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    place.write("old.csv", windows);
    place.write("new.csv", REGISTER);
    let first = place.run("people import old.csv");
    assert_eq!((first.code, first.talk.as_str()), (Some(0), ""));
    assert!(first.out.starts_with("Imported: 1 new"), "{}", first.out);
    // The same letters in UTF-8 are no change.
    assert!(place.run("people import new.csv").out.starts_with("Imported: 0 new, 0 changed, 1 unchanged"));
}

#[test]
fn one_bad_row_stops_an_import_and_shows_no_number() {
    let place = Place::new();
    place.write("people.csv", format!("{REGISTER}2;Ola Nordmann;12;Helse og omsorg\n"));
    let done = place.run("people import people.csv");
    assert_eq!(done.code, Some(1));
    assert!(done.talk.starts_with("people.csv:3"), "{}", done.talk);
    assert!(done.out.starts_with("Nothing saved"), "{}", done.out);
    assert!(!done.talk.contains("90000001"));
    assert!(place.run("people import people.csv --skip-bad").out.starts_with("Imported: 1 new"));
}

#[test]
fn wrong_databases_are_named_at_once() {
    let place = Place::new();
    place.write("text.db", "this is no database, and long enough to be read as one".repeat(20));
    let migrate = |url: &str| {
        let output = place.medvirk(["migrate"]).env("MEDVIRK_DATABASE_URL", url).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{url}");
        String::from_utf8(output.stderr).unwrap()
    };
    for url in ["mysql://x/y", "sqlite://", "sqlite://:memory:", "sqlite://a%20b.db", "medvirk.db"] {
        let talk = migrate(url);
        assert!(talk.starts_with("medvirk: environment variable MEDVIRK_DATABASE_URL: "), "{talk}");
    }
    for url in ["sqlite://.", "sqlite:///proc/medvirk.db", "sqlite://text.db/medvirk.db", "sqlite://text.db"] {
        let talk = migrate(url);
        assert!(talk.starts_with("medvirk: cannot open the database: ") && talk.lines().count() == 1, "{talk}");
    }
    let (listener, address) = taken_port();
    drop(listener);
    let talk = migrate(&format!("postgres://hr:hemmelig@{address}/medvirk"));
    assert!(talk.starts_with("medvirk: cannot reach PostgreSQL") && talk.lines().count() == 1, "{talk}");
    assert!(!talk.contains("hemmelig"), "{talk}");
}

#[test]
fn wrong_settings_are_all_told_by_name() {
    let place = Place::with_settings("databse_url = \"x\"\n[gateway]\nkind = \"kanel\"\n");
    let output = place.medvirk(["migrate"]).env("MEDVIRK_LISTN", "1").output().unwrap();
    let talk = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    for wrong in ["medvirk.toml:1: databse_url", "medvirk.toml:3: gateway.kind", "MEDVIRK_LISTN"] {
        assert!(talk.contains(wrong), "{talk}");
    }
    assert!(!place.path("medvirk.db").exists());
    place.run("--config nowhere.toml migrate").refuses("cannot read the settings in nowhere.toml");
    place.write("binary.toml", BINARY);
    place.run("--config binary.toml migrate").refuses("cannot read the settings in binary.toml");
    place.run("--config . migrate").refuses("cannot read the settings in .");
}

#[test]
fn used_wrongly_is_exit_2() {
    let place = Place::new();
    for line in ["nonsense", "check", "campaign create", "demo --answered 2", "demo --people 0", "serve --only all"] {
        assert_eq!(place.run(line).code, Some(2), "{line}");
    }
    // Most of these come later, and until then nobody may believe that they work; the last two need a file.
    for line in ["backup", "results", "campaign remind", "graph", "preview"] {
        assert_eq!(place.run(line).code, Some(2), "{line}");
    }
}

#[test]
fn a_reader_who_has_read_enough_is_no_error() {
    let place = Place::new();
    let mut child = place
        .medvirk(["check", "--format", "json", SURVEY])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}
