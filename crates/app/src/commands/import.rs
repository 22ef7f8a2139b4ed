//! `import polis`: a Polis folder becomes a consultation with everything it held.

use std::path::Path;

use anyhow::Context;
use gd_domain::{
    Calendar, ConsultationDraft, Language, Origin, Presentation, ResultsVisibility, Rules, StaffAction,
    Timestamp,
};
use gd_exchange::PolisFolder;

use super::say;
use crate::cli::{Import, Installation};
use crate::operator;
use crate::progress::{Bar, Spinner};
use crate::wiring;

pub(crate) async fn run(installation: &Installation, options: Import) -> anyhow::Result<()> {
    let Import::Polis { dir, slug, title } = options;
    let folder = {
        let spinner = Spinner::new("reading rows");
        gd_exchange::read_polis_folder_with(&dir, &mut |rows| spinner.report(rows))?
    };
    let draft = describe(&folder, &dir, slug.parse()?, title)?;
    draft.validate()?;

    let opened = wiring::open_or_make(installation).await?;
    let engine = &opened.engine;
    let outcome = {
        let bar = Bar::new("appending ballots");
        let mut progress = |done, total| bar.report(done, total);
        let permit = operator::permit(engine, StaffAction::Import)?;
        let (proposals, events) = (&folder.proposals, &folder.events);
        let imported = engine.proposals().import(&permit, &draft, proposals, events, &mut progress).await;
        imported.map_err(|error| operator::import_error(error, &slug))?
    };
    let id = operator::id_of(engine, &slug)?;
    let permit = operator::permit_on(engine, StaffAction::ReadBallots, id)?;
    let votes = engine.results().votes_on_record(&permit, id, &mut |_, _| ()).await?;
    say(Summary::of(&votes, &slug))?;
    say(format_args!(
        "{} proposals changed, {} events appended; the ledger stands at {}.",
        outcome.proposals_changed, outcome.events_appended, outcome.position
    ))?;
    opened.close().await;
    Ok(())
}

/// A closed consultation with live results, lasting from the first to the last thing that happened in it.
fn describe(
    folder: &PolisFolder,
    dir: &Path,
    slug: gd_domain::Slug,
    title: Option<String>,
) -> anyhow::Result<ConsultationDraft> {
    let fallback = || dir.file_name().map(|name| name.to_string_lossy().into_owned());
    let question =
        title.or_else(|| folder.topic.clone()).or_else(fallback).unwrap_or_else(|| slug.to_string());
    let proposed = folder.proposals.iter().map(|proposal| proposal.submitted_at);
    let instants = proposed.chain(folder.events.iter().map(|event| event.cast_at));
    let (first, last) =
        instants.fold((None, None), |(first, last): (Option<Timestamp>, Option<Timestamp>), at| {
            (Some(first.map_or(at, |first| first.min(at))), Some(last.map_or(at, |last| last.max(at))))
        });
    let closed_from = last.map_or(Timestamp::default(), |last| last.plus_millis(1));
    let calendar = Calendar::new(Some(first.unwrap_or_default()), None, None, Some(closed_from))
        .context("the dates of the folder make no calendar")?;
    Ok(ConsultationDraft {
        slug,
        organisation: "Polis".into(),
        question,
        introduction: folder.description.clone().unwrap_or_default(),
        language: Language::En,
        rules: Rules {
            proposal_length_max: folder.text_length_max,
            results: ResultsVisibility::Live,
            ..Rules::default()
        },
        audiences: Vec::new(),
        questions: Vec::new(),
        themes: Vec::new(),
        calendar,
        origin: Origin::Polis,
        presentation: Presentation::default(),
    })
}

/// The figures of a consultation, as `import` prints them.
struct Summary<'a> {
    slug: &'a str,
    proposals: usize,
    published: usize,
    participants: usize,
    ballots: usize,
    on_published: [usize; 3],
}

impl<'a> Summary<'a> {
    fn of(votes: &gd_engine::VotesOnRecord, slug: &'a str) -> Self {
        let published = votes.proposals.iter().filter(|proposal| proposal.is_published());
        let published = published.map(|proposal| proposal.number).collect::<std::collections::BTreeSet<_>>();
        let mut participants = votes.ballots.keys().map(|&(participant, _)| participant).collect::<Vec<_>>();
        participants.dedup();
        let mut on_published = [0; 3];
        for ballot in votes.ballots.values().filter(|ballot| published.contains(&ballot.proposal)) {
            on_published[ballot.opinion.choice().index()] += 1;
        }
        Self {
            slug,
            proposals: votes.proposals.len(),
            published: published.len(),
            participants: participants.len(),
            ballots: votes.ballots.len(),
            on_published,
        }
    }
}

impl std::fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [agree, disagree, neutral] = self.on_published;
        writeln!(f, "{}", self.slug)?;
        writeln!(f, "  proposals         {:>9}, of them published {}", self.proposals, self.published)?;
        writeln!(f, "  participants      {:>9}", self.participants)?;
        writeln!(f, "  standing ballots  {:>9}", self.ballots)?;
        write!(f, "  on published ones {agree:>9} agree, {disagree} disagree, {neutral} neutral")
    }
}
