//! Protection from cross-site request forgery (CSRF): a form must come from our own pages.
//!
//! The participant's cookie is `SameSite=Lax`, which already keeps it out of forms of other sites. This check
//! also refuses them where a browser does not know that attribute.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Uri;
use actix_web::http::header::{self, HeaderName};
use actix_web::middleware::Next;

use crate::edge::problem::{Code, Problem};
use crate::state::AppState;

/// Refuses unsafe methods from another site, by `Sec-Fetch-Site` or `Origin`, with 403.
pub(crate) async fn refuse_cross_site(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.method().is_safe() || comes_from_our_pages(&request) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let problem = Problem::new(Code::CrossSite, "Open the page itself and send the form from there.");
    Ok(request.error_response(problem))
}

fn comes_from_our_pages(request: &ServiceRequest) -> bool {
    let header = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    match header(HeaderName::from_static("sec-fetch-site")) {
        // The browser sets this header itself. It holds behind proxies that change the host, too.
        Some("same-origin" | "none") => return true,
        Some("cross-site") => return false,
        _ => {}
    }
    let Some(origin) = header(header::ORIGIN) else {
        // Programs other than browsers send no such header, and hold nobody else's cookies.
        return true;
    };
    let origin = origin.parse::<Uri>().ok().and_then(|origin| origin.authority().cloned());
    let Some(origin) = origin else { return false };
    let public = AppState::of(request.request()).public_url.as_ref().and_then(Uri::authority);
    header(header::HOST).is_some_and(|host| host.eq_ignore_ascii_case(origin.as_str()))
        || public.is_some_and(|public| public.as_str().eq_ignore_ascii_case(origin.as_str()))
}
