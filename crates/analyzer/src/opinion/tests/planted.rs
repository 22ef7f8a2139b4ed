//! Groups that were planted come back, whoever is numbered how.

use std::collections::BTreeMap;

use gd_domain::{Choice, ItemNumber};
use gd_report::MethodKind;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::{drawn_votes, positioned};
use crate::opinion::groups::partition;
use crate::opinion::positions::nearest;
use crate::opinion::{opinion_groups, where_do_i_stand};
use crate::{Method, VoteTable, analyze};

/// Three groups that lean their own way on half of the proposals, in a pattern without chance.
fn leaning(participant: u32, proposal: u32) -> f64 {
    let group = participant % 3;
    if proposal.is_multiple_of(2) { if proposal / 2 % 3 == group { 0.15 } else { 0.8 } } else { 0.6 }
}

fn method() -> Method {
    Method::new(MethodKind::Calibrated, 0)
}

fn votes(participants: u32, proposals: u32, density: f64) -> VoteTable {
    drawn_votes(&mut ChaCha8Rng::seed_from_u64(7), participants, proposals, density, leaning)
}

#[test]
fn three_groups_of_ten_thousand_participants_are_recovered() {
    let table = votes(10_000, 1_000, 0.05);
    let found = opinion_groups(&table, &method());
    assert!(found.grouping.unwrap().structure.unwrap().found);
    assert_eq!(found.groups.len(), 3);
    let (matrix, positions) = positioned(&table, &[false; 1_000]);
    let centers = partition(&positions, 5, 0).unwrap().centers;
    let pairs = matrix.participants().iter().zip(&positions);
    let pairs: Vec<(usize, usize)> =
        pairs.map(|(one, &point)| ((*one % 3) as usize, nearest(&centers, point).0)).collect();
    let index = adjusted_rand(&pairs);
    assert!(index >= 0.9, "{index}");
    assert_eq!(found.groups.iter().map(|group| group.size).sum::<u64>(), 10_000);
}

/// Agreement of two groupings beyond chance (Hubert & Arabie 1985).
fn adjusted_rand(pairs: &[(usize, usize)]) -> f64 {
    let twos = |counts: &mut dyn Iterator<Item = f64>| counts.map(|n| n * (n - 1.0) / 2.0).sum::<f64>();
    let counted = |key: fn(&(usize, usize)) -> (usize, usize)| {
        let mut counts: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for pair in pairs {
            *counts.entry(key(pair)).or_default() += 1.0;
        }
        twos(&mut counts.into_values())
    };
    let (both, first, second) =
        (counted(|pair| *pair), counted(|pair| (pair.0, 0)), counted(|pair| (0, pair.1)));
    let all = twos(&mut std::iter::once(u32::try_from(pairs.len()).unwrap().into()));
    let chance = first * second / all;
    (both - chance) / (f64::midpoint(first, second) - chance)
}

#[test]
fn numbering_and_threads_change_no_byte() {
    let table = votes(900, 60, 0.5);
    let renumbered = {
        let participants = (0_u32..).zip(0..table.participant_count());
        let rows =
            participants.flat_map(|(number, one)| table.columns.rows_of(one).map(move |row| (number, row)));
        let ballots = rows.map(|(number, row)| {
            // 7,919 has no factor in common with 900, so every participant gets a number of their own.
            super::ballot(number * 7_919 % 900, table.columns.proposal[row], table.columns.choice[row])
        });
        VoteTable::new(table.cards().to_vec(), Vec::new(), ballots).unwrap()
    };
    let report = analyze(&table, &method());
    assert_eq!(report.groups.len(), 3);
    assert_eq!(report.to_json(), analyze(&renumbered, &method()).to_json());
}

#[test]
fn own_votes_lead_to_the_own_group() {
    let table = votes(900, 60, 0.5);
    let report = analyze(&table, &method());
    let typical = |group: u32| -> BTreeMap<ItemNumber, Choice> {
        let vote =
            |proposal: u32| if leaning(group, proposal) > 0.5 { Choice::Agree } else { Choice::Disagree };
        (0..60).step_by(2).map(|proposal| (ItemNumber(proposal), vote(proposal))).collect()
    };
    let found: Vec<_> =
        (0..3).map(|group| where_do_i_stand(&report, &typical(group)).unwrap().group.unwrap()).collect();
    assert!(found[0] != found[1] && found[1] != found[2] && found[0] != found[2], "{found:?}");
    let few = typical(0).into_iter().take(6).collect();
    let stand = where_do_i_stand(&report, &few).unwrap();
    assert_eq!((stand.group, stand.votes, stand.votes_min), (None, 6, 7));
    assert_eq!(where_do_i_stand(&report, &BTreeMap::new()), None);
    let unknown = BTreeMap::from([(ItemNumber(999), Choice::Agree)]);
    assert_eq!(where_do_i_stand(&report, &unknown), None);
}

#[test]
fn the_map_shows_nobody_among_fewer_than_five() {
    let found = opinion_groups(&votes(900, 60, 0.5), &method());
    let map = found.opinion_map.unwrap();
    assert!(map.cells.iter().all(|cell| cell.size >= 5 && cell.group.is_some()));
    assert_eq!(map.cells.iter().map(|cell| cell.size).sum::<u64>() + map.not_shown, 900);
    assert!(map.not_shown * 100 <= 900 * 15, "{}", map.not_shown);
}
