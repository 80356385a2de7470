//! The rules of the survey language, each with a code that stays the same over versions.

use serde::{Serialize, Serializer};

use super::diagnostic::Severity;

/// Which rule is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The file is UTF-8 text of at most 1 MiB.
    Readable,
    /// The file is YAML.
    Syntax,
    /// Nesting has an end.
    Depth,
    /// No anchors, aliases, tags, merge keys or second document.
    PlainYaml,
    /// A key stands once.
    DuplicateKey,
    /// A key is one word.
    KeyIsText,
    /// Every key is known.
    UnknownKey,
    /// What must be said is said.
    MissingKey,
    /// A list where a list belongs, a text where a text belongs.
    Shape,
    /// A key has a value.
    EmptyValue,
    /// A word is one of those allowed here.
    Word,
    /// A number is in its range.
    Range,
    /// A key fits the type of its question.
    KeyFitsType,
    /// Ids are lower-case letters, digits and `_` (`-` in the survey's own).
    IdForm,
    /// Words of the language are no ids.
    IdReserved,
    /// An id stands once.
    IdTaken,
    /// Languages are two letters each, at least one, none twice.
    Languages,
    /// Every text stands in every language.
    Translation,
    /// A text is in a language of the survey.
    ForeignLanguage,
    /// Every name means something.
    UnknownName,
    /// A condition looks back only.
    LooksBack,
    /// No audience is defined through itself, nor through too many others.
    AudienceCycle,
    /// A condition looks at closed questions.
    ClosedQuestion,
    /// The comparison fits the type of the question.
    TestFits,
    /// The value compared with is one that can be answered.
    ValueExists,
    /// A question that a condition looks at is required.
    RoutingRequired,
    /// Somebody can belong to every audience.
    DeadAudience,
    /// Somebody can reach every page.
    DeadPage,
    /// Somebody can be asked every question.
    DeadQuestion,
    /// Every part of a condition, every value in it and every wording holds for somebody.
    NeverHolds,
    /// No condition, and no part of one, holds for everybody who gets to it.
    AlwaysHolds,
    /// Nobody has two texts for one question.
    WordingOverlap,
    /// Everybody who is asked a question has a text for it.
    WordingGap,
    /// Nobody is counted twice in one breakdown.
    BreakdownOverlap,
    /// The conditions can be proven within the limits.
    TooEntangled,
    /// Scales ascend and have two points or more.
    ScaleOrder,
    /// Favourable values are points of the scale.
    Favourable,
    /// No scale is left unused.
    UnusedScale,
    /// Sender: 3–11 GSM letters, digits and spaces.
    Sender,
    /// An SMS holds the link once, with nothing right after it.
    Link,
    /// Placeholders are known and can be filled in.
    Placeholder,
    /// Reminders have a text, a time and come before the closing.
    Reminders,
    /// The window opens before it closes.
    Window,
    /// The zone is known.
    Zone,
    /// Messages have hours and days on which to leave.
    SendingHours,
    /// Every message can leave before the window closes.
    NeverLeaves,
    /// A message leaves when it is due.
    Waits,
    /// A message has time to leave before the window closes.
    LittleTime,
    /// Results are about what was asked.
    Results,
    /// Whoever is compared is asked.
    ComparesNobody,
    /// A trend follows one measure.
    Trend,
    /// More is wrong than anybody reads at once.
    More,
}

