//! Voters in a frame of another site, where browsers withhold the participant's cookie.
//!
//! The participant comes from that cookie if the other site belongs to the same domain as ours; else from a cookie
//! of the frame and its surrounding page together (`Partitioned`, which browsers accept that refuse third-party
//! cookies); else from a token in the frame's forms. Nothing is stored for those who only read: their number is in
//! the form, and takes from the budget of new participants when they vote.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use gd_domain::Timestamp;
use gd_engine::ports::LimitedRequest;

use crate::edge::client;
use crate::edge::cookie;
use crate::edge::limits::COOKIE_LIFE;
use crate::edge::problem::Problem;
use crate::session::participant::Participant;
use crate::session::visitor::known_participant;
use crate::state::AppState;

const COOKIE: &str = "gd_widget";

/// A voter in a frame.
pub(crate) struct WidgetVisitor {
    pub(crate) participant: Participant,
    /// Whether they have voted before, and so may have ballots.
    pub(crate) is_admitted: bool,
    /// Whether their browser sends the site's own cookie.
    pub(crate) is_of_site: bool,
    sets_cookie: bool,
}

impl WidgetVisitor {
    /// The participant of the cookies, of the token, or a new one. A value that we did not sign is ignored.
    pub(crate) fn of(request: &HttpRequest, app: &AppState, token: &str, now: Timestamp) -> Self {
        let known = |participant, is_admitted, is_of_site| Self {
            participant,
            is_admitted,
            is_of_site,
            sets_cookie: false,
        };
        if let Some(participant) = known_participant(request.headers(), app) {
            return known(participant, true, true);
        }
        let kept = cookie::value(request.headers(), COOKIE);
        match kept.into_iter().chain([token]).find_map(|token| app.widget_tokens.read(token)) {
            Some((participant, is_admitted)) => known(participant, is_admitted, false),
            None => known(Participant::new(app.engine.participants().new_participant(now)), false, false),
        }
    }

    /// Admits a new participant, who takes from the same budget as on the site.
    pub(crate) async fn admit(&mut self, request: &HttpRequest, app: &AppState) -> Result<(), Problem> {
        if self.is_admitted {
            return Ok(());
        }
        let network = client::network(client::address(request, &app.trusted_proxies));
        app.take_from_budget(LimitedRequest::Participants, &network).await?;
        (self.is_admitted, self.sets_cookie) = (true, true);
        Ok(())
    }

    /// The token that the frame's forms send back.
    pub(crate) fn token(&self, app: &AppState) -> String {
        app.widget_tokens.write(&self.participant, self.is_admitted)
    }

    /// The response, with the cookie of a participant who has just been admitted.
    pub(crate) fn remember_in(self, mut response: HttpResponse, app: &AppState, path: &str) -> HttpResponse {
        if self.sets_cookie {
            let value = self.token(app);
            // Always `Secure`: browsers accept nothing else across sites, and on the reader's own machine they
            // accept it without TLS.
            let cookie = Cookie::build(COOKIE, value).path(path).max_age(COOKIE_LIFE).http_only(true);
            let cookie = cookie.secure(true).same_site(SameSite::None).finish();
            let cookie = HeaderValue::try_from(format!("{cookie}; Partitioned"))
                .expect("URL-safe text and paths are header values");
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}
