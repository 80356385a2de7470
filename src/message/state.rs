//! The life of one message. Only [`Message::released`], [`Message::leased`], [`Message::sent`], [`Message::reported`],
//! [`Message::refused`], [`Message::cancelled`], [`Message::given_up`] and [`Message::recovered`] change it.
//!
//! Two rules stand above all: what may have reached a phone is never sent again by itself, and what is in doubt says so
//! ([`State::Uncertain`]) and is not lost.

use jiff::{SignedDuration, Timestamp};

use crate::campaign::held::Why;

/// How long a message that was certainly not sent waits after its first, second, … attempt. The last one repeats: a
/// gateway that is away for a day loses nothing.
const RETRY: [SignedDuration; 5] = [
    SignedDuration::from_secs(30),
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_mins(60),
];

/// One message and what has happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Where it stands.
    pub state: State,
    /// How often it was taken to be sent.
    pub attempts: u32,
    /// The gateway's own id for it, once known.
    pub reference: Option<String>,
}

/// Where a message stands, with what is known there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Written, and not yet released.
    Planned {
        /// Not before this moment.
        due: Timestamp,
    },
    /// Ready to be taken.
    Queued {
        /// Not before this moment.
        due: Timestamp,
    },
    /// Taken; whether a byte has gone out, only the taker knows.
    Sending(Attempt),
    /// The gateway has it.
    Accepted,
    /// The phone has it.
    Delivered,
    /// The network gave it back.
    Undelivered,
    /// The network gave up waiting for the phone.
    Expired,
    /// Certainly not sent; to be tried again.
    RetryWait {
        /// Not before this moment.
        due: Timestamp,
        /// Why it was not sent.
        reason: String,
    },
    /// It may have been sent. Only a report or a person resolves it.
    Uncertain {
        /// The attempt in doubt.
        attempt: Attempt,
        /// What happened.
        reason: String,
    },
    /// Refused for good.
    Failed {
        /// By whom and why.
        reason: String,
    },
    /// No longer wanted.
    Cancelled {
        /// Why.
        reason: String,
    },
}

/// Proof of who took a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The machine.
    pub node: String,
    /// The run of the process on it: new at every start.
    pub boot: String,
    /// When.
    pub at: Timestamp,
}

/// What became of an attempt, as a gateway's adapter judged it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The gateway has taken it over.
    Accepted {
        /// Its id there, if it gives one.
        reference: Option<String>,
    },
    /// Certainly not sent, and worth another try.
    NotSent {
        /// Why.
        reason: String,
        /// What the gateway asked for.
        retry_after: Option<SignedDuration>,
        /// The gateway was asked too much at once.
        too_fast: bool,
    },
    /// Certainly not sent, and no other message would be: wrong password, no credit, sender refused.
    Pause {
        /// For HR.
        why: Why,
        /// In the gateway's words.
        reason: String,
    },
    /// Certainly not sent, and never will be: a bad number, an opt-out.
    Rejected {
        /// Why.
        reason: String,
    },
    /// It may have been sent.
    Uncertain {
        /// What happened.
        reason: String,
    },
}

/// What a gateway reports afterwards. In order of rank: of two, the higher one is believed, whichever came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Report {
    /// The operator has it and waits for the phone.
    Buffered,
    /// The operator has it.
    Accepted,
    /// The operator refused it.
    Rejected,
    /// It could not be delivered.
    Undelivered,
    /// It could not be delivered in time.
    Expired,
    /// The phone has it.
    Delivered,
}

/// By how many percent a delay is stretched, from −20 to 20.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread(i8);

impl Spread {
    /// Exactly as long as it is.
    pub const NONE: Self = Self(0);

    /// One of the 41 there are, drawn from `chance`.
    #[must_use]
    pub fn drawn(chance: [u8; 2]) -> Self {
        let percent = u16::from_le_bytes(chance) % 41;
        Self(i8::try_from(percent).unwrap_or(20) - 20)
    }

