//! The fold: the last event of a participant on a proposal stands.

use std::collections::BTreeMap;

use crate::ids::{ItemNumber, ParticipantId};
use crate::voting::{BallotEvent, Deltas, StandingBallot};

/// Read access to the standing ballots before a batch of events, for the pairs the batch touches.
pub trait Stood {
    /// The ballot that stands for this pair.
    fn ballot(&self, participant: ParticipantId, proposal: ItemNumber) -> Option<StandingBallot>;

    /// The number of standing ballots of this participant, on any proposal.
    fn ballots_of(&self, participant: ParticipantId) -> usize;
}

/// Standing ballots in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The standing ballot of every pair that has one.
    pub ballots: BTreeMap<(ParticipantId, ItemNumber), StandingBallot>,
    /// The number of standing ballots of each participant, on any proposal; absent means none.
    pub ballots_of: BTreeMap<ParticipantId, u64>,
}

/// The change of one (participant, proposal) pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// This ballot now stands.
    Stands(StandingBallot),
    /// No ballot stands any more.
    Falls {
        /// The voter whose ballot fell.
        participant: ParticipantId,
        /// The proposal it was about.
        proposal: ItemNumber,
    },
}

impl Change {
    /// The voter whose ballot changes.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        match self {
            Self::Stands(ballot) => ballot.participant,
            Self::Falls { participant, .. } => *participant,
        }
    }
}

/// Everything that stands for one participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParticipantBallots {
    /// The voter of all these ballots.
    pub participant: ParticipantId,
    /// In the order of proposals; none where nothing stands any more.
    pub ballots: Vec<StandingBallot>,
}

/// The effect of a batch of events on the standing ballots and on the tallies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoldedEvents {
    /// One change a touched pair at most, in the order of (participant, proposal).
    pub changes: Vec<Change>,
    /// The changes of the counts.
    pub deltas: Deltas,
}

impl FoldedEvents {
    /// The participants whose ballots change, each once, in order.
    pub fn participants(&self) -> impl Iterator<Item = ParticipantId> + '_ {
        self.changes
            .chunk_by(|one, next| one.participant() == next.participant())
            .map(|of| of[0].participant())
    }
}

/// One participant's ballots after these events of theirs, in ledger order; in the order of proposals.
#[must_use]
pub fn standing_after(ballots: Vec<StandingBallot>, events: &[BallotEvent]) -> Vec<StandingBallot> {
    let placed = ballots.into_iter().map(|ballot| (ballot.proposal, ballot));
    let mut standing = placed.collect::<BTreeMap<_, _>>();
    for event in events {
        match StandingBallot::after(event) {
            Some(ballot) => standing.insert(event.proposal, ballot),
            None => standing.remove(&event.proposal),
        };
    }
    standing.into_values().collect()
}

/// Folds events, in ledger order, into what stood before them.
///
/// Cut anywhere, the pieces folded one after the other give the same standing ballots and the same
/// sum of deltas; repeating an event changes no count.
#[must_use]
pub fn fold<'a>(before: &impl Stood, events: impl IntoIterator<Item = &'a BallotEvent>) -> FoldedEvents {
    let mut events = events.into_iter().collect::<Vec<_>>();
    // A stable sort: of each pair, the last event stays last.
    events.sort_by_key(|event| (event.participant, event.proposal));

    let mut folded = FoldedEvents::default();
    for theirs in events.chunk_by(|one, next| one.participant == next.participant) {
        let mut gained = 0_i64;
        for of_pair in theirs.chunk_by(|one, next| one.proposal == next.proposal) {
            gained += of_pair.last().map_or(0, |last| fold_pair(before, last, &mut folded));
        }
        folded.deltas.participants += theirs.first().map_or(0, |event| {
            let had = i64::try_from(before.ballots_of(event.participant)).unwrap_or(i64::MAX);
            i64::from(had.saturating_add(gained) > 0) - i64::from(had > 0)
        });
    }
    folded
}

/// Applies the last event of a pair. Returns the change in the number of its participant's ballots.
fn fold_pair(before: &impl Stood, last: &BallotEvent, folded: &mut FoldedEvents) -> i64 {
    let BallotEvent { participant, proposal, .. } = *last;
    let (stood, stands) = (before.ballot(participant, proposal), StandingBallot::after(last));
    if let Some(ballot) = stood {
        folded.deltas.count(&ballot, -1);
    }
    if let Some(ballot) = stands {
        folded.deltas.count(&ballot, 1);
        folded.changes.push(Change::Stands(ballot));
    } else if stood.is_some() {
        folded.changes.push(Change::Falls { participant, proposal });
    }
    i64::from(stands.is_some()) - i64::from(stood.is_some())
}

impl Stood for Standing {
    fn ballot(&self, participant: ParticipantId, proposal: ItemNumber) -> Option<StandingBallot> {
        self.ballots.get(&(participant, proposal)).copied()
    }

