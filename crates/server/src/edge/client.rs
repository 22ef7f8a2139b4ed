//! The client: its address and scheme behind trusted proxies, its network, the host it asked for.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap};
use ipnet::IpNet;

/// The client's address: the peer's, or, behind trusted proxies, the last address of `X-Forwarded-For` that is not
/// a trusted proxy.
pub(crate) fn address(request: &HttpRequest, trusted: &[IpNet]) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    Some(behind_proxies(peer, request.headers(), trusted))
}

/// Whether the client reached us, or the trusted proxy in front of us, over TLS.
pub(crate) fn came_over_tls(request: &HttpRequest, trusted: &[IpNet]) -> bool {
    let peer_is_trusted = request.peer_addr().is_some_and(|peer| is_trusted(peer.ip(), trusted));
    let scheme = request.headers().get("x-forwarded-proto").and_then(|value| value.to_str().ok());
    let first = scheme.and_then(|schemes| schemes.split(',').next());
    peer_is_trusted && first.is_some_and(|scheme| scheme.trim().eq_ignore_ascii_case("https"))
}

/// The `Host` of the request, with or without a port; `None` if it is not a host name or an address.
pub(crate) fn host(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::HOST)?.to_str().ok().filter(|host| is_host(host))
}

/// The network whose budget a request takes from: the address itself, or its /64 in IPv6, which belongs to one
/// subscriber.
pub(crate) fn network(address: Option<IpAddr>) -> String {
    match address {
        None => "unknown".to_owned(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

fn behind_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    if !is_trusted(peer, trusted) {
        return peer.to_canonical();
    }
    let lines = headers.get_all("x-forwarded-for").filter_map(|line| line.to_str().ok()).collect::<Vec<_>>();
    let hops = lines.iter().flat_map(|line| line.split(',')).collect::<Vec<_>>();
    let mut client = peer.to_canonical();
    for hop in hops.into_iter().rev() {
        // Our proxies write readable addresses, so anything before an unreadable one is the client's claim.
        let Some(address) = parse_hop(hop.trim()) else { break };
        client = address;
        if !is_trusted(address, trusted) {
            break;
        }
    }
    client
}

fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    let address = address.to_canonical();
    trusted.iter().any(|network| network.contains(&address))
}

fn is_host(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
    !text.is_empty() && text.bytes().all(is_plain)
}

/// Parses an address, with or without a port.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    let plain = hop.parse::<IpAddr>().ok();
    let with_port = || hop.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip());
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse::<IpAddr>().ok();
    plain.or_else(with_port).or_else(bracketed).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let mut request = TestRequest::default().peer_addr(peer.parse().unwrap());
        for line in forwarded {
            request = request.append_header(("x-forwarded-for", *line));
        }
        address(&request.to_http_request(), &trusted).unwrap().to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(client("203.0.113.9:1", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1:1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("[::ffff:10.0.0.1]:1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("[::1]:1", &["[2001:db8::1]:443"]), "2001:db8::1");
    }

    #[test]
    fn the_last_untrusted_hop_is_the_client_whatever_it_claims_before() {
        assert_eq!(client("10.0.0.1:1", &["1.1.1.1, 198.51.100.1, 10.2.2.2"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1:1", &["1.1.1.1", "198.51.100.1:99"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1:1", &["1.1.1.1, nonsense, 10.2.2.2"]), "10.2.2.2");
        assert_eq!(client("10.0.0.1:1", &[]), "10.0.0.1");
    }

    #[test]
    fn an_ipv6_subscriber_is_one_network() {
        let network_of = |text: &str| network(Some(text.parse().unwrap()));
        assert_eq!(network_of("2001:db8:1:2::5"), network_of("2001:db8:1:2:ffff::1"));
        assert_ne!(network_of("2001:db8:1:2::5"), network_of("2001:db8:1:3::5"));
        assert_eq!(network_of("198.51.100.1"), "198.51.100.1");
    }

    #[test]
    fn tls_is_believed_of_trusted_proxies_only() {
        let trusted: [IpNet; 1] = ["10.0.0.0/8".parse().unwrap()];
        let request = |peer: &str, scheme: &'static str| {
            let request = TestRequest::default().peer_addr(peer.parse().unwrap());
            request.insert_header(("x-forwarded-proto", scheme)).to_http_request()
        };
        assert!(came_over_tls(&request("10.0.0.1:1", "https"), &trusted));
        assert!(!came_over_tls(&request("10.0.0.1:1", "http"), &trusted));
        assert!(!came_over_tls(&request("203.0.113.9:1", "https"), &trusted));
    }

    #[test]
    fn a_host_is_nothing_but_a_host() {
        for good in ["a.example", "127.0.0.1:8080", "[::1]:8443", "localhost"] {
            assert!(is_host(good), "{good}");
        }
        for bad in ["", "a.example/path", "user@a.example", "a b", "a\"b", "é.example", "a.example?x"] {
            assert!(!is_host(bad), "{bad}");
        }
    }
}
