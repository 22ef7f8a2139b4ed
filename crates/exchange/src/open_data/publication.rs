//! The published form of a ballot in every format: a fresh number for its participant, its audience by name.

use std::collections::HashMap;

use gd_domain::{AudienceCode, Consultation, ItemNumber, ParticipantId, Proposal, StandingBallot};

use crate::known_proposals::Numbers;
use crate::{ExportCounts, WriteError};

/// The numbers and counts of one export, ballot by ballot.
pub(crate) struct Publication<'a> {
    consultation: &'a Consultation,
    numbers: Numbers,
    participants: HashMap<ParticipantId, i64>,
    exported: ExportCounts,
}

impl<'a> Publication<'a> {
    pub(crate) fn of(consultation: &'a Consultation, proposals: &[Proposal]) -> Result<Self, WriteError> {
        Ok(Self {
            consultation,
            numbers: Numbers::of(proposals)?,
            participants: HashMap::new(),
            exported: ExportCounts { proposals: proposals.len() as u64, ..ExportCounts::default() },
        })
    }

    /// Counts a ballot. Returns its participant's number (0, 1, 2… in the order they first appear) and its
    /// audience's name.
    pub(crate) fn ballot(&mut self, ballot: &StandingBallot) -> Result<(i64, &'a str), WriteError> {
        self.check(ballot.proposal)?;
        let audience = self.audience(ballot.audience)?;
        let next = i64::try_from(self.participants.len()).expect("fewer participants than numbers");
        let participant = *self.participants.entry(ballot.participant).or_insert(next);
        self.exported.ballots += 1;
        Ok((participant, audience))
    }

    /// The fresh number of a participant, if one of their ballots was counted.
    pub(crate) fn number_of(&self, participant: ParticipantId) -> Option<i64> {
        self.participants.get(&participant).copied()
    }

    /// Refuses a number that no proposal has.
    pub(crate) fn check(&self, number: ItemNumber) -> Result<(), WriteError> {
        self.numbers.check(number)
    }

    pub(crate) fn exported(&self) -> ExportCounts {
        ExportCounts { participants: self.participants.len() as u64, ..self.exported }
    }

    fn audience(&self, code: AudienceCode) -> Result<&'a str, WriteError> {
        if code == AudienceCode::UNDECLARED {
            return Ok("");
        }
        let audience = self.consultation.audience(code).map(|audience| audience.id.as_str());
        audience.ok_or_else(|| {
            WriteError::Inconsistent(format!(
                "a ballot bears the audience code {}, which the consultation does not have",
                code.0
            ))
        })
    }
}
