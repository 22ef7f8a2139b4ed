//! The one table of addresses. What stands first is looked at first: casting ballots is what most
//! requests do.

use actix_web::guard::{Any, Get, Head};
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Resource, Route as Method};

use crate::api::consultation::consultations;
use crate::api::openapi;
use crate::api::participants::answers;
use crate::api::proposals::{list, sequence, similar, submit};
use crate::api::results::{report, tallies};
use crate::api::voting::{activity, audience, ballots};
use crate::edge::access_log::Route;
use crate::edge::compression::compress;
use crate::edge::problem::Problem;
use crate::edge::{
    access_log, csrf, error_pages, health, rate_limit, security_headers, static_files, trailing_slash,
};
use crate::public::consultation::{home, landing, notice};
use crate::public::participants::{device, my_data};
use crate::public::proposals::{explore, proposal, propose};
use crate::public::results::{report_files, stand};
use crate::public::voting::{vote, votes, widget};
use crate::public::{self, language};
use crate::state::App;

/// Where the JSON interface is.
const API: &str = "/api";

/// Puts every address in its place.
pub(crate) fn configure(config: &mut ServiceConfig, app: App) {
    let everything = web::scope("")
        .app_data(app)
        .service(api())
        .service(at("/health/live", "GET, HEAD").route(get().to(health::live)))
        .service(at("/health/ready", "GET, HEAD").route(get().to(health::ready)))
        .service(at("/metrics", "GET, HEAD").route(get().to(health::metrics)))
        .service(
            at("/static/{file}", "GET, HEAD").route(get().to(static_files::show)).wrap(from_fn(compress)),
        )
        .service(pages())
        .wrap(from_fn(access_log::observe));
    config.service(everything);
}

fn api() -> impl actix_web::dev::HttpServiceFactory {
    // Compression only where answers have some size.
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
        .wrap(from_fn(rate_limit::limit_requests))
}

fn pages() -> impl actix_web::dev::HttpServiceFactory {
    web::scope("")
        .service(at("/", "GET, HEAD").route(get().to(home::show)))
        .service(
            at("/c/{slug}/vote", "GET, HEAD, POST")
                .route(get().to(vote::show))
                .route(web::post().to(vote::cast)),
        )
        .service(at("/c/{slug}/vote/qualify", "POST").route(web::post().to(vote::qualify)))
        .service(at("/c/{slug}/vote/retract", "POST").route(web::post().to(vote::retract)))
        .service(
            at("/c/{slug}/widget", "GET, HEAD, POST")
                .route(get().to(widget::show))
                .route(web::post().to(widget::act)),
        )
        .service(at("/c/{slug}/widget/continue", "POST").route(web::post().to(widget::leave)))
        .service(at("/c/{slug}/audience", "POST").route(web::post().to(public::voting::audience::declare)))
        .service(at("/c/{slug}/answers", "POST").route(web::post().to(public::participants::answers::answer)))
        .service(
            at("/c/{slug}/propose", "GET, HEAD, POST")
                .route(get().to(propose::show))
                .route(web::post().to(propose::submit)),
        )
        .service(at("/c/{slug}/proposals/{proposal}/totals", "GET, HEAD").route(get().to(proposal::totals)))
        .service(
            at("/c/{slug}/proposals/{proposal}", "GET, HEAD, POST")
                .route(get().to(proposal::show))
                .route(web::post().to(proposal::cast)),
        )
        .service(at("/c/{slug}/receipts/{receipt}", "GET, HEAD").route(get().to(propose::receipt)))
        .service(at("/c/{slug}/proposals", "GET, HEAD").route(get().to(explore::show)))
        .service(
            at("/c/{slug}/votes", "GET, HEAD, POST")
                .route(get().to(votes::show))
                .route(web::post().to(votes::change)),
        )
        .service(at("/c/{slug}/votes/data", "GET, HEAD").route(get().to(my_data::download)))
        .service(
            at("/c/{slug}/votes/erase", "GET, HEAD, POST")
                .route(get().to(my_data::ask))
                .route(web::post().to(my_data::erase)),
        )
        .service(at("/c/{slug}/votes/link", "POST").route(web::post().to(device::offer)))
        .service(
            at("/c/{slug}/continue/{link}", "GET, HEAD, POST")
                .route(get().to(device::ask))
                .route(web::post().to(device::accept)),
        )
        .service(at("/c/{slug}/votes/retract", "POST").route(web::post().to(votes::retract)))
        .service(at("/c/{slug}/stand", "GET, HEAD").route(get().to(stand::show)))
        .service(at("/c/{slug}/results", "GET, HEAD").route(get().to(public::results::report::show)))
        .service(at("/c/{slug}/results/{file}", "GET, HEAD").route(get().to(report_files::show)))
        .service(at("/c/{slug}/privacy", "GET, HEAD").route(get().to(notice::privacy)))
        .service(at("/c/{slug}/accessibility", "GET, HEAD").route(get().to(notice::accessibility)))
        .service(at("/c/{slug}/legal", "GET, HEAD").route(get().to(notice::legal)))
        .service(at("/c/{slug}", "GET, HEAD").route(get().to(landing::show)))
        .service(at("/language", "POST").route(web::post().to(language::choose)))
        .default_service(web::to(trailing_slash::lead_on))
        .wrap(from_fn(csrf::refuse_cross_site))
        .wrap(from_fn(rate_limit::limit_requests))
        .wrap(from_fn(error_pages::render_problems))
        .wrap(from_fn(security_headers::set_headers))
        .wrap(from_fn(compress))
}

/// An address that answers these methods, and says so to others.
fn at(pattern: &'static str, methods: &'static str) -> Resource {
    let refuse = move || async move { Err::<&'static str, _>(Problem::method_not_allowed(methods)) };
    // Inside the API's scope the pattern continues after its prefix.
    let path = pattern.strip_prefix(API).unwrap_or(pattern);
    web::resource(path).app_data(Route(pattern)).default_service(web::to(refuse))
}

/// `GET`, and `HEAD` for its headers alone.
fn get() -> Method {
    web::route().guard(Any(Get()).or(Head()))
}

async fn not_found() -> Result<&'static str, Problem> {
    Err(Problem::not_found())
}
