//! `/c/{slug}`: the question, what it has gathered, and what happens next.

use askama::Template;
use gd_domain::{Figures, Moderation, Phase, Timestamp};

use crate::frame::{Frame, Here, QuotedProposal};

/// A consultation's first page.
#[derive(Debug, Template)]
#[template(path = "public/consultation/landing.html")]
pub struct LandingPage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// Counts of participants, proposals and ballots so far.
    pub figures: Figures,
    /// A few of the latest published proposals.
    pub latest: Vec<QuotedProposal>,
}

/// A phase of the timeline.
struct Step {
    phase: Phase,
    starts_at: Timestamp,
    state: StepState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StepState {
    Past,
    Current,
    ToCome,
}

impl StepState {
    const fn class(self) -> &'static str {
        match self {
            Self::Past => "step step-past",
            Self::Current => "step step-current",
            Self::ToCome => "step",
        }
    }
}

impl LandingPage<'_> {
    fn steps(&self) -> impl Iterator<Item = Step> {
        let current = self.here.phase;
        self.here.consultation.description.calendar.starts().map(move |(phase, starts_at)| {
            let state = match phase.cmp(&current) {
                std::cmp::Ordering::Less => StepState::Past,
                std::cmp::Ordering::Equal => StepState::Current,
                std::cmp::Ordering::Greater => StepState::ToCome,
            };
            Step { phase, starts_at, state }
        })
    }

    /// Whether a moderator reads proposals before they are shown.
    fn reads_before(&self) -> bool {
        self.here.consultation.description.rules.moderation == Moderation::Before
    }

    fn ends_at(&self) -> Option<Timestamp> {
        self.here.consultation.description.calendar.consultation_ends_at()
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn step_story(&self, phase: &Phase) -> String {
        self.frame.say(format!("phase-{phase}-story"))
    }
}
