//! `consultation template|create|list|open|close`.

use std::fs;

use anyhow::Context;
use gd_domain::StaffAction;
use gd_engine::Lookup;

use super::say;
use crate::cli::{Consultation, Installation};
use crate::consultation_file;
use crate::operator;
use crate::wiring;

pub(crate) async fn run(installation: &Installation, command: Consultation) -> anyhow::Result<()> {
    if matches!(command, Consultation::Template) {
        say(consultation_file::TEMPLATE.trim_end())?;
        return Ok(());
    }
    let draft = match &command {
        Consultation::Create { file } => {
            let text =
                fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
            Some(consultation_file::parse(&text).with_context(|| file.display().to_string())?)
        }
        _ => None,
    };
    let opened = match command {
        Consultation::Create { .. } => wiring::open_or_make(installation).await?,
        _ => wiring::open(installation).await?,
    };
    let engine = &opened.engine;
    let now = engine.now();
    match command {
        Consultation::Template => {}
        Consultation::Create { .. } => {
            let draft = draft.context("no file was read")?;
            let permit = operator::permit(engine, StaffAction::CreateConsultation)?;
            let created = engine.consultation().create(&permit, &draft).await;
            let created = created.map_err(|error| operator::manage_error(error, draft.slug.as_str()))?;
            let phase = created.consultation.phase_at(now);
            say(format_args!("{} is created, in the phase `{phase}`; its address is /c/{0}", draft.slug))?;
        }
        Consultation::List => list(engine, now).await?,
        Consultation::Open { slug } => {
            let id = operator::id_of(engine, &slug)?;
            let permit = operator::permit_on(engine, StaffAction::OpenConsultation, id)?;
            let opened = engine.consultation().open(&permit, id, now).await;
            opened.map_err(|error| operator::manage_error(error, &slug))?;
            say(format_args!("{slug} takes votes and proposals from now on"))?;
        }
        Consultation::Close { slug } => {
            let id = operator::id_of(engine, &slug)?;
            let permit = operator::permit_on(engine, StaffAction::CloseConsultation, id)?;
            let closed = engine.consultation().close(&permit, id, now).await;
            closed.map_err(|error| operator::manage_error(error, &slug))?;
            say(format_args!("{slug} is closed"))?;
        }
    }
    opened.close().await;
    Ok(())
}

async fn list(engine: &gd_engine::Engine, now: gd_domain::Timestamp) -> anyhow::Result<()> {
    let permit = operator::permit(engine, StaffAction::Read)?;
    let consultations = engine.consultation().all_for_staff(&permit)?;
    if consultations.is_empty() {
        say("no consultation yet: `consultation template` prints a file to start from")?;
    }
    for view in consultations {
        let phase = view.consultation.phase_at(now);
        let lookup = Lookup { view, phase };
        let figures = engine.results().figures(&lookup, now).await?;
        let Lookup { view, phase, .. } = lookup;
        say(format_args!(
            "{:<24} {:<13} {:>7} proposals {:>9} ballots {:>8} participants  {}",
            view.consultation.slug().as_str(),
            phase.as_str(),
            figures.proposals,
            figures.ballots,
            figures.participants,
            view.consultation.description.question
        ))?;
    }
    Ok(())
}
