//! Importing registers into a database, twice, with changes, with mistakes.

use std::fmt::Write as _;

use medvirk::actions::import::{ImportError, Imported, Options, import};
use medvirk::ports::{Chance, Clock, Ports};
use medvirk::store::dialect::Dialect;
use medvirk::store::{Db, people, recipients};
use tempfile::TempDir;

use crate::postgres::Database;

/// A database that is gone when the test ends.
struct Place {
    db: Db,
    ports: Ports,
    _held: Held,
}

/// What the database lives in.
#[expect(dead_code, reason = "held for its end")]
enum Held {
    Folder(TempDir),
    Postgres(Database),
}

impl Place {
    async fn new(dialect: Dialect) -> Self {
        let (url, held) = match dialect {
            Dialect::Sqlite => {
                let dir = TempDir::new().unwrap();
                (format!("sqlite://{}", dir.path().join("medvirk.db").display()), Held::Folder(dir))
            }
            Dialect::Postgres => {
                let database = Database::create().await;
                (database.url(), Held::Postgres(database))
            }
        };
        let db = Db::open(&url).await.unwrap();
        db.migrate().await.unwrap();
        let now = "2026-06-01T08:00:00Z".parse().unwrap();
        Self { db, ports: Ports { clock: Clock::manual(now), chance: Chance::seeded(1) }, _held: held }
    }

    async fn import(&self, file: &str, options: Options) -> Result<Imported, ImportError> {
        import(&self.db, &self.ports, medvirk::store::audit::ITSELF, file.as_bytes(), options).await
    }

    async fn employees(&self) -> Vec<recipients::Recipient> {
        let mut connection = self.db.read().acquire().await.unwrap();
        recipients::all(&mut connection, "", 10_000).await.unwrap()
    }

    async fn tree(&self) -> Vec<people::OrgUnit> {
        people::tree(&mut self.db.read().acquire().await.unwrap()).await.unwrap()
    }
}

const THREE: &str = "employee_id,phone,area,service,unit,birth_year,language,union_rep\n\
    1,90000001,Skole,Lia skole,Trinn 1,1980,nb,ja\n\
    2,90000002,Skole,Lia skole,,1990,,\n\
    3,90000003,,,,,pl,nei\n";

const AS_IT_COMES: Options = Options {
    dry_run: false,
    skip_bad: false,
    new_areas: false,
    complete: false,
    demo: false,
    mapping: std::collections::BTreeMap::new(),
};

fn counts(imported: &Imported) -> (u64, u64, u64, u64) {
    (imported.new, imported.changed, imported.unchanged, imported.missing)
}

async fn a_second_import_changes_what_changed_and_leaves_the_rest_alone(dialect: Dialect) {
    let place = Place::new(dialect).await;
    let first = place.import(THREE, AS_IT_COMES).await.unwrap();
    assert!(first.saved);
    assert_eq!(counts(&first), (3, 0, 0, 0));
    let (before, tree) = (place.employees().await, place.tree().await);

    let again = place.import(THREE, AS_IT_COMES).await.unwrap();
    assert_eq!(counts(&again), (0, 0, 3, 0));
    assert_eq!((place.employees().await, place.tree().await), (before, tree));

    let changed = "employee_id,phone,area\n3,90000003,Skole\n2,90000002,\n4,90000004,Skole\n";
    let third = place.import(changed, AS_IT_COMES).await.unwrap();
    assert_eq!(counts(&third), (1, 2, 0, 1));
    let employees = place.employees().await;
    assert_eq!(employees.len(), 4);
    let third_employee = employees.iter().find(|employee| employee.phone.as_str() == "+4790000003").unwrap();
    assert!(third_employee.area_id.is_some() && third_employee.language.is_none());
}

async fn recipients_know_their_area_at_every_depth(dialect: Dialect) {
    let place = Place::new(dialect).await;
    place.import(THREE, AS_IT_COMES).await.unwrap();
    let tree = place.tree().await;
    let levels: Vec<_> = tree.iter().map(|unit| (unit.level, unit.name.as_str())).collect();
    assert_eq!(levels, [(1, "Skole"), (2, "Lia skole"), (3, "Trinn 1")]);
    assert_eq!(tree[2].parent_id.as_ref(), Some(&tree[1].id));

    let area = Some(tree[0].id.clone());
    let employees = place.employees().await;
    let of = |phone: &str| employees.iter().find(|employee| employee.phone.as_str() == phone).unwrap();
    assert_eq!((&of("+4790000001").area_id, &of("+4790000001").org_unit_id), (&area, &Some(tree[2].id.clone())));
    assert_eq!((&of("+4790000002").area_id, &of("+4790000002").org_unit_id), (&area, &Some(tree[1].id.clone())));
    assert_eq!((&of("+4790000003").area_id, &of("+4790000003").org_unit_id), (&None, &None));
    assert_eq!((of("+4790000001").birth_year, of("+4790000001").union_rep), (Some(1980), true));
    assert_eq!((of("+4790000003").language.as_deref(), of("+4790000003").demo), (Some("pl"), false));

    let mut connection = place.db.read().acquire().await.unwrap();
    assert_eq!(people::counts_by_area(&mut connection).await.unwrap().iter().map(|(_, n)| n).sum::<i64>(), 3);
    assert!(people::counts_by_area(&mut connection).await.unwrap().contains(&(area, 2)));
}

