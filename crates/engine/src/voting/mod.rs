//! Voting: append, then project. One poll is one ballot box with its queue, ledger, projection and counters.

pub(crate) mod cast;
pub(crate) mod cast_error;
pub(crate) mod declare_audience;
pub(crate) mod fold_ledger;
pub mod items;
pub(crate) mod keys;
pub(crate) mod ledger_tail;
pub(crate) mod manage_polls;
pub(crate) mod own_ballots;
pub(crate) mod poll;
pub mod ports;
pub(crate) mod projector;
pub(crate) mod read_totals;
pub(crate) mod recent_standing;
pub(crate) mod recount;
pub(crate) mod registry;
pub(crate) mod retract;
pub(crate) mod sheet;
pub(crate) mod state;
pub(crate) mod totals;
pub(crate) mod verify;
pub(crate) mod waiting_deltas;
pub(crate) mod write_queue;

pub use cast::{BALLOTS_PER_REQUEST_MAX, BallotRefusal, CastBallots, CastOutcome, SubmittedBallot};
pub use cast_error::CastError;
pub use declare_audience::{AudienceError, DeclareAudience};
pub use fold_ledger::Progress;
pub use keys::{VOTE_KEY_LIFE_MS, VoteKeyError, VoteKeys};
pub use manage_polls::PollError;
pub use recount::MaintainError;
pub use registry::LedgerLag;
pub use sheet::{Sheet, SheetError};
pub use state::Voting;
pub use totals::{LiveTotals, TALLIES_AGE_MAX_MS};
pub use verify::{Difference, Verification};
