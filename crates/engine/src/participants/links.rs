//! Links that work once: their signer sets an expiry, the records hold which were used.

use gd_domain::Timestamp;

use crate::participants::state::Participants;
use crate::port_error::PortResult;

impl Participants {
    /// Uses up the link of this nonce; false when it is too late, or another use came first.
    ///
    /// # Errors
    /// The records do not answer: the link may be used up then.
    pub async fn use_link(&self, nonce: i64, expires_at: Timestamp, now: Timestamp) -> PortResult<bool> {
        if now >= expires_at {
            return Ok(false);
        }
        self.ports.one_time_links.use_up(nonce, expires_at, now).await
    }
}
