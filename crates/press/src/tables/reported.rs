//! What the tables read of a report (`report.json`). Fields they do not show are ignored.

use std::collections::BTreeMap;

use gd_domain::{ProposalNumber, Slug};
use serde::Deserialize;

/// A report, as far as tables show it.
#[derive(Clone, Debug, Deserialize)]
pub struct ReportTables {
    pub(super) proposals: Vec<Reported>,
    #[serde(default)]
    pub(super) shortlist: Vec<Entry>,
    #[serde(default)]
    pub(super) shortlist_audit: Option<Audit>,
    #[serde(default)]
    pub(super) limits: Vec<String>,
}

/// One published proposal.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Reported {
    pub(super) number: ProposalNumber,
    pub(super) text: String,
    #[serde(default)]
    pub(super) theme: Option<Slug>,
    pub(super) counts: Counts,
    pub(super) shares: Shares,
    pub(super) label: String,
    pub(super) likeliest: String,
    pub(super) confidence: f64,
    #[serde(default)]
    pub(super) by_audience: BTreeMap<Slug, Voice>,
    #[serde(default)]
    pub(super) opposed_by: Vec<Slug>,
    #[serde(default)]
    pub(super) not_shared_by: Vec<Slug>,
    #[serde(default)]
    pub(super) too_few_to_tell: Vec<Slug>,
    #[serde(default)]
    pub(super) weighted: Option<Weighted>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Counts {
    pub(super) agree: u64,
    pub(super) disagree: u64,
    pub(super) neutral: u64,
}

impl Counts {
    pub(super) const fn total(self) -> u64 {
        self.agree + self.disagree + self.neutral
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Shares {
    pub(super) agree: Share,
    pub(super) disagree: Share,
    pub(super) neutral: Share,
}

impl Shares {
    pub(super) const fn each(self) -> [Share; 3] {
        [self.agree, self.disagree, self.neutral]
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Share {
    pub(super) mean: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// What one audience says.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Voice {
    pub(super) counts: Counts,
    pub(super) shares: Shares,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Weighted {
    pub(super) shares: Shares,
    pub(super) effective_ballots: f64,
}

/// One entry of the shortlist.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Entry {
    /// The one that speaks for it first.
    pub(super) proposals: Vec<ProposalNumber>,
    pub(super) supporters: u64,
    pub(super) newly_represented: u64,
    pub(super) only_here: u64,
    pub(super) represented: u64,
    #[serde(default)]
    pub(super) claim: Option<Claim>,
}

/// The group for which an entry was chosen.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Claim {
    pub(super) level: u8,
    pub(super) participants: u64,
}

/// How well the shortlist represents.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Audit {
    pub(super) size: u8,
    pub(super) basis: String,
    pub(super) candidates: u64,
    pub(super) justified_representation: bool,
    pub(super) extended_justified_representation_plus: bool,
    pub(super) judges: u64,
    pub(super) judges_left_out: u64,
    pub(super) judges_left_out_by_top_agreement: u64,
}

impl ReportTables {
    /// The entries with the proposal that speaks for each; one whose proposal is not in the report is left out.
    pub(super) fn listed(&self) -> impl Iterator<Item = (&Entry, &Reported)> {
        let find = |entry| -> Option<(&Entry, &Reported)> {
            let entry: &Entry = entry;
            let number = entry.proposals.first()?;
            let place = self.proposals.binary_search_by_key(number, |one| one.number).ok()?;
            Some((entry, &self.proposals[place]))
        };
        self.shortlist.iter().filter_map(find)
    }
}
