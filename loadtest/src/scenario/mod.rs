//! Scenarios of the open loop: who comes when, and does what.

pub(crate) mod grand_dialogue;
pub(crate) mod readers;
pub(crate) mod retry_storm;
pub(crate) mod tv_call;

mod agenda;
mod budget;
mod event;
mod moderator;
mod submission;
mod views;
mod visit;
