//! The same votes give the same bytes, in whatever order and under whatever numbers they come.

use gd_analyzer::{MethodKind, ProposalCard, VoteTable, analyze};
use gd_domain::{
    AudienceCode, Channel, Choice, ItemNumber, ModerationStatus, Opinion, ParticipantId, Qualifications,
    Slug, StandingBallot, Timestamp,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

use crate::tables::method;

const AUDIENCES: [&str; 3] = ["users", "staff", "directors"];

fn cards() -> Vec<ProposalCard> {
    let card = |number: u32| ProposalCard {
        number: ItemNumber(number),
        text: format!("Proposition {number}"),
        status: ModerationStatus::ALL[if number % 7 == 3 { 2 } else { 1 }],
        theme: number.is_multiple_of(2).then(|| "contact".parse().unwrap()),
        idea: number.is_multiple_of(9).then(|| "guichet".parse().unwrap()),
    };
    (0..36).map(card).collect()
}

fn audiences(order: [usize; 3]) -> Vec<Slug> {
    order.into_iter().map(|place| AUDIENCES[place].parse().unwrap()).collect()
}

/// One ballot a (participant, proposal).
fn any_ballots() -> impl Strategy<Value = Vec<StandingBallot>> {
    let row = (0_i64..40, 0_u32..36, 0_usize..3, 0_u16..8, 0_u16..4, 0_usize..5, 0_i64..9);
    prop::collection::vec(row, 0..500).prop_map(|rows| {
        let ballot = |(participant, proposal, choice, nuances, audience, channel, time)| {
            let choice: usize = choice;
            let nuances: u16 = nuances;
            let qualifications = Qualifications::from_bits(nuances << (3 * choice));
            StandingBallot {
                participant: ParticipantId::from_number(participant).unwrap(),
                proposal: ItemNumber(proposal),
                opinion: Opinion::new(Choice::ALL[choice], qualifications).unwrap(),
                audience: AudienceCode(audience),
                channel: Channel::ALL[channel],
                cast_at: Timestamp::from_millis(time),
            }
        };
        let rows: Vec<StandingBallot> = rows.into_iter().map(ballot).collect();
        let keyed: BTreeMap<_, _> =
            rows.into_iter().map(|row| ((row.participant, row.proposal), row)).collect();
        keyed.into_values().collect()
    })
}

fn json(cards: Vec<ProposalCard>, audiences: Vec<Slug>, rows: Vec<StandingBallot>) -> String {
    let table = VoteTable::new(cards, audiences, rows).unwrap();
    analyze(&table, &method(MethodKind::MakeOrg)).to_json()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn order_and_numbering_change_no_byte(
        (rows, shuffled) in any_ballots().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        shuffled_cards in Just(cards()).prop_shuffle(),
        numbers in Just((0_i64..40).collect::<Vec<_>>()).prop_shuffle(),
        order in Just([0_usize, 1, 2]).prop_shuffle(),
    ) {
        let renumber = |mut row: StandingBallot| {
            let number = numbers[usize::try_from(row.participant.number()).unwrap()] * 1_000_003 + 17;
            row.participant = ParticipantId::from_number(number).unwrap();
            if let Some(place) = usize::from(row.audience.0).checked_sub(1) {
                let moved = order.iter().position(|one| *one == place).unwrap();
                row.audience = AudienceCode(u16::try_from(moved + 1).unwrap());
            }
            row
        };
        let first = json(cards(), audiences([0, 1, 2]), rows);
        let second = json(shuffled_cards, audiences(order), shuffled.into_iter().map(renumber).collect());
        prop_assert_eq!(first, second);
    }

    #[test]
    fn every_change_of_the_input_changes_the_digest(rows in any_ballots(), at in any::<prop::sample::Index>()) {
        prop_assume!(!rows.is_empty());
        let digest = |rows: Vec<StandingBallot>, cards: Vec<ProposalCard>| {
            let table = VoteTable::new(cards, audiences([0, 1, 2]), rows).unwrap();
            analyze(&table, &method(MethodKind::Calibrated)).input.digest
        };
        let change = |edit: fn(&mut StandingBallot)| {
            let mut changed = rows.clone();
            edit(at.get_mut(&mut changed));
            changed
        };
        let mut retold = cards();
        at.get_mut(&mut retold).text.push('!');
        let mut regrouped = cards();
        at.get_mut(&mut regrouped).idea = "autre".parse().ok();
        let variants = [
            digest(rows.clone(), cards()),
            digest(change(|row| row.audience = AudienceCode((row.audience.0 + 1) % 4)), cards()),
            digest(change(|row| row.channel = Channel::ALL[(row.channel.index() + 1) % 5]), cards()),
            digest(change(|row| row.cast_at = row.cast_at.plus_millis(1)), cards()),
            digest(change(|row| row.opinion = another_choice(row.opinion)), cards()),
            digest(change(|row| row.opinion = another_nuance(row.opinion)), cards()),
            digest(rows[1..].to_vec(), cards()),
            digest(rows.clone(), retold),
            digest(rows.clone(), regrouped),
            digest(rows.clone(), cards().into_iter().chain([extra_card()]).collect()),
        ];
        for (place, variant) in variants.iter().enumerate() {
            prop_assert!(!variants[..place].contains(variant), "variant {} changes nothing", place);
        }
    }
}

fn another_choice(opinion: Opinion) -> Opinion {
    Opinion::bare(Choice::ALL[(opinion.choice().index() + 1) % 3])
}

fn another_nuance(opinion: Opinion) -> Opinion {
    let first = 1 << (3 * opinion.choice().index());
    let flipped = Qualifications::from_bits(opinion.qualifications().bits() ^ first);
    Opinion::new(opinion.choice(), flipped).unwrap()
}

fn extra_card() -> ProposalCard {
    ProposalCard {
        number: ItemNumber(99),
        text: "De plus".into(),
        status: ModerationStatus::Pending,
        theme: None,
        idea: None,
    }
}

/// A table large enough for several parts in a pass.
fn large() -> VoteTable {
    let rows = (0..6_000_i64).flat_map(|participant| {
        (0..30_u32).map(move |proposal| StandingBallot {
            participant: ParticipantId::from_number(participant * 977).unwrap(),
            proposal: ItemNumber(proposal),
            opinion: Opinion::bare(
                Choice::ALL[usize::try_from((participant * 7 + i64::from(proposal) * 3) % 11 % 3).unwrap()],
            ),
            audience: AudienceCode(1 + u16::try_from(participant % 3).unwrap()),
            channel: Channel::Sequence,
            cast_at: Timestamp::from_millis(participant * 9_000),
        })
    });
    VoteTable::new(cards(), audiences([0, 1, 2]), rows).unwrap()
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let on_threads = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| analyze(&large(), &method(MethodKind::Calibrated)).to_json())
    };
    let alone = on_threads(1);
    assert!([2, 3, 8].into_iter().all(|threads| on_threads(threads) == alone));
}
