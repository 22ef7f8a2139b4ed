//! The one table of addresses. What stands first is looked at first: casting ballots is what most
//! requests do.

use actix_web::guard::{Any, Get, Head};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, Resource, Route as Method};

use crate::api::{audience, ballots, consultations, proposals, report, sequence, tallies};
use crate::problem::Problem;
use crate::shared::App;
use crate::{gate, health, metrics, observe, openapi};

/// The pattern of the address a request met, beside the request: the label of its metrics.
#[derive(Clone, Copy)]
pub(crate) struct Route(pub(crate) &'static str);

/// Puts every address in its place.
pub(crate) fn configure(config: &mut ServiceConfig, app: App) {
    let everything = web::scope("")
        .app_data(app)
        .service(api())
        .service(at("/health/live", "GET, HEAD").route(get().to(health::live)))
        .service(at("/health/ready", "GET, HEAD").route(get().to(health::ready)))
        .service(at("/metrics", "GET, HEAD").route(get().to(metrics::show)))
        .default_service(web::to(not_found))
        .wrap(from_fn(observe::observe));
    config.service(everything);
}

fn api() -> impl actix_web::dev::HttpServiceFactory {
    // Compression only where answers have some size.
    let squeeze = Compress::default;
    web::scope("/api")
        .service(
            at("/v1/consultations/{slug}/ballots", "GET, HEAD, POST")
                .route(web::post().to(ballots::cast))
                .route(get().to(ballots::mine)),
        )
        .service(
            at("/v1/consultations/{slug}/ballots/{proposal}", "DELETE")
                .route(web::delete().to(ballots::retract)),
        )
        .service(at("/v1/consultations/{slug}/sequence", "GET, HEAD").route(get().to(sequence::serve)))
        .service(
            at("/v1/consultations/{slug}/proposals", "GET, HEAD, POST")
                .route(web::post().to(proposals::submit))
                .route(get().to(proposals::list))
                .wrap(squeeze()),
        )
        .service(
            at("/v1/consultations/{slug}/proposals/similar", "GET, HEAD").route(get().to(proposals::similar)),
        )
        .service(
            at("/v1/consultations/{slug}/tallies", "GET, HEAD")
                .route(get().to(tallies::show))
                .wrap(squeeze()),
        )
        .service(
            at("/v1/consultations/{slug}/report", "GET, HEAD").route(get().to(report::show)).wrap(squeeze()),
        )
        .service(at("/v1/consultations/{slug}/audience", "PUT").route(web::put().to(audience::declare)))
        .service(
            at("/v1/consultations/{slug}", "GET, HEAD").route(get().to(consultations::show)).wrap(squeeze()),
        )
        .service(at("/v1/consultations", "GET, HEAD").route(get().to(consultations::list)).wrap(squeeze()))
        .service(at("/v1/openapi.json", "GET, HEAD").route(get().to(openapi::show)).wrap(squeeze()))
        .default_service(web::to(not_found))
        .wrap(from_fn(gate::ration))
}

/// An address that answers these methods, and says so to others.
fn at(pattern: &'static str, methods: &'static str) -> Resource {
    let refuse = move || async move { Err::<&'static str, _>(Problem::method_not_allowed(methods)) };
    web::resource(pattern).app_data(Route(pattern)).default_service(web::to(refuse))
}

/// `GET`, and `HEAD` for its headers alone.
fn get() -> Method {
    web::route().guard(Any(Get()).or(Head()))
}

async fn not_found(_: HttpRequest) -> Result<&'static str, Problem> {
    Err(Problem::not_found())
}
