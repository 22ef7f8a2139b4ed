//! Pages as responses: for one participant, or the same for all and cacheable.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use gd_pages::Page;

use crate::edge::conditional::{ResponseKind, TaggedBody, respond};

/// A page for one participant, which no cache stores.
pub(crate) fn personal(status: StatusCode, page: &impl Page) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "private, no-store"));
    response.content_type("text/html; charset=utf-8").body(page.to_html())
}

/// A page that is the same for all readers of a language.
pub(crate) fn cacheable(request: &HttpRequest, page: &impl Page) -> HttpResponse {
    respond(request, ResponseKind::PAGE, &TaggedBody::new(page.to_html().into_bytes()))
}
