//! The roll of those who have left: what they were told, for the verdict.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::participant::Participant;
use crate::voter::Voter;

/// Everybody who has come and gone.
#[derive(Default)]
pub(crate) struct Roll(Mutex<Vec<Voter>>);

impl Roll {
    /// Somebody leaves; keys and cards of no more use are forgotten.
    pub(crate) fn enter(&self, mut participant: Participant) {
        participant.voter.keep_votes_only();
        self.locked().push(participant.voter);
    }

    /// All of them; the roll is empty then.
    pub(crate) fn take(&self) -> Vec<Voter> {
        std::mem::take(&mut *self.locked())
    }

    fn locked(&self) -> MutexGuard<'_, Vec<Voter>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
