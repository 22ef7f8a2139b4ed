//! What participants say of themselves when organizers ask.

use std::collections::BTreeMap;

use gd_domain::{
    Action, Answers, AudienceCode, ConsultationId, ParticipantId, Phase, ProposalNumber, Question, Slug,
    StandingBallot, Timestamp, withhold_rare,
};
use thiserror::Error;

use crate::engine::{Engine, Lookup, LookupError};
use crate::ports::{PortError, PortResult};

/// Answers of participants read in one statement.
const READ_ANSWERS_MAX: usize = 10_000;

/// Why answers were not taken.
#[derive(Debug, Error)]
pub enum AnswersError {
    /// No such consultation.
    #[error("there is no consultation at this address")]
    NotFound,
    /// Not in a phase that takes votes.
    #[error("the consultation does not take answers now: it is in the phase `{0}`")]
    PhaseClosed(Phase),
    /// The consultation does not ask this, or not with this answer to choose.
    #[error("`{answer}` is no answer to a question `{question}` of this consultation")]
    Unknown {
        /// What was answered to.
        question: Slug,
        /// What was answered.
        answer: Slug,
    },
    /// They could not be recorded, or are not known to be; sending them again is safe.
    #[error("the answers may not have been recorded; send them again")]
    TryAgain,
}

impl From<LookupError> for AnswersError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound => Self::NotFound,
            LookupError::PhaseClosed(phase) => Self::PhaseClosed(phase),
        }
    }
}

impl From<PortError> for AnswersError {
    fn from(failure: PortError) -> Self {
        tracing::warn!(%failure, "answers could not be recorded");
        Self::TryAgain
    }
}

impl Engine {
    /// Keeps what a participant answers, in the place of what they answered before. Without an answer it says that
    /// they were asked and prefer not to say.
    ///
    /// # Errors
    /// [`AnswersError`].
    pub async fn answer_questions(
        &self,
        slug: &str,
        participant: ParticipantId,
        answers: Answers,
        now: Timestamp,
    ) -> Result<(), AnswersError> {
        let lookup = self.find(slug, Action::Vote, now)?;
        let fitting = answers.clone().fitting(questions(&lookup));
        if let Some((question, answer)) = answers.0.into_iter().find(|(id, _)| fitting.to(id).is_none()) {
            return Err(AnswersError::Unknown { question, answer });
        }
        Ok(self.ports.participant_answers.keep(lookup.entry.id, participant, &fitting, now).await?)
    }

    /// What a participant answered to the questions of today; `None` when they were not asked yet.
    ///
    /// # Errors
    /// Of the port.
    pub async fn my_answers(
        &self,
        lookup: &Lookup,
        participant: ParticipantId,
    ) -> PortResult<Option<Answers>> {
        if questions(lookup).is_empty() {
            return Ok(None);
        }
        let answers = self.ports.participant_answers.of_participant(lookup.entry.id, participant).await?;
        Ok(answers.map(|answers| answers.fitting(questions(lookup))))
    }

    /// Forgets what a participant answered, in every phase.
    ///
    /// # Errors
    /// [`AnswersError::TryAgain`].
    pub async fn forget_answers(
        &self,
        lookup: &Lookup,
        participant: ParticipantId,
    ) -> Result<(), AnswersError> {
        Ok(self.ports.participant_answers.forget(lookup.entry.id, participant).await?)
    }

    /// What those who cast these ballots answered, as far as it may be shown ([`withhold_rare`]).
    pub(crate) async fn answers_to_show(
        &self,
        consultation: ConsultationId,
        asked: &[Question],
        ballots: &BTreeMap<(ParticipantId, ProposalNumber), StandingBallot>,
    ) -> PortResult<BTreeMap<ParticipantId, Answers>> {
        if asked.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut people = audiences_declared(ballots);
        let mut after = None;
        loop {
            let read = self.ports.participant_answers.after(consultation, after, READ_ANSWERS_MAX).await?;
            let Some((last, _)) = read.last() else { break };
            after = Some(*last);
            for (participant, answers) in read {
                if let Some((_, known)) = people.get_mut(&participant) {
                    *known = answers.fitting(asked);
                }
            }
        }
        withhold_rare(asked, &mut people);
        let said = people.into_iter().map(|(participant, (_, answers))| (participant, answers));
        Ok(said.filter(|(_, answers)| !answers.0.is_empty()).collect())
    }
}

/// Everybody with a ballot, with the audience that their latest ballot with one bears, and no answers yet.
fn audiences_declared(
    ballots: &BTreeMap<(ParticipantId, ProposalNumber), StandingBallot>,
) -> BTreeMap<ParticipantId, (AudienceCode, Answers)> {
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

fn questions(lookup: &Lookup) -> &[Question] {
    &lookup.view.consultation.description.questions
}
