//! The least number of ballots that undoes a claim.
//!
//! Prior and threshold frozen; docs/METHOD.md, "How few ballots undo a label".

use gd_domain::Choice;
use gd_report::{Change, Dirichlet, Fragility};

use crate::Label;
use crate::labels::assess::Frozen;
use crate::labels::odds::{Odds, ln_odds};
use crate::labels::quick::{ERROR_MAX, quick_probability};

/// The ways to tip a label, the likeliest to be shortest first.
const WAYS: [(Change, Choice); 6] = [
    (Change::Add, Choice::Disagree),
    (Change::Add, Choice::Neutral),
    (Change::Add, Choice::Agree),
    (Change::Remove, Choice::Agree),
    (Change::Remove, Choice::Disagree),
    (Change::Remove, Choice::Neutral),
];

/// A way that the table of odds takes for more than so many times as long as one that was found, and some more, is
/// not looked at.
const TIMES_LONGER: u64 = 2;
const BALLOTS_LONGER: u64 = 10;

/// Looks for the least that undoes claims of one consultation.
#[derive(Clone, Copy)]
pub(crate) struct Search<'a> {
    pub(crate) frozen: Frozen<'a>,
    pub(crate) odds: &'a Odds,
}

impl Search<'_> {
    /// The shortest way to undo this claim; of equally short ones the first of [`WAYS`].
    pub(crate) fn fragility(&self, counts: [u64; 3], label: Label) -> Option<Fragility> {
        // Anything is tipped by a few times as many votes as there are; further away nobody looks.
        let far = 4 * counts.iter().sum::<u64>() + 100;
        let most_of = |place: usize| match WAYS[place] {
            (Change::Add, _) => far,
            (Change::Remove, choice) => far.min(counts[choice.index()]),
        };
        let guess_of = |place: usize| self.guess(counts, label, WAYS[place], most_of(place));
        let mut ways = [0, 1, 2, 3, 4, 5].map(|place| (guess_of(place), place));
        ways.sort_unstable();
        let ahead = standing(self.frozen, counts, label, OwnVotes::Ignored).ahead;
        let mut shortest: Option<(u64, usize)> = None;
        for (guess, place) in ways {
            let mut most = most_of(place);
            if let Some((ballots, best)) = shortest {
                if guess > TIMES_LONGER * ballots + BALLOTS_LONGER {
                    break;
                }
                most = most.min(if place < best { ballots } else { ballots - 1 });
            }
            if let Some(ballots) = self.least_of(counts, label, WAYS[place], (most, guess), ahead) {
                shortest = Some((ballots, place));
            }
        }
        shortest.map(|(ballots, place)| Fragility { ballots, change: WAYS[place].0, choice: WAYS[place].1 })
    }

    /// The least number of ballots up to `most` that undoes the claim this way.
    fn least_of(
        &self,
        counts: [u64; 3],
        label: Label,
        (change, choice): (Change, Choice),
        (most, guess): (u64, u64),
        ahead: f64,
    ) -> Option<u64> {
        let after = |ballots: u64, own: OwnVotes| {
            standing(self.frozen, changed(counts, change, choice, ballots), label, own)
        };
        if most == 0 || after(most, OwnVotes::Counted).claimed {
            return None;
        }
        let search = |own: OwnVotes| least(most, guess, ahead, |ballots| after(ballots, own));
        // A claim hardly ever falls because its own votes point elsewhere first, so that is asked at the end.
        let ballots = search(OwnVotes::Ignored);
        let falls_before = ballots > 1 && !after(ballots - 1, OwnVotes::Counted).claimed;
        Some(if falls_before { search(OwnVotes::Counted) } else { ballots })
    }

    /// About how many ballots undo the claim this way, by the table alone; `u64::MAX` for more than `most`.
    fn guess(&self, counts: [u64; 3], label: Label, (change, choice): (Change, Choice), most: u64) -> u64 {
        let judge = self.frozen.judge;
        let needed = ln_odds(1.0 - self.frozen.error_max);
        let holds = |ballots: u64| {
            let counts = changed(counts, change, choice, ballots);
            let holds_by = |prior: Dirichlet| self.odds.at(prior.after(counts), label) >= needed;
            let priors = judge.priors;
            judge.enough(counts)
                && holds_by(priors.fitted)
                && (priors.held == priors.fitted || holds_by(priors.held))
        };
        let (mut low, mut high) = (0, 1);
        while high <= most && holds(high) {
            (low, high) = (high, 2 * high);
        }
        if low == most || high > most && holds(most) {
            return u64::MAX;
        }
        high = high.min(most);
        while high - low > 1 {
            let middle = u64::midpoint(low, high);
            if holds(middle) { low = middle } else { high = middle }
        }
        high
    }
}

/// Whether what the proposal's own votes say is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OwnVotes {
    Counted,
    Ignored,
}

fn changed(mut counts: [u64; 3], change: Change, choice: Choice, ballots: u64) -> [u64; 3] {
    let count = &mut counts[choice.index()];
    *count = match change {
        Change::Add => *count + ballots,
        Change::Remove => *count - ballots,
    };
    counts
}

