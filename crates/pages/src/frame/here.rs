//! The consultation a page belongs to.

use gd_domain::{Action, Consultation, Language, Phase};

/// The consultation a page belongs to, at the instant of the request.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// The consultation's record.
    pub consultation: &'a Consultation,
    /// The phase it is in at the instant of the request.
    pub phase: Phase,
    /// Whether the public may see results: they are live, or a report is published.
    pub results_open: bool,
}

impl Here<'_> {
    pub(crate) fn question(&self) -> &str {
        &self.consultation.description.question
    }

    pub(crate) fn organisation(&self) -> &str {
        &self.consultation.description.organisation
    }

    /// The language its texts are written in, which may not be the page's.
    pub(crate) fn language(&self) -> Language {
        self.consultation.description.language
    }

    /// The introduction's paragraphs: an empty line parts them.
    pub(crate) fn paragraphs(&self) -> impl Iterator<Item = String> {
        let introduction = self.consultation.description.introduction.replace("\r\n", "\n");
        let paragraphs: Vec<String> =
            introduction.split("\n\n").map(|paragraph| paragraph.trim().to_owned()).collect();
        paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty())
    }

    /// The time zone its dates are written in.
    pub(crate) fn time_zone(&self) -> &str {
        &self.consultation.description.presentation.time_zone
    }

    /// The words that open every proposal, if organizers set them.
    pub(crate) fn answer_prefix(&self) -> Option<&str> {
        Some(self.consultation.description.presentation.answer_prefix.as_str())
            .filter(|prefix| !prefix.is_empty())
    }

    /// Greatest length of a proposal, in characters as people see them.
    pub(crate) fn length_max(&self) -> u64 {
        self.consultation.description.rules.proposal_length_max.into()
    }

    /// The path of one of its pages; that of the landing page for `""`.
    pub(crate) fn path(&self, page: &str) -> String {
        format!("/c/{}{page}", self.consultation.slug())
    }

    pub(crate) fn is_open(&self) -> bool {
        self.phase.accepts(Action::Vote)
    }
}
