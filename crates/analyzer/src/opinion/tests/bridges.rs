//! Proposals that unite groups, and proposals that divide them.

use gd_domain::ItemNumber;
use gd_report::MethodKind;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::drawn_votes;
use crate::{Method, analyze};

#[test]
fn what_all_groups_want_unites_and_what_one_wants_divides() {
    // The first ten are wanted by all, the next twenty by one group each, the rest by nobody.
    let agree = |participant: u32, proposal: u32| match proposal {
        0..10 => 0.85,
        10..30 => {
            if proposal % 2 == participant % 2 {
                0.9
            } else {
                0.15
            }
        }
        _ => 0.1,
    };
    let table = drawn_votes(&mut ChaCha8Rng::seed_from_u64(3), 400, 40, 0.8, agree);
    let report = analyze(&table, &Method::new(MethodKind::Calibrated, 0));
    assert_eq!(report.groups.len(), 2);
    let lists = report.bridging.as_ref().unwrap();
    let sorted = |list: &[ItemNumber]| {
        let mut numbers: Vec<u32> = list.iter().map(|number| number.0).collect();
        numbers.sort_unstable();
        numbers
    };
    assert_eq!(sorted(&lists.unites), (0..10).collect::<Vec<_>>());
    assert_eq!(sorted(&lists.divides), (10..30).collect::<Vec<_>>());
    let gap = |number: &ItemNumber| {
        let bridge = report.proposals[number.0 as usize].bridge.as_ref().unwrap();
        bridge.strongest.agree.low - bridge.weakest.agree.high
    };
    assert!(lists.divides.windows(2).all(|pair| gap(&pair[0]) >= gap(&pair[1])));
    let consensus = |number: usize| report.proposals[number].group_informed_consensus.unwrap();
    assert!((0..10).all(|one| (10..40).all(|other| consensus(one) > consensus(other))));
    let shown = report.proposals.iter().flat_map(|proposal| proposal.by_group.values());
    assert!(shown.map(|voice| voice.counts.total()).min().unwrap() >= 5);
}
