//! Cache of responses that are the same for all readers. A response is encoded and compressed again only when its
//! data has changed, by one request at a time, on a thread for blocking work.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::web::block;
use gd_domain::{ConsultationId, Language, Phase, Timestamp};
use gd_engine::{Freshness, ItemView, LiveTotals, Lookup, SingleFlight};
use gd_pages::ReportFile;

use crate::edge::conditional::TaggedBody;
use crate::edge::limits::CACHED_RESPONSES_MAX;
use crate::edge::problem::{Code, Problem};

/// The resource that a cached response shows.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    Consultation,
    Activity,
    Landing(Language),
    Results(Language),
    ReportFile(ReportFile, Language),
    TalliesJson,
    TalliesCsv,
}

/// The versions of the data a response was made from: a change in one of them makes it stale.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct ResponseVersion {
    revision: u64,
    items: u64,
    totals: u64,
    phase: Phase,
    results_open: bool,
    /// The time the shown report was made, if one is shown.
    report: Option<Timestamp>,
}

impl ResponseVersion {
    /// The version of a response made from the consultation, its proposals and the live counts.
    pub(crate) fn new(lookup: &Lookup, items: &ItemView, totals: &LiveTotals, results_open: bool) -> Self {
        Self { items: items.revision(), results_open, ..Self::of_totals(lookup, totals) }
    }

    /// The version of a response made from the consultation and the live counts.
    pub(crate) fn of_totals(lookup: &Lookup, totals: &LiveTotals) -> Self {
        let (revision, totals) = (lookup.view.revision(), totals.version());
        Self { revision, items: 0, totals, phase: lookup.phase, results_open: true, report: None }
    }

    /// The version of a response made from the consultation and the report of this time.
    pub(crate) fn of_report(lookup: &Lookup, made_at: Timestamp, results_open: bool) -> Self {
        let revision = lookup.view.revision();
        Self { revision, items: 0, totals: 0, phase: lookup.phase, results_open, report: Some(made_at) }
    }

    /// The version of a response made from the figures of this report alone.
    pub(crate) const fn of_figures(made_at: Timestamp) -> Self {
        Self {
            revision: 0,
            items: 0,
            totals: 0,
            phase: Phase::Draft,
            results_open: true,
            report: Some(made_at),
        }
    }

    /// Whether a response of this version may be sent to a client that asks for version `asked`.
    fn serves(&self, asked: &Self) -> bool {
        self.revision >= asked.revision
            && self.items >= asked.items
            && self.totals >= asked.totals
            && self.phase == asked.phase
            && self.results_open == asked.results_open
            && self.report >= asked.report
    }

    /// Whether it may be sent while version `asked` is being made: older counts and an older report are accepted.
    fn serves_meanwhile(&self, asked: &Self) -> bool {
        self.serves(&Self { totals: self.totals, report: self.report, ..*asked })
    }
}

type Key = (ConsultationId, Subject);

/// The last response of each resource.
pub(crate) struct ResponseCache {
    slots: Mutex<HashMap<Key, Arc<SingleFlight<VersionedBody>>>>,
    bytes_max: usize,
}

struct VersionedBody {
    version: ResponseVersion,
    body: Arc<TaggedBody>,
}

impl VersionedBody {
    fn freshness(&self, asked: &ResponseVersion) -> Freshness {
        if self.version.serves(asked) {
            Freshness::Fresh
        } else if self.version.serves_meanwhile(asked) {
            Freshness::Superseded
        } else {
            Freshness::Expired
        }
    }
}

impl ResponseCache {
    /// An empty cache. Once it holds more than `bytes_max`, only the newest response is kept.
    pub(crate) fn new(bytes_max: usize) -> Self {
        Self { slots: Mutex::default(), bytes_max }
    }

