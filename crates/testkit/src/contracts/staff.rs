//! The contract of the audit trail.

use gd_domain::{AuditDraft, AuditEntry, AuditHash, AuditPhase, Checkpoint, ConsultationId, StaffAction};
use gd_engine::ports::{AuditTrail, PortErrorKind, Records};
use gd_engine::staff::{detail_digest, entry_hash};

use super::{entries_of, last_position};
use crate::{TEST_NOW, audit_draft};

pub(super) async fn keeps_its_contract<S: Records>(store: &S) {
    every_entry_follows_from_the_one_before(store).await;
    entries_are_read_as_they_were_written(store).await;
    entries_are_read_in_pages(store).await;
    erased_details_are_gone_and_the_chain_stays(store).await;
    a_cut_deletes_what_is_before_its_checkpoint(store).await;
}

/// The hash that an entry must have, by what it says.
fn hash_of(entry: &AuditEntry, previous: &AuditHash) -> AuditHash {
    let said = AuditDraft {
        at: entry.at,
        actor: entry.actor.clone(),
        action: entry.action,
        phase: entry.phase,
        consultation: entry.consultation,
        subject: entry.subject.clone(),
        detail: String::new(),
        salt: [0; 16],
    };
    entry_hash(entry.position, &said, &entry.detail_digest, previous)
}

async fn chain_is_sound(store: &dyn AuditTrail, mut previous: (u64, AuditHash)) {
    for entry in store.entries_after(previous.0, 1_000).await.unwrap() {
        assert_eq!((entry.position, entry.previous), (previous.0 + 1, previous.1));
        assert_eq!(entry.hash, hash_of(&entry, &previous.1));
        if let Some((salt, detail)) = &entry.detail {
            assert_eq!(entry.detail_digest, detail_digest(salt, detail));
        }
        previous = (entry.position, entry.hash);
    }
    assert_eq!(store.last_entry().await.unwrap(), previous);
}

/// The suites before this one left entries, each appended by the commit of its act.
async fn every_entry_follows_from_the_one_before(store: &dyn AuditTrail) {
    assert!(last_position(store).await > 10);
    chain_is_sound(store, (0, AuditHash::default())).await;
}

async fn entries_are_read_as_they_were_written(store: &dyn AuditTrail) {
    let before = last_position(store).await;
    let entry = |phase, consultation| AuditDraft {
        at: TEST_NOW.plus_millis(-1),
        phase,
        consultation,
        detail: "{\"after\":\"« l’été » 😀\"}".into(),
        salt: [0, 1, 2, 3, 4, 5, 6, 7, 8, 250, 251, 252, 253, 254, 255, 0],
        ..audit_draft(StaffAction::Import, "« consultation »")
    };
    let written = [
        entry(AuditPhase::Begun, None),
        entry(AuditPhase::Ended, Some(ConsultationId(1))),
        entry(AuditPhase::Done, Some(ConsultationId(i64::MAX))),
    ];
    for (position, draft) in (before + 1..).zip(&written) {
        assert_eq!(store.append_entry(draft).await.unwrap(), position);
    }
    for (entry, draft) in entries_of(store, before, &[StaffAction::Import; 3]).await.iter().zip(&written) {
        assert_eq!((entry.at, &entry.actor, entry.phase), (draft.at, &draft.actor, draft.phase));
        assert_eq!((entry.consultation, &entry.subject), (draft.consultation, &draft.subject));
        assert_eq!(entry.detail, Some((draft.salt, draft.detail.clone())));
    }
    chain_is_sound(store, (0, AuditHash::default())).await;
}

async fn entries_are_read_in_pages(store: &dyn AuditTrail) {
    let all = store.entries_after(0, 1_000).await.unwrap();
    let mut read = Vec::new();
    loop {
        let after = read.last().map_or(0, |entry: &AuditEntry| entry.position);
        let page = store.entries_after(after, 7).await.unwrap();
        if page.is_empty() {
            break;
        }
        read.extend(page);
    }
    assert_eq!(read, all);
}

async fn erased_details_are_gone_and_the_chain_stays(store: &dyn AuditTrail) {
    let last = last_position(store).await;
    let audit = audit_draft(StaffAction::CutAudit, "details");
    let erased = store.erase_details(&[last, 2, 9_999], &audit).await.unwrap();
    assert_eq!(erased, 2);
    assert_eq!(store.erase_details(&[last], &audit).await.unwrap(), 0, "it was erased already");
    entries_of(store, last, &[StaffAction::CutAudit; 2]).await;
    let entries = store.entries_after(0, 1_000).await.unwrap();
    let gone = entries.iter().filter(|entry| entry.detail.is_none()).map(|entry| entry.position);
    assert_eq!(gone.collect::<Vec<_>>(), [2, last]);
    chain_is_sound(store, (0, AuditHash::default())).await;
}

async fn a_cut_deletes_what_is_before_its_checkpoint(store: &dyn AuditTrail) {
    assert_eq!(store.checkpoint().await.unwrap(), None);
    let audit = audit_draft(StaffAction::CutAudit, "entries");
    for (up_to, signature) in [(3, [3; 32]), (5, [5; 32])] {
        let last = last_position(store).await;
        let entry = store.entries_after(up_to - 1, 1).await.unwrap().remove(0);
        let checkpoint = Checkpoint { position: up_to, hash: entry.hash, cut_at: TEST_NOW, signature };
        store.cut(&checkpoint, &audit).await.unwrap();
        assert_eq!(store.checkpoint().await.unwrap(), Some(checkpoint));
        assert_eq!(store.entries_after(0, 1).await.unwrap()[0].position, up_to + 1);
        entries_of(store, last, &[StaffAction::CutAudit]).await;
        chain_is_sound(store, (up_to, entry.hash)).await;
    }
    // Two cuts at once: the smaller one comes too late.
    let (cut, last) = (store.checkpoint().await.unwrap(), last_position(store).await);
    for position in [4, 5] {
        let late = Checkpoint { position, ..cut.unwrap() };
        assert_eq!(store.cut(&late, &audit).await.unwrap_err().kind, PortErrorKind::Conflict);
    }
    assert_eq!((store.checkpoint().await.unwrap(), last_position(store).await), (cut, last));
}
