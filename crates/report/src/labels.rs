//! Labels: the rule that claims them, the prior behind them, and how sure and how firm they are.

use gd_domain::{Choice, Label};
use serde::{Deserialize, Deserializer, Serialize};

/// The rule by which a label may be claimed; probabilities in whole percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRule {
    /// The greatest mean probability of being wrong, over all claims.
    pub mean_error_percent: u8,
    /// The greatest probability of being wrong of any one claim.
    pub error_percent: u8,
    /// Nothing is claimed of a proposal with fewer ballots than this.
    pub ballots_min: u32,
    /// The other proposals never add more confidence in a label than this many votes would.
    pub prior_votes_max: u32,
    /// With a prior fitted to K proposals a probability of being wrong counts 1 + this/K times.
    pub doubt_proposals: u32,
    /// An audience opposes a consensus that it rejects more than it supports with a probability above this.
    pub opposed_percent: u8,
    /// An audience does not share a consensus that holds there with this probability at most.
    pub not_shared_percent: u8,
}

impl Default for ClaimRule {
    fn default() -> Self {
        Self {
            mean_error_percent: 5,
            error_percent: 20,
            ballots_min: 10,
            prior_votes_max: 30,
            doubt_proposals: 10,
            opposed_percent: 90,
            not_shared_percent: 10,
        }
    }
}

/// Weights (α₁, α₂, α₃) of a Dirichlet distribution of (agree, disagree, neutral) shares.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dirichlet {
    /// The weight of agree, in votes.
    pub agree: f64,
    /// The weight of disagree, in votes.
    pub disagree: f64,
    /// The weight of neutral, in votes.
    pub neutral: f64,
}

impl Dirichlet {
    /// Jeffreys' prior: half a vote each.
    pub const JEFFREYS: Self = Self { agree: 0.5, disagree: 0.5, neutral: 0.5 };

    /// The posterior after these counts of agree, disagree and neutral: the weights and the counts add up.
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    #[must_use]
    pub fn after(self, counts: [u64; 3]) -> Self {
        Self {
            agree: self.agree + counts[0] as f64,
            disagree: self.disagree + counts[1] as f64,
            neutral: self.neutral + counts[2] as f64,
        }
    }
}

/// The prior of the labels and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prior {
    /// The weights of the fit.
    #[serde(flatten)]
    pub weights: Dirichlet,
    /// The same shares at no more than `prior_votes_max` votes: a label must be sure under it too.
    pub held: Dirichlet,
    /// Whether it was fitted to this consultation; else it is Jeffreys'.
    pub fitted: bool,
}

impl Default for Prior {
    fn default() -> Self {
        Self { weights: Dirichlet::JEFFREYS, held: Dirichlet::JEFFREYS, fitted: false }
    }
}

/// The labels claimed, in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claims {
    /// Proposals with a label other than `undetermined`.
    pub count: u64,
    /// Mean local error among them, each counted with the doubt of the fit; 0 when there are none.
    pub mean_error: f64,
    /// Greatest local error claimed, so counted: the threshold this consultation allowed; 0 when there are none.
    pub error_max: f64,
}

/// The least number of ballots, all of one choice, whose adding or removing undoes a claimed label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragility {
    /// The number of ballots.
    pub ballots: u64,
    /// Whether they are added or removed.
    pub change: Change,
    /// The choice of all of them.
    pub choice: Choice,
}

/// A change of the ballots on a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Ballots are added.
    Add,
    /// Ballots are removed.
    Remove,
}

/// Reads a label. `null` and a word that this version does not know are `undetermined`: they claim nothing here.
pub(crate) fn known_label<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Label, D::Error> {
    let word = Option::<String>::deserialize(deserializer)?;
    let label = word.and_then(|word| Label::ALL.into_iter().find(|label| label.as_str() == word));
    Ok(label.unwrap_or(Label::Undetermined))
}

/// The label of a field that is missing.
pub(crate) const fn undetermined() -> Label {
    Label::Undetermined
}
