//! How much is left to be read.

use std::time::Instant;

use crate::municipality::{MIDWAY, Municipality};

#[test]
fn nearly_every_unit_gets_its_own_report() {
    let municipality = Municipality::new(MIDWAY, 8880, 2020);
    let start = Instant::now();
    let publication = municipality.publish();
    eprintln!("{:?}", start.elapsed());
    eprintln!("{:?}", publication.gate);
    eprintln!("{:?}", publication.certificate);
    let mut n = std::collections::BTreeMap::<(String, String, usize), [u32; 2]>::new();
    for group in &publication.groups {
        let key = (group.audience.clone(), group.breakdown.clone().unwrap_or_default(), group.unit.len());
        n.entry(key).or_default()[usize::from(group.base.is_some())] += 1;
    }
    for (key, [hidden, shown]) in n {
        eprintln!("{key:?} hidden {hidden} shown {shown}");
    }
    eprintln!("{} tables, {} bytes", publication.tables.len(), serde_json::to_vec(&publication).unwrap().len());
    assert!(publication.gate.passed());
}