    fn of(self, delay: SignedDuration) -> SignedDuration {
        SignedDuration::from_millis(
            i64::try_from(delay.as_millis()).unwrap_or(i64::MAX) / 100 * i64::from(100 + self.0),
        )
    }
}

/// Why a message does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is not waiting to be sent.
    #[error("the message is not waiting to be sent")]
    NotWaiting,
    /// Its moment has not come.
    #[error("the message is not due yet")]
    NotDue,
    /// It is not waiting for its campaign to open.
    #[error("the message is not planned")]
    NotPlanned,
    /// Nobody doubts what came of it.
    #[error("the message is not in doubt")]
    NotInDoubt,
    /// The outcome belongs to an attempt that the message does not know.
    #[error("the message is not being sent by this attempt")]
    OtherAttempt,
}

impl Message {
    /// A new message, written at `now`, ready to be taken at `due`; until then it is planned.
    #[must_use]
    pub fn new(due: Timestamp, now: Timestamp) -> Self {
        let state = if due > now { State::Planned { due } } else { State::Queued { due } };
        Self { state, attempts: 0, reference: None }
    }

    /// A planned message whose moment has come.
    ///
    /// # Errors
    /// It is not planned, or not yet due at `now`.
    pub fn released(self, now: Timestamp) -> Result<Self, Refused> {
        match self.state {
            State::Planned { due } if due <= now => Ok(Self { state: State::Queued { due }, ..self }),
            State::Planned { .. } => Err(Refused::NotDue),
            _ => Err(Refused::NotPlanned),
        }
    }

    /// Taken by `attempt`. Must be committed before a byte goes out.
    ///
    /// # Errors
    /// It is not waiting, or not yet due at the attempt's time.
    pub fn leased(self, attempt: Attempt) -> Result<Self, Refused> {
        let due = self.state.due().ok_or(Refused::NotWaiting)?;
        if due > attempt.at {
            return Err(Refused::NotDue);
        }
        Ok(Self { state: State::Sending(attempt), attempts: self.attempts + 1, ..self })
    }

    /// Never to be sent, decided by us before an attempt.
    ///
    /// # Errors
    /// It is not waiting.
    pub fn refused(self, reason: String) -> Result<Self, Refused> {
        self.state.due().ok_or(Refused::NotWaiting)?;
        Ok(Self { state: State::Failed { reason }, ..self })
    }

    /// No longer wanted: STOP, answered, closed.
    ///
    /// # Errors
    /// It has left, or may have left: what is in somebody's hands cannot be called back.
    pub fn cancelled(self, reason: String) -> Result<Self, Refused> {
        if !matches!(self.state, State::Planned { .. }) {
            self.state.due().ok_or(Refused::NotWaiting)?;
        }
        Ok(Self { state: State::Cancelled { reason }, ..self })
    }

    /// What `attempt` came to, known at `now`. A report that was faster than the gateway's answer is believed. A retry waits
    /// `spread` percent longer, so that what failed together does not come back together.
    ///
    /// # Errors
    /// The message is not, or no longer, being sent by `attempt`.
    pub fn sent(
        mut self,
        attempt: &Attempt,
        outcome: Outcome,
        now: Timestamp,
        spread: Spread,
    ) -> Result<Self, Refused> {
        if let Outcome::Accepted { reference: Some(reference) } = &outcome {
            self.reference = Some(reference.clone());
        }
        match &self.state {
            State::Sending(current) | State::Uncertain { attempt: current, .. } if current == attempt => {
                self.state = self.after(attempt, outcome, now, spread);
                Ok(self)
            }
            // As if the report had come after it.
            State::Accepted | State::Undelivered if matches!(outcome, Outcome::Rejected { .. }) => {
                self.state = self.after(attempt, outcome, now, spread);
                Ok(self)
            }
            State::Accepted | State::Delivered | State::Undelivered | State::Expired => Ok(self),
            _ => Err(Refused::OtherAttempt),
        }
    }

