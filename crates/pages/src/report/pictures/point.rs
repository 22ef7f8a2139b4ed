//! A place in the triangle of agree, disagree and neutral.

use gd_report::ProposalResult;

use crate::report::view::ProposalView as _;

/// Lengths of the drawing, in its own units: 400 wide, so that a phone shows it nearly at this size.
pub(super) const SIDE: f64 = 312.0;
/// SIDE · √3 / 2.
pub(super) const HEIGHT: f64 = 270.2;
pub(super) const LEFT: f64 = 44.0;
pub(super) const TOP: f64 = 28.0;

/// A point of the triangle by its shares; the rest is neutral.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) agree: f64,
    pub(crate) disagree: f64,
}

impl Point {
    /// This far on the way to another point.
    pub(crate) fn towards(self, other: Self, part: f64) -> Self {
        let between = |from: f64, to: f64| from + (to - from) * part;
        Self { agree: between(self.agree, other.agree), disagree: between(self.disagree, other.disagree) }
    }

    /// The proposal's place by its shares. `None` without a vote.
    pub(crate) fn of(proposal: &ProposalResult) -> Option<Self> {
        let shares = proposal.estimates()?;
        Some(Self { agree: shares.agree.mean, disagree: shares.disagree.mean })
    }

    /// Its place in the drawing.
    pub(super) fn place(self) -> (f64, f64) {
        let neutral = 1.0 - self.agree - self.disagree;
        (LEFT + SIDE * (self.agree + neutral / 2.0), TOP + HEIGHT * (1.0 - neutral))
    }
}
