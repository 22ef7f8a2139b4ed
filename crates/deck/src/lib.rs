//! Which cards to show next: fair to what is new, and useful to the report.
//!
//! Owns the rule by which a sequence is drawn from the published proposals; docs/METHOD.md, "Fair exposure".
//! The servers and the simulation that judges the rule (`examples/replay`) run this very code.
//!
//! Pure: the votes and exposures so far come in, and so does the seed. Knows no clock, no database, and
//! nothing of who asks but which cards are open to them.
//!
//! ```
//! use gd_deck::{Card, Deck};
//! use gd_domain::{ItemNumber, Thresholds};
//!
//! let card = |number| Card { number: ItemNumber(number), author: None, idea: None, counts: [0; 3], shown: 0 };
//! let deck = Deck::prepare((1..=40).map(card).collect(), Thresholds::default());
//! assert_eq!(deck.draw(12, 7, |number| number != ItemNumber(3)).len(), 12);
//! ```

mod card;
mod deck;
mod draw;
mod shares;

pub use card::Card;
pub use deck::Deck;
