//! The prior of the labels: a Dirichlet distribution fitted to the consultation (empirical Bayes).
//!
//! The fit is the likeliest one, and beside it the same held below a stated number of votes; docs/METHOD.md,
//! "The prior of the labels".

use gd_report::{ClaimRule, Dirichlet};

use crate::labels::likelihood::{Likelihood, WEIGHT_MIN};
use crate::rounding::significant;

/// Fewer published proposals with two ballots or more than this say too little about their spread.
pub(crate) const PROPOSALS_FITTED_MIN: usize = 30;

/// The prior that the other proposals give to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Priors {
    /// The fit itself.
    pub(crate) fitted: Dirichlet,
    /// The same shares, no stronger than the rule lets it add confidence; usually the same prior.
    pub(crate) held: Dirichlet,
    /// Proposals it is fitted to; `None` when it is Jeffreys'.
    pub(crate) proposals: Option<usize>,
}

/// The priors for these counts per proposal.
pub(crate) fn fit(counts: &[[u64; 3]], rule: ClaimRule) -> Priors {
    let telling: Vec<[u64; 3]> = counts.iter().copied().filter(|one| one.iter().sum::<u64>() >= 2).collect();
    if telling.len() < PROPOSALS_FITTED_MIN {
        return Priors { fitted: Dirichlet::JEFFREYS, held: Dirichlet::JEFFREYS, proposals: None };
    }
    let weights = Likelihood::of(&telling).greatest();
    let strength = weights.iter().sum::<f64>();
    let of_strength = |wanted: f64| {
        let [agree, disagree, neutral] =
            weights.map(|weight| significant((weight / strength * wanted).max(WEIGHT_MIN)));
        Dirichlet { agree, disagree, neutral }
    };
    Priors {
        fitted: of_strength(strength),
        held: of_strength(strength.min(f64::from(rule.prior_votes_max))),
        proposals: Some(telling.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::drawn;

    #[test]
    fn the_weights_that_made_the_votes_are_found_again() {
        let truth = Dirichlet { agree: 5.0, disagree: 1.5, neutral: 2.5 };
        let Priors { fitted: found, proposals, .. } = fit(&drawn(11, truth, 4_000, 60), ClaimRule::default());
        assert_eq!(proposals, Some(4_000));
        for (one, other) in
            [(found.agree, truth.agree), (found.disagree, truth.disagree), (found.neutral, truth.neutral)]
        {
            assert!((one / other - 1.0).abs() < 0.07, "{found:?}");
        }
    }

    #[test]
    fn few_proposals_leave_jeffreys_prior() {
        let rule = ClaimRule::default();
        let counts = vec![[5, 3, 2]; PROPOSALS_FITTED_MIN - 1];
        assert_eq!((fit(&counts, rule).held, fit(&counts, rule).proposals), (Dirichlet::JEFFREYS, None));
        let single_votes = vec![[1, 0, 0]; 500];
        assert_eq!(fit(&single_votes, rule).fitted, Dirichlet::JEFFREYS);
    }

    #[test]
    fn proposals_all_alike_never_weigh_more_than_the_rule_allows() {
        let rule = ClaimRule::default();
        for counts in [vec![[12, 4, 4]; 40], vec![[400, 20, 30]; 2_000]] {
            let Priors { held: found, proposals, .. } = fit(&counts, rule);
            let strength = found.agree + found.disagree + found.neutral;
            assert!(proposals.is_some() && strength > 10.0, "{found:?}");
            assert!(strength < f64::from(rule.prior_votes_max) + 0.001, "{found:?}");
        }
    }

    #[test]
    fn what_nobody_said_stays_possible() {
        let Priors { held: found, proposals, .. } = fit(&vec![[0, 0, 30]; 40], ClaimRule::default());
        assert!(
            proposals.is_some() && found.agree >= WEIGHT_MIN && found.disagree >= WEIGHT_MIN,
            "{found:?}"
        );
        assert!(found.neutral.is_finite() && found.neutral > found.agree, "{found:?}");
    }
}
