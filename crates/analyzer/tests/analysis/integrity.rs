//! Planted campaigns are seen, honest votes are left in peace, and no figure moves for either.

use gd_analyzer::{Label, ProposalCard, Report, VoteTable, analyze};
use gd_domain::{Channel, Choice, ModerationStatus, StandingBallot, Timestamp};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::real_folders::{read, real_data};
use crate::tables::{CALIBRATED, ballot, card, method};

const PROPOSALS: u32 = 60;
const DAY_MINUTES: i64 = 24 * 60;

/// People who come at any minute of three days, more by day than by night and in waves, vote on twelve
/// proposals within a few minutes, two groups of them of opposite opinions.
fn honest(seed: u64, people: i64) -> Vec<StandingBallot> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let mut rows = Vec::new();
    let mut minute = 0;
    for person in 0..people {
        if person % 4 == 0 || generator.random_bool(0.5) {
            let hour: i64 = generator.random_range(0..24);
            let of_day = if hour < 8 && generator.random_bool(0.8) { 12 * 60 } else { hour * 60 };
            minute = generator.random_range(0..3) * DAY_MINUTES + of_day + generator.random_range(0..60);
        }
        let group = generator.random_bool(0.4);
        let first = generator.random_range(0..PROPOSALS);
        for step in 0..12 {
            let proposal = 1 + (first + 7 * step) % PROPOSALS;
            let liked = 0.35 + 0.5 * f64::from(proposal) / f64::from(PROPOSALS);
            let agrees = if group { liked } else { 1.2 - liked };
            let place: f64 = generator.random();
            let choice = if place < 0.15 {
                Choice::Neutral
            } else if generator.random_bool(agrees.min(0.95)) {
                Choice::Agree
            } else {
                Choice::Disagree
            };
            let at = minute * 60_000 + i64::from(step) * 9_000 + 17 * person;
            rows.push(StandingBallot {
                cast_at: Timestamp::from_millis(at),
                ..ballot(person, proposal, choice)
            });
        }
    }
    rows
}

/// Participants numbered from `first` who all say the same on the same proposals.
fn copies(first: i64, people: i64, spread_minutes: i64) -> Vec<StandingBallot> {
    let one = |person: i64| {
        (1..=12).map(move |proposal| {
            let choice = if proposal <= 6 { Choice::Disagree } else { Choice::Agree };
            let at = DAY_MINUTES * 60_000 + (person * 7_919 % spread_minutes) * 60_000;
            StandingBallot { cast_at: Timestamp::from_millis(at), ..ballot(person, proposal, choice) }
        })
    };
    (first..first + people).flat_map(one).collect()
}

fn report(rows: Vec<StandingBallot>) -> Report {
    let cards: Vec<ProposalCard> = (1..=PROPOSALS).map(|number| card(number, "Oui")).collect();
    analyze(&VoteTable::new(cards, Vec::new(), rows).unwrap(), &method(CALIBRATED))
}

#[test]
fn honest_votes_raise_no_alarm() {
    for seed in 0..4 {
        let signs = report(honest(seed, 900)).integrity.unwrap();
        assert!(signs.bursts.is_empty() && signs.alike.is_empty() && signs.channels.is_empty(), "{signs:?}");
        assert_eq!((signs.ballots, signs.relabelled.len()), (0, 0));
    }
}

#[test]
fn copies_are_found_and_their_labels_shown_without_them() {
    let alone = report(honest(1, 900));
    let mut rows = honest(1, 900);
    rows.extend(copies(10_000, 200, 3 * DAY_MINUTES));
    let report = report(rows);
    let signs = report.integrity.as_ref().unwrap();
    assert_eq!(signs.alike.len(), 1, "{signs:?}");
    assert_eq!((signs.alike[0].participants, signs.alike[0].ballots_least), (200, 12));
    assert_eq!(signs.ballots, 200 * 12);
    // Without them the labels are those of the others alone, and the report itself counts everybody.
    assert!(!signs.relabelled.is_empty());
    for one in &signs.relabelled {
        let of = |report: &Report| {
            report.proposals.iter().find(|other| other.number == one.proposal).unwrap().clone()
        };
        assert_eq!((of(&report).label, of(&alone).label), (one.label, one.without));
        assert_eq!(of(&alone).counts, one.counts);
    }
}

