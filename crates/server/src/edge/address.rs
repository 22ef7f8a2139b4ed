//! Reading addresses: the parts of a path, the values of a query, and where a form may lead back to.

use std::str::FromStr;

use actix_web::HttpRequest;
use actix_web::web::Query;
use gd_domain::ProposalNumber;
use serde::de::DeserializeOwned;

use crate::edge::problem::Problem;

/// The consultation's short name.
pub(crate) fn slug(request: &HttpRequest) -> &str {
    request.match_info().query("slug")
}

/// The proposal's number in the path.
pub(crate) fn proposal(request: &HttpRequest) -> Result<ProposalNumber, Problem> {
    number("proposal", request.match_info().query("proposal")).map(ProposalNumber)
}

/// The values of a query, all as text or absent.
pub(crate) fn query<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Problem> {
    let query = request.query_string();
    if !is_utf8_once_decoded(query) {
        return Err(Problem::malformed("The query is not UTF-8."));
    }
    Query::<T>::from_query(query)
        .map(Query::into_inner)
        .map_err(|error| Problem::malformed(format!("The query does not fit: {error}.")))
}

/// Whether the percent-encoded bytes of a query or a form are text. Decoders put U+FFFD in the place of
/// what is not, which would then be published as if somebody had typed it.
pub(crate) fn is_utf8_once_decoded(encoded: &str) -> bool {
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let [first, after @ ..] = rest {
        // A percent sign without two digits after it stands for itself.
        let escaped = (*first == b'%').then(|| escaped_byte(after)).flatten();
        decoded.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    std::str::from_utf8(&decoded).is_ok()
}

fn escaped_byte(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// A whole number, or what is wrong with it.
pub(crate) fn number<N: FromStr>(name: &str, text: &str) -> Result<N, Problem> {
    text.parse().map_err(|_| Problem::malformed(format!("`{name}` must be a whole number, not `{text}`.")))
}

/// A path of this site, to come back to; never another site's address.
pub(crate) fn local_path(path: &str) -> Option<&str> {
    let is_local = path.starts_with('/') && !path.starts_with("//");
    // Browsers read a backslash as a slash, and drop tabs and line ends.
    let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (is_local && is_plain).then_some(path)
}

/// Whether this is a host with or without a port, and nothing else.
pub(crate) fn is_host(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
    !text.is_empty() && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_nothing_but_a_host() {
        for good in ["a.example", "127.0.0.1:8080", "[::1]:8443", "localhost"] {
            assert!(is_host(good), "{good}");
        }
        for bad in ["", "a.example/path", "user@a.example", "a b", "a\"b", "é.example", "a.example?x"] {
            assert!(!is_host(bad), "{bad}");
        }
    }

    #[test]
    fn text_is_told_from_bytes() {
        for text in
            ["", "a=b&c=%C3%A9", "q=%c3%a9+x", "q=100%", "q=%", "q=%4", "q=%zz", "q=é", "q=%F0%9F%8C%B3"]
        {
            assert!(is_utf8_once_decoded(text), "{text}");
        }
        for bytes in ["q=%FF", "q=%FF%FE", "q=%C3", "q=%C3&r=%A9", "%ff=x", "q=%C3%28", "q=%ED%A0%80"] {
            assert!(!is_utf8_once_decoded(bytes), "{bytes}");
        }
    }

    #[test]
    fn forms_lead_back_to_this_site_only() {
        for good in ["/", "/c/x", "/c/x/vote?n=3&last=2", "/c/x//y"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in [
            "",
            "c/x",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "/\r\nx: y",
            "/é",
        ] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
    }
}
