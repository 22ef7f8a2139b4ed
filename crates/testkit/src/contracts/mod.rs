//! The contracts of the ports by area, the same for every adapter. Each suite takes an adapter over an empty installation.

mod consultation;
mod counters;
mod participants;
mod polls;
mod proposals;
mod results;
mod running;
mod staff;
mod voting;

use gd_domain::{AuditEntry, StaffAction};
use gd_engine::ports::{AuditTrail, Records};

pub use counters::counters_keep_their_contract;

/// Runs the suites of all record ports; the store must be empty.
pub async fn records_keep_their_contract<S: Records>(store: &S) {
    consultation::keeps_its_contract(store).await;
    participants::keeps_its_contract(store).await;
    voting::keeps_its_contract(store).await;
    polls::keep_their_contract(store).await;
    proposals::keeps_its_contract(store).await;
    results::keeps_its_contract(store).await;
    running::keeps_its_contract(store).await;
    // The last: it cuts the entries that the others left.
    staff::keeps_its_contract(store).await;
}

/// The position of the last audit entry.
async fn last_position(store: &dyn AuditTrail) -> u64 {
    store.last_entry().await.unwrap().0
}

/// The audit entries after a position, which must be of these acts.
async fn entries_of(store: &dyn AuditTrail, after: u64, actions: &[StaffAction]) -> Vec<AuditEntry> {
    let entries = store.entries_after(after, 1_000).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.action).collect::<Vec<_>>(), actions);
    entries
}
