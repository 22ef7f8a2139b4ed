//! Cookies: reading one, and the attributes of those we set.
//!
//! Requests are not read by `HttpRequest::cookies_raw`: it drops every cookie when one header is not UTF-8, and copies
//! them all.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{self, HeaderMap, HeaderValue};

use crate::edge::limits::COOKIE_LIFE;

/// The name of the participant's cookie.
pub(crate) const PARTICIPANT_COOKIE: &str = "gd_participant";

/// The purpose that the cookie's signature is bound to.
pub(crate) const PARTICIPANT_COOKIE_PURPOSE: &str = "participant cookie 1";

/// The value of a cookie, without copying.
pub(crate) fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|&(key, _)| key == name).map(|(_, value)| value)
}

/// A `Set-Cookie` for all pages of this site; `Secure` behind TLS.
pub(crate) fn set(name: &str, value: &str, is_behind_tls: bool) -> HeaderValue {
    header_value(&of_site(name, value, COOKIE_LIFE, is_behind_tls))
}

/// A `Set-Cookie` that removes the participant's cookie.
pub(crate) fn forget_participant() -> HeaderValue {
    header_value(&of_site(PARTICIPANT_COOKIE, "", Duration::ZERO, false))
}

fn of_site<'a>(name: &'a str, value: &'a str, life: Duration, is_behind_tls: bool) -> Cookie<'a> {
    let cookie = Cookie::build(name, value).path("/").max_age(life);
    cookie.http_only(true).same_site(SameSite::Lax).secure(is_behind_tls).finish()
}

fn header_value(cookie: &Cookie<'_>) -> HeaderValue {
    HeaderValue::try_from(cookie.to_string()).expect("words and URL-safe text are header values")
}
