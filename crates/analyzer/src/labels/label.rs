//! The regions of the triangle of shares that labels stand for, cut into slices for exact integrals.
//! What a region is says `gd_domain::Thresholds::label_at`; here it is only turned into borders.

use crate::Thresholds;

/// The regions at one share of neutral votes n, along u = agree / (agree + disagree) from 0 to 1:
/// rejection below `rejection_below`, consensus above `consensus_above`, and between them either
/// indifference alone or a controversy around ½ with mixed on both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Slice {
    pub(crate) rejection_below: f64,
    pub(crate) consensus_above: f64,
    pub(crate) indifferent: bool,
    /// The controversy's part of the middle; empty when its start is its end.
    pub(crate) split: (f64, f64),
}

/// The thresholds as shares.
#[derive(Clone, Debug)]
pub(crate) struct Regions {
    majority: f64,
    opposition: f64,
    neutral: f64,
    hardly_any: f64,
    split_side: f64,
    split_gap: f64,
    /// Shares of neutral votes at which a border of [`Regions::slice`] bends.
    bends: Vec<f64>,
    #[cfg(test)]
    thresholds: Thresholds,
}

impl Regions {
    pub(crate) fn new(thresholds: Thresholds) -> Self {
        let share = |percent: u8| f64::from(percent) / 100.0;
        let without_bends = Self {
            majority: share(thresholds.majority_percent),
            opposition: share(thresholds.opposition_percent),
            neutral: share(thresholds.neutral_percent),
            hardly_any: share(thresholds.hardly_any_percent),
            split_side: share(thresholds.split_side_percent),
            split_gap: share(thresholds.split_gap_percent),
            bends: Vec::new(),
            #[cfg(test)]
            thresholds,
        };
        Self { bends: without_bends.find_bends(), ..without_bends }
    }

    /// The shares of neutral votes where a border of [`Regions::slice`] bends, in (0, 1), increasing.
    pub(crate) fn bends(&self) -> &[f64] {
        &self.bends
    }

    /// Whether regions jump at this share of neutral votes, rather than bend.
    pub(crate) fn is_jump(&self, n: f64) -> bool {
        (n - self.neutral).abs() < 1e-9
    }

    /// The region of a point given by its agree and disagree shares, by the definition itself.
    #[cfg(test)]
    pub(crate) fn at(&self, a: f64, d: f64) -> crate::Label {
        self.thresholds.label_at(a, d)
    }

    /// The slice at a share of neutral votes `n`, where `s` = 1 − n of the votes take a side.
    /// With a = u·s and d = (1 − u)·s each condition on a or d is one on u.
    pub(crate) fn slice(&self, n: f64, s: f64) -> Slice {
        let majority = (self.majority / s).max(1.0 - self.opposition / s);
        let by_few = if n < self.neutral { 1.0 - self.hardly_any / s } else { 1.0 };
        let consensus_above = majority.min(by_few).clamp(0.0, 1.0);
        let rejection_below = (1.0 - consensus_above).min(consensus_above);
        let half_width = (self.split_gap / (2.0 * s)).min(0.5 - self.split_side / s).max(0.0);
        let inside = |u: f64| u.clamp(rejection_below, consensus_above);
        let split = (inside(0.5 - half_width), inside(0.5 + half_width));
        Slice { rejection_below, consensus_above, indifferent: n >= self.neutral, split }
    }

    fn find_bends(&self) -> Vec<f64> {
        let Self { majority, opposition, neutral, hardly_any, split_side, split_gap, .. } = *self;
        let sides = [
            majority,
            opposition,
            hardly_any,
            majority + opposition,
            majority + hardly_any,
            majority + split_side,
            2.0 * majority - split_gap,
            2.0 * opposition + split_gap,
            2.0 * hardly_any + split_gap,
            2.0 * split_side + split_gap,
            2.0 * split_side,
            2.0 * opposition,
            2.0 * hardly_any,
            2.0 * majority,
        ];
        let mut bends: Vec<f64> = sides.into_iter().map(|s| 1.0 - s).chain([neutral]).collect();
        bends.retain(|n| (1e-9..1.0 - 1e-9).contains(n));
        bends.sort_by(f64::total_cmp);
        bends.dedup_by(|later, earlier| *later - *earlier < 1e-9);
        bends
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Label;
    use proptest::prelude::*;

    fn at_slice(regions: &Regions, n: f64, u: f64) -> Label {
        let slice = regions.slice(n, 1.0 - n);
        if u > slice.consensus_above {
            Label::Consensus
        } else if u < slice.rejection_below {
            Label::Rejection
        } else if slice.indifferent {
            Label::Indifference
        } else if slice.split.0 < u && u < slice.split.1 {
            Label::Controversy
        } else {
            Label::Mixed
        }
    }

    proptest! {
        #[test]
        fn slices_say_what_the_definition_says(
            n in 0.0..0.999_f64,
            u in 0.0..1.0_f64,
            majority in 50_u8..=100,
            opposition in 0_u8..=49,
            neutral in 0_u8..=100,
            hardly_any in 0_u8..=30,
            split_side in 0_u8..=50,
            split_gap in 0_u8..=100,
        ) {
            let thresholds = Thresholds {
                majority_percent: majority,
                opposition_percent: opposition,
                neutral_percent: neutral,
                hardly_any_percent: hardly_any,
                split_side_percent: split_side,
                split_gap_percent: split_gap,
            };
            let regions = Regions::new(thresholds);
            let (a, d) = (u * (1.0 - n), (1.0 - u) * (1.0 - n));
            let slice = regions.slice(n, 1.0 - n);
            let borders = [slice.rejection_below, slice.consensus_above, slice.split.0, slice.split.1];
            prop_assume!(borders.iter().all(|border| (u - border).abs() > 1e-9));
            prop_assert_eq!(at_slice(&regions, n, u), regions.at(a, d));
        }

        #[test]
        fn borders_are_straight_enough_between_bends(n in 0.0..0.99_f64) {
            // Between bends each border is a constant plus a multiple of 1/s, so three points tell.
            let regions = Regions::new(Thresholds::default());
            let step = 1e-4;
            let bends = regions.bends();
            prop_assume!(bends.iter().all(|bend| *bend < n || *bend > n + 2.0 * step));
            let borders = |n: f64| {
                let slice = regions.slice(n, 1.0 - n);
                [slice.rejection_below, slice.consensus_above, slice.split.0, slice.split.1]
            };
            let inverse = |n: f64| 1.0 / (1.0 - n);
            let (x0, x1, x2) = (inverse(n), inverse(n + step), inverse(n + 2.0 * step));
            let (y0, y1, y2) = (borders(n), borders(n + step), borders(n + 2.0 * step));
            for border in 0..4 {
                let slope = |y: f64, z: f64, from: f64, to: f64| (z - y) / (to - from);
                let first = slope(y0[border], y1[border], x0, x1);
                let second = slope(y1[border], y2[border], x1, x2);
                prop_assert!((first - second).abs() < 1e-6, "border {} bends at {}", border, n);
            }
        }
    }
}
