//! Routes of the pages. Middleware wraps from the last line inwards: a response is compressed last.

use actix_web::dev::HttpServiceFactory;
use actix_web::middleware::from_fn;
use actix_web::web;

use super::resource::{at, get};
use crate::edge::compression::compress;
use crate::edge::csrf::refuse_cross_site;
use crate::edge::error_pages::render_problems;
use crate::edge::rate_limit::limit_requests;
use crate::edge::security_headers::set_headers;
use crate::edge::trailing_slash;
use crate::public::consultation::{home, landing, notice};
use crate::public::language;
use crate::public::participants::{answers, device, my_data};
use crate::public::proposals::{explore, proposal, propose};
use crate::public::results::{report, report_files, stand};
use crate::public::voting::{audience, vote, votes, widget};

pub(super) fn scope() -> impl HttpServiceFactory {
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
        .service(at("/c/{slug}/audience", "POST").route(web::post().to(audience::declare)))
        .service(at("/c/{slug}/answers", "POST").route(web::post().to(answers::answer)))
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
        .service(at("/c/{slug}/results", "GET, HEAD").route(get().to(report::show)))
        .service(at("/c/{slug}/results/{file}", "GET, HEAD").route(get().to(report_files::show)))
        .service(at("/c/{slug}/privacy", "GET, HEAD").route(get().to(notice::privacy)))
        .service(at("/c/{slug}/accessibility", "GET, HEAD").route(get().to(notice::accessibility)))
        .service(at("/c/{slug}/legal", "GET, HEAD").route(get().to(notice::legal)))
        .service(at("/c/{slug}", "GET, HEAD").route(get().to(landing::show)))
        .service(at("/language", "POST").route(web::post().to(language::choose)))
        .default_service(web::to(trailing_slash::lead_on))
        .wrap(from_fn(refuse_cross_site))
        .wrap(from_fn(limit_requests))
        .wrap(from_fn(render_problems))
        .wrap(from_fn(set_headers))
        .wrap(from_fn(compress))
}
