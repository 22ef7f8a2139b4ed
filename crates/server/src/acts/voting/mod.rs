//! Voting: casting and retracting ballots, declaring one's audience.

pub(crate) mod cast_ballots;
pub(crate) mod declare_audience;
pub(crate) mod retract_ballot;
