//! HR imports the register: every row or none.

use std::collections::BTreeMap;

use sqlx::AnyConnection;

use crate::people::columns::Column;
use crate::people::register::{FileError, Problem, Register, Rules};
use crate::ports::Ports;
use crate::store::audit::{self, Action, Entry, Who};
use crate::store::people::{self, Headcount, OrgUnit};
use crate::store::register::Writer;
use crate::store::{Db, Tx};

/// How an import is meant.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "switches, independent of each other")]
pub struct Options {
    /// Does everything and then takes it back.
    pub dry_run: bool,
    /// Imports the good rows although there are bad ones.
    pub skip_bad: bool,
    /// Takes areas that an earlier import did not have.
    pub new_areas: bool,
    /// The file is the whole register: whomever it does not name has left.
    pub complete: bool,
    /// These people are made up. Made-up and real people never stand in one database.
    pub demo: bool,
    /// See [`Rules::mapping`].
    pub mapping: BTreeMap<String, Option<Column>>,
}

/// What an import did, or would have done.
#[derive(Debug)]
pub struct Imported {
    /// Whether it is in the database now.
    pub saved: bool,
    /// Employees that were not there before.
    pub new: u64,
    /// Employees that were there, and something of theirs changed.
    pub changed: u64,
    /// Employees that were there and are as they were.
    pub unchanged: u64,
    /// Employees that are in the database and not among the good rows; they are left alone, unless the file is complete.
    pub missing: u64,
    /// The missing ones have left.
    pub complete: bool,
    /// Rows whose phone number another row has too: all of those people will be written to.
    pub shared_phones: usize,
    /// Rows that are wrong.
    pub bad_rows: u64,
    /// Everything that is wrong with them, in the file's order.
    pub problems: Vec<Problem>,
}

/// Why an import did nothing at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no register.
    #[error(transparent)]
    File(#[from] FileError),
    /// Made-up people would have come among real ones, or the other way round.
    #[error(transparent)]
    Mixed(#[from] Mixed),
    /// The database refused.
    #[error("the register could not be saved: {0}")]
    Database(#[from] sqlx::Error),
}

impl ImportError {
    /// Stays the same over versions. Of headings each is wrong in its own way.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File(FileError::Empty) => "empty",
            Self::File(FileError::TooLarge) => "too_large",
            Self::File(FileError::Workbook) => "workbook",
            Self::File(FileError::Utf16) => "utf16",
            Self::File(FileError::Binary) => "binary",
            Self::File(FileError::Headings(_)) => "headings",
            Self::Mixed(Mixed::RealAmongDemo) => "real_among_demo",
            Self::Mixed(Mixed::DemoAmongReal) => "demo_among_real",
            Self::Database(_) => "database",
        }
    }
}

/// Made-up people and real ones are never in one register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mixed {
    /// Real people are to come among made-up ones.
    #[error("this database holds the demo's made-up people; import into a database of its own")]
    RealAmongDemo,
    /// Made-up people are to come among real ones.
    #[error("this database holds real people; the demo needs a database of its own")]
    DemoAmongReal,
}

/// Imports the register file `bytes`: employees are matched by employee number, new ones are added, and those whom the
/// file does not name are left alone, unless it is complete. All in one transaction; bad rows stop it unless `skip_bad`.
///
/// # Errors
/// A file that is no register, people of two kinds, or a database that refuses. Nothing is saved then.
pub async fn import(
    db: &Db,
    ports: &Ports,
    who: Who<'_>,
    bytes: &[u8],
    options: Options,
) -> Result<Imported, ImportError> {
    let mut tx = db.begin().await?;
    let before = people::headcount(&mut tx).await?;
    never_mixed(before, options.demo)?;
    let tree = people::tree(&mut tx).await?;
    let rules = rules(ports, &tree, &options);
    let mut register = Register::open(bytes, &rules)?;
    let writer = Writer::new(&tree, &ports.chance, options.demo);
    let written = write(&mut tx, writer, &mut register).await?;
    let after = people::headcount(&mut tx).await?;
    if options.complete {
        // A bad row is nobody's notice: its number counts.
        let all = people::numbers(&mut tx).await?;
        for (id, _) in all.iter().filter(|(_, number)| !register.names(number)) {
            people::leave(&mut tx, id, ports.clock.now()).await?;
        }
    }
    let entry = Entry::new(ports.clock.now(), who, Action::Imported, written.good.to_string());
    audit::record(&mut tx, &ports.chance.id(), &entry).await?;
    let saved = end(tx, &options, &written).await?;
    Ok(Imported {
        saved,
        complete: options.complete,
        shared_phones: register.shared_phones(),
        ..imported(written, before, after)
    })
}

/// What went through, and what did not.
struct Written {
    good: u64,
    affected: u64,
    bad_rows: u64,
    problems: Vec<Problem>,
}

async fn write(
    connection: &mut AnyConnection,
    mut writer: Writer<'_>,
    register: &mut Register<'_>,
) -> sqlx::Result<Written> {
    let (mut good, mut bad_rows, mut problems) = (0, 0, Vec::new());
    for row in register {
        match row {
            Ok(employee) => {
                good += 1;
                writer.put(connection, &employee).await?;
            }
            Err(wrong) => {
                bad_rows += 1;
                problems.extend(wrong);
            }
        }
    }
    Ok(Written { good, affected: writer.finish(connection).await?, bad_rows, problems })
}

async fn end(tx: Tx, options: &Options, written: &Written) -> sqlx::Result<bool> {
    let saved = !options.dry_run && (written.bad_rows == 0 || options.skip_bad);
    if saved {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    Ok(saved)
}

fn imported(written: Written, before: Headcount, after: Headcount) -> Imported {
    let employed = |count: Headcount| u64::try_from(count.demo + count.real - count.left).unwrap_or(0);
    let new = employed(after).saturating_sub(employed(before));
    Imported {
        saved: false,
        complete: false,
        new,
        changed: written.affected.saturating_sub(new),
        unchanged: written.good.saturating_sub(written.affected),
        missing: employed(after).saturating_sub(written.good),
        shared_phones: 0,
        bad_rows: written.bad_rows,
        problems: written.problems,
    }
}

/// Made-up and real people never stand in one database.
///
/// # Errors
/// They would.
pub(super) fn never_mixed(there: Headcount, demo: bool) -> Result<(), ImportError> {
    match there {
        Headcount { real: 1.., .. } if demo => Err(Mixed::DemoAmongReal.into()),
        Headcount { demo: 1.., .. } if !demo => Err(Mixed::RealAmongDemo.into()),
        _ => Ok(()),
    }
}

/// The first import may name any area; later ones only those, so that a misspelling does not become an area.
fn rules(ports: &Ports, tree: &[OrgUnit], options: &Options) -> Rules {
    let areas = tree.iter().filter(|unit| unit.level == 1 && !options.new_areas);
    Rules {
        current_year: i64::from(ports.clock.now().to_zoned(jiff::tz::TimeZone::UTC).year()),
        known_areas: areas.map(|unit| unit.name.clone()).collect(),
        mapping: options.mapping.clone(),
    }
}
