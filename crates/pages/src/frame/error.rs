//! The page of an error.

use askama::Template;
use gd_domain::Slug;

use super::page::Frame;

/// The page of an error. It says what happened and what to do.
#[derive(Debug, Template)]
#[template(path = "frame/error.html")]
pub struct ErrorPage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The HTTP status it is sent with.
    pub status: u16,
    /// The cause, where more is known than the status.
    pub story: Option<ErrorStory>,
    /// The consultation to go back to, if it is known.
    pub consultation: Option<&'a Slug>,
    /// Whether asking for the same address again does nothing but show it.
    pub is_repeatable: bool,
    /// The request's identifier, to quote in a report of the error.
    pub request_id: Option<&'a str>,
}

/// Causes of an error whose HTTP status alone would mislead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStory {
    /// The card was shown too long ago, or to somebody else.
    CardExpired,
    /// The proposal is not published any more.
    ProposalGone,
    /// The form was not sent from our own page.
    FormFromElsewhere,
    /// Results are shown once a report is published.
    ResultsHidden,
    /// Results are public, but no report has been made yet.
    ReportAwaited,
}

impl ErrorStory {
    /// Every story, in a fixed order.
    pub const ALL: [Self; 5] = [
        Self::CardExpired,
        Self::ProposalGone,
        Self::FormFromElsewhere,
        Self::ResultsHidden,
        Self::ReportAwaited,
    ];

    /// The story's part of the message keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CardExpired => "card-expired",
            Self::ProposalGone => "proposal-gone",
            Self::FormFromElsewhere => "form-from-elsewhere",
            Self::ResultsHidden => "results-hidden",
            Self::ReportAwaited => "report-awaited",
        }
    }
}

/// The statuses with words of their own.
pub(crate) const STATUSES: [u16; 10] = [400, 401, 403, 404, 409, 413, 422, 429, 500, 503];

impl ErrorPage<'_> {
    /// The title and the advice for an error of this status, for pages that show it as a part.
    pub(crate) fn words(frame: Frame<'_>, status: u16) -> (String, String) {
        let (story, consultation, is_repeatable, request_id) = (None, None, false, None);
        let page = ErrorPage { frame, status, story, consultation, is_repeatable, request_id };
        (page.title(), page.advice())
    }

    fn title(&self) -> String {
        self.told("title")
    }

    fn advice(&self) -> String {
        self.told("advice")
    }

    fn told(&self, part: &str) -> String {
        match self.story {
            Some(story) => self.frame.say(format!("error-{}-{part}", story.as_str())),
            None => self.frame.say(format!("error-{}-{part}", self.worded_status())),
        }
    }

    /// Whether the page at this address may be there a moment later: a form's page then has a fresh card, a server
    /// that was busy answers.
    fn offers_again(&self) -> bool {
        let may_pass = matches!(self.status, 429 | 500 | 503) && self.is_repeatable;
        may_pass || self.story == Some(ErrorStory::CardExpired)
    }

    /// The status whose words the page uses. A status without words of its own takes those of 400 or 500.
    fn worded_status(&self) -> u16 {
        match self.status {
            known if STATUSES.contains(&known) => known,
            400..=499 => 400,
            _ => 500,
        }
    }
}
