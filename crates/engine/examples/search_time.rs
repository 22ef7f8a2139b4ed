//! Prints what a page of a search costs at the size of a large consultation:
//! `cargo run --release -p gd-engine --example search_time`
#![expect(clippy::unwrap_used, reason = "an example ends where something is missing")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use gd_counters::{InProcessCounters, NoRateLimits};
use gd_domain::{ConsultationDraft, Origin, Proposal, Scope, StaffAction};
use gd_engine::{Engine, RankedQuery, Ranking};
use gd_testkit::{
    FixedClock, MemoryStore, TEST_NOW, TestPorts, consultation_draft, item, open_engine, permit,
};

const SEARCHES: usize = 200;

/// Words that nothing, little or everything has.
const TYPED: [(&str, &str); 5] = [
    ("no words", ""),
    ("a word nowhere", "girafe"),
    ("a word in one of 97", "rue 42"),
    ("two words everywhere, in other forms", "proposer un banc"),
    ("quoted", "\"des bancs à l'ombre\""),
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for proposals in [10_000, 50_000] {
        let engine = engine(proposals).await;
        println!("{proposals} proposals");
        for (name, words) in TYPED {
            let query =
                RankedQuery { ranking: Ranking::Relevance, words, limit: 20, ..RankedQuery::default() };
            let mut times = Vec::with_capacity(SEARCHES);
            let mut found = 0;
            for _ in 0..SEARCHES {
                let start = Instant::now();
                found = engine.results().rank("large", &query, TEST_NOW).await.unwrap().found;
                times.push(start.elapsed());
            }
            times.sort_unstable();
            println!("  {name:<38} {:>7.0} µs, {found} found", micros(times[SEARCHES / 2]));
        }
    }
}

async fn engine(proposals: u32) -> Arc<Engine> {
    let ports = TestPorts {
        store: Arc::new(MemoryStore::default()),
        counters: Arc::new(InProcessCounters::default()),
        rate_limits: Arc::new(NoRateLimits),
        clock: Arc::new(FixedClock::at(TEST_NOW)),
    };
    let engine = open_engine(&ports).await;
    let draft = ConsultationDraft { origin: Origin::Polis, ..consultation_draft("large") };
    let proposals: Vec<Proposal> = (1..=proposals).map(proposal).collect();
    let permit = permit(&engine, StaffAction::Import, Scope::Installation);
    engine.proposals().import(&permit, &draft, &proposals, &[], &mut |_, _| ()).await.unwrap();
    engine
}

/// About as long as people write.
fn proposal(number: u32) -> Proposal {
    let text = format!(
        "Je propose d’installer des bancs à l’ombre et une fontaine, rue {}, près de l’école {number}",
        number % 97
    );
    item(number, &text)
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
