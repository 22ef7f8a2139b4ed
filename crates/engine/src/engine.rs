//! The engine: the areas put together, and the tasks that keep them moving.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use gd_domain::{Actor, Timestamp};
use tokio::task::AbortHandle;

use crate::consultation::Catalogue;
use crate::moderation::Moderation;
use crate::participants::Participants;
use crate::port_error::PortResult;
use crate::ports::Ports;
use crate::proposals::Proposals;
use crate::proposals::item_lists::ItemLists;
use crate::results::Results;
use crate::running::{Running, Secret};
use crate::staff::{Desk, Staff};
use crate::vitals::{Missing, Vitals};
use crate::voting::Voting;
use crate::voting::items::ItemSource;

/// Interval at which the records are looked at for changes made by other processes, in milliseconds.
const WATCH_INTERVAL_MS: u64 = 500;
/// Time that a look waits for more changes to be announced, in milliseconds.
const CROWD_MS: u64 = 20;
/// Interval at which exposures are added to the records, in milliseconds: a killed process loses so much.
const RECORD_EXPOSURES_MS: u64 = 2_000;

/// The parts an engine starts from.
pub struct EngineStart {
    /// The adapters behind the engine's ports.
    pub ports: Ports,
    /// The installation's secret.
    pub secret: Secret,
    /// Tells this process from the others that run on the same records, in its lowest twelve bits.
    pub node: u64,
}

/// The use-cases, by area.
pub struct Engine {
    running: Arc<Running>,
    staff: Arc<Staff>,
    catalogue: Arc<Catalogue>,
    participants: Arc<Participants>,
    lists: Arc<ItemLists>,
    voting: Arc<Voting>,
    proposals: Arc<Proposals>,
    moderation: Moderation,
    results: Results,
    vitals: Vitals,
    background: Mutex<Vec<AbortHandle>>,
}

impl Engine {
    /// Opens the installation: reads the catalogue and makes the vote path ready. Nothing is watched or
    /// projected until [`Engine::run`], but for the polls somebody asks for.
    ///
    /// # Errors
    /// The records cannot be read.
    pub async fn open(start: EngineStart) -> PortResult<Arc<Self>> {
        let engine = Arc::new(Self::assemble(start));
        engine.look().await?;
        Ok(engine)
    }

    fn assemble(start: EngineStart) -> Self {
        let EngineStart { ports, secret, node } = start;
        let running = Arc::new(Running::new(ports.running));
        let staff = Arc::new(Staff::new(ports.staff, Arc::clone(&running), &secret));
        let catalogue =
            Arc::new(Catalogue::new(ports.consultation, Arc::clone(&running), Arc::clone(&staff)));
        let participants = Arc::new(Participants::new(ports.participants, Arc::clone(&catalogue), node));
        let polls = Arc::clone(&ports.voting.polls);
        let lists = Arc::new(ItemLists::new(ports.proposals, polls, Arc::clone(&catalogue)));
        let items = Arc::clone(&lists) as Arc<dyn ItemSource>;
        let voting = Arc::new(Voting::new(ports.voting, &catalogue, items, &secret));
        let proposals =
            Arc::new(Proposals::new(Arc::clone(&lists), Arc::clone(&catalogue), Arc::clone(&voting)));
        let moderation = Moderation::new(Arc::clone(&catalogue), Arc::clone(&lists));
        let results = Results::new(
            ports.results,
            Arc::clone(&catalogue),
            Arc::clone(&participants),
            Arc::clone(&voting),
            Arc::clone(&proposals),
        );
        let (vitals, background) = (Vitals::default(), Mutex::default());
        Self {
            running,
            staff,
            catalogue,
            participants,
            lists,
            voting,
            proposals,
            moderation,
            results,
            vitals,
            background,
        }
    }

    /// The clock, randomness, leases and budgets.
    #[must_use]
    pub fn running(&self) -> &Running {
        &self.running
    }

