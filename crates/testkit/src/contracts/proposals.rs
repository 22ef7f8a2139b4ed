//! The contract of the ports of proposals.

use gd_domain::ModerationStatus::{Pending, Published, Refused};
use gd_domain::{ItemNumber, ModerationStatus, PollId, Proposal, RefusalReason, StaffAction};
use gd_engine::ports::{AuditTrail, Exposures, ItemDecision, Items, PortErrorKind, Records, SeenItem};

use super::{entries_of, last_position};
use crate::{audit_draft, create, item, new_item, participant};

pub(super) async fn keeps_its_contract<S: Records>(store: &S) {
    let one = PollId::first_of(create(store, "items-1").await);
    let two = PollId::first_of(create(store, "items-2").await);
    items_are_numbered_decided_on_and_listed_by_change(store, one).await;
    a_decision_on_an_unknown_item_changes_nothing(store, one).await;
    a_decision_made_from_another_status_changes_nothing(store, one).await;
    every_change_raises_the_revision(store, one).await;
    imported_items_keep_their_numbers(store, two).await;
    published_items_are_counted(store, one, two).await;
    exposures_add_up(store, one, two).await;
}

async fn submitted(store: &dyn Items, poll: PollId, text: &str) -> (ItemNumber, ModerationStatus) {
    store.submit(poll, &[new_item(text)]).await.unwrap()[0]
}

async fn all(store: &dyn Items, poll: PollId) -> Vec<(u64, Proposal)> {
    store.changed_after(poll, (0, ItemNumber(0)), 10).await.unwrap()
}

fn seen<const N: usize>(status: ModerationStatus, numbers: [u32; N]) -> [SeenItem; N] {
    numbers.map(|number| SeenItem { number: ItemNumber(number), status })
}

fn decided(status: ModerationStatus) -> ItemDecision {
    ItemDecision { status, refusal_reason: None, theme: None }
}

async fn items_are_numbered_decided_on_and_listed_by_change<S: Items + AuditTrail>(store: &S, poll: PollId) {
    let mut numbers = vec![submitted(store, poll, "Première").await.0];
    let together = ["Deuxième", "Première", "Troisième", "Deuxième"].map(new_item);
    let together = store.submit(poll, &together).await.unwrap();
    assert_eq!(together.iter().map(|(number, _)| number.0).collect::<Vec<_>>(), [2, 1, 3, 2]);
    numbers.extend([together[0].0, together[2].0]);
    let again = submitted(store, poll, "Deuxième").await;
    assert_eq!(again, (ItemNumber(2), Pending), "the same text of the same author is the same item");
    assert_eq!(numbers, [1, 2, 3].map(ItemNumber));

    let before = last_position(store).await;
    let audit = audit_draft(StaffAction::Moderate, "proposals 1 3");
    let publish = ItemDecision { theme: Some("daily-life".parse().unwrap()), ..decided(Published) };
    store.decide(poll, &seen(Pending, [1, 3]), &publish, &audit).await.unwrap();
    let reason = RefusalReason::parse("hors sujet");
    let refuse = ItemDecision { refusal_reason: reason.clone(), ..decided(Refused) };
    store.decide(poll, &seen(Published, [3]), &refuse, &audit).await.unwrap();
    entries_of(store, before, &[StaffAction::Moderate, StaffAction::Moderate]).await;

    let all = all(store, poll).await;
    let order = all.iter().map(|(_, proposal)| (proposal.number.0, proposal.status)).collect::<Vec<_>>();
    assert_eq!(order, [(2, Pending), (1, Published), (3, Refused)]);
    assert_eq!(all[2].1.refusal_reason, reason);
    assert_eq!(all[2].1.theme.as_ref().map(ToString::to_string).as_deref(), Some("daily-life"));
    assert_eq!(all[1].1.author, Some(participant(5)));

    let first = store.changed_after(poll, (0, ItemNumber(0)), 1).await.unwrap();
    let rest = store.changed_after(poll, (first[0].0, first[0].1.number), 10).await.unwrap();
    assert_eq!([first, rest].concat(), all);
}

