//! `/`: the consultations of this installation.

use askama::Template;
use gd_domain::{Figures, Timestamp};

use crate::frame::{Frame, Here};

/// The consultations of this installation.
#[derive(Debug, Template)]
#[template(path = "public/consultation/home.html")]
pub struct HomePage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultations to show, in order; drafts are not for the public.
    pub consultations: Vec<ListedConsultation<'a>>,
}

/// A consultation in the list.
#[derive(Clone, Copy, Debug)]
pub struct ListedConsultation<'a> {
    /// The consultation as it stands.
    pub here: Here<'a>,
    /// Counts of participants, proposals and ballots.
    pub figures: Figures,
}

impl ListedConsultation<'_> {
    /// The end of participation, if one is set.
    fn ends_at(&self) -> Option<Timestamp> {
        self.here.consultation.description.calendar.consultation_ends_at()
    }
}
