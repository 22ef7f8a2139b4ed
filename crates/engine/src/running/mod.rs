//! Running: the clock, randomness, budgets, leases and messages between processes.

pub mod ports;
pub(crate) mod secret;
pub(crate) mod state;

pub use secret::{SECRET_LENGTH_MIN, Secret, SignedCookie};
pub use state::Running;
