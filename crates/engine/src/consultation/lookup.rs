//! Finding a consultation for a member of the public.

use std::sync::Arc;

use gd_domain::{ConsultationId, Phase, PollId, Timestamp};
use thiserror::Error;

use crate::consultation::view::ConsultationView;
use crate::port_error::PortError;

/// A consultation with the phase it is in at the instant of the question.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The consultation as it is known.
    pub view: Arc<ConsultationView>,
    /// The phase then.
    pub phase: Phase,
}

impl Lookup {
    pub(crate) fn at(view: Arc<ConsultationView>, now: Timestamp) -> Self {
        let phase = view.consultation.phase_at(now);
        Self { view, phase }
    }

    /// The record number.
    #[must_use]
    pub fn id(&self) -> ConsultationId {
        self.view.id()
    }

    /// The poll on the consultation's own proposals.
    #[must_use]
    pub fn first_poll(&self) -> PollId {
        self.view.first_poll()
    }
}

/// An address or an action of the public meets nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LookupError {
    /// No consultation of this name, or one still being drafted.
    #[error("there is no consultation at this address")]
    NotFound,
    /// The phase does not accept this.
    #[error("the consultation does not accept this now: it is in the phase `{0}`")]
    PhaseClosed(Phase),
}

/// Something of a consultation could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// There is no such consultation for the public.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// The records did not answer.
    #[error(transparent)]
    Port(#[from] PortError),
}
