//! The synthetic register: the same people for the same seed, in the proportions of a real municipality.
//!
//! **Phone numbers.** No Norwegian range is set aside for fiction that we could find, so the demo uses the series
//! 999 00 000–999 99 999: libphonenumber's table of operators (9.0.33) lists none that holds
//! it. Registers of more than 100,000 people, which only load tests make, go on in the series 42. That nobody is ever
//! reached rests on more than that: the employees are marked as made up, and no real gateway sends to those.

use std::io::Write;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::municipality::{AREAS, Area, FAMILY_NAMES, FIRST_NAMES, PEOPLE};
use crate::definition::model::Language;
use crate::people::columns::Column;
use crate::people::employee::Employee;
use crate::people::phone::Phone;

/// One in so many shares a phone with the one before.
const SHARE_A_PHONE: usize = 1_500;

/// `people` employees of `Eksempel kommune`, the same for the same seed. At most 1,100,000 have numbers of their own.
#[must_use]
pub fn register(people: usize, seed: u64, current_year: i64) -> Vec<Employee> {
    let mut rng = StdRng::seed_from_u64(seed);
    let units = units(people, &mut rng);
    let places = units.iter().flat_map(|unit| (0..unit.people).map(move |place| (unit, place == 0)));
    places.enumerate().map(|(index, (unit, leads))| employee(index, unit, leads, current_year, &mut rng)).collect()
}

/// Writes the register file, headings in English, so that the demo comes in through the door that HR uses.
///
/// # Errors
/// What `out` refuses.
pub fn write_csv(employees: &[Employee], out: impl Write) -> csv::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(Column::ALL.map(|column| column.headings()[0]))?;
    for employee in employees {
        let year = employee.birth_year.map(|year| year.to_string()).unwrap_or_default();
        let level = |level: usize| employee.place.get(level).map_or("", String::as_str);
        csv.write_record([
            employee.number.as_str(),
            employee.name.as_deref().unwrap_or_default(),
            employee.phone.as_str(),
            level(0),
            level(1),
            level(2),
            &year,
            employee.language.as_ref().map_or("", Language::as_str),
            employee.employment.as_deref().unwrap_or_default(),
            yes_no(employee.staff_responsibility),
            yes_no(employee.union_rep),
            yes_no(employee.safety_rep),
        ])?;
    }
    Ok(csv.flush()?)
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// A unit and how many work in it.
struct Unit {
    place: [String; 3],
    people: usize,
}

fn units(people: usize, rng: &mut StdRng) -> Vec<Unit> {
    let of_areas = shares(people, &AREAS.map(|area| area.people));
    let areas = AREAS.iter().zip(of_areas);
    areas.flat_map(|(area, people)| units_of_area(area, people, rng)).collect()
}

fn units_of_area(area: &Area, people: usize, rng: &mut StdRng) -> Vec<Unit> {
    // The largest service of an area is three times its smallest.
    let weights: Vec<usize> = area.services.iter().map(|_| rng.random_range(10..=30)).collect();
    let mut units = Vec::new();
    for (service, people) in area.services.iter().zip(shares(people, &weights)) {
        let mut left = people;
        for number in 1.. {
            if left == 0 {
                break;
            }
            let size = unit_size(rng).min(left);
            left -= size;
            let place = [area.name.to_owned(), (*service).to_owned(), format!("{} {number}", area.unit)];
            units.push(Unit { place, people: size });
        }
    }
    units
}

/// One unit in twelve is tiny, under five; the mean is 15.
fn unit_size(rng: &mut StdRng) -> usize {
    if rng.random_ratio(1, 12) { rng.random_range(2..=4) } else { rng.random_range(8..=24) }
}

/// Divides `whole` in proportion to `weights`; the parts add up exactly.
fn shares(whole: usize, weights: &[usize]) -> Vec<usize> {
    let all: usize = weights.iter().sum();
    let (mut weight, mut given) = (0, 0);
    let share = |part: &usize| {
        weight += part;
        let until = whole * weight / all;
        let share = until - given;
        given = until;
        share
    };
    weights.iter().map(share).collect()
}

fn employee(index: usize, unit: &Unit, leads: bool, current_year: i64, rng: &mut StdRng) -> Employee {
    let permanent = leads || rng.random_ratio(763, 1_000);
    Employee {
        number: (100_000 + index).to_string(),
        name: Some(format!("{} {}", pick(&FIRST_NAMES, rng), pick(&FAMILY_NAMES, rng))),
        phone: phone(if index % SHARE_A_PHONE == SHARE_A_PHONE - 1 { index - 1 } else { index }),
        place: unit.place.to_vec(),
        birth_year: Some(current_year - age(leads, rng)),
        language: Language::parse(language(rng)),
        employment: Some(if permanent { "permanent" } else { "hourly" }.to_owned()),
        staff_responsibility: leads,
        union_rep: rng.random_ratio(6, 100),
        safety_rep: rng.random_ratio(4, 100),
    }
}

