//! Use-cases of a consultation, and the small ports they need.
//!
//! Owns the way of a vote (append, then project), the in-memory catalogue that answers without SQL, and
//! what each kind of person may do. Knows no SQL, no HTTP, no files: the ports in [`ports`] are all it
//! sees of the world, time and randomness included.

mod consultation;
mod engine;
mod moderation;
mod participants;
pub mod ports;
mod proposals;
mod results;
mod signing;
mod vitals;
mod voting;

pub use consultation::catalogue::{CatalogueEntry, CatalogueView};
pub use consultation::manage::ManageError;
pub use engine::{Engine, EngineStart, LedgerLag, Lookup, LookupError};
pub use moderation::decide::{Decision, ModerateError};
pub use participants::answers::AnswersError;
pub use proposals::exposures::Exposures;
pub use proposals::import::{ImportError, ImportOutcome};
pub use proposals::list::{LISTING_LIMIT_MAX, Listing, ListingOrder, ListingQuery, SIMILAR_MAX};
pub use proposals::my_ballots::MyBallot;
pub use proposals::sequence::{Card, SEQUENCE_SIZE_MAX, SequenceRequest};
pub use proposals::submit::{SubmitError, SubmitProposal, Submitted};
pub use results::rank::{Ranked, RankedQuery, Ranking};
pub use results::report::{REPORT_AGE_MAX_MS, ResultsError};
pub use results::votes_on_record::VotesOnRecord;
pub use signing::{SECRET_LENGTH_MIN, Secret, SignedCookie, VOTE_KEY_LIFE_MS, VoteKeyError, VoteKeys};
pub use vitals::{Missing, VITALS_AGE_MAX_MS};
pub use voting::cast::{
    BALLOTS_PER_REQUEST_MAX, BallotRefusal, CastBallots, CastError, CastOutcome, SubmittedBallot,
};
pub use voting::declare_audience::{AudienceError, DeclareAudience};
pub use voting::recount::Progress;
pub use voting::totals::{LiveTotals, TALLIES_AGE_MAX_MS};
pub use voting::verify::{Difference, Verification};