    /// The desk of an actor: every staff act begins there.
    #[must_use]
    pub fn desk(&self, actor: Actor) -> Desk<'_> {
        Desk::new(&self.staff, actor)
    }

    /// The audit trail.
    #[must_use]
    pub fn staff(&self) -> &Staff {
        &self.staff
    }

    /// The use-cases and views of consultations.
    #[must_use]
    pub fn consultation(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The people who take part.
    #[must_use]
    pub fn participants(&self) -> &Participants {
        &self.participants
    }

    /// Polls and ballots.
    #[must_use]
    pub fn voting(&self) -> &Voting {
        &self.voting
    }

    /// Proposals and every other item.
    #[must_use]
    pub fn proposals(&self) -> &Proposals {
        &self.proposals
    }

    /// The moderators' decisions.
    #[must_use]
    pub fn moderation(&self) -> &Moderation {
        &self.moderation
    }

    /// Totals and reports.
    #[must_use]
    pub fn results(&self) -> &Results {
        &self.results
    }

    /// The time, as the engine's clock has it.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.running.now()
    }

    /// The vitals this process lacks now. Asked more often than every
    /// [`VITALS_AGE_MAX_MS`](crate::VITALS_AGE_MAX_MS), it gives the last answer again.
    pub async fn missing(&self, now: Timestamp) -> Vec<Missing> {
        self.vitals.missing(&self.running, &*self.voting.ports.counters, now).await
    }

    /// Watches the records for changes of other processes, and projects the appended events, until
    /// [`Engine::drain`]. The first look is over when this returns.
    ///
    /// # Errors
    /// The records cannot be read at the first look.
    pub async fn run(self: &Arc<Self>) -> PortResult<()> {
        self.look_and_serve().await?;
        for list in self.lists.all_in_memory() {
            // Ahead of the first who writes a proposal.
            tokio::spawn(async move {
                list.similar_texts().await;
            });
        }
        let engine = Arc::clone(self);
        self.spawn(async move {
            let mut interval = interval(WATCH_INTERVAL_MS);
            loop {
                tokio::select! {
                    _ = interval.tick() => {}
                    () = engine.running.ports.announcements.heard() => {
                        // Changes come in crowds: those of a moment are looked at together.
                        tokio::time::sleep(Duration::from_millis(CROWD_MS)).await;
                    }
                }
                if let Err(failure) = engine.look_and_serve().await {
                    tracing::warn!(%failure, "the records could not be looked at for changes");
                }
            }
        });
        let engine = Arc::clone(self);
        self.spawn(async move {
            let mut interval = interval(RECORD_EXPOSURES_MS);
            loop {
                interval.tick().await;
                engine.proposals.record_exposures().await;
            }
        });
        Ok(())
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let task = tokio::spawn(task).abort_handle();
        self.background.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }

    /// Looks for consultations and items that changed, and for ballots to project.
    async fn look(&self) -> PortResult<()> {
        // The two are read apart: a failure of one does not stop the other.
        let consultations = self.catalogue.look().await;
        self.voting.look().await?;
        self.lists.look(|poll| self.voting.mark(poll)).await?;
        consultations
    }

    /// The look of a server: it also starts the polls that have work, and lets go of what nobody needs.
    async fn look_and_serve(&self) -> PortResult<()> {
        self.look().await?;
        let now = self.now();
        self.voting.start_and_let_go(now).await?;
        self.lists.let_go(now).await;
        self.results.let_go(now);
        Ok(())
    }

    /// Writes the queued ballots and projects them, records exposures, then ends the background tasks: the last thing
    /// before the process ends. No new request may come in.
    ///
    /// # Errors
    /// The projection cannot be written; the queue has been written by then.
    pub async fn drain(&self) -> PortResult<()> {
        self.voting.drain().await?;
        self.proposals.record_exposures().await;
        self.stop().await;
        Ok(())
    }

    /// Ends the background tasks and lets others have their jobs. The queue is not waited for: see
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
        self.voting.stop().await;
        self.running.ports.leases.release().await;
    }
}

fn interval(ms: u64) -> tokio::time::Interval {
    let mut interval = tokio::time::interval(Duration::from_millis(ms));
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    interval
}
