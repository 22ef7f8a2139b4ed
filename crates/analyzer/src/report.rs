//! The report: everything an analysis says, as it is stored, published and rendered.
//!
//! A field is there only when it was computed. The same input, method and seed give the same bytes.

use std::collections::BTreeMap;

use gd_domain::{ModerationStatus, ProposalNumber, Slug};
use serde::ser::Error as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use crate::opinion::{Bridge, Bridging, GroupResult, Grouping, Majority, OpinionMap, Projection};
use crate::{
    ClaimRule, Claims, Dirichlet, Exposure, Fragility, IdeaResult, IdeaRule, Integrity, Label, MethodKind,
    Scores, Shares, ShortlistAudit, ShortlistEntry, Thresholds, Weighted, Weighting, Zone,
};
use rayon::prelude::*;

/// The result of an analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Which consultation: set by the caller, empty until then. The votes do not decide it.
    pub consultation: String,
    /// The question about participants whose answers stand in the place of audiences, if one does: set by the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<Slug>,
    /// Which method led.
    pub method: MethodKind,
    /// Where random draws started.
    pub seed: u64,
    /// The whole input, published or not.
    pub input: Input,
    /// The part of it that is analysed: ballots on published proposals.
    pub analysed: Analysed,
    /// The borders of the labels.
    pub thresholds: Thresholds,
    /// How sure a claim had to be.
    pub claim_rule: ClaimRule,
    /// When two proposals are one idea.
    #[serde(default)]
    pub idea_rule: IdeaRule,
    /// The prior of the labels.
    pub prior: Prior,
    /// How many labels were claimed, and how sure they are.
    pub claims: Claims,
    /// Of the labels left undetermined, the share expected to be claimed after so many more votes on each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settles: BTreeMap<u32, f64>,
    /// Published proposals by label, each label present.
    pub labels: BTreeMap<Label, usize>,
    /// Published proposals with a ballot by zone, under `make-org`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zones: Option<BTreeMap<Zone, usize>>,
    /// How evenly votes and exposures are spread.
    #[serde(default)]
    pub exposure: Exposure,
    /// The published proposals, in the order of their numbers; under `polis` every one with a ballot.
    #[serde(serialize_with = "each_on_a_line")]
    pub proposals: Vec<ProposalResult>,
    /// Published proposals that are one idea: the organizer's by name, then the others by their first proposal.
    #[serde(default)]
    pub ideas: Vec<IdeaResult>,
    /// What to discuss in workshops, chosen so that participants are represented.
    pub shortlist: Vec<ShortlistEntry>,
    /// How well it represents them.
    pub shortlist_audit: ShortlistAudit,
    /// How participants were weighted, where a population was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighting: Option<Weighting>,
    /// Participants who vote alike, the greatest group first; none where the votes show none.
    #[serde(default)]
    pub groups: Vec<GroupResult>,
    /// How the groups came about, or why there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grouping: Option<Grouping>,
    /// What most participants share.
    #[serde(default)]
    pub majority: Majority,
    /// What unites the groups and what divides them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bridging: Option<Bridging>,
    /// The plane on which participants are placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub projection: Option<Projection>,
    /// How many participants lie where on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion_map: Option<OpinionMap>,
    /// Signs that votes may not be what they seem. Nothing above is changed by them.
    #[serde(default)]
    pub integrity: Integrity,
    /// What the data cannot show, in plain sentences.
    pub limits: Vec<String>,
}

/// What went in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Standing ballots on all proposals, refused ones included.
    pub ballots: usize,
    /// Participants with at least one of them.
    pub participants: usize,
    /// Proposals of every status.
    pub proposals: usize,
    /// SHA-256 of the input's canonical form.
    pub digest: String,
}

/// What was analysed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analysed {
    /// Standing ballots on published proposals.
    pub ballots: u64,
    /// Participants with at least one of them.
    pub participants: usize,
    /// Published proposals.
    pub proposals: usize,
    /// Choices of those ballots.
    pub counts: Counts,
}

/// Numbers of ballots by choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Agree.
    pub agree: u64,
    /// Disagree.
    pub disagree: u64,
    /// Neutral.
    pub neutral: u64,
}

impl Counts {
    /// Ballots in all.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.agree + self.disagree + self.neutral
    }
}

impl From<[u64; 3]> for Counts {
    fn from([agree, disagree, neutral]: [u64; 3]) -> Self {
        Self { agree, disagree, neutral }
    }
}

