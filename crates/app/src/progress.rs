//! Progress bars on stderr, shown on a terminal only.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar for work whose size is known from the first report on.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar that says what is being done.
    pub(crate) fn new(what: &'static str) -> Self {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what);
        Self(bar)
    }

    /// Shows how far it has come: done, of how many.
    pub(crate) fn report(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A sign of life for work whose size is not known.
pub(crate) struct Spinner(ProgressBar);

impl Spinner {
    /// A spinner that says what is being done.
    pub(crate) fn new(what: &'static str) -> Self {
        let spinner = ProgressBar::new_spinner();
        let style = ProgressStyle::with_template("{spinner} {msg} {human_pos}");
        spinner.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        spinner.set_message(what);
        Self(spinner)
    }

    /// Shows how many are done.
    pub(crate) fn report(&self, done: u64) {
        self.0.set_position(done);
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
