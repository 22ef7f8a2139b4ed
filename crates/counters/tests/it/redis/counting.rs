//! Counting in Redis, with one Redis that stands still.

use std::collections::BTreeMap;

use gd_counters::RedisCounters;
use gd_domain::{
    AudienceCode, BallotEvent, Channel, Choice, Deltas, ItemNumber, Opinion, ParticipantId, PollId, Position,
    Standing, StandingBallot, fold,
};
use gd_engine::ports::{Applied, Counters, PortErrorKind, ProjectionState, Totals};
use gd_testkit::contracts::counters_keep_their_contract;
use gd_testkit::services::Redis;
use gd_testkit::{ballot_event, retraction};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::counters_at;

const POLL: PollId = PollId(1);

pub(crate) fn at(position: u64) -> ProjectionState {
    ProjectionState { position: Position(position), generation: 0 }
}

/// One ballot of a participant of this number.
pub(crate) fn ballot(number: u64) -> StandingBallot {
    let who = i64::try_from(number).unwrap();
    let proposal = u32::try_from(number % 50).unwrap();
    StandingBallot::after(&ballot_event(who, proposal, Choice::ALL[(number % 3) as usize])).unwrap()
}

#[tokio::test]
async fn redis_counters_keep_the_contract() {
    let redis = Redis::start();
    counters_keep_their_contract(&counters_at(&redis.url()).await).await;
}

#[tokio::test]
async fn of_two_servers_that_offer_the_same_deltas_one_is_heard() {
    let redis = Redis::start();
    let servers = [counters_at(&redis.url()).await, counters_at(&redis.url()).await];
    assert!(servers[0].replace(POLL, None, &Totals::default()).await.unwrap());
    for number in 0..200 {
        let delta = Deltas::recount([&ballot(number)]);
        let offer = |server: usize| servers[server].apply(POLL, at(number), Position(number + 1), &delta);
        let (one, other) = tokio::join!(offer(0), offer(1));
        let added =
            [one.unwrap(), other.unwrap()].iter().filter(|&&applied| applied == Applied::Added).count();
        assert_eq!(added, 1);
    }
    let expected =
        Totals { state: at(200), counts: Deltas::recount(&(0..200).map(ballot).collect::<Vec<_>>()) };
    for server in &servers {
        assert_eq!(server.totals(POLL).await.unwrap().as_ref(), Some(&expected));
    }
}

#[tokio::test]
async fn replacements_that_race_with_deltas_lose_and_add_nothing() {
    const BATCHES: u64 = 300;
    let redis = Redis::start();
    let (adding, replacing) = (counters_at(&redis.url()).await, counters_at(&redis.url()).await);
    assert!(adding.replace(POLL, None, &Totals::default()).await.unwrap());
    let add = async {
        for number in 0..BATCHES {
            let delta = Deltas::recount([&ballot(number)]);
            let applied = adding.apply(POLL, at(number), Position(number + 1), &delta).await;
            assert_eq!(applied.unwrap(), Applied::Added);
        }
    };
    // The totals it read are right at their position: a replacement may win between two deltas, and changes
    // nothing then.
    let replace = async {
        loop {
            let seen = replacing.totals(POLL).await.unwrap().unwrap();
            let _won = replacing.replace(POLL, Some(seen.state), &seen).await.unwrap();
            if seen.state == at(BATCHES) {
                break;
            }
        }
    };
    tokio::join!(add, replace);
    let ballots = (0..BATCHES).map(ballot).collect::<Vec<_>>();
    let expected = Totals { state: at(BATCHES), counts: Deltas::recount(&ballots) };
    assert_eq!(adding.totals(POLL).await.unwrap(), Some(expected));
    assert_eq!(redis.cli(&["dbsize"]).trim(), "1", "no stage was left behind");
}

#[tokio::test]
async fn many_batches_are_summed_up_by_and_by() {
    const BATCHES: u64 = 1_200;
    let redis = Redis::start();
    let counters = counters_at(&redis.url()).await;
    assert!(counters.replace(POLL, None, &Totals::default()).await.unwrap());
    let mut most_fields = 0;
    for number in 0..BATCHES {
        let delta = Deltas::recount([&ballot(number)]);
        counters.apply(POLL, at(number), Position(number + 1), &delta).await.unwrap();
        if number % 100 == 99 {
            let fields = redis.cli(&["hlen", "gd:{p1}:counts:2"]);
            most_fields = most_fields.max(fields.trim().parse::<u64>().unwrap());
        }
    }
    assert!((100..=512).contains(&most_fields), "{most_fields}");
    let ballots = (0..BATCHES).map(ballot).collect::<Vec<_>>();
    let expected = Totals { state: at(BATCHES), counts: Deltas::recount(&ballots) };
    assert_eq!(counters.totals(POLL).await.unwrap(), Some(expected));
    assert_eq!(redis.cli(&["ttl", "gd:{p1}:counts:2"]).trim(), "-1", "counts do not expire");
}

#[tokio::test]
async fn an_abandoned_stage_expires_and_a_piece_that_cannot_be_read_is_an_error() {
    let redis = Redis::start();
    let counters = counters_at(&redis.url()).await;
    assert!(counters.replace(POLL, None, &Totals::default()).await.unwrap());
    let _staged = redis.cli(&["fcall", "gd_v1_stage", "1", "gd:{p1}:staged:0", "50", "piece 2", "x"]);
    while redis.cli(&["dbsize"]).trim() != "1" {
        tokio::task::yield_now().await;
    }
    let _damaged = redis.cli(&["hset", "gd:{p1}:counts:2", "piece 9", "not a piece"]);
    let failure = counters.totals(POLL).await.unwrap_err();
    assert_eq!(failure.kind, PortErrorKind::Corrupt);
}

