//! The JSON interface under `/api/v1`: one file for each thing it is about.

pub(crate) mod consultation;
pub(crate) mod openapi;
pub(crate) mod participants;
pub(crate) mod proposals;
pub(crate) mod results;
pub(crate) mod voting;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use gd_domain::ConsultationId;
use serde::Serialize;

use crate::edge::conditional::{Body, Kind, answer};
use crate::edge::problem::Problem;
use crate::edge::response_cache::{Basis, Subject};
use crate::state::Shared;

/// An answer for one participant: nobody keeps it.
fn personal(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(body)
}

/// An answer of this consultation that is the same for everybody, made once while nothing changes.
async fn shared(
    request: &HttpRequest,
    kind: Kind,
    (subject, basis): (Subject, Basis),
    consultation: ConsultationId,
    make: impl FnOnce() -> Vec<u8> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let answers = &Shared::of(request).public_answers;
    let body = answers.get(consultation, subject, basis, move || Ok(Body::compressed(make()))).await?;
    Ok(answer(request, kind, &body))
}

/// Bytes of JSON.
fn json_bytes(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).expect("structs of texts, numbers and maps by text are JSON")
}
