//! The hot bulk statements: many rows in ONE statement. They are the only texts that an engine may have
//! to itself; each engine has its module here, with the same functions.

use gd_domain::{ConsultationId, ParticipantId, ProposalNumber, Timestamp};
use gd_engine::ports::PortResult;

use crate::rows::BallotColumns;

mod postgres;
mod sqlite;

/// What a connection does with many rows at once. No list may be empty, and no pair come twice.
pub(crate) trait Bulk {
    /// Moves the ledger's head and inserts the events behind it, in one commit; the new head. The head's
    /// row lock orders the commits of the consultation, so that positions follow them. Does nothing after
    /// `not_after`, unless nothing can come between the call and its work, as in the same process.
    async fn append_events(
        &mut self,
        consultation: ConsultationId,
        events: &[BallotColumns],
        not_after: Timestamp,
    ) -> PortResult<i64>;

    /// The standing ballots of these participants.
    async fn standing_of(
        &mut self,
        consultation: ConsultationId,
        participants: &[ParticipantId],
    ) -> PortResult<Vec<BallotColumns>>;

    /// Puts these ballots in the place of whatever stood.
    async fn upsert_standing(
        &mut self,
        consultation: ConsultationId,
        ballots: &[BallotColumns],
    ) -> PortResult<()>;

    /// Removes what stands for these pairs.
    async fn delete_standing(
        &mut self,
        consultation: ConsultationId,
        pairs: &[(ParticipantId, ProposalNumber)],
    ) -> PortResult<()>;

    /// Adds to how often these proposals were shown: (proposal, times).
    async fn add_exposures(&mut self, consultation: ConsultationId, shown: &[(i64, i64)]) -> PortResult<()>;
}
