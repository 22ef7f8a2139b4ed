//! The pages under `/` and `/c/{slug}`: one file a page. Everything works as plain forms: a POST that
//! succeeds leads on with 303, one that fails shows the page again with what was typed.

pub(crate) mod assets;
pub(crate) mod audience;
mod ballot_form;
pub(crate) mod device;
pub(crate) mod dress;
pub(crate) mod explore;
pub(crate) mod home;
pub(crate) mod landing;
pub(crate) mod language;
pub(crate) mod mistyped;
pub(crate) mod my_data;
pub(crate) mod notice;
pub(crate) mod participant_answers;
pub(crate) mod proposal;
pub(crate) mod propose;
pub(crate) mod results;
pub(crate) mod stand;
mod visit;
pub(crate) mod vote;
pub(crate) mod votes;
pub(crate) mod widget;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use gd_pages::Page;

use crate::alike::{Body, Kind, answer};

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

/// Leads on to another page of this site, which the browser then gets.
fn see_other(path: &str) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    response.insert_header((header::LOCATION, path)).finish()
}
