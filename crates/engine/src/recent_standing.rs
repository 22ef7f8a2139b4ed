//! What stands for the participants lately seen. People vote on a dozen cards in a row: who has been read
//! once is known for the steps that follow, and most steps read nothing.

use std::collections::BTreeSet;

use gd_domain::{BallotEvent, Change, Folded, ParticipantId, ProposalNumber, Standing, StandingBallot, fold};

/// Ballots kept, about 100 bytes each.
const BALLOTS_MAX: usize = 200_000;

/// The standing ballots of some participants, all of theirs or none.
#[derive(Debug, Default)]
pub(crate) struct RecentStanding {
    standing: Standing,
    known: BTreeSet<ParticipantId>,
}

impl RecentStanding {
    /// Those whose ballots must be read before these events can be folded.
    pub(crate) fn unknown(&self, events: &[BallotEvent]) -> Vec<ParticipantId> {
        let participants = events.iter().map(|event| event.participant).collect::<BTreeSet<_>>();
        participants.into_iter().filter(|participant| !self.known.contains(participant)).collect()
    }

    /// Learns every ballot that stands for these participants.
    pub(crate) fn learn(&mut self, participants: Vec<ParticipantId>, ballots: Vec<StandingBallot>) {
        self.known.extend(participants);
        self.standing.apply(&ballots.into_iter().map(Change::Stands).collect::<Vec<_>>());
    }

    /// Folds events of participants who are all known.
    pub(crate) fn fold(&self, events: &[BallotEvent]) -> Folded {
        fold(&self.standing, events)
    }

    /// Follows changes that are now on record, and forgets the participants who came first if there are
    /// too many: numbers go up with time, and who came long ago has mostly left.
    pub(crate) fn follow(&mut self, changes: &[Change]) {
        self.standing.apply(changes);
        while self.standing.ballots.len() > BALLOTS_MAX {
            let Some(first) = self.known.pop_first() else { break };
            self.forget(first);
        }
    }

    fn forget(&mut self, participant: ParticipantId) {
        let theirs = (participant, ProposalNumber(0))..=(participant, ProposalNumber(u32::MAX));
        let theirs = self.standing.ballots.range(theirs).map(|(key, _)| *key).collect::<Vec<_>>();
        for key in theirs {
            self.standing.ballots.remove(&key);
        }
        self.standing.ballots_of.remove(&participant);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::{AudienceCode, Channel, Choice, Opinion, Timestamp};

    fn event(participant: i64, proposal: u32) -> BallotEvent {
        BallotEvent {
            participant: ParticipantId::from_number(participant).unwrap(),
            proposal: ProposalNumber(proposal),
            opinion: Some(Opinion::bare(Choice::Agree)),
            audience: AudienceCode::UNDECLARED,
            channel: Channel::Sequence,
            cast_at: Timestamp::default(),
        }
    }

    #[test]
    fn it_stays_small_and_forgets_whole_participants_those_who_came_first() {
        let mut recent = RecentStanding::default();
        let each = 1_000;
        let participants = i64::try_from(BALLOTS_MAX / each).unwrap() + 3;
        for participant in 0..participants {
            let events = (0..u32::try_from(each).unwrap()).map(|proposal| event(participant, proposal));
            let events = events.collect::<Vec<_>>();
            let unknown = recent.unknown(&events);
            assert_eq!(unknown.len(), 1);
            recent.learn(unknown, Vec::new());
            let folded = recent.fold(&events);
            assert_eq!((folded.changes.len(), folded.deltas.participants), (each, 1));
            recent.follow(&folded.changes);
            assert!(recent.standing.ballots.len() <= BALLOTS_MAX);
        }
        assert_eq!(
            recent.unknown(&[event(0, 1), event(2, 1), event(3, 1)]).len(),
            3 - usize::from(recent.known.contains(&event(3, 1).participant))
        );
        assert!(recent.unknown(&[event(participants - 1, 1)]).is_empty());
        assert_eq!(recent.standing.ballots_of.len(), recent.known.len());
    }
}