    fn after(&self, attempt: &Attempt, outcome: Outcome, now: Timestamp, spread: Spread) -> State {
        match outcome {
            Outcome::Accepted { .. } => State::Accepted,
            Outcome::NotSent { reason, retry_after, .. } => {
                let delay = spread.of(self.delay()).max(retry_after.unwrap_or_default());
                State::RetryWait { due: later(now, delay), reason }
            }
            // The campaign is paused as well; when somebody lets it go on, nothing has to wait.
            Outcome::Pause { reason, .. } => State::RetryWait { due: now, reason },
            Outcome::Rejected { reason } => State::Failed { reason },
            Outcome::Uncertain { reason } => State::Uncertain { attempt: attempt.clone(), reason },
        }
    }

    /// How long to wait after the latest attempt.
    fn delay(&self) -> SignedDuration {
        let made = usize::try_from(self.attempts).unwrap_or(usize::MAX).saturating_sub(1);
        RETRY[made.min(RETRY.len() - 1)]
    }

    /// After a report. It may come before the gateway's own answer, again, in any order, and for a message that was
    /// thought unsent; then it is the report that knows, and the message is not sent again.
    #[must_use]
    pub fn reported(self, report: Report) -> Self {
        if report.state().rank() <= self.state.rank() {
            return self;
        }
        Self { state: report.state(), ..self }
    }

    /// Somebody has decided to send another one in its place: this one is not to leave, whatever its taker says later. A
    /// report may still show that it did.
    ///
    /// # Errors
    /// It is not in doubt.
    pub fn given_up(self, reason: String) -> Result<Self, Refused> {
        match self.state {
            State::Uncertain { .. } => Ok(Self { state: State::Failed { reason }, ..self }),
            _ => Err(Refused::NotInDoubt),
        }
    }

    /// When a process starts and finds a message in the hands of one that is gone: in doubt, never sent again by itself.
    #[must_use]
    pub fn recovered(self, reason: &str) -> Self {
        match self.state {
            State::Sending(attempt) => Self { state: State::Uncertain { attempt, reason: reason.to_owned() }, ..self },
            _ => self,
        }
    }
}

impl State {
    /// As the database and the pages name it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Planned { .. } => "planned",
            Self::Queued { .. } => "queued",
            Self::Sending(_) => "sending",
            Self::Accepted => "accepted",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Expired => "expired",
            Self::RetryWait { .. } => "retry_wait",
            Self::Uncertain { .. } => "uncertain",
            Self::Failed { .. } => "failed",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// When it may be taken; nothing where it may not.
    #[must_use]
    pub const fn due(&self) -> Option<Timestamp> {
        match self {
            Self::Queued { due } | Self::RetryWait { due, .. } => Some(*due),
            _ => None,
        }
    }

    /// Why, in the states that have a reason.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::RetryWait { reason, .. }
            | Self::Uncertain { reason, .. }
            | Self::Failed { reason }
            | Self::Cancelled { reason } => Some(reason),
            _ => None,
        }
    }

    /// How much the network has told us. A report counts where it knows more.
    const fn rank(&self) -> u8 {
        match self {
            Self::Planned { .. }
            | Self::Queued { .. }
            | Self::Sending(_)
            | Self::RetryWait { .. }
            | Self::Uncertain { .. } => 0,
            Self::Accepted => 1,
            Self::Undelivered | Self::Failed { .. } | Self::Cancelled { .. } => 2,
            Self::Expired => 3,
            Self::Delivered => 4,
        }
    }
}

impl Report {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Buffered, Self::Accepted, Self::Rejected, Self::Undelivered, Self::Expired, Self::Delivered];

    /// As the database names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Buffered => "buffered",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Undelivered => "undelivered",
            Self::Expired => "expired",
            Self::Delivered => "delivered",
        }
    }

    const fn state(self) -> State {
        match self {
            Self::Buffered | Self::Accepted => State::Accepted,
            Self::Rejected | Self::Undelivered => State::Undelivered,
            Self::Expired => State::Expired,
            Self::Delivered => State::Delivered,
        }
    }
}

fn later(now: Timestamp, delay: SignedDuration) -> Timestamp {
    now.checked_add(delay).unwrap_or(Timestamp::MAX)
}
