//! The contract of the ports of results.

use gd_domain::{ConsultationId, Position, StaffAction};
use gd_engine::ports::{AuditTrail, Records, ReportKind, Reports, StoredReport};

use super::{entries_of, last_position};
use crate::{TEST_NOW, audit_draft, create};

pub(super) async fn keeps_its_contract<S: Records>(store: &S) {
    let one = create(store, "reports").await;
    reports_are_kept_or_replaced_by_kind(store, one).await;
}

async fn reports_are_kept_or_replaced_by_kind<S: Reports + AuditTrail>(store: &S, one: ConsultationId) {
    let report = |kind, made_at: i64, body: &str| StoredReport {
        kind,
        made_at: TEST_NOW.plus_millis(made_at),
        position: Position(4),
        body: body.to_owned(),
    };
    assert_eq!(store.latest(one, ReportKind::Live).await.unwrap(), None);
    assert_eq!(store.latest_made_at(one, ReportKind::Live).await.unwrap(), None);
    let before = last_position(store).await;
    for (at, body) in [(1, "{}"), (2, "{\"a\":1}")] {
        store.save(one, &report(ReportKind::Live, at, body), None).await.unwrap();
    }
    let audit = audit_draft(StaffAction::PublishReport, "report");
    for (at, body) in [(3, "{\"b\":1}"), (4, "{\"b\":2}")] {
        store.save(one, &report(ReportKind::Published, at, body), Some(&audit)).await.unwrap();
    }
    entries_of(store, before, &[StaffAction::PublishReport; 2]).await;
    let live = store.latest(one, ReportKind::Live).await.unwrap();
    assert_eq!(live, Some(report(ReportKind::Live, 2, "{\"a\":1}")));
    let made_at = store.latest_made_at(one, ReportKind::Live).await.unwrap();
    assert_eq!(made_at, Some(TEST_NOW.plus_millis(2)));
    let published = store.latest(one, ReportKind::Published).await.unwrap();
    assert_eq!(published, Some(report(ReportKind::Published, 4, "{\"b\":2}")));
}
