//! A report, as the results page and the document show it.

mod document;
mod pictures;
