//! The events of a ledger as text, for a check of the records and their times.

use std::fmt::Write;

use gd_domain::{AudienceCode, Consultation, PositionedEvent, Slug};

use crate::instant;

/// The choice column of a retraction.
const RETRACTED: &str = "retracted";

/// Writes events as CSV, one line each. Short names stand for everything that has one. Participants have their
/// numbers of the database, so this is for operators; [`crate::write_open_data`] is for everybody.
pub struct LedgerLines {
    audiences: Vec<Slug>,
}

impl LedgerLines {
    /// The header, with its line end.
    pub const HEADER: &str = "position,participant,proposal,choice,qualifications,audience,channel,cast_at\n";

    /// Lines for the ledger of this consultation.
    #[must_use]
    pub fn of(consultation: &Consultation) -> Self {
        let audiences = consultation.description.audiences.iter().map(|audience| audience.id.clone());
        Self { audiences: audiences.collect() }
    }

    /// The lines of these events, each with its line end. An audience that the consultation lacks is written as a
    /// number.
    #[must_use]
    pub fn text(&self, events: &[PositionedEvent]) -> String {
        events.iter().fold(String::with_capacity(events.len() * 80), |mut text, PositionedEvent { position, event }| {
            let (choice, qualifications) = match event.opinion {
                Some(opinion) => (opinion.choice().as_str(), opinion.qualifications().to_string()),
                None => (RETRACTED, String::new()),
            };
            let (participant, proposal) = (event.participant.number(), event.proposal);
            let (audience, channel) = (self.audience(event.audience), event.channel.as_str());
            let cast_at = instant::to_rfc3339(event.cast_at);
            writeln!(text, "{position},{participant},{proposal},{choice},{qualifications},{audience},{channel},{cast_at}")
                .expect("writing into memory does not fail");
            text
        })
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
