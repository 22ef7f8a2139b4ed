//! The participant: the organizers' questions, the link to another device, and erasure.

mod device;
mod erase;
pub(crate) mod questions;

pub use device::{DevicePage, DeviceState};
pub use erase::ErasePage;
pub use questions::ANSWER_FIELD;
