pub(crate) mod bulk;
pub(crate) mod ledger;
pub(crate) mod packed;
pub(crate) mod projection;
pub(crate) mod standing_ballots;
