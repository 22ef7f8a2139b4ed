//! Has proposals published by a command, since no public call can, and waits until every server shows them.

use std::collections::BTreeSet;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use tokio::time::sleep;

use crate::open::Run;

/// Most numbers in one call of the command.
const NUMBERS_PER_CALL_MAX: usize = 2_000;

/// The pause between two looks at what is published.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(200);

/// Calls the command with the numbers as arguments, a part of them at a time.
pub(crate) async fn publish(command: &str, numbers: &[u32]) -> anyhow::Result<()> {
    for part in numbers.chunks(NUMBERS_PER_CALL_MAX) {
        let mut call = Command::new("sh");
        call.args(["-c", &format!("{command} \"$@\""), "sh"]).args(part.iter().map(u32::to_string));
        let output = tokio::task::spawn_blocking(move || call.output()).await?;
        let output = output.context("the --moderate command cannot be started")?;
        ensure!(
            output.status.success(),
            "the --moderate command failed ({}): {}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}

/// Waits until every server has these proposals in its tallies, which show published ones only.
pub(crate) async fn await_visible(run: &Run, numbers: &[u32], time_max: Duration) -> anyhow::Result<()> {
    let began = Instant::now();
    for (place, server) in run.consultation.servers().iter().enumerate() {
        loop {
            let tallies = run.reader.tallies(place).await?;
            let shown = tallies.proposals.iter().map(|tally| tally.number).collect::<BTreeSet<_>>();
            let missing = numbers.iter().filter(|number| !shown.contains(number)).count();
            if missing == 0 {
                break;
            }
            if began.elapsed() >= time_max {
                bail!(
                    "{missing} of {} proposals that should be published are not visible on {} after {} s",
                    numbers.len(),
                    server.address,
                    time_max.as_secs()
                );
            }
            sleep(LOOK_AGAIN_AFTER).await;
        }
    }
    Ok(())
}
