//! In which language a reader wants their pages: what they chose, else what their browser asks for.

use actix_web::http::header::{self, HeaderMap};
use gd_domain::Language;
use gd_pages::choose_language;

use crate::edge::limits::COOKIE_LIFE_SECONDS;
use crate::edge::preference::ranked;
use crate::session::participant::cookie_value;

const COOKIE: &str = "gd_language";

/// The request headers a page's language depends on.
pub(crate) const LANGUAGE_VARIES_BY: &str = "accept-language, cookie";

/// The reader's language; `fallback` where we speak none of theirs.
pub(crate) fn language(headers: &HeaderMap, fallback: Language) -> Language {
    let chosen = cookie_value(headers, COOKIE).and_then(|word| word.parse().ok());
    chosen.unwrap_or_else(|| {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        choose_language(ranked(accepted.unwrap_or_default()), fallback)
    })
}

/// The cookie that remembers a choice.
pub(crate) fn cookie(language: Language, is_behind_tls: bool) -> String {
    let secure = if is_behind_tls { "; Secure" } else { "" };
    format!("{COOKIE}={language}; Path=/; Max-Age={COOKIE_LIFE_SECONDS}; HttpOnly; SameSite=Lax{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

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
}
