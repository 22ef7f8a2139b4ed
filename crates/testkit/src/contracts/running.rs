//! The contract of the ports of running. How leases pass from one process to another is for each adapter to show.

use gd_domain::PollId;
use gd_engine::ports::{Heartbeat, Job, Leases, Records};

use crate::TEST_NOW;

pub(super) async fn keeps_its_contract<S: Records>(store: &S) {
    a_heart_beats_again_and_again(store).await;
    a_process_alone_holds_every_lease_it_asks_for(store).await;
}

async fn a_heart_beats_again_and_again(store: &dyn Heartbeat) {
    store.beat(TEST_NOW).await.unwrap();
    store.beat(TEST_NOW.plus_millis(1)).await.unwrap();
    if let Some(first) = store.clock().await.unwrap() {
        assert!(first <= store.clock().await.unwrap().unwrap(), "a clock goes on");
    }
}

async fn a_process_alone_holds_every_lease_it_asks_for(store: &dyn Leases) {
    for job in [Job::Project(PollId(1)), Job::Project(PollId(2)), Job::LiveReports, Job::LiveReports] {
        assert!(store.hold(job).await.unwrap());
    }
    store.release().await;
    assert!(store.hold(Job::LiveReports).await.unwrap(), "given back, they can be taken again");
    store.release().await;
}
