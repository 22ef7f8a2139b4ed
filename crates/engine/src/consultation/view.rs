//! One consultation as it was at one instant.

use gd_domain::{Consultation, ConsultationId, PollId};

/// A consultation with its revision; replaced whole, never changed.
#[derive(Clone, Debug)]
pub struct ConsultationView {
    /// The description and the record number.
    pub consultation: Consultation,
    revision: u64,
}

impl ConsultationView {
    pub(crate) fn new(consultation: Consultation, revision: u64) -> Self {
        Self { consultation, revision }
    }

    /// The record number.
    #[must_use]
    pub fn id(&self) -> ConsultationId {
        self.consultation.id
    }

    /// The poll on its own proposals.
    #[must_use]
    pub fn first_poll(&self) -> PollId {
        PollId::first_of(self.consultation.id)
    }

    /// Goes up with every change of the consultation's description; its proposals have a revision of their own.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }
}
