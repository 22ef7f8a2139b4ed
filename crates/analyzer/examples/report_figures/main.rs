//! Seconds and memory of the analyzer on made-up votes of any size, through the files anybody can export.
//!
//! ```text
//! cargo run --release -p gd-analyzer --example report_figures -- make DIR PARTICIPANTS PROPOSALS VOTES [GROUPS]
//! cargo run --release -p gd-analyzer --example report_figures -- measure DIR
//! ```
//!
//! `make` writes an open-data export as Parquet: so many votes of each participant, in planted groups; `measure`
//! reads it and makes the report, each step timed. One size a process, so that the peak of memory is its own;
//! `loadtest/bench-analyzer.sh` runs them all.

mod measure;
mod plant;
mod texts;

use std::path::Path;

use anyhow::{Context, bail};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["make", dir, sizes @ ..] => plant::plant(Path::new(dir), &sizes_of(sizes)?),
        ["measure", dir] => measure::measure(Path::new(dir)),
        _ => bail!("say `make DIR PARTICIPANTS PROPOSALS VOTES [GROUPS]` or `measure DIR`"),
    }
}

fn sizes_of(words: &[&str]) -> anyhow::Result<plant::Sizes> {
    let number = |place: usize, otherwise: Option<u32>| {
        let word = words.get(place).map(|word| word.parse::<u32>().context("sizes are whole numbers"));
        word.transpose()?.or(otherwise).context("a size is missing")
    };
    Ok(plant::Sizes {
        participants: number(0, None)?,
        proposals: number(1, None)?,
        votes: number(2, None)?,
        groups: number(3, Some(3))?,
    })
}
