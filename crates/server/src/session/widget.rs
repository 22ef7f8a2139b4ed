//! Whoever votes in a frame of another site, where browsers keep our usual cookie back.
//!
//! Found by that cookie all the same where the other site is a sister of ours; else by a cookie that belongs to
//! the frame and the page around it together (`Partitioned`, which browsers accept that refuse those of third
//! parties); else by a token in the frame's own forms. Nothing is kept of those who only read: their number is
//! in the form, and takes from the budget of new participants when they vote.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use gd_domain::Timestamp;
use gd_engine::ports::Rationed;
use gd_engine::{Secret, SignedCookie};

use crate::edge::client;
use crate::edge::cookie;
use crate::edge::limits::COOKIE_LIFE_SECONDS;
use crate::edge::problem::Problem;
use crate::session::participant::{Participant, known_participant};
use crate::state::Shared;

const COOKIE: &str = "gd_widget";

const PURPOSE: &str = "widget participant 1";

/// The first byte of a token: whether its participant has been let in.
const NEWCOMER: u8 = 0;
const ADMITTED: u8 = 1;

/// Writes and reads tokens, and the cookies that hold one: a byte that says whether the participant has been
/// let in, and what the participant's own cookie holds, signed.
pub(crate) struct WidgetTokens(SignedCookie);

impl WidgetTokens {
    pub(crate) fn new(secret: &Secret) -> Self {
        Self(SignedCookie::new(secret, PURPOSE))
    }

    fn write(&self, participant: &Participant, is_admitted: bool) -> String {
        let first = if is_admitted { ADMITTED } else { NEWCOMER };
        self.0.seal(&[&[first][..], &participant.payload()].concat())
    }

    fn read(&self, token: &str) -> Option<(Participant, bool)> {
        let payload = self.0.open(token)?;
        let (first, participant) = payload.split_first()?;
        Some((Participant::read(participant)?, *first == ADMITTED))
    }
}

/// Whoever votes in a frame.
pub(crate) struct WidgetVisitor {
    pub(crate) participant: Participant,
    /// Whether they have voted before, and so may have ballots.
    pub(crate) is_admitted: bool,
    /// Whether their browser sends the site's own cookie.
    pub(crate) is_of_site: bool,
    sets_cookie: bool,
}

impl WidgetVisitor {
    /// The participant of the cookies, of the token, or a new one. What was not signed here is of no account.
    pub(crate) fn of(request: &HttpRequest, shared: &Shared, token: &str, now: Timestamp) -> Self {
        let known = |participant, is_admitted, is_of_site| Self {
            participant,
            is_admitted,
            is_of_site,
            sets_cookie: false,
        };
        if let Some(participant) = known_participant(request.headers(), shared) {
            return known(participant, true, true);
        }
        let kept = cookie::value(request.headers(), COOKIE);
        match kept.into_iter().chain([token]).find_map(|token| shared.widget_tokens.read(token)) {
            Some((participant, is_admitted)) => known(participant, is_admitted, false),
            None => known(Participant::new(shared.engine.new_participant(now)), false, false),
        }
    }

    /// Lets a newcomer in, who takes from the same budget as on the site.
    pub(crate) async fn admit(&mut self, request: &HttpRequest, shared: &Shared) -> Result<(), Problem> {
        if self.is_admitted {
            return Ok(());
        }
        let network = client::network(client::address(request, &shared.trusted_proxies));
        shared.ration(Rationed::Participants, &network).await?;
        (self.is_admitted, self.sets_cookie) = (true, true);
        Ok(())
    }

    /// What the frame's forms bring back.
    pub(crate) fn token(&self, shared: &Shared) -> String {
        shared.widget_tokens.write(&self.participant, self.is_admitted)
    }

    /// The response, with the cookie of somebody who has just been let in.
    pub(crate) fn remember_in(self, mut response: HttpResponse, shared: &Shared, path: &str) -> HttpResponse {
        if self.sets_cookie {
            let value = self.token(shared);
            // Always `Secure`: browsers take nothing else across sites, and on the reader's own machine they
            // take it without TLS.
            let cookie = format!(
                "{COOKIE}={value}; Path={path}; Max-Age={COOKIE_LIFE_SECONDS}; HttpOnly; Secure; SameSite=None; Partitioned"
            );
            let cookie = HeaderValue::try_from(cookie).expect("URL-safe text and paths are header values");
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::ParticipantId;

    #[test]
    fn a_token_says_who_and_whether_they_were_let_in() {
        let tokens = WidgetTokens::new(&Secret::new(&[1; 32]).unwrap());
        let participant = Participant::new(ParticipantId::from_number(7 << 40).unwrap());
        for is_admitted in [false, true] {
            let token = tokens.write(&participant, is_admitted);
            assert_eq!(tokens.read(&token), Some((participant.clone(), is_admitted)));
        }
        let others = WidgetTokens::new(&Secret::new(&[2; 32]).unwrap());
        assert_eq!(others.read(&tokens.write(&participant, true)), None);
        assert_eq!(tokens.read(""), None);
    }
}