fn phone(index: usize) -> Phone {
    let first = if index < 100_000 { 99_900_000 } else { 42_000_000 - 100_000 };
    Phone::from_stored(format!("+47{}", first + index))
}

/// 19 to 70, in the shape of a bell, mean 45. Nobody leads before 28.
fn age(leads: bool, rng: &mut StdRng) -> i64 {
    loop {
        let age = 3 + (0..4).map(|_| rng.random_range(0..=21)).sum::<i64>();
        if (if leads { 28 } else { 19 }..=70).contains(&age) {
            return age;
        }
    }
}

/// 13 % read another language better than Norwegian.
fn language(rng: &mut StdRng) -> &'static str {
    match rng.random_range(0..100) {
        0..8 => "en",
        8..13 => "pl",
        13..20 => "nn",
        _ => "nb",
    }
}

fn pick<'a>(from: &[&'a str], rng: &mut StdRng) -> &'a str {
    from.get(rng.random_range(0..from.len())).copied().unwrap_or_default()
}

/// The areas' sizes are those of the whole register, so that its default size is theirs.
const _: () = {
    let (mut area, mut people) = (0, 0);
    while area < AREAS.len() {
        people += AREAS[area].people;
        area += 1;
    }
    assert!(people == PEOPLE);
};

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use super::*;
    use crate::people::phone::PhoneKind;
    use crate::people::register::{Register, Rules};

    fn count(employees: &[Employee], has: impl Fn(&Employee) -> bool) -> usize {
        employees.iter().filter(|employee| has(employee)).count()
    }

    #[test]
    fn the_municipality_has_the_proportions_of_a_real_one() {
        let people = register(8_880, 1, 2026);
        assert_eq!(people.len(), 8_880);
        let percent = |has: fn(&Employee) -> bool| count(&people, has) * 1_000 / people.len();
        assert!((60..=80).contains(&percent(|e| e.staff_responsibility)));
        assert!((54..=66).contains(&percent(|e| e.union_rep)));
        assert!((34..=46).contains(&percent(|e| e.safety_rep)));
        assert!((765..=795).contains(&percent(|e| e.employment.as_deref() == Some("permanent"))));
        assert!((115..=145).contains(&percent(|e| matches!(e.language.unwrap().as_str(), "en" | "pl"))));
        let ages: Vec<i64> = people.iter().map(|e| 2026 - e.birth_year.unwrap()).collect();
        assert!(ages.iter().all(|age| (19..=70).contains(age)));
        assert!((4_450..=4_550).contains(&(ages.iter().sum::<i64>() * 100 / 8_880)));
    }

    #[test]
    fn it_has_eight_areas_and_units_of_every_size() {
        let people = register(8_880, 1, 2026);
        let mut units = BTreeMap::new();
        for employee in &people {
            *units.entry(&employee.place).or_insert(0) += 1;
        }
        let distinct = |level| units.keys().map(|place| &place[..level]).collect::<HashSet<_>>().len();
        assert_eq!((distinct(1), distinct(2)), (8, 62));
        assert!((550..=700).contains(&distinct(3)), "{}", distinct(3));
        assert!(units.values().filter(|people| **people < 5).count() >= 20);
        for place in units.keys() {
            assert_eq!(count(&people, |e| e.place == **place && e.staff_responsibility), 1, "{place:?}");
        }
    }

    #[test]
    fn phones_are_norwegian_mobiles_and_all_but_a_handful_distinct() {
        for people in [8_880, 200_000] {
            let register = register(people, 1, 2026);
            let phones: HashSet<_> = register.iter().map(|employee| &employee.phone).collect();
            assert_eq!(phones.len(), people - people / SHARE_A_PHONE);
            for phone in phones {
                assert_eq!(Phone::parse(phone.as_str()).as_ref(), Ok(phone));
                assert_eq!(phone.kind(), PhoneKind::NorwegianMobile);
            }
        }
    }

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        let people = register(500, 7, 2026);
        let mut file = Vec::new();
        write_csv(&people, &mut file).unwrap();
        let rules = Rules { current_year: 2026, ..Rules::default() };
        let read: Result<Vec<_>, _> = Register::open(&file, &rules).unwrap().collect();
        assert_eq!(read.unwrap(), people);
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(register(100, 5, 2026), register(100, 5, 2026));
        assert_ne!(register(100, 5, 2026), register(100, 6, 2026));
        for people in [0, 1, 7, 63] {
            assert_eq!(register(people, 1, 2026).len(), people);
        }
    }
}
