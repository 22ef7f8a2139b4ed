//! The proposals that ballots may be about.

use std::path::Path;

use gd_domain::{ItemNumber, Proposal, ProposalPlaces};

use crate::WriteError;

/// The proposals that ballots may be about, and where they are written.
pub(crate) struct KnownProposals<'a> {
    places: ProposalPlaces,
    path: &'a Path,
}

/// The numbers of the proposals of an export. Each occurs once, and every ballot is on one of them.
pub(crate) struct Numbers(ProposalPlaces);

impl Numbers {
    pub(crate) fn of(proposals: &[Proposal]) -> Result<Self, WriteError> {
        let mut numbers: Vec<ItemNumber> = proposals.iter().map(|proposal| proposal.number).collect();
        numbers.sort_unstable();
        match numbers.windows(2).find(|pair| pair[0] == pair[1]) {
            None => Ok(Self(ProposalPlaces::of(numbers))),
            Some(twice) => {
                Err(WriteError::Inconsistent(format!("two proposals have the number {}", twice[0])))
            }
        }
    }

    pub(crate) fn check(&self, number: ItemNumber) -> Result<(), WriteError> {
        if self.0.contains(number) {
            return Ok(());
        }
        Err(WriteError::Inconsistent(format!("there is a ballot on number {number}, which is no proposal")))
    }
}

impl<'a> KnownProposals<'a> {
    pub(crate) fn of(proposals: &[Proposal], path: &'a Path) -> Self {
        Self { places: ProposalPlaces::of(proposals.iter().map(|proposal| proposal.number)), path }
    }

    /// Refuses a ballot on a proposal that the file of proposals lacks.
    pub(crate) fn refuse(&self, number: ItemNumber) -> Result<(), String> {
        if self.places.contains(number) {
            return Ok(());
        }
        Err(format!(
            "there is a vote on number {number}, which {} does not hold; take both files from the same export",
            self.path.display()
        ))
    }
}
