//! `analyze`: the report of a consultation, or of files of votes.

use std::path::Path;

use anyhow::Context;
use gd_analyzer::{GivenGroups, Method, render_text};
use gd_domain::{Answer, Audience, BallotColumns, ConsultationDraft, Language, Slug, StaffAction};
use gd_pages::ReportFile;

use super::say;
use crate::analysis::{self, AnalysisOptions, Data, TitledReport};
use crate::cli::{Analyze, Installation, ReportFormat};
use crate::jobs::live_reports;
use crate::operator;
use crate::progress::{Bar, Spinner};
use crate::wiring;

pub(crate) async fn run(installation: &Installation, options: &Analyze) -> anyhow::Result<()> {
    if let (true, Some(slug)) = (options.live, &options.slug) {
        let opened = wiring::open(installation).await?;
        live_reports::make(&opened.engine, operator::id_of(&opened.engine, slug)?).await?;
        opened.close().await;
        return Ok(());
    }
    let method = Method {
        shortlist_size: options.shortlist_size,
        thresholds: options.thresholds,
        ..Method::new(options.method, options.seed)
    };
    let population = match &options.population {
        Some(file) => Some(analysis::read_population(file, options.weight_max)?),
        None => None,
    };
    let settings = AnalysisOptions { method, population, compare: options.compare.clone() };
    let titled = match (&options.votes, &options.slug) {
        (Some(votes), _) => of_files(votes, options, &settings)?,
        (None, Some(slug)) => on_record(installation, slug, settings, options.publish).await?,
        (None, None) => unreachable!("the command line asks for one of the two"),
    };
    if let Some(folder) = &options.out {
        let language = options.lang.unwrap_or(titled.language);
        analysis::write_renderings(folder, &titled, language)?;
        let names = ReportFile::ALL.map(ReportFile::name);
        say(format_args!("{} are in {}", names.join(", "), folder.display()))?;
        return Ok(());
    }
    match options.format {
        ReportFormat::Text => say(render_text(&titled.report).trim_end())?,
        ReportFormat::Json => say(titled.report.to_json().trim_end())?,
    }
    Ok(())
}

/// The report of what stands in files of votes.
fn of_files(votes: &Path, options: &Analyze, settings: &AnalysisOptions) -> anyhow::Result<TitledReport> {
    let read = {
        let spinner = Spinner::new("reading rows");
        gd_exchange::read_votes_with(votes, options.comments.as_deref(), &mut |rows| spinner.report(rows))?
    };
    let title = votes.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let as_of = read.ballots.cast_at.iter().copied().max();
    let groups = options.groups.as_deref().map(|file| given_groups(file, &read.ballots)).transpose()?;
    let data = Data {
        proposals: &read.proposals,
        audiences: read.audiences,
        ballots: read.ballots,
        exposures: &read.exposures,
        answers: &read.answers,
        groups,
    };
    let mut report = analysis::report(data, settings)?;
    title.clone_into(&mut report.consultation);
    Ok(TitledReport { report, title, language: Language::En, as_of, consultation: None })
}

/// The consultation as its report is told: where the answers to a question are compared, they are the audiences.
fn comparing(mut description: ConsultationDraft, question: Option<&Slug>) -> ConsultationDraft {
    let asked = description.questions.iter().find(|asked| Some(&asked.id) == question);
    let audience = |one: &Answer| Audience { id: one.id.clone(), title: one.title.clone() };
    if let Some(asked) = asked {
        description.audiences = asked.choices.iter().map(audience).collect();
    }
    description
}

/// The groups of those who voted, from a file.
fn given_groups(file: &Path, ballots: &BallotColumns) -> anyhow::Result<GivenGroups> {
    let groups = gd_exchange::read_groups(file)?;
    GivenGroups::new(ballots.participant.iter().copied(), &groups)
        .with_context(|| format!("the groups of {} cannot be used", file.display()))
}

/// The report of a consultation of this installation, published if so wished.
async fn on_record(
    installation: &Installation,
    slug: &str,
    settings: AnalysisOptions,
    publish: bool,
) -> anyhow::Result<TitledReport> {
    let opened = wiring::open(installation).await?;
    let engine = &opened.engine;
    let id = operator::id_of(engine, slug)?;
    let permit = operator::permit_on(engine, StaffAction::ReadBallots, id)?;
    let votes = {
        let bar = Bar::new("reading the ledger");
        let progress = &mut |done, total| bar.report(done, total);
        engine.results().votes_on_record(&permit, id, progress).await?
    };
    let (position, as_of) = (votes.position, engine.now());
    let description = comparing(votes.consultation.description.clone(), settings.compare.as_ref());
    let analysed = tokio::task::spawn_blocking(move || analysis::report_on_record(&votes, &settings));
    let report = analysed.await??;
    if publish {
        let permit = operator::permit_on(engine, StaffAction::PublishReport, id)?;
        engine.results().publish_report(&permit, id, position, report.to_json()).await?;
        eprintln!("published: the public now sees this report, made at position {position} of the ledger");
    }
    opened.close().await;
    Ok(TitledReport {
        report,
        title: description.question.clone(),
        language: description.language,
        as_of: Some(as_of),
        consultation: Some((description, position)),
    })
}
