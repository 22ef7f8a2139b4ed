//! When things begin: instants drawn from a rate that changes over time. Pure; knows nothing of requests.

use std::time::Duration;

use clap::ValueEnum;
use rand::RngExt;
use rand::rngs::SmallRng;

/// The spacing of arrivals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Pace {
    /// Each on its own, as people come
    Poisson,
    /// At equal distances
    Fixed,
}

impl Pace {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Poisson => "poisson",
            Self::Fixed => "fixed",
        }
    }
}

/// A rate per second over time: straight lines between points.
#[derive(Clone, Debug)]
pub(crate) struct Profile(Vec<Point>);

/// A rate at an instant.
#[derive(Clone, Copy, Debug)]
struct Point {
    second: f64,
    rate: f64,
}

impl Profile {
    /// The same rate for so many seconds, which may be infinite.
    pub(crate) fn constant(rate: f64, seconds: f64) -> Self {
        Self::starting_at(rate).until(seconds, rate)
    }

    /// Starts at a rate.
    pub(crate) fn starting_at(rate: f64) -> Self {
        Self(vec![Point { second: 0.0, rate }])
    }

    /// Goes on in a straight line for so many seconds, up or down to a rate.
    pub(crate) fn until(mut self, seconds: f64, rate: f64) -> Self {
        let second = self.seconds() + seconds;
        self.0.push(Point { second, rate });
        self
    }

    /// Jumps to a rate.
    pub(crate) fn jump(self, rate: f64) -> Self {
        self.until(0.0, rate)
    }

    /// The duration in seconds.
    pub(crate) fn seconds(&self) -> f64 {
        self.0.last().map_or(0.0, |point| point.second)
    }
}

fn area(from: Point, to: Point) -> f64 {
    if to.second > from.second { (to.second - from.second) * f64::midpoint(from.rate, to.rate) } else { 0.0 }
}

/// The instants of a profile, in order, since its start.
pub(crate) struct Arrivals {
    pace: Pace,
    random: SmallRng,
    /// The point reached, and the points still to come, the next one last.
    at: Point,
    to_come: Vec<Point>,
}

impl Arrivals {
    pub(crate) fn new(profile: &Profile, pace: Pace, random: SmallRng) -> Self {
        let mut to_come = profile.0.clone();
        to_come.reverse();
        let at = to_come.pop().unwrap_or(Point { second: 0.0, rate: 0.0 });
        Self { pace, random, at, to_come }
    }

    /// The area under the rate from one arrival to the next.
    fn step(&mut self) -> f64 {
        match self.pace {
            Pace::Fixed => 1.0,
            Pace::Poisson => -(1.0 - self.random.random::<f64>()).ln(),
        }
    }
}

impl Iterator for Arrivals {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let mut left = self.step();
        loop {
            let &end = self.to_come.last()?;
            let line = area(self.at, end);
            if left < line {
                self.at = along(self.at, end, left);
                return Some(Duration::from_secs_f64(self.at.second));
            }
            left -= line;
            self.at = end;
            self.to_come.pop();
        }
    }
}

/// The point on the line from one point to the other at which the area since the first is `left`: the
/// solution x of `rate x + slope x² / 2 = left`, in the form that also holds for no slope.
fn along(from: Point, to: Point, left: f64) -> Point {
    let slope = if to.second.is_finite() { (to.rate - from.rate) / (to.second - from.second) } else { 0.0 };
    let root = (from.rate * from.rate + 2.0 * slope * left).max(0.0).sqrt();
    let seconds = 2.0 * left / (from.rate + root);
    Point { second: from.second + seconds, rate: from.rate + slope * seconds }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    fn arrivals(profile: &Profile, pace: Pace) -> Arrivals {
        Arrivals::new(profile, pace, SmallRng::seed_from_u64(1))
    }

    fn between(instants: &[f64], from: f64, to: f64) -> usize {
        instants.iter().filter(|&&instant| instant >= from && instant < to).count()
    }

    #[test]
    fn a_profile_is_followed_up_over_its_peak_and_down() {
        let profile = Profile::starting_at(0.0).until(10.0, 100.0).until(10.0, 100.0).jump(300.0);
        let profile = profile.until(10.0, 300.0).jump(0.0).until(5.0, 0.0).until(10.0, 50.0);
        for (pace, slack) in [(Pace::Fixed, 2), (Pace::Poisson, 200)] {
            let instants = arrivals(&profile, pace).map(|at| at.as_secs_f64()).collect::<Vec<_>>();
            assert!(instants.is_sorted());
            for (from, to, expected) in [
                (0.0, 5.0, 125),
                (0.0, 10.0, 500),
                (10.0, 20.0, 1_000),
                (20.0, 30.0, 3_000),
                (30.0, 35.0, 0),
                (35.0, 46.0, 250),
            ] {
                let counted = between(&instants, from, to);
                assert!(counted.abs_diff(expected) <= slack.min(expected.max(2)), "{from}: {counted}");
            }
        }
        assert!((profile.seconds() - 45.0).abs() < 1e-6);
    }

    #[test]
    fn an_endless_profile_gives_as_many_as_are_asked_for() {
        let profile = Profile::constant(50.0, f64::INFINITY);
        let last = arrivals(&profile, Pace::Fixed).nth(99).unwrap();
        assert!((last.as_secs_f64() - 2.0).abs() < 1e-6);
        assert_eq!(arrivals(&profile, Pace::Poisson).take(1_000).count(), 1_000);
    }

    #[test]
    fn people_come_in_clusters_and_the_seed_decides() {
        let profile = Profile::constant(1_000.0, 10.0);
        let instants = arrivals(&profile, Pace::Poisson).collect::<Vec<_>>();
        assert_eq!(instants, arrivals(&profile, Pace::Poisson).collect::<Vec<_>>());
        let close = instants.windows(2).filter(|pair| pair[1] < pair[0] + Duration::from_micros(100)).count();
        // At equal distances there would be none; on their own about one in ten.
        assert!(close > instants.len() / 20, "{close} of {}", instants.len());
    }
}
