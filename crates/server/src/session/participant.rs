//! The participant, as the signed cookie and the signed links carry them.

use gd_domain::{AudienceCode, ConsultationId, ParticipantId};

use crate::edge::limits::COOKIE_AUDIENCES_MAX;

const NUMBER_BYTES: usize = 8;
const AUDIENCE_BYTES: usize = 6;

/// The cookie's payload: the participant's number (8 bytes, big endian) and, for each consultation they
/// declared themselves in, its record number (4 bytes) and the audience's code (2 bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Participant {
    pub(crate) id: ParticipantId,
    audiences: Vec<(u32, AudienceCode)>,
}

impl Participant {
    pub(crate) fn new(id: ParticipantId) -> Self {
        Self { id, audiences: Vec::new() }
    }

    /// Their declared audience in a consultation; `None` before they have answered.
    pub(crate) fn declared(&self, consultation: ConsultationId) -> Option<AudienceCode> {
        let consultation = u32::try_from(consultation.0).ok()?;
        self.audiences.iter().find(|(id, _)| *id == consultation).map(|&(_, code)| code)
    }

    /// Whether they have declared an audience in any consultation.
    pub(crate) fn has_declared(&self) -> bool {
        !self.audiences.is_empty()
    }

    /// Stores the audience they declare now.
    pub(crate) fn declare(&mut self, consultation: ConsultationId, code: AudienceCode) {
        let Ok(consultation) = u32::try_from(consultation.0) else { return };
        self.audiences.retain(|(id, _)| *id != consultation);
        if self.audiences.len() == COOKIE_AUDIENCES_MAX {
            self.audiences.remove(0);
        }
        self.audiences.push((consultation, code));
    }

    pub(crate) fn payload(&self) -> Vec<u8> {
        let mut payload = Vec::with_capacity(NUMBER_BYTES + self.audiences.len() * AUDIENCE_BYTES);
        payload.extend(self.id.number().to_be_bytes());
        for (consultation, code) in &self.audiences {
            payload.extend(consultation.to_be_bytes());
            payload.extend(code.0.to_be_bytes());
        }
        payload
    }

    pub(crate) fn read(payload: &[u8]) -> Option<Self> {
        let (number, rest) = payload.split_first_chunk::<NUMBER_BYTES>()?;
        let (audiences, remainder) = rest.as_chunks::<AUDIENCE_BYTES>();
        if !remainder.is_empty() || audiences.len() > COOKIE_AUDIENCES_MAX {
            return None;
        }
        let audience = |&[a, b, c, d, e, f]: &[u8; AUDIENCE_BYTES]| {
            (u32::from_be_bytes([a, b, c, d]), AudienceCode(u16::from_be_bytes([e, f])))
        };
        let id = ParticipantId::from_number(i64::from_be_bytes(*number)).ok()?;
        Some(Self { id, audiences: audiences.iter().map(audience).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn participant() -> Participant {
        Participant::new(ParticipantId::from_number(7 << 40).unwrap())
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut participant = participant();
        assert_eq!(Participant::read(&participant.payload()), Some(participant.clone()));
        participant.declare(ConsultationId(3), AudienceCode(2));
        participant.declare(ConsultationId(4), AudienceCode::UNDECLARED);
        participant.declare(ConsultationId(3), AudienceCode(1));
        let read = Participant::read(&participant.payload()).unwrap();
        assert_eq!(read, participant);
        assert_eq!(read.declared(ConsultationId(3)), Some(AudienceCode(1)));
        assert_eq!(read.declared(ConsultationId(4)), Some(AudienceCode::UNDECLARED));
        assert_eq!(read.declared(ConsultationId(5)), None);
    }

    #[test]
    fn the_oldest_declaration_makes_room() {
        let mut participant = participant();
        for consultation in 0..=16 {
            participant.declare(ConsultationId(consultation), AudienceCode(1));
        }
        assert_eq!(participant.audiences.len(), COOKIE_AUDIENCES_MAX);
        assert_eq!(participant.declared(ConsultationId(0)), None);
        assert_eq!(participant.declared(ConsultationId(16)), Some(AudienceCode(1)));
    }

    #[test]
    fn other_lengths_and_negative_numbers_are_no_participant() {
        let mut payload = participant().payload();
        payload.push(0);
        assert_eq!(Participant::read(&payload), None);
        assert_eq!(Participant::read(&[0xFF; 8]), None);
        assert_eq!(Participant::read(&[]), None);
        assert_eq!(Participant::read(&[0; NUMBER_BYTES + 17 * AUDIENCE_BYTES]), None);
    }
}
