//! Parameters of a request's path.

use actix_web::HttpRequest;
use gd_domain::ItemNumber;

use crate::edge::number;
use crate::edge::problem::Problem;

/// The consultation's short name.
pub(crate) fn slug(request: &HttpRequest) -> &str {
    request.match_info().query("slug")
}

/// The proposal's number.
pub(crate) fn proposal(request: &HttpRequest) -> Result<ItemNumber, Problem> {
    number::parse("proposal", request.match_info().query("proposal")).map(ItemNumber)
}
