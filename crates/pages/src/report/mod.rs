//! A report as people read it: its figures, sentences and pictures, shared by the results page and the document that
//! stands alone.

mod document;
pub(crate) mod figures;
mod file;
pub(crate) mod pictures;
pub(crate) mod share_chart;
pub(crate) mod story;
pub(crate) mod view;

pub use document::ReportDocument;
pub use file::ReportFile;
pub use story::recompute::Provenance;
