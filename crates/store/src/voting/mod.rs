pub(crate) mod bulk;
mod ledger;
pub(crate) mod packed;
mod polls;
pub(crate) mod projection;
mod standing_ballots;
