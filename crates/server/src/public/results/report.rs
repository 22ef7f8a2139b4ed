//! `/c/{slug}/results`: the report, with consensus, controversy, rejection and what is undetermined.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use gd_engine::ResultsError;
use gd_pages::{Frame, Here, Page, ResultsPage, ResultsState};

use crate::edge::conditional::{ResponseKind, TaggedBody, respond};
use crate::edge::problem::{Code, Problem};
use crate::edge::response_cache::{ResponseVersion, Subject};
use crate::public::response::cacheable;
use crate::public::visit::Visit;
use crate::state::App;

pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let visit = Visit::at_address(&request, &app).await?;
    let page = |state: ResultsState<'_>| {
        cacheable(&request, &ResultsPage { frame: visit.frame(), here: visit.here(), state })
    };
    let stored = match app.engine.results().report(visit.slug(), visit.now).await {
        Ok((_, Some(stored))) => stored,
        Ok((_, None)) => return Ok(page(ResultsState::Awaited)),
        Err(ResultsError::Hidden) => return Ok(page(ResultsState::Hidden)),
        Err(error) => return Err(error.into()),
    };
    let report = app.reports.parsed(visit.lookup.id(), &stored).map_err(|error| {
        tracing::error!(consultation = visit.slug(), %error, "the report on record cannot be shown");
        Problem::new(Code::Internal, "The report cannot be shown; the operators have been told.")
    })?;
    let (as_of, position, is_live) = (stored.made_at, stored.position, visit.is_open());
    let (frame, here) = (visit.frame(), visit.here());
    if frame.path != visit.path_of("/results") {
        // The page links to its own address, which anybody may lengthen.
        return Ok(page(ResultsState::Shown { report: &report, as_of, position, is_live }));
    }
    let version = ResponseVersion::of_report(&visit.lookup, as_of, here.results_open);
    let (view, path) = (Arc::clone(&visit.lookup.view), frame.path.to_owned());
    let (language, phase, results_open) = (frame.language, here.phase, here.results_open);
    let site = app.clone();
    let make = move || {
        let frame = Frame { language, path: &path, origin: site.origin() };
        let here = Here { consultation: &view.consultation, phase, results_open };
        let state = ResultsState::Shown { report: &report, as_of, position, is_live };
        Ok(TaggedBody::compressed(ResultsPage { frame, here, state }.to_html().into_bytes()))
    };
    let id = visit.lookup.id();
    let body = app.responses.get(id, Subject::Results(language), version, make).await?;
    Ok(respond(&request, ResponseKind::PAGE, &body))
}
