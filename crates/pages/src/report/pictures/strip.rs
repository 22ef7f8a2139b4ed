//! Estimates with their intervals on one scale from 0 to 100 %, a lane each: what an interval plot is made of.

use askama::Template;
use gd_report::Share;

use super::{across, em};

/// A drawing of a few lanes, one below the other.
#[derive(Debug, Template)]
#[template(path = "report/pictures/strip.svg")]
pub(crate) struct Strip {
    /// The content of the picture in words, for readers who cannot see it.
    title: String,
    height: String,
    lanes: Vec<DrawnLane>,
}

/// An estimate with its interval.
pub(crate) struct Lane {
    /// The class that colours it.
    pub(crate) tone: String,
    /// The symbol that stands for it.
    pub(crate) mark: &'static str,
    /// The letter inside the symbol, where it has one.
    pub(crate) letter: String,
    /// Mean and interval of the share.
    pub(crate) share: Share,
}

/// The places of a lane's parts in the drawing.
#[derive(Debug)]
struct DrawnLane {
    tone: String,
    mark: &'static str,
    letter: String,
    x: String,
    y: String,
    /// The height of the letter's baseline.
    base: String,
    low: String,
    high: String,
}

/// From one lane to the next, in `em`.
const LANE_EM: f64 = 1.15;
/// The same where lanes carry letters.
const LETTERED_LANE_EM: f64 = 1.85;

impl Strip {
    pub(crate) fn new(title: String, lanes: Vec<Lane>) -> Self {
        let lettered = lanes.iter().any(|lane| !lane.letter.is_empty());
        let step = if lettered { LETTERED_LANE_EM } else { LANE_EM };
        let mut middle = step / 2.0 + 0.1;
        let mut drawn = Vec::with_capacity(lanes.len());
        for lane in lanes {
            drawn.push(DrawnLane {
                tone: lane.tone,
                mark: lane.mark,
                letter: lane.letter,
                x: across(lane.share.mean),
                y: em(middle),
                base: em(middle + 0.36),
                low: across(lane.share.low),
                high: across(lane.share.high),
            });
            middle += step;
        }
        Self { title, height: em(middle - step / 2.0 + 0.1), lanes: drawn }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_whiskers_lie_where_the_figures_say() {
        let share = Share { mean: 0.6, low: 0.55, high: 0.65 };
        let lane = Lane { tone: "tone-agree".into(), mark: "mark-circle", letter: String::new(), share };
        let svg = Strip::new("60 %".into(), vec![lane]).render().unwrap();
        for part in [r#"x1="55%""#, r#"x2="65%""#, r#"x="60%""#, "<title>60 %</title>"] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
    }
}
