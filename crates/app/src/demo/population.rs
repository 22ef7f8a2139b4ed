//! The people of the demo: who they are, how long they stay and what they say.

use gd_domain::{AudienceCode, Opinion};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::leaning::{Leaning, Temper, gaussian};
use super::public::Public;

/// Participants of the demo by default: enough for some sixty thousand ballots.
pub const PARTICIPANTS_DEFAULT: usize = 3_000;

/// The seed of the demo unless another is asked for.
pub const SEED_DEFAULT: u64 = 2022;

/// One person, with random draws of their own.
#[derive(Clone, Debug)]
pub struct Participant {
    /// The audience they declare; some declare none.
    pub audience: AudienceCode,
    /// The number of cards they answer before they leave, at least 1.
    pub patience: usize,
    /// When they come, as a part of the time from the opening to now: 0 at the opening, below 1. More come
    /// early, when the news is fresh.
    pub arrival: f64,
    temper: Temper,
    rng: ChaCha8Rng,
}

/// Coming back on a ballot just cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondThought {
    /// They say this instead.
    Revote(Opinion),
    /// They take the ballot back.
    Retract,
}

/// The first `participants` people of the seed. More people of one seed begin with the same ones.
pub fn population(participants: usize, seed: u64) -> impl Iterator<Item = Participant> {
    (1_u64..).take(participants).map(move |stream| Participant::new(seed, stream))
}

impl Participant {
    const UNDECLARED_SHARE: f64 = 0.05;
    const REVOTE_CHANCE: f64 = 0.015;
    const RETRACT_CHANCE: f64 = 0.005;
    /// Standard deviation of the logarithm of the patience: with 1, one in forty stays seven times longer
    /// than the median.
    const PATIENCE_DEVIATION: f64 = 1.0;
    const PATIENCE_MAX: f64 = 500.0;
    /// Above 1, arrivals crowd towards the opening.
    const ARRIVAL_POWER: f64 = 1.4;

    fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        let public = Public::draw(&mut rng);
        let declares = !rng.random_bool(Self::UNDECLARED_SHARE);
        Self {
            audience: if declares { public.code() } else { AudienceCode::UNDECLARED },
            patience: draw_patience(public, &mut rng),
            arrival: rng.random::<f64>().powf(Self::ARRIVAL_POWER),
            temper: draw_temper(public, &mut rng),
            rng,
        }
    }

    /// Their opinion on a card. Asking again draws again.
    pub fn opinion(&mut self, leaning: &Leaning) -> Opinion {
        leaning.answer(&self.temper, &mut self.rng)
    }

    /// Whether they come back on the ballot they just cast on this card; mostly not.
    pub fn second_thought(&mut self, leaning: &Leaning) -> Option<SecondThought> {
        let drawn = self.rng.random::<f64>();
        if drawn < Self::RETRACT_CHANCE {
            Some(SecondThought::Retract)
        } else if drawn < Self::RETRACT_CHANCE + Self::REVOTE_CHANCE {
            Some(SecondThought::Revote(self.opinion(leaning)))
        } else {
            None
        }
    }
}

/// Heavy-tailed: most leave after a sequence or two, a few read on for an hour.
fn draw_patience(public: Public, rng: &mut impl Rng) -> usize {
    let cards = public.patience_median() * (Participant::PATIENCE_DEVIATION * gaussian(rng)).exp();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 1 and 500")]
    let cards = cards.round().clamp(1.0, Participant::PATIENCE_MAX) as usize;
    cards
}

fn draw_temper(public: Public, rng: &mut impl Rng) -> Temper {
    let side = if rng.random_bool(public.presence_share()) { 1.0 } else { -1.0 };
    Temper {
        public,
        pole: side * rng.random_range(0.6..1.4),
        kindness: 0.25 * gaussian(rng),
        reserve: 0.4 * gaussian(rng),
        eloquence: rng.random_range(0.15..0.55),
    }
}
