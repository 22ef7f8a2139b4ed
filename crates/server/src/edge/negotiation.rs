//! Content negotiation: `Accept`, `Accept-Encoding`, and the reader's language by cookie or `Accept-Language`.
//!
//! Actix's header types are not used: `AcceptEncoding::negotiate` reads `*` as `identity`, and the `ranked` lists
//! of `Accept` and `AcceptLanguage` keep values of quality 0.

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use gd_domain::Language;
use gd_pages::choose_language;

use crate::edge::cookie;

const LANGUAGE_COOKIE: &str = "gd_language";

/// The request headers a page's language depends on.
pub(crate) const LANGUAGE_VARIES_BY: &str = "accept-language, cookie";

/// The reader's language; `fallback` if we speak none of theirs.
pub(crate) fn language(headers: &HeaderMap, fallback: Language) -> Language {
    let chosen = cookie::value(headers, LANGUAGE_COOKIE).and_then(|word| word.parse().ok());
    chosen.unwrap_or_else(|| {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        choose_language(ranked(accepted.unwrap_or_default()), fallback)
    })
}

/// The cookie that remembers the language a reader chose.
pub(crate) fn language_cookie(language: Language, is_behind_tls: bool) -> HeaderValue {
    cookie::set(LANGUAGE_COOKIE, &language.to_string(), is_behind_tls)
}

/// Whether the client prefers gzip to an uncompressed response.
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let accepted = accepted.unwrap_or_default().to_ascii_lowercase();
    // `*` stands for the codings that are not named.
    let is_named = accepted.split([',', ';']).any(|part| part.trim() == "gzip");
    ranked(&accepted)
        .find(|&coding| matches!(coding, "gzip" | "identity") || coding == "*" && !is_named)
        .is_some_and(|best| best != "identity")
}

/// The values of an `Accept…` header by descending quality, without those of quality 0 or of a quality that is no
/// number.
pub(crate) fn ranked(header: &str) -> impl Iterator<Item = &str> {
    let mut values = header.split(',').map(split_quality).collect::<Vec<_>>();
    values.retain(|&(value, quality)| !value.is_empty() && quality > 0.0);
    // The sort is stable: values of equal quality stay in the order they were sent.
    values.sort_by(|a, b| b.1.total_cmp(&a.1));
    values.into_iter().map(|(value, _)| value)
}

fn split_quality(item: &str) -> (&str, f32) {
    let (value, parameters) = item.split_once(';').unwrap_or((item, ""));
    let quality = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("q="));
    let quality = quality.map_or(1.0, |quality| quality.trim().parse().unwrap_or(0.0));
    (value.trim(), quality)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn a_choice_comes_before_the_browsers_and_that_before_the_consultations() {
        let mut headers = HeaderMap::new();
        assert_eq!(language(&headers, Language::En), Language::En);
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("de, en;q=0.3, fr-BE;q=0.8"));
        assert_eq!(language(&headers, Language::En), Language::Fr);
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; gd_language=en"));
        assert_eq!(language(&headers, Language::Fr), Language::En);
        headers.insert(header::COOKIE, HeaderValue::from_static("gd_language=tlh"));
        assert_eq!(language(&headers, Language::En), Language::Fr);
    }

    #[test]
    fn gzip_is_for_those_who_take_it() {
        let takes = |accepted: &'static str| {
            let request = TestRequest::default().insert_header(("accept-encoding", accepted));
            takes_gzip(request.to_http_request().headers())
        };
        assert!(["gzip", "deflate, gzip;q=0.5", "*", "br, gzip"].into_iter().all(takes));
        assert!(["identity;q=0.5, *", "*;q=0.5, gzip;q=0.1", "GZIP"].into_iter().all(takes));
        let refused = ["identity", "gzip;q=0", "br", "identity, gzip;q=0.1", "gzip;q=0, *", "*, GZip; q=0"];
        assert!(!refused.into_iter().any(takes));
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn the_best_liked_comes_first() {
        let ranked = |header| ranked(header).collect::<Vec<_>>();
        assert_eq!(ranked("de;q=0.5, fr-FR, en;q=0.9"), ["fr-FR", "en", "de"]);
        assert_eq!(ranked("en, fr"), ["en", "fr"]);
        assert_eq!(ranked("en;q=0, fr;q=nonsense"), [] as [&str; 0]);
        assert_eq!(ranked(""), [] as [&str; 0]);
    }
}
