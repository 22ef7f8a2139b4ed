//! The audit trail on both engines: it refuses to be changed by hand, and a change all the same is found.

use std::sync::Arc;

use gd_domain::{Scope, StaffAction};
use gd_engine::{AuditVerification, Engine, Permit};
use gd_testkit::{consultation_draft, permit};

use crate::support::{ByHand, House, on_postgres, on_sqlite};

fn read_audit(engine: &Engine) -> Permit {
    permit(engine, StaffAction::ReadAudit, Scope::Installation)
}

async fn verify(engine: &Engine) -> AuditVerification {
    engine.staff().verify_audit(&read_audit(engine)).await.unwrap()
}

/// Three consultations, a second apart.
async fn with_three_entries(house: &House) -> Arc<Engine> {
    let engine = house.engine().await;
    let create = permit(&engine, StaffAction::CreateConsultation, Scope::Installation);
    for slug in ["one", "two", "three"] {
        engine.consultation().create(&create, &consultation_draft(slug)).await.unwrap();
        house.clock.advance_ms(1_000);
    }
    engine
}

async fn the_trail_refuses_to_be_changed_by_hand(mut house: House, own: &[&str]) {
    let engine = with_three_entries(&house).await;
    let statements = [
        "UPDATE audit_entry SET actor = 'nobody'",
        "UPDATE audit_entry SET hash = hash WHERE position = 2",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE position = 3",
    ];
    for statement in [&statements, own].concat() {
        let refusal = house.by_hand.run(statement).await.unwrap_err().to_string();
        assert!(refusal.contains("append-only"), "{statement}: {refusal}");
    }
    let sound = AuditVerification::Sound { entries: 3, erased: 0, cut_up_to: 0 };
    assert_eq!(verify(&engine).await, sound);
}

#[tokio::test]
async fn the_trail_in_sqlite_refuses_to_be_changed_by_hand() {
    let own = "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry";
    the_trail_refuses_to_be_changed_by_hand(on_sqlite().await, &[own]).await;
}

#[tokio::test]
async fn the_trail_in_postgres_refuses_to_be_changed_by_hand() {
    let own = [
        "TRUNCATE audit_entry",
        "INSERT INTO audit_entry SELECT * FROM audit_entry ON CONFLICT (position) DO UPDATE SET actor = 'nobody'",
    ];
    the_trail_refuses_to_be_changed_by_hand(on_postgres("audit_by_hand").await, &own).await;
}

/// Changes to the second of three entries, made after the triggers are taken away, and the first position at
/// which each is found.
const TAMPERING: [(&str, u64); 17] = [
    ("UPDATE audit_entry SET at = at + 1 WHERE position = 2", 2),
    ("UPDATE audit_entry SET actor = 'nobody' WHERE position = 2", 2),
    ("UPDATE audit_entry SET action = 'import' WHERE position = 2", 2),
    ("UPDATE audit_entry SET phase = 'begun' WHERE position = 2", 2),
    ("UPDATE audit_entry SET consultation_id = 1 WHERE position = 2", 2),
    ("UPDATE audit_entry SET consultation_id = NULL WHERE position = 2", 2),
    ("UPDATE audit_entry SET subject = 'nothing' WHERE position = 2", 2),
    ("UPDATE audit_entry SET detail_digest = hash WHERE position = 2", 2),
    ("UPDATE audit_entry SET prev_hash = hash WHERE position = 2", 2),
    ("UPDATE audit_entry SET hash = prev_hash WHERE position = 2", 2),
    ("UPDATE audit_entry SET position = 9 WHERE position = 2", 2),
    ("DELETE FROM audit_entry WHERE position = 2", 2),
    ("DELETE FROM audit_entry WHERE position = 3", 3),
    ("UPDATE audit_detail SET detail = '{}' WHERE position = 2", 2),
    (
        "UPDATE audit_detail SET salt = (SELECT salt FROM audit_detail WHERE position = 1) WHERE position = 2",
        2,
    ),
    ("UPDATE audit_head SET position = 2", 2),
    ("UPDATE audit_head SET hash = (SELECT hash FROM audit_entry WHERE position = 1)", 3),
];

