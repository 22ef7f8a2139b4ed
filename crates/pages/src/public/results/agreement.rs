//! Compares one person's own ballots with a report: the majorities they share and their place on its plane.
//! Computed on request, kept nowhere.

use std::collections::BTreeMap;

use gd_domain::{Choice, ItemNumber, Slug};
use gd_report::{Counts, ProposalResult, Report};

/// Own ballots, by proposal.
pub(crate) type OwnBallots = BTreeMap<ItemNumber, Choice>;

/// Least number of ballots for a comparison, where the report names no other.
const VOTES_MIN: u64 = 7;

/// One person compared with everybody and with each group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stand {
    /// Ballots on proposals of the report.
    pub(crate) votes: u64,
    /// Least number of ballots for a comparison.
    pub(crate) votes_min: u64,
    /// The person's place on the report's plane. `None` without a plane or with too few ballots.
    pub(crate) position: Option<[f64; 2]>,
    /// The group with the nearest centre there.
    pub(crate) nearest: Option<Slug>,
    /// Agreement with all participants.
    pub(crate) everybody: Agreement,
    /// Agreement with each group, in the report's order.
    pub(crate) groups: Vec<(Slug, Agreement)>,
}

/// The number of proposals on which a person is on the side of a majority, among those where both take a side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Agreement {
    pub(crate) same: u64,
    pub(crate) compared: u64,
}

impl Stand {
    pub(crate) fn of(report: &Report, ballots: &OwnBallots) -> Self {
        let own =
            || report.published().filter_map(|proposal| Some((proposal, *ballots.get(&proposal.number)?)));
        let votes = u64::try_from(own().count()).unwrap_or(u64::MAX);
        let votes_min = report.grouping.map_or(VOTES_MIN, |grouping| grouping.votes_min);
        let position = place(report, ballots).filter(|_| votes >= votes_min);
        let everybody = own().map(|(proposal, choice)| Agreement::on(&proposal.counts, choice)).sum();
        let beside = |id: &Slug| {
            let voice = |proposal: &ProposalResult| proposal.by_group.get(id).map(|voice| voice.counts);
            let compared =
                own().filter_map(|(proposal, choice)| Some(Agreement::on(&voice(proposal)?, choice)));
            (id.clone(), compared.sum())
        };
        Self {
            votes,
            votes_min,
            position,
            nearest: position.and_then(|at| nearest(report, at)),
            everybody,
            groups: report.groups.iter().map(|group| beside(&group.id)).collect(),
        }
    }

    /// Ballots still missing for a comparison.
    pub(crate) fn missing(&self) -> u64 {
        self.votes_min.saturating_sub(self.votes)
    }
}

impl Agreement {
    /// Agreement on one proposal; zero of zero where one of the two takes no side.
    fn on(counts: &Counts, choice: Choice) -> Self {
        let side = match counts.agree.cmp(&counts.disagree) {
            std::cmp::Ordering::Greater => Choice::Agree,
            std::cmp::Ordering::Less => Choice::Disagree,
            std::cmp::Ordering::Equal => return Self::default(),
        };
        match choice {
            Choice::Neutral => Self::default(),
            choice => Self { same: u64::from(choice == side), compared: 1 },
        }
    }
}

impl std::iter::Sum for Agreement {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            same: sum.same + one.same,
            compared: sum.compared + one.compared,
        })
    }
}

/// Places ballots on the report's plane by its own rule (docs/METHOD.md, "Opinion groups"): the sum of each
/// ballot's move from the mean, times √(proposals voted on by anybody / proposals seen). Proposals that are set
/// aside move nobody and count as seen by all.
#[expect(clippy::cast_precision_loss, reason = "counts of proposals, far below 2^53")]
fn place(report: &Report, ballots: &OwnBallots) -> Option<[f64; 2]> {
    let projection = report.projection.as_ref()?;
    let [first, second] = &projection.components;
    let (mut sum, mut seen, mut columns) = ([0.0; 2], 0_u64, 0_u64);
    let parts = projection.center.iter().zip(first.iter().zip(second));
    for (proposal, (center, (x, y))) in report.proposals.iter().zip(parts) {
        columns += u64::from(proposal.counts.total() > 0);
        if proposal.is_set_aside() {
            seen += 1;
        } else if let Some(choice) = ballots.get(&proposal.number) {
            seen += 1;
            let moved = value(*choice) - center;
            sum = [sum[0] + moved * x, sum[1] + moved * y];
        }
    }
    let stretch = (columns as f64 / seen.max(1) as f64).sqrt();
    (seen > 0).then(|| sum.map(|part| part * stretch))
}

