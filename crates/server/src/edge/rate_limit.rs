//! Before the API and the pages: what no handler should have to look at. A request refused here does nothing.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Uri;
use actix_web::http::header::{self, HeaderName};
use actix_web::middleware::Next;
use gd_engine::ports::Rationed;

use crate::edge::client;
use crate::edge::limits::QUERY_BYTES_MAX;
use crate::edge::problem::{Code, Problem};
use crate::state::Shared;

/// Every request takes one from the budget of its network, and brings a query of reasonable length.
pub(crate) async fn ration(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match check(&request).await {
        Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
        Err(problem) => Ok(request.error_response(problem)),
    }
}

/// A form must come from our own pages. The participant's cookie is `SameSite=Lax`, which already keeps
/// it out of forms of other sites; this also refuses them where a browser does not know that attribute.
pub(crate) async fn same_site_forms(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.method().is_safe() || comes_from_our_pages(&request) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let problem = Problem::new(Code::CrossSite, "Open the page itself and send the form from there.");
    Ok(request.error_response(problem))
}

async fn check(request: &ServiceRequest) -> Result<(), Problem> {
    if request.query_string().len() > QUERY_BYTES_MAX {
        let detail = format!("A query holds at most {QUERY_BYTES_MAX} bytes.");
        return Err(Problem::new(Code::QueryTooLong, detail));
    }
    let shared = Shared::of(request.request());
    let network = client::network(client::address(request.request(), &shared.trusted_proxies));
    shared.ration(Rationed::Requests, &network).await
}

fn comes_from_our_pages(request: &ServiceRequest) -> bool {
    let header = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    match header(HeaderName::from_static("sec-fetch-site")) {
        // What the browser itself vouches for holds behind proxies that change the host, too.
        Some("same-origin" | "none") => return true,
        Some("cross-site") => return false,
        _ => {}
    }
    let Some(origin) = header(header::ORIGIN) else {
        // Programs other than browsers send none, and have no cookies of anybody else.
        return true;
    };
    let origin = origin.parse::<Uri>().ok().and_then(|origin| origin.authority().cloned());
    let Some(origin) = origin else { return false };
    let public = Shared::of(request.request()).public_url.as_ref().and_then(Uri::authority);
    header(header::HOST).is_some_and(|host| host.eq_ignore_ascii_case(origin.as_str()))
        || public.is_some_and(|public| public.as_str().eq_ignore_ascii_case(origin.as_str()))
}
