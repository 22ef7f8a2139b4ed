//! Every card shown is counted, recorded and known to every server.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use gd_domain::{Channel, ItemNumber, Moderation, PollId, Proposal};
use gd_engine::ports::{Exposures, Items};
use gd_engine::{Engine, SequenceRequest, SubmitProposal};
use gd_testkit::{TEST_NOW, consultation_draft, item, open_engine, participant};

use crate::support::{Ports, create, fakes, votes_on_record};

/// A consultation `test` with thirty published proposals.
async fn house() -> (Ports, Arc<Engine>) {
    let ports = fakes();
    let engine = open_engine(&ports).await;
    let mut draft = consultation_draft("test");
    draft.rules.moderation = Moderation::After;
    create(&engine, &draft).await;
    for number in 0..30 {
        let text = format!("Proposition {number}");
        let submit = SubmitProposal {
            slug: "test",
            participant: participant(1_000 + number),
            text: &text,
            now: TEST_NOW,
        };
        engine.proposals().submit(submit).await.unwrap();
    }
    (ports, engine)
}

/// Serves somebody new twelve cards; what was shown, added up.
async fn show(engine: &Engine, who: i64, shown: &mut BTreeMap<ItemNumber, u64>) {
    let request = SequenceRequest {
        slug: "test",
        participant: participant(who),
        is_new: true,
        size: 12,
        channel: Channel::Sequence,
        excluding: &[],
        now: engine.now(),
        seed: u64::try_from(who).unwrap(),
    };
    for card in engine.proposals().sequence(request).await.unwrap() {
        *shown.entry(card.proposal.number).or_default() += 1;
    }
}

async fn on_record(house: &Ports) -> BTreeMap<ItemNumber, u64> {
    house.store.shown(PollId(1)).await.unwrap()
}

#[tokio::test]
async fn what_servers_show_adds_up_on_record() {
    let (house, engine) = house().await;
    let other = open_engine(&house).await;
    let mut shown = BTreeMap::new();
    for who in 0..20 {
        show(&engine, who, &mut shown).await;
        show(&other, 100 + who, &mut shown).await;
    }
    assert!(on_record(&house).await.is_empty(), "nothing is written while somebody waits for cards");
    engine.drain().await.unwrap();
    other.drain().await.unwrap();
    assert_eq!(on_record(&house).await, shown);
    engine.drain().await.unwrap();
    assert_eq!(on_record(&house).await, shown, "nothing twice");
    assert_eq!(votes_on_record(&engine, "test").await.exposures, shown);
}

#[tokio::test]
async fn what_could_not_be_recorded_waits() {
    let (house, engine) = house().await;
    let mut shown = BTreeMap::new();
    show(&engine, 1, &mut shown).await;
    house.store.appends_fail.store(true, Ordering::Relaxed);
    engine.drain().await.unwrap();
    show(&engine, 2, &mut shown).await;
    house.store.appends_fail.store(false, Ordering::Relaxed);
    engine.drain().await.unwrap();
    assert_eq!(on_record(&house).await, shown);
}

#[tokio::test]
async fn attention_evens_out_without_a_single_vote() {
    let (house, engine) = house().await;
    let mut shown = BTreeMap::new();
    for who in 0..100 {
        show(&engine, who, &mut shown).await;
        house.clock.advance_ms(2_000);
    }
    // Forty on average. Thompson sampling cannot tell cards without votes apart; a third of the cards make
    // up for its luck.
    assert_eq!(shown.len(), 30);
    assert!(shown.values().all(|times| (30..=50).contains(times)), "{shown:?}");
}

#[tokio::test]
async fn the_same_words_of_two_people_are_not_shown_together() {
    let (house, engine) = house().await;
    for who in 0..30 {
        let submit = SubmitProposal {
            slug: "test",
            participant: participant(2_000 + who),
            text: if who % 2 == 0 { "Des bus plus tôt" } else { "Des BUS, plus tot !" },
            now: TEST_NOW,
        };
        engine.proposals().submit(submit).await.unwrap();
    }
    for who in 0..50 {
        let mut shown = BTreeMap::new();
        show(&engine, who, &mut shown).await;
        assert_eq!(shown.len(), 12);
        assert!(shown.keys().filter(|number| number.0 > 30).count() <= 1, "{shown:?}");
        house.clock.advance_ms(2_000);
    }
}

#[tokio::test]
async fn what_the_organizer_put_under_one_idea_is_not_shown_together() {
    let (house, _) = house().await;
    let together = |number: u32| Proposal {
        idea: "buses".parse().ok(),
        ..item(number, &format!("Tout autre chose, {number}"))
    };
    let proposals = (31..=60).map(together).collect::<Vec<_>>();
    house.store.import(PollId(1), &proposals).await.unwrap();
    let engine = open_engine(&house).await;
    let mut times = 0;
    for who in 0..50 {
        let mut shown = BTreeMap::new();
        show(&engine, who, &mut shown).await;
        let of_the_idea = shown.keys().filter(|number| number.0 > 30).count();
        assert!(shown.len() == 12 && of_the_idea <= 1, "{shown:?}");
        times += of_the_idea;
        house.clock.advance_ms(2_000);
    }
    assert!(times > 25, "the idea has its turn: {times}");
}