const fn value(choice: Choice) -> f64 {
    match choice {
        Choice::Agree => 1.0,
        Choice::Disagree => -1.0,
        Choice::Neutral => 0.0,
    }
}

/// The group with the nearest centre, the first of equally near ones.
fn nearest(report: &Report, [x, y]: [f64; 2]) -> Option<Slug> {
    let distance = |center: [f64; 2]| (center[0] - x).powi(2) + (center[1] - y).powi(2);
    let mut groups = report.groups.iter();
    let mut best = groups.next()?;
    for group in groups {
        if distance(group.center) < distance(best.center) {
            best = group;
        }
    }
    Some(best.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four proposals, two groups that disagree on the first two, everybody agreeing on the third.
    fn report() -> Report {
        let proposal = |number: u32, all: [u64; 3], a: [u64; 3], b: [u64; 3]| {
            let counts = |[agree, disagree, neutral]: [u64; 3]| {
                format!(r#"{{"agree":{agree},"disagree":{disagree},"neutral":{neutral}}}"#)
            };
            let share = r#"{"mean":0.5,"low":0.4,"high":0.6}"#;
            let shares = format!(r#"{{"agree":{share},"disagree":{share},"neutral":{share}}}"#);
            let voice = |voice| format!(r#"{{"counts":{},"shares":{shares}}}"#, counts(voice));
            format!(
                r#"{{"number":{number},"counts":{},"by_group":{{"a":{},"b":{}}}}}"#,
                counts(all),
                voice(a),
                voice(b)
            )
        };
        let proposals = [
            proposal(1, [10, 8, 0], [9, 1, 0], [1, 7, 0]),
            proposal(2, [8, 10, 0], [8, 2, 0], [0, 8, 0]),
            proposal(3, [18, 0, 0], [10, 0, 0], [8, 0, 0]),
            proposal(5, [5, 5, 0], [5, 0, 0], [0, 5, 0]),
        ];
        serde_json::from_str(&format!(
            r#"{{"method":"calibrated","input":{{"ballots":70,"participants":18,"proposals":4}},
                "proposals":[{}],
                "groups":[{{"id":"a","size":10,"center":[1.5,0.1],"representative":[]}},
                          {{"id":"b","size":8,"center":[-1.5,-0.1],"representative":[]}}],
                "grouping":{{"given":false,"votes_min":3,"participants":18}},
                "projection":{{"center":[0.1,-0.1,1.0,0.0],
                               "components":[[0.7,0.7,0.0,0.1],[0.0,0.1,0.9,-0.4]],"explained":[0.5,0.1]}}}}"#,
            proposals.join(",")
        ))
        .unwrap()
    }

    fn ballots(given: &[(u32, Choice)]) -> OwnBallots {
        given.iter().map(|&(number, choice)| (ItemNumber(number), choice)).collect()
    }

    #[test]
    fn a_person_stands_beside_those_who_vote_alike() {
        use Choice::{Agree, Disagree, Neutral};
        let own = ballots(&[(1, Disagree), (2, Disagree), (3, Agree), (4, Agree), (5, Neutral)]);
        let stand = Stand::of(&report(), &own);
        assert_eq!((stand.votes, stand.missing()), (4, 0), "a proposal the report does not have is left out");
        assert_eq!(stand.everybody, Agreement { same: 2, compared: 3 });
        let [(_, a), (_, b)] = &stand.groups[..] else { panic!("two groups") };
        assert_eq!((*a, *b), (Agreement { same: 1, compared: 3 }, Agreement { same: 3, compared: 3 }));
        assert_eq!(stand.nearest.unwrap().as_str(), "b");
        let [x, y] = stand.position.unwrap();
        assert!((x - (-1.1 * 0.7 - 0.9 * 0.7)).abs() < 1e-12 && (y - -0.09).abs() < 1e-12, "{x} {y}");
    }

    #[test]
    fn with_few_ballots_nothing_is_said_of_groups() {
        let stand = Stand::of(&report(), &ballots(&[(1, Choice::Agree)]));
        assert_eq!((stand.votes, stand.missing(), stand.position, stand.nearest), (1, 2, None, None));
        let nobody = Stand::of(&report(), &OwnBallots::new());
        assert_eq!((nobody.votes, nobody.everybody), (0, Agreement::default()));
    }

    #[test]
    fn where_opinion_is_split_evenly_nobody_is_on_its_side() {
        let stand = Stand::of(&report(), &ballots(&[(5, Choice::Agree)]));
        assert_eq!(stand.everybody, Agreement::default());
        assert_eq!(stand.groups[0].1, Agreement { same: 1, compared: 1 });
    }
}
