//! Recording exposures, and reading those of all processes.

use gd_domain::PollId;

use crate::port_error::PortResult;
use crate::proposals::exposures::ExposureTotals;
use crate::proposals::state::Proposals;

impl Proposals {
    /// Adds to the records the exposures of this process since it last did.
    pub(crate) async fn record_exposures(&self) {
        for list in self.lists.all_in_memory() {
            if let Err(failure) = list.exposures.record(list.ports(), list.poll).await {
                tracing::warn!(poll = list.poll.0, %failure, "exposures could not be recorded");
            }
        }
    }

    /// The number of times each item of a poll was shown so far, by the records.
    pub(crate) async fn exposures(&self, poll: PollId) -> PortResult<ExposureTotals> {
        self.lists.ports.exposures.shown(poll).await
    }
}
