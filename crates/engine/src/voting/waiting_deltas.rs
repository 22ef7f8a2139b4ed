//! Deltas that wait for counters out of reach: one sum an item, however many steps it is made of.

use gd_domain::{Deltas, Position};

use crate::voting::ports::ProjectionState;

/// The sum of deltas from one state of the projection to another.
#[derive(Debug)]
pub(crate) struct WaitingDeltas {
    pub(crate) from: ProjectionState,
    pub(crate) to: Position,
    pub(crate) deltas: Deltas,
    /// Whether operators know that they wait.
    pub(crate) is_told: bool,
}

impl WaitingDeltas {
    /// Whether these deltas lead to this state.
    pub(crate) fn lead_to(&self, state: ProjectionState) -> bool {
        self.from.generation == state.generation && self.to == state.position
    }

    /// These deltas and the ones after them as one sum.
    pub(crate) fn and_then(mut self, next: &Self) -> Self {
        self.deltas.add(&next.deltas);
        Self { to: next.to, ..self }
    }
}
