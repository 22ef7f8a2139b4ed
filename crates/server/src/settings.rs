//! Settings of a server.

use std::time::Duration;

use gd_engine::Secret;
use ipnet::IpNet;

/// Settings of a server, fixed when it starts.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// Its public address, as in `https://dialogue.example`; cookies are `Secure` when it is https.
    pub public_url: Option<String>,
    /// The proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Threads that serve; one per core when `None`.
    pub workers: Option<usize>,
    /// Time that readiness says 503 before connections are refused, for load balancers to notice.
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
