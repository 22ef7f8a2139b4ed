//! From votes on record, or in files, to a report and its renderings.

use std::fs;
use std::path::Path;

use anyhow::Context;
use gd_analyzer::{Card, GivenGroups, Method, Report, VoteTable, analyze};
use gd_domain::{Language, Proposal, Slug, StandingBallot, Timestamp};
use gd_engine::VotesOnRecord;
use gd_pages::Page;

/// The report of a consultation's votes on record. Takes a processor for as long as it lasts: call it
/// where that holds nobody up.
pub(crate) fn report_on_record(votes: &VotesOnRecord, method: &Method) -> anyhow::Result<Report> {
    let audiences = votes.consultation.description.audiences.iter().map(|audience| audience.id.clone());
    let ballots = votes.ballots.values().copied();
    let consultation = votes.consultation.slug().as_str();
    report(&votes.proposals, audiences.collect(), ballots, None, method, consultation)
}

/// The report of standing ballots on proposals, with its opinion groups given or to be found.
pub(crate) fn report(
    proposals: &[Proposal],
    audiences: Vec<Slug>,
    ballots: impl IntoIterator<Item = StandingBallot>,
    groups: Option<GivenGroups>,
    method: &Method,
    consultation: &str,
) -> anyhow::Result<Report> {
    let card = |proposal: &Proposal| Card {
        number: proposal.number,
        text: proposal.text.as_str().to_owned(),
        status: proposal.status,
        theme: proposal.theme.clone(),
    };
    let table = VoteTable::new(proposals.iter().map(card).collect(), audiences, ballots)?;
    let table = match groups {
        Some(groups) => table.with_groups(groups)?,
        None => table,
    };
    let mut report = analyze(&table, method);
    consultation.clone_into(&mut report.consultation);
    Ok(report)
}

/// Writes `report.json`, `report.html` and `proposals.csv` into a folder, making it if it is absent.
pub(crate) fn write_renderings(
    folder: &Path,
    report: &Report,
    title: &str,
    language: Language,
    as_of: Option<Timestamp>,
) -> anyhow::Result<()> {
    let json = report.to_json();
    let shown =
        serde_json::from_str::<gd_pages::Report>(&json).context("the report cannot be shown as a page")?;
    let html = gd_pages::ReportDocument::new(language, title, &shown, as_of).to_html();
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let csv = proposals_csv(report)?;
    for (name, text) in [("report.json", json), ("report.html", html), ("proposals.csv", csv)] {
        let file = folder.join(name);
        fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(())
}

/// One line a published proposal: what is said of it, and the figures behind that.
fn proposals_csv(report: &Report) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "number",
        "text",
        "theme",
        "label",
        "likeliest",
        "confidence",
        "agree",
        "disagree",
        "neutral",
        "agree_share",
        "agree_low",
        "agree_high",
        "disagree_share",
        "disagree_low",
        "disagree_high",
        "neutral_share",
        "neutral_low",
        "neutral_high",
    ])?;
    for proposal in &report.proposals {
        let mut record = vec![
            proposal.number.to_string(),
            proposal.text.clone(),
            proposal.theme.as_ref().map(ToString::to_string).unwrap_or_default(),
            proposal.label.to_string(),
            proposal.likeliest.to_string(),
            proposal.confidence.to_string(),
        ];
        record.extend(
            [proposal.counts.agree, proposal.counts.disagree, proposal.counts.neutral]
                .map(|count| count.to_string()),
        );
        for share in [proposal.shares.agree, proposal.shares.disagree, proposal.shares.neutral] {
            record.extend([share.mean, share.low, share.high].map(|part| part.to_string()));
        }
        writer.write_record(record)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
