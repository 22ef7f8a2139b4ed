//! Error pages: a problem met on a page is shown as a page in the reader's language.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use gd_domain::{Action, Language};
use gd_pages::{ErrorPage, ErrorStory, Frame, Here, Page, WidgetPage, WidgetState};

use crate::edge::negotiation;
use crate::edge::path;
use crate::edge::problem::{Code, Problem};
use crate::edge::request_id::RequestId;
use crate::edge::security_headers::framed_by;
use crate::state::AppState;

/// Replaces the problem document of a response by a page.
pub(crate) async fn render_problems(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let problem = response.response().error().and_then(|error| error.as_error::<Problem>()).cloned();
    let Some(problem) = problem else { return Ok(response) };
    let page = error_page(response.request(), &problem);
    Ok(response.into_response(page))
}

fn error_page(request: &HttpRequest, problem: &Problem) -> HttpResponse {
    let app = AppState::of(request);
    let lookup = app.engine.consultation().find(path::slug(request), Action::Read, app.engine.now()).ok();
    let consultation = lookup.as_ref().map(|lookup| &lookup.view.consultation);
    let fallback = consultation.map_or(Language::default(), |known| known.description.language);
    let status: StatusCode = problem.code.status();
    let extensions = request.extensions();
    let request_id = extensions.get::<RequestId>().and_then(|id| id.0.to_str().ok());
    let frame = Frame {
        language: negotiation::language(request.headers(), fallback),
        path: request.uri().path_and_query().map_or("/", |path| path.as_str()),
        origin: app.origin(),
    };
    let framed = lookup.as_ref().filter(|_| framed_by(request.path(), app).is_some());
    let page = match framed {
        Some(lookup) => {
            let consultation = &lookup.view.consultation;
            let here = Here { consultation, phase: lookup.phase, results_open: false };
            WidgetPage::without_card(frame, here, WidgetState::Trouble(status.as_u16())).to_html()
        }
        None => ErrorPage {
            frame,
            status: status.as_u16(),
            story: story(problem.code),
            consultation: consultation.map(gd_domain::Consultation::slug),
            is_repeatable: request.method().is_safe(),
            request_id,
        }
        .to_html(),
    };
    let mut response = HttpResponse::build(status);
    for header in problem.headers() {
        response.append_header(header);
    }
    response.content_type("text/html; charset=utf-8").body(page)
}

/// The advice for people, where the status alone would mislead them.
fn story(code: Code) -> Option<ErrorStory> {
    match code {
        Code::VoteKeyExpired | Code::VoteKeyInvalid => Some(ErrorStory::CardExpired),
        Code::ProposalNotFound | Code::ProposalNotPublished => Some(ErrorStory::ProposalGone),
        Code::CrossSite => Some(ErrorStory::FormFromElsewhere),
        Code::ResultsHidden => Some(ErrorStory::ResultsHidden),
        Code::ReportNotFound => Some(ErrorStory::ReportAwaited),
        _ => None,
    }
}
