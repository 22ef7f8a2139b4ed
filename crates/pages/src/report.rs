//! What the pages read of a report (`report.json`). Fields they do not show are ignored.

use std::collections::BTreeMap;

use gd_domain::{ProposalNumber, Slug};
use serde::{Deserialize, Deserializer};

/// A report, as far as it is shown.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// The name of the method: `calibrated`, `make-org` or `polis`.
    #[serde(deserialize_with = "method_name")]
    pub method: String,
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

/// What one audience says of a proposal.
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
    /// What each audience says of it, by the audience's name.
    #[serde(default)]
    pub by_audience: BTreeMap<Slug, AudienceVoice>,
    /// What it is, where the method says so.
    #[serde(default)]
    pub label: Option<Label>,
    /// The zone, in a report led by the `make-org` method.
    #[serde(default)]
    pub zone: Option<Label>,
    /// How sure the label is, in 0–1.
    #[serde(default)]
    pub confidence: Option<f64>,
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

impl Report {
    /// What its figures count: published proposals and the ballots on them, where the report tells them apart.
    pub(crate) fn counted(&self) -> &ReportInput {
        self.analysed.as_ref().unwrap_or(&self.input)
    }
}

impl ReportedProposal {
    pub(crate) fn is_published(&self) -> bool {
        self.status.as_deref().is_none_or(|status| status == "published")
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
    /// The estimate.
    pub mean: f64,
    /// Where it may be at least.
    pub low: f64,
    /// Where it may be at most.
    pub high: f64,
}

/// What a proposal is, given its votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// It unites.
    Consensus,
    /// It divides.
    Controversy,
    /// It is rejected.
    Rejection,
    /// Many stay neutral and no side carries it.
    #[serde(alias = "limbo")]
    Indifference,
    /// None of the others: a leaning.
    Mixed,
    /// The votes do not tell yet; also any label these pages do not know.
    #[serde(other)]
    Undetermined,
}

impl Label {
    /// In the order results are read.
    pub const ALL: [Self; 6] = [
        Self::Consensus,
        Self::Controversy,
        Self::Rejection,
        Self::Indifference,
        Self::Mixed,
        Self::Undetermined,
    ];

    /// The word for translations, classes and anchors.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Consensus => "consensus",
            Self::Controversy => "controversy",
            Self::Rejection => "rejection",
            Self::Indifference => "indifference",
            Self::Mixed => "mixed",
            Self::Undetermined => "undetermined",
        }
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
    use super::*;

    #[test]
    fn a_report_is_read_and_what_is_not_shown_is_ignored() {
        let report: Report = serde_json::from_str(
            r#"{"consultation":"x","method":"calibrated","seed":0,
                "input":{"ballots":3,"participants":2,"proposals":1,"digest":"sha256:00"},
                "proposals":[{"number":0,"text":"Oui","counts":{"agree":2,"disagree":1,"neutral":0},
                    "shares":{"agree":{"mean":0.6,"low":0.2,"high":0.9},"disagree":{"mean":0.3,"low":0.1,"high":0.7},
                              "neutral":{"mean":0.1,"low":0.0,"high":0.4}},
                    "label":"undetermined","confidence":0.4,"settles":0.2,"idea":null,"by_audience":{}}],
                "groups":[],"limits":["Peu de votes."]}"#,
        )
        .unwrap();
        assert_eq!(report.proposals[0].counts.total(), 3);
        assert_eq!(report.proposals[0].shown_label(), Label::Undetermined);
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
