//! The frame around every page: its language and address, words, dates, static files, and the page of an error.

pub mod assets;
pub(crate) mod dates;
mod error;
mod here;
mod page;
mod quoted;
pub(crate) mod words;

pub use dates::is_time_zone;
pub use error::{ErrorPage, ErrorStory};
pub use here::Here;
pub use page::{Frame, Page};
pub use quoted::QuotedProposal;
pub use words::choose_language;
