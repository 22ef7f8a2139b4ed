//! From votes on record, or in files, to a report and its renderings.

use std::fs;
use std::path::Path;

use anyhow::Context;
use gd_analyzer::{Card, GivenGroups, Method, Population, Report, VoteTable, analyze, weigh};
use gd_domain::{ConsultationDraft, Language, Position, Proposal, Slug, StandingBallot, Timestamp};
use gd_engine::{Exposures, VotesOnRecord};
use gd_pages::ReportFile;
use gd_server::{ReportContext, report_file};

/// The report of a consultation's votes on record. Takes a processor for as long as it lasts: call it
/// where that holds nobody up.
pub(crate) fn report_on_record(
    votes: &VotesOnRecord,
    method: &Method,
    population: Option<&Population>,
) -> anyhow::Result<Report> {
    let audiences = votes.consultation.description.audiences.iter().map(|audience| audience.id.clone());
    let ballots = votes.ballots.values().copied();
    let mut report =
        report(&votes.proposals, &votes.exposures, audiences.collect(), ballots, None, method, population)?;
    votes.consultation.slug().as_str().clone_into(&mut report.consultation);
    Ok(report)
}

/// The report of standing ballots on proposals, with its opinion groups given or to be found, and with figures
/// weighted to a population if there is one. Whose it is is for the caller to say.
pub(crate) fn report(
    proposals: &[Proposal],
    exposures: &Exposures,
    audiences: Vec<Slug>,
    ballots: impl IntoIterator<Item = StandingBallot>,
    groups: Option<GivenGroups>,
    method: &Method,
    population: Option<&Population>,
) -> anyhow::Result<Report> {
    let card = |proposal: &Proposal| Card {
        number: proposal.number,
        text: proposal.text.as_str().to_owned(),
        status: proposal.status,
        theme: proposal.theme.clone(),
        idea: proposal.idea.clone(),
    };
    let table = VoteTable::new(proposals.iter().map(card).collect(), audiences, ballots)?;
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

/// A report with what its renderings say around it.
pub(crate) struct Titled {
    pub(crate) report: Report,
    pub(crate) title: String,
    pub(crate) language: Language,
    pub(crate) as_of: Option<Timestamp>,
    /// The consultation it is of, with the position of its ledger; none of files.
    pub(crate) consultation: Option<(ConsultationDraft, Position)>,
}

/// Writes the report in each of its forms into a folder, making it if it is absent.
pub(crate) fn write_renderings(folder: &Path, titled: &Titled, language: Language) -> anyhow::Result<()> {
    let json = titled.report.to_json();
    let consultation = titled.consultation.as_ref();
    let beside: Vec<ReportFile> =
        ReportFile::ALL.into_iter().filter(|file| *file != ReportFile::Html).collect();
    let context = ReportContext {
        title: &titled.title,
        language,
        as_of: titled.as_of,
        consultation: consultation.map(|(description, position)| (description, *position)),
        beside: &beside,
    };
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    for file in ReportFile::ALL {
        let content = report_file(file, &json, &context)?;
        let place = folder.join(file.name());
        fs::write(&place, content).with_context(|| format!("{} cannot be written", place.display()))?;
    }
    Ok(())
}
