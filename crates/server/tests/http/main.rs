//! The HTTP contract, against an engine over a real database.

mod api;
mod bad_input;
mod journeys;
mod openapi;
mod serving;
mod support;
