//! The outlook: labels that more votes would settle, and labels that few ballots would undo.

use std::cmp::Reverse;

use gd_report::{Change, Fragility, ProposalResult};

use super::table::Table;
use super::teller::Teller;
use crate::report::pictures::Look as _;
use crate::report::pictures::stack::{Segment, Stack};
use crate::report::view::ProposalView as _;

/// The open labels and the claimed labels, each if there are any.
pub(crate) struct OutlookPart<'a> {
    pub(crate) open: Option<OpenLabels<'a>>,
    pub(crate) claimed: Option<ClaimedLabels<'a>>,
}

/// The labels that more votes may settle.
pub(crate) struct OpenLabels<'a> {
    pub(crate) story: String,
    /// For each number of further votes on each proposal, the share of labels that would then be settled.
    pub(crate) steps: Vec<(String, Stack)>,
    /// The proposals that the fewest votes would settle.
    pub(crate) nearest: Vec<ProposalNote<'a>>,
    pub(crate) table: Table,
}

/// The labels that few ballots may undo.
pub(crate) struct ClaimedLabels<'a> {
    pub(crate) story: String,
    pub(crate) bar: Stack,
    /// The class and the words of each part of the bar.
    pub(crate) key: Vec<(&'static str, String)>,
    /// The proposals whose label the fewest ballots would undo.
    pub(crate) weakest: Vec<ProposalNote<'a>>,
    pub(crate) table: Table,
}

/// A proposal and a sentence about it.
pub(crate) struct ProposalNote<'a> {
    pub(crate) proposal: &'a ProposalResult,
    pub(crate) sentence: String,
}

/// Most proposals told one by one.
const TOLD_MAX: usize = 3;
/// Most proposals in the table.
const TABLE_MAX: usize = 20;

/// A label that so few ballots undo hangs by a thread; one that takes more than the second number stands firm.
const FEW_BALLOTS: [u64; 2] = [5, 20];

impl<'a> OutlookPart<'a> {
    /// None where the report does not look ahead.
    pub(crate) fn of(teller: Teller<'a>) -> Option<Self> {
        let (open, claimed) = (OpenLabels::of(teller), ClaimedLabels::of(teller));
        (open.is_some() || claimed.is_some()).then_some(Self { open, claimed })
    }
}

impl<'a> OpenLabels<'a> {
    fn of(teller: Teller<'a>) -> Option<Self> {
        let open = teller.report.published().filter(|one| one.settles.is_some()).count() as u64;
        let steps = teller.report.settles.iter().map(|(votes, share)| step(teller, *votes, *share));
        let steps: Vec<(String, Stack)> = steps.collect();
        let mut nearest: Vec<(u32, f64, &ProposalResult)> = teller
            .report
            .published()
            .filter_map(|one| {
                let votes = one.further_votes?;
                Some((votes, one.settles.as_ref()?.get(&votes).copied()?, one))
            })
            .collect();
        nearest.sort_by(|one, other| {
            one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)).then(one.2.number.cmp(&other.2.number))
        });
        nearest.truncate(TABLE_MAX);
        let told = |&(votes, chance, proposal): &(u32, f64, &'a ProposalResult)| ProposalNote {
            proposal,
            sentence: teller.say(
                "outlook-settles",
                &[("count", votes.into()), ("chance", teller.percent(chance).into())],
            ),
        };
        let row = |&(votes, chance, proposal): &(u32, f64, &ProposalResult)| {
            vec![
                teller.short_name(proposal.number),
                teller.number(proposal.counts.total()),
                teller.number(votes.into()),
                teller.percent(chance),
            ]
        };
        let heads = ["figures-proposal", "figure-votes", "outlook-further", "outlook-chance"];
        let table = teller.table("outlook-open-table", &heads, nearest.iter().map(row).collect());
        (open > 0 && !steps.is_empty()).then(|| Self {
            story: teller.say("outlook-open-story", &[("count", open.into())]),
            steps,
            nearest: nearest.iter().take(TOLD_MAX).map(told).collect(),
            table,
        })
    }
}

/// The share of open labels that this many more votes on each would settle.
fn step(teller: Teller<'_>, votes: u32, share: f64) -> (String, Stack) {
    let words = teller.percent(share);
    let figures = [("count", votes.into()), ("share", words.clone().into())];
    let title = teller.say("outlook-step", &figures);
    let segments = vec![
        Segment { tone: "tone-new".into(), share, words },
        Segment { tone: "tone-left".into(), share: 1.0 - share, words: String::new() },
    ];
    (format!("+{}", teller.number(votes.into())), Stack::new(title, segments))
}

impl<'a> ClaimedLabels<'a> {
    #[expect(clippy::cast_precision_loss, reason = "counts of proposals, far below 2^53")]
    fn of(teller: Teller<'a>) -> Option<Self> {
        let mut claimed: Vec<(Fragility, &ProposalResult)> =
            teller.report.published().filter_map(|one| Some((one.fragility?, one))).collect();
        claimed.sort_by_key(|(fragility, one)| (fragility.ballots, Reverse(one.counts.total()), one.number));
        let total = claimed.len() as u64;
        let up_to = |most: u64| claimed.partition_point(|(fragility, _)| fragility.ballots <= most) as u64;
        let [few, some] = FEW_BALLOTS.map(up_to);
        let parts = [
            ("tone-disagree", "outlook-thread", few),
            ("tone-neutral", "outlook-some", some - few),
            ("tone-agree", "outlook-firm", total - some),
        ];
        let words = |key: &str, labels: u64| {
            let [few, some] = FEW_BALLOTS;
            teller.say(key, &[("count", labels.into()), ("few", few.into()), ("some", some.into())])
        };
        let key: Vec<(&'static str, String)> =
            parts.iter().map(|(tone, key, labels)| (*tone, words(key, *labels))).collect();
        let segment = |(tone, _, labels): &(&str, &str, u64)| Segment {
            tone: (*tone).to_owned(),
            share: *labels as f64 / total.max(1) as f64,
            words: teller.number(*labels),
        };
        let title: Vec<String> = key.iter().map(|(_, words)| words.clone()).collect();
        let bar = Stack::new(title.join(", "), parts.iter().map(segment).collect());
        claimed.truncate(TABLE_MAX);
        let told = |&(fragility, proposal): &(Fragility, &'a ProposalResult)| ProposalNote {
            proposal,
            sentence: undone(teller, fragility),
        };
        let row = |(fragility, proposal): &(Fragility, &ProposalResult)| {
            vec![
                teller.short_name(proposal.number),
                teller.say(&proposal.shown_label().name_key(), &[]),
                teller.number(proposal.counts.total()),
                undone(teller, *fragility),
            ]
        };
        let heads = ["figures-proposal", "figures-label", "figure-votes", "outlook-undone"];
        let table = teller.table("outlook-claimed-table", &heads, claimed.iter().map(row).collect());
        (total > 0).then(|| Self {
            story: teller.say("outlook-claimed-story", &[("count", total.into())]),
            bar,
            key,
            weakest: claimed.iter().take(TOLD_MAX).map(told).collect(),
            table,
        })
    }
}

/// A sentence on the fewest ballots that would undo a label.
fn undone(teller: Teller<'_>, fragility: Fragility) -> String {
    let key = match fragility.change {
        Change::Add => "outlook-undone-by-more",
        Change::Remove => "outlook-undone-by-fewer",
    };
    let choice = teller.say(&format!("choice-{}", fragility.choice), &[]);
    teller.say(key, &[("count", fragility.ballots.into()), ("choice", choice.into())])
}
