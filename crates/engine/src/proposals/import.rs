//! Importing a consultation held elsewhere: its proposals, and every ballot event as a ledger event.

use std::collections::BTreeMap;
use std::sync::Arc;

use gd_domain::{BallotEvent, Calendar, ConsultationDraft, Origin, Position, Proposal, StandingBallot};
use thiserror::Error;

use crate::consultation::catalogue::CatalogueEntry;
use crate::consultation::manage::ManageError;
use crate::engine::Engine;
use crate::ports::{PortError, PortResult};
use crate::voting::projector;
use crate::voting::recount::Progress;
use crate::voting::write_queue::APPEND_LIFE_MS;

/// Events appended in one commit.
const APPEND_EVENTS_MAX: usize = 10_000;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOutcome {
    /// Proposals added or changed.
    pub proposals_changed: usize,
    /// Events appended to the ledger.
    pub events_appended: usize,
    /// The ledger's last position now.
    pub position: Position,
}

/// Why an import did not end.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The name belongs to a consultation held here.
    #[error("`{0}` is a consultation held on this installation, not an import: choose another slug")]
    NotAnImport(String),
    /// The name belongs to another import.
    #[error(
        "`{slug}` holds another consultation: of its {held} proposals only {same} are in these files in the same words; choose another slug"
    )]
    OfOthers {
        /// The name.
        slug: String,
        /// Proposals held under it.
        held: usize,
        /// Those of them that the files have with the same number and text.
        same: usize,
    },
    /// The consultation could not be recorded.
    #[error(transparent)]
    Manage(#[from] ManageError),
    /// Records could not be read or written; importing again goes on where this stopped.
    #[error("{0}; import again to go on where this stopped")]
    Port(#[from] PortError),
}

impl Engine {
    /// Brings the consultation of the draft's slug to the state of the files: creates it if it is new,
    /// appends the events its ledger does not hold yet, and only then gives it its calendar, so that a
    /// half-done import is never shown. Importing the same again changes nothing.
    ///
    /// # Errors
    /// [`ImportError`].
    pub async fn import(
        &self,
        draft: &ConsultationDraft,
        proposals: &[Proposal],
        events: &[BallotEvent],
        progress: Progress<'_>,
    ) -> Result<ImportOutcome, ImportError> {
        let entry = self.imported_entry(draft, proposals).await?;
        let proposals_changed = self.import_proposals(&entry, proposals).await?;
        let missing = self.missing_events(&entry, events).await?;
        let mut position = self.ports.ledger.head(entry.id).await?;
        let total = u64::try_from(missing.len()).unwrap_or(u64::MAX);
        let mut appended = 0;
        for chunk in missing.chunks(APPEND_EVENTS_MAX) {
            let not_after = self.now().plus_millis(APPEND_LIFE_MS);
            position = self.ports.ledger.append(entry.id, chunk, not_after).await?;
            appended += u64::try_from(chunk.len()).unwrap_or(0);
            progress(appended, total);
        }
        projector::project_to_head(&self.ports, &entry, |_| ()).await?;
        self.show_import(&entry, draft).await?;
        Ok(ImportOutcome { proposals_changed, events_appended: missing.len(), position })
    }

    async fn imported_entry(
        &self,
        draft: &ConsultationDraft,
        proposals: &[Proposal],
    ) -> Result<Arc<CatalogueEntry>, ImportError> {
        let Some(entry) = self.find_for_staff(draft.slug.as_str()) else {
            let hidden = ConsultationDraft { calendar: Calendar::default(), ..draft.clone() };
            return Ok(self.create_consultation(&hidden).await?);
        };
        if entry.view().consultation.description.origin == Origin::Native {
            return Err(ImportError::NotAnImport(draft.slug.to_string()));
        }
        // A newer export has the words of the older one, a few of them mended; with a mistyped name it has others.
        let view = entry.view();
        let known = |proposal: &&Proposal| {
            view.proposal(proposal.number).is_some_and(|held| held.text == proposal.text)
        };
        let (held, same) = (view.proposals().count(), proposals.iter().filter(known).count());
        if 2 * same < held {
            return Err(ImportError::OfOthers { slug: draft.slug.to_string(), held, same });
        }
        Ok(entry)
    }

    async fn import_proposals(&self, entry: &CatalogueEntry, proposals: &[Proposal]) -> PortResult<usize> {
        let view = entry.view();
        let changed = proposals.iter().filter(|&proposal| view.proposal(proposal.number) != Some(proposal));
        let changed = changed.cloned().collect::<Vec<_>>();
        if !changed.is_empty() {
            self.ports.proposals.import(entry.id, &changed).await?;
            entry.refresh(&self.ports).await?;
            self.ports.announcements.announce().await;
        }
        Ok(changed.len())
    }

    /// The events to append: what follows when the ledger holds a beginning of them, else those that
    /// bring what stands in the ledger to what stands in the files.
    async fn missing_events(
        &self,
        entry: &CatalogueEntry,
        events: &[BallotEvent],
    ) -> PortResult<Vec<BallotEvent>> {
        if let Some(held) = self.held_prefix(entry, events).await? {
            return Ok(events[held..].to_vec());
        }
        let head = self.ports.ledger.head(entry.id).await?;
        let standing = self.fold_ledger(entry, head, &mut |_, _| ()).await?;
        let last = events
            .iter()
            .map(|event| ((event.participant, event.proposal), event))
            .collect::<BTreeMap<_, _>>();
        let changed =
            last.iter().filter(|(key, event)| standing.get(key).copied() != StandingBallot::after(event));
        let mut missing = changed.map(|(_, event)| **event).collect::<Vec<_>>();
        let gone = standing.iter().filter(|(key, _)| !last.contains_key(key));
        missing.extend(gone.map(|(_, ballot)| retraction(ballot)));
        Ok(missing)
    }

    /// How many of the events the ledger holds, if it holds nothing else.
    async fn held_prefix(&self, entry: &CatalogueEntry, events: &[BallotEvent]) -> PortResult<Option<usize>> {
        let mut held = 0;
        loop {
            let after = Position(u64::try_from(held).unwrap_or(u64::MAX));
            let page = self.ports.ledger.read_after(entry.id, after, APPEND_EVENTS_MAX).await?;
            if page.is_empty() {
                return Ok(Some(held));
            }
            let expected = events.get(held..held + page.len());
            let same =
                expected.is_some_and(|expected| page.iter().map(|positioned| &positioned.event).eq(expected));
            if !same {
                return Ok(None);
            }
            held += page.len();
        }
    }

    async fn show_import(
        &self,
        entry: &CatalogueEntry,
        draft: &ConsultationDraft,
    ) -> Result<(), ManageError> {
        let mut consultation = entry.view().consultation.clone();
        if consultation.description == *draft {
            return Ok(());
        }
        consultation.description = draft.clone();
        self.update_consultation(&consultation).await
    }
}

fn retraction(ballot: &StandingBallot) -> BallotEvent {
    BallotEvent {
        participant: ballot.participant,
        proposal: ballot.proposal,
        opinion: None,
        audience: ballot.audience,
        channel: ballot.channel,
        cast_at: ballot.cast_at,
    }
}
