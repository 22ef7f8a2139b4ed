//! The hot bulk statements: many rows in ONE statement. They are the only texts that an engine may have
//! to itself; each engine has its module here, with the same functions.

use gd_domain::{ConsultationId, ParticipantId, ProposalNumber, Timestamp};
use gd_engine::ports::PortResult;

use crate::event_batch::EventBatch;
use crate::rows::BallotColumns;

mod postgres;
mod sqlite;

/// What a connection does with many rows at once. No list may be empty, and no pair come twice.
pub(crate) trait Bulk {
    /// Moves the ledger's head by `count` and inserts the lines behind it that hold so many events, in one
    /// commit; the new head. The head's
    /// row lock orders the commits of the consultation, so that positions follow them. Does nothing after
    /// `not_after`, unless nothing can come between the call and its work, as in the same process.
    async fn append_events(
        &mut self,
        consultation: ConsultationId,
        count: i64,
        lines: &[EventBatch],
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
