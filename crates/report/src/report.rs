//! The report as a whole.

use std::collections::BTreeMap;

use gd_domain::{ItemNumber, Label, Slug, Thresholds};
use rayon::prelude::*;
use serde::ser::Error as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use crate::{
    Bridging, ClaimRule, Claims, Counts, Exposure, GroupResult, Grouping, IdeaResult, IdeaRule, Integrity,
    Majority, MethodKind, OpinionMap, Prior, Projection, ProposalResult, ShortlistAudit, ShortlistEntry,
    Weighting, Zone, method,
};

/// The result of an analysis. A field is there only when it was computed; the same input, method and seed give
/// the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The consultation's short name, set by the caller: the votes do not decide it.
    #[serde(default)]
    pub consultation: String,
    /// The question about participants whose answers stand in the place of audiences, if one does; set by the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<Slug>,
    /// The method that leads.
    #[serde(deserialize_with = "method::named")]
    pub method: MethodKind,
    /// The seed of all random draws.
    #[serde(default)]
    pub seed: u64,
    /// The whole input, published or not.
    pub input: Input,
    /// The part of it that is analysed: ballots on published proposals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysed: Option<AnalysedInput>,
    /// The borders of the labels.
    #[serde(default)]
    pub thresholds: Thresholds,
    /// The rule by which labels are claimed.
    #[serde(default)]
    pub claim_rule: ClaimRule,
    /// The rule by which two proposals are one idea.
    #[serde(default)]
    pub idea_rule: IdeaRule,
    /// The prior of the labels.
    #[serde(default)]
    pub prior: Prior,
    /// The number of labels claimed, and how sure they are.
    #[serde(default)]
    pub claims: Claims,
    /// Among labels left undetermined, the share expected to be claimed after so many more votes on each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settles: BTreeMap<u32, f64>,
    /// Published proposals by label, each label present.
    #[serde(default)]
    pub labels: BTreeMap<Label, u64>,
    /// Published proposals with a ballot by zone, under `make-org`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zones: Option<BTreeMap<Zone, u64>>,
    /// The spread of votes and exposures; none in reports made before it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exposure: Option<Exposure>,
    /// The published proposals, in the order of their numbers; under `polis` every one with a ballot.
    #[serde(serialize_with = "each_on_a_line")]
    pub proposals: Vec<ProposalResult>,
    /// Published proposals that are one idea: the organizer's by name, then the others by their first proposal.
    #[serde(default)]
    pub ideas: Vec<IdeaResult>,
    /// The entries to discuss in workshops, chosen so that participants are represented.
    #[serde(default)]
    pub shortlist: Vec<ShortlistEntry>,
    /// The audit of the shortlist; none in reports made before there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortlist_audit: Option<ShortlistAudit>,
    /// The weights of participants, where a population was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighting: Option<Weighting>,
    /// Participants who vote alike, the greatest group first; empty where the votes show no groups.
    #[serde(default)]
    pub groups: Vec<GroupResult>,
    /// The origin of the groups, or the reason why there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grouping: Option<Grouping>,
    /// Proposals that most participants agree or disagree with.
    #[serde(default)]
    pub majority: Majority,
    /// Proposals that unite or divide the groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bridging: Option<Bridging>,
    /// The plane on which participants are placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub projection: Option<Projection>,
    /// The number of participants in each square of that plane.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion_map: Option<OpinionMap>,
    /// Signs that votes may not be what they seem. Nothing above is changed by them. None in reports made before
    /// they were looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integrity: Option<Integrity>,
    /// The limits of the data, in plain sentences.
    #[serde(default)]
    pub limits: Vec<String>,
}

/// The whole input of an analysis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Standing ballots on all proposals, refused ones included.
    pub ballots: u64,
    /// Participants with at least one of them.
    pub participants: u64,
    /// Proposals of every status.
    pub proposals: u64,
    /// SHA-256 of the input's canonical form; empty in a report that does not state it.
    #[serde(default)]
    pub digest: String,
}

