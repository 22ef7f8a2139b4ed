//! The HTTP server: requests to use-cases, results to responses.
//!
//! `edge` handles every request, `session` identifies its sender, `acts` holds what the API and the pages do alike,
//! `api` and `public` hold the handlers by area, `routes` their addresses. The URL tells the file:
//! `/api/v1/consultations/{slug}/ballots` is `api/voting/ballots.rs`, `/c/{slug}/vote` is `public/voting/vote.rs`.
//! The crate knows no SQL and no Redis. It takes the time and randomness from the engine, which also decides what a
//! consultation accepts.

mod acts;
mod api;
mod edge;
mod public;
mod routes;
mod server;
mod session;
mod settings;
mod state;

pub use api::openapi::document as openapi_document;
pub use server::{Server, told_to_end};
pub use settings::ServerSettings;
