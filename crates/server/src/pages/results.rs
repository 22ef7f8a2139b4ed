//! `/c/{slug}/results`: what unites, what divides, what is rejected, what is still open.

use actix_web::{HttpRequest, HttpResponse};
use gd_engine::ResultsError;
use gd_pages::{ResultsPage, ResultsState};

use super::public;
use super::visit::Visit;
use crate::problem::{Code, Problem};
use crate::shared::App;

pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let visit = Visit::at_address(&request, &app).await?;
    let page = |state: ResultsState<'_>| {
        public(&request, &ResultsPage { frame: visit.frame(), here: visit.here(), state })
    };
    let stored = match app.engine.report(visit.slug(), visit.now).await {
        Ok((_, Some(stored))) => stored,
        Ok((_, None)) => return Ok(page(ResultsState::Awaited)),
        Err(ResultsError::Hidden) => return Ok(page(ResultsState::Hidden)),
        Err(error) => return Err(error.into()),
    };
    let report = app.shown_reports.parsed(visit.lookup.entry.id, &stored).map_err(|error| {
        tracing::error!(consultation = visit.slug(), %error, "the report on record cannot be shown");
        Problem::new(Code::Internal, "The report cannot be shown; the operators have been told.")
    })?;
    Ok(page(ResultsState::Shown { report: &report, as_of: stored.made_at, is_live: visit.is_open() }))
}
