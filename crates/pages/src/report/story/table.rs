//! A picture's figures as a table: every part of a report has one.

/// A caption, the heads of the columns, and rows whose first cell names them.
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}
