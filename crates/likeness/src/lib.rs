//! Which short texts say the same: an index of them, and groups of near-identical ones.
//!
//! Owns how a text of a sentence or two is compared with another: words to stems, what is proposed to
//! the direction it goes, and what tells two proposals apart however many words they share. French and
//! English are known; any other text is compared by its words alone.
//!
//! Knows texts and nothing else: no proposals, no votes, no files, no clock, no chance. The same texts give the
//! same answers in any order.

mod common_ground;
mod compare;
mod direction;
mod features;
mod groups;
mod index;
mod language;
mod lexicon;
mod reader;
mod reading;
mod spelling;
mod tokens;

pub use groups::{Group, Text, groups};
pub use index::{Index, Similar};
pub use language::Language;
pub use reader::Reader;
pub use reading::Reading;

/// From this likeness on, in percent, two texts are near-identical, unless another is asked for. Chosen on the
/// tuning part of `tests/pairs.csv`; see docs/METHOD.md, "Ideas".
pub const LIKENESS_PERCENT_DEFAULT: u8 = 83;
