//! The hot bulk statements: many rows in ONE statement. They are the only texts that an engine may have
//! to itself; each engine has its module here, with the same functions.

use gd_domain::{ParticipantId, PollId, Timestamp};
use gd_engine::ports::PortResult;

use crate::voting::packed::{EventBatch, StandingRow};

mod postgres;
mod sqlite;

/// Bulk statements of a connection. No list may be empty, and no participant or proposal may occur twice.
pub(crate) trait Bulk {
    /// Moves the ledger's head by `count` and inserts the rows behind it that hold so many events, in one
    /// commit. Returns the new head. The head's row lock orders the commits of the poll, so that positions
    /// follow them. Does nothing after `not_after`, unless nothing can come between the call and its work, as
    /// in the same process.
    async fn append_events(
        &mut self,
        poll: PollId,
        count: i64,
        lines: &[EventBatch],
        not_after: Timestamp,
    ) -> PortResult<i64>;

    /// The rows of these participants; a participant without one is absent.
    async fn standing_of(
        &mut self,
        poll: PollId,
        participants: &[ParticipantId],
    ) -> PortResult<Vec<StandingRow>>;

    /// Inserts these rows, or replaces the participants' earlier ones.
    async fn upsert_standing(&mut self, poll: PollId, lines: &[StandingRow]) -> PortResult<()>;

    /// Removes the rows of these participants.
    async fn delete_standing(&mut self, poll: PollId, participants: &[ParticipantId]) -> PortResult<()>;

    /// Adds to the exposures of these proposals: (proposal, times).
    async fn add_exposures(&mut self, poll: PollId, shown: &[(i64, i64)]) -> PortResult<()>;
}
