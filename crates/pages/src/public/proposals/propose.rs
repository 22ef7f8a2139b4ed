//! `/c/{slug}/propose`: the form.

use askama::Template;
use gd_domain::{ProposalTextError, user_perceived_length};

use crate::frame::{Frame, Here, QuotedProposal, words};

/// The form to answer with a proposal of one's own.
#[derive(Debug, Template)]
#[template(path = "public/proposals/propose.html")]
pub struct ProposePage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// The text typed so far; empty at first.
    pub typed: &'a str,
    /// Why what was typed cannot be a proposal.
    pub error: Option<ProposalTextError>,
    /// Published proposals that say nearly the same; when there are any, sending again sends all the same.
    pub similar: Vec<QuotedProposal>,
}

impl ProposePage<'_> {
    /// The text typed so far, without the words that open every proposal.
    fn after_prefix(&self) -> &str {
        self.here.consultation.description.presentation.after_prefix(self.typed)
    }

    /// Counted with what every proposal begins with, as the server will.
    fn length(&self) -> u64 {
        let answer = self.here.consultation.description.presentation.answer(self.typed);
        user_perceived_length(&answer).try_into().unwrap_or(u64::MAX)
    }

    fn error_text(&self, error: &ProposalTextError) -> String {
        match *error {
            ProposalTextError::Empty { length_max } => {
                self.frame.say_count("propose-error-empty", u64::from(length_max))
            }
            ProposalTextError::TooLong { length, length_max } => {
                let excess = length.saturating_sub(usize::from(length_max)).max(1);
                let variables =
                    [("length", length.into()), ("max", length_max.into()), ("count", excess.into())];
                words::say(self.frame.language, "propose-error-too-long", &variables)
            }
        }
    }
}
