//! The use-cases of participants.

use std::sync::Arc;

use gd_domain::{ParticipantId, Timestamp};

use crate::consultation::Catalogue;
use crate::participants::numbers::ParticipantNumbers;
use crate::participants::ports::Ports;

/// The people who take part, each one pseudonymous number.
pub struct Participants {
    pub(crate) ports: Ports,
    pub(crate) catalogue: Arc<Catalogue>,
    numbers: ParticipantNumbers,
}

impl Participants {
    pub(crate) fn new(ports: Ports, catalogue: Arc<Catalogue>, node: u64) -> Self {
        Self { ports, catalogue, numbers: ParticipantNumbers::new(node) }
    }

    /// A number for a participant never seen before.
    #[must_use]
    pub fn new_participant(&self, now: Timestamp) -> ParticipantId {
        self.numbers.next(now)
    }
}
