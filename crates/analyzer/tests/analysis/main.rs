//! Whole analyses: what a report promises whatever the votes are.

#[cfg(test)]
mod degenerate;
#[cfg(test)]
mod exposures;
#[cfg(test)]
mod ideas;
#[cfg(test)]
mod integrity;
#[cfg(test)]
mod invariance;
#[cfg(test)]
mod label_trial;
#[cfg(test)]
mod polis_outputs;
#[cfg(test)]
mod real_consultations;
#[cfg(test)]
mod real_folders;
#[cfg(test)]
mod shortlist;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod tables;
#[cfg(test)]
#[path = "../../examples/label_trial/trial.rs"]
mod trial;
#[cfg(test)]
mod weighting;
