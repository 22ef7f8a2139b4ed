//! Rate limit of requests: each takes one from the budget of its network. A refused request has no effect.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use gd_engine::ports::LimitedRequest;

use crate::edge::client;
use crate::edge::problem::Problem;
use crate::edge::query;
use crate::state::AppState;

/// Refuses a query that is too long with 414, and a request over the network's budget with 429.
pub(crate) async fn limit_requests(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match check(&request).await {
        Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
        Err(problem) => Ok(request.error_response(problem)),
    }
}

async fn check(request: &ServiceRequest) -> Result<(), Problem> {
    query::check_length(request.query_string())?;
    let app = AppState::of(request.request());
    let network = client::network(client::address(request.request(), &app.trusted_proxies));
    app.take_from_budget(LimitedRequest::Requests, &network).await
}
