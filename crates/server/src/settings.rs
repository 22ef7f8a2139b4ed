//! Settings of a server, fixed when it starts.

use std::time::Duration;

use gd_engine::Secret;
use ipnet::IpNet;

/// The settings of one server.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// The site's public address, as in `https://dialogue.example`; cookies are `Secure` if it is https.
    pub public_url: Option<String>,
    /// The proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are trusted.
    pub trusted_proxies: Vec<IpNet>,
    /// Number of worker threads; one per core if `None`.
    pub workers: Option<usize>,
    /// Time that readiness responds 503 before connections are refused, so that load balancers notice.
    pub drain_notice: Duration,
    /// The installation's secret, which signs the participants' cookies.
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
