//! What is on record beside the votes, and what processes share.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use gd_domain::{
    Answers, Consultation, ConsultationDraft, ConsultationId, ModerationStatus, ParticipantId, Proposal,
    ProposalNumber, Standing, Timestamp,
};
use gd_engine::ports::{
    Consultations, Exposures, Heartbeat, Job, Leases, Moderated, NewProposal, OneTimeLinks,
    ParticipantAnswers, PortError, PortErrorKind, PortResult, ProjectionState, Proposals, ReportKind,
    Reports, StoredReport, Watermark,
};

use super::{MemoryStore, Record};

#[async_trait]
impl Consultations for MemoryStore {
    async fn create(&self, draft: &ConsultationDraft, _: Timestamp) -> PortResult<ConsultationId> {
        let mut records = self.records();
        if records.values().any(|record| record.consultation.slug() == &draft.slug) {
            return Err(PortError::new(PortErrorKind::Conflict, "slug taken"));
        }
        let id = ConsultationId(i64::try_from(records.len()).expect("few consultations") + 1);
        let record = Record {
            consultation: Consultation { id, description: draft.clone() },
            revision: 1,
            proposals: BTreeMap::new(),
            events: Vec::new(),
            projection: ProjectionState::default(),
            standing: Standing::default(),
            reports: Vec::new(),
            shown: BTreeMap::new(),
        };
        records.insert(id, record);
        Ok(id)
    }

    async fn update(&self, consultation: &Consultation) -> PortResult<()> {
        self.with(consultation.id, |record| {
            record.next_revision();
            let kept = record.consultation.description.clone();
            record.consultation.description = ConsultationDraft {
                slug: kept.slug,
                origin: kept.origin,
                ..consultation.description.clone()
            };
        })
    }

    async fn by_id(&self, id: ConsultationId) -> PortResult<Option<(Consultation, u64)>> {
        Ok(self.records().get(&id).map(|record| (record.consultation.clone(), record.revision)))
    }

    async fn watermarks(&self) -> PortResult<Vec<Watermark>> {
        let watermark = |(&consultation, record): (&ConsultationId, &Record)| Watermark {
            consultation,
            revision: record.revision,
            head: record.head(),
            projection: record.projection,
        };
        Ok(self.records().iter().map(watermark).collect())
    }
}

#[async_trait]
impl Proposals for MemoryStore {
    async fn submit(
        &self,
        consultation: ConsultationId,
        proposals: &[NewProposal],
    ) -> PortResult<Vec<(ProposalNumber, ModerationStatus)>> {
        let submit = |record: &mut Record, new: &NewProposal| {
            let same = record.proposals.values().map(|(_, proposal)| proposal).find(|proposal| {
                let counts =
                    matches!(proposal.status, ModerationStatus::Pending | ModerationStatus::Published);
                counts && proposal.author == Some(new.author) && proposal.text == new.text
            });
            if let Some(same) = same {
                return (same.number, same.status);
            }
            let number = ProposalNumber(record.proposals.keys().last().map_or(1, |last| last.0 + 1));
            let revision = record.next_revision();
            let proposal = Proposal {
                number,
                text: new.text.clone(),
                author: Some(new.author),
                submitted_at: new.submitted_at,
                status: new.status,
                refusal_reason: None,
                theme: None,
                idea: None,
            };
            record.proposals.insert(number, (revision, proposal));
            (number, new.status)
        };
        self.with(consultation, |record| proposals.iter().map(|new| submit(record, new)).collect())
    }

    async fn moderate(
        &self,
        consultation: ConsultationId,
        numbers: &[ProposalNumber],
        decision: &Moderated,
    ) -> PortResult<()> {
        self.with(consultation, |record| {
            if numbers.iter().any(|number| !record.proposals.contains_key(number)) {
                return Err(PortError::new(PortErrorKind::Unavailable, "no such proposal"));
            }
            let revision = record.next_revision();
            for number in numbers {
                let Some((at, proposal)) = record.proposals.get_mut(number) else { continue };
                *at = revision;
                proposal.status = decision.status;
                proposal.refusal_reason.clone_from(&decision.refusal_reason);
                if decision.theme.is_some() {
                    proposal.theme.clone_from(&decision.theme);
                }
            }
            Ok(())
        })?
    }

