//! The catalogue: every consultation's description in memory, so that neither the vote path nor pages wait
//! for SQL to know what is open. Proposals and ballots are loaded elsewhere, where somebody looks at them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arc_swap::ArcSwap;
use gd_domain::{Action, ConsultationId, Scope, Slug, StaffAction, Timestamp};
use tokio::sync::Mutex;

use crate::consultation::lookup::{Lookup, LookupError};
use crate::consultation::ports::Consultations;
use crate::consultation::view::ConsultationView;
use crate::port_error::{PortError, PortErrorKind, PortResult};
use crate::running::Running;
use crate::staff::{NotPermitted, Permit, Staff};

/// Consultations read in one statement when many are new.
const PAGE_CONSULTATIONS: usize = 500;
/// Changed consultations up to which each is read by itself.
const SINGLE_READS_MAX: usize = 8;

/// The consultations of the installation.
pub struct Catalogue {
    pub(crate) port: Arc<dyn Consultations>,
    pub(crate) running: Arc<Running>,
    pub(crate) staff: Arc<Staff>,
    entries: ArcSwap<Entries>,
    changing: Mutex<()>,
}

#[derive(Clone, Default)]
struct Entries {
    by_id: BTreeMap<ConsultationId, Arc<ConsultationView>>,
    by_slug: HashMap<Slug, ConsultationId>,
}

impl Entries {
    fn put(&mut self, view: ConsultationView) {
        self.by_slug.insert(view.consultation.slug().clone(), view.id());
        self.by_id.insert(view.id(), Arc::new(view));
    }
}

impl Catalogue {
    pub(crate) fn new(port: Arc<dyn Consultations>, running: Arc<Running>, staff: Arc<Staff>) -> Self {
        Self { port, running, staff, entries: ArcSwap::default(), changing: Mutex::default() }
    }

    /// The consultation of this short name, if its phase accepts the action.
    ///
    /// # Errors
    /// [`LookupError`].
    pub fn find(&self, slug: &str, action: Action, now: Timestamp) -> Result<Lookup, LookupError> {
        let view = self.by_slug(slug).ok_or(LookupError::NotFound)?;
        let lookup = Lookup::at(view, now);
        if !lookup.phase.accepts(Action::Read) {
            return Err(LookupError::NotFound);
        }
        if !lookup.phase.accepts(action) {
            return Err(LookupError::PhaseClosed(lookup.phase));
        }
        Ok(lookup)
    }

    /// The consultations the public may see, in the order they were created.
    #[must_use]
    pub fn list(&self, now: Timestamp) -> Vec<Lookup> {
        let lookups = self.views().into_iter().map(|view| Lookup::at(view, now));
        lookups.filter(|lookup| lookup.phase.accepts(Action::Read)).collect()
    }

    /// The record number behind a short name, drafts included: what a permit's scope needs.
    #[must_use]
    pub fn id_of(&self, slug: &str) -> Option<ConsultationId> {
        Some(self.by_slug(slug)?.id())
    }

    /// A consultation for its staff, whatever its phase.
    ///
    /// # Errors
    /// [`NotPermitted`].
    pub fn for_staff(
        &self,
        permit: &Permit,
        id: ConsultationId,
    ) -> Result<Option<Arc<ConsultationView>>, NotPermitted> {
        permit.check(StaffAction::Read, Scope::Consultation(id))?;
        Ok(self.view(id))
    }

    /// Every consultation for the installation's staff, in the order they were created.
    ///
    /// # Errors
    /// [`NotPermitted`].
    pub fn all_for_staff(&self, permit: &Permit) -> Result<Vec<Arc<ConsultationView>>, NotPermitted> {
        permit.check(StaffAction::Read, Scope::Installation)?;
        Ok(self.views())
    }

    /// The description of a consultation, whatever its phase.
    pub(crate) fn view(&self, id: ConsultationId) -> Option<Arc<ConsultationView>> {
        self.entries.load().by_id.get(&id).cloned()
    }

    pub(crate) fn views(&self) -> Vec<Arc<ConsultationView>> {
        self.entries.load().by_id.values().cloned().collect()
    }

    fn by_slug(&self, slug: &str) -> Option<Arc<ConsultationView>> {
        let slug = slug.parse::<Slug>().ok()?;
        let entries = self.entries.load();
        entries.by_id.get(entries.by_slug.get(&slug)?).cloned()
    }

    /// Reads the consultations that are new or have changed since they were read.
    ///
    /// # Errors
    /// The records cannot be read; [`PortErrorKind::Corrupt`] when a known consultation is on record no more.
    pub(crate) async fn look(&self) -> PortResult<()> {
        let _one_at_a_time = self.changing.lock().await;
        let revisions = self.port.revisions().await?;
        let known = self.entries.load_full();
        let is_stale = |&&(id, revision): &&(ConsultationId, u64)| {
            known.by_id.get(&id).is_none_or(|view| view.revision() < revision)
        };
        let stale = revisions.iter().filter(is_stale).map(|&(id, _)| id).collect::<Vec<_>>();
        let changed = if stale.len() <= SINGLE_READS_MAX {
            self.read_each(&stale).await?
        } else {
            self.read_pages().await?
        };
        if !changed.is_empty() {
            self.put(changed);
        }
        let on_record = revisions.into_iter().map(|(id, _)| id).collect::<std::collections::BTreeSet<_>>();
        match known.by_id.keys().find(|id| !on_record.contains(id)) {
            Some(lost) => Err(lost_record(*lost)),
            None => Ok(()),
        }
    }

    /// Reads one consultation again.
    pub(crate) async fn refresh(&self, id: ConsultationId) -> PortResult<()> {
        let _one_at_a_time = self.changing.lock().await;
        let changed = self.read_each(&[id]).await?;
        self.put(changed);
        Ok(())
    }

    fn put(&self, changed: Vec<ConsultationView>) {
        let mut entries = Entries::clone(&self.entries.load());
        for view in changed {
            entries.put(view);
        }
        self.entries.store(Arc::new(entries));
    }

    async fn read_each(&self, ids: &[ConsultationId]) -> PortResult<Vec<ConsultationView>> {
        let mut views = Vec::with_capacity(ids.len());
        for &id in ids {
            if let Some((consultation, revision)) = self.port.by_id(id).await? {
                views.push(ConsultationView::new(consultation, revision));
            }
        }
        Ok(views)
    }

    async fn read_pages(&self) -> PortResult<Vec<ConsultationView>> {
        let (mut views, mut after) = (Vec::new(), ConsultationId(i64::MIN));
        loop {
            let page = self.port.page(after, PAGE_CONSULTATIONS).await?;
            let Some((last, _)) = page.last() else { return Ok(views) };
            after = last.id;
            views.extend(page.into_iter().map(|(one, revision)| ConsultationView::new(one, revision)));
        }
    }
}

/// Consultations are never deleted: one without a record is a fault that must be seen.
fn lost_record(ConsultationId(id): ConsultationId) -> PortError {
    PortError::new(
        PortErrorKind::Corrupt,
        format!("consultation {id} is known here and on record no more: restore a backup"),
    )
}
