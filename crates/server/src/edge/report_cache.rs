//! Cache of parsed reports: each is parsed once for all its readers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use gd_domain::{ConsultationId, Position, Timestamp};
use gd_engine::ports::{ReportKind, StoredReport};
use gd_pages::Report;

/// The last report shown, by consultation: the cache holds at most one report a consultation.
#[derive(Default)]
pub(crate) struct ReportCache(Mutex<HashMap<ConsultationId, (ReportIdentity, Arc<Report>)>>);

/// The identity of a stored report, which never changes after it is made.
type ReportIdentity = (ReportKind, Timestamp, Position);

impl ReportCache {
    /// The report as pages show it. Readers who ask for a new report at the same moment may each parse it, at most
    /// one a worker; nobody waits.
    ///
    /// # Errors
    /// The parser's error, if the body is not a report that these pages know.
    pub(crate) fn parsed(
        &self,
        id: ConsultationId,
        stored: &StoredReport,
    ) -> serde_json::Result<Arc<Report>> {
        let identity = (stored.kind, stored.made_at, stored.position);
        if let Some(report) = self.known(id, identity) {
            return Ok(report);
        }
        let report = Arc::new(serde_json::from_str::<Report>(&stored.body)?);
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.insert(id, (identity, Arc::clone(&report)));
        Ok(report)
    }

    fn known(&self, id: ConsultationId, identity: ReportIdentity) -> Option<Arc<Report>> {
        let shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.get(&id).filter(|(known, _)| *known == identity).map(|(_, report)| Arc::clone(report))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOWN: ConsultationId = ConsultationId(1);
    const CITY: ConsultationId = ConsultationId(2);

    fn stored(position: u64, method: &str) -> StoredReport {
        let input = r#"{"ballots":0,"participants":0,"proposals":0}"#;
        StoredReport {
            kind: ReportKind::Live,
            made_at: Timestamp::from_millis(0),
            position: Position(position),
            body: format!(r#"{{"method":"{method}","input":{input},"proposals":[]}}"#),
        }
    }

    #[test]
    fn a_report_is_parsed_once_until_there_is_another() {
        let shown = ReportCache::default();
        let first = shown.parsed(TOWN, &stored(1, "polis")).unwrap();
        assert!(Arc::ptr_eq(&first, &shown.parsed(TOWN, &stored(1, "polis")).unwrap()));
        assert_eq!(shown.parsed(TOWN, &stored(2, "calibrated")).unwrap().method.as_str(), "calibrated");
        assert_eq!(shown.parsed(TOWN, &stored(1, "polis")).unwrap().method.as_str(), "polis");
        let published = StoredReport { kind: ReportKind::Published, ..stored(1, "make-org") };
        assert_eq!(shown.parsed(TOWN, &published).unwrap().method.as_str(), "make-org");
        let later = StoredReport { made_at: Timestamp::from_millis(1), ..stored(1, "calibrated") };
        assert_eq!(shown.parsed(TOWN, &later).unwrap().method.as_str(), "calibrated");
    }

    #[test]
    fn consultations_do_not_share_reports() {
        let shown = ReportCache::default();
        let town = shown.parsed(TOWN, &stored(1, "polis")).unwrap();
        assert_eq!(shown.parsed(CITY, &stored(1, "calibrated")).unwrap().method.as_str(), "calibrated");
        assert!(Arc::ptr_eq(&town, &shown.parsed(TOWN, &stored(1, "polis")).unwrap()));
    }

    #[test]
    fn what_is_no_report_is_not_kept() {
        let shown = ReportCache::default();
        let broken = StoredReport { body: "{}".into(), ..stored(1, "polis") };
        assert!(shown.parsed(TOWN, &broken).is_err());
        assert!(shown.parsed(TOWN, &stored(1, "polis")).is_ok());
    }
}
