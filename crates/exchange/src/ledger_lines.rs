//! The events of a ledger as text, for a check of the records and their times.

use std::fmt::Write;

use gd_domain::{AudienceCode, ChoiceCode, Consultation, Poll, PollKind, PositionedEvent, Slug, Strata};

use crate::instant;

/// The choice column of a retraction.
const RETRACTED: &str = "retracted";

/// Writes events as CSV, one line each. Short names stand for everything that has one. Participants have their
/// numbers of the database, so this is for operators; [`crate::write_open_data`] is for everybody.
pub struct LedgerLines {
    kind: PollKind,
    strata: Strata,
    audiences: Vec<Slug>,
}

impl LedgerLines {
    /// The header, with its line end.
    pub const HEADER: &str = "position,participant,proposal,choice,qualifications,audience,channel,cast_at\n";

    /// Lines for the ledger of this poll of the consultation.
    #[must_use]
    pub fn of(consultation: &Consultation, poll: &Poll) -> Self {
        let audiences = consultation.description.audiences.iter().map(|audience| audience.id.clone());
        Self { kind: poll.kind, strata: poll.strata, audiences: audiences.collect() }
    }

    /// The lines of these events, each with its line end. A choice that the poll's kind lacks, or an audience that
    /// the consultation lacks, is written as a number; a table of a room stands before the audience: `7/agents`.
    #[must_use]
    pub fn text(&self, events: &[PositionedEvent]) -> String {
        events.iter().fold(String::with_capacity(events.len() * 80), |mut text, PositionedEvent { position, event }| {
            let (choice, qualifications) = match event.opinion {
                Some(opinion) => (self.choice(opinion.code()), opinion.qualifications().to_string()),
                None => (RETRACTED.to_owned(), String::new()),
            };
            let (participant, proposal) = (event.participant.number(), event.proposal);
            let (audience, channel) = (self.stratum(event.audience), event.channel.as_str());
            let cast_at = instant::to_rfc3339(event.cast_at);
            writeln!(text, "{position},{participant},{proposal},{choice},{qualifications},{audience},{channel},{cast_at}")
                .expect("writing into memory does not fail");
            text
        })
    }

    fn choice(&self, code: ChoiceCode) -> String {
        self.kind.word_of(code).map_or_else(|| code.get().to_string(), ToOwned::to_owned)
    }

    fn stratum(&self, code: AudienceCode) -> String {
        match self.strata.parts(code) {
            (0, audience) => self.audience(audience),
            (table, audience) => format!("{table}/{}", self.audience(audience)),
        }
    }

    fn audience(&self, code: AudienceCode) -> String {
        let known = usize::from(code.0).checked_sub(1).and_then(|place| self.audiences.get(place));
        match known {
            Some(name) => name.to_string(),
            None if code == AudienceCode::UNDECLARED => String::new(),
            None => code.0.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::{BallotEvent, Channel, ItemNumber, Opinion, ParticipantId, Position, Timestamp};

    #[test]
    fn a_room_s_dots_have_their_words_and_their_table() {
        let audiences = vec!["agents".parse().unwrap()];
        let lines = LedgerLines { kind: PollKind::Dots, strata: Strata::TableByAudience, audiences };
        let event = |place, stratum| BallotEvent {
            participant: ParticipantId::from_number(9).unwrap(),
            proposal: ItemNumber(3),
            opinion: ChoiceCode::of_place(place).map(Opinion::coded),
            audience: AudienceCode(stratum),
            channel: Channel::Room,
            cast_at: Timestamp::from_millis(0),
        };
        let events = [event(4, 7 * 64 + 1), event(0, 7 * 64), event(0, 0)];
        let events = events.map(|event| PositionedEvent { position: Position(1), event });
        let text = lines.text(&events);
        let columns = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let told = columns.map(|line| (line[3].to_owned(), line[5].to_owned())).collect::<Vec<_>>();
        let expected = [("five", "7/agents"), ("one", "7/"), ("one", "")];
        assert_eq!(told, expected.map(|(choice, stratum)| (choice.to_owned(), stratum.to_owned())));
    }
}
