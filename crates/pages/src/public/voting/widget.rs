//! `/c/{slug}/widget`: cards in a frame of another site. Small, without the site's navigation; every link leads
//! out of the frame.

use askama::Template;

use super::vote::{AnsweredCard, Card, VoteNotice};
use crate::frame::{ErrorPage, Frame, Here, words};

/// A card, a card just answered, or what is shown instead.
#[derive(Debug, Template)]
#[template(path = "public/voting/widget.html")]
pub struct WidgetPage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// The participant's token. Forms send it where no cookie can.
    pub token: &'a str,
    /// Whether they have voted before; the token of somebody who has not is not worth keeping.
    pub is_known: bool,
    /// The place in the sequence, from 1, of the card shown; or, when a card was just answered, of the next.
    pub place: u8,
    /// Cards in a sequence.
    pub sequence_length: u8,
    /// Something that went otherwise than the participant expects.
    pub notice: Option<VoteNotice>,
    /// The state to show.
    pub state: WidgetState,
}

/// States of the widget.
#[derive(Clone, Debug)]
pub enum WidgetState {
    /// A card to vote on.
    Card(Card),
    /// The card just answered, with its nuances.
    Answered(AnsweredCard),
    /// The sequence is over.
    Done,
    /// The participant has voted on every proposal.
    NothingLeft,
    /// Votes are not accepted in this phase.
    Closed,
    /// The organizers let no site show the widget.
    NotOffered,
    /// An error of this HTTP status.
    Trouble(u16),
}

impl<'a> WidgetPage<'a> {
    /// A page without anything to vote on, hence without a participant.
    #[must_use]
    pub fn without_card(frame: Frame<'a>, here: Here<'a>, state: WidgetState) -> Self {
        Self { frame, here, token: "", is_known: false, place: 1, sequence_length: 1, notice: None, state }
    }

    fn title(&self) -> String {
        match &self.state {
            WidgetState::Card(_) => self.frame.say("vote-title"),
            WidgetState::Answered(answered) => {
                self.frame.say_name("vote-title-answered", self.frame.choice_name(&answered.opinion.choice()))
            }
            told => told.words(self.frame).map(|(title, _)| title).unwrap_or_default(),
        }
    }

    /// The card's place among all, in words; `None` past the sequence.
    fn progress(&self) -> Option<String> {
        let place = match self.state {
            WidgetState::Card(_) => self.place,
            WidgetState::Answered(_) => self.place.saturating_sub(1),
            _ => return None,
        };
        let variables = [("place", place.into()), ("length", self.sequence_length.into())];
        let is_in_sequence = (1..=self.sequence_length).contains(&place);
        is_in_sequence.then(|| words::say(self.frame.language, "vote-progress", &variables))
    }

    /// The widget's own path: forms post to it, and starting again loads it.
    fn path(&self) -> String {
        self.here.path("/widget")
    }

    fn again(&self) -> String {
        format!("{}?lang={}", self.path(), self.frame.language)
    }
}

impl WidgetState {
    /// The title and the sentence of a state without a card.
    fn words(&self, frame: Frame<'_>) -> Option<(String, String)> {
        let say = |title: &str, text: &str| Some((frame.say(title), frame.say(text)));
        match self {
            Self::Card(_) | Self::Answered(_) => None,
            Self::Done => say("vote-done-title", "widget-done-text"),
            Self::NothingLeft => say("vote-empty-title", "vote-empty-text"),
            Self::Closed => say("vote-closed-title", "vote-closed-text"),
            Self::NotOffered => say("widget-not-offered-title", "widget-not-offered-text"),
            Self::Trouble(status) => Some(ErrorPage::words(frame, *status)),
        }
    }

    /// Whether starting again may help.
    fn offers_again(&self) -> bool {
        matches!(self, Self::Trouble(_))
    }
}
