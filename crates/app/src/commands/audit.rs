//! `audit verify`, `audit export` and `audit cut`.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use gd_domain::StaffAction;
use gd_engine::{AuditVerification, Engine};
use gd_exchange::{AUDIT_HEADER, audit_rows};

use super::say;
use crate::cli::{Audit, Installation};
use crate::jobs::audit_retention;
use crate::operator;
use crate::wiring;

pub(crate) async fn run(installation: &Installation, command: Audit) -> anyhow::Result<ExitCode> {
    let opened = wiring::open(installation).await?;
    let engine = &opened.engine;
    let code = match command {
        Audit::Verify => verify(engine).await?,
        Audit::Export { out } => {
            let entries = export(engine, &out).await?;
            say(format_args!("{entries} entries are in {}", out.display()))?;
            ExitCode::SUCCESS
        }
        Audit::Cut { months } => {
            let entries = audit_retention::cut(engine, months).await?;
            match entries {
                0 => say(format_args!("no entry is older than {months} months: nothing was cut"))?,
                _ => say(format_args!(
                    "{entries} entries older than {months} months were cut; the chain goes on from a signed checkpoint"
                ))?,
            }
            ExitCode::SUCCESS
        }
    };
    opened.close().await;
    Ok(code)
}

async fn verify(engine: &Engine) -> anyhow::Result<ExitCode> {
    let permit = operator::permit(engine, StaffAction::ReadAudit)?;
    Ok(match engine.staff().verify_audit(&permit).await? {
        AuditVerification::Sound { entries, erased, cut_up_to } => {
            say(format_args!("the audit trail is whole: {entries} entries follow from one another"))?;
            if cut_up_to > 0 {
                say(format_args!("  entries up to {cut_up_to} were cut at a checkpoint signed here"))?;
            }
            if erased > 0 {
                say(format_args!("  the details of {erased} were erased; their digests stay in the chain"))?;
            }
            ExitCode::SUCCESS
        }
        AuditVerification::Broken { position } => {
            say(format_args!(
                "the audit trail is broken at entry {position}: it was changed by hand, or a backup of another history was restored"
            ))?;
            ExitCode::FAILURE
        }
        AuditVerification::CheckpointForged => {
            say("the checkpoint of the audit trail was not signed with this installation's secret")?;
            ExitCode::FAILURE
        }
    })
}

/// Writes every entry. Returns the number written.
async fn export(engine: &Engine, out: &Path) -> anyhow::Result<u64> {
    let permit = operator::permit(engine, StaffAction::ReadAudit)?;
    let cannot = || format!("{} cannot be written", out.display());
    let mut file = File::create(out).with_context(cannot)?;
    file.write_all(AUDIT_HEADER.as_bytes()).with_context(cannot)?;
    let (mut after, mut written) = (0, 0);
    loop {
        let page = engine.staff().audit_page(&permit, after).await?;
        let Some(last) = page.last() else { break };
        after = last.position;
        written += u64::try_from(page.len()).unwrap_or(0);
        file.write_all(&audit_rows(&page)).with_context(cannot)?;
    }
    file.sync_all().with_context(cannot)?;
    Ok(written)
}
