//! Ports of proposals: the items of polls, and the number of times each was shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use gd_domain::{
    AuditDraft, ItemNumber, ModerationStatus, ParticipantId, PollId, Proposal, ProposalText, RefusalReason,
    Slug, Timestamp,
};

use crate::port_error::PortResult;

/// An item about to get its number.
#[derive(Clone, Debug)]
pub struct NewItem {
    /// The text, parsed already.
    pub text: ProposalText,
    /// The author's participant number.
    pub author: ParticipantId,
    /// The admission stamp.
    pub submitted_at: Timestamp,
    /// The status it starts with.
    pub status: ModerationStatus,
}

/// A moderator's decision on some items.
#[derive(Clone, Debug)]
pub struct ItemDecision {
    /// Their new status.
    pub status: ModerationStatus,
    /// The reason, when refused.
    pub refusal_reason: Option<RefusalReason>,
    /// A theme to give them; `None` leaves theirs.
    pub theme: Option<Slug>,
}

/// An item in the state in which its moderator saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenItem {
    /// The item's number in its poll.
    pub number: ItemNumber,
    /// The status the decision was made from.
    pub status: ModerationStatus,
}

/// The items on record: everything moderated or voted on. Every change raises the poll's revision.
#[async_trait]
pub trait Items: Send + Sync {
    /// Records each item under the next free number, or finds the pending or published one that the
    /// same author submitted with the same text; their numbers and statuses, in the order given. However
    /// many come in at once, here or elsewhere, one is recorded. All are recorded or none.
    async fn submit(
        &self,
        poll: PollId,
        items: &[NewItem],
    ) -> PortResult<Vec<(ItemNumber, ModerationStatus)>>;

    /// Applies a decision to all of these items, or to none, with an audit entry in the same commit.
    /// [`PortErrorKind::NotFound`](crate::ports::PortErrorKind::NotFound) for an unknown number,
    /// [`PortErrorKind::Conflict`](crate::ports::PortErrorKind::Conflict) where one has another status than was seen.
    async fn decide(
        &self,
        poll: PollId,
        seen: &[SeenItem],
        decided: &ItemDecision,
        audit: &AuditDraft,
    ) -> PortResult<()>;

    /// Records items under the numbers they bring, replacing what stood there.
    async fn import(&self, poll: PollId, items: &[Proposal]) -> PortResult<()>;

    /// Up to `limit` items changed after (revision, number), in that order, each with its revision.
    async fn changed_after(
        &self,
        poll: PollId,
        after: (u64, ItemNumber),
        limit: usize,
    ) -> PortResult<Vec<(u64, Proposal)>>;

    /// The number of published items of a poll.
    async fn published(&self, poll: PollId) -> PortResult<u64>;
}

/// Exposures: the number of times each item was shown, by all processes together.
#[async_trait]
pub trait Exposures: Send + Sync {
    /// Adds to the counts on record: all of it in one commit, or nothing. No number may come twice.
    async fn add(&self, poll: PollId, shown: &[(ItemNumber, u64)]) -> PortResult<()>;

    /// The counts on record; items never shown are absent.
    async fn shown(&self, poll: PollId) -> PortResult<BTreeMap<ItemNumber, u64>>;
}

/// The ports of proposals that a database adapter fills.
pub trait Records: Items + Exposures {}

impl<S: Items + Exposures> Records for S {}

/// The ports of proposals.
#[derive(Clone)]
pub struct Ports {
    pub(crate) items: Arc<dyn Items>,
    pub(crate) exposures: Arc<dyn Exposures>,
}

impl Ports {
    pub(crate) fn new<S: Records + 'static>(records: &Arc<S>) -> Self {
        Self { items: Arc::clone(records) as _, exposures: Arc::clone(records) as _ }
    }
}
