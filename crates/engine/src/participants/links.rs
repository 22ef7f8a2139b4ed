//! Links that work once: whoever signs them says until when they hold, the records say whether they were used.

use gd_domain::Timestamp;

use crate::engine::Engine;
use crate::ports::PortResult;

impl Engine {
    /// Uses up the link of this nonce; false when it is too late, or another use came first.
    ///
    /// # Errors
    /// Of the port: the link may be used up then.
    pub async fn use_link(&self, nonce: i64, expires_at: Timestamp, now: Timestamp) -> PortResult<bool> {
        if now >= expires_at {
            return Ok(false);
        }
        self.ports.one_time_links.use_up(nonce, expires_at, now).await
    }
}
