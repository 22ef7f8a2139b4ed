//! The in-memory catalogue: consultations and their proposals as the vote path and the pages see them,
//! so that neither waits for SQL to know what is open and what is published.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwap;
use gd_domain::{Consultation, ConsultationId, Position, Proposal, ProposalNumber, Slug};
use rpds::RedBlackTreeMapSync;
use tokio::sync::{Mutex, Notify};

use crate::ports::{PortResult, Ports};
use crate::proposals::deck::DeckCache;
use crate::proposals::exposures::ExposureCounts;
use crate::proposals::search_text::{fold_for_search, stems_for_search};
use crate::proposals::similar_texts::SimilarTexts;
use crate::proposals::submissions::Submissions;
use crate::results::ranked_orders::RankedOrders;
use crate::results::report::ShownReport;
use crate::voting::ledger_tail::LedgerTail;
use crate::voting::projector::Known;
use crate::voting::totals::TotalsCache;
use crate::voting::write_queue::WriteQueue;

/// Proposals read in one statement while the catalogue catches up.
const REFRESH_PROPOSALS_MAX: usize = 2_000;

/// Everything known of one consultation at one instant; replaced whole, never changed.
#[derive(Clone, Debug)]
pub struct CatalogueView {
    /// The consultation.
    pub consultation: Consultation,
    revision: u64,
    last_change: (u64, ProposalNumber),
    proposals: ByNumber,
    published: ByNumber,
}

/// Proposals by number. A view shares with the one before it all that did not change: with ten thousand
/// proposals, taking one more costs no more than with a hundred.
type ByNumber = RedBlackTreeMapSync<ProposalNumber, Arc<Listed>>;

/// A proposal with its text made ready for searching.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) proposal: Proposal,
    pub(crate) folded: String,
    pub(crate) stems: String,
    /// The same for proposals that the organizer put under one idea, and else for texts of the same words,
    /// whatever their case, accents and punctuation.
    pub(crate) idea: u64,
}

impl CatalogueView {
    /// The proposal of this number, whatever its status.
    #[must_use]
    pub fn proposal(&self, number: ProposalNumber) -> Option<&Proposal> {
        self.proposals.get(&number).map(|listed| &listed.proposal)
    }

    /// Goes up with every change of the consultation or of one of its proposals.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Every proposal, whatever its status, by number.
    #[must_use]
    pub fn proposals(&self) -> impl DoubleEndedIterator<Item = &Proposal> {
        self.proposals.values().map(|listed| &listed.proposal)
    }

    /// The published proposals, by number.
    #[must_use]
    pub fn published(&self) -> impl ExactSizeIterator<Item = &Proposal> + DoubleEndedIterator {
        self.published_listed().map(|listed| &listed.proposal)
    }

    pub(crate) fn published_under(&self, number: ProposalNumber) -> Option<&Listed> {
        self.published.get(&number).map(Arc::as_ref)
    }

    pub(crate) fn published_listed(&self) -> impl ExactSizeIterator<Item = &Listed> + DoubleEndedIterator {
        self.published.values().map(Arc::as_ref)
    }

    fn of(consultation: Consultation, revision: u64) -> Self {
        Self {
            consultation,
            revision,
            last_change: (0, ProposalNumber(0)),
            proposals: ByNumber::new_sync(),
            published: ByNumber::new_sync(),
        }
    }

    fn record(&mut self, changes: Vec<(u64, Proposal)>) {
        let language = self.consultation.description.language;
        for (revision, proposal) in changes {
            let number = proposal.number;
            self.last_change = (revision, number);
            let folded = fold_for_search(proposal.text.as_str());
            let idea = idea_key(proposal.idea.as_ref(), &folded);
            let stems = stems_for_search(proposal.text.as_str(), language);
            let listed = Arc::new(Listed { proposal, folded, stems, idea });
            if listed.proposal.is_published() {
                self.published.insert_mut(number, Arc::clone(&listed));
            } else {
                self.published.remove_mut(&number);
            }
            self.proposals.insert_mut(number, listed);
        }
    }
}

fn idea_key(organizers: Option<&Slug>, folded: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    organizers.hash(&mut hasher);
    if organizers.is_none() {
        folded.split_whitespace().for_each(|word| word.hash(&mut hasher));
    }
    hasher.finish()
}

/// One consultation as this process runs it.
#[derive(Debug)]
pub struct CatalogueEntry {
    /// Its record number.
    pub id: ConsultationId,
    view: ArcSwap<CatalogueView>,
    refreshing: Mutex<()>,
    refreshes: Refreshes,
    pub(crate) queue: WriteQueue,
    pub(crate) ledger_head: Arc<AtomicU64>,
    pub(crate) tail: Arc<LedgerTail>,
    /// The furthest position ever projected. It does not go back while a recount folds again from the
    /// start: that is no reason to turn votes away.
    projected: AtomicU64,
    pub(crate) projection: Mutex<Known>,
    pub(crate) wake_projector: Arc<Notify>,
    pub(crate) shown_report: Mutex<ShownReport>,
    pub(crate) totals_cache: TotalsCache,
    pub(crate) deck_cache: DeckCache,
    pub(crate) exposures: ExposureCounts,
    pub(crate) submissions: Submissions,
    pub(crate) similar_texts: SimilarTexts,
    pub(crate) ranked_orders: RankedOrders,
}

/// Refreshes are numbered as they begin, so that those who wait for one can tell whether it saw their change.
#[derive(Debug, Default)]
struct Refreshes {
    begun: AtomicU64,
    /// The last one that went well.
    done: AtomicU64,
}

