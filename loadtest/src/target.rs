//! The target of the load: a server on this machine and nowhere else. Load on somebody else's server is an
//! attack.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use reqwest::Url;

/// A server on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
}

impl FromStr for Server {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text).context("give an address such as http://127.0.0.1:8080")?;
        ensure!(url.scheme() == "http", "only plain http is spoken, not {}", url.scheme());
        ensure!(
            url.path() == "/" && url.query().is_none(),
            "give the address of the server alone, without a path"
        );
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().context("give a port")?;
        Ok(Self { address: SocketAddr::new(loopback(host)?, port) })
    }
}

/// Names are not resolved: `localhost` is the one known here, so that no name can lead elsewhere.
fn loopback(host: &str) -> anyhow::Result<IpAddr> {
    if host == "localhost" {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    match address.filter(IpAddr::is_loopback) {
        Some(address) => Ok(address),
        None => bail!(
            "{host} is not this machine: only loopback addresses are loaded (127.0.0.1, [::1], localhost)"
        ),
    }
}

/// One consultation, and the servers that hold it: at least one.
#[derive(Clone, Debug)]
pub(crate) struct Consultation {
    servers: Arc<[Server]>,
    slug: Slug,
}

impl Consultation {
    /// # Panics
    /// Without a server.
    pub(crate) fn new(servers: &[Server], slug: Slug) -> Self {
        assert!(!servers.is_empty(), "a consultation is held by a server");
        Self { servers: servers.into(), slug }
    }

    /// The same consultation on another server.
    pub(crate) fn on(&self, server: Server) -> Self {
        Self::new(&[server], self.slug.clone())
    }

    pub(crate) fn servers(&self) -> &[Server] {
        &self.servers
    }

    /// The server whose turn it is: they take turns in the order they were given, over and over.
    pub(crate) fn server(&self, turn: usize) -> Server {
        self.servers[turn % self.servers.len()]
    }

    /// The path of the page that people see, from the root of the server.
    pub(crate) fn page(&self) -> String {
        format!("/c/{}", self.slug.0)
    }

    /// The path of what is asked of the consultation's JSON, from the root of the server.
    pub(crate) fn path(&self, of: &str) -> String {
        format!("/api/v1/consultations/{}/{of}", self.slug.0)
    }

    /// The whole address of the same, on the server whose turn it is.
    pub(crate) fn url(&self, turn: usize, of: &str) -> String {
        format!("http://{}{}", self.server(turn).address, self.path(of))
    }
}

/// The short name of a consultation: safe as it is in a request line.
#[derive(Clone, Debug)]
pub(crate) struct Slug(String);

impl FromStr for Slug {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        ensure!(!text.is_empty() && text.bytes().all(is_plain), "a slug is letters, digits, - _ and .");
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_addresses_are_targets() {
        let cases = [
            ("http://127.0.0.1:8080", "127.0.0.1:8080"),
            ("http://127.8.9.10", "127.8.9.10:80"),
            ("http://localhost:9", "127.0.0.1:9"),
            ("http://[::1]:8080/", "[::1]:8080"),
        ];
        for (text, address) in cases {
            assert_eq!(text.parse::<Server>().unwrap().address, address.parse().unwrap(), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_a_target() {
        let refused = [
            "http://192.168.1.1:8080",
            "http://0.0.0.0:8080",
            "http://localhost.example.org",
            "http://127.0.0.1.example.org:8080",
            "http://[::ffff:10.0.0.1]:80",
            "https://127.0.0.1",
            "http://127.0.0.1@10.0.0.1/",
            "http://127.0.0.1:8080/elsewhere",
            "127.0.0.1:8080",
            "",
        ];
        for text in refused {
            assert!(text.parse::<Server>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_slug_cannot_break_out_of_its_line() {
        assert!("grand-dialogue".parse::<Slug>().is_ok());
        for text in ["", "a b", "a\r\nb", "../x/y", "é"] {
            assert!(text.parse::<Slug>().is_err(), "{text:?}");
        }
    }
}