/// The prior of the labels and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prior {
    /// Its weights.
    #[serde(flatten)]
    pub weights: Dirichlet,
    /// The same shares at no more than `prior_votes_max` votes: a label must be sure under it too.
    pub held: Dirichlet,
    /// Whether it was fitted to this consultation; else it is Jeffreys'.
    pub fitted: bool,
}

/// One published proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposalResult {
    /// Its number in the input.
    pub number: ProposalNumber,
    /// What it says.
    pub text: String,
    /// The theme it is tagged with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Slug>,
    /// The idea it belongs to, by `id`; of those that are alone none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idea: Option<String>,
    /// Where it stands with the moderators, under `polis`; else it is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ModerationStatus>,
    /// Its ballots.
    pub counts: Counts,
    /// How often it was shown in a sequence, where that was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exposures: Option<u64>,
    /// Shares of the three choices, between 0 and 1.
    pub shares: Shares,
    /// What is claimed of it, or `undetermined`.
    pub label: Label,
    /// The likeliest label, claimed or not.
    pub likeliest: Label,
    /// Posterior probability of the likeliest label.
    pub confidence: f64,
    /// Of an undetermined label: the probability that one is claimed after so many more votes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<BTreeMap<u32, f64>>,
    /// The first of these numbers of votes that reaches 0.8; `null` when none does or a label is claimed.
    #[serde(default)]
    pub further_votes: Option<u32>,
    /// Of a claimed label: how few ballots would undo it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fragility: Option<Fragility>,
    /// Audiences with at least five ballots on it, by name. Where what is left of the ballots would show an audience
    /// with fewer, the smallest of the others is not here either.
    #[serde(default)]
    pub by_audience: BTreeMap<Slug, AudienceResult>,
    /// Of a claimed consensus: audiences that, with probability above 0.9, rather disagree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opposed_by: Vec<Slug>,
    /// Of a claimed consensus: audiences shown where it does not hold, those opposed included: its probability
    /// there is 0.1 or less, or another label is claimed there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_shared_by: Vec<Slug>,
    /// Of a claimed consensus: audiences with too few ballots on it to be shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub too_few_to_tell: Vec<Slug>,
    /// What its voters say by weight, where a population was given and every value of it has five voters here.
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
    /// How far from the middle of the plane it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extremity: Option<f64>,
    /// What Polis would show next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<f64>,
    /// The scores of Make.org, under `make-org`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scores: Option<Scores>,
    /// The zone of Make.org, under `make-org`, once somebody has voted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
}

/// The voice of one audience, or of one opinion group, on one proposal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AudienceResult {
    /// Its ballots.
    pub counts: Counts,
    /// Their shares.
    pub shares: Shares,
    /// What is claimed of it, or `undetermined`.
    pub label: Label,
}

impl Report {
    /// The report as JSON: indented, each proposal on a line of its own, keys in a fixed order, a line end at the end.
    ///
    /// # Panics
    /// Never: every key is a text and every number finite.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self)
            .expect("every key is a text and every number finite, so nothing can fail");
        json.push('\n');
        json
    }

    /// The proposals of one label, leading ones first: by the lower end of the interval of what makes
    /// the label (for a controversy the smaller side's; for what is undetermined, by how near to a
    /// claim), then by number.
    #[must_use]
    pub fn leading(&self, label: Label) -> Vec<&ProposalResult> {
        let mut leading: Vec<_> =
            self.proposals.iter().filter(|one| one.label == label && !one.is_set_aside()).collect();
        leading.sort_by(|one, other| {
            other.strength(label).total_cmp(&one.strength(label)).then(one.number.cmp(&other.number))
        });
        leading
    }
}

/// Proposals are most of a report: written on every processor at once.
fn each_on_a_line<S: Serializer>(proposals: &[ProposalResult], serializer: S) -> Result<S::Ok, S::Error> {
    let lines: Result<Vec<Box<RawValue>>, serde_json::Error> =
        proposals.par_iter().map(to_raw_value).collect();
    serializer.collect_seq(lines.map_err(S::Error::custom)?)
}

impl ProposalResult {
    /// Whether the moderators took it out, so that nothing is said of it but its figures.
    #[must_use]
    pub fn is_set_aside(&self) -> bool {
        self.status.is_some_and(|status| status != ModerationStatus::Published)
    }

    fn strength(&self, label: Label) -> f64 {
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