async fn a_bad_row_stops_everything_unless_it_is_skipped(dialect: Dialect) {
    let place = Place::new(dialect).await;
    let file = format!("{THREE}5,12,,,,,,\n1,90000009,,,,,,\n");
    let refused = place.import(&file, AS_IT_COMES).await.unwrap();
    assert!(!refused.saved);
    assert_eq!((refused.bad_rows, refused.problems.len()), (2, 2));
    assert!(place.employees().await.is_empty() && place.tree().await.is_empty());

    let skipped = place.import(&file, Options { skip_bad: true, ..AS_IT_COMES }).await.unwrap();
    assert!(skipped.saved);
    assert_eq!((skipped.new, skipped.bad_rows), (3, 2));
    assert_eq!(place.employees().await.len(), 3);
}

async fn a_dry_run_counts_and_saves_nothing(dialect: Dialect) {
    let place = Place::new(dialect).await;
    let dry = place.import(THREE, Options { dry_run: true, ..AS_IT_COMES }).await.unwrap();
    assert_eq!((dry.saved, dry.new), (false, 3));
    assert!(place.employees().await.is_empty() && place.tree().await.is_empty());
}

async fn made_up_and_real_people_never_mix(dialect: Dialect) {
    let place = Place::new(dialect).await;
    let demo = Options { demo: true, ..AS_IT_COMES };
    place.import(THREE, demo.clone()).await.unwrap();
    assert!(place.employees().await.iter().all(|employee| employee.demo));
    assert!(matches!(place.import(THREE, AS_IT_COMES).await, Err(ImportError::Mixed(_))));
    assert!(place.import(THREE, demo.clone()).await.is_ok());

    let place = Place::new(dialect).await;
    place.import(THREE, AS_IT_COMES).await.unwrap();
    assert!(matches!(place.import(THREE, demo.clone()).await, Err(ImportError::Mixed(_))));
}

async fn a_later_import_takes_a_new_area_only_when_told(dialect: Dialect) {
    let place = Place::new(dialect).await;
    place.import(THREE, AS_IT_COMES).await.unwrap();
    let file = "employee_id,phone,area\n9,90000009,Eiendom\n";
    assert!(!place.import(file, AS_IT_COMES).await.unwrap().saved);
    assert!(place.import(file, Options { new_areas: true, ..AS_IT_COMES }).await.unwrap().saved);
}

async fn many_rows_go_through_in_chunks_and_come_back_in_pages(dialect: Dialect) {
    let place = Place::new(dialect).await;
    let mut file = "employee_id,phone,area,service,unit\n".to_owned();
    for row in 0..2_345 {
        writeln!(file, "{row},9{row:07},Område {},Tjeneste {},Enhet {row}", row % 8, row % 60).unwrap();
    }
    let imported = place.import(&file, AS_IT_COMES).await.unwrap();
    assert_eq!(counts(&imported), (2_345, 0, 0, 0));

    let mut connection = place.db.read().acquire().await.unwrap();
    let (mut after, mut seen) = (String::new(), 0);
    loop {
        let page = recipients::all(&mut connection, &after, 1_000).await.unwrap();
        seen += page.len();
        match page.last() {
            Some(last) if page.len() == 1_000 => after.clone_from(&last.employee_id),
            _ => break,
        }
    }
    assert_eq!(seen, 2_345);
    assert_eq!(people::counts_by_area(&mut connection).await.unwrap().len(), 8);
    let tree = people::tree(&mut connection).await.unwrap();
    assert_eq!(tree.iter().filter(|unit| unit.level == 3).count(), 2_345);
}

/// Each story on both databases.
macro_rules! on_both {
    ($($story:ident)*) => {
        mod sqlite {
            $(#[tokio::test] async fn $story() { super::$story(super::Dialect::Sqlite).await })*
        }
        mod postgres {
            $(#[tokio::test] async fn $story() { super::$story(super::Dialect::Postgres).await })*
        }
    };
}

on_both! {
    a_second_import_changes_what_changed_and_leaves_the_rest_alone
    recipients_know_their_area_at_every_depth
    a_bad_row_stops_everything_unless_it_is_skipped
    a_dry_run_counts_and_saves_nothing
    made_up_and_real_people_never_mix
    a_later_import_takes_a_new_area_only_when_told
    many_rows_go_through_in_chunks_and_come_back_in_pages
}
