//! Ports of participants: links that work once, and answers about oneself.

use std::sync::Arc;

use async_trait::async_trait;
use gd_domain::{Answers, ConsultationId, ParticipantId, Timestamp};

use crate::port_error::PortResult;

/// Links that work once, in all processes together.
#[async_trait]
pub trait OneTimeLinks: Send + Sync {
    /// Uses a link up; false when that was done before. What has expired by `now` is forgotten: callers refuse
    /// it without asking.
    async fn use_up(&self, nonce: i64, expires_at: Timestamp, now: Timestamp) -> PortResult<bool>;
}

/// Participants' answers to the organizers' questions; the last time stands.
#[async_trait]
pub trait ParticipantAnswers: Send + Sync {
    /// Keeps a participant's answers, in the place of earlier ones.
    async fn keep(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
        answers: &Answers,
        now: Timestamp,
    ) -> PortResult<()>;

    /// Deletes the answers of a participant.
    async fn forget(&self, consultation: ConsultationId, participant: ParticipantId) -> PortResult<()>;

    /// A participant's answers; `None` when they have not answered yet.
    async fn of_participant(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<Option<Answers>>;

    /// Up to `limit` participants after one, or from the first, in the order of their numbers.
    async fn after(
        &self,
        consultation: ConsultationId,
        after: Option<ParticipantId>,
        limit: usize,
    ) -> PortResult<Vec<(ParticipantId, Answers)>>;
}

/// The ports of participants that a database adapter fills.
pub trait Records: OneTimeLinks + ParticipantAnswers {}

impl<S: OneTimeLinks + ParticipantAnswers> Records for S {}

/// The ports of participants.
#[derive(Clone)]
pub struct Ports {
    pub(crate) one_time_links: Arc<dyn OneTimeLinks>,
    pub(crate) answers: Arc<dyn ParticipantAnswers>,
}

impl Ports {
    pub(crate) fn new<S: Records + 'static>(records: &Arc<S>) -> Self {
        Self { one_time_links: Arc::clone(records) as _, answers: Arc::clone(records) as _ }
    }
}
