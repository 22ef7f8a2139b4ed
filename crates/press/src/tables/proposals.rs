//! `proposals.csv`: every published proposal with its label and the figures behind it.

use gd_domain::Slug;
use gd_report::{ProposalResult, Report};

use super::TableError;
use super::cells::{csv, harmless, interval, joined};

const CHOICES: [&str; 3] = ["agree", "disagree", "neutral"];

/// Writes one row a published proposal, by number. Columns have the names of the report's fields. Each audience shown
/// for any proposal has columns for its ballots and shares; they are empty where it is not shown.
///
/// # Errors
/// [`TableError`] when the table cannot be written, which no report causes.
pub(crate) fn proposals_csv(report: &Report) -> Result<String, TableError> {
    let audiences = audiences(report);
    let is_weighted = report.proposals.iter().any(|one| one.weighted.is_some());
    csv(
        &header(&audiences, is_weighted),
        report.proposals.iter().map(|one| row(one, &audiences, is_weighted)),
    )
}

/// Every audience shown for any proposal, sorted by name.
fn audiences(report: &Report) -> Vec<Slug> {
    let mut audiences: Vec<Slug> =
        report.proposals.iter().flat_map(|one| one.by_audience.keys().cloned()).collect();
    audiences.sort();
    audiences.dedup();
    audiences
}

fn header(audiences: &[Slug], is_weighted: bool) -> Vec<String> {
    let mut names: Vec<String> =
        ["number", "text", "theme", "label", "likeliest", "confidence"].map(str::to_owned).to_vec();
    names.extend(CHOICES.map(str::to_owned));
    names.extend(share_columns(""));
    names.extend(["opposed_by", "not_shared_by", "too_few_to_tell"].map(str::to_owned));
    if is_weighted {
        names.extend(share_columns("weighted_"));
        names.push("weighted_effective_ballots".to_owned());
    }
    for audience in audiences {
        names.push(format!("{audience}_ballots"));
        names.extend(CHOICES.map(|choice| format!("{audience}_{choice}_share")));
    }
    names
}

fn share_columns(prefix: &str) -> impl Iterator<Item = String> {
    CHOICES
        .into_iter()
        .flat_map(move |choice| ["share", "low", "high"].map(|part| format!("{prefix}{choice}_{part}")))
}

fn row(proposal: &ProposalResult, audiences: &[Slug], is_weighted: bool) -> Vec<String> {
    let counts = proposal.counts;
    let mut cells = vec![
        proposal.number.to_string(),
        harmless(&proposal.text),
        proposal.theme.as_ref().map(ToString::to_string).unwrap_or_default(),
        proposal.label.to_string(),
        proposal.likeliest.to_string(),
        proposal.confidence.to_string(),
    ];
    cells.extend([counts.agree, counts.disagree, counts.neutral].map(|count| count.to_string()));
    cells.extend(proposal.shares.each().into_iter().flat_map(interval));
    cells.extend([&proposal.opposed_by, &proposal.not_shared_by, &proposal.too_few_to_tell].map(joined));
    if is_weighted {
        match &proposal.weighted {
            Some(weighted) => {
                cells.extend(weighted.shares.each().into_iter().flat_map(interval));
                cells.push(weighted.effective_ballots.to_string());
            }
            None => cells.extend(std::iter::repeat_n(String::new(), 10)),
        }
    }
    for audience in audiences {
        match proposal.by_audience.get(audience) {
            Some(voice) => {
                cells.push(voice.counts.total().to_string());
                cells.extend(voice.shares.each().map(|share| share.mean.to_string()));
            }
            None => cells.extend(std::iter::repeat_n(String::new(), 4)),
        }
    }
    cells
}
