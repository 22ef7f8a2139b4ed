//! The standing ballots of the participants seen lately. People vote on a dozen cards in a row: a participant
//! read once is known for the steps that follow, and most steps read nothing.

use std::collections::HashMap;

use gd_domain::{
    AudienceCode, BallotEvent, Change, Channel, FoldedEvents, ItemNumber, Opinion, ParticipantBallots,
    ParticipantId, StandingBallot, Stood, Timestamp, fold,
};

/// Ballots and participants seen last, 20 bytes a ballot. As many again of those seen before them are kept.
const BALLOTS_MAX: usize = 100_000;

/// Room made at once for ballots of a participant: a sequence fills it three times, and little of it stays empty.
const ROOM_BALLOTS: usize = 4;

/// The standing ballots of some participants, all of theirs or none.
#[derive(Debug, Default)]
pub(crate) struct RecentStanding {
    /// The participants seen since the last rotation.
    newer: Ballots,
    /// The participants seen before it. The next rotation forgets them unless they are seen again.
    older: Ballots,
    /// Ballots in `newer`.
    newer_ballots: usize,
}

/// Each participant's ballots in the order of their proposals.
type Ballots = HashMap<ParticipantId, Vec<CompactBallot>>;

/// A ballot without its participant, its instant as bytes: whole words of eight would leave a sixth of it empty.
#[derive(Clone, Copy, Debug)]
struct CompactBallot {
    proposal: ItemNumber,
    opinion: Opinion,
    audience: AudienceCode,
    channel: Channel,
    cast_at_ms: [u8; 8],
}

impl CompactBallot {
    fn of(ballot: StandingBallot) -> Self {
        let StandingBallot { participant: _, proposal, opinion, audience, channel, cast_at } = ballot;
        Self { proposal, opinion, audience, channel, cast_at_ms: cast_at.as_millis().to_ne_bytes() }
    }

    fn by(self, participant: ParticipantId) -> StandingBallot {
        let Self { proposal, opinion, audience, channel, cast_at_ms } = self;
        let cast_at = Timestamp::from_millis(i64::from_ne_bytes(cast_at_ms));
        StandingBallot { participant, proposal, opinion, audience, channel, cast_at }
    }
}

impl RecentStanding {
    /// The participants whose ballots must be read before these events can be folded.
    pub(crate) fn unknown(&mut self, events: &[BallotEvent]) -> Vec<ParticipantId> {
        let mut participants = events.iter().map(|event| event.participant).collect::<Vec<_>>();
        participants.sort_unstable();
        participants.dedup();
        participants.retain(|participant| !self.is_known(*participant));
        participants
    }

    /// Whether this participant's ballots are here; if so, they stay for a while.
    fn is_known(&mut self, participant: ParticipantId) -> bool {
        if let Some(ballots) = self.older.remove(&participant) {
            self.newer_ballots += ballots.len();
            self.newer.insert(participant, ballots);
        }
        self.newer.contains_key(&participant)
    }

    /// Learns every ballot that stands for these participants.
    pub(crate) fn learn(&mut self, participants: Vec<ParticipantId>, ballots: Vec<StandingBallot>) {
        self.newer.extend(participants.into_iter().map(|participant| (participant, Vec::new())));
        for ballot in ballots {
            self.put(ballot);
        }
    }

    /// Folds events of participants who are all known.
    pub(crate) fn fold(&self, events: &[BallotEvent]) -> FoldedEvents {
        fold(self, events)
    }

    /// Follows the changes; everything that then stands for each participant they touch. Puts aside who was
    /// seen so far if there are many.
    pub(crate) fn follow(&mut self, folded: &FoldedEvents) -> Vec<ParticipantBallots> {
        for change in &folded.changes {
            match *change {
                Change::Stands(ballot) => self.put(ballot),
                Change::Falls { participant, proposal } => self.remove(participant, proposal),
            }
        }
        let changed = folded.participants().map(|participant| self.of(participant)).collect();
        if self.newer_ballots + self.newer.len() > BALLOTS_MAX {
            self.older = std::mem::take(&mut self.newer);
            self.newer_ballots = 0;
        }
        changed
    }

    fn of(&self, participant: ParticipantId) -> ParticipantBallots {
        let theirs = self.newer.get(&participant).into_iter().flatten();
        ParticipantBallots { participant, ballots: theirs.map(|kept| kept.by(participant)).collect() }
    }

    fn put(&mut self, ballot: StandingBallot) {
        let theirs = self.newer.entry(ballot.participant).or_default();
        match theirs.binary_search_by_key(&ballot.proposal, |stood| stood.proposal) {
            Ok(place) => theirs[place] = CompactBallot::of(ballot),
            Err(place) => {
                if theirs.len() == theirs.capacity() {
                    theirs.reserve_exact(theirs.len().div_ceil(4).max(ROOM_BALLOTS));
                }
                theirs.insert(place, CompactBallot::of(ballot));
                self.newer_ballots += 1;
            }
        }
    }

