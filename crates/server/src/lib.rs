//! HTTP to use-cases and back.
//!
//! Owns the addresses, the cookie, the limits of the edge and the map from errors to problem documents.
//! The URL tells the file: `/api/v1/consultations/{slug}/ballots` is `api/ballots.rs`, `/c/{slug}/vote` is
//! `pages/vote.rs`. Knows no SQL and no Redis; takes the time and randomness from the engine; what a
//! consultation accepts is decided behind it.

mod address;
mod alike;
mod answers;
mod api;
mod body;
mod client;
mod cookie_words;
mod device_links;
mod gate;
mod health;
mod instant;
mod limits;
mod metrics;
mod observe;
mod openapi;
mod pages;
mod participant;
mod preference;
mod problem;
mod reader;
mod receipts;
mod report_files;
mod request_id;
mod routes;
mod server;
mod settings;
mod shared;
mod shared_answers;
mod shown_reports;
mod squeeze;
mod widget_visitor;

pub use openapi::document as openapi_document;
pub use report_files::{ReportContext, ReportFileError, report_file};
pub use server::{Server, told_to_end};
pub use settings::ServerSettings;
