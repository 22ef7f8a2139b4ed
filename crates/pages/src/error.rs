//! What is shown when a page cannot be.

use askama::Template;
use gd_domain::Slug;

use crate::Frame;

/// What is shown when a page cannot be: what happened and what to do.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The HTTP status it is sent with.
    pub status: u16,
    /// The consultation to go back to, if it is known.
    pub consultation: Option<&'a Slug>,
    /// The request's identifier, for whoever reports it.
    pub request_id: Option<&'a str>,
}

/// The statuses with words of their own.
pub(crate) const STATUSES: [u16; 10] = [400, 401, 403, 404, 409, 413, 422, 429, 500, 503];

impl ErrorPage<'_> {
    fn title(&self) -> String {
        self.frame.say(format!("error-{}-title", self.worded_status()))
    }

    fn advice(&self) -> String {
        self.frame.say(format!("error-{}-advice", self.worded_status()))
    }

    /// A status without words of its own is told as the plainest of its kind.
    fn worded_status(&self) -> u16 {
        match self.status {
            known if STATUSES.contains(&known) => known,
            400..=499 => 400,
            _ => 500,
        }
    }
}
