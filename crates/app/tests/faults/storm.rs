//! Faults one after the other without a rest, drawn by a seed.

use rand::SeedableRng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use crate::faults::Fault;
use crate::house::{House, SLUG};
use crate::voters::Load;

/// Faults of the storm in `make test`.
const FAULTS_DEFAULT: usize = 4;
/// Ballots between two of them.
const STRETCH: usize = 300;

#[expect(clippy::disallowed_methods, reason = "the tests' own setting")]
fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().expect("a number"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_of_faults_loses_nothing() {
    let faults = usize::try_from(setting("GD_CHAOS_FAULTS", FAULTS_DEFAULT as u64)).unwrap();
    let mut draws = ChaCha8Rng::seed_from_u64(setting("GD_CHAOS_SEED", 2022));
    let mut house = House::build(2);
    house.propose().await;
    let load = Load::start(&house.addresses, SLUG).await;
    for number in 1..=faults {
        load.go_on_for(STRETCH).await;
        let fault = *Fault::ALL.choose(&mut draws).unwrap();
        println!("fault {number} of {faults}: {fault:?}");
        fault.happen(&mut house, async |_| ()).await;
    }
    load.go_on_for(STRETCH).await;
    let voted = load.stop().await;
    println!("{} ballots acknowledged", voted.acknowledged);
    voted.everybody_finds_their_ballots(&house.addresses).await;
    voted.every_server_counts_them(&house.addresses, SLUG).await;
    house.verify();
}
