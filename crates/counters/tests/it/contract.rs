//! The counters keep the contract of their port.

use gd_counters::InProcessCounters;
use gd_testkit::contracts::counters_keep_their_contract;

#[tokio::test]
async fn in_process_counters_keep_the_contract() {
    counters_keep_their_contract(&InProcessCounters::default()).await;
}
