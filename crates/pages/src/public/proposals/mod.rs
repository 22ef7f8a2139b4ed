//! Proposals: the list, one proposal, the form, and the receipt its author keeps.

mod explore;
mod proposal;
mod propose;
mod proposed;

pub use explore::{ExploreFilter, ExplorePage, ExploreSort, ListedProposal};
pub use proposal::ProposalPage;
pub use propose::ProposePage;
pub use proposed::ProposedPage;
