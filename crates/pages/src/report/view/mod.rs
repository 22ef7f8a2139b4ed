//! What the pages read of a report (`report.json`). Fields they do not show are ignored.

mod groups;
mod integrity;
mod projection;
mod proposal;
mod shortlist;
mod spread;

use std::collections::BTreeMap;

use gd_domain::{ProposalNumber, Slug, Thresholds};
use serde::{Deserialize, Deserializer};

pub use groups::{
    Bridge, Bridging, GroupShare, Grouping, MapCell, OpinionGroup, OpinionMap, Representative, Side,
    Structure,
};
pub use integrity::{Alike, Burst, Change, ChannelGap, Fragility, Integrity, Relabelled};
pub use projection::Projection;
pub use proposal::{AudienceVoice, Counts, Interval, ReportedProposal, Shares};
pub use shortlist::{GroupClaim, Idea, ShortlistAudit, ShortlistBasis, ShortlistEntry};
pub use spread::{Exposure, Margin, Weighted, Weighting};

/// A report, as far as it is shown.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// The name of the method: `calibrated`, `make-org` or `polis`.
    #[serde(deserialize_with = "method_name")]
    pub method: String,
    /// The question whose answers stand in the place of audiences, if one does.
    #[serde(default)]
    pub compared: Option<Slug>,
    /// What went in.
    pub input: ReportInput,
    /// The part of it on published proposals, where the report tells it apart.
    #[serde(default)]
    pub analysed: Option<ReportInput>,
    /// How many labels are claimed, and how sure they are, where the method bounds that.
    #[serde(default)]
    pub claims: Option<Claims>,
    /// The proposals, in the order of their numbers.
    pub proposals: Vec<ReportedProposal>,
    /// Where random draws started.
    #[serde(default)]
    pub seed: u64,
    /// The borders of the labels, where the report says them.
    #[serde(default)]
    pub thresholds: Option<Thresholds>,
    /// How evenly votes are spread over the proposals.
    #[serde(default)]
    pub exposure: Option<Exposure>,
    /// Proposals that are one idea.
    #[serde(default)]
    pub ideas: Vec<Idea>,
    /// What to discuss in workshops.
    #[serde(default)]
    pub shortlist: Vec<ShortlistEntry>,
    /// How well that represents the participants.
    #[serde(default)]
    pub shortlist_audit: Option<ShortlistAudit>,
    /// How participants were weighted, where a population was given.
    #[serde(default)]
    pub weighting: Option<Weighting>,
    /// Participants who vote alike, the greatest group first.
    #[serde(default)]
    pub groups: Vec<OpinionGroup>,
    /// How the groups came about, or why there are none.
    #[serde(default)]
    pub grouping: Option<Grouping>,
    /// The plane that participants lie on.
    #[serde(default)]
    pub projection: Option<Projection>,
    /// What unites the groups and what divides them.
    #[serde(default)]
    pub bridging: Option<Bridging>,
    /// How many participants lie where on the plane of opinions.
    #[serde(default)]
    pub opinion_map: Option<OpinionMap>,
    /// Of the labels left open, the share expected to be claimed after so many more votes on each.
    #[serde(default)]
    pub settles: BTreeMap<u32, f64>,
    /// Signs that votes may not be what they seem.
    #[serde(default)]
    pub integrity: Option<Integrity>,
    /// What the data cannot show, in plain sentences.
    #[serde(default)]
    pub limits: Vec<String>,
}

/// What went into a report, or a part of it.
#[derive(Clone, Debug, Deserialize)]
pub struct ReportInput {
    /// Standing ballots.
    pub ballots: u64,
    /// Participants with at least one of them.
    pub participants: u64,
    /// Proposals.
    pub proposals: u64,
    /// A digest of it all, so that anybody can tell whether they hold the same.
    #[serde(default)]
    pub digest: String,
}

/// What a report claims, in all.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Claims {
    /// Proposals with a label.
    pub count: u64,
    /// The share of them expected to be wrong.
    pub mean_error: f64,
}

