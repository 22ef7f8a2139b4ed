//! The area's state: its ports, its polls, and the keys that come with every item shown.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use gd_domain::{
    Action, Channel, ConsultationId, ItemNumber, ParticipantId, Phase, Poll, PollId, StandingBallot,
    Timestamp,
};

use crate::consultation::{Catalogue, Lookup, LookupError};
use crate::port_error::{PortError, PortErrorKind, PortResult};
use crate::running::{Running, Secret};
use crate::staff::Staff;
use crate::voting::cast_error::CastError;
use crate::voting::items::ItemSource;
use crate::voting::keys::VoteKeys;
use crate::voting::own_ballots::own_ballots;
use crate::voting::poll::RunningPoll;
use crate::voting::ports::{PollMark, Ports};
use crate::voting::projector;
use crate::voting::read_totals::totals;
use crate::voting::registry::{LedgerLag, Registry};
use crate::voting::totals::LiveTotals;

/// Time after which a poll that takes no ballots and that nobody looks at is let go, in milliseconds.
const IDLE_MS: i64 = 10 * 60 * 1_000;
/// Time before its opening at which a poll is started, in milliseconds.
const AHEAD_MS: i64 = 60_000;

/// Ballots, from the request to the standing ballot and its count.
pub struct Voting {
    pub(crate) ports: Ports,
    pub(crate) running: Arc<Running>,
    pub(crate) staff: Arc<Staff>,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) keys: VoteKeys,
    items: Arc<dyn ItemSource>,
    registry: Registry,
}

impl Voting {
    pub(crate) fn new(
        ports: Ports,
        catalogue: &Arc<Catalogue>,
        items: Arc<dyn ItemSource>,
        secret: &Secret,
    ) -> Self {
        Self {
            ports,
            running: Arc::clone(&catalogue.running),
            staff: Arc::clone(&catalogue.staff),
            catalogue: Arc::clone(catalogue),
            keys: VoteKeys::new(secret),
            items,
            registry: Registry::default(),
        }
    }

    /// The poll of a consultation that takes ballots now, running.
    pub(crate) async fn ballot_box(
        &self,
        slug: &str,
        poll: Option<PollId>,
        now: Timestamp,
    ) -> Result<Arc<RunningPoll>, CastError> {
        let lookup = self.catalogue.find(slug, Action::Read, now)?;
        let poll = poll.unwrap_or(lookup.first_poll());
        // Without starting it: whoever knocks at thousands of closed polls loads none.
        if poll == lookup.first_poll() && lookup.phase != Phase::Consultation {
            return Err(LookupError::PhaseClosed(lookup.phase).into());
        }
        let ballot_box = self.poll(poll).await.map_err(|failure| {
            tracing::warn!(poll = poll.0, %failure, "the poll could not be started");
            CastError::TryAgain
        })?;
        let ballot_box = ballot_box.filter(|running| running.poll.consultation == lookup.id());
        let ballot_box = ballot_box.ok_or(LookupError::NotFound)?;
        if !takes_ballots(&ballot_box.poll, &lookup, now) {
            return Err(LookupError::PhaseClosed(lookup.phase).into());
        }
        Ok(ballot_box)
    }

    /// A running poll, started if it is not; `None` where there is none of this number.
    pub(crate) async fn poll(&self, poll: PollId) -> PortResult<Option<Arc<RunningPoll>>> {
        let now = self.running.now();
        if let Some(running) = self.registry.running(poll) {
            running.touch(now);
            return Ok(Some(running));
        }
        let _one_at_a_time = self.registry.changing.lock().await;
        if let Some(running) = self.registry.running(poll) {
            return Ok(Some(running));
        }
        // Read anew: the mark in memory may be half a second old.
        let Some(mark) = self.ports.polls.mark(poll).await? else { return Ok(None) };
        self.registry.add_mark(mark);
        self.start(&mark).await.map(Some)
    }

    /// A running poll that must be there.
    pub(crate) async fn known_poll(&self, poll: PollId) -> PortResult<Arc<RunningPoll>> {
        self.poll(poll).await?.ok_or_else(|| {
            PortError::new(PortErrorKind::NotFound, format!("there is no poll of number {poll}"))
        })
    }

    async fn start(&self, mark: &PollMark) -> PortResult<Arc<RunningPoll>> {
        let items = self.items.items(mark.poll.id).await?;
        let poll = Arc::new(RunningPoll::start(mark, items, &self.ports, &self.running));
        let run = projector::run(self.ports.clone(), Arc::clone(&self.running), Arc::clone(&poll));
        self.registry.add(Arc::clone(&poll), tokio::spawn(run).abort_handle());
        // The counters may stand where a killed process, or a poll let go, left them.
        poll.wake_projector.notify_one();
        Ok(poll)
    }

    /// Reads where every poll stands, and tells those that run.
    pub(crate) async fn look(&self) -> PortResult<()> {
        let marks = self.ports.polls.marks().await?;
        for mark in &marks {
            if let Some(poll) = self.registry.running(mark.poll.id) {
                poll.observe(mark);
            }
        }
        self.registry.set_marks(marks);
        Ok(())
    }

