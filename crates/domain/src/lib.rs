//! Words and rules of a consultation: pure, no I/O, no async, no clock, no randomness.
//!
//! Every other room of the house speaks in these types. A rule about consultations lives here even
//! when a single caller needs it today. Time comes in as a [`Timestamp`] argument.

mod consultation;
mod ids;
mod proposals;
mod results;
mod staff;
mod timestamp;
mod voting;
mod words;

pub use consultation::*;
pub use ids::*;
pub use proposals::*;
pub use results::*;
pub use staff::*;
pub use timestamp::*;
pub use voting::*;
pub use words::UnknownWord;
