//! What counts say of proposals: the likeliest label of each, how probably it is wrong, which are claimed.
//! The same rule judges everybody's votes and each audience's.

use std::collections::HashMap;

use crate::claims::{Claims, claim};
use crate::label::Regions;
use crate::posterior::{probability_more_disagree, region_probabilities};
use crate::prior::{self, Dirichlet};
use crate::rounding::rounded;
use crate::{Label, Method};

/// The likeliest label and the posterior probability that it is wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Judgement {
    pub(crate) likeliest: Label,
    /// To nine decimals, so that claims do not hang on the last bit.
    pub(crate) error: f64,
}

/// Judgements on a list of proposals, in its order.
#[derive(Clone, Debug)]
pub(crate) struct Assessment {
    pub(crate) prior: Dirichlet,
    pub(crate) prior_fitted: bool,
    pub(crate) judgements: Vec<Judgement>,
    claimed: Vec<bool>,
    pub(crate) claims: Claims,
}

/// Judges proposals by their counts of agree, disagree and neutral. All of them shape the prior; those
/// with fewer than `ballots_min` ballots are never claimed.
pub(crate) fn assess(counts: &[[u64; 3]], ballots_min: u64, method: &Method) -> Assessment {
    let (prior, prior_fitted) = prior::fit(counts);
    let regions = Regions::new(&method.thresholds);
    let mut known: HashMap<[u64; 3], Judgement> = HashMap::new();
    let mut judge =
        |counts: [u64; 3]| *known.entry(counts).or_insert_with(|| judgement(prior.after(counts), &regions));
    let judgements: Vec<Judgement> = counts.iter().map(|&counts| judge(counts)).collect();

    let may_be_claimed = |counts: &[u64; 3]| counts.iter().sum::<u64>() >= ballots_min.max(1);
    let candidates: Vec<Option<f64>> = counts
        .iter()
        .zip(&judgements)
        .map(|(counts, judgement)| may_be_claimed(counts).then_some(judgement.error))
        .collect();
    let claims = claim(&candidates, method.claim_rule);
    let claimed = candidates.iter().map(|error| error.is_some_and(|error| claims.include(error))).collect();
    let claims = Claims { mean_error: rounded(claims.mean_error), ..claims };
    Assessment { prior, prior_fitted, judgements, claimed, claims }
}

impl Assessment {
    /// The label claimed of the proposal at this place, or `undetermined`.
    pub(crate) fn label(&self, place: usize) -> Label {
        if self.claimed[place] { self.judgements[place].likeliest } else { Label::Undetermined }
    }

    /// P(agree < disagree) after these counts.
    pub(crate) fn probability_more_disagree(&self, counts: [u64; 3]) -> f64 {
        probability_more_disagree(self.prior.after(counts))
    }
}

/// Of equally likely labels the first in the order of [`Label::REGIONS`].
fn judgement(posterior: Dirichlet, regions: &Regions) -> Judgement {
    let probabilities = region_probabilities(posterior, regions);
    let mut best = 0;
    for place in 1..probabilities.len() {
        if probabilities[place] > probabilities[best] {
            best = place;
        }
    }
    let wrong = probabilities.iter().enumerate().filter(|(place, _)| *place != best).map(|(_, p)| p).sum();
    Judgement { likeliest: Label::REGIONS[best], error: rounded(wrong) }
}