async fn a_decision_on_an_unknown_item_changes_nothing<S: Items + AuditTrail>(store: &S, poll: PollId) {
    let (before, entries) = (all(store, poll).await, last_position(store).await);
    let audit = audit_draft(StaffAction::Moderate, "proposals 2 77");
    let refused = store.decide(poll, &seen(Pending, [2, 77]), &decided(Published), &audit).await;
    assert_eq!(refused.unwrap_err().kind, PortErrorKind::NotFound);
    assert_eq!((all(store, poll).await, last_position(store).await), (before, entries));
}

async fn a_decision_made_from_another_status_changes_nothing<S: Items + AuditTrail>(store: &S, poll: PollId) {
    let (before, entries) = (all(store, poll).await, last_position(store).await);
    let audit = audit_draft(StaffAction::Moderate, "proposals 2 3");
    let refused = store.decide(poll, &seen(Pending, [2, 3]), &decided(Published), &audit).await;
    assert_eq!(refused.unwrap_err().kind, PortErrorKind::Conflict, "3 was refused meanwhile");
    assert_eq!((all(store, poll).await, last_position(store).await), (before, entries));
}

async fn every_change_raises_the_revision<S: Records>(store: &S, poll: PollId) {
    let revision = async || store.mark(poll).await.unwrap().unwrap().revision;
    let start = revision().await;
    assert_eq!(all(store, poll).await.last().unwrap().0, start, "nobody has to look further");
    submitted(store, poll, "Quatrième").await;
    let later = revision().await;
    let audit = audit_draft(StaffAction::Moderate, "proposals 4");
    store.decide(poll, &seen(Pending, [4]), &decided(ModerationStatus::Withdrawn), &audit).await.unwrap();
    assert!(start < later && later < revision().await);
}

async fn imported_items_keep_their_numbers(store: &dyn Items, poll: PollId) {
    let item = |number, text: &str| Proposal { idea: "guichet".parse().ok(), ..item(number, text) };
    store.import(poll, &[item(0, "zéro"), item(41, "quarante et un")]).await.unwrap();
    store.import(poll, &[item(0, "zéro bis")]).await.unwrap();
    let next = submitted(store, poll, "la suivante").await;
    assert_eq!(next.0, ItemNumber(42));
    let all = all(store, poll).await;
    let texts = all.iter().map(|(_, proposal)| proposal.text.as_str()).collect::<Vec<_>>();
    assert_eq!(texts, ["quarante et un", "zéro bis", "la suivante"]);
    let ideas = all.iter().map(|(_, proposal)| proposal.idea.as_ref().map(ToString::to_string));
    let guichet = Some("guichet".to_owned());
    assert_eq!(ideas.collect::<Vec<_>>(), [guichet.clone(), guichet, None]);
}

async fn published_items_are_counted(store: &dyn Items, one: PollId, two: PollId) {
    assert_eq!(store.published(one).await.unwrap(), 1);
    assert_eq!(store.published(two).await.unwrap(), 2, "the one that waits is not among them");
}

async fn exposures_add_up(store: &dyn Exposures, one: PollId, two: PollId) {
    assert!(store.shown(one).await.unwrap().is_empty());
    let numbers = |first: u32| (first..first + 1_500).map(|number| (ItemNumber(number), 2));
    store.add(one, &numbers(0).collect::<Vec<_>>()).await.unwrap();
    store.add(one, &numbers(1_000).collect::<Vec<_>>()).await.unwrap();
    store.add(one, &[]).await.unwrap();
    store.add(two, &[(ItemNumber(7), 5)]).await.unwrap();
    let shown = store.shown(one).await.unwrap();
    let times = |number: u32| shown.get(&ItemNumber(number)).copied();
    assert_eq!([times(0), times(999), times(1_000), times(1_499), times(2_499)], [2, 2, 4, 4, 2].map(Some));
    assert_eq!((shown.len(), times(2_500)), (2_500, None));
    assert_eq!(store.shown(two).await.unwrap(), [(ItemNumber(7), 5)].into());
}
