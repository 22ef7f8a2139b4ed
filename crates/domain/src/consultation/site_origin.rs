//! The origin of another site: who may show our pages in theirs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The origin of another site, as in `https://www.journal.example`: scheme, host, perhaps a port. One `*.`
/// before the host stands for all its subdomains. Plain http is for a page on the reader's own machine,
/// where any port can be said by `*`. Safe to stand in a header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SiteOrigin(String);

/// The text is not the origin of a site.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "`{0}` is not the origin of a site: write https://, the host in lower case and nothing after it, as in https://www.journal.example"
)]
pub struct SiteOriginError(String);

/// Hosts that are the reader's own machine.
const OWN_MACHINE: [&str; 2] = ["localhost", "127.0.0.1"];

impl SiteOrigin {
    /// Greatest length, in bytes: a host's greatest, and what stands around it.
    const LENGTH_MAX: usize = 280;

    /// The text of the origin.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SiteOrigin {
    type Err = SiteOriginError;

    fn from_str(text: &str) -> Result<Self, SiteOriginError> {
        let is_valid = text.len() <= Self::LENGTH_MAX
            && match text.split_once("://") {
                Some(("https", rest)) => is_public(rest) || is_own_machine(rest),
                Some(("http", rest)) => is_own_machine(rest),
                _ => false,
            };
        if is_valid { Ok(Self(text.to_owned())) } else { Err(SiteOriginError(text.to_owned())) }
    }
}

fn is_public(rest: &str) -> bool {
    let (host, port) = split_port(rest);
    let host = host.strip_prefix("*.").unwrap_or(host);
    host.contains('.') && host.split('.').all(is_label) && port.is_none_or(is_port)
}

fn is_own_machine(rest: &str) -> bool {
    let (host, port) = split_port(rest);
    OWN_MACHINE.contains(&host) && port.is_none_or(|port| port == "*" || is_port(port))
}

fn split_port(rest: &str) -> (&str, Option<&str>) {
    rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)))
}

fn is_label(label: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&label.len())
        && label.bytes().all(is_plain)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

impl TryFrom<String> for SiteOrigin {
    type Error = SiteOriginError;

    fn try_from(text: String) -> Result<Self, SiteOriginError> {
        text.parse()
    }
}

impl From<SiteOrigin> for String {
    fn from(origin: SiteOrigin) -> Self {
        origin.0
    }
}

impl fmt::Display for SiteOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_a_host_and_perhaps_a_port() {
        for good in [
            "https://www.journal.example",
            "https://*.journal.example",
            "https://journal.example:8443",
            "https://xn--cole-9oa.example",
            "http://localhost:5173",
            "http://localhost:*",
            "http://127.0.0.1",
        ] {
            assert_eq!(good.parse::<SiteOrigin>().map(String::from).as_deref(), Ok(good));
        }
    }

    #[test]
    fn nothing_else_gets_into_a_header() {
        for bad in [
            "",
            "*",
            "https:",
            "https://*",
            "https://journal",
            "https://journal.example/",
            "https://journal.example/page",
            "https://Journal.example",
            "https://école.example",
            "https://a.example https://b.example",
            "https://a.example; script-src *",
            "https://a.example\r\nx: y",
            "https://a..example",
            "https://-a.example",
            "https://a.*.example",
            "https://a.example:*",
            "https://a.example:0",
            "https://a.example:+80",
            "http://journal.example",
            "ftp://journal.example",
            "'none'",
        ] {
            assert!(bad.parse::<SiteOrigin>().is_err(), "{bad:?}");
        }
    }
}
