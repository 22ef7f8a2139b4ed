//! Proposals that set a group apart, and those that most participants share: Polis' lists of statements.
//!
//! Knows counts only. Formulas and their names: docs/METHOD.md, "Opinion groups".
#![expect(clippy::cast_precision_loss, reason = "counts of votes are far below 2^52")]

use gd_report::Direction;

use super::group_votes::{ColumnCounts, smoothed};

/// Above this, a test value is more than chance: 90 % of a normal distribution lies below.
const Z: f64 = 1.2816;

/// Statements listed at most.
const LISTED_MAX: usize = 5;

/// A statement that represents a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Representative {
    pub(crate) column: usize,
    pub(crate) direction: Direction,
    /// r · rtest · p · ptest of that direction.
    pub(crate) score: f64,
}

/// The representative statements of the group at `place`; columns set aside are none.
pub(crate) fn representatives(
    groups: &[ColumnCounts],
    place: usize,
    set_aside: &[bool],
) -> Vec<Representative> {
    let columns = (0..set_aside.len()).filter(|&column| !set_aside[column]);
    let comparisons: Vec<Comparison> = columns.map(|column| Comparison::of(groups, place, column)).collect();
    let best_agree = best_agree(&comparisons);
    let mut listed: Vec<Comparison> = comparisons
        .iter()
        .filter(|one| one.agree.stands_out() || one.disagree.stands_out())
        .copied()
        .collect();
    if listed.is_empty() {
        let likely = |one: &Comparison| one.agree.r_test.max(one.disagree.r_test);
        // The first of equal ones.
        let next = comparisons.iter().rev().max_by(|one, other| likely(one).total_cmp(&likely(other)));
        return best_agree.or(next.copied()).iter().map(Comparison::listed).collect();
    }
    listed.sort_by(|one, other| other.listed().score.total_cmp(&one.listed().score));
    if let Some(best) = best_agree {
        listed.retain(|one| one.column != best.column);
        listed.insert(0, best);
    }
    let mut listed: Vec<Representative> = listed.iter().take(LISTED_MAX).map(Comparison::listed).collect();
    listed.sort_by_key(|one| one.direction == Direction::Disagree);
    listed
}

/// The statements most agreed and most disagreed with by all participants together.
pub(crate) fn majority(counts: &ColumnCounts, set_aside: &[bool]) -> [Vec<usize>; 2] {
    [0, 1].map(|choice| {
        let side = |column: usize| {
            let seen = counts[column].iter().sum();
            (smoothed(counts[column][choice], seen), test_of_half(counts[column][choice], seen))
        };
        let columns = (0..counts.len()).filter(|&column| !set_aside[column]);
        let mut listed: Vec<(f64, usize)> = columns
            .map(|column| (side(column), column))
            .filter(|((p, test), _)| *p > 0.5 && *test > Z)
            .map(|((p, test), column)| (p * test, column))
            .collect();
        listed.sort_by(|one, other| other.0.total_cmp(&one.0));
        listed.into_iter().take(LISTED_MAX).map(|(_, column)| column).collect()
    })
}

/// One statement in one group beside all other groups.
#[derive(Clone, Copy, Debug)]
struct Comparison {
    column: usize,
    agree: Side,
    disagree: Side,
    /// Whether anybody in the group took a side.
    taken: bool,
}

/// One choice of a group beside the others.
#[derive(Clone, Copy, Debug)]
struct Side {
    p: f64,
    p_test: f64,
    r: f64,
    r_test: f64,
}

impl Comparison {
    fn of(groups: &[ColumnCounts], place: usize, column: usize) -> Self {
        let own = groups[place][column];
        let mut others = [0; 3];
        for (_, group) in groups.iter().enumerate().filter(|(other, _)| *other != place) {
            others = [0, 1, 2].map(|choice| others[choice] + group[column][choice]);
        }
        let (seen, seen_by_others) = (own.iter().sum(), others.iter().sum());
        let side = |choice: usize| Side::of(own[choice], seen, others[choice], seen_by_others);
        Self { column, agree: side(0), disagree: side(1), taken: own[0] + own[1] > 0 }
    }

    fn listed(&self) -> Representative {
        let agrees = self.agree.r_test > self.disagree.r_test;
        let (direction, side) =
            if agrees { (Direction::Agree, self.agree) } else { (Direction::Disagree, self.disagree) };
        Representative { column: self.column, direction, score: side.score() }
    }
}

impl Side {
    fn of(count: u64, seen: u64, others: u64, seen_by_others: u64) -> Self {
        let p = smoothed(count, seen);
        Self {
            p,
            p_test: test_of_half(count, seen),
            r: p / smoothed(others, seen_by_others),
            r_test: test_of_two(count, seen, others, seen_by_others),
        }
    }

    fn stands_out(&self) -> bool {
        self.r_test > Z && self.p_test > Z
    }

    fn score(&self) -> f64 {
        self.r * self.r_test * self.p * self.p_test
    }
}

/// The statement that the group most agrees with, walking in the order of the columns.
fn best_agree(comparisons: &[Comparison]) -> Option<Comparison> {
    let mut holder: Option<Comparison> = None;
    for one in comparisons.iter().filter(|one| one.taken) {
        let agree = one.agree;
        let better = match holder {
            None => agree.p_test > Z || (agree.r > 1.0 && agree.p > 0.5),
            Some(holder) if holder.agree.r > 1.0 => agree.score() > holder.agree.score(),
            Some(holder) => agree.p * agree.p_test > holder.agree.p * holder.agree.p_test,
        };
        if better {
            holder = Some(*one);
        }
    }
    holder
}

/// Polis' test of a share against ½, in standard deviations.
fn test_of_half(count: u64, seen: u64) -> f64 {
    let (count, seen) = (count as f64 + 1.0, seen as f64 + 1.0);
    2.0 * seen.sqrt() * (count / seen - 0.5)
}

/// Polis' test of two shares: their difference in standard deviations, as if both were the same.
fn test_of_two(count: u64, seen: u64, others: u64, seen_by_others: u64) -> f64 {
    let [count, seen, others, seen_by_others] =
        [count, seen, others, seen_by_others].map(|number| number as f64 + 1.0);
    let pooled = (count + others) / (seen + seen_by_others);
    if pooled >= 1.0 {
        return 0.0;
    }
    let deviation = (pooled * (1.0 - pooled) * (1.0 / seen + 1.0 / seen_by_others)).sqrt();
    (count / seen - others / seen_by_others) / deviation
}
