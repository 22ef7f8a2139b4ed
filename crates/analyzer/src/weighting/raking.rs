//! Iterative proportional fitting: weights of cells whose margins are the ones asked for.

/// Rounds after which the margins count as contradictory.
const ROUNDS_MAX: u32 = 10_000;

/// Margins are met when each is this near: far less than a printed digit.
const TOLERANCE: f64 = 1e-11;

/// One margin over the cells.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// Per cell, the place of its value.
    pub(super) value_of: Vec<usize>,
    /// The share wanted for each value.
    pub(super) shares: Vec<f64>,
}

/// The weight of one participant in each cell, with mean 1 over the participants, and the rounds it took;
/// none when the margins cannot all be met. `people` are the cells' participants.
///
/// Each round scales the weights to one margin after the other (Deming & Stephan 1940), which converges to the
/// weights nearest to equal ones in relative entropy, where there are any that meet all margins.
pub(super) fn rake(people: &[u64], targets: &[Target]) -> Option<(Vec<f64>, u32)> {
    let mut weights = vec![1.0; people.len()];
    for round in 1..=ROUNDS_MAX {
        let mut off: f64 = 0.0;
        for target in targets {
            let shares = shares(people, &weights, target);
            off =
                target.shares.iter().zip(&shares).map(|(wanted, is)| (wanted - is).abs()).fold(off, f64::max);
            for (weight, &value) in weights.iter_mut().zip(&target.value_of) {
                *weight *= if shares[value] > 0.0 { target.shares[value] / shares[value] } else { 0.0 };
            }
        }
        if off <= TOLERANCE {
            return Some((of_mean_one(people, weights), round));
        }
    }
    None
}

/// The share of each value by weight.
pub(super) fn shares(people: &[u64], weights: &[f64], target: &Target) -> Vec<f64> {
    let mut sums = vec![0.0; target.shares.len()];
    for ((&people, weight), &value) in people.iter().zip(weights).zip(&target.value_of) {
        sums[value] += float(people) * weight;
    }
    let total: f64 = sums.iter().sum();
    sums.iter().map(|sum| if total > 0.0 { sum / total } else { 0.0 }).collect()
}

/// Weights cut to `weight_max` times their mean, again of mean 1, and how many participants that concerns.
/// Cutting lowers the mean, so the cut is repeated until it holds.
pub(super) fn trimmed(people: &[u64], mut weights: Vec<f64>, weight_max: f64) -> (Vec<f64>, u64) {
    let mut is_cut = vec![false; weights.len()];
    loop {
        let above: Vec<usize> =
            (0..weights.len()).filter(|&cell| !is_cut[cell] && weights[cell] > weight_max).collect();
        if above.is_empty() {
            break;
        }
        for &cell in &above {
            is_cut[cell] = true;
        }
        // The cut cells stand at the greatest weight; the others share what is left in their proportions.
        let cut: u64 = cells(people, &is_cut).sum();
        let total: u64 = people.iter().sum();
        let left = float(total) - weight_max * float(cut);
        let others: f64 = (0..weights.len())
            .filter(|&cell| !is_cut[cell])
            .map(|cell| float(people[cell]) * weights[cell])
            .sum();
        for (weight, &cut) in weights.iter_mut().zip(&is_cut) {
            *weight = if cut { weight_max } else { *weight * left / others };
        }
    }
    let cut = cells(people, &is_cut).sum();
    (weights, cut)
}

fn cells<'a>(people: &'a [u64], wanted: &'a [bool]) -> impl Iterator<Item = u64> + 'a {
    people.iter().zip(wanted).filter(|(_, wanted)| **wanted).map(|(people, _)| *people)
}

fn of_mean_one(people: &[u64], weights: Vec<f64>) -> Vec<f64> {
    let total: f64 = people.iter().zip(&weights).map(|(&people, weight)| float(people) * weight).sum();
    let count = float(people.iter().sum());
    weights.into_iter().map(|weight| weight * count / total).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
pub(super) fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn two_cards(age: [f64; 2], place: [f64; 2]) -> Vec<Target> {
        vec![
            Target { value_of: vec![0, 0, 1, 1], shares: age.to_vec() },
            Target { value_of: vec![0, 1, 0, 1], shares: place.to_vec() },
        ]
    }

    #[test]
    fn one_margin_is_met_in_one_step() {
        let target = Target { value_of: vec![0, 1], shares: vec![0.25, 0.75] };
        let (weights, rounds) = rake(&[80, 20], &[target]).unwrap();
        assert!((weights[0] - 0.3125).abs() < 1e-12 && (weights[1] - 3.75).abs() < 1e-12, "{weights:?}");
        assert_eq!(rounds, 2, "the second round finds nothing to do");
    }

    #[test]
    fn two_margins_keep_the_association_between_them() {
        let people = [40, 10, 20, 30];
        let targets = two_cards([0.3, 0.7], [0.5, 0.5]);
        let (weights, _) = rake(&people, &targets).unwrap();
        for target in &targets {
            for (wanted, is) in target.shares.iter().zip(shares(&people, &weights, target)) {
                assert!((wanted - is).abs() < 1e-11);
            }
        }
        // Raking keeps the odds ratio of the table, so that of the weights is 1.
        assert!((weights[0] * weights[3] / (weights[1] * weights[2]) - 1.0).abs() < 1e-9, "{weights:?}");
    }

    #[test]
    fn margins_that_contradict_one_another_are_told() {
        // Everybody young lives in the city and nobody old does.
        assert!(rake(&[50, 0, 0, 50], &two_cards([0.5, 0.5], [0.3, 0.7])).is_none());
    }

    #[test]
    fn trimming_holds_and_keeps_the_mean() {
        let people = [900, 90, 10];
        let (weights, cut) = trimmed(&people, vec![0.37, 3.7, 33.4], 5.0);
        assert_eq!(cut, 100, "what the ten lose lifts the ninety above the greatest weight too");
        assert!(weights.iter().all(|weight| *weight <= 5.0 + 1e-9), "{weights:?}");
        let mean = people.iter().zip(&weights).map(|(&people, weight)| float(people) * weight).sum::<f64>()
            / 1_000.0;
        assert!((mean - 1.0).abs() < 1e-9, "{mean}");
    }

    proptest! {
        #[test]
        fn raked_margins_are_the_ones_asked_for(
            people in prop::array::uniform4(5_u64..2_000), age in 0.02_f64..0.98, place in 0.02_f64..0.98,
        ) {
            let targets = two_cards([age, 1.0 - age], [place, 1.0 - place]);
            let (weights, _) = rake(&people, &targets).expect("no cell is empty, so every margin can be met");
            for target in &targets {
                for (wanted, is) in target.shares.iter().zip(shares(&people, &weights, target)) {
                    prop_assert!((wanted - is).abs() < 1e-9);
                }
            }
            prop_assert!(weights.iter().all(|weight| weight.is_finite() && *weight > 0.0));
        }
    }
}