impl Report {
    /// What its figures count: published proposals and the ballots on them, where the report tells them apart.
    pub(crate) fn counted(&self) -> &ReportInput {
        self.analysed.as_ref().unwrap_or(&self.input)
    }

    /// The proposal of this number: they are in the order of their numbers.
    pub(crate) fn proposal(&self, number: ProposalNumber) -> Option<&ReportedProposal> {
        let place = self.proposals.binary_search_by_key(&number, |proposal| proposal.number).ok()?;
        Some(&self.proposals[place])
    }

    /// Its published proposals.
    pub(crate) fn published(&self) -> impl Iterator<Item = &ReportedProposal> {
        self.proposals.iter().filter(|proposal| proposal.is_published())
    }

    /// Whether its proposals are told by zones, whose borders differ from those of the labels.
    pub(crate) fn has_zones(&self) -> bool {
        self.proposals.iter().any(|proposal| proposal.zone.is_some())
    }
}

/// The method is its name, or an object that has one beside its parameters.
fn method_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Method {
        Name(String),
        Parameters { name: String },
    }
    Ok(match Method::deserialize(deserializer)? {
        Method::Name(name) | Method::Parameters { name } => name,
    })
}

#[cfg(test)]
mod tests {
    use gd_domain::Label;

    use super::*;

    #[test]
    fn a_report_is_read_and_what_is_not_shown_is_ignored() {
        let report: Report = serde_json::from_str(
            r#"{"consultation":"x","method":"calibrated","seed":0,
                "input":{"ballots":3,"participants":2,"proposals":1,"digest":"sha256:00"},
                "proposals":[{"number":0,"text":"Oui","counts":{"agree":2,"disagree":1,"neutral":0},
                    "shares":{"agree":{"mean":0.6,"low":0.2,"high":0.9},"disagree":{"mean":0.3,"low":0.1,"high":0.7},
                              "neutral":{"mean":0.1,"low":0.0,"high":0.4}},
                    "label":"undetermined","confidence":0.4,"settles":{"30":0.2},"idea":null,"by_audience":{}}],
                "groups":[],"limits":["Peu de votes."]}"#,
        )
        .unwrap();
        assert_eq!(report.proposals[0].counts.total(), 3);
        assert_eq!(report.proposals[0].shown_label(), Label::Undetermined);
        assert_eq!(report.proposals[0].settles, BTreeMap::from([(30, 0.2)]));
        assert_eq!(report.limits.len(), 1);
    }

    #[test]
    fn zones_stand_for_labels_and_a_new_label_is_undetermined() {
        let read = |fields: &str| -> ReportedProposal {
            let counts = r#""counts":{"agree":1,"disagree":0,"neutral":0}"#;
            serde_json::from_str(&format!(r#"{{"number":1,{counts},{fields}}}"#)).unwrap()
        };
        assert_eq!(read(r#""zone":"limbo""#).shown_label(), Label::Indifference);
        assert_eq!(read(r#""zone":"consensus","label":"mixed""#).shown_label(), Label::Consensus);
        assert_eq!(read(r#""label":"brand_new""#).shown_label(), Label::Undetermined);
        assert_eq!(read(r#""label":null"#).shown_label(), Label::Undetermined);
        let nobody = ReportedProposal { counts: Counts::default(), ..read(r#""zone":"consensus""#) };
        assert_eq!(nobody.shown_label(), Label::Undetermined);
        assert!(!read(r#""status":"refused""#).is_published());
    }

    #[test]
    fn the_method_may_come_with_its_parameters() {
        let method = |json: &str| -> String {
            let input = r#""input":{"ballots":0,"participants":0,"proposals":0}"#;
            serde_json::from_str::<Report>(&format!(r#"{{"method":{json},{input},"proposals":[]}}"#))
                .unwrap()
                .method
        };
        assert_eq!(method(r#""polis""#), "polis");
        assert_eq!(method(r#"{"name":"make-org","weight":0.5}"#), "make-org");
    }
}