impl CatalogueEntry {
    /// What is known now.
    #[must_use]
    pub fn view(&self) -> Arc<CatalogueView> {
        self.view.load_full()
    }

    /// Events acknowledged but not yet projected, as far as this process knows.
    #[must_use]
    pub fn lag(&self) -> u64 {
        let head = self.ledger_head.load(Ordering::Relaxed);
        head.saturating_sub(self.projected.load(Ordering::Relaxed))
    }

    /// Takes note that the projection has come so far.
    pub(crate) fn note_projected(&self, position: Position) {
        self.projected.fetch_max(position.0, Ordering::Relaxed);
        self.tail.release(position);
    }

    /// Shows all that was on record before this call. Many who wait are served by one reading.
    pub(crate) async fn refresh(&self, ports: &Ports) -> PortResult<()> {
        let begun_before = self.refreshes.begun.load(Ordering::SeqCst);
        let _one_at_a_time = self.refreshing.lock().await;
        if self.refreshes.done.load(Ordering::SeqCst) > begun_before {
            return Ok(());
        }
        let this_one = self.refreshes.begun.fetch_add(1, Ordering::SeqCst) + 1;
        self.read_again(ports).await?;
        self.refreshes.done.store(this_one, Ordering::SeqCst);
        Ok(())
    }

    async fn read_again(&self, ports: &Ports) -> PortResult<()> {
        let Some((consultation, revision)) = ports.consultations.by_id(self.id).await? else {
            return Ok(());
        };
        let mut view = CatalogueView { consultation, revision, ..CatalogueView::clone(&self.view.load()) };
        let changed = read_changes(&mut view, ports).await?;
        let view = Arc::new(view);
        self.view.store(Arc::clone(&view));
        self.similar_texts.follow(&changed, &view);
        Ok(())
    }
}

/// Gives the numbers of what changed.
async fn read_changes(view: &mut CatalogueView, ports: &Ports) -> PortResult<Vec<ProposalNumber>> {
    let mut numbers = Vec::new();
    loop {
        let id = view.consultation.id;
        let changes = ports.proposals.changed_after(id, view.last_change, REFRESH_PROPOSALS_MAX).await?;
        let complete = changes.len() < REFRESH_PROPOSALS_MAX;
        numbers.extend(changes.iter().map(|(_, proposal)| proposal.number));
        view.record(changes);
        if complete {
            return Ok(numbers);
        }
    }
}

type Entries = HashMap<Slug, Arc<CatalogueEntry>>;

/// All consultations of the installation.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    entries: ArcSwap<Entries>,
    adding: Mutex<()>,
}

impl Catalogue {
    pub(crate) fn by_slug(&self, slug: &str) -> Option<Arc<CatalogueEntry>> {
        let slug = slug.parse::<Slug>().ok()?;
        self.entries.load().get(&slug).cloned()
    }

    /// Every entry, in the order the consultations were created.
    pub(crate) fn all(&self) -> Vec<Arc<CatalogueEntry>> {
        let mut all = self.entries.load().values().cloned().collect::<Vec<_>>();
        all.sort_by_key(|entry| entry.id);
        all
    }

    pub(crate) fn by_id(&self, id: ConsultationId) -> Option<Arc<CatalogueEntry>> {
        self.entries.load().values().find(|entry| entry.id == id).cloned()
    }

    /// Adds the consultation of this record number unless it is there, and gives its entry if this
    /// call added it.
    pub(crate) async fn add(
        &self,
        id: ConsultationId,
        ports: &Arc<Ports>,
    ) -> PortResult<Option<Arc<CatalogueEntry>>> {
        let _one_at_a_time = self.adding.lock().await;
        if self.by_id(id).is_some() {
            return Ok(None);
        }
        let Some((consultation, revision)) = ports.consultations.by_id(id).await? else {
            return Ok(None);
        };
        let mut view = CatalogueView::of(consultation, revision);
        read_changes(&mut view, ports).await?;
        let entry = Arc::new(new_entry(view, ports).await?);
        let mut entries = Entries::clone(&self.entries.load());
        entries.insert(entry.view().consultation.slug().clone(), Arc::clone(&entry));
        self.entries.store(Arc::new(entries));
        Ok(Some(entry))
    }
}

async fn new_entry(view: CatalogueView, ports: &Arc<Ports>) -> PortResult<CatalogueEntry> {
    let id = view.consultation.id;
    let head = ports.ledger.head(id).await?;
    let state = ports.projection.state(id).await?;
    let ledger_head = Arc::new(AtomicU64::new(head.0));
    let tail = Arc::new(LedgerTail::default());
    let wake_projector = Arc::new(Notify::new());
    let queue = WriteQueue::start(
        id,
        ports,
        Arc::clone(&ledger_head),
        Arc::clone(&tail),
        Arc::clone(&wake_projector),
    );
    Ok(CatalogueEntry {
        id,
        view: ArcSwap::from_pointee(view),
        refreshing: Mutex::new(()),
        refreshes: Refreshes::default(),
        queue,
        ledger_head,
        tail,
        projected: AtomicU64::new(state.position.0),
        projection: Mutex::new(Known::at(state)),
        wake_projector,
        shown_report: Mutex::default(),
        totals_cache: TotalsCache::default(),
        deck_cache: DeckCache::default(),
        exposures: ExposureCounts::default(),
        submissions: Submissions::default(),
        similar_texts: SimilarTexts::default(),
        ranked_orders: RankedOrders::default(),
    })
}
