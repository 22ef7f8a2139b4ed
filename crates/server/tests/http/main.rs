//! The HTTP contract, against an engine over a real database.
#![expect(clippy::unwrap_used, reason = "test code panics where a promise is broken")]

mod about_oneself;
mod api;
mod bad_input;
mod calm;
mod every_page;
mod journeys;
mod looking_around;
mod openapi;
mod results;
mod serving;
mod support;
mod widget;
