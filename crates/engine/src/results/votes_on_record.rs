//! The whole of a consultation's votes, read from the ledger: the input of analyses and exports.

use std::collections::BTreeMap;
use std::fmt::Display;

use gd_domain::{
    Answers, AudienceCode, Consultation, ConsultationId, ParticipantId, Poll, PollId, Position, Proposal,
    Question, Scope, StaffAction, Timestamp, withhold_rare,
};
use serde_json::json;
use thiserror::Error;

use crate::port_error::{PortError, PortErrorKind, PortResult};
use crate::proposals::ExposureTotals;
use crate::results::state::Results;
use crate::staff::{NotPermitted, Permit};
use crate::voting::Progress;
use crate::voting::fold_ledger::Ballots;
use crate::voting::items::PollItems;

/// A consultation with every proposal and the ballots that stand at one position of its ledger.
#[derive(Clone, Debug)]
pub struct VotesOnRecord {
    /// The consultation with its description.
    pub consultation: Consultation,
    /// Every proposal, whatever its status, by number.
    pub proposals: Vec<Proposal>,
    /// The ballots that stand at `position`.
    pub ballots: Ballots,
    /// Exposures by proposal: counted apart from the ledger, so not at its position.
    pub exposures: ExposureTotals,
    /// Answers of participants about themselves, as far as they may be shown; not at its position either.
    pub answers: BTreeMap<ParticipantId, Answers>,
    /// The last event that was read.
    pub position: Position,
}

/// Votes were not read.
#[derive(Debug, Error)]
pub enum VotesError {
    /// The actor may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// The records did not answer.
    #[error(transparent)]
    Port(#[from] PortError),
}

impl Results {
    /// Reads the ledger up to where it stands now and folds it. The ledger being append-only, the result
    /// is exact at its position whatever happens meanwhile.
    ///
    /// # Errors
    /// [`VotesError`].
    pub async fn votes_on_record(
        &self,
        permit: &Permit,
        consultation: ConsultationId,
        progress: Progress<'_>,
    ) -> Result<VotesOnRecord, VotesError> {
        permit.check(StaffAction::ReadBallots, Scope::Consultation(consultation))?;
        Ok(self.read_votes(consultation, progress).await?)
    }

    /// Reads the votes and has them written to files: one act with two audit entries.
    ///
    /// # Errors
    /// [`VotesError`] as the caller's error, and the caller's own.
    pub async fn export<T, E>(
        &self,
        permit: &Permit,
        consultation: ConsultationId,
        progress: Progress<'_>,
        write: impl FnOnce(&VotesOnRecord) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: Display + From<NotPermitted> + From<PortError>,
    {
        let act = permit.check(StaffAction::Export, Scope::Consultation(consultation))?;
        let work = async {
            let votes = self.read_votes(consultation, progress).await?;
            let written = write(&votes)?;
            Ok::<_, E>((written, json!({ "after": { "position": votes.position.0 } })))
        };
        self.catalogue.staff.long_act(act, "open data", work).await
    }

    async fn read_votes(&self, id: ConsultationId, progress: Progress<'_>) -> PortResult<VotesOnRecord> {
        self.catalogue.refresh(id).await?;
        let consultation = self.catalogue.view(id).ok_or_else(|| unknown(id))?;
        let poll = consultation.first_poll();
        let list = self.lists.list(poll).await?;
        list.refresh().await?;
        let head = self.voting.ledger_head(poll).await?;
        let ballots = self.voting.fold_ledger(poll, head, progress).await?;
        self.check_kind(poll, &ballots).await?;
        let exposures = self.proposals.exposures(poll).await?;
        let questions = &consultation.consultation.description.questions;
        let answers = self.answers_to_show(id, questions, &ballots).await?;
        Ok(VotesOnRecord {
            consultation: consultation.consultation.clone(),
            proposals: list.view().proposals().cloned().collect(),
            ballots,
            exposures,
            answers,
            position: head,
        })
    }

    /// Refuses ballots whose choice the poll's kind does not have: nothing of ours wrote them.
    async fn check_kind(&self, poll: PollId, ballots: &Ballots) -> PortResult<()> {
        let Poll { kind, .. } = self.voting.known_poll(poll).await?.poll;
        match ballots.values().find(|ballot| !kind.allows(ballot.opinion)) {
            Some(ballot) => Err(PortError::new(
                PortErrorKind::Corrupt,
                format!(
                    "a ballot on item {} has a choice that a poll of kind {kind} does not have",
                    ballot.proposal
                ),
            )),
            None => Ok(()),
        }
    }

    /// The answers of those who cast these ballots, as far as they may be shown ([`withhold_rare`]).
    async fn answers_to_show(
        &self,
        consultation: ConsultationId,
        asked: &[Question],
        ballots: &Ballots,
    ) -> PortResult<BTreeMap<ParticipantId, Answers>> {
        if asked.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut people = audiences_declared(ballots);
        for (participant, answers) in self.participants.all_answers(consultation, asked).await? {
            if let Some((_, known)) = people.get_mut(&participant) {
                *known = answers;
            }
        }
        withhold_rare(asked, &mut people);
        let said = people.into_iter().map(|(participant, (_, answers))| (participant, answers));
        Ok(said.filter(|(_, answers)| !answers.0.is_empty()).collect())
    }
}

fn unknown(ConsultationId(id): ConsultationId) -> PortError {
    PortError::new(PortErrorKind::NotFound, format!("there is no consultation of number {id}"))
}

/// Everybody with a ballot, with the audience that their latest ballot with one bears, and no answers yet.
fn audiences_declared(ballots: &Ballots) -> BTreeMap<ParticipantId, (AudienceCode, Answers)> {
    let mut latest = BTreeMap::<ParticipantId, (Timestamp, AudienceCode)>::new();
    for ballot in ballots.values() {
        let known = latest.entry(ballot.participant).or_default();
        if ballot.audience != AudienceCode::UNDECLARED && ballot.cast_at >= known.0 {
            *known = (ballot.cast_at, ballot.audience);
        }
    }
    latest
        .into_iter()
        .map(|(participant, (_, audience))| (participant, (audience, Answers::default())))
        .collect()
}