    /// Starts the polls that have work, and lets go of those that nobody needs: what a server does at every look.
    pub(crate) async fn start_and_let_go(&self, now: Timestamp) -> PortResult<()> {
        for mark in self.registry.marks().values() {
            let is_half_erased = mark.poll.is_erasable && mark.head < mark.projection.position;
            if is_half_erased && let Err(failure) = self.finish_erasure(mark.poll.id).await {
                tracing::error!(poll = mark.poll.id.0, %failure, "an erasure could not be finished");
            }
            let has_work = mark.head > mark.projection.position || self.opens_soon(&mark.poll, now);
            if has_work && self.registry.running(mark.poll.id).is_none() {
                match self.known_poll(mark.poll.id).await {
                    Ok(poll) => poll.wake_projector.notify_one(),
                    // The other polls go on; this one is tried again at the next look.
                    Err(failure) => {
                        tracing::error!(poll = mark.poll.id.0, %failure, "the poll could not be started");
                    }
                }
            }
        }
        for poll in self.registry.all_running() {
            let is_idle = poll.is_idle(now, IDLE_MS) && !self.opens_soon(&poll.poll, now);
            let id = poll.id();
            drop(poll);
            let _one_at_a_time = self.registry.changing.lock().await;
            if is_idle && self.registry.let_go(id) {
                self.ports.counters.forget(id).await;
            }
        }
        Ok(())
    }

    /// Whether a poll takes ballots now or within the minute.
    fn opens_soon(&self, poll: &Poll, now: Timestamp) -> bool {
        let Some(view) = self.catalogue.view(poll.consultation) else { return false };
        [now, now.plus_millis(AHEAD_MS)].into_iter().any(|at| {
            let lookup = Lookup::at(Arc::clone(&view), at);
            takes_ballots(poll, &lookup, at)
        })
    }

    /// The polls of a consultation that take ballots now.
    pub(crate) fn open_polls_of(&self, lookup: &Lookup, now: Timestamp) -> Vec<Poll> {
        let polls = self.polls_of(lookup.id()).into_iter();
        polls.filter(|poll| takes_ballots(poll, lookup, now)).collect()
    }

    /// The polls of a consultation, its first one first.
    #[must_use]
    pub fn polls_of(&self, consultation: ConsultationId) -> Vec<Poll> {
        let marks = self.registry.marks();
        marks.values().map(|mark| mark.poll).filter(|poll| poll.consultation == consultation).collect()
    }

    /// The state of a poll when it was last looked at.
    #[must_use]
    pub fn mark(&self, poll: PollId) -> Option<PollMark> {
        self.registry.mark(poll)
    }

    /// The totals to show now, read at most once a second for all who ask, whether or not results are shown.
    ///
    /// # Errors
    /// Neither counters nor records can be read.
    pub async fn totals(&self, poll: PollId, now: Timestamp) -> PortResult<Arc<LiveTotals>> {
        totals(&self.ports, &self.running, &self.known_poll(poll).await?, now).await
    }

    /// The totals of a poll that runs in this process; `None` of one that nobody needs at the moment.
    ///
    /// # Errors
    /// Neither counters nor records can be read.
    pub async fn totals_if_running(
        &self,
        poll: PollId,
        now: Timestamp,
    ) -> PortResult<Option<Arc<LiveTotals>>> {
        match self.registry.running(poll) {
            Some(poll) => totals(&self.ports, &self.running, &poll, now).await.map(Some),
            None => Ok(None),
        }
    }

    /// A participant's standing ballots in a poll, the last acknowledged one included, by item.
    ///
    /// # Errors
    /// The records cannot be read.
    pub async fn own_ballots(
        &self,
        poll: PollId,
        participant: ParticipantId,
    ) -> PortResult<Vec<StandingBallot>> {
        own_ballots(&self.ports, &*self.known_poll(poll).await?, participant).await
    }

    /// A key for this participant on this item.
    #[must_use]
    pub fn key(
        &self,
        poll: PollId,
        item: ItemNumber,
        participant: ParticipantId,
        channel: Channel,
        now: Timestamp,
    ) -> String {
        self.keys.issue(poll, item, participant, channel, now)
    }

    /// Each projection's distance from its ledger, for the metrics. Drafts are left out: nobody may know of them.
    #[must_use]
    pub fn lags(&self) -> Vec<LedgerLag> {
        let marks = self.registry.marks();
        let lag = |lookup: Lookup| {
            // A poll recorded a moment ago has no mark yet, and no events.
            let mark = marks.get(&lookup.first_poll());
            let head = mark.map_or(0, |mark| mark.head.0);
            let projected = mark.map_or(0, |mark| mark.projection.position.0);
            let poll = self.registry.running(lookup.first_poll());
            LedgerLag {
                slug: lookup.view.consultation.slug().to_string(),
                head: poll.as_ref().map_or(head, |poll| poll.ledger_head.load(Ordering::Relaxed)),
                lag: poll.map_or(head.saturating_sub(projected), |poll| poll.lag()),
            }
        };
        self.catalogue.list(self.running.now()).into_iter().map(lag).collect()
    }

    /// Writes the queued ballots and projects them: the last thing before the process ends.
    pub(crate) async fn drain(&self) -> PortResult<()> {
        for poll in self.registry.all_running() {
            poll.queue.flush().await;
            projector::project_to_head(&self.ports, &self.running, &poll, |_| ()).await?;
        }
        Ok(())
    }

    pub(crate) async fn stop(&self) {
        self.registry.stop().await;
    }
}

/// Whether a poll takes ballots: a first poll in the consultation phase, another between its own dates while the
/// consultation can be read.
fn takes_ballots(poll: &Poll, lookup: &Lookup, now: Timestamp) -> bool {
    if poll.is_first() {
        return lookup.phase == Phase::Consultation;
    }
    lookup.phase.accepts(Action::Read) && poll.dates.include(now)
}
