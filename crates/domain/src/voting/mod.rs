//! Voting: ballots, the ledger's events, the fold "the last event stands", and counts.

mod ballot;
mod choice;
mod columns;
mod fold;
mod tally;

pub use ballot::{Ballot, BallotEvent, Channel, Opinion, PositionedEvent, StandingBallot};
pub use choice::{Choice, Qualification, QualificationNotAllowed, Qualifications};
pub use columns::{BallotColumns, Column};
pub use fold::{Change, Folded, ParticipantBallots, Standing, Stood, fold, standing_after};
pub use tally::{AudienceCounts, Deltas, Tally};
