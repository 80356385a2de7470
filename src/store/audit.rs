//! Who decided what, when.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::Db;

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing leaves any more.
    Paused,
    /// Messages leave again.
    Resumed,
    /// A reminder was written.
    Reminded,
    /// People who came later were invited.
    PeopleAdded,
    /// What had not left was cancelled.
    UnsentCancelled,
    /// Messages in doubt were left to the next reminder.
    DoubtsLeft,
    /// Messages in doubt were sent again.
    DoubtsSentAgain,
    /// Somebody's number was corrected.
    NumberCorrected,
    /// A sample went to one's own phone.
    SampleSent,
    /// The answers were opened.
    Opened,
    /// An edition was published; the detail is its hash.
    Published,
    /// Answers and invitations were deleted, their time being over.
    Purged,
    /// The first look at a text; the detail of this and the next three is the question, and never the words.
    TextCleaned,
    /// A text is not for publication.
    TextPutAside,
    /// The second look at a text.
    TextReleased,
    /// A text is to be looked at from the beginning.
    TextReturned,
    /// A theme of texts was added or deleted; the detail is its question.
    ThemesChanged,
    /// Themes, and words where they were wanted, were published; the detail is the document's hash.
    WordsPublished,
    /// What a draft asks was changed.
    DefinitionChanged,
}

impl Action {
    /// As the database has it, and `locales/` behind `hr-decided-`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Reminded => "reminded",
            Self::PeopleAdded => "people_added",
            Self::UnsentCancelled => "unsent_cancelled",
            Self::DoubtsLeft => "doubts_left",
            Self::DoubtsSentAgain => "doubts_sent_again",
            Self::NumberCorrected => "number_corrected",
            Self::SampleSent => "sample_sent",
            Self::Opened => "opened",
            Self::Published => "published",
            Self::Purged => "purged",
            Self::TextCleaned => "text_cleaned",
            Self::TextPutAside => "text_put_aside",
            Self::TextReleased => "text_released",
            Self::TextReturned => "text_returned",
            Self::ThemesChanged => "themes_changed",
            Self::WordsPublished => "words_published",
            Self::DefinitionChanged => "definition_changed",
        }
    }
}

/// One decision. Never answers, tokens or phone numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// The account's name; [`COMMAND`] or [`ITSELF`].
    pub who: String,
    /// From [`Action::name`].
    pub action: String,
    /// Of this campaign.
    pub campaign: Option<String>,
    /// What else there is to know: how many, which employee number, why.
    pub detail: String,
}

/// Somebody at the machine, by a command.
pub const COMMAND: &str = "command";
/// medvirk itself.
pub const ITSELF: &str = "medvirk";

/// Writes one down, in the transaction of what was decided.
///
/// # Errors
/// What the database refuses.
pub async fn record(connection: &mut AnyConnection, id: &str, entry: &Entry) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO audit (id, at, who, action, campaign_id, detail) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(entry.at.as_millisecond())
        .bind(entry.who.as_str())
        .bind(entry.action.as_str())
        .bind(entry.campaign.as_deref())
        .bind(entry.detail.as_str())
        .execute(connection)
        .await
        .map(drop)
}

/// How often something was decided about a campaign since that moment.
///
/// # Errors
/// What the database refuses.
pub async fn count_since(
    connection: &mut AnyConnection,
    campaign: &str,
    action: Action,
    since: Timestamp,
) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM audit WHERE campaign_id = $1 AND action = $2 AND at > $3")
        .bind(campaign)
        .bind(action.name())
        .bind(since.as_millisecond())
        .fetch_one(connection)
        .await
}

/// What was decided about a campaign as a whole, the newest first. Not each look at each text: those are thousands.
///
/// # Errors
/// The database is out of reach.
pub async fn of_campaign(db: &Db, campaign: &str) -> anyhow::Result<Vec<Entry>> {
    let rows: Vec<(i64, String, String, Option<String>, String)> = sqlx::query_as(
        "SELECT at, who, action, campaign_id, detail FROM audit \
         WHERE campaign_id = $1 AND action NOT LIKE 'text%' ORDER BY at DESC, id",
    )
    .bind(campaign)
    .fetch_all(db.read())
    .await?;
    let entry = |(at, who, action, campaign, detail)| {
        Ok(Entry { at: Timestamp::from_millisecond(at)?, who, action, campaign, detail })
    };
    rows.into_iter().map(entry).collect()
}
