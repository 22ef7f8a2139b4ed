//! The outlook of each label: the votes that would settle it, or the ballots that would undo it.

use std::collections::BTreeMap;

use gd_report::Fragility;
use rayon::prelude::*;

use crate::labels::assess::Assessment;
use crate::labels::forecast::{FURTHER_VOTES, Forecast, further_votes};
use crate::labels::fragility::Search;
use crate::labels::odds::Odds;
use crate::rounding::rounded;
use crate::{Label, Method};

/// `settles` for an undetermined label, `fragility` for a claimed one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outlook {
    Open { settles: [f64; 5] },
    Claimed { fragility: Option<Fragility> },
}

impl Outlook {
    /// The probability of a claim by the number of further votes, if the label is open.
    pub(crate) fn settles(&self) -> Option<BTreeMap<u32, f64>> {
        match self {
            Self::Open { settles } => Some(FURTHER_VOTES.into_iter().zip(*settles).collect()),
            Self::Claimed { .. } => None,
        }
    }

    pub(crate) fn further_votes(&self) -> Option<u32> {
        match self {
            Self::Open { settles } => further_votes(settles),
            Self::Claimed { .. } => None,
        }
    }

    pub(crate) fn fragility(&self) -> Option<Fragility> {
        match self {
            Self::Open { .. } => None,
            Self::Claimed { fragility } => *fragility,
        }
    }
}

/// The outlook of each proposal, in order. Equal counts are looked at once.
pub(crate) fn outlooks(assessment: &Assessment, counts: &[[u64; 3]], method: &Method) -> Vec<Outlook> {
    let frozen = assessment.frozen();
    let odds = Odds::of(method.thresholds);
    let forecast = Forecast::new(frozen, odds.clone());
    let search = Search { frozen, odds: &odds };
    let mut distinct: Vec<([u64; 3], Label)> =
        counts.iter().enumerate().map(|(place, one)| (*one, assessment.label(place))).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let found: Vec<_> = distinct
        .par_iter()
        .map(|&(one, label)| match label {
            Label::Undetermined => Outlook::Open { settles: forecast.settles(one) },
            label => Outlook::Claimed { fragility: search.fragility(one, label) },
        })
        .collect();
    let of = |(place, one): (usize, &[u64; 3])| {
        let key = (*one, assessment.label(place));
        found[distinct.binary_search(&key).expect("every proposal's counts are among the distinct ones")]
    };
    counts.iter().enumerate().map(of).collect()
}

/// The share of the open labels that one expects to be claimed, were each proposal to get so many more votes.
pub(crate) fn settled_shares(outlooks: &[Outlook]) -> BTreeMap<u32, f64> {
    let open: Vec<[f64; 5]> = outlooks
        .iter()
        .filter_map(|outlook| match outlook {
            Outlook::Open { settles } => Some(*settles),
            Outlook::Claimed { .. } => None,
        })
        .collect();
    if open.is_empty() {
        return BTreeMap::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of proposals are far below 2^52")]
    let mean = |place: usize| rounded(open.iter().map(|one| one[place]).sum::<f64>() / open.len() as f64);
    FURTHER_VOTES.into_iter().enumerate().map(|(place, votes)| (votes, mean(place))).collect()
}
