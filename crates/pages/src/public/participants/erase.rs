//! `/c/{slug}/votes/erase`: a participant asks to be forgotten.

use askama::Template;

use crate::frame::{Frame, Here};

/// What erasing means, before it is done.
#[derive(Debug, Template)]
#[template(path = "public/participants/erase.html")]
pub struct ErasePage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The consultation.
    pub here: Here<'a>,
    /// Whether it is done.
    pub is_done: bool,
}
