//! Progress of a long reading, reported now and then and not at every row.

const ROWS_BETWEEN_REPORTS: u64 = 1024;

/// Counts rows over all the files of one reading.
pub(crate) struct Progress<'a> {
    rows: u64,
    report: &'a mut dyn FnMut(u64),
}

impl<'a> Progress<'a> {
    pub(crate) fn new(report: &'a mut dyn FnMut(u64)) -> Self {
        Self { rows: 0, report }
    }

    pub(crate) fn row(&mut self) {
        self.rows += 1;
        if self.rows.is_multiple_of(ROWS_BETWEEN_REPORTS) {
            (self.report)(self.rows);
        }
    }

    /// Counts several rows in one step.
    pub(crate) fn rows(&mut self, rows: usize) {
        self.rows += rows as u64;
        (self.report)(self.rows);
    }

    pub(crate) fn finish(self) {
        (self.report)(self.rows);
    }
}
