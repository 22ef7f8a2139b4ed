//! The ports of consultation in memory.

use std::collections::BTreeMap;
use std::ops::Bound;

use async_trait::async_trait;
use gd_domain::{
    AuditDraft, Consultation, ConsultationDraft, ConsultationId, NewPoll, PollDates, PollKind, Strata,
    Timestamp,
};
use gd_engine::ports::{Consultations, PortErrorKind, PortResult};

use super::{MemoryStore, error};

/// Consultations with their revisions.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) consultations: BTreeMap<ConsultationId, (Consultation, u64)>,
}

#[async_trait]
impl Consultations for MemoryStore {
    async fn create(
        &self,
        draft: &ConsultationDraft,
        _: Timestamp,
        audit: &AuditDraft,
    ) -> PortResult<ConsultationId> {
        let mut rows = self.rows();
        if rows.consultation.consultations.values().any(|(known, _)| known.slug() == &draft.slug) {
            return Err(error(PortErrorKind::AlreadyExists, "slug taken"));
        }
        // The two share one number.
        let id = ConsultationId(rows.voting.next_number());
        rows.voting.add_poll(&NewPoll {
            consultation: id,
            kind: PollKind::Opinion,
            strata: Strata::Audience,
            dates: PollDates::default(),
            is_erasable: false,
        });
        let consultation = Consultation { id, description: draft.clone() };
        rows.consultation.consultations.insert(id, (consultation, 1));
        rows.staff.append(&AuditDraft { consultation: Some(id), ..audit.clone() });
        Ok(id)
    }

    async fn update(&self, consultation: &Consultation, seen: u64, audit: &AuditDraft) -> PortResult<()> {
        let mut rows = self.rows();
        let known = rows.consultation.consultations.get_mut(&consultation.id);
        let Some((record, revision)) = known.filter(|(_, revision)| *revision == seen) else {
            return Err(error(PortErrorKind::Conflict, "another revision"));
        };
        *revision += 1;
        let kept = &record.description;
        record.description = ConsultationDraft {
            slug: kept.slug.clone(),
            origin: kept.origin,
            ..consultation.description.clone()
        };
        rows.staff.append(audit);
        Ok(())
    }

    async fn by_id(&self, id: ConsultationId) -> PortResult<Option<(Consultation, u64)>> {
        Ok(self.rows().consultation.consultations.get(&id).cloned())
    }

    async fn page(&self, after: ConsultationId, limit: usize) -> PortResult<Vec<(Consultation, u64)>> {
        let rows = self.rows();
        let later = rows.consultation.consultations.range((Bound::Excluded(after), Bound::Unbounded));
        Ok(later.take(limit).map(|(_, record)| record.clone()).collect())
    }

    async fn revisions(&self) -> PortResult<Vec<(ConsultationId, u64)>> {
        let rows = self.rows();
        Ok(rows.consultation.consultations.iter().map(|(&id, &(_, revision))| (id, revision)).collect())
    }
}
