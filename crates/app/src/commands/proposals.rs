//! `proposals list|publish|refuse|withdraw`.

use anyhow::Context;
use gd_domain::{ItemNumber, ModerationStatus, Proposal, RefusalReason, Slug, StaffAction};
use gd_engine::{Decision, Engine};

use super::say;
use crate::cli::{Installation, Proposals};
use crate::operator;
use crate::wiring;

pub(crate) async fn run(installation: &Installation, command: Proposals) -> anyhow::Result<()> {
    let opened = wiring::open(installation).await?;
    let engine = &opened.engine;
    match command {
        Proposals::List { slug, status } => list(engine, &slug, status).await?,
        Proposals::Publish { slug, numbers, theme } => {
            let theme = theme.map(|theme| theme.parse::<Slug>()).transpose()?;
            let count = decide(engine, &slug, &numbers, Decision::Publish { theme }).await?;
            say(format_args!("{count} published"))?;
        }
        Proposals::Refuse { slug, numbers, reason } => {
            let reason = RefusalReason::parse(&reason).with_context(|| {
                format!("the reason must be a sentence of 1 to {} characters", RefusalReason::LENGTH_MAX)
            })?;
            let count = decide(engine, &slug, &numbers, Decision::Refuse(reason)).await?;
            say(format_args!("{count} refused"))?;
        }
        Proposals::Withdraw { slug, numbers } => {
            let count = decide(engine, &slug, &numbers, Decision::Withdraw).await?;
            say(format_args!("{count} withdrawn"))?;
        }
    }
    opened.close().await;
    Ok(())
}

/// Decides on these proposals, or on all that are pending where none are named.
async fn decide(engine: &Engine, slug: &str, numbers: &[u32], decision: Decision) -> anyhow::Result<usize> {
    let consultation = operator::consultation(engine, slug)?;
    let permit = operator::permit_on(engine, StaffAction::Moderate, consultation.id())?;
    let seen = engine.proposals().items(consultation.first_poll()).await?;
    let pending = |proposal: &&Proposal| proposal.status == ModerationStatus::Pending;
    let numbers = match numbers {
        [] => seen.proposals().filter(pending).map(|proposal| proposal.number).collect(),
        named => typed(named),
    };
    let decided = engine.moderation().decide(&permit, consultation.id(), &seen, &numbers, &decision).await;
    decided.map_err(|error| operator::moderate_error(error, slug))
}

fn typed(numbers: &[u32]) -> Vec<ItemNumber> {
    numbers.iter().copied().map(ItemNumber).collect()
}

async fn list(engine: &Engine, slug: &str, status: Option<ModerationStatus>) -> anyhow::Result<()> {
    let view = engine.proposals().items(operator::consultation(engine, slug)?.first_poll()).await?;
    for proposal in view.proposals().filter(|proposal| status.is_none_or(|status| proposal.status == status))
    {
        let theme = proposal.theme.as_ref().map(|theme| format!(" [{theme}]")).unwrap_or_default();
        let reason =
            proposal.refusal_reason.as_ref().map(|reason| format!(" — {reason}")).unwrap_or_default();
        say(format_args!(
            "{:>6}  {:<9}  {}{theme}{reason}",
            proposal.number,
            proposal.status.as_str(),
            proposal.text
        ))?;
    }
    Ok(())
}
