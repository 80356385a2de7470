//! `medvirk backup`: a copy from which one goes on.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::place::Place;

#[test]
fn one_goes_on_from_a_copy() {
    let place = Place::new();
    place.run("backup --out early.db").refuses("there is no database in medvirk.db");
    assert!(!place.path("medvirk.db").exists() && !place.path("early.db").exists());
    let id = place.draft();
    let done = place.run("backup --out copy.db");
    assert_eq!(done.code, Some(0), "{}", done.talk);
    assert!(done.out.starts_with("copy.db: ") && done.talk.contains("the keys are not in it"), "{}", done.talk);
    assert_eq!(fs::metadata(place.path("copy.db")).unwrap().permissions().mode() & 0o777, 0o600);
    let copy = fs::read(place.path("copy.db")).unwrap();
    place.run("backup --out copy.db").refuses("copy.db is there already, and nothing is written over");
    assert_eq!(fs::read(place.path("copy.db")).unwrap(), copy);
    place.run("backup --out nowhere/copy.db").refuses("cannot write nowhere/copy.db");
    // Elsewhere, as after a fire.
    let other = Place::new();
    fs::copy(place.path("copy.db"), other.path("medvirk.db")).unwrap();
    let status = other.run(&format!("campaign status {id}"));
    assert_eq!(status.code, Some(0), "{}", status.talk);
    assert_eq!(other.run("doctor").code, Some(0));
}

#[test]
fn postgres_is_copied_by_its_own_tools() {
    let place = Place::with_settings("database_url = \"postgres://medvirk@127.0.0.1:1/medvirk\"\n");
    place.run("backup --out copy.db").refuses("pg_dump");
    assert!(!place.path("copy.db").exists());
}
