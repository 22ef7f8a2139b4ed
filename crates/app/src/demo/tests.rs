//! The promises of the simulated public, checked on a whole consultation's ballots.

use std::collections::{BTreeMap, BTreeSet};

use gd_domain::{AudienceCode, Choice, Opinion, Qualification};
use rand::SeedableRng;
use rand::seq::index;
use rand_chacha::ChaCha8Rng;

use super::leaning::Leaning;
use super::population::{PARTICIPANTS_DEFAULT, Participant, SEED_DEFAULT, SecondThought, population};
use super::proposals::{Fate, proposals};
use super::public::Public;
use super::stance::{Stance, Three};

/// A first ballot, by whom and on which published proposal.
struct Cast {
    audience: AudienceCode,
    proposal: usize,
    opinion: Opinion,
    second_thought: Option<SecondThought>,
}

struct Simulation {
    leanings: Vec<Leaning>,
    casts: Vec<Cast>,
}

/// Everybody answers as many cards as their patience allows, drawn evenly.
fn simulate(participants: usize, seed: u64) -> Simulation {
    let published = proposals(seed).into_iter().filter_map(|proposal| match proposal.fate {
        Fate::Published { leaning, .. } => Some(leaning),
        Fate::Refused(_) | Fate::Pending => None,
    });
    let leanings = published.collect::<Vec<_>>();
    let mut cards = ChaCha8Rng::seed_from_u64(seed);
    let mut casts = Vec::new();
    for mut participant in population(participants, seed) {
        let count = participant.patience.min(leanings.len());
        for proposal in index::sample(&mut cards, leanings.len(), count) {
            let opinion = participant.opinion(&leanings[proposal]);
            let second_thought = participant.second_thought(&leanings[proposal]);
            casts.push(Cast { audience: participant.audience, proposal, opinion, second_thought });
        }
    }
    Simulation { leanings, casts }
}

fn default_simulation() -> Simulation {
    simulate(PARTICIPANTS_DEFAULT, SEED_DEFAULT)
}

/// Agree, disagree, neutral of each key.
fn counts<K: Ord>(casts: &[Cast], key: impl Fn(&Cast) -> Option<K>) -> BTreeMap<K, Three> {
    let mut counts = BTreeMap::<K, Three>::new();
    for cast in casts {
        if let Some(key) = key(cast) {
            counts.entry(key).or_default()[cast.opinion.choice().index()] += 1.0;
        }
    }
    counts
}

fn shares(counts: &Three) -> Three {
    let total = counts.iter().sum::<f64>();
    counts.map(|count| count / total)
}

fn public_of(audience: AudienceCode) -> Option<Public> {
    Public::ALL.into_iter().find(|public| public.code() == audience)
}

#[test]
fn tens_of_thousands_of_ballots() {
    let casts = default_simulation().casts;
    assert!((40_000..=80_000).contains(&casts.len()), "{}", casts.len());
}

#[test]
fn stances_keep_what_they_promise_in_each_audience() {
    let Simulation { leanings, casts } = default_simulation();
    let counts = counts(&casts, |cast| Some((leanings[cast.proposal].stance, public_of(cast.audience)?)));
    assert_eq!(counts.len(), 19 * 3, "every stance is met by every public");
    for ((stance, public), counts) in counts {
        if stance.pull() != 0.0 && public != Public::Users {
            continue; // Only users are spread evenly between the poles.
        }
        let total = counts.iter().sum::<f64>();
        let tolerance = 0.06 + 2.5 * (0.25 / total).sqrt();
        for (is, aimed) in shares(&counts).into_iter().zip(stance.shares(public)) {
            assert!(
                (is - aimed).abs() < tolerance,
                "{stance:?} {public:?}: {is} for {aimed}, {total} ballots"
            );
        }
    }
}

#[test]
fn the_shares_of_consensus_controversy_and_rejection_are_believable() {
    let Simulation { leanings, casts } = default_simulation();
    let by_proposal = counts(&casts, |cast| Some(cast.proposal));
    assert_eq!(by_proposal.len(), leanings.len());
    let part = |fits: fn(Three) -> bool| {
        let fitting = by_proposal.values().filter(|&counts| fits(shares(counts))).count();
        100 * fitting / leanings.len()
    };
    let consensus = part(|[agree, disagree, _]| agree >= 0.65 && disagree < 0.15);
    let controversy = part(|[agree, disagree, _]| agree >= 0.35 && disagree >= 0.35);
    let rejection = part(|[_, disagree, _]| disagree >= 0.65);
    let indifference = part(|[_, _, neutral]| neutral >= 0.5);
    assert!((20..=32).contains(&consensus), "{consensus} %");
    assert!((6..=12).contains(&controversy), "{controversy} %");
    assert!((4..=8).contains(&rejection), "{rejection} %");
    assert!((4..=12).contains(&indifference), "{indifference} %");
}

