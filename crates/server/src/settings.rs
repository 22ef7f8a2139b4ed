//! What a server is told when it starts.

use std::time::Duration;

use gd_engine::Secret;
use ipnet::IpNet;

/// How a server presents itself.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// Where browsers find it, as in `https://dialogue.example`; cookies are `Secure` when it is https.
    pub public_url: Option<String>,
    /// The proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Threads that serve; one per core when `None`.
    pub workers: Option<usize>,
    /// How long readiness says 503 before connections are refused, for load balancers to notice.
    pub drain_notice: Duration,
    /// The installation's secret: signs the participants' cookies.
    pub secret: Secret,
}

impl ServerSettings {
    /// A server on its own, without proxies.
    #[must_use]
    pub fn new(secret: Secret) -> Self {
        Self {
            public_url: None,
            trusted_proxies: Vec::new(),
            workers: None,
            drain_notice: Duration::ZERO,
            secret,
        }
    }
}
