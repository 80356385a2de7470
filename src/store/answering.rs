//! What the form asks of the database, and what it writes there. Many phones do so at the same moment, so both gather.

use std::collections::{HashMap, HashSet};

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::Db;
use super::bulk::rows;
use super::dialect::Dialect;
use super::envelopes::{self, NewEnvelope};
use super::group::{Task, Write};

/// What the form needs to know of the one who opens a link.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The invitation.
    pub id: String,
    /// Its campaign.
    pub campaign_id: String,
    /// Whether it is answered already.
    pub answered: bool,
    /// JSON object of attributes.
    pub attributes: String,
    /// Two letters, from the register.
    pub language: Option<String>,
    /// The deepest node of the tree that is known.
    pub unit_id: Option<String>,
    /// What the answers are sealed to.
    pub public_key: Option<String>,
    /// The campaign's state, as stored.
    pub campaign_state: String,
    /// When answering stops by itself, epoch milliseconds.
    pub closes_at: Option<i64>,
    /// Wants no more messages.
    pub stopped: bool,
    /// Version and sealed text of the draft.
    pub draft: Option<(i64, String)>,
}

/// Somebody opens a link: what does it lead to? Reads only, since opening a link changes nothing.
#[derive(Debug)]
pub struct Look {
    /// See [`crate::respond::token::Token::lookup_hash`].
    pub token_hash: String,
}

impl Task for Look {
    type Done = Option<Opened>;

    async fn run(db: &Db, group: &[&Self]) -> sqlx::Result<Vec<Option<Opened>>> {
        let sql = format!(
            "SELECT i.token_hash, i.id, c.public_key, i.campaign_id, i.state, i.attributes, i.language, \
             COALESCE(i.unit_id, i.area_id) AS unit_id, i.stopped_by, c.state AS campaign_state, c.closes_at, d.version, d.sealed \
             FROM invitations i JOIN campaigns c ON c.id = i.campaign_id LEFT JOIN drafts d ON d.invitation_id = i.id \
             WHERE i.token_hash IN (SELECT value ->> 0 FROM {})",
            db.dialect().rows()
        );
        let hashes = rows(group.iter().map(|look| (&look.token_hash,)))?;
        let found = sqlx::query(AssertSqlSafe(sql)).bind(hashes).fetch_all(db.read()).await?;
        let opened = found.iter().map(|row| Ok((row.try_get("token_hash")?, Opened::read(row)?)));
        let opened: HashMap<String, Opened> = opened.collect::<sqlx::Result<_>>()?;
        Ok(group.iter().map(|look| opened.get(&look.token_hash).cloned()).collect())
    }
}

impl Opened {
    fn read(row: &AnyRow) -> sqlx::Result<Self> {
        let state: String = row.try_get("state")?;
        let stopped_by: Option<String> = row.try_get("stopped_by")?;
        let (version, sealed): (Option<i64>, Option<String>) = (row.try_get("version")?, row.try_get("sealed")?);
        Ok(Self {
            id: row.try_get("id")?,
            campaign_id: row.try_get("campaign_id")?,
            answered: state == "answered",
            attributes: row.try_get("attributes")?,
            language: row.try_get("language")?,
            unit_id: row.try_get("unit_id")?,
            public_key: row.try_get("public_key")?,
            campaign_state: row.try_get("campaign_state")?,
            closes_at: row.try_get("closes_at")?,
            stopped: stopped_by.is_some(),
            draft: version.zip(sealed),
        })
    }
}

/// What one phone makes happen.
#[derive(Debug)]
pub enum FormWrite {
    /// Keeps the answers of one page.
    Keep(Keep),
    /// Sends everything in.
    Submit(Submit),
}

/// A draft that takes the place of `version` (0: there was none).
#[derive(Debug)]
pub struct Keep {
    /// Whose.
    pub invitation_id: String,
    /// The version that it was made from.
    pub version: i64,
    /// See [`crate::respond::draft::Draft::seal`].
    pub sealed: String,
    /// Days since 1970.
    pub day: i64,
}

/// An envelope that takes the place of the draft of `version`.
#[derive(Debug)]
pub struct Submit {
    /// Whose.
    pub invitation_id: String,
    /// The version of the draft that it was made from.
    pub version: i64,
    /// What is stored, with nothing that leads back.
    pub envelope: NewEnvelope,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormWritten {
    /// Durable.
    Done,
    /// Answered already; nothing changed.
    Answered,
    /// Another phone was faster; nothing changed, read again.
    Outdated,
}

impl Write for FormWrite {
    type Done = FormWritten;

    async fn apply(&self, connection: &mut AnyConnection, dialect: Dialect) -> sqlx::Result<FormWritten> {
        match self {
            Self::Keep(page) => keep(&[page], connection, dialect).await?.pop().ok_or(sqlx::Error::RowNotFound),
            Self::Submit(submit) => submit.apply(connection).await,
        }
    }