#[test]
fn any_two_audiences_differ_visibly_on_ten_proposals() {
    let casts = default_simulation().casts;
    let counts = counts(&casts, |cast| Some((cast.proposal, public_of(cast.audience)?)));
    let agreeing = |proposal: usize, public: Public| {
        let counts = counts.get(&(proposal, public))?;
        let total = counts.iter().sum::<f64>();
        // Two more of each side: a share of few ballots is held back from 0 and 1 (Agresti and Coull).
        let share = (counts[0] + 2.0) / (total + 4.0);
        Some((share, share * (1.0 - share) / (total + 4.0)))
    };
    let proposals = counts.keys().map(|&(proposal, _)| proposal).collect::<BTreeSet<_>>();
    for (one, other) in [
        (Public::Users, Public::Staff),
        (Public::Staff, Public::Directors),
        (Public::Users, Public::Directors),
    ] {
        let differs = |proposal: &&usize| {
            let (Some((a, a_variance)), Some((b, b_variance))) =
                (agreeing(**proposal, one), agreeing(**proposal, other))
            else {
                return false;
            };
            (a - b).abs() >= 0.3 && (a - b).abs() >= 3.0 * (a_variance + b_variance).sqrt()
        };
        let differing = proposals.iter().filter(differs).count();
        assert!(differing >= 10, "{one:?} and {other:?}: {differing}");
    }
}

#[test]
fn the_two_poles_answer_split_proposals_in_opposite_ways() {
    let splits = |wanted: Stance| {
        let proposals = proposals(SEED_DEFAULT).into_iter();
        proposals.filter_map(move |proposal| match proposal.fate {
            Fate::Published { leaning, .. } if leaning.stance == wanted => Some(leaning),
            _ => None,
        })
    };
    let for_presence = splits(Stance::SplitsPresence).collect::<Vec<_>>();
    let for_autonomy = splits(Stance::SplitsAutonomy).collect::<Vec<_>>();
    let balance = |participant: &mut Participant, leanings: &[Leaning]| {
        leanings.iter().fold(0, |sum, leaning| match participant.opinion(leaning).choice() {
            Choice::Agree => sum + 1,
            Choice::Disagree => sum - 1,
            Choice::Neutral => sum,
        })
    };
    let people = 500;
    let (mut consistent, mut wants_presence) = (0, 0);
    for mut participant in population(people, SEED_DEFAULT) {
        let presence = balance(&mut participant, &for_presence);
        let autonomy = balance(&mut participant, &for_autonomy);
        consistent += usize::from(presence * autonomy < 0);
        wants_presence += usize::from(presence > autonomy);
    }
    assert!(consistent > people * 9 / 10, "{consistent}");
    assert!((people * 4 / 10..people * 6 / 10).contains(&wants_presence), "{wants_presence}");
}

#[test]
fn a_third_of_the_ballots_say_more_and_every_nuance_is_heard() {
    let casts = default_simulation().casts;
    let qualified = casts.iter().filter(|cast| !cast.opinion.qualifications().is_empty()).count();
    let percent = 100 * qualified / casts.len();
    assert!((32..=38).contains(&percent), "{percent} %");
    for qualification in Qualification::ALL {
        let heard = casts.iter().filter(|cast| cast.opinion.has(qualification)).count();
        assert!(heard > 200, "{qualification}: {heard}");
    }
}

#[test]
fn some_come_back_on_their_ballot() {
    let casts = default_simulation().casts;
    let thoughts = casts.iter().filter_map(|cast| cast.second_thought);
    let (revotes, retractions): (Vec<_>, Vec<_>) =
        thoughts.partition(|thought| matches!(thought, SecondThought::Revote(_)));
    assert!((casts.len() / 100..casts.len() / 50).contains(&revotes.len()), "{}", revotes.len());
    assert!((casts.len() / 400..casts.len() / 100).contains(&retractions.len()), "{}", retractions.len());
}

#[test]
fn the_crowd_is_made_as_announced() {
    let people = population(PARTICIPANTS_DEFAULT, SEED_DEFAULT).collect::<Vec<_>>();
    let percent_declaring =
        |code: AudienceCode| 100 * people.iter().filter(|one| one.audience == code).count() / people.len();
    assert!((71..=77).contains(&percent_declaring(Public::Users.code())));
    assert!((15..=21).contains(&percent_declaring(Public::Staff.code())));
    assert!((2..=4).contains(&percent_declaring(Public::Directors.code())));
    assert!((3..=6).contains(&percent_declaring(AudienceCode::UNDECLARED)));

    let mut patience = people.iter().map(|one| one.patience).collect::<Vec<_>>();
    patience.sort_unstable();
    assert!((10..=14).contains(&patience[patience.len() / 2]));
    let long_readers = patience.iter().filter(|&&cards| cards > 100).count();
    assert!((people.len() / 100..people.len() / 20).contains(&long_readers), "{long_readers}");
    assert!(people.iter().all(|one| one.patience >= 1 && (0.0..1.0).contains(&one.arrival)));
}

#[test]
fn the_same_seed_gives_the_same_people_in_whatever_order_they_vote() {
    let leanings = simulate(0, 5).leanings;
    let answers = |seed: u64, backwards: bool| {
        let mut people = population(40, seed).enumerate().collect::<Vec<_>>();
        if backwards {
            people.reverse();
        }
        let answer = |(place, mut one): (usize, Participant)| {
            let opinions = leanings.iter().take(30).map(|leaning| one.opinion(leaning)).collect::<Vec<_>>();
            (place, (one.audience, one.patience, one.arrival.to_bits(), opinions))
        };
        people.into_iter().map(answer).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(answers(5, false), answers(5, true));
    assert_ne!(answers(5, false), answers(6, false));
}

#[test]
fn more_people_of_a_seed_begin_with_the_same_ones() {
    let firsts = |count: usize| {
        let people = population(count, 11).take(10);
        people.map(|one| (one.audience, one.patience, one.arrival.to_bits())).collect::<Vec<_>>()
    };
    assert_eq!(firsts(10), firsts(1_000));
}
