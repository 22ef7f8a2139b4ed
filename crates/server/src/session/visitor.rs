//! The visitor: read from the participant's cookie once per request, and admitted with a new cookie.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use gd_domain::{AudienceCode, ConsultationId, ParticipantId, Timestamp};
use gd_engine::ports::LimitedRequest;

use super::participant::Participant;
use crate::edge::client;
use crate::edge::cookie::{self, PARTICIPANT_COOKIE};
use crate::edge::problem::{Code, Problem};
use crate::state::AppState;

/// The sender of a request: a known participant, or somebody without a cookie.
pub(crate) struct Visitor(pub(crate) Option<Participant>);

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        if cookie::value(request.headers(), PARTICIPANT_COOKIE).is_none() {
            return ready(Ok(Self(None)));
        }
        let participant = known_participant(request.headers(), AppState::of(request));
        let forged =
            || Problem::new(Code::ParticipantInvalid, "The cookie was taken away: repeat without it.");
        ready(participant.map(|known| Self(Some(known))).ok_or_else(forged))
    }
}

/// A participant with a number, old or new, and the cookie to send with the response.
pub(crate) struct Admitted {
    pub(crate) participant: Participant,
    /// Whether this request gave them their number.
    pub(crate) is_new: bool,
    set_cookie: Option<HeaderValue>,
}

impl Visitor {
    /// Gives a new visitor a number. A refused request gets none.
    pub(crate) async fn admit(
        self,
        request: &HttpRequest,
        app: &AppState,
        now: Timestamp,
    ) -> Result<Admitted, Problem> {
        if let Some(participant) = self.0 {
            return Ok(Admitted { participant, is_new: false, set_cookie: None });
        }
        let network = client::network(client::address(request, &app.trusted_proxies));
        app.take_from_budget(LimitedRequest::Participants, &network).await?;
        let participant = Participant::new(app.engine.participants().new_participant(now));
        let set_cookie = Some(seal(&participant, request, app));
        Ok(Admitted { participant, is_new: true, set_cookie })
    }
}

impl Admitted {
    pub(crate) fn id(&self) -> ParticipantId {
        self.participant.id
    }

    /// Stores an audience in the cookie.
    pub(crate) fn declare(
        &mut self,
        consultation: ConsultationId,
        code: AudienceCode,
        request: &HttpRequest,
        app: &AppState,
    ) {
        self.participant.declare(consultation, code);
        self.set_cookie = Some(seal(&self.participant, request, app));
    }

    /// The response, with the cookie if there is one to set.
    pub(crate) fn remember_in(self, mut response: HttpResponse) -> HttpResponse {
        if let Some(cookie) = self.set_cookie {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// Gives the browser that gets the response this participant's cookie.
pub(crate) fn hand_over(
    participant: &Participant,
    mut response: HttpResponse,
    request: &HttpRequest,
    app: &AppState,
) -> HttpResponse {
    response.headers_mut().append(header::SET_COOKIE, seal(participant, request, app));
    response
}

/// The participant of the cookie, if we signed it.
pub(crate) fn known_participant(headers: &HeaderMap, app: &AppState) -> Option<Participant> {
    let opened = app.cookies.open(cookie::value(headers, PARTICIPANT_COOKIE)?)?;
    Participant::read(&opened)
}

fn seal(participant: &Participant, request: &HttpRequest, app: &AppState) -> HeaderValue {
    let value = app.cookies.seal(&participant.payload());
    cookie::set(PARTICIPANT_COOKIE, &value, app.is_behind_tls(request))
}
