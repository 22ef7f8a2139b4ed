//! What a report says of single proposals.

use std::collections::BTreeMap;

use gd_domain::{Label, ProposalNumber, Slug};
use serde::{Deserialize, Deserializer};

use super::groups::Bridge;
use super::integrity::Fragility;
use super::spread::Weighted;

/// What one audience, or one opinion group, says of a proposal.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct AudienceVoice {
    /// Its ballots.
    pub counts: Counts,
    /// Their shares.
    pub shares: Shares,
}

/// A proposal of a report.
#[derive(Clone, Debug, Deserialize)]
pub struct ReportedProposal {
    /// Its number.
    pub number: ProposalNumber,
    /// What it says; empty when the input had no texts.
    #[serde(default)]
    pub text: String,
    /// Standing ballots.
    pub counts: Counts,
    /// Shares of the three choices with their intervals, where the method has them.
    #[serde(default)]
    pub shares: Option<Shares>,
    /// What each audience says of it, by the audience's name; none of fewer than five people.
    #[serde(default)]
    pub by_audience: BTreeMap<Slug, AudienceVoice>,
    /// What each opinion group says of it, by the group's name; none of fewer than five people.
    #[serde(default)]
    pub by_group: BTreeMap<Slug, AudienceVoice>,
    /// The groups that agree least and most.
    #[serde(default)]
    pub bridge: Option<Bridge>,
    /// What its voters say by weight, where participants were weighted to a population.
    #[serde(default)]
    pub weighted: Option<Weighted>,
    /// What it is, where the method says so.
    #[serde(default, deserialize_with = "label")]
    pub label: Option<Label>,
    /// The zone, in a report led by the `make-org` method.
    #[serde(default, deserialize_with = "label")]
    pub zone: Option<Label>,
    /// How sure the label is, in 0–1.
    #[serde(default)]
    pub confidence: Option<f64>,
    /// Of an open label: the probability that one is claimed after so many more votes.
    #[serde(default)]
    pub settles: BTreeMap<u32, f64>,
    /// Of an open label: after so many more votes one is most probably claimed.
    #[serde(default)]
    pub further_votes: Option<u32>,
    /// Of a claimed label: how few ballots would undo it.
    #[serde(default)]
    pub fragility: Option<Fragility>,
    /// Of a consensus: the audiences that rather disagree.
    #[serde(default)]
    pub opposed_by: Vec<Slug>,
    /// Of a consensus: the audiences where it does not hold, those that disagree included.
    #[serde(default)]
    pub not_shared_by: Vec<Slug>,
    /// Of a consensus: the audiences with too few votes to tell.
    #[serde(default)]
    pub too_few_to_tell: Vec<Slug>,
    /// Its moderation status, in methods that keep the columns of proposals that are not published.
    #[serde(default)]
    pub status: Option<String>,
}

impl ReportedProposal {
    pub(crate) fn is_published(&self) -> bool {
        self.status.as_deref().is_none_or(|status| status == "published")
    }

    /// Its estimated shares; where the method has none, the counted ones, which have no interval. Of what nobody
    /// voted on there are none: the estimate would be a third each.
    pub(crate) fn estimates(&self) -> Option<Shares> {
        (self.counts.total() > 0).then(|| self.shares.unwrap_or_else(|| Shares::counted(&self.counts)))
    }

    /// The zone, which only a report led by `make-org` has; else the label; else undetermined, as everything
    /// nobody voted on is.
    pub(crate) fn shown_label(&self) -> Label {
        if self.counts.total() == 0 {
            return Label::Undetermined;
        }
        self.zone.or(self.label).unwrap_or(Label::Undetermined)
    }
}

impl Shares {
    /// Shares as they were counted, as intervals of no length; of nothing they are nothing.
    #[expect(clippy::cast_precision_loss, reason = "counts of votes, far below 2^53")]
    pub(crate) fn counted(counts: &Counts) -> Self {
        let share = |count: u64| {
            let mean = count as f64 / counts.total().max(1) as f64;
            Interval { mean, low: mean, high: mean }
        };
        Self { agree: share(counts.agree), disagree: share(counts.disagree), neutral: share(counts.neutral) }
    }
}

/// Ballots of each choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
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
    pub const fn total(&self) -> u64 {
        self.agree + self.disagree + self.neutral
    }
}

/// The share of each choice.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Shares {
    /// Agree.
    pub agree: Interval,
    /// Disagree.
    pub disagree: Interval,
    /// Neutral.
    pub neutral: Interval,
}

/// A share with its 95 % interval, each in 0–1.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Interval {
    /// Mean and interval of the share.
    pub mean: f64,
    /// Where it may be at least.
    pub low: f64,
    /// Where it may be at most.
    pub high: f64,
}

/// The label of this word. A zone has one name of its own; a word these pages do not know claims nothing.
pub(super) fn label<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Label>, D::Error> {
    let word = Option::<String>::deserialize(deserializer)?;
    let known = |word: String| match word.as_str() {
        "limbo" => Label::Indifference,
        word => Label::ALL.into_iter().find(|label| label.as_str() == word).unwrap_or(Label::Undetermined),
    };
    Ok(word.map(known))
}
