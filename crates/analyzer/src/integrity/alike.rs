//! Participants whose ballots are all but the same, on all but the same proposals.
//!
//! Sets of ballots are found by min-wise hashes cut into bands (Broder 1997; Indyk & Motwani 1998), so the cost is
//! linear in the ballots; what meets in a bucket is compared in full with the first ones there.

use std::array;
use std::ops::Range;

use gd_report::Alike;
use rayon::prelude::*;

use super::rows::Rows;
use crate::partition;
use crate::rounding::rounded;

/// With fewer ballots people are alike by chance.
const BALLOTS_MIN: usize = 10;

/// Alike: of the ballots that either of two has, this part is the same in both.
const SAME_MIN: f64 = 0.9;

/// Fewer than this may be a family.
const PARTICIPANTS_MIN: usize = 5;

/// Like-minded people give the same answer to a proposal with this probability, or with the answer's share in the
/// whole consultation where that is greater.
const LIKE_MINDED: f64 = 0.85;

/// More than this many standard deviations above the expected are no chance.
const DEVIATIONS: f64 = 8.0;

/// Bands, and hashes per band: two sets that are 90 % the same share a band with probability 1 − (1 − 0.9⁵)⁴ = 0.97,
/// two that are half the same with 0.12.
const BANDS: usize = 4;
const BAND_HASHES: usize = 5;
/// Steps from the first hash of a ballot to its first hash in each band.
const LANES: [u32; BANDS] = [0, 1, 2, 3];
/// The part of those 90 % the same that share a given band: 0.9⁵.
const IN_ONE_BAND: f64 = 0.59;

/// Places for each key, in which keys are counted that may be alone.
const SLOTS_A_KEY: usize = 4;

/// Members of a bucket that others are compared with.
const LEADERS_MAX: usize = 8;

/// `places` are the published cards' places, `counts` their ballots.
pub(super) fn find(rows: &mut Rows<'_>, places: &[usize], counts: &[[u64; 3]]) -> Vec<Alike> {
    let people = People::of(rows, places, counts);
    let mut found: Vec<(Alike, Vec<u32>)> = Vec::new();
    let mut buckets_of_proposals = None;
    for cluster in people.clusters() {
        let buckets = buckets_of_proposals.get_or_insert_with(|| people.bucket_sizes());
        let alike = people.describe(&cluster, buckets);
        let many = float(alike.participants) > alike.expected + DEVIATIONS * alike.expected.sqrt();
        if many {
            found.push((alike, cluster));
        }
    }
    let rows_of: Vec<Range<usize>> =
        found.iter().flat_map(|(_, cluster)| cluster).map(|person| people.rows_of(*person)).collect();
    for row in rows_of.into_iter().flatten() {
        rows.suspicious[row] = rows.is_published(row);
    }
    let mut found: Vec<Alike> = found.into_iter().map(|(alike, _)| alike).collect();
    let order = |one: &Alike| (one.participants, one.ballots, one.ballots_least, one.same_proposals);
    found.sort_by(|one, other| order(other).cmp(&order(one)).then(one.expected.total_cmp(&other.expected)));
    found
}

/// The participants with ballots enough to be compared.
struct People<'a> {
    rows: &'a Rows<'a>,
    ranges: Vec<Range<usize>>,
    /// A number for each one's set of ballots, whatever the participant's number.
    names: Vec<u64>,
    /// Per card the share of each choice.
    shares: Vec<[f64; 3]>,
}

impl<'a> People<'a> {
    fn of(rows: &'a Rows<'a>, places: &[usize], counts: &[[u64; 3]]) -> Self {
        let mut shares = vec![[0.0; 3]; rows.published.len()];
        for (&place, counts) in places.iter().zip(counts) {
            let total = float(counts.iter().sum::<u64>().max(1));
            shares[place] = counts.map(|count| float(count) / total);
        }
        let columns = &rows.table.columns;
        let mut people = Self { rows, ranges: Vec::new(), names: Vec::new(), shares };
        let parts: Vec<_> = columns
            .parts()
            .into_par_iter()
            .map(|participants| {
                let ranges = participants.map(|participant| columns.rows_of(participant));
                ranges.filter_map(|range| Some((people.name(range.clone())?, range))).collect::<Vec<_>>()
            })
            .collect();
        (people.names, people.ranges) = parts.into_iter().flatten().unzip();
        people
    }

