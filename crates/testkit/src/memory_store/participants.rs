//! The ports of participants in memory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gd_domain::{Answers, ConsultationId, ParticipantId, Timestamp};
use gd_engine::ports::{OneTimeLinks, ParticipantAnswers, PortResult};

use super::MemoryStore;

/// Used links with their expiries, and answers.
#[derive(Debug, Default)]
pub(super) struct Rows {
    used_links: BTreeMap<i64, Timestamp>,
    answers: BTreeMap<(ConsultationId, ParticipantId), Answers>,
}

#[async_trait]
impl OneTimeLinks for MemoryStore {
    async fn use_up(&self, nonce: i64, expires_at: Timestamp, now: Timestamp) -> PortResult<bool> {
        let used = &mut self.rows().participants.used_links;
        used.retain(|_, expires_at| *expires_at > now);
        Ok(used.insert(nonce, expires_at).is_none())
    }
}

#[async_trait]
impl ParticipantAnswers for MemoryStore {
    async fn keep(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
        answers: &Answers,
        _: Timestamp,
    ) -> PortResult<()> {
        self.rows().participants.answers.insert((consultation, participant), answers.clone());
        Ok(())
    }

    async fn forget(&self, consultation: ConsultationId, participant: ParticipantId) -> PortResult<()> {
        self.rows().participants.answers.remove(&(consultation, participant));
        Ok(())
    }

    async fn of_participant(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<Option<Answers>> {
        Ok(self.rows().participants.answers.get(&(consultation, participant)).cloned())
    }

    async fn after(
        &self,
        consultation: ConsultationId,
        after: Option<ParticipantId>,
        limit: usize,
    ) -> PortResult<Vec<(ParticipantId, Answers)>> {
        let rows = self.rows();
        let known = rows.participants.answers.iter();
        let mine = known.filter(|((of, who), _)| *of == consultation && Some(*who) > after);
        Ok(mine.take(limit).map(|((_, who), answers)| (*who, answers.clone())).collect())
    }
}