    fn remove(&mut self, participant: ParticipantId, proposal: ItemNumber) {
        let Some(theirs) = self.newer.get_mut(&participant) else { return };
        if let Ok(place) = theirs.binary_search_by_key(&proposal, |stood| stood.proposal) {
            theirs.remove(place);
            self.newer_ballots -= 1;
        }
    }
}

impl Stood for RecentStanding {
    fn ballot(&self, participant: ParticipantId, proposal: ItemNumber) -> Option<StandingBallot> {
        let theirs = self.newer.get(&participant)?;
        let place = theirs.binary_search_by_key(&proposal, |stood| stood.proposal).ok()?;
        Some(theirs[place].by(participant))
    }

    fn ballots_of(&self, participant: ParticipantId) -> usize {
        self.newer.get(&participant).map_or(0, Vec::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::{Choice, Qualification};

    fn event(participant: i64, proposal: u32) -> BallotEvent {
        BallotEvent {
            participant: ParticipantId::from_number(participant).unwrap(),
            proposal: ItemNumber(proposal),
            opinion: Some(Opinion::bare(Choice::Agree)),
            audience: AudienceCode::UNDECLARED,
            channel: Channel::Sequence,
            cast_at: Timestamp::default(),
        }
    }

    /// Sees these events, of participants without earlier ballots. Returns the number of participants that
    /// had to be read.
    fn see(recent: &mut RecentStanding, events: &[BallotEvent]) -> usize {
        let unknown = recent.unknown(events);
        let read = unknown.len();
        recent.learn(unknown, Vec::new());
        let folded = recent.fold(events);
        recent.follow(&folded);
        read
    }

    #[test]
    fn a_ballot_comes_back_as_it_was_and_takes_twenty_bytes() {
        assert_eq!(size_of::<CompactBallot>(), 20);
        let qualified = [Qualification::NoWay].into_iter().collect();
        let ballot = StandingBallot {
            participant: ParticipantId::from_number(7 << 40).unwrap(),
            proposal: ItemNumber(u32::MAX),
            opinion: Opinion::new(Choice::Disagree, qualified).unwrap(),
            audience: AudienceCode(u16::MAX),
            channel: Channel::Import,
            cast_at: Timestamp::from_millis(i64::MIN),
        };
        assert_eq!(CompactBallot::of(ballot).by(ballot.participant), ballot);
    }

    #[test]
    fn what_changes_is_followed() {
        let mut recent = RecentStanding::default();
        assert_eq!(see(&mut recent, &[event(1, 7), event(1, 3), event(2, 7)]), 2);
        let folded = recent.fold(&[event(1, 3), event(1, 5)]);
        assert_eq!((folded.deltas.ballots(), folded.deltas.participants), (1, 0), "3 stood already");
        let retracted = |proposal| BallotEvent { opinion: None, ..event(2, proposal) };
        let folded = recent.fold(&[retracted(7), retracted(8)]);
        assert_eq!((folded.deltas.ballots(), folded.deltas.participants, folded.changes.len()), (-1, -1, 1));
        assert_eq!(
            recent.follow(&folded),
            [ParticipantBallots { participant: event(2, 7).participant, ballots: vec![] }]
        );
        assert_eq!(recent.ballots_of(event(2, 7).participant), 0);
        assert_eq!(recent.unknown(&[event(2, 7)]), [], "somebody without ballots is known, too");
        assert_eq!(recent.newer_ballots, 2);
    }

    #[test]
    fn it_stays_small_and_forgets_whole_participants_those_seen_longest_ago() {
        let mut recent = RecentStanding::default();
        let each = 1_000;
        let of = |participant| (0..each).map(|proposal| event(participant, proposal)).collect::<Vec<_>>();
        let half = i64::from(u32::try_from(BALLOTS_MAX).unwrap() / each) + 1;
        for participant in 0..2 * half {
            assert_eq!(see(&mut recent, &of(participant)), 1);
            assert_eq!(see(&mut recent, &[event(0, 1)]), 0, "who comes back stays");
            let kept = recent.newer.values().chain(recent.older.values()).map(Vec::len).sum::<usize>();
            assert!(kept <= 2 * BALLOTS_MAX + 2 * each as usize, "{kept}");
        }
        assert_eq!(see(&mut recent, &[event(1, 1)]), 1, "who came once was forgotten");
        assert_eq!(see(&mut recent, &[event(2 * half - 1, 1)]), 0);
    }
}
