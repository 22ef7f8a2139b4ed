//! From votes on record, or in files, to a report and its renderings.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context;
use gd_analyzer::{
    Card, GivenGroups, Method, ParticipantCard, Population, Report, VoteTable, analyze, weigh,
};
use gd_domain::{
    Answers, AudienceCode, ConsultationDraft, Language, ParticipantId, Proposal, Slug, StandingBallot,
    Timestamp,
};
use gd_engine::{Exposures, VotesOnRecord};
use gd_exchange::{ReportTables, proposals_csv, shortlist_csv, shortlist_xlsx};
use gd_pages::Page;

/// Everything a report is computed from.
pub(crate) struct Data<'a> {
    pub(crate) proposals: &'a [Proposal],
    pub(crate) audiences: Vec<Slug>,
    pub(crate) ballots: Vec<StandingBallot>,
    pub(crate) exposures: &'a Exposures,
    /// What participants answered about themselves.
    pub(crate) answers: &'a BTreeMap<ParticipantId, Answers>,
    /// Opinion groups, where they are not to be found.
    pub(crate) groups: Option<GivenGroups>,
}

/// What is to be computed.
pub(crate) struct Wanted {
    pub(crate) method: Method,
    /// What figures are weighted to, beside the raw ones.
    pub(crate) population: Option<Population>,
    /// The question whose answers are compared in the place of audiences.
    pub(crate) compare: Option<Slug>,
}

/// The report of a consultation's votes on record. Takes a processor for as long as it lasts: call it
/// where that holds nobody up.
pub(crate) fn report_on_record(votes: &VotesOnRecord, wanted: &Wanted) -> anyhow::Result<Report> {
    let audiences = votes.consultation.description.audiences.iter().map(|audience| audience.id.clone());
    let data = Data {
        proposals: &votes.proposals,
        audiences: audiences.collect(),
        ballots: votes.ballots.values().copied().collect(),
        exposures: &votes.exposures,
        answers: &votes.answers,
        groups: None,
    };
    let mut report = report(data, wanted)?;
    votes.consultation.slug().as_str().clone_into(&mut report.consultation);
    Ok(report)
}

/// The report of standing ballots on proposals. Whose it is is for the caller to say.
pub(crate) fn report(mut data: Data<'_>, wanted: &Wanted) -> anyhow::Result<Report> {
    if let Some(question) = &wanted.compare {
        data.compare(question)?;
    }
    let card = |proposal: &Proposal| Card {
        number: proposal.number,
        text: proposal.text.as_str().to_owned(),
        status: proposal.status,
        theme: proposal.theme.clone(),
        idea: proposal.idea.clone(),
    };
    let voters = data.ballots.iter().map(|ballot| ballot.participant);
    let participant_cards = ParticipantCard::of_answers(voters, data.answers);
    let table = VoteTable::new(data.proposals.iter().map(card).collect(), data.audiences, data.ballots)?;
    let table = table.with_exposures(data.exposures.iter().map(|(&number, &times)| (number, times)));
    let table = table.with_participant_cards(participant_cards)?;
    let table = match data.groups {
        Some(groups) => table.with_groups(groups)?,
        None => table,
    };
    let mut report = analyze(&table, &wanted.method);
    if let Some(population) = &wanted.population {
        weigh(&table, &mut report, population).context("the figures cannot be weighted")?;
    }
    Ok(report)
}

impl Data<'_> {
    /// Makes each answer to a question an audience, and its participants' ballots that audience's.
    fn compare(&mut self, question: &Slug) -> anyhow::Result<()> {
        let given = self.answers.values().filter_map(|answers| answers.to(question)).collect::<BTreeSet<_>>();
        anyhow::ensure!(
            !given.is_empty(),
            "nobody answered a question `{question}`, or no answer to it is shared by five: there is nothing to compare"
        );
        let codes = given.iter().copied().zip((1..).map(AudienceCode)).collect::<BTreeMap<_, _>>();
        for ballot in &mut self.ballots {
            let answer = self.answers.get(&ballot.participant).and_then(|answers| answers.to(question));
            ballot.audience = answer.map_or(AudienceCode::UNDECLARED, |answer| codes[answer]);
        }
        self.audiences = given.into_iter().cloned().collect();
        Ok(())
    }
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
