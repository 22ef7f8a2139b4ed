//! `/c/{slug}/votes/erase`: a participant asks to be forgotten.

use askama::Template;

use crate::frame::{Frame, Here};

/// The page that asks for confirmation before votes and answers are erased.
#[derive(Debug, Template)]
#[template(path = "public/participants/erase.html")]
pub struct ErasePage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// Whether it is done.
    pub is_done: bool,
}
