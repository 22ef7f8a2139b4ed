//! The participant's cookie: read once per request, signed, and set when somebody new needs a number.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use gd_domain::{AudienceCode, ConsultationId, ParticipantId, Timestamp};
use gd_engine::ports::Rationed;

use crate::edge::client;
use crate::edge::cookie::{self, PARTICIPANT_COOKIE};
use crate::edge::limits::{COOKIE_AUDIENCES_MAX, COOKIE_LIFE_SECONDS};
use crate::edge::problem::{Code, Problem};
use crate::state::Shared;

const NUMBER_BYTES: usize = 8;
const AUDIENCE_BYTES: usize = 6;

/// What the cookie holds: the participant's number (8 bytes, big endian) and, for each consultation they
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

    /// What they declared in a consultation; `None` when they were not asked or did not answer yet.
    pub(crate) fn declared(&self, consultation: ConsultationId) -> Option<AudienceCode> {
        let consultation = u32::try_from(consultation.0).ok()?;
        self.audiences.iter().find(|(id, _)| *id == consultation).map(|&(_, code)| code)
    }

    /// Whether they declared anything anywhere.
    pub(crate) fn has_declared(&self) -> bool {
        !self.audiences.is_empty()
    }

    /// Remembers what they declare now.
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

/// Whoever sends the request: a participant we have seen, or somebody without a cookie.
pub(crate) struct Visitor(pub(crate) Option<Participant>);

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        if cookie::value(request.headers(), PARTICIPANT_COOKIE).is_none() {
            return ready(Ok(Self(None)));
        }
        let participant = known_participant(request.headers(), Shared::of(request));
        let forged =
            || Problem::new(Code::ParticipantInvalid, "The cookie was taken away: repeat without it.");
        ready(participant.map(|known| Self(Some(known))).ok_or_else(forged))
    }
}

/// A participant with a number, old or new, and the cookie to answer with.
pub(crate) struct Admitted {
    pub(crate) participant: Participant,
    /// Whether this request gave them their number.
    pub(crate) is_new: bool,
    set_cookie: Option<HeaderValue>,
}

impl Visitor {
    /// Gives somebody new a number. A refused request gets none.
    pub(crate) async fn admit(
        self,
        request: &HttpRequest,
        shared: &Shared,
        now: Timestamp,
    ) -> Result<Admitted, Problem> {
        if let Some(participant) = self.0 {
            return Ok(Admitted { participant, is_new: false, set_cookie: None });
        }
        let network = client::network(client::address(request, &shared.trusted_proxies));
        shared.ration(Rationed::Participants, &network).await?;
        let participant = Participant::new(shared.engine.new_participant(now));
        let set_cookie = Some(seal(&participant, request, shared));
        Ok(Admitted { participant, is_new: true, set_cookie })
    }
}

impl Admitted {
    pub(crate) fn id(&self) -> ParticipantId {
        self.participant.id
    }

    /// Remembers an audience in the cookie.
    pub(crate) fn declare(
        &mut self,
        consultation: ConsultationId,
        code: AudienceCode,
        request: &HttpRequest,
        shared: &Shared,
    ) {
        self.participant.declare(consultation, code);
        self.set_cookie = Some(seal(&self.participant, request, shared));
    }

    /// The response, with the cookie if there is one to set.
    pub(crate) fn remember_in(self, mut response: HttpResponse) -> HttpResponse {
        if let Some(cookie) = self.set_cookie {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// Makes the browser that gets the response this participant's.
pub(crate) fn hand_over(
    participant: &Participant,
    mut response: HttpResponse,
    request: &HttpRequest,
    shared: &Shared,
) -> HttpResponse {
    response.headers_mut().append(header::SET_COOKIE, seal(participant, request, shared));
    response
}

/// The participant of the cookie, if there is one that was made here.
pub(crate) fn known_participant(headers: &HeaderMap, shared: &Shared) -> Option<Participant> {
    let opened = shared.cookies.open(cookie::value(headers, PARTICIPANT_COOKIE)?)?;
    Participant::read(&opened)
}

fn seal(participant: &Participant, request: &HttpRequest, shared: &Shared) -> HeaderValue {
    let value = shared.cookies.seal(&participant.payload());
    let secure = if shared.is_behind_tls(request) { "; Secure" } else { "" };
    let cookie = format!(
        "{PARTICIPANT_COOKIE}={value}; Path=/; Max-Age={COOKIE_LIFE_SECONDS}; HttpOnly; SameSite=Lax{secure}"
    );
    HeaderValue::try_from(cookie).expect("URL-safe text is a header value")
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
