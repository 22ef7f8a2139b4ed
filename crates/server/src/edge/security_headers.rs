//! Security headers of pages: Content-Security-Policy, X-Content-Type-Options, Referrer-Policy.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use gd_domain::{Action, SiteOrigin};

use crate::state::AppState;

/// Allows our own styles, scripts, images and forms only; nothing inline; no frame around the page.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                                       connect-src 'self'; base-uri 'none'; form-action 'self'; \
                                       frame-ancestors 'none'";

/// The end of the policy, which a widget's page replaces by the sites that may frame it.
const NOBODY: &str = "'none'";

/// Sets the headers on every page, error pages included.
pub(crate) async fn set_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut response = next.call(request).await?.map_into_boxed_body();
    let framed_by = framed_by(response.request().path(), AppState::of(response.request()));
    protect(response.headers_mut(), framed_by.as_deref());
    Ok(response)
}

/// The sites that may frame the widget at this path, as `frame-ancestors` lists them; `None` if the path is not a
/// widget's or its consultation lists no sites.
pub(crate) fn framed_by(path: &str, app: &AppState) -> Option<String> {
    let slug = path.strip_prefix("/c/")?.strip_suffix("/widget")?;
    let lookup = app.engine.consultation().find(slug, Action::Read, app.engine.now()).ok()?;
    let origins = &lookup.view.consultation.description.presentation.widget_origins;
    let listed = || origins.iter().map(SiteOrigin::as_str).collect::<Vec<_>>().join(" ");
    (!origins.is_empty()).then(listed)
}

fn protect(headers: &mut HeaderMap, framed_by: Option<&str>) {
    let policy = framed_by.and_then(framable).unwrap_or(HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Other sites get no referrer; our own forms still send theirs.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
}

/// The policy of a page that these sites may frame.
fn framable(origins: &str) -> Option<HeaderValue> {
    let policy = CONTENT_SECURITY_POLICY.strip_suffix(NOBODY)?;
    HeaderValue::try_from(format!("{policy}{origins}")).ok()
}
