//! Keys by command: where they lie, who opens, and what the doctor says.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::place::Place;

const KANNEL: &str = "environment = \"test\"\nkeys_recovery = \"safe\"\n[gateway]\nkind = \"kannel\"\n\
                      url = \"http://127.0.0.1:9/cgi-bin/sendsms\"\nusername = \"medvirk\"\npassword = \"hemmelig\"\n";

fn with_people() -> (Place, String) {
    let place = Place::with_settings(KANNEL);
    place.write("people.csv", "ansattnr;mobil\n1;90000001\n2;90000002\n");
    assert_eq!(place.run("people import people.csv").code, Some(0));
    let id = place.draft();
    (place, id)
}

#[test]
fn a_key_lies_in_its_own_file_until_the_answers_are_opened() {
    let (place, id) = with_people();
    assert_eq!(place.run(&format!("campaign launch {id}")).code, Some(0));
    let files = ["keys", "safe"].map(|folder| place.path(folder).join(format!("{id}.key")));
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(files.each_ref().map(mode), [0o600, 0o600]);
    assert_eq!(mode(&place.path("keys")), 0o700);
    let looked = place.run("doctor");
    assert_eq!((looked.code, looked.out.lines().count()), (Some(0), 1), "{}", looked.out);
    assert!(looked.out.contains("lies beside the database"), "{}", looked.out);
    let key = files.each_ref().map(|file| fs::read(file).unwrap());
    for file in &files {
        fs::remove_file(file).unwrap();
    }
    let looked = place.run("doctor");
    assert_eq!(looked.code, Some(1));
    assert!(looked.out.contains("without it no answer can be opened"), "{}", looked.out);
    place.run(&format!("campaign close {id}"));
    place.run(&format!("campaign open {id}")).refuses("the campaign's key is not there");
    fs::write(&files[1], &key[1]).unwrap();
    assert!(place.run("doctor").out.contains("only the copy is left"));
    assert!(place.run(&format!("campaign open {id}")).out.starts_with("0 responses"));
    assert!(!files[0].exists() && !files[1].exists());
    let looked = place.run("doctor");
    assert_eq!((looked.code, looked.out.as_str()), (Some(0), ""));
    let nothing = "0 employees who have left\n0 entries of the audit log\n";
    assert_eq!(place.run("purge --dry-run").out, format!("Would be deleted:\n{nothing}"));
    assert_eq!(place.run("purge").out, format!("Deleted:\n{nothing}"));
}

#[test]
fn two_shares_open_from_files_or_typed() {
    let (place, id) = with_people();
    let launched = place.run(&format!("campaign launch {id} --opened-by-two --format json"));
    let shares: serde_json::Value = serde_json::from_str(&launched.out).unwrap();
    let share = |at: usize| shares["shares"][at].as_str().unwrap().to_owned();
    assert!(!place.path("keys").join(format!("{id}.key")).exists());
    assert_eq!(place.run("doctor").out, "");
    place.run(&format!("campaign close {id}"));
    place.write("hr.share", share(0));
    place.run(&format!("campaign open {id} --share-file hr.share")).refuses("two different shares are needed");
    place.write("wrong.share", share(2).replace(&share(2)[..4], "AAAA"));
    place.run(&format!("campaign open {id} --share-file hr.share --share-file wrong.share")).refuses("mistyped");
    let typed = format!("{}\n\n{}\n", share(2), share(1));
    let opened = place.run_with_input(&format!("campaign open {id}"), &typed);
    assert!(opened.out.starts_with("0 responses"), "{}", opened.talk);
}

#[test]
fn what_is_stored_about_somebody_is_handed_over_and_erased() {
    let (place, _) = with_people();
    let record: serde_json::Value = serde_json::from_str(&place.run("people export 2").out).unwrap();
    assert_eq!(record["employee"]["phone"], "+4790000002");
    place.run("people erase 2").refuses("say --yes");
    assert_eq!(place.run("people erase 2 --yes").out, "Erased: 1 employee, 0 campaigns, 0 messages\n");
    place.run("people export 2").refuses("nobody in the register has that employee number");
    place.run("people erase 2 --yes").refuses("nobody in the register has that employee number");
    place.write("people.csv", "ansattnr;mobil\n3;90000003\n");
    let imported = place.run("people import people.csv --complete");
    assert_eq!(imported.out, "Imported: 1 new, 0 changed, 0 unchanged, 1 have left, 0 bad rows\n");
}
