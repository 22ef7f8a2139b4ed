//! An inverted index of readings: which texts resemble one, without looking at all of them.
//!
//! Texts come and go one by one. A search walks the lists of its features from the rarest on and stops after a
//! fixed number of steps, so that its cost has a bound whatever was indexed.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::Reading;
use crate::common_ground::CommonGround;
use crate::features::{Feature, features};

/// Steps of one search for similar texts, and texts it looks at closely.
const SEARCH: Effort = Effort { steps_max: 150_000, candidates_max: 64, share_min: 0.0 };

/// Below this cosine a text is not called similar.
const SIMILARITY_MIN: f32 = 0.3;

/// The limits of a search.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Entries of lists walked: whole lists, from the shortest on, as long as they fit.
    pub(crate) steps_max: usize,
    /// Texts that come out at most.
    pub(crate) candidates_max: usize,
    /// They have at least this share of what the best has in common.
    pub(crate) share_min: f32,
}

/// Texts under the caller's numbers.
#[derive(Clone, Debug, Default)]
pub struct Index {
    slots: HashMap<u64, u32, BuildHasherDefault<AlreadyHashed>>,
    lists: Vec<List>,
    /// By place; a place is never used again, so that lists stay in order by growing at their end.
    entries: Vec<Option<Entry>>,
    /// By place, the inverse root of the number of features: apart, because a search needs it of every text it meets.
    shortness: Vec<f32>,
    /// The place of each number.
    places: HashMap<u32, u32>,
}

/// The places of the texts that have one feature, in order.
#[derive(Clone, Debug)]
struct List {
    strength: f32,
    places: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Entry {
    number: u32,
    /// The slots of its features, in order.
    slots: Box<[u32]>,
}

/// A text that resembles the one searched for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similar {
    /// The number that the caller gave the text.
    pub number: u32,
    /// The cosine of the two texts' features, each weighted by its rarity: 0 to 1.
    pub cosine: f32,
}

/// Memory that searches share, one at a time.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    scores: Vec<f32>,
    touched: Vec<u32>,
    best: Vec<(f32, u32)>,
}

impl Index {
    /// Texts in the index.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Adds a text, in the place of the one that had its number.
    ///
    /// # Panics
    /// Never: four billion texts do not fit into memory.
    pub fn add(&mut self, number: u32, reading: &Reading) {
        self.add_features(number, &features(reading));
    }

    pub(crate) fn add_features(&mut self, number: u32, features: &[Feature]) {
        self.remove(number);
        let place = u32::try_from(self.entries.len()).expect("fewer than four billion texts");
        let mut slots: Vec<u32> = features.iter().map(|feature| self.slot(*feature)).collect();
        slots.sort_unstable();
        for &slot in &slots {
            self.lists[slot as usize].places.push(place);
        }
        self.shortness.push(shortness(slots.len()));
        self.entries.push(Some(Entry { number, slots: slots.into() }));
        self.places.insert(number, place);
    }

    /// Takes a text out; nothing happens when it is not there.
    pub fn remove(&mut self, number: u32) {
        let Some(place) = self.places.remove(&number) else { return };
        let Some(entry) = self.entries[place as usize].take() else { return };
        for &slot in &entry.slots {
            let places = &mut self.lists[slot as usize].places;
            if let Ok(found) = places.binary_search(&place) {
                places.remove(found);
            }
        }
    }

    /// The texts most similar to this one, the most similar first, of equals the lower number; at most `limit`.
    #[must_use]
    pub fn similar(&self, reading: &Reading, limit: usize) -> Vec<Similar> {
        let (query, common_ground) = (features(reading), CommonGround::of(reading));
        let mut scratch = Scratch::default();
        let found = self.candidates(&query, SEARCH, &mut scratch);
        let similar = |place: u32| {
            let entry = self.entries[place as usize].as_ref()?;
            let has = |key| self.slots.get(&key).is_some_and(|slot| entry.slots.binary_search(slot).is_ok());
            if !common_ground.is_in(has) {
                return None;
            }
            let cosine = self.cosine(&query, entry);
            (cosine >= SIMILARITY_MIN).then_some(Similar { number: entry.number, cosine })
        };
        let mut similar: Vec<Similar> = found.into_iter().filter_map(similar).collect();
        similar.sort_by(|one, other| other.cosine.total_cmp(&one.cosine).then(one.number.cmp(&other.number)));
        similar.truncate(limit);
        similar
    }

    /// Numbers of texts that may resemble the text of this number with these features, itself aside.
    pub(crate) fn candidates_for(
        &self,
        number: u32,
        features: &[Feature],
        effort: Effort,
        scratch: &mut Scratch,
    ) -> impl Iterator<Item = u32> {
        let found = self.candidates(features, effort, scratch);
        let numbers = found.into_iter().filter_map(|place| self.entries[place as usize].as_ref());
        numbers.map(|entry| entry.number).filter(move |&other| other != number)
    }

