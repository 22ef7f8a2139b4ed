//! The limits of opinion groups, in plain sentences.

use gd_report::{Grouping, Report};

/// Below this the groups are parts of one cloud rather than clouds of their own.
const SILHOUETTE_APART: f64 = 0.5;

/// People that two groups need.
const PEOPLE_MIN: u64 = 10;

/// The sentences that hold for this report.
pub(crate) fn limits(report: &Report) -> Vec<String> {
    let Some(grouping) = &report.grouping else { return Vec::new() };
    let mut sentences = Vec::new();
    if report.groups.is_empty() {
        sentences.push(format!("Opinion groups are not shown: {}.", why_none(grouping)));
    } else if grouping.given {
        sentences.push("The opinion groups were given with the votes, not found in them.".to_owned());
    } else {
        sentences.push(
            "Opinion groups were found in the very votes they are compared by: differences between them look \
             larger than they would among other people."
                .to_owned(),
        );
        sentences.extend(grouping.silhouette.filter(|one| *one < SILHOUETTE_APART).map(|silhouette| {
            format!(
                "The opinion groups lie close together (silhouette {silhouette:.2}): borders between them run \
                 through a cloud of people rather than between clouds."
            )
        }));
    }
    let elsewhere = report.counted().participants.saturating_sub(grouping.participants);
    if elsewhere > 0 && !report.groups.is_empty() {
        let why = if grouping.given {
            "have no group, or one of fewer than five people".to_owned()
        } else {
            format!("voted on fewer than {} proposals", grouping.votes_min)
        };
        sentences.push(format!("Participants in no opinion group, since they {why}: {elsewhere}."));
    }
    if report.projection.as_ref().is_some_and(|projection| !projection.converged) && !report.groups.is_empty()
    {
        sentences.push(
            "The directions of the opinion map are approximate: the votes hardly tell the second from the next."
                .to_owned(),
        );
    }
    sentences
}

fn why_none(grouping: &Grouping) -> String {
    if grouping.given {
        return "no group that was given has five people".to_owned();
    }
    if grouping.participants < PEOPLE_MIN {
        return format!(
            "fewer than {PEOPLE_MIN} participants voted on {} proposals or more",
            grouping.votes_min
        );
    }
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    match grouping.structure {
        Some(structure) if structure.found => {
            "no division of the participants leaves at least five people in every group".to_owned()
        }
        Some(structure) => format!(
            "votes on one proposal say no more of votes on another than shuffled votes do (strongest direction {} of the \
             variance, {} in shuffled votes)",
            percent(structure.share),
            percent(structure.shuffled_mean)
        ),
        None => "the votes do not tell participants apart".to_owned(),
    }
}
