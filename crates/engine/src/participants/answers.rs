//! Participants' answers about themselves, where organizers ask.

use gd_domain::{Action, Answers, ConsultationId, ParticipantId, Question, Slug, Timestamp};
use thiserror::Error;

use crate::consultation::{Lookup, LookupError};
use crate::participants::state::Participants;
use crate::port_error::{PortError, PortResult};

/// Answers of participants read in one statement.
const READ_ANSWERS_MAX: usize = 10_000;

/// Answers were not taken.
#[derive(Debug, Error)]
pub enum AnswersError {
    /// The consultation does not take answers.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// The consultation does not ask this, or not with this answer to choose.
    #[error("`{answer}` is no answer to a question `{question}` of this consultation")]
    Unknown {
        /// The question answered.
        question: Slug,
        /// The answer given.
        answer: Slug,
    },
    /// They could not be recorded, or are not known to be; sending them again is safe.
    #[error("the answers may not have been recorded; send them again")]
    TryAgain(#[from] PortError),
}

impl Participants {
    /// Keeps a participant's answers, in the place of earlier ones. Without an answer it says that
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
        let lookup = self.catalogue.find(slug, Action::Vote, now)?;
        let fitting = answers.clone().fitting(questions(&lookup));
        if let Some((question, answer)) = answers.0.into_iter().find(|(id, _)| fitting.to(id).is_none()) {
            return Err(AnswersError::Unknown { question, answer });
        }
        Ok(self.ports.answers.keep(lookup.id(), participant, &fitting, now).await?)
    }

    /// A participant's answers to the questions of today; `None` when they were not asked yet.
    ///
    /// # Errors
    /// The records cannot be read.
    pub async fn my_answers(
        &self,
        lookup: &Lookup,
        participant: ParticipantId,
    ) -> PortResult<Option<Answers>> {
        if questions(lookup).is_empty() {
            return Ok(None);
        }
        let answers = self.ports.answers.of_participant(lookup.id(), participant).await?;
        Ok(answers.map(|answers| answers.fitting(questions(lookup))))
    }

    /// Deletes a participant's answers, in every phase.
    ///
    /// # Errors
    /// [`AnswersError::TryAgain`].
    pub async fn forget_answers(
        &self,
        lookup: &Lookup,
        participant: ParticipantId,
    ) -> Result<(), AnswersError> {
        Ok(self.ports.answers.forget(lookup.id(), participant).await?)
    }

    /// Everybody's answers to these questions, of those who answered any.
    pub(crate) async fn all_answers(
        &self,
        consultation: ConsultationId,
        asked: &[Question],
    ) -> PortResult<Vec<(ParticipantId, Answers)>> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let read = self.ports.answers.after(consultation, after, READ_ANSWERS_MAX).await?;
            let Some((last, _)) = read.last() else { return Ok(all) };
            after = Some(*last);
            all.extend(read.into_iter().map(|(participant, answers)| (participant, answers.fitting(asked))));
        }
    }
}

fn questions(lookup: &Lookup) -> &[Question] {
    &lookup.view.consultation.description.questions
}
