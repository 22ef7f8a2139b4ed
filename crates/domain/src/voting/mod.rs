//! Voting: ballots, the ledger's events, the fold "the last event stands", and counts.

mod ballot;
mod choice;
mod columns;
mod fold;
mod poll;
mod tally;

pub use ballot::{Ballot, BallotEvent, Channel, Opinion, PositionedEvent, StandingBallot};
pub use choice::{CHOICES_MAX, Choice, ChoiceCode, Qualification, QualificationNotAllowed, Qualifications};
pub use columns::{BallotColumns, Column};
pub use fold::{Change, FoldedEvents, ParticipantBallots, Standing, Stood, fold, standing_after};
pub use poll::{NewPoll, Poll, PollDates, PollDatesError, PollKind, Strata};
pub use tally::{AudienceCounts, ChoiceCounts, Deltas, Tally};
