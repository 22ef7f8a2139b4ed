//! Importing a consultation held elsewhere: its proposals, and every ballot event as a ledger event.

use std::collections::BTreeMap;
use std::sync::Arc;

use gd_domain::{
    BallotEvent, Calendar, ConsultationDraft, Origin, PollId, Position, Proposal, Scope, StaffAction,
    StandingBallot,
};
use serde_json::json;
use thiserror::Error;

use crate::consultation::{ConsultationView, ManageError};
use crate::port_error::{PortError, PortResult};
use crate::proposals::state::Proposals;
use crate::staff::{NotPermitted, Permit, PermittedAct};
use crate::voting::Progress;
use crate::voting::items::PollItems;
use crate::voting::write_queue::APPEND_LIFE_MS;

/// Events appended in one commit.
const APPEND_EVENTS_MAX: usize = 10_000;

/// The outcome of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOutcome {
    /// Proposals added or changed.
    pub proposals_changed: usize,
    /// Events appended to the ledger.
    pub events_appended: usize,
    /// The ledger's last position now.
    pub position: Position,
}

/// An import did not end.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The actor may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// The name belongs to a consultation held here.
    #[error("`{0}` is a consultation held on this installation, not an import: choose another slug")]
    NotAnImport(String),
    /// The name belongs to another import.
    #[error(
        "`{slug}` holds another consultation: of its {held} proposals only {same} are in these files in the same words; choose another slug"
    )]
    OfOthers {
        /// The short name both have.
        slug: String,
        /// Proposals held under it.
        held: usize,
        /// The number of these proposals that the files have with the same number and text.
        same: usize,
    },
    /// The consultation could not be recorded.
    #[error(transparent)]
    Manage(#[from] ManageError),
    /// Records could not be read or written; importing again goes on where this stopped.
    #[error("{0}; import again to go on where this stopped")]
    Port(#[from] PortError),
}

impl Proposals {
    /// Brings the consultation of the draft's slug to the state of the files: creates it if it is new,
    /// appends the events its ledger does not hold yet, and only then gives it its calendar, so that a
    /// half-done import is never shown. Importing the same again changes nothing.
    ///
    /// # Errors
    /// [`ImportError`].
    pub async fn import(
        &self,
        permit: &Permit,
        draft: &ConsultationDraft,
        proposals: &[Proposal],
        events: &[BallotEvent],
        progress: Progress<'_>,
    ) -> Result<ImportOutcome, ImportError> {
        let act = permit.check(StaffAction::Import, Scope::Installation)?;
        let act = self.catalogue.id_of(draft.slug.as_str()).map_or(act, |id| act.on(id));
        let work = async {
            let outcome = self.bring_in(act, draft, proposals, events, progress).await?;
            let detail = json!({ "after": {
                "proposals_changed": outcome.proposals_changed,
                "events_appended": outcome.events_appended,
                "position": outcome.position.0,
            } });
            Ok::<_, ImportError>((outcome, detail))
        };
        let subject = format!("consultation {}", draft.slug);
        self.catalogue.staff.long_act(act, &subject, work).await
    }

    async fn bring_in(
        &self,
        act: PermittedAct<'_>,
        draft: &ConsultationDraft,
        proposals: &[Proposal],
        events: &[BallotEvent],
        progress: Progress<'_>,
    ) -> Result<ImportOutcome, ImportError> {
        let consultation = self.imported_consultation(act, draft, proposals).await?;
        let poll = consultation.first_poll();
        let proposals_changed = self.import_proposals(poll, proposals).await?;
        let missing = self.missing_events(poll, events).await?;
        let ledger = &self.voting.ports.ledger;
        let mut position = ledger.head(poll).await?;
        let total = u64::try_from(missing.len()).unwrap_or(u64::MAX);
        let mut appended = 0;
        for chunk in missing.chunks(APPEND_EVENTS_MAX) {
            let not_after = self.catalogue.running.now().plus_millis(APPEND_LIFE_MS);
            position = ledger.append(poll, chunk, not_after).await?;
            appended += u64::try_from(chunk.len()).unwrap_or(0);
            progress(appended, total);
        }
        self.voting.project(poll).await?;
        self.show_import(act, &consultation, draft).await?;
        Ok(ImportOutcome { proposals_changed, events_appended: missing.len(), position })
    }

    async fn imported_consultation(
        &self,
        act: PermittedAct<'_>,
        draft: &ConsultationDraft,
        proposals: &[Proposal],
    ) -> Result<Arc<ConsultationView>, ImportError> {
        let known = self.catalogue.id_of(draft.slug.as_str()).and_then(|id| self.catalogue.view(id));
        let Some(consultation) = known else {
            let hidden = ConsultationDraft { calendar: Calendar::default(), ..draft.clone() };
            return Ok(self.catalogue.record_new(act, &hidden).await?);
        };
        if consultation.consultation.description.origin == Origin::Native {
            return Err(ImportError::NotAnImport(draft.slug.to_string()));
        }
        // A newer export has the words of the older one, a few of them mended; with a mistyped name it has others.
        let items = self.items(consultation.first_poll()).await?;
        let known = |proposal: &&Proposal| {
            items.proposal(proposal.number).is_some_and(|held| held.text == proposal.text)
        };
        let (held, same) = (items.proposals().count(), proposals.iter().filter(known).count());
        if 2 * same < held {
            return Err(ImportError::OfOthers { slug: draft.slug.to_string(), held, same });
        }
        Ok(consultation)
    }

    async fn import_proposals(&self, poll: PollId, proposals: &[Proposal]) -> PortResult<usize> {
        let list = self.lists.list(poll).await?;
        let view = list.view();
        let changed = proposals.iter().filter(|&proposal| view.proposal(proposal.number) != Some(proposal));
        let changed = changed.cloned().collect::<Vec<_>>();
        if !changed.is_empty() {
            self.lists.ports.items.import(poll, &changed).await?;
            list.refresh().await?;
            self.catalogue.running.announce().await;
        }
        Ok(changed.len())
    }

    /// The events to append: those that follow when the ledger holds a beginning of them, else those that
    /// bring the ballots that stand in the ledger to those that stand in the files.
    async fn missing_events(&self, poll: PollId, events: &[BallotEvent]) -> PortResult<Vec<BallotEvent>> {
        if let Some(held) = self.held_prefix(poll, events).await? {
            return Ok(events[held..].to_vec());
        }
        let head = self.voting.ledger_head(poll).await?;
        let standing = self.voting.fold_ledger(poll, head, &mut |_, _| ()).await?;
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

    /// The number of the events that the ledger holds, if it holds nothing else.
    async fn held_prefix(&self, poll: PollId, events: &[BallotEvent]) -> PortResult<Option<usize>> {
        let mut held = 0;
        loop {
            let after = Position(u64::try_from(held).unwrap_or(u64::MAX));
            let page = self.voting.ports.ledger.read_after(poll, after, APPEND_EVENTS_MAX).await?;
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
        act: PermittedAct<'_>,
        consultation: &ConsultationView,
        draft: &ConsultationDraft,
    ) -> Result<(), ManageError> {
        if consultation.consultation.description == *draft {
            return Ok(());
        }
        self.catalogue.record_change(act, consultation, draft).await
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
