//! The engine: the ports, the catalogue and the tasks that keep both moving.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use gd_domain::{Action, ParticipantId, Phase, Timestamp};
use thiserror::Error;
use tokio::task::AbortHandle;

use crate::consultation::catalogue::{Catalogue, CatalogueEntry, CatalogueView};
use crate::participants::numbers::ParticipantNumbers;
use crate::ports::{PortResult, Ports};
use crate::proposals::exposures::RECORD_INTERVAL_MS;
use crate::signing::{Secret, VoteKeys};
use crate::vitals::{Missing, Vitals};
use crate::voting::projector;

/// How often the records are looked at for changes made by other processes, in milliseconds.
const WATCH_INTERVAL_MS: u64 = 500;

/// How long a look waits for more changes to be announced, in milliseconds.
const CROWD_MS: u64 = 20;

/// What an engine starts from.
pub struct EngineStart {
    /// The adapters.
    pub ports: Ports,
    /// The installation's secret.
    pub secret: Secret,
    /// Tells this process from the others that run on the same records, in its lowest twelve bits.
    pub node: u64,
}

/// The use-cases. Each lives in the file of its name, as a method.
pub struct Engine {
    pub(crate) ports: Arc<Ports>,
    pub(crate) catalogue: Catalogue,
    pub(crate) vote_keys: VoteKeys,
    participant_numbers: ParticipantNumbers,
    background: Mutex<Vec<AbortHandle>>,
    vitals: Vitals,
}

/// A consultation found for a member of the public, with the phase it is in.
pub struct Lookup {
    /// The running consultation.
    pub entry: Arc<CatalogueEntry>,
    /// What is known of it.
    pub view: Arc<CatalogueView>,
    /// The phase at the instant of the question.
    pub phase: Phase,
}

/// Why an address or an action of the public meets nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LookupError {
    /// No consultation of this name, or one still being drafted.
    #[error("there is no consultation at this address")]
    NotFound,
    /// The phase does not accept this.
    #[error("the consultation does not accept this now: it is in the phase `{0}`")]
    PhaseClosed(Phase),
}

/// How far a consultation's projection is behind its ledger.
pub struct LedgerLag {
    /// The consultation's short name.
    pub slug: String,
    /// The ledger's last position.
    pub head: u64,
    /// Events not projected yet.
    pub lag: u64,
}

impl Engine {
    /// Opens the installation: reads the catalogue and makes the vote path ready. Nothing is watched or
    /// projected until [`Engine::run`].
    ///
    /// # Errors
    /// Of the ports, when the records cannot be read.
    pub async fn open(start: EngineStart) -> PortResult<Arc<Self>> {
        let EngineStart { ports, secret, node } = start;
        let engine = Arc::new(Self {
            participant_numbers: ParticipantNumbers::new(node),
            vote_keys: VoteKeys::new(&secret),
            catalogue: Catalogue::default(),
            background: Mutex::default(),
            vitals: Vitals::default(),
            ports: Arc::new(ports),
        });
        engine.look().await?;
        Ok(engine)
    }

