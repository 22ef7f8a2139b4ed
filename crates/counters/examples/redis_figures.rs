//! Measures Redis' work for the counters and the budgets, in time and memory: prints the figures of
//! docs/PERFORMANCE.md. Starts a Redis of its own. Times are those of Redis' own thread, without the
//! waiting for a busy machine; what the server itself spends comes after them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use gd_counters::{RedisCounters, RedisLink, RedisRateLimits};
use gd_domain::{
    AudienceCode, BallotEvent, Channel, Choice, Deltas, Opinion, PollId, Position, Qualification,
    Qualifications, StandingBallot,
};
use gd_engine::ports::{Applied, Counters, LimitedRequest, ProjectionState, RateLimits, Totals};
use gd_testkit::services::Redis;
use gd_testkit::{SeededEntropy, TEST_NOW, ballot_event};

const BALLOTS_EACH: u32 = 150;
const DAYS: i64 = 55;

#[tokio::main]
async fn main() {
    let redis = Redis::start();
    let link = RedisLink::open(&redis.url(), Arc::new(SeededEntropy::new(1))).expect("it can be read");
    assert!(link.connected(Duration::from_secs(10)).await, "Redis does not answer");
    let counters = RedisCounters::new(link.clone());
    let empty = used_bytes(&redis);
    for (poll, proposals) in [(1, 8_000), (2, 50_000)] {
        whole_counts(&redis, &counters, PollId(poll), proposals, empty).await;
        for batch in [1, 100, 1_000, 5_000] {
            batches(&redis, &counters, PollId(poll), proposals, batch).await;
        }
    }
    takes(&redis, RedisRateLimits::new(link, b"figures")).await;
}

/// A ballot on a proposal, of all kinds in turn, spread over the days.
fn ballot(proposal: u32, number: u32) -> StandingBallot {
    let kind = proposal.wrapping_mul(31).wrapping_add(number.wrapping_mul(17));
    let choice = Choice::ALL[(kind % 3) as usize];
    let qualification = Qualification::of(choice).nth((kind / 3 % 3) as usize);
    let qualifications = qualification.into_iter().collect::<Qualifications>();
    let minutes = i64::from(kind.wrapping_mul(2_654_435_761)) % (DAYS * 24 * 60);
    let event = BallotEvent {
        opinion: Some(Opinion::new(choice, qualifications).expect("they go together")),
        audience: AudienceCode(u16::try_from(kind / 7 % 3 + 1).expect("few")),
        channel: Channel::ALL[(kind / 11 % 5) as usize],
        cast_at: TEST_NOW.plus_millis(minutes * 60_000),
        ..ballot_event(i64::from(number), proposal, choice)
    };
    StandingBallot::after(&event).expect("it stands")
}

async fn whole_counts(redis: &Redis, counters: &RedisCounters, poll: PollId, proposals: u32, empty: u64) {
    let mut counts = Deltas { participants: 120_000, ..Deltas::default() };
    for proposal in 1..=proposals {
        for number in 0..BALLOTS_EACH {
            counts.count(&ballot(proposal, number), 1);
        }
    }
    let totals = Totals { state: ProjectionState::default(), counts };
    let (spent, took) = measured(redis, async {
        assert!(counters.replace(poll, None, &totals).await.expect("Redis is there"));
    })
    .await;
    println!("{proposals} proposals, {} ballots", totals.counts.ballots());
    println!("  replace: {spent:.0} µs of Redis, {took:.0} µs in all");
    println!("  memory of Redis above an empty one: {} KiB", (used_bytes(redis) - empty) / 1024);
    let (spent, took) = measured(redis, async {
        for _ in 0..20 {
            assert!(counters.totals(poll).await.expect("Redis is there").is_some());
        }
    })
    .await;
    println!("  totals: {:.0} µs of Redis, {:.0} µs in all", spent / 20.0, took / 20.0);
}

/// Applies batches, each of changes of so many proposals by a ballot each, summing up included.
async fn batches(redis: &Redis, counters: &RedisCounters, poll: PollId, proposals: u32, batch: u32) {
    let rounds = 100_000 / batch.max(100);
    let mut state = counters.state(poll).await.expect("Redis is there").expect("it was replaced");
    let deltas = (0..rounds).map(|round| {
        let mut deltas = Deltas::default();
        for place in 0..batch {
            let proposal = (round * batch + place).wrapping_mul(7_919) % proposals + 1;
            deltas.count(&ballot(proposal, round), 1);
        }
        deltas
    });
    let deltas = deltas.collect::<Vec<_>>();
    let changed = deltas.iter().map(|deltas| deltas.proposals.len()).sum::<usize>();
    let (spent, took) = measured(redis, async {
        for deltas in &deltas {
            let to = Position(state.position.0 + u64::from(batch));
            let applied = counters.apply(poll, state, to, deltas).await.expect("Redis is there");
            assert_eq!(applied, Applied::Added);
            state.position = to;
        }
    })
    .await;
    #[expect(clippy::cast_precision_loss, reason = "a figure to read")]
    let (calls, changed) = (f64::from(rounds), changed as f64);
    println!(
        "  apply {batch}: {:.1} µs of Redis a call, {:.2} µs a changed proposal; {:.2} µs in all",
        spent / calls,
        spent / changed,
        took / changed
    );
}

async fn takes(redis: &Redis, limits: RedisRateLimits) {
    const TASKS: u32 = 512;
    const TAKES: u32 = 200;
    let limits = Arc::new(limits);
    let (spent, took) = measured(redis, async {
        let tasks = (0..TASKS).map(|task| {
            let limits = Arc::clone(&limits);
            tokio::spawn(async move {
                for take in 0..TAKES {
                    let who = format!("{}", (task * 97 + take * 31) % 20_000);
                    limits.take(LimitedRequest::Ballots, &who).await.expect("there is enough");
                }
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("it ends well");
        }
    })
    .await;
    let all = f64::from(TASKS * TAKES);
    println!("takes: {:.2} µs of Redis each, {:.2} µs in all, {TASKS} at a time", spent / all, took / all);
    let shared = redis.cli(&["dbsize"]);
    println!("  budgets in Redis: {}", shared.trim());
}

/// Microseconds of Redis' thread, and of the clock on the wall.
async fn measured(redis: &Redis, work: impl Future<Output = ()>) -> (f64, f64) {
    let before = spent_seconds(redis);
    let start = Instant::now();
    work.await;
    let took = start.elapsed().as_secs_f64();
    ((spent_seconds(redis) - before) * 1e6, took * 1e6)
}

fn spent_seconds(redis: &Redis) -> f64 {
    let told = redis.cli(&["info", "cpu"]);
    let field =
        |name: &str| told.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<f64>().ok());
    let user = field("used_cpu_user_main_thread:").expect("Redis tells");
    user + field("used_cpu_sys_main_thread:").expect("Redis tells")
}

fn used_bytes(redis: &Redis) -> u64 {
    let told = redis.cli(&["info", "memory"]);
    let used = told.lines().find_map(|line| line.strip_prefix("used_memory:")?.trim().parse().ok());
    used.expect("Redis tells")
}
