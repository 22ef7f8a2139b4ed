//! The participant cookie's name and what is said with it, for those who set, sign and remove it.

/// Its name.
pub(crate) const COOKIE: &str = "gd_participant";

/// What its signature is for.
pub(crate) const COOKIE_PURPOSE: &str = "participant cookie 1";

/// Takes it away.
pub(crate) const FORGET_COOKIE: &str = "gd_participant=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax";
