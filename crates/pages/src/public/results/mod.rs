//! Results: the report, and where a participant stands in it.

mod agreement;
mod page;
mod stand;

pub use page::{ResultsPage, ResultsState};
pub use stand::StandPage;
