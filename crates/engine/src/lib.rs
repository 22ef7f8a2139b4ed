//! Use-cases of a consultation, and the small ports they need.
//!
//! Owns the way of a vote (append, then project), the in-memory catalogue that answers without SQL, and
//! what each kind of person may do. Knows no SQL, no HTTP, no files: the ports in [`ports`] are all it
//! sees of the world, time and randomness included.

mod answer_questions;
mod cast_ballots;
mod catalogue;
mod deck;
mod declare_audience;
mod engine;
mod explore;
mod exposures;
mod import;
mod ledger_tail;
mod live_totals;
mod manage_consultations;
mod moderate;
mod my_ballots;
mod own_ballots;
mod participant_numbers;
pub mod ports;
mod projector;
mod rank_proposals;
mod ranked_orders;
mod recent_standing;
mod recount;
mod retract_ballots;
mod search_text;
mod serve_sequence;
mod show_results;
mod signing;
mod similar_texts;
mod submissions;
mod submit_proposal;
mod use_link;
mod verify;
mod vitals;
mod votes_on_record;
mod write_queue;

pub use answer_questions::AnswersError;
pub use cast_ballots::{
    BALLOTS_PER_REQUEST_MAX, BallotRefusal, CastBallots, CastError, CastOutcome, SubmittedBallot,
};
pub use catalogue::{CatalogueEntry, CatalogueView};
pub use declare_audience::{AudienceError, DeclareAudience};
pub use engine::{Engine, EngineStart, LedgerLag, Lookup, LookupError};
pub use explore::{LISTING_LIMIT_MAX, Listing, ListingOrder, ListingQuery, SIMILAR_MAX};
pub use exposures::Exposures;
pub use import::{ImportError, ImportOutcome};
pub use live_totals::{LiveTotals, TALLIES_AGE_MAX_MS};
pub use manage_consultations::ManageError;
pub use moderate::{Decision, ModerateError};
pub use my_ballots::MyBallot;
pub use rank_proposals::{Ranked, RankedQuery, Ranking};
pub use recount::Progress;
pub use serve_sequence::{Card, SEQUENCE_SIZE_MAX, SequenceRequest};
pub use show_results::{REPORT_AGE_MAX_MS, ResultsError};
pub use signing::{SECRET_LENGTH_MIN, Secret, SignedCookie, VOTE_KEY_LIFE_MS, VoteKeyError, VoteKeys};
pub use submit_proposal::{SubmitError, SubmitProposal, Submitted};
pub use verify::{Difference, Verification};
pub use vitals::{Missing, VITALS_AGE_MAX_MS};
pub use votes_on_record::VotesOnRecord;
