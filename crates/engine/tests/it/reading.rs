//! The cost of readers: totals read once for all, nothing read for those who are new, and cards that stay
//! fair and fresh all the same.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use gd_counters::NoRateLimits;
use gd_domain::{
    AudienceCode, Channel, Choice, ItemNumber, Moderation, Opinion, RefusalReason, ResultsVisibility,
    Timestamp,
};
use gd_engine::{
    CastBallots, Decision, Engine, SequenceRequest, ServedCard, SubmitProposal, SubmittedBallot,
    TALLIES_AGE_MAX_MS,
};
use gd_testkit::{
    FixedClock, MemoryStore, TEST_NOW, TestPorts, consultation_draft, open_engine, participant,
};

use crate::far_counters::FarCounters;
use crate::support::{create, decide, items, poll_of};

struct House {
    store: Arc<MemoryStore>,
    counters: Arc<FarCounters>,
    clock: Arc<FixedClock>,
    engine: Arc<Engine>,
}

/// A consultation `test` with live results and this many published proposals.
async fn house(proposals: usize) -> House {
    let ports = TestPorts {
        store: Arc::new(MemoryStore::default()),
        counters: Arc::new(FarCounters::default()),
        rate_limits: Arc::new(NoRateLimits),
        clock: Arc::new(FixedClock::at(TEST_NOW)),
    };
    let engine = open_engine(&ports).await;
    let mut draft = consultation_draft("test");
    draft.rules.results = ResultsVisibility::Live;
    draft.rules.moderation = Moderation::After;
    create(&engine, &draft).await;
    let TestPorts { store, counters, clock, .. } = ports;
    let house = House { store, counters, clock, engine };
    for number in 0..proposals {
        house.submit(&format!("Proposition {number}")).await;
    }
    house
}

fn agreement(card: &ServedCard) -> SubmittedBallot<'_> {
    let opinion = Ok(Opinion::bare(Choice::Agree));
    SubmittedBallot { proposal: card.proposal.number, opinion, key: &card.key }
}

impl House {
    fn now(&self) -> Timestamp {
        self.engine.now()
    }

    async fn submit(&self, text: &str) -> ItemNumber {
        let submit = SubmitProposal { slug: "test", participant: participant(900), text, now: self.now() };
        self.engine.proposals().submit(submit).await.unwrap().number
    }

    async fn sequence(&self, who: i64, is_new: bool, seed: u64) -> Vec<ServedCard> {
        let request = SequenceRequest {
            slug: "test",
            participant: participant(who),
            is_new,
            size: 12,
            channel: Channel::Sequence,
            excluding: &[],
            now: self.now(),
            seed,
        };
        self.engine.proposals().sequence(request).await.unwrap()
    }

    /// Agrees with all of these, and lets it be projected.
    async fn agree(&self, who: i64, cards: &[ServedCard]) {
        let cast = CastBallots {
            slug: "test",
            poll: None,
            participant: participant(who),
            audience: AudienceCode::UNDECLARED,
            channel: None,
            ballots: &cards.iter().map(agreement).collect::<Vec<_>>(),
            now: self.now(),
        };
        assert_eq!(self.engine.voting().cast(cast).await.unwrap().recorded, cards.len());
        self.engine.voting().project(poll_of(&self.engine, "test")).await.unwrap();
    }

    async fn ballots(&self) -> u64 {
        let (_, totals) = self.engine.results().tallies("test", self.now()).await.unwrap();
        assert_eq!(totals.ballots(), u64::try_from(totals.counts.ballots()).unwrap());
        totals.ballots()
    }

    fn reads(&self) -> usize {
        self.counters.reads.load(Ordering::Relaxed)
    }

    fn counts(&self) -> usize {
        self.store.counts.load(Ordering::Relaxed)
    }

