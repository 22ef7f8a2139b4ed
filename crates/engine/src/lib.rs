//! Use-cases of a consultation by area, and the small ports they need.
//!
//! Owns the way of a vote (append, then project), the in-memory catalogue that answers without SQL, and
//! the acts of each kind of person. Knows no SQL, no HTTP, no files: the ports in [`ports`] are all it
//! sees of the world, time and randomness included.
//!
//! Areas in their order: running, staff, consultation, participants, voting, proposals, moderation, results. Each may
//! use those before it, never those after it. [`Engine`] puts them together.

pub mod consultation;
mod engine;
pub mod moderation;
pub mod participants;
mod port_error;
pub mod ports;
pub mod proposals;
pub mod results;
pub mod running;
mod single_flight;
pub mod staff;
mod vitals;
pub mod voting;

pub use consultation::{Catalogue, ConsultationView, Lookup, LookupError, ManageError, ReadError};
pub use engine::{Engine, EngineStart};
pub use moderation::{Decision, ModerateError};
pub use participants::AnswersError;
pub use proposals::{
    ExposureTotals, ImportError, ImportOutcome, ItemView, LISTING_LIMIT_MAX, Listing, ListingOrder,
    ListingQuery, MyBallot, SEQUENCE_SIZE_MAX, SIMILAR_MAX, SequenceRequest, ServedCard, SubmitError,
    SubmitProposal, Submitted,
};
pub use results::{
    PublishError, REPORT_AGE_MAX_MS, RankedPage, RankedQuery, Ranking, ResultsError, VotesError,
    VotesOnRecord, figures,
};
pub use running::{SECRET_LENGTH_MIN, Secret, SignedCookie};
pub use single_flight::{Freshness, SingleFlight};
pub use staff::{AuditError, AuditVerification, Desk, NotPermitted, Permit};
pub use vitals::{Missing, VITALS_AGE_MAX_MS};
pub use voting::{
    AudienceError, BALLOTS_PER_REQUEST_MAX, BallotRefusal, CastBallots, CastError, CastOutcome,
    DeclareAudience, Difference, LedgerLag, LiveTotals, MaintainError, PollError, Progress, Sheet,
    SheetError, SubmittedBallot, TALLIES_AGE_MAX_MS, VOTE_KEY_LIFE_MS, Verification, VoteKeyError, VoteKeys,
};