/// The least of 1..=`most` that undoes the claim, when `most` does and each one after an undoing one does too: from
/// a guess on, by straight lines through what was seen, every third time by halving.
fn least(most: u64, guess: u64, ahead_now: f64, after: impl Fn(u64) -> Standing) -> u64 {
    let (mut low, mut ahead) = (0, ahead_now);
    let (mut high, mut behind) = (most, f64::NAN);
    let mut next = guess;
    for round in 0_u32.. {
        if high - low <= 1 {
            break;
        }
        let ballots = next.clamp(low + 1, high - 1);
        let found = after(ballots);
        let before = (low, ahead);
        if found.claimed {
            (low, ahead) = (ballots, found.ahead);
        } else {
            (high, behind) = (ballots, found.ahead);
        }
        let halve = round % 3 == 2;
        let line =
            if high == most { beyond(before, (low, ahead)) } else { between(high - low, ahead, behind) };
        next = line.filter(|_| !halve).map_or(low.midpoint(high), |more| low + more);
    }
    high
}

/// The distance after `last` at which a straight line from `first` through it falls to 0, 4 times as far at most;
/// `None` where it does not fall.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of people, clamped"
)]
fn beyond(first: (u64, f64), last: (u64, f64)) -> Option<u64> {
    let fall = (first.1 - last.1) / (last.0 - first.0) as f64;
    let far = 4 * (last.0 - first.0);
    (fall > 0.0).then(|| ((last.1 / fall).ceil().max(1.0) as u64).min(far))
}

/// The place where a straight line from `ahead` falls to 0 on its way to `behind`, inside 1..`width`; `None` where it
/// does not.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of people, clamped"
)]
fn between(width: u64, ahead: f64, behind: f64) -> Option<u64> {
    let place = ahead / (ahead - behind) * width as f64;
    (width > 1 && place.is_finite()).then(|| (place.ceil().max(1.0) as u64).min(width - 1))
}

/// Whether a label would still be claimed, and how far its ln odds are ahead of what a claim needs: a guide for
/// the search, unknown where nothing quick tells.
#[derive(Clone, Copy, Debug)]
struct Standing {
    claimed: bool,
    ahead: f64,
}

/// [`Frozen::claims`], with the exact probabilities only where quick ones leave a doubt.
fn standing(frozen: Frozen<'_>, counts: [u64; 3], label: Label, own: OwnVotes) -> Standing {
    let Some(probability) = quickly(frozen, counts, label) else {
        return Standing { claimed: frozen.claims(counts, label), ahead: f64::NAN };
    };
    let ahead = ln_odds(probability) - ln_odds(1.0 - frozen.error_max);
    let beyond = 1.0 - probability - frozen.error_max;
    let judge = frozen.judge;
    // More probable than all others together is likeliest.
    let alone = || quick_probability(Dirichlet::JEFFREYS.after(counts), &judge.regions, label);
    let own_votes_say = || own == OwnVotes::Ignored || alone().is_some_and(|alone| alone > 0.5 + ERROR_MAX);
    let claimed = if !judge.enough(counts) || beyond > ERROR_MAX {
        false
    } else if beyond < -ERROR_MAX && own_votes_say() {
        true
    } else {
        frozen.claims(counts, label)
    };
    Standing { claimed, ahead }
}

/// The label's probability, the lesser of those that the two priors give; that of the weaker prior alone, which is
/// mostly the lesser, where it is too small already.
fn quickly(frozen: Frozen<'_>, counts: [u64; 3], label: Label) -> Option<f64> {
    let priors = frozen.judge.priors;
    let probability = |prior: Dirichlet| quick_probability(prior.after(counts), &frozen.judge.regions, label);
    let held = probability(priors.held)?;
    let is_too_small = 1.0 - held - frozen.error_max > ERROR_MAX;
    if is_too_small || priors.held == priors.fitted {
        return Some(held);
    }
    Some(held.min(probability(priors.fitted)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::assess::assess;
    use crate::sampling::drawn;
    use crate::{Method, label_counts};

    fn counts() -> Vec<[u64; 3]> {
        let mut counts = drawn(21, Dirichlet { agree: 3.0, disagree: 1.5, neutral: 1.5 }, 150, 90);
        counts.extend(drawn(22, Dirichlet { agree: 3.0, disagree: 3.0, neutral: 1.0 }, 50, 400));
        counts
    }

    #[test]
    fn so_many_ballots_undo_a_label_and_one_less_does_not() {
        let counts = counts();
        let assessment = assess(&counts, &Method::default());
        let frozen = assessment.frozen();
        let search = Search { frozen, odds: &Odds::of(Method::default().thresholds) };
        let mut seen = 0;
        for (place, &one) in counts.iter().enumerate() {
            let label = assessment.label(place);
            if label == Label::Undetermined {
                continue;
            }
            assert!(frozen.claims(one, label), "{one:?} {label}");
            let found = search.fragility(one, label).expect("every label can be tipped");
            let after = |ballots: u64| changed(one, found.change, found.choice, ballots);
            assert!(!frozen.claims(after(found.ballots), label), "{one:?} {label} {found:?}");
            for (change, choice) in WAYS {
                let fewer = found.ballots - 1;
                let possible = change == Change::Add || fewer <= one[choice.index()];
                let holds = !possible || frozen.claims(changed(one, change, choice, fewer), label);
                assert!(holds, "{one:?} {label}: {change:?} {fewer} {choice} undoes it, not {found:?}");
            }
            seen += 1;
        }
        assert!(seen > 80, "{seen} labels");
    }

    #[test]
    fn a_frozen_rule_claims_what_the_report_claims() {
        let counts = counts();
        let assessment = assess(&counts, &Method::default());
        for (verdict, one) in label_counts(&counts, &Method::default()).iter().zip(&counts) {
            let claimed = verdict.label != Label::Undetermined;
            assert_eq!(assessment.frozen().claims(*one, verdict.likeliest), claimed, "{one:?}");
        }
    }
}
