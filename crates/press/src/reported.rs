//! The fields of a report (`report.json`) that the tables show. Other fields are ignored.

use std::collections::BTreeMap;

use gd_domain::{ProposalNumber, Slug};
use serde::Deserialize;

/// A report, as far as tables show it.
#[derive(Clone, Debug, Deserialize)]
pub struct ReportTables {
    pub(crate) proposals: Vec<Reported>,
    #[serde(default)]
    pub(crate) shortlist: Vec<Entry>,
    #[serde(default)]
    pub(crate) shortlist_audit: Option<Audit>,
    #[serde(default)]
    pub(crate) limits: Vec<String>,
}

/// One published proposal.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Reported {
    pub(crate) number: ProposalNumber,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) theme: Option<Slug>,
    pub(crate) counts: Counts,
    pub(crate) shares: Shares,
    pub(crate) label: String,
    pub(crate) likeliest: String,
    pub(crate) confidence: f64,
    #[serde(default)]
    pub(crate) by_audience: BTreeMap<Slug, Voice>,
    #[serde(default)]
    pub(crate) opposed_by: Vec<Slug>,
    #[serde(default)]
    pub(crate) not_shared_by: Vec<Slug>,
    #[serde(default)]
    pub(crate) too_few_to_tell: Vec<Slug>,
    #[serde(default)]
    pub(crate) weighted: Option<Weighted>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Counts {
    pub(crate) agree: u64,
    pub(crate) disagree: u64,
    pub(crate) neutral: u64,
}

impl Counts {
    pub(crate) const fn total(self) -> u64 {
        self.agree + self.disagree + self.neutral
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Shares {
    pub(crate) agree: Share,
    pub(crate) disagree: Share,
    pub(crate) neutral: Share,
}

impl Shares {
    pub(crate) const fn each(self) -> [Share; 3] {
        [self.agree, self.disagree, self.neutral]
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Share {
    pub(crate) mean: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// What one audience says.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Voice {
    pub(crate) counts: Counts,
    pub(crate) shares: Shares,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Weighted {
    pub(crate) shares: Shares,
    pub(crate) effective_ballots: f64,
}

/// One entry of the shortlist.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Entry {
    /// The one that speaks for it first.
    pub(crate) proposals: Vec<ProposalNumber>,
    pub(crate) supporters: u64,
    pub(crate) newly_represented: u64,
    pub(crate) only_here: u64,
    pub(crate) represented: u64,
    #[serde(default)]
    pub(crate) claim: Option<Claim>,
}

/// The group for which an entry was chosen.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Claim {
    pub(crate) level: u8,
    pub(crate) participants: u64,
}

/// How well the shortlist represents.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Audit {
    pub(crate) size: u8,
    pub(crate) basis: String,
    pub(crate) candidates: u64,
    pub(crate) justified_representation: bool,
    pub(crate) extended_justified_representation_plus: bool,
    pub(crate) judges: u64,
    pub(crate) judges_left_out: u64,
    pub(crate) judges_left_out_by_top_agreement: u64,
}

impl ReportTables {
    /// The entries with the proposal that speaks for each; one whose proposal is not in the report is left out.
    pub(crate) fn listed(&self) -> impl Iterator<Item = (&Entry, &Reported)> {
        let find = |entry| -> Option<(&Entry, &Reported)> {
            let entry: &Entry = entry;
            let number = entry.proposals.first()?;
            let place = self.proposals.binary_search_by_key(number, |one| one.number).ok()?;
            Some((entry, &self.proposals[place]))
        };
        self.shortlist.iter().filter_map(find)
    }
}
