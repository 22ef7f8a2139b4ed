//! The HTTP contract, against an engine over a real database.
#![expect(clippy::unwrap_used, reason = "test code panics where a promise is broken")]

mod about_oneself;
mod api;
mod bad_input;
mod journeys;
mod looking_around;
mod openapi;
mod serving;
mod support;
mod widget;
