//! The use-cases of staff.

use std::sync::Arc;

use gd_domain::{Actor, AuditPhase};
use serde_json::{Value, json};

use crate::port_error::PortResult;
use crate::running::Running;
use crate::running::secret::{HmacSha256, Secret};
use crate::staff::desk::{Desk, Permit};
use crate::staff::ports::AuditTrail;

/// The desk's back office: the audit trail, and the key that signs its checkpoints.
pub struct Staff {
    pub(crate) trail: Arc<dyn AuditTrail>,
    pub(crate) running: Arc<Running>,
    pub(crate) checkpoint_key: HmacSha256,
}

impl Staff {
    pub(crate) fn new(trail: Arc<dyn AuditTrail>, running: Arc<Running>, secret: &Secret) -> Self {
        Self { trail, running, checkpoint_key: secret.derive("audit checkpoint 1") }
    }

    pub(crate) fn desk(&self, actor: Actor) -> Desk<'_> {
        Desk::new(self, actor)
    }

    /// Sixteen random bytes.
    pub(crate) fn salt(&self) -> [u8; 16] {
        let (high, low) = (self.running.random_bits(), self.running.random_bits());
        (u128::from(high) << 64 | u128::from(low)).to_be_bytes()
    }

    /// Carries out a long act between two entries: it began; it ended, with what came of it.
    pub(crate) async fn long_act<T, E: std::fmt::Display>(
        &self,
        permit: &Permit,
        subject: &str,
        act: impl Future<Output = Result<(T, Value), E>>,
    ) -> Result<T, E>
    where
        E: From<crate::port_error::PortError>,
    {
        self.note(permit, AuditPhase::Begun, subject, &json!({})).await?;
        match act.await {
            Ok((outcome, detail)) => {
                self.note(permit, AuditPhase::Ended, subject, &detail).await?;
                Ok(outcome)
            }
            Err(failure) => {
                let detail = json!({ "failed": failure.to_string() });
                if let Err(unwritten) = self.note(permit, AuditPhase::Ended, subject, &detail).await {
                    tracing::error!(%unwritten, "the end of a failed act could not be written to the audit trail");
                }
                Err(failure)
            }
        }
    }

    /// Appends an entry that stands alone.
    async fn note(
        &self,
        permit: &Permit,
        phase: AuditPhase,
        subject: &str,
        detail: &Value,
    ) -> PortResult<u64> {
        self.trail.append_entry(&permit.entry_in(self, phase, subject.to_owned(), detail)).await
    }
}
