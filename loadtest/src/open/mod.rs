//! The open loop: requests are due at instants drawn beforehand, whatever has become of earlier ones, as
//! people who know nothing of one another send them. Latencies count from the instant a request was due, so
//! that waiting for a slow answer, for a free connection or for one's own earlier request is in them: a stall
//! shows in all that it held up. (Timers tick each millisecond; up to one or two are the load test's own.)

mod client;
mod drive;
mod line;
mod options;
mod pace;
mod participant;
mod plot;
mod record;
mod report;
mod roll;
mod run;
mod stock;

pub(crate) use client::Client;
pub(crate) use options::{CheckOptions, OpenOptions};
pub(crate) use pace::Profile;
pub(crate) use participant::{Participant, Storm};
pub(crate) use record::Kind;
pub(crate) use report::Report;
pub(crate) use roll::Roll;
pub(crate) use run::{Plan, Run};
pub(crate) use stock::Stock;
