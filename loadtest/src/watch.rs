//! State that all connections of a run share: the progress bar, the time limit and the first failure.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Watches over a run.
pub(crate) struct Watch {
    pub(crate) bar: ProgressBar,
    deadline: Instant,
    /// For how long a server that went away is awaited.
    pub(crate) survive: Option<Duration>,
    failure: OnceLock<String>,
}

impl Watch {
    /// Starts the clock; `ballots` is the length of the bar, shown on a terminal only.
    pub(crate) fn start(ballots: u64, time_max: Duration, survive: Option<Duration>) -> Self {
        let bar = ProgressBar::new(ballots);
        let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, deadline: Instant::now() + time_max, survive, failure: OnceLock::new() }
    }

    /// Stops the run; the first failure is the one that is told.
    pub(crate) fn fail(&self, reason: impl Into<String>) {
        // Failures that follow from the first, or came at the same moment, say nothing more.
        let _ = self.failure.set(reason.into());
    }

    pub(crate) fn failure(&self) -> Option<&str> {
        self.failure.get().map(String::as_str)
    }

    /// When the time is up.
    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }

    pub(crate) fn is_out_of_time(&self) -> bool {
        Instant::now() >= self.deadline
    }

    /// Whether to send nothing more: something failed, or the time is up.
    pub(crate) fn is_over(&self) -> bool {
        self.failure.get().is_some() || self.is_out_of_time()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
