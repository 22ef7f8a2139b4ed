//! `proposals list|publish|refuse|withdraw`.

use anyhow::Context;
use gd_domain::{ModerationStatus, ProposalNumber, RefusalReason, Slug};
use gd_engine::{Decision, Engine};

use super::say;
use crate::cli::{Installation, Proposals};
use crate::wiring;

pub(crate) async fn run(installation: &Installation, command: Proposals) -> anyhow::Result<()> {
    let opened = wiring::open(installation).await?;
    let engine = &opened.engine;
    match command {
        Proposals::List { slug, status } => list(engine, &slug, status)?,
        Proposals::Publish { slug, numbers, theme } => {
            let theme = theme.map(|theme| theme.parse::<Slug>()).transpose()?;
            let numbers = if numbers.is_empty() { engine.pending_proposals(&slug)? } else { typed(&numbers) };
            let count = engine.moderate(&slug, &numbers, Decision::Publish { theme }).await?;
            say(format_args!("{count} published"))?;
        }
        Proposals::Refuse { slug, numbers, reason } => {
            let reason = RefusalReason::parse(&reason).with_context(|| {
                format!("the reason must be a sentence of 1 to {} characters", RefusalReason::LENGTH_MAX)
            })?;
            let count = engine.moderate(&slug, &typed(&numbers), Decision::Refuse(reason)).await?;
            say(format_args!("{count} refused"))?;
        }
        Proposals::Withdraw { slug, numbers } => {
            let count = engine.moderate(&slug, &typed(&numbers), Decision::Withdraw).await?;
            say(format_args!("{count} withdrawn"))?;
        }
    }
    opened.close().await;
    Ok(())
}

fn typed(numbers: &[u32]) -> Vec<ProposalNumber> {
    numbers.iter().copied().map(ProposalNumber).collect()
}

fn list(engine: &Engine, slug: &str, status: Option<ModerationStatus>) -> anyhow::Result<()> {
    let view = super::find(engine, slug)?.view();
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
