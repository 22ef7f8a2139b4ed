//! One proposal of a report.

use std::collections::BTreeMap;

use gd_domain::{ItemNumber, Label, ModerationStatus, Slug};
use serde::{Deserialize, Serialize};

use crate::labels::{known_label, undetermined};
use crate::{Bridge, Counts, Fragility, Scores, Shares, Weighted, Zone};

/// A proposal of a report, with its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposalResult {
    /// Its number in the input.
    pub number: ItemNumber,
    /// Its text; empty when the input had none.
    #[serde(default)]
    pub text: String,
    /// The theme it is tagged with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Slug>,
    /// The `id` of the idea it belongs to; none where it stands alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idea: Option<String>,
    /// Its moderation status, under `polis`; under the other methods every proposal is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ModerationStatus>,
    /// Standing ballots on it.
    pub counts: Counts,
    /// Times it was shown in a sequence, where that was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exposures: Option<u64>,
    /// Shares of the three choices.
    #[serde(default)]
    pub shares: Shares,
    /// The label claimed, or `undetermined`.
    #[serde(default = "undetermined", deserialize_with = "known_label")]
    pub label: Label,
    /// The likeliest label, claimed or not.
    #[serde(default = "undetermined", deserialize_with = "known_label")]
    pub likeliest: Label,
    /// Posterior probability of the likeliest label; 0 in a report that does not state it.
    #[serde(default)]
    pub confidence: f64,
    /// For an undetermined label: the probability that one is claimed after so many more votes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<BTreeMap<u32, f64>>,
    /// The first of these numbers of votes that reaches 0.8; `null` when none does or a label is claimed.
    #[serde(default)]
    pub further_votes: Option<u32>,
    /// For a claimed label: how few ballots would undo it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fragility: Option<Fragility>,
    /// Audiences with at least five ballots on it, by name. The smallest of them is suppressed too where an audience
    /// with fewer could be computed from the rest.
    #[serde(default)]
    pub by_audience: BTreeMap<Slug, AudienceResult>,
    /// For a claimed consensus: audiences that, with probability above 0.9, disagree more than they agree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opposed_by: Vec<Slug>,
    /// For a claimed consensus: audiences shown where it does not hold, those opposed included: its probability
    /// there is 0.1 or less, or another label is claimed there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_shared_by: Vec<Slug>,
    /// For a claimed consensus: audiences with too few ballots on it to be shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub too_few_to_tell: Vec<Slug>,
    /// Weighted figures, where a population was given and every value of it has five voters here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighted: Option<Weighted>,
    /// Opinion groups with at least five ballots on it, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_group: BTreeMap<Slug, AudienceResult>,
    /// Agreement that all groups share: the product over groups of (A + 1) / (S + 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_informed_consensus: Option<f64>,
    /// The groups that agree least and most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bridge: Option<Bridge>,
    /// Its distance from the middle of the plane of opinions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extremity: Option<f64>,
    /// Polis' priority: the higher, the sooner Polis would show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<f64>,
    /// The scores of Make.org, under `make-org`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scores: Option<Scores>,
    /// The zone of Make.org, under `make-org`, once somebody has voted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
}

/// The figures of one audience, or of one opinion group, on one proposal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AudienceResult {
    /// Its ballots on the proposal.
    pub counts: Counts,
    /// Shares of the three choices among them.
    pub shares: Shares,
    /// The label claimed there, or `undetermined`.
    #[serde(default = "undetermined", deserialize_with = "known_label")]
    pub label: Label,
}

impl ProposalResult {
    /// Whether moderators took it out: then only its figures are listed, and nothing is claimed.
    #[must_use]
    pub fn is_set_aside(&self) -> bool {
        self.status.is_some_and(|status| status != ModerationStatus::Published)
    }

    /// The rank of the proposal among those of a label: the lower end of the interval of what makes the label (for
    /// a controversy the smaller side's); for what is mixed or undetermined, how near it is to a claim.
    pub(crate) fn strength(&self, label: Label) -> f64 {
        let Shares { agree, disagree, neutral } = self.shares;
        match label {
            Label::Consensus => agree.low,
            Label::Rejection => disagree.low,
            Label::Indifference => neutral.low,
            Label::Controversy => agree.low.min(disagree.low),
            Label::Mixed | Label::Undetermined => self.confidence,
        }
    }
}
