//! Replays a large consultation under three ways to choose cards, and prints who was heard and what the
//! report can say:
//!
//! `cargo run --release -p gd-deck --example replay -- [SEEDS [PICTURE.svg]]`
//!
//! True shares are those of real proposals where `GD_REAL_DATA` or `../shared/data` has them, else drawn from
//! clouds fitted to them.
#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a simulation stops where something is wrong, and its counts are far below 2^52"
)]

mod folders;
mod outcome;
mod picture;
mod policies;
mod replay;
mod truths;
mod world;

use std::path::{Path, PathBuf};

use outcome::Outcome;
use policies::{MakeOrg, Ours, Uniform};
use replay::{VotesSoFar, replay};
use world::{Size, World};

const SIZE: Size = Size { proposals: 8_000, people: 120_000, votes_per_person: 10.0 };

/// A proposal with so many votes shows well enough what is true of it.
const TRUTH_VOTES_MIN: u64 = 100;

const POLICIES: [&str; 3] = ["ours", "uniform", "Make.org's"];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let seeds: u64 = arguments.next().map_or(3, |seeds| seeds.parse().unwrap());
    let picture = arguments.next();
    let truths = folders::well_voted(&real_data(), TRUTH_VOTES_MIN);
    let from = if truths.is_some() { "of real consultations" } else { "of fitted clouds" };
    let truths = truths.unwrap_or_else(|| truths::fitted(800));
    println!("{seeds} replays, {SIZE:?}; true shares: {} {from}\n", truths.len());

    let mut outcomes: [Vec<Outcome>; 3] = Default::default();
    for seed in 0..seeds {
        let world = World::draw(&truths, SIZE, seed);
        let seen = [
            replay(&world, &mut Ours::new(world.authors.clone()), seed),
            replay(&world, &mut Uniform, seed),
            replay(&world, &mut MakeOrg::default(), seed),
        ];
        for (outcomes, seen) in outcomes.iter_mut().zip(&seen) {
            outcomes.push(Outcome::of(&world, seen));
        }
        if let (0, Some(file)) = (seed, &picture) {
            std::fs::write(file, picture::votes_by_rank(&POLICIES, &seen.each_ref().map(VotesSoFar::votes)))
                .unwrap();
        }
    }
    print_table(&outcomes);
}

fn print_table(outcomes: &[Vec<Outcome>; 3]) {
    println!("| | {} |\n| --- | --- | --- | --- |", POLICIES.join(" | "));
    for (name, figure) in Outcome::FIGURES {
        let cell = |outcomes: &Vec<Outcome>| {
            let (mean, deviation) = mean_and_deviation(&outcomes.iter().map(figure).collect::<Vec<_>>());
            format!("{mean:.3} ± {deviation:.3}")
        };
        println!("| {name} | {} |", outcomes.each_ref().map(cell).join(" | "));
    }
}

/// Over replays; the deviation is that of one replay.
fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>();
    (mean, (squares / (count - 1.0).max(1.0)).sqrt())
}

#[expect(clippy::disallowed_methods, reason = "a simulation asks the environment where its data is")]
fn real_data() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    std::env::var_os("GD_REAL_DATA").map_or(beside, PathBuf::from).join("polis")
}