    /// A number for a set of ballots, if they are enough to be compared.
    fn name(&self, range: Range<usize>) -> Option<u64> {
        if range.len() < BALLOTS_MIN {
            return None;
        }
        let add = |(count, name): (usize, u64), (card, choice)| {
            (count + 1, name.wrapping_add(mixed(token(card, choice))))
        };
        let (count, name) = self.ballots(range).fold((0, 0), add);
        (count >= BALLOTS_MIN).then_some(name)
    }

    /// Card and choice of the ballots in these rows that are on published proposals, by card.
    fn ballots(&self, range: Range<usize>) -> impl Iterator<Item = (u32, usize)> + use<'_> {
        let columns = &self.rows.table.columns;
        range
            .filter(|row| self.rows.is_published(*row))
            .map(|row| (columns.proposal[row], columns.choice[row].index()))
    }

    fn rows_of(&self, person: u32) -> Range<usize> {
        self.ranges[person as usize].clone()
    }

    /// Sets of people alike, each of [`PARTICIPANTS_MIN`] or more.
    fn clusters(&self) -> Vec<Vec<u32>> {
        let mut sets = Sets::of(self.ranges.len());
        let keys = self.keys(token);
        let found: Vec<_> = (0..BANDS)
            .into_par_iter()
            .map(|band| {
                let keyed = self.keyed(&keys, band);
                let buckets = keyed.chunk_by(|one, next| one.0 == next.0).filter(|bucket| bucket.len() > 1);
                buckets.flat_map(|bucket| self.alike_in(bucket)).collect::<Vec<_>>()
            })
            .collect();
        for (one, other) in found.into_iter().flatten() {
            sets.join(one, other);
        }
        sets.all().into_iter().filter(|set| set.len() >= PARTICIPANTS_MIN).collect()
    }

    /// The keys of each person, one per band: the hashes of the set in that band, as one number. The n-th hash of a
    /// ballot is h₁ + n·h₂ (Kirsch & Mitzenmacher 2006); those of all bands are computed together, with vector
    /// instructions.
    fn keys(&self, token: impl Fn(u32, usize) -> u64 + Sync) -> Vec<[u64; BANDS]> {
        let keys_of = |range: &Range<usize>| {
            let mut least = [[i32::MAX; BANDS]; BAND_HASHES];
            for (card, choice) in self.ballots(range.clone()) {
                let (first, step) = halves(mixed(token(card, choice)));
                let step = step | 1;
                let mut hashes = LANES.map(|band| first.wrapping_add(step.wrapping_mul(band)));
                let step = step.wrapping_mul(LANES[BANDS - 1] + 1);
                for least in &mut least {
                    for (least, hash) in least.iter_mut().zip(&mut hashes) {
                        *least = (*least).min(hash.cast_signed());
                        *hash = hash.wrapping_add(step);
                    }
                }
            }
            let part = |key: u64, hash: i32| mixed(key ^ u64::from(hash.cast_unsigned()));
            array::from_fn(|band| least.iter().fold(0, |key, hashes| part(key, hashes[band])))
        };
        let parts: Vec<_> = partition::ranges(self.ranges.len())
            .into_par_iter()
            .map(|people| self.ranges[people].iter().map(keys_of).collect::<Vec<_>>())
            .collect();
        parts.concat()
    }

    /// Each person under their key in a band, those of one bucket together in the order of their names.
    fn keyed(&self, keys: &[[u64; BANDS]], band: usize) -> Vec<(u64, u64, u32)> {
        let names = keys.iter().zip(&self.names);
        let keyed = (0..).zip(names).map(|(person, (keys, name))| (keys[band], *name, person));
        let mut keyed = without_the_lonely(keyed, keys.len());
        keyed.sort_unstable();
        keyed
    }

    /// People of a bucket, each with the first one there whose ballots are all but the same.
    fn alike_in(&self, bucket: &[(u64, u64, u32)]) -> Vec<(u32, u32)> {
        let mut leaders: Vec<(u64, u32)> = Vec::new();
        let mut found = Vec::new();
        for &(_, name, person) in bucket {
            let alike = |leader: &&(u64, u32)| leader.0 == name || self.same(leader.1, person) >= SAME_MIN;
            match leaders.iter().find(alike) {
                Some(leader) => found.push((leader.1, person)),
                None if leaders.len() < LEADERS_MAX => leaders.push((name, person)),
                None => {}
            }
        }
        found
    }

    /// Jaccard similarity of two sets of ballots: |A ∩ B| / |A ∪ B|.
    fn same(&self, one: u32, other: u32) -> f64 {
        let (mut ours, mut theirs) =
            (self.ballots(self.rows_of(one)).peekable(), self.ballots(self.rows_of(other)).peekable());
        let (mut both, mut either) = (0, 0);
        while let (Some(our), Some(their)) = (ours.peek(), theirs.peek()) {
            let (our, their) = (*our, *their);
            either += 1;
            both += usize::from(our == their);
            if our <= their {
                ours.next();
            }
            if their <= our {
                theirs.next();
            }
        }
        size(both) / size((either + ours.count() + theirs.count()).max(1))
    }

    /// People who share a bucket with each person by the proposals they voted on, in the fullest of the buckets.
    fn bucket_sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0; self.ranges.len()];
        let keys = self.keys(|card, _| token(card, 3));
        for band in 0..BANDS {
            let keyed = self.keyed(&keys, band);
            for bucket in keyed.chunk_by(|one, next| one.0 == next.0) {
                for (_, _, person) in bucket {
                    let size = &mut sizes[*person as usize];
                    *size = bucket.len().max(*size);
                }
            }
        }
        sizes
    }

    fn describe(&self, cluster: &[u32], buckets: &[usize]) -> Alike {
        let first =
            *cluster.iter().min_by_key(|person| self.names[**person as usize]).expect("no cluster is empty");
        let sizes = || cluster.iter().map(|person| self.ballots(self.rows_of(*person)).count() as u64);
        let chance: f64 = self
            .ballots(self.rows_of(first))
            .map(|(card, choice)| self.shares[card as usize][choice].max(LIKE_MINDED))
            .product();
        let same_proposals = buckets[first as usize].max(cluster.len());
        Alike {
            participants: cluster.len() as u64,
            ballots_least: sizes().min().unwrap_or(0),
            ballots: sizes().sum(),
            same_proposals: same_proposals as u64,
            expected: rounded((size(same_proposals) / IN_ONE_BAND * chance).max(1e-3)),
        }
    }
}

