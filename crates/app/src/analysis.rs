//! From votes on record, or in files, to a report and its renderings.

use std::fs;
use std::path::Path;

use anyhow::Context;
use gd_analyzer::{Card, GivenGroups, Method, Population, Report, VoteTable, analyze, weigh};
use gd_domain::{ConsultationDraft, Language, Proposal, Timestamp};
use gd_engine::{Exposures, VotesOnRecord};
use gd_exchange::{ReportTables, proposals_csv, shortlist_csv, shortlist_xlsx};
use gd_pages::Page;

/// The report of a consultation's votes on record. Takes a processor for as long as it lasts: call it
/// where that holds nobody up.
pub(crate) fn report_on_record(
    votes: &VotesOnRecord,
    method: &Method,
    population: Option<&Population>,
) -> anyhow::Result<Report> {
    let audiences = votes.consultation.description.audiences.iter().map(|audience| audience.id.clone());
    let ballots = votes.ballots.values().copied();
    let table = VoteTable::new(cards(&votes.proposals), audiences.collect(), ballots)?;
    let mut report = report(table, &votes.exposures, None, method, population)?;
    votes.consultation.slug().as_str().clone_into(&mut report.consultation);
    Ok(report)
}

/// Proposals as an analysis needs them.
pub(crate) fn cards(proposals: &[Proposal]) -> Vec<Card> {
    let card = |proposal: &Proposal| Card {
        number: proposal.number,
        text: proposal.text.as_str().to_owned(),
        status: proposal.status,
        theme: proposal.theme.clone(),
        idea: proposal.idea.clone(),
    };
    proposals.iter().map(card).collect()
}

/// The report of a table of votes, with its opinion groups given or to be found, and with figures weighted to a
/// population if there is one. Whose it is is for the caller to say.
pub(crate) fn report(
    table: VoteTable,
    exposures: &Exposures,
    groups: Option<GivenGroups>,
    method: &Method,
    population: Option<&Population>,
) -> anyhow::Result<Report> {
    let table = table.with_exposures(exposures.iter().map(|(&number, &times)| (number, times)));
    let table = match groups {
        Some(groups) => table.with_groups(groups)?,
        None => table,
    };
    let mut report = analyze(&table, method);
    if let Some(population) = population {
        weigh(&table, &mut report, population).context("the figures cannot be weighted")?;
    }
    Ok(report)
}

/// The population in a file, checked as far as that goes without participants.
pub(crate) fn read_population(file: &Path, weight_max: Option<f64>) -> anyhow::Result<Population> {
    let lines = gd_exchange::read_population(file)?.into_iter();
    let population = Population::from_lines(lines.map(|line| (line.card, line.value, line.share)))
        .with_context(|| file.display().to_string())?;
    Ok(match weight_max {
        Some(weight_max) => population.with_weight_max(weight_max)?,
        None => population,
    })
}

/// What [`write_renderings`] writes.
pub(crate) const RENDERINGS: [&str; 5] =
    ["report.json", "report.html", "proposals.csv", "shortlist.csv", "shortlist.xlsx"];

/// A report with what its renderings say around it.
pub(crate) struct Titled {
    pub(crate) report: Report,
    pub(crate) title: String,
    pub(crate) language: Language,
    pub(crate) as_of: Option<Timestamp>,
    /// The consultation it is of, with its audiences' titles and the language people write in; none of files.
    pub(crate) consultation: Option<ConsultationDraft>,
}

/// Writes the report in each of its forms into a folder, making it if it is absent.
pub(crate) fn write_renderings(folder: &Path, titled: &Titled, language: Language) -> anyhow::Result<()> {
    let Titled { report, title, as_of, consultation, .. } = titled;
    let json = report.to_json();
    let shown =
        serde_json::from_str::<gd_pages::Report>(&json).context("the report cannot be shown as a page")?;
    let beside: Vec<&str> = RENDERINGS.into_iter().filter(|name| *name != "report.html").collect();
    let document = gd_pages::ReportDocument::new(language, title, &shown, *as_of).beside(&beside);
    let document = match consultation {
        Some(consultation) => document.of_consultation(&consultation.audiences, consultation.language),
        None => document,
    };
    let html = document.to_html();
    let tables = serde_json::from_str::<ReportTables>(&json).context("the report cannot be put in tables")?;
    let contents = [
        json.into_bytes(),
        html.into_bytes(),
        proposals_csv(&tables)?.into_bytes(),
        shortlist_csv(&tables, language)?.into_bytes(),
        shortlist_xlsx(&tables, title, language)?,
    ];
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    for (name, content) in RENDERINGS.into_iter().zip(contents) {
        let file = folder.join(name);
        fs::write(&file, content).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(())
}
