//! Proposals: everything that is submitted, listed, searched, and served as cards.

pub(crate) mod deck;
pub(crate) mod deck_source;
pub(crate) mod exposures;
pub(crate) mod import;
pub(crate) mod item_list;
pub(crate) mod item_lists;
pub(crate) mod item_view;
pub(crate) mod list;
pub(crate) mod my_ballots;
pub mod ports;
pub(crate) mod record_exposures;
pub(crate) mod record_submissions;
pub(crate) mod search_text;
pub(crate) mod sequence;
pub(crate) mod similar_texts;
pub(crate) mod state;
pub(crate) mod submissions;
pub(crate) mod submit;

pub use exposures::ExposureTotals;
pub use import::{ImportError, ImportOutcome};
pub use item_view::ItemView;
pub use list::{LISTING_LIMIT_MAX, Listing, ListingOrder, ListingQuery, SIMILAR_MAX};
pub use my_ballots::MyBallot;
pub use sequence::{SEQUENCE_SIZE_MAX, SequenceRequest, ServedCard};
pub use state::Proposals;
pub use submit::{SubmitError, SubmitProposal, Submitted};