/// Drops most people who are alone under their key: of millions few share one, and only these need sorting.
fn without_the_lonely(
    keyed: impl Iterator<Item = (u64, u64, u32)> + Clone,
    count: usize,
) -> Vec<(u64, u64, u32)> {
    let slots = (count * SLOTS_A_KEY).next_power_of_two();
    let slot = |key: u64| usize::try_from(key).map_or(0, |key| key & (slots - 1));
    let mut seen = vec![0_u8; slots];
    for (key, ..) in keyed.clone() {
        let seen = &mut seen[slot(key)];
        *seen = seen.saturating_add(1);
    }
    keyed.filter(|(key, ..)| seen[slot(*key)] > 1).collect()
}

/// A ballot as a number; 3 stands for any choice.
fn token(card: u32, choice: usize) -> u64 {
    u64::from(card) * 4 + choice as u64
}

/// Steele, Lea & Flood's finalizer (2014): every bit of the answer depends on every bit of the number.
fn mixed(number: u64) -> u64 {
    let z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The upper and the lower half of a number.
#[expect(clippy::cast_possible_truncation, reason = "which cuts it in two")]
fn halves(number: u64) -> (u32, u32) {
    ((number >> 32) as u32, number as u32)
}

/// Disjoint sets of people, joined two by two.
struct Sets {
    parent: Vec<u32>,
}

impl Sets {
    fn of(people: usize) -> Self {
        Self { parent: (0..u32::try_from(people).unwrap_or(u32::MAX)).collect() }
    }

    fn root(&mut self, mut person: u32) -> u32 {
        while self.parent[person as usize] != person {
            let above = self.parent[self.parent[person as usize] as usize];
            self.parent[person as usize] = above;
            person = above;
        }
        person
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        self.parent[one.max(other) as usize] = one.min(other);
    }

    /// The sets of two or more.
    fn all(mut self) -> Vec<Vec<u32>> {
        let people = u32::try_from(self.parent.len()).unwrap_or(u32::MAX);
        let mut rooted: Vec<(u32, u32)> = (0..people).map(|person| (self.root(person), person)).collect();
        rooted.sort_unstable();
        let sets = rooted.chunk_by(|one, next| one.0 == next.0).filter(|set| set.len() > 1);
        sets.map(|set| set.iter().map(|one| one.1).collect()).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}

fn size(count: usize) -> f64 {
    float(count as u64)
}
