//! Phases, and the dates that decide which acts are accepted.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::timestamp::Timestamp;
use crate::words::words;

/// The part of its life a consultation is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Being prepared; not shown to the public.
    Draft,
    /// The public proposes and votes.
    Consultation,
    /// A shortlist is worked on.
    Workshops,
    /// Projects go back to the public.
    Concertation,
    /// Over; everything can be read.
    Closed,
}

words!(Phase, "phase", {
    Draft => "draft", Consultation => "consultation", Workshops => "workshops",
    Concertation => "concertation", Closed => "closed",
});

/// A public act that the calendar can open or close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Cast, change or retract a ballot, or say to which audience one belongs.
    Vote,
    /// Submit a proposal.
    Propose,
    /// Read the question, the published proposals and one's own ballots.
    Read,
}

impl Phase {
    /// Whether this phase accepts the action.
    #[must_use]
    pub const fn accepts(self, action: Action) -> bool {
        match action {
            Action::Vote | Action::Propose => matches!(self, Self::Consultation),
            Action::Read => !matches!(self, Self::Draft),
        }
    }
}

/// When each phase starts. A phase lasts from its instant (included) to the next one that is set
/// (excluded); one without an instant does not take place. Instants never decrease.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "each says from which instant on its phase lasts")]
pub struct Calendar {
    consultation_from: Option<Timestamp>,
    workshops_from: Option<Timestamp>,
    concertation_from: Option<Timestamp>,
    closed_from: Option<Timestamp>,
}

/// Dates that cannot be a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// A later phase would start before an earlier one.
    #[error("{later} would start before {earlier}: put the dates in the order of the phases")]
    OutOfOrder {
        /// The phase that should come first.
        earlier: Phase,
        /// The phase that should follow.
        later: Phase,
    },
    /// A date is given but none for the opening.
    #[error("{0} has a date but the consultation has none: say when it opens")]
    NeverOpens(Phase),
}

impl Calendar {
    /// A calendar from the starts of consultation, workshops, concertation and close.
    ///
    /// # Errors
    /// [`CalendarError`] when they are out of order or the consultation never opens. Two phases may
    /// start at the same instant; the earlier one then has no length.
    pub fn new(
        consultation_from: Option<Timestamp>,
        workshops_from: Option<Timestamp>,
        concertation_from: Option<Timestamp>,
        closed_from: Option<Timestamp>,
    ) -> Result<Self, CalendarError> {
        let calendar = Self { consultation_from, workshops_from, concertation_from, closed_from };
        let mut previous: Option<(Phase, Timestamp)> = None;
        for (phase, starts_at) in calendar.starts() {
            match previous {
                Some((earlier, before)) if starts_at < before => {
                    return Err(CalendarError::OutOfOrder { earlier, later: phase });
                }
                None if phase != Phase::Consultation => return Err(CalendarError::NeverOpens(phase)),
                _ => previous = Some((phase, starts_at)),
            }
        }
        Ok(calendar)
    }

    /// The phases that take place after the draft, with the instant each starts, in order.
    pub fn starts(&self) -> impl Iterator<Item = (Phase, Timestamp)> {
        [
            (Phase::Consultation, self.consultation_from),
            (Phase::Workshops, self.workshops_from),
            (Phase::Concertation, self.concertation_from),
            (Phase::Closed, self.closed_from),
        ]
        .into_iter()
        .filter_map(|(phase, starts_at)| starts_at.map(|instant| (phase, instant)))
    }

    /// The instant at which this phase starts, if it takes place; `None` for the draft.
    #[must_use]
    pub fn start_of(&self, phase: Phase) -> Option<Timestamp> {
        self.starts().find(|&(other, _)| other == phase).map(|(_, instant)| instant)
    }

    /// The instant at which the consultation phase stops accepting votes, if one is set.
    #[must_use]
    pub fn consultation_ends_at(&self) -> Option<Timestamp> {
        self.starts().find(|&(phase, _)| phase != Phase::Consultation).map(|(_, instant)| instant)
    }

