//! The features by which an index finds a text: its words, its neighbouring words, and runs of letters in its
//! words, each as a number.

use crate::reading::{Reading, Term};

/// Letters in a run.
const RUN: usize = 4;

/// The strength of each kind of feature, before its rarity counts.
const WORD: f32 = 1.0;
const NEIGHBOURS: f32 = 0.7;
const LETTERS: f32 = 0.35;

/// One feature of a text and how much its kind says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Feature {
    pub(crate) key: u64,
    pub(crate) strength: f32,
}

/// Every feature of the text, each once, in the order of their keys.
pub(crate) fn features(reading: &Reading) -> Vec<Feature> {
    let mut features = Vec::with_capacity(8 * reading.terms.len() + 8);
    for Term { stem, key, weight, .. } in &reading.terms {
        features.push(Feature { key: *key, strength: WORD * weight });
        features.extend(letter_runs(stem));
    }
    let number = |number: &String| Feature { key: hash(b'n', number.bytes()), strength: WORD };
    features.extend(reading.numbers.iter().map(number));
    features.extend(reading.neighbours.iter().map(|&key| Feature { key, strength: NEIGHBOURS }));
    if features.is_empty() && !reading.bare.is_empty() {
        features.push(Feature { key: hash(b'b', reading.bare.bytes()), strength: WORD });
    }
    features.sort_unstable_by_key(|feature| feature.key);
    features.dedup_by_key(|feature| feature.key);
    features
}

/// The feature of two words that follow each other, in either order.
pub(crate) fn neighbours(one: &str, other: &str) -> u64 {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    hash(b'p', first.bytes().chain([0]).chain(second.bytes()))
}

/// The feature of a word.
pub(crate) fn word(stem: &str) -> Feature {
    Feature { key: hash(b'w', stem.bytes()), strength: WORD }
}

/// Runs of letters of a word with its ends marked, so that a typing error leaves some in common.
pub(crate) fn letter_runs(stem: &str) -> impl Iterator<Item = Feature> {
    let marked: Vec<char> = std::iter::once('^').chain(stem.chars()).chain(std::iter::once('$')).collect();
    let run = |run: &[char]| {
        let bytes = run.iter().flat_map(|&letter| u32::from(letter).to_le_bytes());
        Feature { key: hash(b'l', bytes), strength: LETTERS }
    };
    marked.windows(RUN).map(run).collect::<Vec<_>>().into_iter()
}

/// FNV-1a in 64 bits (Fowler, Noll & Vo), the same on every machine. Two features that meet in one number
/// make a text look a little more alike where candidates are sought, nowhere else.
fn hash(kind: u8, bytes: impl Iterator<Item = u8>) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.fold(mix(0xcbf2_9ce4_8422_2325, kind), mix)
}
