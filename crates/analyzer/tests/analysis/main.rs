//! Whole analyses: what a report promises whatever the votes are.

#[cfg(test)]
mod degenerate;
#[cfg(test)]
mod invariance;
#[cfg(test)]
mod polis_outputs;
#[cfg(test)]
mod real_consultations;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod tables;
