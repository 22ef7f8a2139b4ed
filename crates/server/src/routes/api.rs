//! Routes of the JSON interface. Casting ballots comes first, because most requests do it.

use actix_web::dev::HttpServiceFactory;
use actix_web::middleware::from_fn;
use actix_web::web;

use super::resource::{API, at, get};
use crate::api::consultation::consultations;
use crate::api::openapi;
use crate::api::participants::answers;
use crate::api::proposals::{list, sequence, similar, submit};
use crate::api::results::{report, tallies};
use crate::api::voting::{activity, audience, ballots};
use crate::edge::compression::compress;
use crate::edge::problem::Problem;
use crate::edge::rate_limit::limit_requests;

pub(super) fn scope() -> impl HttpServiceFactory {
    // Only long responses are worth compressing.
    let compress = || from_fn(compress);
    web::scope(API)
        .service(
            at("/api/v1/consultations/{slug}/ballots", "GET, HEAD, POST")
                .route(web::post().to(ballots::cast))
                .route(get().to(ballots::mine)),
        )
        .service(
            at("/api/v1/consultations/{slug}/ballots/{proposal}", "DELETE")
                .route(web::delete().to(ballots::retract)),
        )
        .service(at("/api/v1/consultations/{slug}/sequence", "GET, HEAD").route(get().to(sequence::serve)))
        .service(
            at("/api/v1/consultations/{slug}/proposals", "GET, HEAD, POST")
                .route(web::post().to(submit::submit))
                .route(get().to(list::list))
                .wrap(compress()),
        )
        .service(
            at("/api/v1/consultations/{slug}/proposals/similar", "GET, HEAD")
                .route(get().to(similar::similar))
                .wrap(compress()),
        )
        .service(
            at("/api/v1/consultations/{slug}/tallies", "GET, HEAD")
                .route(get().to(tallies::show))
                .wrap(compress()),
        )
        .service(
            at("/api/v1/consultations/{slug}/activity", "GET, HEAD")
                .route(get().to(activity::show))
                .wrap(compress()),
        )
        .service(
            at("/api/v1/consultations/{slug}/report", "GET, HEAD")
                .route(get().to(report::show))
                .wrap(compress()),
        )
        .service(at("/api/v1/consultations/{slug}/audience", "PUT").route(web::put().to(audience::declare)))
        .service(at("/api/v1/consultations/{slug}/answers", "PUT").route(web::put().to(answers::put)))
        .service(
            at("/api/v1/consultations/{slug}", "GET, HEAD")
                .route(get().to(consultations::show))
                .wrap(compress()),
        )
        .service(
            at("/api/v1/consultations", "GET, HEAD").route(get().to(consultations::list)).wrap(compress()),
        )
        .service(at("/api/v1/openapi.json", "GET, HEAD").route(get().to(openapi::show)).wrap(compress()))
        .default_service(web::to(not_found))
        .wrap(from_fn(limit_requests))
}

async fn not_found() -> Result<&'static str, Problem> {
    Err(Problem::not_found())
}
