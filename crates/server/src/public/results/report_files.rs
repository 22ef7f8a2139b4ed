//! `/c/{slug}/results/{file}`: the report of the results page as files to download.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use gd_domain::Language;
use gd_pages::ReportFile;
use gd_press::{ReportContext, report_file};

use crate::edge::conditional::{ResponseKind, TaggedBody, respond};
use crate::edge::limits::PAGE_AGE_SECONDS_MAX;
use crate::edge::negotiation::LANGUAGE_VARIES_BY;
use crate::edge::problem::{Code, Problem};
use crate::edge::response_cache::{ResponseVersion, Subject};
use crate::public::visit::Visit;
use crate::state::App;

/// `GET /c/{slug}/results/{file}`: one file of the report.
pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let file = ReportFile::named(request.match_info().query("file")).ok_or_else(Problem::not_found)?;
    let visit = Visit::at_address(&request, &app).await?;
    let (lookup, stored) = app.engine.results().report(visit.slug(), visit.now).await?;
    let stored = stored.ok_or_else(|| Problem::new(Code::ReportNotFound, "No report has been made yet."))?;
    let language = if speaks(file) { visit.frame().language } else { Language::default() };
    let version = match file {
        ReportFile::Html | ReportFile::Workbook => ResponseVersion::of_report(&lookup, stored.made_at, true),
        ReportFile::Json | ReportFile::Proposals | ReportFile::Shortlist => {
            ResponseVersion::of_figures(stored.made_at)
        }
    };
    let view = Arc::clone(&lookup.view);
    let make = move || {
        let consultation = &view.consultation.description;
        let context = ReportContext {
            title: &consultation.question,
            language,
            as_of: Some(stored.made_at),
            consultation: Some((consultation, stored.position)),
            beside: &[],
        };
        let bytes = report_file(file, &stored.body, &context).map_err(|error| {
            tracing::error!(consultation = %consultation.slug, %error, "a file of the report cannot be made");
            Problem::new(Code::Internal, "The file cannot be made; the operators have been told.")
        })?;
        // A workbook is compressed already.
        Ok(if file == ReportFile::Workbook { TaggedBody::new(bytes) } else { TaggedBody::compressed(bytes) })
    };
    let subject = Subject::ReportFile(file, language);
    let body = app.report_files.get(lookup.id(), subject, version, make).await?;
    let mut response = respond(&request, kind(file), &body);
    let name = format!("attachment; filename=\"{}-{}\"", visit.slug(), file.name());
    let name = HeaderValue::try_from(name).expect("short names are letters, digits and hyphens");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// Whether the file has words in the reader's language around its figures.
fn speaks(file: ReportFile) -> bool {
    !matches!(file, ReportFile::Json | ReportFile::Proposals)
}

fn kind(file: ReportFile) -> ResponseKind {
    let content_type = match file {
        ReportFile::Json => "application/json",
        ReportFile::Html => "text/html; charset=utf-8",
        ReportFile::Proposals | ReportFile::Shortlist => "text/csv; charset=utf-8",
        ReportFile::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let vary = speaks(file).then_some(LANGUAGE_VARIES_BY);
    ResponseKind { content_type, age_seconds_max: PAGE_AGE_SECONDS_MAX, vary }
}