impl Rule {
    /// Every rule; a test holds that each is in it, and has its place in `docs/rules.md` and its examples.
    pub const ALL: [Self; 52] = [
        Self::Readable,
        Self::Syntax,
        Self::Depth,
        Self::PlainYaml,
        Self::DuplicateKey,
        Self::KeyIsText,
        Self::UnknownKey,
        Self::MissingKey,
        Self::Shape,
        Self::EmptyValue,
        Self::Word,
        Self::Range,
        Self::KeyFitsType,
        Self::IdForm,
        Self::IdReserved,
        Self::IdTaken,
        Self::Languages,
        Self::Translation,
        Self::ForeignLanguage,
        Self::UnknownName,
        Self::LooksBack,
        Self::AudienceCycle,
        Self::ClosedQuestion,
        Self::TestFits,
        Self::ValueExists,
        Self::RoutingRequired,
        Self::DeadAudience,
        Self::DeadPage,
        Self::DeadQuestion,
        Self::NeverHolds,
        Self::AlwaysHolds,
        Self::WordingOverlap,
        Self::WordingGap,
        Self::BreakdownOverlap,
        Self::TooEntangled,
        Self::ScaleOrder,
        Self::Favourable,
        Self::UnusedScale,
        Self::Sender,
        Self::Link,
        Self::Placeholder,
        Self::Reminders,
        Self::Window,
        Self::Zone,
        Self::SendingHours,
        Self::NeverLeaves,
        Self::Waits,
        Self::LittleTime,
        Self::Results,
        Self::ComparesNobody,
        Self::Trend,
        Self::More,
    ];

    /// `E…` for errors, `W…` for warnings.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Readable => "E001",
            Self::Syntax => "E002",
            Self::Depth => "E003",
            Self::PlainYaml => "E004",
            Self::DuplicateKey => "E005",
            Self::KeyIsText => "E006",
            Self::More => "E099",
            Self::UnknownKey => "E101",
            Self::MissingKey => "E102",
            Self::Shape => "E103",
            Self::EmptyValue => "E104",
            Self::Word => "E105",
            Self::Range => "E106",
            Self::KeyFitsType => "E107",
            Self::IdForm => "E201",
            Self::IdReserved => "E202",
            Self::IdTaken => "E203",
            Self::Languages => "E211",
            Self::Translation => "E212",
            Self::ForeignLanguage => "E213",
            Self::UnknownName => "E301",
            Self::LooksBack => "E302",
            Self::AudienceCycle => "E303",
            Self::ClosedQuestion => "E304",
            Self::TestFits => "E305",
            Self::ValueExists => "E306",
            Self::RoutingRequired => "E307",
            Self::DeadAudience => "E311",
            Self::DeadPage => "E312",
            Self::DeadQuestion => "E313",
            Self::NeverHolds => "W314",
            Self::AlwaysHolds => "W315",
            Self::WordingOverlap => "E321",
            Self::WordingGap => "E322",
            Self::BreakdownOverlap => "E323",
            Self::TooEntangled => "E331",
            Self::ScaleOrder => "E401",
            Self::Favourable => "E402",
            Self::UnusedScale => "W403",
            Self::Sender => "E501",
            Self::Link => "E502",
            Self::Placeholder => "E503",
            Self::Reminders => "E504",
            Self::Window => "E601",
            Self::Zone => "E602",
            Self::SendingHours => "E603",
            Self::NeverLeaves => "E604",
            Self::Waits => "W605",
            Self::LittleTime => "W606",
            Self::Results => "E701",
            Self::ComparesNobody => "E702",
            Self::Trend => "W703",
        }
    }

    /// Whether who is asked what can be told although the rule is broken: proofs then say what else is wrong.
    #[must_use]
    pub fn leaves_routing_whole(self) -> bool {
        let of_words = matches!(self, Self::Languages | Self::Translation | Self::ForeignLanguage | Self::Favourable);
        let of_messages = matches!(
            self,
            Self::Sender
                | Self::Link
                | Self::Placeholder
                | Self::Reminders
                | Self::Window
                | Self::Zone
                | Self::SendingHours
                | Self::NeverLeaves
                | Self::Waits
                | Self::LittleTime
        );
        of_words || of_messages || matches!(self, Self::RoutingRequired | Self::UnusedScale | Self::Trend)
    }

    /// The first letter of the code.
    #[must_use]
    pub fn severity(self) -> Severity {
        if self.code().starts_with('W') { Severity::Warning } else { Severity::Error }
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