    /// Watches the records for changes of other processes, and projects what is appended, until
    /// [`Engine::drain`]. The first look is over when this returns.
    ///
    /// # Errors
    /// Of the ports, at the first look.
    pub async fn run(self: &Arc<Self>) -> PortResult<()> {
        self.look().await?;
        for entry in self.catalogue.all() {
            entry.wake_projector.notify_one();
            // Ahead of the first who writes a proposal; it takes a second where there are fifty thousand.
            tokio::task::spawn_blocking(move || entry.similar_texts.prepare(|| entry.view()));
        }
        let engine = Arc::clone(self);
        let watch = tokio::spawn(async move {
            let mut interval = tokio::time::interval(Duration::from_millis(WATCH_INTERVAL_MS));
            interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    _ = interval.tick() => {}
                    () = engine.ports.announcements.heard() => {
                        // Changes come in crowds: those of a moment are looked at together.
                        tokio::time::sleep(Duration::from_millis(CROWD_MS)).await;
                    }
                }
                if let Err(failure) = engine.look().await {
                    tracing::warn!(%failure, "the records could not be looked at for changes");
                }
            }
        });
        self.keep(watch.abort_handle());
        let engine = Arc::clone(self);
        let exposures = tokio::spawn(async move {
            let mut interval = tokio::time::interval(Duration::from_millis(RECORD_INTERVAL_MS));
            interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                interval.tick().await;
                engine.record_exposures().await;
            }
        });
        self.keep(exposures.abort_handle());
        Ok(())
    }

    fn keep(&self, task: AbortHandle) {
        self.background.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }

    /// Looks for consultations and proposals that changed, and for ballots to project.
    pub(crate) async fn look(&self) -> PortResult<()> {
        for seen in self.ports.consultations.watermarks().await? {
            match self.catalogue.by_id(seen.consultation) {
                None => self.add_entry(seen.consultation).await?,
                Some(entry) => {
                    if entry.view().revision() < seen.revision {
                        entry.refresh(&self.ports).await?;
                    }
                    projector::observe(&entry, &seen);
                }
            }
        }
        Ok(())
    }

    async fn add_entry(&self, id: gd_domain::ConsultationId) -> PortResult<()> {
        if let Some(entry) = self.catalogue.add(id, &self.ports).await? {
            self.keep(tokio::spawn(projector::run(Arc::clone(&self.ports), entry)).abort_handle());
        }
        Ok(())
    }

    /// Writes what is queued and projects it, records what was shown, then ends the background tasks: the last thing before the
    /// process ends. No new request may come in.
    ///
    /// # Errors
    /// Of the ports, while projecting; what was queued has been written then.
    pub async fn drain(&self) -> PortResult<()> {
        for entry in self.catalogue.all() {
            entry.queue.flush().await;
            projector::project_to_head(&self.ports, &entry, |_| ()).await?;
        }
        self.record_exposures().await;
        self.stop().await;
        Ok(())
    }

    /// Ends what runs beside the use-cases and lets others have its jobs. What is queued is not waited for: see
    /// [`Engine::drain`].
    pub async fn stop(&self) {
        let tasks = std::mem::take(&mut *self.background.lock().unwrap_or_else(PoisonError::into_inner));
        for task in &tasks {
            task.abort();
        }
        // One that is at work on another thread comes to its end there.
        while tasks.iter().any(|task| !task.is_finished()) {
            tokio::task::yield_now().await;
        }
        self.ports.leases.release().await;
    }

    /// The consultations the public may see, in the order they were created.
    #[must_use]
    pub fn consultations(&self, now: Timestamp) -> Vec<Lookup> {
        let lookups = self.catalogue.all().into_iter().map(|entry| Lookup::at(entry, now));
        lookups.filter(|lookup| lookup.phase.accepts(Action::Read)).collect()
    }

    /// The consultation of this short name, if its phase accepts the action.
    ///
    /// # Errors
    /// [`LookupError`].
    pub fn find(&self, slug: &str, action: Action, now: Timestamp) -> Result<Lookup, LookupError> {
        let entry = self.catalogue.by_slug(slug).ok_or(LookupError::NotFound)?;
        let lookup = Lookup::at(entry, now);
        if !lookup.phase.accepts(Action::Read) {
            return Err(LookupError::NotFound);
        }
        if !lookup.phase.accepts(action) {
            return Err(LookupError::PhaseClosed(lookup.phase));
        }
        Ok(lookup)
    }

    /// The consultation of this short name for its staff, whatever its phase.
    #[must_use]
    pub fn find_for_staff(&self, slug: &str) -> Option<Arc<CatalogueEntry>> {
        self.catalogue.by_slug(slug)
    }

    /// A number for a participant never seen before.
    #[must_use]
    pub fn new_participant(&self, now: Timestamp) -> ParticipantId {
        self.participant_numbers.next(now)
    }

    /// How far each projection is behind, for the metrics; drafts are nobody's business.
    #[must_use]
    pub fn lags(&self) -> Vec<LedgerLag> {
        let lag = |entry: Arc<CatalogueEntry>| LedgerLag {
            slug: entry.view().consultation.slug().to_string(),
            head: entry.ledger_head.load(std::sync::atomic::Ordering::Relaxed),
            lag: entry.lag(),
        };
        self.consultations(self.now()).into_iter().map(|lookup| lag(lookup.entry)).collect()
    }

    /// The time, as the engine's clock has it.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// Unguessable randomness, as the engine's source gives it.
    #[must_use]
    pub fn random_bits(&self) -> u64 {
        self.ports.entropy.bits()
    }

    /// Whether a job is this process's to do, see [`crate::ports::Leases`].
    ///
    /// # Errors
    /// Of the port.
    pub async fn may_do(&self, job: crate::ports::Job) -> PortResult<bool> {
        self.ports.leases.hold(job).await
    }

    /// Takes one from the budget of `who`.
    ///
    /// # Errors
    /// How long to wait, when it is spent.
    pub async fn ration(&self, what: crate::ports::Rationed, who: &str) -> Result<(), Duration> {
        self.ports.rate_limits.take(what, who).await
    }

    /// What this process lacks now. Asked more often than every [`VITALS_AGE_MAX_MS`], it gives the last
    /// answer again.
    pub async fn missing(&self, now: Timestamp) -> Vec<Missing> {
        self.vitals.missing(&self.ports, now).await
    }
}

impl Lookup {
    fn at(entry: Arc<CatalogueEntry>, now: Timestamp) -> Self {
        let view = entry.view();
        let phase = view.consultation.phase_at(now);
        Self { entry, view, phase }
    }
}
