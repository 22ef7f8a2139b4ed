//! Around every page: the headers that keep it safe, and problems shown as pages.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use gd_domain::{Action, Language};
use gd_pages::{ErrorPage, ErrorStory, Frame, Here, Page, WidgetPage, WidgetState};

use crate::edge::address;
use crate::edge::negotiation;
use crate::edge::problem::{Code, Problem};
use crate::edge::request_id::RequestId;
use crate::public::voting::widget;
use crate::state::Shared;

/// Our own styles, scripts, images and forms only; nothing inline; in nobody's frame.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                                       connect-src 'self'; base-uri 'none'; form-action 'self'; \
                                       frame-ancestors 'none'";

/// What of it a widget's page replaces by the sites that may frame it.
const NOBODY: &str = "'none'";

pub(crate) async fn dress(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut response = next.call(request).await?.map_into_boxed_body();
    let problem = response.response().error().and_then(|error| error.as_error::<Problem>()).cloned();
    if let Some(problem) = problem {
        let page = error_page(response.request(), &problem);
        response = response.into_response(page);
    }
    let framed_by = widget::framed_by(response.request().path(), Shared::of(response.request()));
    protect(response.headers_mut(), framed_by.as_deref());
    Ok(response)
}

fn protect(headers: &mut HeaderMap, framed_by: Option<&str>) {
    let policy = framed_by.and_then(framable).unwrap_or(HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Other sites learn nothing; our own forms still tell where they come from.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
}

/// The policy of a page that these sites may frame.
fn framable(origins: &str) -> Option<HeaderValue> {
    let policy = CONTENT_SECURITY_POLICY.strip_suffix(NOBODY)?;
    HeaderValue::try_from(format!("{policy}{origins}")).ok()
}

fn error_page(request: &HttpRequest, problem: &Problem) -> HttpResponse {
    let shared = Shared::of(request);
    let lookup = shared.engine.find(address::slug(request), Action::Read, shared.engine.now()).ok();
    let consultation = lookup.as_ref().map(|lookup| &lookup.view.consultation);
    let fallback = consultation.map_or(Language::default(), |known| known.description.language);
    let status: StatusCode = problem.code.status();
    let extensions = request.extensions();
    let request_id = extensions.get::<RequestId>().and_then(|id| id.0.to_str().ok());
    let frame = Frame {
        language: negotiation::language(request.headers(), fallback),
        path: request.uri().path_and_query().map_or("/", |path| path.as_str()),
        origin: shared.origin(),
    };
    let framed = lookup.as_ref().filter(|_| widget::framed_by(request.path(), shared).is_some());
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

/// What people can do about it, where the status alone would mislead them.
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
