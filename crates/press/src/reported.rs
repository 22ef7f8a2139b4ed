//! The fields of a report (`report.json`) that the tables show. Other fields are ignored.

use std::collections::BTreeMap;

use gd_domain::{ProposalNumber, Slug};
use serde::Deserialize;

/// The part of a report that tables show.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ReportTables {
    pub(crate) proposals: Vec<ReportedProposal>,
    #[serde(default)]
    pub(crate) shortlist: Vec<Entry>,
    #[serde(default)]
    pub(crate) shortlist_audit: Option<Audit>,
    #[serde(default)]
    pub(crate) limits: Vec<String>,
}

/// A published proposal with its figures.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ReportedProposal {
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

/// Counts and shares of one audience for a proposal.
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

/// An entry of the shortlist.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Entry {
    /// The first one speaks for the entry; the others say nearly the same.
    pub(crate) proposals: Vec<ProposalNumber>,
    pub(crate) supporters: u64,
    pub(crate) newly_represented: u64,
    pub(crate) only_here: u64,
    pub(crate) represented: u64,
    #[serde(default)]
    pub(crate) claim: Option<Claim>,
}

/// The group whose claim put an entry into the list.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Claim {
    pub(crate) level: u8,
    pub(crate) participants: u64,
}

/// The audit of the shortlist: how it was chosen and how well it represents the participants.
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
    /// Each entry with the proposal that speaks for it. Entries whose proposal the report lacks are left out.
    pub(crate) fn listed(&self) -> impl Iterator<Item = (&Entry, &ReportedProposal)> {
        let find = |entry| -> Option<(&Entry, &ReportedProposal)> {
            let entry: &Entry = entry;
            let number = entry.proposals.first()?;
            let place = self.proposals.binary_search_by_key(number, |one| one.number).ok()?;
            Some((entry, &self.proposals[place]))
        };
        self.shortlist.iter().filter_map(find)
    }
}
