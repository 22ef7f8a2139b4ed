//! Agreement across groups, and the proposals that unite or divide them.

use std::collections::BTreeMap;

use gd_domain::{ItemNumber, Slug};
use gd_report::{AudienceResult, Bridge, Bridging, GroupShare, ProposalResult, Share};

/// Proposals listed at most on each side.
const LISTED_MAX: usize = 20;

/// A share above this is a majority.
const HALF: f64 = 0.5;

/// The groups that agree least and most with a proposal, of those shown; none with fewer than two groups.
pub(crate) fn bridge(by_group: &BTreeMap<Slug, AudienceResult>, groups: &[&Slug]) -> Option<Bridge> {
    let shares = || by_group.iter().map(|(group, voice)| (group, voice.shares.agree));
    let by_mean = |one: &(&Slug, Share), other: &(&Slug, Share)| one.1.mean.total_cmp(&other.1.mean);
    let (weakest, strongest) = (shares().min_by(by_mean)?, shares().max_by(by_mean)?);
    let named = |(group, agree): (&Slug, Share)| GroupShare { group: group.clone(), agree };
    let unseen = groups.iter().filter(|group| !by_group.contains_key(**group));
    (groups.len() >= 2).then(|| Bridge {
        weakest: named(weakest),
        strongest: named(strongest),
        too_few_to_tell: unseen.map(|group| (*group).clone()).collect(),
    })
}

/// The lists, from what each proposal's [`Bridge`] says.
pub(crate) fn lists(proposals: &[ProposalResult]) -> Bridging {
    let listed = |value: fn(&Bridge) -> Option<f64>| {
        let told = proposals.iter().filter_map(|one| Some((value(one.bridge.as_ref()?)?, one.number)));
        let mut listed: Vec<(f64, ItemNumber)> = told.collect();
        listed.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        listed.into_iter().take(LISTED_MAX).map(|(_, number)| number).collect()
    };
    Bridging { unites: listed(unites), divides: listed(divides) }
}

fn unites(bridge: &Bridge) -> Option<f64> {
    let low = bridge.weakest.agree.low;
    (bridge.too_few_to_tell.is_empty() && low > HALF).then_some(low)
}

fn divides(bridge: &Bridge) -> Option<f64> {
    let (low, high) = (bridge.strongest.agree.low, bridge.weakest.agree.high);
    (low > HALF && high < HALF).then_some(low - high)
}