    /// The response of this version: the first request makes it, the others wait for it or get the last one.
    pub(crate) async fn get(
        &self,
        consultation: ConsultationId,
        subject: Subject,
        version: ResponseVersion,
        make: impl FnOnce() -> Result<TaggedBody, Problem> + Send + 'static,
    ) -> Result<Arc<TaggedBody>, Problem> {
        let key = (consultation, subject);
        let slot = Arc::clone(self.slots().entry(key).or_default());
        let before = slot.last();
        let make = |_| async move {
            let body = block(make).await;
            let body = body.map_err(|stopping| Problem::new(Code::Internal, stopping.to_string()))?;
            Ok::<_, Problem>(VersionedBody { version, body: Arc::new(body?) })
        };
        let shown = slot.get(|last| last.freshness(&version), make).await?;
        if before.is_none_or(|before| !Arc::ptr_eq(&before, &shown)) {
            self.make_room(key);
        }
        Ok(Arc::clone(&shown.body))
    }

    /// Drops all responses but the newest once there are too many or they take too many bytes.
    fn make_room(&self, newest: Key) {
        let mut slots = self.slots();
        let bytes =
            slots.values().filter_map(|slot| slot.last()).map(|shown| shown.body.len()).sum::<usize>();
        if slots.len() > CACHED_RESPONSES_MAX || bytes > self.bytes_max {
            slots.retain(|known, _| *known == newest);
        }
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<Key, Arc<SingleFlight<VersionedBody>>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const BYTES_MAX: usize = 1_000_000;

    const TOWN: ConsultationId = ConsultationId(1);
    const VERSION: ResponseVersion = ResponseVersion {
        revision: 3,
        items: 5,
        totals: 7,
        phase: Phase::Consultation,
        results_open: true,
        report: None,
    };

    async fn made(
        cache: &ResponseCache,
        id: ConsultationId,
        version: ResponseVersion,
        bytes: usize,
    ) -> Arc<TaggedBody> {
        let made = cache
            .get(id, Subject::TalliesJson, version, move || Ok(TaggedBody::new(vec![b'x'; bytes])))
            .await;
        made.unwrap_or_else(|_| panic!("it is made"))
    }

    #[actix_web::test]
    async fn a_response_is_made_once_for_all_who_ask_at_the_same_time() {
        let (cache, times) = (ResponseCache::new(BYTES_MAX), Arc::new(AtomicUsize::new(0)));
        let ask = || {
            let times = Arc::clone(&times);
            cache.get(TOWN, Subject::Consultation, VERSION, move || {
                times.fetch_add(1, Ordering::Relaxed);
                Ok(TaggedBody::new(Vec::new()))
            })
        };
        let all = tokio::join!(ask(), ask(), ask(), ask());
        assert!(all.0.is_ok() && all.1.is_ok() && all.2.is_ok() && all.3.is_ok());
        assert_eq!(times.load(Ordering::Relaxed), 1);
    }

    #[actix_web::test]
    async fn any_change_makes_another() {
        let cache = ResponseCache::new(BYTES_MAX);
        let mut last = made(&cache, TOWN, VERSION, 1).await;
        let changed = [
            ResponseVersion { revision: 4, items: 6, ..VERSION },
            ResponseVersion { revision: 4, items: 6, totals: 8, ..VERSION },
            ResponseVersion { revision: 4, items: 6, totals: 8, phase: Phase::Closed, ..VERSION },
            ResponseVersion {
                revision: 4,
                items: 6,
                totals: 8,
                phase: Phase::Closed,
                results_open: false,
                ..VERSION
            },
            ResponseVersion {
                revision: 4,
                items: 6,
                totals: 8,
                phase: Phase::Closed,
                results_open: false,
                report: Some(Timestamp::default()),
            },
        ];
        for version in changed {
            let next = made(&cache, TOWN, version, 1).await;
            assert!(!Arc::ptr_eq(&last, &next));
            assert!(Arc::ptr_eq(&next, &made(&cache, TOWN, version, 1).await));
            last = next;
        }
        assert!(!Arc::ptr_eq(&last, &made(&cache, ConsultationId(2), changed[3], 1).await));
    }

    #[actix_web::test]
    async fn they_stay_few_and_small() {
        let cache = ResponseCache::new(BYTES_MAX);
        for id in 0..=i64::try_from(CACHED_RESPONSES_MAX).unwrap() {
            made(&cache, ConsultationId(id), VERSION, 1).await;
        }
        assert_eq!(cache.slots().len(), 1);
        made(&cache, TOWN, VERSION, BYTES_MAX).await;
        assert_eq!(cache.slots().len(), 1);
    }
}
