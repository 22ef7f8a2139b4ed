//! Whether a text says enough of what is searched for: one word in common makes no two proposals alike.

use crate::features::letter_runs;
use crate::reading::Reading;

/// So much in common is enough however much is asked for, each word by its weight…
const COMMON_ENOUGH: f32 = 2.0;
/// …and where little is asked for, this share of it: half, for the last word may not be typed to its end.
const SHARE_ENOUGH: f32 = 0.5;

/// A word that is misspelt, or of which the end is still to be typed, has this share of its runs of letters.
const RUNS_SHARE_MIN: f32 = 0.5;

/// The search words, each with its weight and its runs of letters.
pub(crate) struct CommonGround(Vec<SearchTerm>);

struct SearchTerm {
    weight: f32,
    word: u64,
    runs: Vec<u64>,
}

impl CommonGround {
    pub(crate) fn of(reading: &Reading) -> Self {
        let wanted = reading.terms.iter().map(|term| SearchTerm {
            weight: term.weight,
            word: term.key,
            runs: letter_runs(&term.stem).map(|run| run.key).collect(),
        });
        Self(wanted.collect())
    }

    /// Whether a text with these features has enough of it.
    pub(crate) fn is_in(&self, has: impl Fn(u64) -> bool) -> bool {
        let asked: f32 = self.0.iter().map(|wanted| wanted.weight).sum();
        let met: f32 = self.0.iter().filter(|wanted| wanted.is_in(&has)).map(|wanted| wanted.weight).sum();
        met >= COMMON_ENOUGH.min(asked * SHARE_ENOUGH)
    }
}

impl SearchTerm {
    #[expect(clippy::cast_precision_loss, reason = "a word has few letters")]
    fn is_in(&self, has: &impl Fn(u64) -> bool) -> bool {
        let runs = || self.runs.iter().filter(|run| has(**run)).count() as f32;
        has(self.word) || runs() >= RUNS_SHARE_MIN * self.runs.len() as f32
    }
}
