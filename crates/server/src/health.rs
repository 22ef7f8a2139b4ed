//! `/health/live`, `/health/ready` and `/metrics`: for whoever restarts servers, sends them requests and
//! watches them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use tokio::time::timeout;

use crate::limits::{READINESS_LAG_EVENTS_MAX, READINESS_TIMEOUT};
use crate::shared::{App, Shared};

#[derive(Serialize)]
struct Health {
    status: &'static str,
    missing: Vec<&'static str>,
}

/// `GET /health/live`: the process answers.
pub(crate) async fn live() -> HttpResponse {
    answer(StatusCode::OK, "live", Vec::new())
}

/// `GET /health/ready`: requests can be sent here. Degraded while something that voting does not need is
/// missing; 503 without records or while the server stops.
pub(crate) async fn ready(app: App) -> HttpResponse {
    if app.is_draining() {
        return answer(StatusCode::SERVICE_UNAVAILABLE, "draining", Vec::new());
    }
    if !records_answer(&app).await {
        return answer(StatusCode::SERVICE_UNAVAILABLE, "unavailable", vec!["records"]);
    }
    let is_behind = app.engine.lags().iter().any(|consultation| consultation.lag > READINESS_LAG_EVENTS_MAX);
    if is_behind {
        return answer(StatusCode::OK, "degraded", vec!["projection"]);
    }
    answer(StatusCode::OK, "ready", Vec::new())
}

/// `GET /metrics`
pub(crate) async fn metrics(app: App) -> HttpResponse {
    let text = app.metrics.text(app.engine.lags());
    HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text)
}

async fn records_answer(shared: &Shared) -> bool {
    match timeout(READINESS_TIMEOUT, shared.engine.check_writable(shared.engine.now())).await {
        Ok(Ok(())) => true,
        Ok(Err(failure)) => {
            tracing::warn!(%failure, "not ready: the records cannot be written");
            false
        }
        Err(_) => {
            tracing::warn!("not ready: the records do not answer");
            false
        }
    }
}

fn answer(code: StatusCode, status: &'static str, missing: Vec<&'static str>) -> HttpResponse {
    HttpResponse::build(code).insert_header(("cache-control", "no-store")).json(Health { status, missing })
}
