//! `shortlist.csv`: the entries of the shortlist in the order they were chosen.

use gd_domain::Language;
use gd_report::{ProposalResult, Report, ShortlistEntry};

use super::TableError;
use super::cells::{csv, harmless, interval, joined};
use super::sentences::why;

const HEADER: [&str; 22] = [
    "place",
    "number",
    "text",
    "idea",
    "theme",
    "label",
    "ballots",
    "agree_share",
    "agree_low",
    "agree_high",
    "disagree_share",
    "disagree_low",
    "disagree_high",
    "neutral_share",
    "neutral_low",
    "neutral_high",
    "supporters",
    "newly_represented",
    "only_here",
    "opposed_by",
    "too_few_to_tell",
    "why",
];

/// Writes one row an entry. `idea` lists the other proposals of the entry; `why` is its reason in this language.
///
/// # Errors
/// [`TableError`] when the table cannot be written, which no report causes.
pub(crate) fn shortlist_csv(report: &Report, language: Language) -> Result<String, TableError> {
    let row = |(place, (entry, proposal))| row(place, entry, proposal, language);
    csv(&HEADER.map(str::to_owned), (1..).zip(report.listed()).map(row))
}

fn row(place: usize, entry: &ShortlistEntry, proposal: &ProposalResult, language: Language) -> Vec<String> {
    let mut cells = vec![
        place.to_string(),
        proposal.number.to_string(),
        harmless(&proposal.text),
        joined(&entry.proposals[1..]),
        proposal.theme.as_ref().map(ToString::to_string).unwrap_or_default(),
        proposal.label.to_string(),
        proposal.counts.total().to_string(),
    ];
    cells.extend(proposal.shares.each().into_iter().flat_map(interval));
    cells.extend([entry.supporters, entry.newly_represented, entry.only_here].map(|count| count.to_string()));
    cells.extend([joined(&proposal.opposed_by), joined(&proposal.too_few_to_tell)]);
    cells.push(why(entry, proposal, language));
    cells
}
