//! Polls on both engines: a ledger that is gone shows, and only what is marked erasable can be deleted by hand.

use gd_domain::{Choice, PollId, PollKind, Position, StaffAction};
use gd_engine::ports::{Ledger, Polls, PortErrorKind};
use gd_testkit::{NEVER_LATE, audit_draft, ballot_event, create, new_poll};

use crate::support::{ByHand, House, on_postgres, on_sqlite};

async fn a_poll_without_a_ledger_is_an_error(mut house: House) {
    let id = create(&*house.store, "one").await;
    create(&*house.store, "two").await;
    assert_eq!(house.store.marks().await.unwrap().len(), 2);
    let lose = match house.by_hand {
        ByHand::Sqlite(_) => "DROP TRIGGER ledger_head_stays; DELETE FROM ledger_head WHERE poll_id = 1",
        ByHand::Postgres(_) => {
            "ALTER TABLE ledger_head DISABLE TRIGGER ALL; DELETE FROM ledger_head WHERE poll_id = 1"
        }
    };
    house.by_hand.run(lose).await.unwrap();
    assert_eq!(house.store.marks().await.unwrap_err().kind, PortErrorKind::Corrupt);
    let mark = house.store.mark(PollId::first_of(id)).await;
    assert_eq!(mark.unwrap_err().kind, PortErrorKind::Corrupt);
    assert!(house.store.mark(PollId(2)).await.unwrap().is_some());
}

#[tokio::test]
async fn a_poll_without_a_ledger_in_sqlite_is_an_error() {
    a_poll_without_a_ledger_is_an_error(on_sqlite().await).await;
}

#[tokio::test]
async fn a_poll_without_a_ledger_in_postgres_is_an_error() {
    a_poll_without_a_ledger_is_an_error(on_postgres("lost_ledger").await).await;
}

async fn only_rows_of_an_erasable_poll_go_even_by_hand(mut house: House) {
    let consultation = create(&*house.store, "one").await;
    let audit = audit_draft(StaffAction::CreatePoll, "poll");
    let rehearsal =
        house.store.create_poll(&new_poll(consultation, PollKind::Reaction), &audit).await.unwrap();
    let first = PollId::first_of(consultation);
    for poll in [first, rehearsal] {
        house.store.append(poll, &[ballot_event(1, 1, Choice::Agree)], NEVER_LATE).await.unwrap();
    }
    house.store.mark_erasable(rehearsal, &audit_draft(StaffAction::ErasePoll, "mark")).await.unwrap();
    for statement in [
        "DELETE FROM event_batch WHERE poll_id = 1",
        "DELETE FROM event_batch",
        "UPDATE event_batch SET events = events",
        "UPDATE ledger_head SET position = 0",
        "UPDATE ledger_head SET poll_id = 9 WHERE poll_id = 2",
        "DELETE FROM ledger_head WHERE poll_id = 2",
    ] {
        let refusal = house.by_hand.run(statement).await.unwrap_err().to_string();
        assert!(refusal.contains("append-only"), "{statement}: {refusal}");
    }
    let refusal = house.by_hand.run("UPDATE poll SET erasable = 0").await.unwrap_err().to_string();
    assert!(refusal.contains("stays so"), "{refusal}");
    for poll in [first, rehearsal] {
        assert_eq!(house.store.head(poll).await.unwrap(), Position(1));
        assert_eq!(house.store.read_after(poll, Position::START, 9).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn only_rows_of_an_erasable_poll_in_sqlite_go_even_by_hand() {
    only_rows_of_an_erasable_poll_go_even_by_hand(on_sqlite().await).await;
}

#[tokio::test]
async fn only_rows_of_an_erasable_poll_in_postgres_go_even_by_hand() {
    only_rows_of_an_erasable_poll_go_even_by_hand(on_postgres("erasable_by_hand").await).await;
}
