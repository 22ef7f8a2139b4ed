//! The proposals that ballots may be about.

use std::collections::BTreeSet;
use std::path::Path;

use gd_domain::{Proposal, ProposalNumber};

use crate::WriteError;

/// The proposals that ballots may be about, and where they are written.
pub(crate) struct KnownProposals<'a> {
    numbers: BTreeSet<ProposalNumber>,
    path: &'a Path,
}

/// The numbers of the proposals of an export: each once, and no ballot on another.
pub(crate) struct Numbers(BTreeSet<ProposalNumber>);

impl Numbers {
    pub(crate) fn of(proposals: &[Proposal]) -> Result<Self, WriteError> {
        let mut numbers = BTreeSet::new();
        match proposals.iter().find(|proposal| !numbers.insert(proposal.number)) {
            None => Ok(Self(numbers)),
            Some(twice) => {
                Err(WriteError::Inconsistent(format!("two proposals have the number {}", twice.number)))
            }
        }
    }

    pub(crate) fn check(&self, number: ProposalNumber) -> Result<(), WriteError> {
        if self.0.contains(&number) {
            return Ok(());
        }
        Err(WriteError::Inconsistent(format!("there is a ballot on number {number}, which is no proposal")))
    }
}

impl<'a> KnownProposals<'a> {
    pub(crate) fn of(proposals: &[Proposal], path: &'a Path) -> Self {
        Self { numbers: proposals.iter().map(|proposal| proposal.number).collect(), path }
    }

    /// What is wrong with a ballot on this proposal, if anything.
    pub(crate) fn refuse(&self, number: ProposalNumber) -> Result<(), String> {
        if self.numbers.contains(&number) {
            return Ok(());
        }
        Err(format!(
            "there is a vote on number {number}, which {} does not hold; take both files from the same export",
            self.path.display()
        ))
    }
}