#[tokio::test]
async fn a_stage_that_is_not_whole_any_more_replaces_nothing() {
    let redis = Redis::start();
    let counters = counters_at(&redis.url()).await;
    let standing = Totals { state: at(1), counts: Deltas::recount([&ballot(1)]) };
    assert!(counters.replace(POLL, None, &standing).await.unwrap());
    // As when the stage has expired before its last fields came.
    let _staged = redis.cli(&["fcall", "gd_v1_stage", "1", "gd:{p1}:staged:0", "60000", "piece 2", "x"]);
    let call = ["fcall", "gd_v1_replace", "2", "gd:{p1}:counts:2", "gd:{p1}:staged:0", "0", "1", "4"];
    assert!(redis.cli(&call).contains("not whole"));
    assert_eq!(counters.totals(POLL).await.unwrap(), Some(standing));
}

/// A mishap of the counters at one step of the projector.
#[derive(Clone, Copy, Debug)]
enum Mishap {
    None,
    /// The deltas do not arrive.
    NotReached,
    /// They arrive, but the answer does not.
    AnswerLost,
    /// They are offered twice.
    Repeated,
    /// Redis forgets the functions.
    FunctionsFlushed,
    /// Redis forgets everything.
    Flushed,
}

fn mishap() -> impl Strategy<Value = Mishap> {
    prop_oneof![
        4 => Just(Mishap::None),
        1 => Just(Mishap::NotReached),
        1 => Just(Mishap::AnswerLost),
        1 => Just(Mishap::Repeated),
        1 => Just(Mishap::FunctionsFlushed),
        1 => Just(Mishap::Flushed),
    ]
}

fn event() -> impl Strategy<Value = BallotEvent> {
    (0..6_i64, 0..5_u32, proptest::option::of(0..3_usize), 0..3_u16, 0..5_usize).prop_map(
        |(who, proposal, choice, audience, channel)| BallotEvent {
            opinion: choice.map(|place| Opinion::bare(Choice::ALL[place])),
            audience: AudienceCode(audience),
            channel: Channel::ALL[channel],
            ..retraction(who, proposal)
        },
    )
}

/// A projector in small: what the real one does with the counters, over ballots kept here.
struct SmallProjector<'a> {
    redis: &'a Redis,
    counters: &'a RedisCounters,
    poll: PollId,
    standing: BTreeMap<(ParticipantId, ItemNumber), StandingBallot>,
    position: u64,
    waiting: Option<(u64, Deltas)>,
}

impl SmallProjector<'_> {
    async fn step(&mut self, events: &[BallotEvent], mishap: Mishap) {
        let deltas = self.project(events);
        let (from, mut offered) = self.waiting.take().unwrap_or((self.position, Deltas::default()));
        offered.add(&deltas);
        self.position += events.len() as u64;
        let offer = || self.counters.apply(self.poll, at(from), Position(self.position), &offered);
        match mishap {
            Mishap::NotReached => return self.waiting = Some((from, offered)),
            Mishap::AnswerLost => {
                let _lost = offer().await;
                return self.waiting = Some((from, offered));
            }
            Mishap::Repeated => drop(offer().await),
            Mishap::FunctionsFlushed => drop(self.redis.cli(&["function", "flush"])),
            Mishap::Flushed => drop(self.redis.cli(&["flushall"])),
            Mishap::None => {}
        }
        if offer().await.unwrap() == Applied::Elsewhere {
            self.bring_counters_here().await;
        }
    }

    fn project(&mut self, events: &[BallotEvent]) -> Deltas {
        let mut before = Standing { ballots: self.standing.clone(), ..Standing::default() };
        for ballot in self.standing.values() {
            *before.ballots_of.entry(ballot.participant).or_default() += 1;
        }
        for event in events {
            let pair = (event.participant, event.proposal);
            match StandingBallot::after(event) {
                Some(ballot) => drop(self.standing.insert(pair, ballot)),
                None => drop(self.standing.remove(&pair)),
            }
        }
        fold(&before, events).deltas
    }

    async fn bring_counters_here(&self) {
        let seen = self.counters.state(self.poll).await.unwrap();
        if seen != Some(at(self.position)) {
            assert!(self.counters.replace(self.poll, seen, &self.recount()).await.unwrap());
        }
    }

    fn recount(&self) -> Totals {
        Totals { state: at(self.position), counts: Deltas::recount(self.standing.values()) }
    }
}

#[test]
fn whatever_befalls_them_counters_come_to_the_recount() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let redis = Redis::start();
    let counters = runtime.block_on(counters_at(&redis.url()));
    let steps = proptest::collection::vec((proptest::collection::vec(event(), 1..12), mishap()), 1..12);
    let polls = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&steps, |steps| {
        polls.set(polls.get() + 1);
        let mut projector = SmallProjector {
            redis: &redis,
            counters: &counters,
            poll: PollId(polls.get()),
            standing: BTreeMap::new(),
            position: 0,
            waiting: None,
        };
        runtime.block_on(async {
            for (events, mishap) in &steps {
                projector.step(events, *mishap).await;
            }
            projector.step(&[], Mishap::None).await;
            let totals = counters.totals(projector.poll).await.unwrap();
            assert_eq!(totals, Some(projector.recount()));
        });
        Ok(())
    });
    outcome.unwrap();
}
