//! Groups of texts of which every two are near-identical, each grown around one of them.
//!
//! No chains: that A is like B and B like C does not put A and C together. docs/METHOD.md, "Ideas".

use std::collections::HashMap;
use std::ops::Range;
use std::thread;

use crate::features::{Feature, features};
use crate::index::{Effort, Index, Scratch};
use crate::{Language, Reader, Reading};

/// The limits of the search for the neighbours of one text.
const EFFORT: Effort = Effort { steps_max: 1_000, candidates_max: 32, share_min: 0.15 };

/// Texts for which another thread is worth its start.
const TEXTS_PER_THREAD_MIN: usize = 500;

/// Threads at most.
const THREADS_MAX: usize = 8;

/// Texts that are one, as places in the list that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The text in the middle.
    pub centre: usize,
    /// All of them, the middle included, in order; two at least unless the group was given.
    pub members: Vec<usize>,
    /// The group somebody put them into, if so; others may have joined it.
    pub given: Option<u32>,
}

/// One text to be grouped.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The text to compare.
    pub text: &'a str,
    /// The group that somebody put it into: it stays there, and no two such groups are merged.
    pub given: Option<u32>,
}

/// Groups the texts that are alike from this likeness on, in percent; given groups first, in their order, then the
/// others by their lowest place. A text that is in no group is like none. Words are read in `language`
/// where a text does not tell its own.
#[must_use]
pub fn groups(texts: &[Text<'_>], likeness_percent: u8, language: Language) -> Vec<Group> {
    let readings = in_parallel(texts.len(), |range| {
        let mut reader = Reader::new(language);
        texts[range].iter().map(|text| reader.read(text.text)).collect()
    });
    let nodes = Nodes::of(texts, readings);
    let least = f32::from(likeness_percent) / 100.0;
    let neighbours = nodes.neighbours(least);
    Gathering::new(&nodes, &neighbours, least).gather()
}

/// Texts with nothing but order and endings between them are one node, under one given group.
struct Nodes {
    readings: Vec<Reading>,
    /// The texts of each, in order.
    texts: Vec<Vec<usize>>,
    given: Vec<Option<u32>>,
}

/// The other nodes that each is near-identical to, nearest first.
type Neighbours = Vec<Vec<(u32, f32)>>;

impl Nodes {
    fn of(texts: &[Text<'_>], readings: Vec<Reading>) -> Self {
        let mut nodes = Self { readings: Vec::new(), texts: Vec::new(), given: Vec::new() };
        let mut places = HashMap::<(Option<u32>, String), usize>::with_capacity(texts.len());
        for (text, (given, reading)) in texts.iter().map(|text| text.given).zip(readings).enumerate() {
            let essence = reading.essence();
            // A text that says nothing is like no other.
            let next = nodes.texts.len();
            let node =
                if essence.is_empty() { next } else { *places.entry((given, essence)).or_insert(next) };
            if node == next {
                nodes.readings.push(reading);
                nodes.texts.push(Vec::new());
                nodes.given.push(given);
            }
            nodes.texts[node].push(text);
        }
        nodes
    }

    fn neighbours(&self, least: f32) -> Neighbours {
        let features: Vec<Vec<Feature>> =
            in_parallel(self.readings.len(), |range| self.readings[range].iter().map(features).collect());
        let mut index = Index::default();
        for (number, features) in (0..).zip(&features) {
            index.add_features(number, features);
        }
        let candidates: Vec<Vec<u32>> = in_parallel(self.readings.len(), |range| {
            let mut scratch = Scratch::default();
            let of =
                |node| index.candidates_for(number(node), &features[node], EFFORT, &mut scratch).collect();
            range.map(of).collect()
        });
        let found: Vec<Vec<(u32, f32)>> = in_parallel(self.readings.len(), |range| {
            range.map(|node| self.near(node, &candidates, least)).collect()
        });
        let mut neighbours = found.clone();
        // A search sees its nearest only: what one side has seen holds for the other.
        for (node, list) in (0..).zip(&found) {
            for &(other, likeness) in list {
                neighbours[other as usize].push((node, likeness));
            }
        }
        for list in &mut neighbours {
            list.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        }
        neighbours
    }

    /// Which of its candidates are near-identical to this one; of two that are each other's candidates the lower
    /// one looks.
    fn near(&self, node: usize, candidates: &[Vec<u32>], least: f32) -> Vec<(u32, f32)> {
        let (reading, own) = (&self.readings[node], number(node));
        let is_mine = |other: &u32| own < *other || !candidates[*other as usize].contains(&own);
        let likeness = |other: u32| (other, reading.likeness(&self.readings[other as usize]));
        let worth_it = |other: &u32| reading.may_reach(&self.readings[*other as usize], least);
        let looked_at = candidates[node].iter().copied().filter(is_mine).filter(worth_it);
        looked_at.map(likeness).filter(|one| one.1 >= least).collect()
    }
}

fn number(node: usize) -> u32 {
    u32::try_from(node).expect("fewer than four billion texts")
}

/// Groups in the making.
struct Gathering<'a> {
    nodes: &'a Nodes,
    neighbours: &'a Neighbours,
    least: f32,
    taken: Vec<bool>,
    groups: Vec<Group>,
}

impl<'a> Gathering<'a> {
    fn new(nodes: &'a Nodes, neighbours: &'a Neighbours, least: f32) -> Self {
        Self { nodes, neighbours, least, taken: vec![false; nodes.texts.len()], groups: Vec::new() }
    }

    fn gather(mut self) -> Vec<Group> {
        self.gather_given();
        let given = self.groups.len();
        self.gather_stars();
        self.groups[given..].sort_by_key(|group| group.members[0]);
        self.groups
    }

    /// Gathers the given groups, each with the texts that are near-identical to one of its own.
    fn gather_given(&mut self) {
        let mut given: Vec<u32> = self.nodes.given.iter().flatten().copied().collect();
        given.sort_unstable();
        given.dedup();
        let mut members = vec![Vec::new(); given.len()];
        for node in 0..self.nodes.texts.len() {
            let nearest =
                || self.neighbours[node].iter().find_map(|&(other, _)| self.nodes.given[other as usize]);
            let group = self.nodes.given[node].or_else(nearest);
            if let Some(place) = group.and_then(|group| given.binary_search(&group).ok()) {
                self.taken[node] = true;
                members[place].push(node);
            }
        }
        for (group, nodes) in given.into_iter().zip(members) {
            let own = nodes.iter().copied().find(|&node| self.nodes.given[node] == Some(group));
            self.close(own.unwrap_or_default(), &nodes, Some(group));
        }
    }

    /// Gathers stars: the texts with the most texts around them first, each taking the free ones that are
    /// near to all it has.
    fn gather_stars(&mut self) {
        let size = |node: usize| self.nodes.texts[node].len();
        let around = |node: usize| {
            size(node) + self.neighbours[node].iter().map(|&(other, _)| size(other as usize)).sum::<usize>()
        };
        let mut order: Vec<usize> = (0..self.nodes.texts.len()).collect();
        order.sort_by_cached_key(|&node| (std::cmp::Reverse(around(node)), self.nodes.texts[node][0]));
        for centre in order {
            if self.taken[centre] {
                continue;
            }
            let mut star = vec![centre];
            for &(other, _) in &self.neighbours[centre] {
                let other = other as usize;
                if !self.taken[other] && star[1..].iter().all(|&member| self.are_near(member, other)) {
                    star.push(other);
                }
            }
            for &node in &star {
                self.taken[node] = true;
            }
            if star.len() > 1 || size(centre) > 1 {
                self.close(centre, &star, None);
            }
        }
    }

    fn are_near(&self, one: usize, other: usize) -> bool {
        self.nodes.readings[one].likeness(&self.nodes.readings[other]) >= self.least
    }

    fn close(&mut self, centre: usize, nodes: &[usize], given: Option<u32>) {
        let mut members: Vec<usize> =
            nodes.iter().flat_map(|&node| &self.nodes.texts[node]).copied().collect();
        members.sort_unstable();
        self.groups.push(Group { centre: self.nodes.texts[centre][0], members, given });
    }
}

/// The results of `work` for 0..`length`, in order, cut into one range a thread.
fn in_parallel<T: Send>(length: usize, work: impl Fn(Range<usize>) -> Vec<T> + Sync) -> Vec<T> {
    let available = thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
    let threads = available.min(length / TEXTS_PER_THREAD_MIN).max(1);
    let cut = |part: usize| length * part / threads;
    thread::scope(|scope| {
        let workers: Vec<_> = (1..threads)
            .map(|part| {
                let (work, range) = (&work, cut(part)..cut(part + 1));
                scope.spawn(move || work(range))
            })
            .collect();
        let mut made = work(0..cut(1));
        for worker in workers {
            made.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        made
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(texts: &[(&str, Option<u32>)]) -> Vec<Vec<usize>> {
        let texts: Vec<Text<'_>> = texts.iter().map(|&(text, given)| Text { text, given }).collect();
        groups(&texts, 83, Language::French).into_iter().map(|group| group.members).collect()
    }

    #[test]
    fn a_bridge_does_not_join_what_is_not_alike() {
        // Each is near its neighbours, the first and the last share too little.
        let chain = [
            "Rénover école gymnase piscine",
            "Rénover école gymnase piscine stade",
            "Rénover école gymnase piscine stade marché",
            "Rénover gymnase piscine stade marché théâtre",
        ];
        let found = grouped(&chain.map(|text| (text, None)));
        assert_eq!(found, [vec![1, 2]]);
    }

    #[test]
    fn those_who_meet_in_a_vague_text_stay_apart_if_they_conflict() {
        let texts = ["Les trains de nuit", "Maintenir les trains de nuit", "Plus de trains de nuit"];
        let found = grouped(&texts.map(|text| (text, None)));
        assert_eq!(found.len(), 1);
        assert!(!(found[0].contains(&1) && found[0].contains(&2)), "{found:?}");
    }

    #[test]
    fn given_groups_stay_as_they_are() {
        let texts = [
            ("Plus de trains", Some(4)),
            ("Plus de trains", Some(2)),
            ("Davantage de trains", None),
            ("Une piscine", None),
        ];
        assert_eq!(grouped(&texts), [vec![1], vec![0, 2]]);
        assert_eq!(grouped(&[]), Vec::<Vec<usize>>::new());
        assert_eq!(grouped(&[("", None), ("", None), ("…", None)]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn a_thousand_equal_texts_are_one_group() {
        let mut texts = vec![("Plus de pistes cyclables", None); 1_000];
        texts.extend([("Développer les pistes cyclables", None), ("Moins de pistes cyclables", None)]);
        let found = grouped(&texts);
        assert_eq!(found, [(0..1_001).collect::<Vec<_>>()]);
    }
}
