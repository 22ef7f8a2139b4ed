//! JSON responses: for one participant, or the same for all and cached.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use gd_domain::ConsultationId;
use serde::Serialize;

use crate::edge::conditional::{ResponseKind, TaggedBody, respond};
use crate::edge::problem::Problem;
use crate::edge::response_cache::{ResponseVersion, Subject};
use crate::state::AppState;

/// A response for one participant, which no cache stores.
pub(crate) fn personal(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(body)
}

/// A response that is the same for everybody, from the cache while its data has not changed.
pub(crate) async fn cached(
    request: &HttpRequest,
    kind: ResponseKind,
    (subject, version): (Subject, ResponseVersion),
    consultation: ConsultationId,
    make: impl FnOnce() -> Vec<u8> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let cache = &AppState::of(request).responses;
    let body = cache.get(consultation, subject, version, move || Ok(TaggedBody::compressed(make()))).await?;
    Ok(respond(request, kind, &body))
}

/// The bytes of a JSON document.
pub(crate) fn json_bytes(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).expect("structs of texts, numbers and maps by text are JSON")
}