/// The part of the input on published proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnalysedInput {
    /// Standing ballots on published proposals.
    pub ballots: u64,
    /// Participants with at least one of them.
    pub participants: u64,
    /// The number of published proposals.
    pub proposals: u64,
    /// Choices of those ballots.
    #[serde(default)]
    pub counts: Counts,
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

    /// The basis of its figures: ballots on published proposals; the whole input where the report does not part them.
    #[must_use]
    pub fn counted(&self) -> AnalysedInput {
        let Input { ballots, participants, proposals, .. } = self.input;
        self.analysed.unwrap_or(AnalysedInput { ballots, participants, proposals, counts: Counts::default() })
    }

    /// The published proposals.
    pub fn published(&self) -> impl Iterator<Item = &ProposalResult> {
        self.proposals.iter().filter(|proposal| !proposal.is_set_aside())
    }

    /// The proposal of this number.
    #[must_use]
    pub fn proposal(&self, number: ItemNumber) -> Option<&ProposalResult> {
        let place = self.proposals.binary_search_by_key(&number, |proposal| proposal.number).ok()?;
        Some(&self.proposals[place])
    }

    /// The entries of the shortlist with the proposal that speaks for each. An entry whose proposal is not in the
    /// report is left out.
    pub fn listed(&self) -> impl Iterator<Item = (&ShortlistEntry, &ProposalResult)> {
        self.shortlist.iter().filter_map(|entry| Some((entry, self.proposal(*entry.proposals.first()?)?)))
    }

    /// The published proposals of one label, leading ones first: by the lower end of the interval of what makes
    /// the label (for a controversy the smaller side's; for what is undetermined, by how near it is to a
    /// claim), then by number.
    #[must_use]
    pub fn leading(&self, label: Label) -> Vec<&ProposalResult> {
        let mut leading: Vec<_> = self.published().filter(|one| one.label == label).collect();
        leading.sort_by(|one, other| {
            other.strength(label).total_cmp(&one.strength(label)).then(one.number.cmp(&other.number))
        });
        leading
    }
}

/// Proposals are most of a report, so all processors write them.
fn each_on_a_line<S: Serializer>(proposals: &[ProposalResult], serializer: S) -> Result<S::Ok, S::Error> {
    let lines: Result<Vec<Box<RawValue>>, serde_json::Error> =
        proposals.par_iter().map(to_raw_value).collect();
    serializer.collect_seq(lines.map_err(S::Error::custom)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report of the fields no reader can do without, and these.
    fn read(more: &str) -> Report {
        let input = r#""input":{"ballots":3,"participants":2,"proposals":1}"#;
        serde_json::from_str(&format!(r#"{{"method":"calibrated",{input},"proposals":[]{more}}}"#)).unwrap()
    }

    #[test]
    fn a_report_made_before_a_field_was_is_read_without_it() {
        let old = read("");
        assert_eq!((old.claims.count, old.counted().ballots), (0, 3));
        assert_eq!((old.exposure, old.shortlist_audit, old.integrity), (None, None, None));
        assert_eq!(read(r#","analysed":{"ballots":2,"participants":1,"proposals":1}"#).counted().ballots, 2);
        assert!(serde_json::from_str::<Report>("{}").is_err());
    }

    #[test]
    fn the_method_may_come_with_its_parameters() {
        let method = |json: &str| -> MethodKind {
            let input = r#""input":{"ballots":0,"participants":0,"proposals":0}"#;
            let report = format!(r#"{{"method":{json},{input},"proposals":[]}}"#);
            serde_json::from_str::<Report>(&report).unwrap().method
        };
        assert_eq!(method(r#""polis""#), MethodKind::Polis);
        assert_eq!(method(r#"{"name":"make-org","weight":0.5}"#), MethodKind::MakeOrg);
    }

    #[test]
    fn a_label_of_a_later_version_claims_nothing() {
        let label = |json: &str| -> Label {
            let counts = r#""counts":{"agree":1,"disagree":0,"neutral":0}"#;
            let proposal = format!(r#"{{"number":1,{counts}{json}}}"#);
            serde_json::from_str::<ProposalResult>(&proposal).unwrap().label
        };
        assert_eq!(label(r#","label":"mixed""#), Label::Mixed);
        for open in [r#","label":"brand_new""#, r#","label":null"#, ""] {
            assert_eq!(label(open), Label::Undetermined);
        }
    }
}