    fn ballots_of(&self, participant: ParticipantId) -> usize {
        self.ballots_of.get(&participant).map_or(0, |&count| usize::try_from(count).unwrap_or(usize::MAX))
    }
}

impl FromIterator<StandingBallot> for Standing {
    fn from_iter<I: IntoIterator<Item = StandingBallot>>(ballots: I) -> Self {
        let mut standing = Self::default();
        standing.apply(&ballots.into_iter().map(Change::Stands).collect::<Vec<_>>());
        standing
    }
}

impl Standing {
    /// Everything that stands for a participant.
    #[must_use]
    pub fn of(&self, participant: ParticipantId) -> ParticipantBallots {
        let first = (participant, ItemNumber(0));
        let theirs = self.ballots.range(first..).take_while(|((whose, _), _)| *whose == participant);
        ParticipantBallots { participant, ballots: theirs.map(|(_, ballot)| *ballot).collect() }
    }

    /// Puts changes into effect, keeping both maps true.
    pub fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            let (participant, gained) = match *change {
                Change::Stands(ballot) => {
                    let key = (ballot.participant, ballot.proposal);
                    (ballot.participant, u64::from(self.ballots.insert(key, ballot).is_none()))
                }
                Change::Falls { participant, proposal } => {
                    if self.ballots.remove(&(participant, proposal)).is_some()
                        && let Some(count) = self.ballots_of.get_mut(&participant)
                    {
                        *count = count.saturating_sub(1);
                    }
                    (participant, 0)
                }
            };
            *self.ballots_of.entry(participant).or_default() += gained;
            if self.ballots_of.get(&participant) == Some(&0) {
                self.ballots_of.remove(&participant);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::AudienceCode;
    use crate::timestamp::Timestamp;
    use crate::voting::{Channel, Choice, Opinion, Qualification, Qualifications};
    use proptest::prelude::*;

    fn event() -> impl Strategy<Value = BallotEvent> {
        (0..4_i64, 1..5_u32, 0..4_usize, any::<u16>(), 0..3_u16, 0..5_usize, 0..1000_i64).prop_map(
            |(participant, proposal, choice, bits, audience, channel, at)| {
                let opinion = Choice::ALL.get(choice).map(|&choice| {
                    let allowed = Qualification::of(choice).collect::<Qualifications>().bits();
                    Opinion::new(choice, Qualifications::from_bits(bits & allowed)).unwrap()
                });
                BallotEvent {
                    participant: ParticipantId::from_number(participant).unwrap(),
                    proposal: ItemNumber(proposal),
                    opinion,
                    audience: AudienceCode(audience),
                    channel: Channel::ALL[channel],
                    cast_at: Timestamp::from_millis(at),
                }
            },
        )
    }

    fn fold_in_pieces(events: &[BallotEvent], cuts: &[usize]) -> (Standing, Deltas) {
        let mut standing = Standing::default();
        let mut sum = Deltas::default();
        let mut rest = events;
        for &cut in cuts.iter().chain([&usize::MAX]) {
            let (piece, later) = rest.split_at(cut.min(rest.len()));
            let folded = fold(&standing, piece);
            standing.apply(&folded.changes);
            sum.add(&folded.deltas);
            rest = later;
        }
        (standing, sum)
    }

    proptest! {
        #[test]
        fn however_cut_the_fold_and_the_sum_of_deltas_are_the_same(
            events in prop::collection::vec(event(), 0..80),
            cuts in prop::collection::vec(0..20_usize, 0..8),
        ) {
            let whole = fold_in_pieces(&events, &[]);
            prop_assert_eq!(&fold_in_pieces(&events, &cuts), &whole);
        }

        #[test]
        fn the_sum_of_deltas_is_the_recount(events in prop::collection::vec(event(), 0..80), cuts in prop::collection::vec(0..20_usize, 0..8)) {
            let (standing, sum) = fold_in_pieces(&events, &cuts);
            prop_assert_eq!(sum, Deltas::recount(standing.ballots.values()));
        }

        #[test]
        fn the_last_event_of_each_pair_stands(events in prop::collection::vec(event(), 0..80)) {
            let (standing, _) = fold_in_pieces(&events, &[]);
            for event in &events {
                let last = events.iter().rfind(|other| (other.participant, other.proposal) == (event.participant, event.proposal)).unwrap();
                prop_assert_eq!(standing.ballots.get(&(event.participant, event.proposal)).copied(), StandingBallot::after(last));
            }
        }

        #[test]
        fn repeating_a_stretch_changes_no_count(events in prop::collection::vec(event(), 0..40)) {
            let (mut standing, _) = fold_in_pieces(&events, &[]);
            let again = fold(&standing, &events);
            prop_assert_eq!(&again.deltas, &Deltas::default());
            let stood = standing.clone();
            standing.apply(&again.changes);
            prop_assert_eq!(standing, stood);
        }
    }
}