    /// Lets what was started in the background come to its end.
    async fn let_it_work(&self) {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn nothing_is_read_of_somebody_who_is_new() {
    let house = house(30).await;
    let read = || house.store.participants_read.load(Ordering::Relaxed);
    assert_eq!(house.sequence(1, true, 1).await.len(), 12);
    assert_eq!(read(), 0);
    assert_eq!(house.sequence(1, false, 1).await.len(), 12);
    assert_eq!(read(), 1);
}

#[tokio::test]
async fn nobody_sees_a_card_twice_and_everybody_sees_all() {
    let house = house(100).await;
    let mut seen = BTreeSet::new();
    for sequence in 0..9 {
        let cards = house.sequence(1, sequence == 0, sequence).await;
        assert_eq!(cards.len(), if sequence < 8 { 12 } else { 4 });
        assert!(cards.iter().all(|card| seen.insert(card.proposal.number)));
        house.agree(1, &cards).await;
        house.clock.advance_ms(2_000);
    }
    assert!(house.sequence(1, false, 10).await.is_empty());
}

#[tokio::test]
async fn those_with_the_fewest_votes_come_first() {
    let house = house(40).await;
    for who in 1..=60 {
        let cards = house.sequence(who, true, u64::try_from(who).unwrap()).await;
        house.agree(who, &cards).await;
        house.clock.advance_ms(2_000);
    }
    let (_, totals) = house.engine.results().tallies("test", house.now()).await.unwrap();
    let view = items(&house.engine, "test").await;
    let votes = view.published().map(|proposal| totals.counts.proposals[&proposal.number].total());
    let votes = votes.collect::<Vec<_>>();
    assert_eq!(votes.iter().sum::<i64>(), 720);
    // Most of every twelve go where votes lack: everybody stays near the mean of 18.
    assert!(votes.iter().all(|&votes| (14..=24).contains(&votes)), "{votes:?}");
}

#[tokio::test]
async fn a_large_deck_shows_nothing_that_was_refused_and_soon_what_is_new() {
    let house = house(1_200).await;
    let first = house.sequence(1, true, 1).await;
    let refused = first.iter().map(|card| card.proposal.number).collect::<Vec<_>>();
    let reason = RefusalReason::parse("off_topic").unwrap();
    decide(&house.engine, &refused, Decision::Refuse(reason)).await.unwrap();
    let again = house.sequence(1, true, 1).await;
    assert_eq!(again.len(), 12);
    assert!(again.iter().all(|card| !refused.contains(&card.proposal.number)));

    // Votes on all that are there make what is new the least voted.
    for _ in 0..99 {
        let cards = house.sequence(7, false, 3).await;
        house.agree(7, &cards).await;
    }
    let new = house.submit("La dernière idée").await;
    house.clock.advance_ms(2_000);
    let mut shown_to = 0;
    for who in 8..28 {
        let cards = house.sequence(who, true, u64::try_from(who).unwrap()).await;
        shown_to += usize::from(cards.iter().any(|card| card.proposal.number == new));
    }
    // Twelve cards of twelve hundred at random would show it to one in a hundred.
    assert!(shown_to >= 5, "{shown_to} of 20");
}

#[tokio::test]
async fn what_resembles_a_text_follows_what_is_published() {
    let house = house(0).await;
    let similar = async |text: &str| {
        let cards = house.engine.proposals().similar("test", participant(1), text, house.now());
        cards.await.unwrap().into_iter().map(|card| card.proposal.number).collect::<Vec<_>>()
    };
    assert_eq!(similar("des trains de nuit").await, []);
    let first = house.submit("Des trains de nuit vers le sud").await;
    let other = house.submit("Une piscine couverte dans le quartier").await;
    assert_eq!(similar("train de nuits").await, [first]);
    let later = house.submit("Plus de trains de nuit").await;
    assert_eq!(similar("davantage de trains de nuit").await, [later, first]);
    let reason = RefusalReason::parse("off_topic").unwrap();
    decide(&house.engine, &[first], Decision::Refuse(reason)).await.unwrap();
    assert_eq!(similar("des trains de nuit").await, [later]);
    assert_eq!(similar("la piscine du quartier").await, [other]);
}

#[tokio::test]
async fn totals_are_read_once_for_all_who_ask() {
    let house = house(12).await;
    house.agree(1, &house.sequence(1, true, 1).await).await;
    house.clock.advance_ms(2_000);
    let before = house.reads();
    let all = seen_by_many(&house, 50).await;
    assert!(all.iter().all(|&ballots| ballots == 12));
    assert_eq!(house.reads() - before, 1);
}

/// The ballots that many see who ask at the same time.
async fn seen_by_many(house: &House, readers: usize) -> Vec<u64> {
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..readers {
        let (engine, now) = (Arc::clone(&house.engine), house.now());
        asking.spawn(async move { engine.results().tallies("test", now).await.unwrap().1.ballots() });
    }
    asking.join_all().await
}

#[tokio::test]
async fn while_totals_are_read_again_the_last_ones_are_shown() {
    let house = house(12).await;
    assert_eq!(house.ballots().await, 0);
    house.agree(1, &house.sequence(1, true, 1).await).await;
    assert_eq!(house.ballots().await, 0, "within the second");
    house.clock.advance_ms(1_000);
    assert_eq!(house.ballots().await, 0, "nobody waits");
    house.let_it_work().await;
    assert_eq!(house.ballots().await, 12);

    house.agree(2, &house.sequence(2, true, 2).await).await;
    house.clock.advance_ms(TALLIES_AGE_MAX_MS);
    assert_eq!(house.ballots().await, 24, "nothing older is shown");
}

#[tokio::test]
async fn the_same_counts_stay_the_same_totals() {
    let house = house(12).await;
    house.agree(1, &house.sequence(1, true, 1).await).await;
    house.clock.advance_ms(2_000);
    let version = async || house.engine.results().tallies("test", house.now()).await.unwrap().1.version();
    let (first, reads) = (version().await, house.reads());
    house.clock.advance_ms(2_000);
    assert_eq!((version().await, house.reads()), (first, reads));
    house.agree(2, &house.sequence(2, true, 2).await).await;
    house.clock.advance_ms(2_000);
    assert_ne!(version().await, first);
}

#[tokio::test]
async fn without_counters_counting_takes_a_tenth_of_the_time_at_most() {
    const COUNT_MS: i64 = 700;
    let house = house(12).await;
    house.agree(1, &house.sequence(1, true, 1).await).await;
    house.counters.away.store(true, Ordering::Relaxed);
    *house.store.counting_takes.lock().unwrap() = Some((Arc::clone(&house.clock), COUNT_MS));
    house.clock.advance_ms(2_000);
    let (start, before) = (house.now(), house.counts());
    while house.now() < start.plus_millis(100_000) {
        assert_eq!(house.ballots().await, 12);
        house.clock.advance_ms(100);
        house.let_it_work().await;
    }
    let counts = i64::try_from(house.counts() - before).unwrap();
    assert!((10..=15).contains(&counts), "{counts} counts of {COUNT_MS} ms in 100 s");

    house.counters.away.store(false, Ordering::Relaxed);
    house.clock.advance_ms(20_000);
    let counted = house.counts();
    assert_eq!(house.ballots().await, 12);
    assert_eq!(house.counts(), counted, "the counters are read again");
}

#[tokio::test]
async fn many_submissions_at_once_are_all_shown() {
    let house = house(0).await;
    let mut submitting = tokio::task::JoinSet::new();
    for number in 0..200 {
        let engine = Arc::clone(&house.engine);
        submitting.spawn(async move {
            let text = format!("Proposition {number}");
            let submit =
                SubmitProposal { slug: "test", participant: participant(900), text: &text, now: TEST_NOW };
            let submitted = engine.proposals().submit(submit).await.unwrap();
            let view = items(&engine, "test").await;
            assert_eq!(view.proposal(submitted.number).unwrap().text.as_str(), text);
        });
    }
    submitting.join_all().await;
    assert_eq!(items(&house.engine, "test").await.published().len(), 200);
}
