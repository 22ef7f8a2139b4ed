//! `/c/{slug}/vote`: one card at a time.

use std::fmt::Display;

use askama::Template;
use gd_domain::{Answers, Audience, ItemNumber, Opinion, Qualification, Question, ResultsVisibility, Theme};
use gd_report::Counts;

use super::totals::Totals;
use crate::frame::{Frame, Here, words};

/// A card to vote on, a card just answered, or what comes after the last one.
#[derive(Debug, Template)]
#[template(path = "public/voting/vote.html")]
pub struct VotePage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// `n` of the address: the place in the sequence, from 1, of the card shown; or, when a card was just
    /// answered, of the card that comes next.
    pub place: u8,
    /// Cards in a sequence.
    pub sequence_length: u8,
    /// Whether the participant has not said yet to which audience they belong.
    pub asks_audience: bool,
    /// Whether the participant was not asked the organizers' questions yet, where there are any.
    pub asks_questions: bool,
    /// Something that went otherwise than the participant expects.
    pub notice: Option<VoteNotice>,
    /// The state to show.
    pub state: VoteState,
}

/// States of the page.
#[derive(Clone, Debug)]
pub enum VoteState {
    /// A card to vote on.
    Card(Card),
    /// The card just answered, with its nuances.
    Answered(AnsweredCard),
    /// A pause: to which audience the participant belongs.
    Audience,
    /// A pause: what organizers ask participants about themselves.
    Questions,
    /// A pause: an idea of one's own?
    Invitation,
    /// The sequence is over.
    SequenceDone,
    /// The participant has voted on every proposal.
    NothingLeft,
    /// Votes are not accepted in this phase.
    Closed,
}

/// A proposal shown to a participant.
#[derive(Clone, Debug)]
pub struct Card {
    /// The proposal's number in its consultation.
    pub number: ItemNumber,
    /// The proposal's text.
    pub text: String,
    /// Its theme's title, if it has one.
    pub theme: Option<String>,
    /// The vote key for this participant.
    pub key: String,
}

/// A card with the participant's answer.
#[derive(Clone, Debug)]
pub struct AnsweredCard {
    /// The proposal that was answered.
    pub card: Card,
    /// The answer that stands.
    pub opinion: Opinion,
    /// Counts of all ballots. `None` unless results are live.
    pub counts: Option<Counts>,
}

/// Something that went otherwise than the participant expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteNotice {
    /// The card was shown too long ago: its key has expired or does not hold.
    CardExpired,
    /// The proposal is not published any more.
    ProposalGone,
    /// The answer was not one of the three, or its nuance goes with another choice.
    AnswerNotUnderstood,
    /// The vote was taken back.
    Retracted,
}

impl AnsweredCard {
    pub(crate) fn nuances(&self) -> Vec<Nuance> {
        Nuance::all(self.opinion)
    }
}

impl VoteNotice {
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::CardExpired => "notice-card-expired",
            Self::ProposalGone => "notice-proposal-gone",
            Self::AnswerNotUnderstood => "notice-answer-not-understood",
            Self::Retracted => "notice-retracted",
        }
    }
}

/// A nuance as a switch: the set of nuances that stand once it is pressed.
#[derive(Debug)]
pub(crate) struct Nuance {
    pub(crate) qualification: Qualification,
    pub(crate) is_on: bool,
    /// The nuances that stand once this one is pressed.
    pub(crate) after: Vec<Qualification>,
}

impl Nuance {
    /// Every nuance that goes with the opinion's choice.
    pub(crate) fn all(opinion: Opinion) -> Vec<Self> {
        let nuances: Vec<Qualification> = Qualification::of(opinion.choice()).collect();
        let toggled = |pressed: Qualification| {
            let stands_after = |other: &Qualification| opinion.has(*other) != (*other == pressed);
            nuances.iter().copied().filter(stands_after).collect()
        };
        nuances
            .iter()
            .map(|&qualification| Self {
                qualification,
                is_on: opinion.has(qualification),
                after: toggled(qualification),
            })
            .collect()
    }
}

impl VotePage<'_> {
    fn title(&self) -> String {
        match &self.state {
            VoteState::Card(_) => self.frame.say("vote-title"),
            VoteState::Answered(answered) => {
                self.frame.say_name("vote-title-answered", self.frame.choice_name(&answered.opinion.choice()))
            }
            VoteState::Audience => self.frame.say("audience-question"),
            VoteState::Questions => self.frame.say("questions-title"),
            VoteState::Invitation => self.frame.say("invitation-title"),
            VoteState::SequenceDone => self.frame.say("vote-done-title"),
            VoteState::NothingLeft => self.frame.say("vote-empty-title"),
            VoteState::Closed => self.frame.say("vote-closed-title"),
        }
    }

    /// The place of the card on the page; `None` past the sequence.
    fn card_place(&self) -> Option<u8> {
        let place = match self.state {
            VoteState::Card(_) => self.place,
            VoteState::Answered(_) | VoteState::Audience | VoteState::Questions | VoteState::Invitation => {
                self.place.saturating_sub(1)
            }
            _ => return None,
        };
        (1..=self.sequence_length).contains(&place).then_some(place)
    }

    /// The card's place among all, in words. The script fills in a place of `{}`.
    fn progress(&self, place: impl Display) -> String {
        let variables = [("place", place.to_string().into()), ("length", self.sequence_length.into())];
        words::say(self.frame.language, "vote-progress", &variables)
    }

    /// Whether the script may show what everybody answered, once the participant has.
    fn shows_totals(&self) -> bool {
        self.here.consultation.description.rules.results == ResultsVisibility::Live
    }

    fn themes(&self) -> &[Theme] {
        &self.here.consultation.description.themes
    }

    /// One class per card of the sequence.
    fn progress_marks(&self, place: &u8) -> impl Iterator<Item = &'static str> {
        let answered = !matches!(self.state, VoteState::Card(_));
        let place = *place;
        (1..=self.sequence_length).map(move |mark| match mark.cmp(&place) {
            std::cmp::Ordering::Less => "mark mark-done",
            std::cmp::Ordering::Equal if answered => "mark mark-done",
            std::cmp::Ordering::Equal => "mark mark-current",
            std::cmp::Ordering::Greater => "mark",
        })
    }

    /// Leaves the card for another: the server may use `skip` not to show it again at once.
    fn skip_path(&self, card: &Card) -> String {
        self.here.path(&format!("/vote?n={}&skip={}", self.place.saturating_add(1), card.number))
    }

    fn next_path(&self) -> String {
        self.here.path(&format!("/vote?n={}", self.place))
    }

    /// The audiences to choose from; none once the participant has said theirs.
    fn audiences(&self) -> &[Audience] {
        if self.asks_audience { &self.here.consultation.description.audiences } else { &[] }
    }

    /// The questions to ask; none once the participant has been asked.
    fn questions(&self) -> &[Question] {
        if self.asks_questions { &self.here.consultation.description.questions } else { &[] }
    }

    /// The path that leads on from a pause.
    fn onward_path(&self) -> String {
        self.here.path(&format!("/vote?n={}&on=1", self.place))
    }

    fn totals(&self, answered: &AnsweredCard, counts: &Counts) -> Totals<'_> {
        Totals { frame: self.frame, number: answered.card.number, counts: *counts }
    }
}