    /// Places of the texts with the most in common for their length, as far as the effort goes.
    fn candidates(&self, query: &[Feature], effort: Effort, scratch: &mut Scratch) -> Vec<u32> {
        let mut lists: Vec<&List> = query.iter().filter_map(|feature| self.list(feature.key)).collect();
        lists.sort_by_key(|list| list.places.len());
        scratch.scores.resize(self.entries.len(), 0.0);
        let mut steps = 0;
        for list in lists {
            steps += list.places.len();
            if steps > effort.steps_max {
                break;
            }
            let weight = self.weight(list).powi(2);
            for &place in &list.places {
                let score = &mut scratch.scores[place as usize];
                if *score == 0.0 {
                    scratch.touched.push(place);
                }
                *score += weight;
            }
        }
        let Scratch { scores, touched, best } = scratch;
        let score = |place: u32| (scores[place as usize] * self.shortness[place as usize], place);
        best.clear();
        best.extend(touched.iter().map(|&place| score(place)));
        let kept = effort.candidates_max.min(best.len());
        let order =
            |one: &(f32, u32), other: &(f32, u32)| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1));
        if kept < best.len() {
            best.select_nth_unstable_by(kept, order);
            best.truncate(kept);
        }
        let least = effort.share_min * best.iter().map(|(score, _)| *score).fold(0.0, f32::max);
        best.retain(|(score, _)| *score >= least);
        for place in touched.drain(..) {
            scores[place as usize] = 0.0;
        }
        best.iter().map(|(_, place)| *place).collect()
    }

    fn cosine(&self, query: &[Feature], entry: &Entry) -> f32 {
        let (mut common, mut asked) = (0.0, 0.0);
        // A feature that no text here has tells none of them apart; while somebody types, the last word is
        // such.
        for feature in query {
            let Some(&slot) = self.slots.get(&feature.key) else { continue };
            let weight = self.weight(&self.lists[slot as usize]).powi(2);
            asked += weight;
            common += if entry.slots.binary_search(&slot).is_ok() { weight } else { 0.0 };
        }
        let own: f32 = entry.slots.iter().map(|&slot| self.weight(&self.lists[slot as usize]).powi(2)).sum();
        if common > 0.0 { common / (asked * own).sqrt() } else { 0.0 }
    }

    fn weight(&self, list: &List) -> f32 {
        list.strength * self.rarity(list.places.len().max(1))
    }

    /// The logarithm of how many texts there are for each that has the feature (Spärck Jones 1972).
    #[expect(clippy::cast_precision_loss, reason = "rarity is a matter of degree")]
    fn rarity(&self, texts: usize) -> f32 {
        (1.0 + self.len() as f32 / texts as f32).ln()
    }

    fn list(&self, key: u64) -> Option<&List> {
        self.slots.get(&key).map(|&slot| &self.lists[slot as usize])
    }

    fn slot(&mut self, feature: Feature) -> u32 {
        let next = u32::try_from(self.lists.len()).expect("fewer than four billion features");
        let slot = *self.slots.entry(feature.key).or_insert(next);
        if slot == next {
            self.lists.push(List { strength: feature.strength, places: Vec::new() });
        }
        slot
    }
}

#[expect(clippy::cast_precision_loss, reason = "a text has few features")]
fn shortness(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}

/// Features are hashes already.
#[derive(Clone, Debug, Default)]
struct AlreadyHashed(u64);

impl Hasher for AlreadyHashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        // FNV leaves its best bits at the low end; the table looks at both ends.
        self.0 = key ^ key.rotate_left(32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, Reader};

    fn index(texts: &[&str]) -> Index {
        let (mut index, mut reader) = (Index::default(), Reader::new(Language::French));
        for (number, text) in (0..).zip(texts) {
            index.add(number, &reader.read(text));
        }
        index
    }

    fn found(index: &Index, text: &str) -> Vec<u32> {
        let reading = Reader::new(Language::French).read(text);
        index.similar(&reading, 5).into_iter().map(|similar| similar.number).collect()
    }

    const TEXTS: [&str; 5] = [
        "Simplifier la déclaration mensuelle",
        "Un marché du soir sur la place",
        "Rouvrir les guichets de la gare",
        "Simplifier les courriers de l'administration",
        "Des trains de nuit vers Marseille",
    ];

    #[test]
    fn the_most_similar_text_comes_first() {
        let index = index(&TEXTS);
        assert_eq!(found(&index, "La declaration mensuelle, à simplifier").first(), Some(&0));
        assert_eq!(found(&index, "marché le soir"), [1]);
        assert_eq!(found(&index, "simplifer les couriers").first(), Some(&3));
        assert_eq!(found(&index, "Baisser la TVA"), Vec::<u32>::new());
        assert_eq!(found(&index, ""), Vec::<u32>::new());
    }

    #[test]
    fn what_is_taken_out_is_not_found_and_what_changes_is_found_as_it_is() {
        let mut index = index(&TEXTS);
        index.remove(1);
        index.remove(99);
        assert_eq!(found(&index, "marché du soir"), Vec::<u32>::new());
        index.add(2, &Reader::new(Language::French).read("Un marché du soir"));
        assert_eq!((found(&index, "marché du soir"), index.len()), (vec![2], 4));
        assert_eq!(found(&index, "les guichets de la gare"), Vec::<u32>::new());
    }
}
