//! How much may leave now, and what is learnt from how the gateway answers.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::breaker::{Allowed, Breaker};
use super::doubts::Doubts;
use super::throttle::Throttle;
use crate::message::state::Outcome;

/// The pace of one gateway, and under it that of each campaign.
#[derive(Debug)]
pub(super) struct Pace {
    throttle: Throttle,
    breaker: Breaker,
    campaigns: HashMap<String, Throttle>,
    doubts: HashMap<String, Doubts>,
}

impl Pace {
    /// `rate` is in message parts a second; `None` is unlimited.
    pub(super) fn new(rate: Option<u32>, now: Timestamp) -> Self {
        let throttle = Throttle::new(rate, now);
        Self { throttle, breaker: Breaker::Closed(0), campaigns: HashMap::new(), doubts: HashMap::new() }
    }

    /// Takes what the gateway may be given now, in parts; what is not used must be given back with [`Pace::settle`].
    ///
    /// # Errors
    /// How long nothing may leave.
    pub(super) fn reserve(&mut self, now: Timestamp) -> Result<u32, SignedDuration> {
        let parts = self.throttle.reserve(now);
        if parts == 0 {
            return Err(self.throttle.wait());
        }
        let allowed = match self.breaker.ask(now) {
            Allowed::All => parts,
            Allowed::One => 1,
            Allowed::Nothing(wait) => {
                self.throttle.settle(parts, 0);
                return Err(wait);
            }
        };
        self.throttle.settle(parts, allowed);
        Ok(allowed)
    }

    /// Until when the gateway is left alone after too many failures, where it is.
    pub(super) fn rests_until(&self) -> Option<Timestamp> {
        self.breaker.rests_until()
    }

    /// Says how many of the reserved parts were used.
    pub(super) fn settle(&mut self, reserved: u32, used: u32, now: Timestamp) {
        self.throttle.settle(reserved, used);
        if used == 0 {
            self.breaker.unasked(now);
        }
    }

    /// As [`Pace::reserve`], by the campaign's own `rate`.
    pub(super) fn reserve_for(
        &mut self,
        campaign: &str,
        rate: Option<u32>,
        now: Timestamp,
    ) -> Result<u32, SignedDuration> {
        let Some(rate) = rate else { return Ok(u32::MAX) };
        let own = self.campaigns.entry(campaign.to_owned()).or_insert_with(|| Throttle::new(Some(rate), now));
        match own.reserve(now) {
            0 => Err(own.wait()),
            parts => Ok(parts),
        }
    }

    /// As [`Pace::settle`], for a campaign's own pace.
    pub(super) fn settle_for(&mut self, campaign: &str, reserved: u32, used: u32) {
        if let Some(own) = self.campaigns.get_mut(campaign) {
            own.settle(reserved, used);
        }
    }

    /// What one outcome says about the gateway.
    pub(super) fn learn(&mut self, outcome: &Outcome, now: Timestamp) {
        match outcome {
            Outcome::Accepted { .. } | Outcome::Rejected { .. } | Outcome::Pause { .. } => self.breaker.answered(),
            Outcome::NotSent { too_fast: true, .. } => {
                // It is there, and wants less.
                self.breaker.answered();
                self.throttle.slow_down(now);
            }
            Outcome::NotSent { .. } | Outcome::Uncertain { .. } => self.breaker.failed(now),
        }
    }

    /// Counts a batch of a campaign. Says whether a person has to look; then the count begins anew.
    pub(super) fn too_many_doubts(&mut self, campaign: &str, now: Timestamp, attempts: usize, doubts: usize) -> bool {
        let known = self.doubts.entry(campaign.to_owned()).or_default();
        let too_many = known.too_many(now, attempts, doubts);
        if too_many {
            known.forget();
        }
        too_many
    }
}
