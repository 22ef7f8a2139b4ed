//! The ports of proposals in memory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gd_domain::{AuditDraft, ItemNumber, ModerationStatus, PollId, Proposal};
use gd_engine::ports::{Exposures, ItemDecision, Items, NewItem, PortErrorKind, PortResult, SeenItem};

use super::{MemoryStore, error, not_found};

/// The items of one poll, each with the revision of its last change.
type ItemsOfPoll = BTreeMap<ItemNumber, (u64, Proposal)>;

/// Items and exposures by poll.
#[derive(Debug, Default)]
pub(super) struct Rows {
    items: BTreeMap<PollId, ItemsOfPoll>,
    shown: BTreeMap<PollId, BTreeMap<ItemNumber, u64>>,
}

impl Rows {
    /// Forgets how often the items of a poll were shown.
    pub(super) fn forget_exposures(&mut self, poll: PollId) {
        self.shown.remove(&poll);
    }

    fn of(&self, poll: PollId) -> impl Iterator<Item = &(u64, Proposal)> {
        self.items.get(&poll).into_iter().flat_map(BTreeMap::values)
    }
}

/// The number and status of an item: of the same one where it is there already.
fn submitted(items: &mut ItemsOfPoll, revision: u64, new: &NewItem) -> (ItemNumber, ModerationStatus) {
    let same = items.values().map(|(_, proposal)| proposal).find(|proposal| {
        let counts = matches!(proposal.status, ModerationStatus::Pending | ModerationStatus::Published);
        counts && proposal.author == Some(new.author) && proposal.text == new.text
    });
    if let Some(same) = same {
        return (same.number, same.status);
    }
    let number = ItemNumber(items.keys().last().map_or(1, |last| last.0 + 1));
    let proposal = Proposal {
        number,
        text: new.text.clone(),
        author: Some(new.author),
        submitted_at: new.submitted_at,
        status: new.status,
        refusal_reason: None,
        theme: None,
        idea: None,
    };
    items.insert(number, (revision, proposal));
    (number, new.status)
}

#[async_trait]
impl Items for MemoryStore {
    async fn submit(
        &self,
        poll: PollId,
        items: &[NewItem],
    ) -> PortResult<Vec<(ItemNumber, ModerationStatus)>> {
        let mut rows = self.rows();
        let revision = rows.voting.next_revision(poll)?;
        let known = rows.proposals.items.entry(poll).or_default();
        Ok(items.iter().map(|new| submitted(known, revision, new)).collect())
    }

    async fn decide(
        &self,
        poll: PollId,
        seen: &[SeenItem],
        decided: &ItemDecision,
        audit: &AuditDraft,
    ) -> PortResult<()> {
        let mut rows = self.rows();
        let known = rows.proposals.items.get(&poll).ok_or_else(not_found)?;
        for SeenItem { number, status } in seen {
            let (_, item) = known.get(number).ok_or_else(not_found)?;
            if item.status != *status {
                return Err(error(PortErrorKind::Conflict, "another status"));
            }
        }
        let revision = rows.voting.next_revision(poll)?;
        for SeenItem { number, .. } in seen {
            let items = rows.proposals.items.get_mut(&poll);
            let Some((at, item)) = items.and_then(|items| items.get_mut(number)) else { continue };
            *at = revision;
            item.status = decided.status;
            item.refusal_reason.clone_from(&decided.refusal_reason);
            if decided.theme.is_some() {
                item.theme.clone_from(&decided.theme);
            }
        }
        rows.staff.append(audit);
        Ok(())
    }

    async fn import(&self, poll: PollId, items: &[Proposal]) -> PortResult<()> {
        let mut rows = self.rows();
        let revision = rows.voting.next_revision(poll)?;
        let imported = items.iter().map(|proposal| (proposal.number, (revision, proposal.clone())));
        rows.proposals.items.entry(poll).or_default().extend(imported);
        Ok(())
    }

    async fn changed_after(
        &self,
        poll: PollId,
        after: (u64, ItemNumber),
        limit: usize,
    ) -> PortResult<Vec<(u64, Proposal)>> {
        let rows = self.rows();
        let changed =
            rows.proposals.of(poll).filter(|(revision, proposal)| (*revision, proposal.number) > after);
        let mut changed = changed.cloned().collect::<Vec<_>>();
        changed.sort_by_key(|(revision, proposal)| (*revision, proposal.number));
        changed.truncate(limit);
        Ok(changed)
    }

    async fn published(&self, poll: PollId) -> PortResult<u64> {
        let rows = self.rows();
        let published = rows.proposals.of(poll).filter(|(_, proposal)| proposal.is_published()).count();
        Ok(u64::try_from(published).expect("few items"))
    }
}

#[async_trait]
impl Exposures for MemoryStore {
    async fn add(&self, poll: PollId, shown: &[(ItemNumber, u64)]) -> PortResult<()> {
        self.check_writable()?;
        let mut rows = self.rows();
        let counts = rows.proposals.shown.entry(poll).or_default();
        for &(number, times) in shown {
            *counts.entry(number).or_default() += times;
        }
        Ok(())
    }

    async fn shown(&self, poll: PollId) -> PortResult<BTreeMap<ItemNumber, u64>> {
        Ok(self.rows().proposals.shown.get(&poll).cloned().unwrap_or_default())
    }
}
