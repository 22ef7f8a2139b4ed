//! Results: live totals, orders by votes, and reports.

pub mod ports;
pub(crate) mod rank;
pub(crate) mod ranked_orders;
pub(crate) mod ranking;
pub(crate) mod shown_report;
pub(crate) mod state;
pub(crate) mod votes_on_record;

pub use rank::{RankedPage, RankedQuery};
pub use ranking::Ranking;
pub use shown_report::REPORT_AGE_MAX_MS;
pub use state::{PublishError, Results, ResultsError, figures};
pub use votes_on_record::{VotesError, VotesOnRecord};
