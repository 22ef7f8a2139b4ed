//! Probes and metrics: `/health/live`, `/health/ready`, `/metrics`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use gd_engine::Missing;
use serde::Serialize;
use tokio::time::timeout;

use crate::edge::limits::{READINESS_LAG_EVENTS_MAX, READINESS_TIMEOUT};
use crate::state::App;

#[derive(Serialize)]
struct Health {
    status: &'static str,
    missing: Vec<&'static str>,
}

/// `GET /health/live`: the process responds.
pub(crate) async fn live() -> HttpResponse {
    respond(StatusCode::OK, "live", Vec::new())
}

/// `GET /health/ready`: requests can be sent here. Degraded while a part that voting does not need is missing; 503
/// without records or while the server stops.
pub(crate) async fn ready(app: App) -> HttpResponse {
    if app.is_draining() {
        return respond(StatusCode::SERVICE_UNAVAILABLE, "draining", Vec::new());
    }
    let now = app.engine.now();
    let Ok(mut missing) = timeout(READINESS_TIMEOUT, app.engine.missing(now)).await else {
        return respond(StatusCode::SERVICE_UNAVAILABLE, "unavailable", vec![Missing::Records.as_str()]);
    };
    missing.sort_by_key(|missing| !missing.is_fatal());
    let is_unavailable = missing.first().is_some_and(|first| first.is_fatal());
    let mut words = missing.into_iter().map(Missing::as_str).collect::<Vec<_>>();
    if is_unavailable {
        return respond(StatusCode::SERVICE_UNAVAILABLE, "unavailable", words);
    }
    if app.engine.voting().lags().iter().any(|consultation| consultation.lag > READINESS_LAG_EVENTS_MAX) {
        words.push("projection");
    }
    respond(StatusCode::OK, if words.is_empty() { "ready" } else { "degraded" }, words)
}

/// `GET /metrics`: the metrics as Prometheus text.
pub(crate) async fn metrics(app: App) -> HttpResponse {
    let text = app.metrics.text(app.engine.voting().lags());
    HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text)
}

fn respond(code: StatusCode, status: &'static str, missing: Vec<&'static str>) -> HttpResponse {
    HttpResponse::build(code).insert_header(("cache-control", "no-store")).json(Health { status, missing })
}
