//! The pages under `/` and `/c/{slug}`: one file a page. Everything works as plain forms: a POST that
//! succeeds leads on with 303, one that fails shows the page again with what was typed.

pub(crate) mod consultation;
pub(crate) mod language;
pub(crate) mod participants;
pub(crate) mod proposals;
pub(crate) mod results;
pub(crate) mod visit;
pub(crate) mod voting;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use gd_pages::Page;

use crate::edge::conditional::{Body, Kind, answer};

/// A page for one participant: nobody keeps it.
fn personal(status: StatusCode, page: &impl Page) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "private, no-store"));
    response.content_type("text/html; charset=utf-8").body(page.to_html())
}

/// A page that all see alike, in their language.
fn public(request: &HttpRequest, page: &impl Page) -> HttpResponse {
    answer(request, Kind::PAGE, &Body::new(page.to_html().into_bytes()))
}
