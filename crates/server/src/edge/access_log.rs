//! Access log: every request gets an identifier, one line of log, one count and its latency in the metrics.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};

use crate::edge::request_id;
use crate::state::App;

/// The route pattern that a request matched, stored with the request: the label of its metrics.
#[derive(Clone, Copy)]
pub(crate) struct Route(pub(crate) &'static str);

/// Logs and counts requests, and sends each request's identifier with its response.
pub(crate) async fn log_requests(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let app = request.app_data::<App>().expect("the route table adds it to every request").clone();
    let id = app.request_ids.of(request.headers(), app.engine.now());
    request.extensions_mut().insert(id.clone());

    let mut response = next.call(request).await?;

    let took = started.elapsed();
    let status = response.status().as_u16();
    let request = response.request();
    let route = request.app_data::<Route>().map_or("none", |route| route.0);
    app.metrics.count_request(route, method_word(request.method()), status, took);
    tracing::debug!(
        method = %request.method(),
        path = request.path(),
        status,
        took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        request_id = id.0.to_str().unwrap_or_default(),
        "answered"
    );
    response.headers_mut().insert(request_id::HEADER, id.0);
    Ok(response)
}

/// The method as a label; all unknown methods share one label.
fn method_word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}