    async fn import(&self, consultation: ConsultationId, proposals: &[Proposal]) -> PortResult<()> {
        self.with(consultation, |record| {
            let revision = record.next_revision();
            let imported = proposals.iter().map(|proposal| (proposal.number, (revision, proposal.clone())));
            record.proposals.extend(imported);
        })
    }

    async fn changed_after(
        &self,
        consultation: ConsultationId,
        after: (u64, ProposalNumber),
        limit: usize,
    ) -> PortResult<Vec<(u64, Proposal)>> {
        self.with(consultation, |record| {
            let changed =
                record.proposals.values().filter(|(revision, proposal)| (*revision, proposal.number) > after);
            let mut changed = changed.cloned().collect::<Vec<_>>();
            changed.sort_by_key(|(revision, proposal)| (*revision, proposal.number));
            changed.truncate(limit);
            changed
        })
    }
}

#[async_trait]
impl Reports for MemoryStore {
    async fn save(&self, consultation: ConsultationId, report: &StoredReport) -> PortResult<()> {
        self.with(consultation, |record| {
            if report.kind == ReportKind::Live {
                record.reports.retain(|other| other.kind != ReportKind::Live);
            }
            record.reports.push(report.clone());
        })
    }

    async fn latest_made_at(
        &self,
        consultation: ConsultationId,
        kind: ReportKind,
    ) -> PortResult<Option<Timestamp>> {
        Ok(self.latest(consultation, kind).await?.map(|report| report.made_at))
    }

    async fn latest(
        &self,
        consultation: ConsultationId,
        kind: ReportKind,
    ) -> PortResult<Option<StoredReport>> {
        self.with(consultation, |record| {
            let of_kind = record.reports.iter().filter(|report| report.kind == kind);
            of_kind.max_by_key(|report| report.made_at).cloned()
        })
    }
}

#[async_trait]
impl Exposures for MemoryStore {
    async fn add(&self, consultation: ConsultationId, shown: &[(ProposalNumber, u64)]) -> PortResult<()> {
        if self.appends_fail.load(Ordering::Relaxed) {
            return Err(PortError::new(PortErrorKind::Unavailable, "told to fail"));
        }
        self.with(consultation, |record| {
            for &(number, times) in shown {
                *record.shown.entry(number).or_default() += times;
            }
        })
    }

    async fn shown(&self, consultation: ConsultationId) -> PortResult<BTreeMap<ProposalNumber, u64>> {
        self.with(consultation, |record| record.shown.clone())
    }
}

#[async_trait]
impl OneTimeLinks for MemoryStore {
    async fn use_up(&self, nonce: i64, expires_at: Timestamp, now: Timestamp) -> PortResult<bool> {
        let mut used = self.used_links.lock().expect("no test panics while holding it");
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
        self.answers().insert((consultation, participant), answers.clone());
        Ok(())
    }

    async fn forget(&self, consultation: ConsultationId, participant: ParticipantId) -> PortResult<()> {
        self.answers().remove(&(consultation, participant));
        Ok(())
    }

    async fn of_participant(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<Option<Answers>> {
        Ok(self.answers().get(&(consultation, participant)).cloned())
    }

    async fn after(
        &self,
        consultation: ConsultationId,
        after: Option<ParticipantId>,
        limit: usize,
    ) -> PortResult<Vec<(ParticipantId, Answers)>> {
        let known = self.answers();
        let mine = known.iter().filter(|((of, who), _)| *of == consultation && Some(*who) > after);
        Ok(mine.take(limit).map(|((_, who), answers)| (*who, answers.clone())).collect())
    }
}

#[async_trait]
impl Heartbeat for MemoryStore {
    async fn beat(&self, now: Timestamp) -> PortResult<()> {
        if self.appends_fail.load(Ordering::Relaxed) {
            return Err(PortError::new(PortErrorKind::Unavailable, "told to fail"));
        }
        self.last_beat.store(now.as_millis(), Ordering::Relaxed);
        Ok(())
    }

    async fn clock(&self) -> PortResult<Option<Timestamp>> {
        let ahead = self.clock_ahead_ms.load(Ordering::Relaxed);
        Ok(Some(Timestamp::from_millis(self.last_beat.load(Ordering::Relaxed) + ahead)))
    }
}

#[async_trait]
impl Leases for MemoryStore {
    async fn hold(&self, _: Job) -> PortResult<bool> {
        Ok(!self.leases_are_held_elsewhere.load(Ordering::Relaxed))
    }

    async fn release(&self) {}
}
