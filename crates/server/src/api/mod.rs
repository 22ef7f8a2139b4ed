//! The JSON interface under `/api/v1`: one file for each thing it is about.

pub(crate) mod audience;
pub(crate) mod ballots;
pub(crate) mod consultations;
pub(crate) mod proposals;
pub(crate) mod report;
pub(crate) mod sequence;
pub(crate) mod tallies;
mod words;

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gd_engine::Card;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::limits::FIGURES_AGE_SECONDS_MAX;

/// A proposal shown to one participant.
#[derive(Serialize, ToSchema)]
#[schema(as = Card)]
pub(crate) struct CardBody<'a> {
    /// Its number in the consultation.
    number: u32,
    /// What it says.
    text: &'a str,
    /// The short name of its theme.
    theme: Option<&'a str>,
    /// The vote key: send it back with a ballot on this proposal, within 24 hours.
    key: &'a str,
}

impl<'a> From<&'a Card> for CardBody<'a> {
    fn from(card: &'a Card) -> Self {
        let proposal = &card.proposal;
        Self {
            number: proposal.number.0,
            text: proposal.text.as_str(),
            theme: proposal.theme.as_ref().map(gd_domain::Slug::as_str),
            key: &card.key,
        }
    }
}

/// An answer for one participant: nobody keeps it.
fn personal(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(body)
}

/// An answer that is the same for everybody: kept for a moment, and not sent again when it has not
/// changed. Its tag is weak, for it may be compressed on the way. `vary` names the request header it depends on.
pub(crate) fn public(
    request: &HttpRequest,
    body: Vec<u8>,
    content_type: &str,
    vary: Option<&str>,
) -> HttpResponse {
    let tag = format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(&Sha256::digest(&body)[..12]));
    let known = knows(request.headers(), &tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::CACHE_CONTROL, format!("public, max-age={FIGURES_AGE_SECONDS_MAX}")));
    response.insert_header((header::ETAG, tag));
    if let Some(name) = vary {
        response.insert_header((header::VARY, name));
    }
    if known { response.finish() } else { response.content_type(content_type).body(body) }
}

/// The same as JSON.
fn public_json(request: &HttpRequest, body: &impl Serialize, vary: Option<&str>) -> HttpResponse {
    let body = serde_json::to_vec(body).expect("structs of texts, numbers and maps by text are JSON");
    public(request, body, "application/json", vary)
}

/// Whether the client holds the answer of this tag.
fn knows(headers: &HeaderMap, tag: &str) -> bool {
    let held = headers.get(header::IF_NONE_MATCH).map(HeaderValue::as_bytes).unwrap_or_default();
    let held = std::str::from_utf8(held).unwrap_or_default();
    held.split(',').map(str::trim).any(|held| held == tag || held == "*")
}
