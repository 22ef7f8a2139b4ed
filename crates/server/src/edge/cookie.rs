//! Cookies: reading one, and the words of the participant's for those who set, sign and remove it.

use actix_web::http::header::{self, HeaderMap};

/// The name of the participant's cookie.
pub(crate) const PARTICIPANT_COOKIE: &str = "gd_participant";

/// The purpose that the cookie's signature is bound to.
pub(crate) const PARTICIPANT_COOKIE_PURPOSE: &str = "participant cookie 1";

/// A `Set-Cookie` that removes it.
pub(crate) const FORGET_PARTICIPANT: &str = "gd_participant=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax";

/// The value of a cookie, without copying.
pub(crate) fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|&(key, _)| key == name).map(|(_, value)| value)
}
