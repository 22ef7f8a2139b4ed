//! `/c/{slug}/vote`: one card at a time.

use askama::Template;
use gd_domain::{Audience, Opinion, ProposalNumber, Qualification};

use crate::share_chart::ShareChart;
use crate::{Counts, Frame, Here};

/// A card to vote on, a card just answered, or what comes after the last one.
#[derive(Debug, Template)]
#[template(path = "vote.html")]
pub struct VotePage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The consultation.
    pub here: Here<'a>,
    /// `n` of the address: the place in the sequence, from 1, of the card shown; or, when a card was just
    /// answered, of the card that comes next.
    pub place: u8,
    /// Cards in a sequence.
    pub sequence_length: u8,
    /// Whether to ask to which audience the participant belongs, before the card.
    pub asks_audience: bool,
    /// Something that went otherwise than the participant expects.
    pub notice: Option<VoteNotice>,
    /// What is shown.
    pub state: VoteState,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub enum VoteState {
    /// A card to vote on.
    Card(Card),
    /// The card just answered, with its nuances.
    Answered(Answered),
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
    /// Its number.
    pub number: ProposalNumber,
    /// What it says.
    pub text: String,
    /// Its theme's title, if it has one.
    pub theme: Option<String>,
    /// The vote key for this participant.
    pub key: String,
}

/// A card with the participant's answer.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The card.
    pub card: Card,
    /// The answer that stands.
    pub opinion: Opinion,
    /// What everybody answered; `None` unless results are live.
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

impl VoteNotice {
    const fn key(self) -> &'static str {
        match self {
            Self::CardExpired => "notice-card-expired",
            Self::ProposalGone => "notice-proposal-gone",
            Self::AnswerNotUnderstood => "notice-answer-not-understood",
            Self::Retracted => "notice-retracted",
        }
    }
}

/// A nuance as a switch: the set of nuances that stand once it is pressed.
struct Nuance {
    qualification: Qualification,
    is_on: bool,
    /// What pressing it leaves standing.
    after: Vec<Qualification>,
}

impl Answered {
    fn nuances(&self) -> Vec<Nuance> {
        let nuances: Vec<Qualification> = Qualification::of(self.opinion.choice()).collect();
        let toggled = |pressed: Qualification| {
            let stands_after = |other: &Qualification| self.opinion.has(*other) != (*other == pressed);
            nuances.iter().copied().filter(stands_after).collect()
        };
        nuances
            .iter()
            .map(|&qualification| Nuance {
                qualification,
                is_on: self.opinion.has(qualification),
                after: toggled(qualification),
            })
            .collect()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
impl VotePage<'_> {
    fn title(&self) -> String {
        match &self.state {
            VoteState::Card(_) => self.frame.say("vote-title"),
            VoteState::Answered(answered) => {
                self.frame.say_name("vote-title-answered", self.frame.choice_name(&answered.opinion.choice()))
            }
            VoteState::SequenceDone => self.frame.say("vote-done-title"),
            VoteState::NothingLeft => self.frame.say("vote-empty-title"),
            VoteState::Closed => self.frame.say("vote-closed-title"),
        }
    }

    /// The place of the card on the page; `None` past the sequence.
    fn card_place(&self) -> Option<u8> {
        let place = match self.state {
            VoteState::Card(_) => self.place,
            VoteState::Answered(_) => self.place.saturating_sub(1),
            _ => return None,
        };
        (1..=self.sequence_length).contains(&place).then_some(place)
    }

    fn progress(&self, place: &u8) -> String {
        let variables = [("place", (*place).into()), ("length", self.sequence_length.into())];
        crate::words::say(self.frame.language, "vote-progress", &variables)
    }

    /// One class per card of the sequence.
    fn progress_marks(&self, place: &u8) -> impl Iterator<Item = &'static str> {
        let answered = matches!(self.state, VoteState::Answered(_));
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

    fn audiences(&self) -> &[Audience] {
        let shows_card = matches!(self.state, VoteState::Card(_));
        let audiences = &self.here.consultation.description.audiences;
        if self.asks_audience && shows_card { audiences } else { &[] }
    }

    fn chart(&self, answered: &Answered, counts: &Counts) -> ShareChart {
        ShareChart::of_counts(self.frame.language, answered.card.number, counts)
    }
}
