//! "Where do I stand": one person's own votes on the plane of a report. Nothing is kept.

use std::collections::BTreeMap;

use gd_domain::{Choice, ItemNumber, Slug};
use gd_report::Report;

use super::matrix::VALUES;
use super::positions::{nearest, stretch};
use crate::rounding::rounded;

/// One person's place beside the groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// On the two components, as the groups' centres and the map's squares are.
    pub position: [f64; 2],
    /// The group with the nearest centre; none where no group is shown, or with too few votes to tell.
    pub group: Option<Slug>,
    /// Votes that were used: those on proposals of the report.
    pub votes: u64,
    /// Votes from which on a group is named.
    pub votes_min: u64,
}

/// The place of these votes; none when the report has no plane or none of the votes is on its proposals.
#[must_use]
pub fn where_do_i_stand(report: &Report, votes: &BTreeMap<ItemNumber, Choice>) -> Option<Stand> {
    let (projection, grouping) = (report.projection.as_ref()?, report.grouping.as_ref()?);
    let (mut sum, mut seen, mut columns, mut set_aside) = ([0.0; 2], 0, 0, 0);
    let [first, second] = &projection.components;
    let parts = projection.center.iter().zip(first.iter().zip(second));
    for (proposal, (center, (x, y))) in report.proposals.iter().zip(parts) {
        columns += usize::from(proposal.counts.total() > 0);
        let is_set_aside = proposal.is_set_aside();
        set_aside += usize::from(is_set_aside);
        if let Some(choice) = votes.get(&proposal.number) {
            seen += 1;
            set_aside -= usize::from(is_set_aside);
            let centred = if is_set_aside { 0.0 } else { VALUES[choice.index()] - center };
            sum = [sum[0] + centred * x, sum[1] + centred * y];
        }
    }
    let factor = stretch(columns, seen + set_aside);
    let position = sum.map(|part| rounded(part * factor));
    let centers: Vec<[f64; 2]> = report.groups.iter().map(|group| group.center).collect();
    let seen = seen as u64;
    let enough = seen >= grouping.votes_min && !centers.is_empty();
    let group = enough.then(|| report.groups[nearest(&centers, position).0].id.clone());
    (seen > 0).then_some(Stand { position, group, votes: seen, votes_min: grouping.votes_min })
}