    /// Pages go together as far as they are of different people; the others, and what is sent in, come one by one after them.
    async fn apply_all(
        group: &[&Self],
        connection: &mut AnyConnection,
        dialect: Dialect,
    ) -> sqlx::Result<Vec<FormWritten>> {
        let mut people = HashSet::new();
        let together: Vec<Option<&Keep>> = group
            .iter()
            .map(|write| match write {
                Self::Keep(page) if people.insert(page.invitation_id.as_str()) => Some(page),
                _ => None,
            })
            .collect();
        let pages: Vec<&Keep> = together.iter().copied().flatten().collect();
        let mut kept = keep(&pages, connection, dialect).await?.into_iter();
        let mut done = Vec::with_capacity(group.len());
        for (write, together) in group.iter().zip(together) {
            done.push(match together.and_then(|_| kept.next()) {
                Some(kept) => kept,
                None => write.apply(connection, dialect).await?,
            });
        }
        Ok(done)
    }
}

/// Keeps the pages of different people. The invitation's row is changed first: it is the lock that keeps a draft from
/// outliving its response.
async fn keep(pages: &[&Keep], connection: &mut AnyConnection, dialect: Dialect) -> sqlx::Result<Vec<FormWritten>> {
    let ids = rows(pages.iter().map(|page| (&page.invitation_id,)))?;
    let start = format!(
        "UPDATE invitations SET state = 'started' WHERE state <> 'answered' AND id IN (SELECT value ->> 0 FROM {}) RETURNING id",
        dialect.rows()
    );
    let open: Vec<String> = sqlx::query_scalar(AssertSqlSafe(start)).bind(ids).fetch_all(&mut *connection).await?;
    let open: HashSet<String> = open.into_iter().collect();
    let drafts = pages.iter().filter(|page| open.contains(&page.invitation_id));
    let drafts = rows(drafts.map(|page| (&page.invitation_id, page.version, &page.sealed, page.day)))?;
    let insert = format!(
        "INSERT INTO drafts (invitation_id, version, sealed, day) \
         SELECT value ->> 0, CAST(value ->> 1 AS BIGINT) + 1, value ->> 2, CAST(value ->> 3 AS BIGINT) FROM {} WHERE 1 = 1 \
         ON CONFLICT (invitation_id) DO UPDATE SET version = excluded.version, sealed = excluded.sealed, day = excluded.day \
         WHERE drafts.version + 1 = excluded.version RETURNING invitation_id",
        dialect.rows()
    );
    let kept: Vec<String> = sqlx::query_scalar(AssertSqlSafe(insert)).bind(drafts).fetch_all(connection).await?;
    let kept: HashSet<String> = kept.into_iter().collect();
    let what = |page: &&Keep| match (open.contains(&page.invitation_id), kept.contains(&page.invitation_id)) {
        (false, _) => FormWritten::Answered,
        (true, false) => FormWritten::Outdated,
        (true, true) => FormWritten::Done,
    };
    Ok(pages.iter().map(what).collect())
}

impl Submit {
    async fn apply(&self, connection: &mut AnyConnection) -> sqlx::Result<FormWritten> {
        let answered = sqlx::query(
            "UPDATE invitations SET state = 'answered' WHERE id = $1 AND state <> 'answered' AND EXISTS \
             (SELECT 1 FROM drafts WHERE invitation_id = $1 AND version = $2)",
        )
        .bind(&self.invitation_id)
        .bind(self.version)
        .execute(&mut *connection)
        .await?;
        if answered.rows_affected() == 0 {
            return self.refused(connection).await;
        }
        let deleted = sqlx::query("DELETE FROM drafts WHERE invitation_id = $1").bind(&self.invitation_id);
        if deleted.execute(&mut *connection).await?.rows_affected() == 0 {
            return self.closed_meanwhile(connection).await;
        }
        envelopes::insert(connection, &self.envelope).await?;
        Ok(FormWritten::Done)
    }

    /// Closing deletes every draft, and may do so between the two statements above (on PostgreSQL): no envelope comes after
    /// it, since opening counts on having all.
    async fn closed_meanwhile(&self, connection: &mut AnyConnection) -> sqlx::Result<FormWritten> {
        let undo = sqlx::query("UPDATE invitations SET state = 'started' WHERE id = $1").bind(&self.invitation_id);
        undo.execute(connection).await?;
        Ok(FormWritten::Outdated)
    }

    async fn refused(&self, connection: &mut AnyConnection) -> sqlx::Result<FormWritten> {
        let state: Option<(String,)> = sqlx::query_as("SELECT state FROM invitations WHERE id = $1")
            .bind(&self.invitation_id)
            .fetch_optional(connection)
            .await?;
        Ok(if state.is_some_and(|(state,)| state == "answered") {
            FormWritten::Answered
        } else {
            FormWritten::Outdated
        })
    }
}
