//! Whole analyses: what a report promises whatever the votes are.

#[cfg(test)]
mod degenerate;
mod exposures;
#[cfg(test)]
mod ideas;
#[cfg(test)]
mod invariance;
#[cfg(test)]
mod polis_outputs;
#[cfg(test)]
mod real_consultations;
#[cfg(test)]
mod shortlist;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod weighting;
