//! Whole analyses: what a report promises whatever the votes are.

mod degenerate;
mod invariance;
mod real_consultations;
mod snapshots;
mod tables;
