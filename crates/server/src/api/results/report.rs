//! `/api/v1/consultations/{slug}/report`: the report that the public sees, as stored.

use actix_web::{HttpRequest, HttpResponse};
use gd_domain::Language;
use gd_pages::ReportFile;

use crate::edge::conditional::{ResponseKind, TaggedBody, respond};
use crate::edge::path;
use crate::edge::problem::{Code, Problem};
use crate::edge::problem_responses;
use crate::edge::response_cache::{ResponseVersion, Subject};
use crate::state::App;

/// The latest published report; the live one if results are live and none is published.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/report", tag = "results", operation_id = "report",
    params(("slug" = String, Path, description = "The consultation's short name")),
    responses(
        (status = 200, description = "The report, byte for byte as it was made", body = Object),
        (status = 304, description = "Nothing has changed since the response whose `ETag` was sent"),
        problem_responses::ResultsHidden, problem_responses::ReportNotFound, problem_responses::RateLimited,
        problem_responses::TryAgain,
    ),
)]
pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let (lookup, report) = app.engine.results().report(path::slug(&request), app.engine.now()).await?;
    let missing = || Problem::new(Code::ReportNotFound, "Results are live, but no report has been made yet.");
    let report = report.ok_or_else(missing)?;
    let version = ResponseVersion::of_figures(report.made_at);
    let make = move || Ok(TaggedBody::compressed(report.body.clone().into_bytes()));
    let subject = Subject::ReportFile(ReportFile::Json, Language::default());
    let body = app.report_files.get(lookup.id(), subject, version, make).await?;
    Ok(respond(&request, ResponseKind::JSON, &body))
}
