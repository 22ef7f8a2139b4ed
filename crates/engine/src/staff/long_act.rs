//! Long acts: imports, exports, recounts. They leave two audit entries, so that one that never ended shows.

use std::fmt::Display;

use gd_domain::AuditPhase;
use serde_json::{Value, json};

use crate::port_error::{PortError, PortResult};
use crate::staff::desk::PermittedAct;
use crate::staff::state::Staff;

impl Staff {
    /// Carries out a long act between two entries: it began; it ended, with what came of it.
    pub(crate) async fn long_act<T, E>(
        &self,
        act: PermittedAct<'_>,
        subject: &str,
        work: impl Future<Output = Result<(T, Value), E>>,
    ) -> Result<T, E>
    where
        E: Display + From<PortError>,
    {
        self.note(act, AuditPhase::Begun, subject, &json!({})).await?;
        match work.await {
            Ok((outcome, detail)) => {
                self.note(act, AuditPhase::Ended, subject, &detail).await?;
                Ok(outcome)
            }
            Err(failure) => {
                let detail = json!({ "failed": failure.to_string() });
                if let Err(unwritten) = self.note(act, AuditPhase::Ended, subject, &detail).await {
                    tracing::error!(%unwritten, "the end of a failed act could not be written to the audit trail");
                }
                Err(failure)
            }
        }
    }

    /// Appends an entry that stands alone.
    async fn note(
        &self,
        act: PermittedAct<'_>,
        phase: AuditPhase,
        subject: &str,
        detail: &Value,
    ) -> PortResult<u64> {
        self.trail.append_entry(&act.entry_in(self, phase, subject.to_owned(), detail)).await
    }
}
