//! The route table: probes, static files, the API, the pages.

mod api;
mod public;
mod resource;

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};

use self::resource::{at, get};
use crate::edge::access_log::log_requests;
use crate::edge::compression::compress;
use crate::edge::{health, static_files};
use crate::state::App;

/// Registers every route.
pub(crate) fn configure(config: &mut ServiceConfig, app: App) {
    let everything = web::scope("")
        .app_data(app)
        .service(api::scope())
        .service(at("/health/live", "GET, HEAD").route(get().to(health::live)))
        .service(at("/health/ready", "GET, HEAD").route(get().to(health::ready)))
        .service(at("/metrics", "GET, HEAD").route(get().to(health::metrics)))
        .service(
            at("/static/{file}", "GET, HEAD").route(get().to(static_files::show)).wrap(from_fn(compress)),
        )
        .service(public::scope())
        .wrap(from_fn(log_requests));
    config.service(everything);
}
