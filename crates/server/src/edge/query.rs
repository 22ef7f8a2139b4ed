//! Query strings: their length, their values, their encoding.

use actix_web::HttpRequest;
use actix_web::web::Query;
use serde::de::DeserializeOwned;

use crate::edge::limits::QUERY_BYTES_MAX;
use crate::edge::problem::{Code, Problem};

/// Refuses a query of more than `QUERY_BYTES_MAX` bytes.
pub(crate) fn check_length(query: &str) -> Result<(), Problem> {
    if query.len() <= QUERY_BYTES_MAX {
        return Ok(());
    }
    let detail = format!("A query holds at most {QUERY_BYTES_MAX} bytes.");
    Err(Problem::new(Code::QueryTooLong, detail))
}

/// The values of a query; each is text or absent.
pub(crate) fn parse<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Problem> {
    let query = request.query_string();
    if !is_utf8_once_decoded(query) {
        return Err(Problem::malformed("The query is not UTF-8."));
    }
    Query::<T>::from_query(query)
        .map(Query::into_inner)
        .map_err(|error| Problem::malformed(format!("The query does not fit: {error}.")))
}

/// Whether the percent-encoded bytes of a query or a form are UTF-8. Decoders replace other bytes by U+FFFD, which
/// would then be published as if somebody had typed it.
pub(crate) fn is_utf8_once_decoded(encoded: &str) -> bool {
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let [first, after @ ..] = rest {
        // A percent sign without two hexadecimal digits after it stands for itself.
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
