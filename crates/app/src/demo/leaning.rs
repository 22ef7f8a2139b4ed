//! One idea's welcome and what one person answers to it: where a stance meets chance.

use gd_domain::{Choice, Opinion, Qualification};
use rand::{Rng, RngExt};

use super::public::Public;
use super::stance::{Stance, Three};

/// A stance as one idea meets it: no two ideas of a stance are welcomed exactly alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaning {
    /// The stance it was drawn from.
    pub stance: Stance,
    /// Log-odds added to agree and to disagree, the same in every audience.
    nudge: [f64; 2],
    /// As in [`Stance::pull`], moved a little.
    pull: f64,
}

/// The traits of a person that a leaning depends on.
#[derive(Clone, Copy, Debug)]
pub struct Temper {
    /// The audience they really belong to, declared or not.
    pub public: Public,
    /// From about −1, autonomy, to about 1, presence.
    pub pole: f64,
    /// Log-odds by which they agree more readily than others.
    pub kindness: f64,
    /// Log-odds by which they stay neutral more readily than others.
    pub reserve: f64,
    /// The chance that they qualify a ballot.
    pub eloquence: f64,
}

impl Leaning {
    const NUDGE_DEVIATION: f64 = 0.25;
    const PULL_DEVIATION: f64 = 0.2;
    const SECOND_NUANCE_CHANCE: f64 = 0.12;

    /// A leaning for an idea of this stance.
    pub fn draw(stance: Stance, rng: &mut impl Rng) -> Self {
        let nudge = [(); 2].map(|()| Self::NUDGE_DEVIATION * gaussian(rng));
        let pull = stance.pull() + Self::PULL_DEVIATION * gaussian(rng);
        Self { stance, nudge, pull }
    }

    /// One person's opinion, drawn at random.
    pub fn answer(&self, temper: &Temper, rng: &mut impl Rng) -> Opinion {
        let choice = Choice::ALL[pick(self.weights(temper), rng)];
        if !rng.random_bool(temper.eloquence) {
            return Opinion::bare(choice);
        }
        let count = if rng.random_bool(Self::SECOND_NUANCE_CHANCE) { 2 } else { 1 };
        let nuances = (0..count).filter_map(|_| {
            let place = pick(self.stance.nuances(choice), rng);
            Qualification::of(choice).nth(place)
        });
        Opinion::new(choice, nuances.collect()).expect("the qualifications are those of the choice")
    }

    /// Unnormalised chances of the three choices: shares moved in log-odds.
    fn weights(&self, temper: &Temper) -> Three {
        let [agree, disagree, neutral] = self.stance.shares(temper.public);
        let pull = self.pull * temper.pole;
        [
            agree * (self.nudge[0] + pull + temper.kindness).exp(),
            disagree * (self.nudge[1] - pull - temper.kindness).exp(),
            neutral * temper.reserve.exp(),
        ]
    }
}

/// The index of one of three, drawn in proportion to its weight.
fn pick(weights: Three, rng: &mut impl Rng) -> usize {
    let drawn = rng.random::<f64>() * weights.iter().sum::<f64>();
    let past = |bound: f64| usize::from(drawn >= bound);
    past(weights[0]) + past(weights[0] + weights[1])
}

/// A draw of mean 0 and deviation 1, within ±6: twelve uniform draws added (Irwin–Hall).
pub fn gaussian(rng: &mut impl Rng) -> f64 {
    (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0
}
