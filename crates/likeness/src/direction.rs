//! Direction of a proposal towards the things it names: more of them, none of them, keep them.

/// The change that a text asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Direction {
    More,
    Less,
    Create,
    Remove,
    Allow,
    Forbid,
    Keep,
    Oblige,
    /// Not to be, or against it.
    Without,
    NotMore,
    NotLess,
    NotCreate,
    NotOblige,
}

use Direction::{
    Allow, Create, Forbid, Keep, Less, More, NotCreate, NotLess, NotMore, NotOblige, Oblige, Remove, Without,
};

impl Direction {
    /// The direction of "not …"; `None` where two negations leave nothing.
    pub(crate) const fn negated(self) -> Option<Self> {
        Some(match self {
            More => NotMore,
            Less => NotLess,
            Create => NotCreate,
            Remove => Keep,
            Allow => Forbid,
            Forbid => Allow,
            Keep => Remove,
            Oblige => NotOblige,
            NotMore => More,
            NotLess => Less,
            NotCreate => Create,
            NotOblige => Oblige,
            Without => return None,
        })
    }

    /// The direction of two words of direction in a row: "ban the construction of", "stop reducing".
    pub(crate) fn followed_by(self, next: Self) -> Option<Self> {
        if matches!(self, Less | Remove | Forbid | Without) { next.negated() } else { Some(next) }
    }

    /// Whether two proposals about the same thing may be the same if one goes this way and one the other.
    fn goes_with(self, other: Self) -> bool {
        const ALIKE: [[Direction; 2]; 5] =
            [[More, Create], [Remove, Forbid], [Remove, Without], [Forbid, Without], [NotCreate, Without]];
        self == other || ALIKE.contains(&[self, other]) || ALIKE.contains(&[other, self])
    }

    /// Whether the thing is not wanted, or not so much of it.
    pub(crate) const fn is_against(self) -> bool {
        matches!(self, Less | Remove | Forbid | Without | NotMore | NotCreate | NotOblige)
    }

    /// Whether naming the thing alone may mean this: "cycle lanes" may be "more cycle lanes", never "no cycle lanes".
    const fn may_be_left_out(self) -> bool {
        matches!(self, More | Create | Keep | Allow)
    }
}

/// Whether one thing that goes these ways in two proposals speaks against their being the same.
pub(crate) fn conflict(one: Option<Direction>, other: Option<Direction>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if !one.goes_with(other))
}

/// Whether the ways that two proposals go, each list without repetitions, may be those of one: what cannot go without
/// saying is in both, and both turn things round an even or both an odd number of times ("the end of prohibition").
pub(crate) fn compatible(one: &[Direction], other: &[Direction]) -> bool {
    let turns = |ways: &[Direction]| ways.iter().filter(|way| way.is_against()).count() % 2;
    covers(one, other) && covers(other, one) && turns(one) == turns(other)
}

fn covers(one: &[Direction], other: &[Direction]) -> bool {
    let covered = |way: &Direction| way.may_be_left_out() || other.iter().any(|found| way.goes_with(*found));
    one.iter().all(covered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposite_ways_conflict_and_two_negations_meet() {
        assert!(conflict(Some(More), Some(Less)));
        assert!(conflict(Some(Forbid), Some(Allow)));
        assert!(conflict(Some(Remove), Some(Less)), "to cut a tax is not to abolish it");
        assert!(!conflict(Some(Forbid), Some(Remove)));
        assert!(!conflict(None, Some(Without)), "a thing alone says nothing; the whole text does");
        assert_eq!(Forbid.followed_by(Remove), Some(Keep));
        assert_eq!(Create.followed_by(More), Some(More));
        assert_eq!(Without.followed_by(Without), None);
        assert!(compatible(&[More, Create], &[]));
        assert!(!compatible(&[Without], &[More]));
        assert!(!compatible(&[Without, Forbid], &[Forbid]));
    }
}
