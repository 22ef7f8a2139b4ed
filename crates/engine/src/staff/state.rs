//! The area's state: the audit trail, and the key that signs its checkpoints.

use std::sync::Arc;

use crate::running::Running;
use crate::running::secret::{HmacSha256, Secret};
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

    /// Sixteen random bytes.
    pub(crate) fn salt(&self) -> [u8; 16] {
        let (high, low) = (self.running.random_bits(), self.running.random_bits());
        (u128::from(high) << 64 | u128::from(low)).to_be_bytes()
    }
}
