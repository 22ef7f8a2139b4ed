//! Resources: an address pattern with the methods it takes.

use actix_web::guard::{Any, Get, Head};
use actix_web::{Resource, Route as Method, web};

use crate::edge::access_log::Route;
use crate::edge::problem::Problem;

/// The prefix of the JSON interface.
pub(super) const API: &str = "/api";

/// A resource that supports these methods, and refuses others with 405 and `Allow`.
pub(super) fn at(pattern: &'static str, methods: &'static str) -> Resource {
    let refuse = move || async move { Err::<&'static str, _>(Problem::method_not_allowed(methods)) };
    // Inside the API's scope the pattern continues after its prefix.
    let path = pattern.strip_prefix(API).unwrap_or(pattern);
    web::resource(path).app_data(Route(pattern)).default_service(web::to(refuse))
}

/// Accepts `GET`, and `HEAD` for its headers alone.
pub(super) fn get() -> Method {
    web::route().guard(Any(Get()).or(Head()))
}
