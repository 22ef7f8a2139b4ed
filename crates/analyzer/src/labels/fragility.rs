//! How few ballots would undo a claim: what a label's reader, or who wants to tip it, should know.
//!
//! Prior and threshold frozen; docs/METHOD.md, "How few ballots undo a label".

use gd_domain::Choice;
use serde::{Deserialize, Serialize};

use crate::Label;
use crate::labels::assess::Frozen;
use crate::labels::prior::Dirichlet;
use crate::labels::quick::{ERROR_MAX, quick_probability};

/// The least number of ballots, all of one choice, whose adding or removing undoes a claimed label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragility {
    /// So many ballots…
    pub ballots: u64,
    /// …added or removed…
    pub change: Change,
    /// …of this choice.
    pub choice: Choice,
}

/// What is done to ballots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// More ballots.
    Add,
    /// Fewer ballots.
    Remove,
}

/// The ways to tip a label, the likeliest to be shortest first.
const WAYS: [(Change, Choice); 6] = [
    (Change::Add, Choice::Disagree),
    (Change::Add, Choice::Neutral),
    (Change::Add, Choice::Agree),
    (Change::Remove, Choice::Agree),
    (Change::Remove, Choice::Disagree),
    (Change::Remove, Choice::Neutral),
];

/// The shortest way to undo this claim; of equally short ones the first of [`WAYS`].
pub(crate) fn fragility(frozen: Frozen<'_>, counts: [u64; 3], label: Label) -> Option<Fragility> {
    // Anything is tipped by a few times as many votes as there are; further away nobody looks.
    let mut ballots_max = 4 * counts.iter().sum::<u64>() + 100;
    let mut shortest = None;
    for (change, choice) in WAYS {
        let undone = |ballots: u64| !still_claimed(frozen, changed(counts, change, choice, ballots), label);
        let most = match change {
            Change::Add => ballots_max,
            Change::Remove => ballots_max.min(counts[choice.index()]),
        };
        if most == 0 || !undone(most) {
            continue;
        }
        let ballots = least(most, undone);
        shortest = Some(Fragility { ballots, change, choice });
        ballots_max = ballots - 1;
    }
    shortest
}

fn changed(mut counts: [u64; 3], change: Change, choice: Choice, ballots: u64) -> [u64; 3] {
    let count = &mut counts[choice.index()];
    *count = match change {
        Change::Add => *count + ballots,
        Change::Remove => *count - ballots,
    };
    counts
}

/// The least of 1..=`most` that is undone, when `most` is and each one after an undone one is too: doubled
/// until undone, then halved.
fn least(most: u64, undone: impl Fn(u64) -> bool) -> u64 {
    let mut high = 1;
    while high < most && !undone(high) {
        high = (2 * high).min(most);
    }
    let mut low = high / 2;
    while high - low > 1 {
        let middle = low.midpoint(high);
        if undone(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// [`Frozen::claims`], with the exact probabilities only where quick ones leave a doubt.
fn still_claimed(frozen: Frozen<'_>, counts: [u64; 3], label: Label) -> bool {
    quickly(frozen, counts, label).unwrap_or_else(|| frozen.claims(counts, label))
}

fn quickly(frozen: Frozen<'_>, counts: [u64; 3], label: Label) -> Option<bool> {
    let judge = frozen.judge;
    if !judge.enough(counts) {
        return Some(false);
    }
    let probability = |prior: Dirichlet| quick_probability(prior.after(counts), &judge.regions, label);
    let mut least = probability(judge.priors.fitted)?;
    if judge.priors.held != judge.priors.fitted {
        least = least.min(probability(judge.priors.held)?);
    }
    let beyond = 1.0 - least - frozen.error_max;
    if beyond > ERROR_MAX {
        return Some(false);
    }
    // More probable than all others together is likeliest.
    let own = probability(Dirichlet::JEFFREYS)?;
    (beyond < -ERROR_MAX && own > 0.5 + ERROR_MAX).then_some(true)
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
        let mut seen = 0;
        for (place, &one) in counts.iter().enumerate() {
            let label = assessment.label(place);
            if label == Label::Undetermined {
                continue;
            }
            assert!(frozen.claims(one, label), "{one:?} {label}");
            let found = fragility(frozen, one, label).expect("every label can be tipped");
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