    /// The phase at an instant.
    #[must_use]
    pub fn phase_at(&self, now: Timestamp) -> Phase {
        self.starts()
            .filter(|&(_, starts_at)| starts_at <= now)
            .last()
            .map_or(Phase::Draft, |(phase, _)| phase)
    }

    /// Opened for votes at `now`: a later start is brought forward, an end that is past is lifted.
    /// An opening that is past already stays as it is.
    #[must_use]
    pub fn opened_at(self, now: Timestamp) -> Self {
        let still_ahead = |instant: Option<Timestamp>| instant.filter(|&instant| instant > now);
        Self {
            consultation_from: Some(self.consultation_from.map_or(now, |from| from.min(now))),
            workshops_from: still_ahead(self.workshops_from),
            concertation_from: still_ahead(self.concertation_from),
            closed_from: still_ahead(self.closed_from),
        }
    }

    /// Closed at `now`: later dates are brought forward to it.
    #[must_use]
    pub fn closed_at(self, now: Timestamp) -> Self {
        let past = |instant: Option<Timestamp>| instant.filter(|&instant| instant < now);
        let closed_from = self.closed_from.map_or(now, |from| from.min(now));
        Self {
            consultation_from: Some(self.consultation_from.map_or(closed_from, |from| from.min(closed_from))),
            workshops_from: past(self.workshops_from),
            concertation_from: past(self.concertation_from),
            closed_from: Some(closed_from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Phase::{Closed, Concertation, Consultation, Draft, Workshops};
    use super::*;
    use proptest::prelude::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millis(milliseconds)
    }

    #[test]
    fn phases_are_half_open_at_exact_instants() {
        let calendar = Calendar::new(Some(at(10)), Some(at(20)), Some(at(30)), Some(at(40))).unwrap();
        let phases = [9, 10, 19, 20, 29, 30, 39, 40].map(|now| calendar.phase_at(at(now)));
        assert_eq!(
            phases,
            [Draft, Consultation, Consultation, Workshops, Workshops, Concertation, Concertation, Closed]
        );
    }

    #[test]
    fn a_phase_without_a_date_does_not_take_place() {
        let calendar = Calendar::new(Some(at(10)), None, None, Some(at(40))).unwrap();
        assert_eq!(calendar.phase_at(at(39)), Phase::Consultation);
        assert_eq!(calendar.consultation_ends_at(), Some(at(40)));
        assert_eq!(Calendar::default().phase_at(at(i64::MAX)), Phase::Draft);
    }

    #[test]
    fn dates_out_of_order_are_refused() {
        assert_eq!(
            Calendar::new(Some(at(10)), Some(at(5)), None, None),
            Err(CalendarError::OutOfOrder { earlier: Phase::Consultation, later: Phase::Workshops })
        );
        assert_eq!(
            Calendar::new(None, None, None, Some(at(1))),
            Err(CalendarError::NeverOpens(Phase::Closed))
        );
    }

    #[test]
    fn only_the_consultation_takes_votes_and_proposals() {
        for phase in Phase::ALL {
            assert_eq!(phase.accepts(Action::Vote), phase == Phase::Consultation);
            assert_eq!(phase.accepts(Action::Propose), phase == Phase::Consultation);
            assert_eq!(phase.accepts(Action::Read), phase != Phase::Draft);
        }
    }

    proptest! {
        #[test]
        fn opening_opens_and_closing_closes_whatever_the_dates(
            mut dates in prop::collection::vec(0..100_i64, 4), present in prop::collection::vec(any::<bool>(), 4), now in 0..100_i64,
        ) {
            dates.sort_unstable();
            let date = |place: usize| (present[place] || place == 0).then(|| at(dates[place]));
            let calendar = Calendar::new(date(0), date(1), date(2), date(3)).unwrap();
            for (changed, phase) in [(calendar.opened_at(at(now)), Phase::Consultation), (calendar.closed_at(at(now)), Phase::Closed)] {
                prop_assert_eq!(changed.phase_at(at(now)), phase);
                let again = Calendar::new(changed.consultation_from, changed.workshops_from, changed.concertation_from, changed.closed_from);
                prop_assert_eq!(again, Ok(changed));
            }
        }
    }
}