const TABLES: [&str; 3] = ["audit_entry", "audit_detail", "audit_head"];

async fn disarm(by_hand: &mut ByHand) {
    let statements = match by_hand {
        ByHand::Sqlite(_) => {
            "DROP TRIGGER audit_entry_is_never_changed; DROP TRIGGER audit_entry_is_never_deleted"
        }
        ByHand::Postgres(_) => "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    };
    by_hand.run(statements).await.unwrap();
}

async fn every_change_by_hand_is_found(mut house: House) {
    let engine = with_three_entries(&house).await;
    disarm(&mut house.by_hand).await;
    for table in TABLES {
        house.by_hand.run(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await.unwrap();
    }
    for (statement, position) in TAMPERING {
        assert_eq!(house.by_hand.run(statement).await.unwrap(), 1, "{statement}");
        assert_eq!(verify(&engine).await, AuditVerification::Broken { position }, "{statement}");
        for table in TABLES {
            let restore = format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}");
            house.by_hand.run(&restore).await.unwrap();
        }
        let sound = AuditVerification::Sound { entries: 3, erased: 0, cut_up_to: 0 };
        assert_eq!(verify(&engine).await, sound, "after {statement}");
    }
}

#[tokio::test]
async fn every_change_by_hand_in_sqlite_is_found() {
    every_change_by_hand_is_found(on_sqlite().await).await;
}

#[tokio::test]
async fn every_change_by_hand_in_postgres_is_found() {
    every_change_by_hand_is_found(on_postgres("audit_tampering").await).await;
}

async fn a_cut_trail_verifies_and_a_forged_checkpoint_is_found(mut house: House) {
    let engine = with_three_entries(&house).await;
    let cut = permit(&engine, StaffAction::CutAudit, Scope::Installation);
    assert_eq!(engine.staff().erase_audit_details(&cut, &[2, 3]).await.unwrap(), 2);
    let sound = AuditVerification::Sound { entries: 4, erased: 2, cut_up_to: 0 };
    assert_eq!(verify(&engine).await, sound);
    let older_than = engine.now().plus_millis(-1_500);
    assert_eq!(engine.staff().cut_audit(&cut, older_than).await.unwrap(), 2);
    let sound = AuditVerification::Sound { entries: 3, erased: 1, cut_up_to: 2 };
    assert_eq!(verify(&engine).await, sound);
    // Another process, the same secret.
    assert_eq!(verify(&*house.engine().await).await, sound);

    house.by_hand.run("CREATE TABLE kept AS SELECT * FROM audit_checkpoint").await.unwrap();
    for forgery in [
        "UPDATE audit_checkpoint SET position = position + 1",
        "UPDATE audit_checkpoint SET hash = (SELECT hash FROM audit_head)",
        "UPDATE audit_checkpoint SET cut_at = cut_at - 1",
        "UPDATE audit_checkpoint SET signature = (SELECT hash FROM audit_head)",
    ] {
        assert_eq!(house.by_hand.run(forgery).await.unwrap(), 1);
        assert_eq!(verify(&engine).await, AuditVerification::CheckpointForged, "{forgery}");
        let restore = "DELETE FROM audit_checkpoint; INSERT INTO audit_checkpoint SELECT * FROM kept";
        house.by_hand.run(restore).await.unwrap();
    }
    assert_eq!(verify(&engine).await, sound);
    house.by_hand.run("DELETE FROM audit_checkpoint").await.unwrap();
    assert_eq!(verify(&engine).await, AuditVerification::Broken { position: 1 }, "nobody says they were cut");
}

#[tokio::test]
async fn a_cut_trail_in_sqlite_verifies_and_a_forged_checkpoint_is_found() {
    a_cut_trail_verifies_and_a_forged_checkpoint_is_found(on_sqlite().await).await;
}

#[tokio::test]
async fn a_cut_trail_in_postgres_verifies_and_a_forged_checkpoint_is_found() {
    a_cut_trail_verifies_and_a_forged_checkpoint_is_found(on_postgres("audit_cut").await).await;
}