#[test]
fn a_burst_is_found_where_it_is() {
    let mut rows = honest(2, 900);
    let at = DAY_MINUTES + 600;
    for person in 0..60 {
        let choice = if person % 2 == 0 { Choice::Agree } else { Choice::Disagree };
        let cast_at = Timestamp::from_millis(at * 60_000 + 500 * person);
        rows.push(StandingBallot { cast_at, ..ballot(50_000 + person, 5, choice) });
    }
    let signs = report(rows).integrity.unwrap();
    assert_eq!(signs.bursts.len(), 1, "{signs:?}");
    assert_eq!(signs.bursts[0].from, at * 60_000);
    assert!(signs.bursts[0].ballots >= 60 && signs.bursts[0].usual < 10.0);
    assert!(signs.alike.is_empty());
}

#[test]
fn a_channel_that_says_the_contrary_is_found() {
    let mut rows = honest(3, 900);
    for person in 0..60 {
        let choice = if person % 10 == 0 { Choice::Agree } else { Choice::Disagree };
        let row = ballot(60_000 + person, 58, choice);
        let cast_at = Timestamp::from_millis(person * 2_400_000);
        rows.push(StandingBallot { cast_at, channel: Channel::Widget, ..row });
    }
    let signs = report(rows).integrity.unwrap();
    let found: Vec<_> = signs.channels.iter().map(|gap| (gap.proposal.0, gap.channel)).collect();
    assert!(found.contains(&(58, Channel::Widget)), "{signs:?}");
    assert!(found.iter().all(|one| one.0 == 58));
    assert_eq!(signs.ballots, 60);
}

#[test]
fn ballots_on_unpublished_proposals_raise_no_alarm() {
    let mut cards: Vec<ProposalCard> = (1..=PROPOSALS).map(|number| card(number, "Oui")).collect();
    for card in &mut cards {
        card.status = ModerationStatus::Refused;
    }
    let table = VoteTable::new(cards, Vec::new(), copies(0, 200, 10)).unwrap();
    assert_eq!(analyze(&table, &method(CALIBRATED)).integrity.unwrap().ballots, 0);
}

#[test]
fn every_claim_says_how_few_ballots_undo_it_and_every_open_label_what_would_settle_it() {
    let report = report(honest(5, 900));
    for proposal in &report.proposals {
        let open = proposal.label == Label::Undetermined;
        assert_eq!(proposal.settles.is_some(), open);
        assert_eq!(proposal.fragility.is_none(), open, "{proposal:?}");
        assert!(proposal.settles.iter().flatten().all(|(_, chance)| (0.0..=1.0).contains(chance)));
    }
    assert!(report.labels[&Label::Undetermined] > 0 && report.claims.count > 0);
    assert_eq!(report.settles.keys().copied().collect::<Vec<_>>(), [30, 100, 300, 1_000, 3_000]);
}

/// Bursts and sets of participants alike. Seattle's burst is one evening of six minutes; the five of vtaiwan gave 66 answers
/// each, nine in ten the same, two of them within a quarter of an hour.
#[test]
fn real_consultations_hold_few_signs() {
    let Some(folder) = real_data() else { return };
    let expected = [
        ("15-per-hour-seattle", 1, 0),
        ("american-assembly.bowling-green", 0, 0),
        ("scoop-hivemind.biodiversity", 0, 0),
        ("vtaiwan.uberx", 2, 1),
    ];
    for (name, bursts, alike) in expected {
        let signs = analyze(&read(&folder.join("polis").join(name)), &method(CALIBRATED)).integrity.unwrap();
        assert!(signs.channels.is_empty(), "an import has one channel");
        assert_eq!((signs.bursts.len(), signs.alike.len()), (bursts, alike), "{name}: {signs:?}");
    }
}
