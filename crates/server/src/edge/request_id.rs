//! Request identifiers: UUIDs ordered by time (version 7), or the one a proxy in front has set.

use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use gd_domain::Timestamp;

use crate::edge::limits::REQUEST_ID_BYTES_MAX;

/// The header that carries the identifier in requests and responses.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Spreads consecutive numbers over all bits.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The identifier of a request, stored in its extensions.
#[derive(Clone)]
pub(crate) struct RequestId(pub(crate) HeaderValue);

/// Makes identifiers that no other server makes: random bits are drawn once, then a counter runs.
pub(crate) struct RequestIds {
    node: u64,
    made: AtomicU64,
}

impl RequestIds {
    pub(crate) fn new(random: u64) -> Self {
        Self { node: random, made: AtomicU64::new(0) }
    }

    /// The identifier a request brings, or a new one.
    pub(crate) fn of(&self, headers: &HeaderMap, now: Timestamp) -> RequestId {
        let brought = headers.get(HEADER).filter(|value| is_acceptable(value.as_bytes()));
        RequestId(brought.cloned().unwrap_or_else(|| self.make(now)))
    }

    fn make(&self, now: Timestamp) -> HeaderValue {
        let place = self.made.fetch_add(1, Ordering::Relaxed).wrapping_mul(SPREAD);
        let mut bytes = [0; 10];
        bytes[..2].copy_from_slice(&place.to_be_bytes()[..2]);
        bytes[2..].copy_from_slice(&self.node.wrapping_add(place).to_be_bytes());
        let milliseconds = u64::try_from(now.as_millis()).unwrap_or(0);
        let id = uuid::Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid();
        let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
        HeaderValue::from_str(id.hyphenated().encode_lower(&mut text)).expect("hexadecimal is a header value")
    }
}

fn is_acceptable(id: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    (1..=REQUEST_ID_BYTES_MAX).contains(&id.len()) && id.iter().all(plain)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn identifiers_are_version_seven_and_never_twice() {
        let ids = RequestIds::new(42);
        let made = (0..10_000).map(|_| ids.make(Timestamp::from_millis(1_772_442_000_000)));
        let made = made.map(|id| id.to_str().unwrap().to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(made.len(), 10_000);
        assert!(made.iter().all(|id| id.len() == 36 && &id[14..15] == "7"));
    }

    #[test]
    fn a_plain_short_identifier_is_kept() {
        let of = |brought: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, HeaderValue::from_bytes(brought.as_bytes()).unwrap());
            let id = RequestIds::new(1).of(&headers, Timestamp::from_millis(0));
            id.0.to_str().unwrap().to_owned()
        };
        assert_eq!(of("abc-DEF-123"), "abc-DEF-123");
        for strange in ["a b", "é", "{}", "0123456789012345678901234567890123456789012345678901234567890123x"]
        {
            assert_ne!(of(strange), strange);
        }
    }
}
