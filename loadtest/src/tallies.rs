//! Public tallies: read, awaited, and compared with what was acknowledged.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::bail;
use tokio::time::sleep;

use crate::contract::TalliesBody;
use crate::opinion::Counts;
use crate::reader::Reader;
use crate::voter::{Doubt, Vote, Voter};

/// Greatest age of tallies, with some room.
const AGE_MAX: Duration = Duration::from_millis(2_500);

/// Greatest number of readings of tallies that keep moving, before a run.
const READINGS_BEFORE_MAX: u32 = 8;

/// Counts of every proposal.
pub(crate) type Tallies = BTreeMap<u32, Counts>;

/// Tallies of before a run: read again until they stand still, so that the difference is the run's own.
pub(crate) async fn standing_still(reader: &Reader) -> anyhow::Result<Tallies> {
    let mut before = read(reader, 0).await?;
    for _ in 0..READINGS_BEFORE_MAX {
        if before.values().all(|counts| counts.ballots() == 0) {
            return Ok(before);
        }
        sleep(AGE_MAX).await;
        let later = read(reader, 0).await?;
        if later == before {
            return Ok(later);
        }
        before = later;
    }
    bail!("somebody else is voting: the tallies keep moving, so the load could not be told from other votes")
}

/// The tallies as the server of this place serves them now.
pub(crate) async fn read(reader: &Reader, place: usize) -> anyhow::Result<Tallies> {
    Ok(from_body(reader.tallies(place).await?))
}

fn from_body(body: TalliesBody) -> Tallies {
    let counts = body.proposals.into_iter().map(|tally| {
        let counts = Counts::by_word(|word| match word {
            "agree" => Some(tally.agree),
            "disagree" => Some(tally.disagree),
            "neutral" => Some(tally.neutral),
            qualification => tally.qualifications.get(qualification).copied(),
        });
        (tally.number, counts)
    });
    counts.collect()
}

/// The tallies expected: exact counts, but for votes of unknown outcome, which leave a margin.
pub(crate) struct Expected {
    /// The votes that count for certain.
    low: Tallies,
    /// With all that may count.
    high: Tallies,
}

impl Expected {
    /// The counts of before, plus the ballots that the voters were told stand.
    pub(crate) fn new<'a>(before: &Tallies, voters: impl Iterator<Item = &'a Voter>) -> Self {
        let mut expected = Self { low: before.clone(), high: before.clone() };
        voters.flat_map(|voter| &voter.votes).for_each(|vote| expected.add(vote));
        expected
    }

    fn add(&mut self, vote: &Vote) {
        let doubtful = match vote.doubt {
            Some(Doubt::Cast(opinion)) => Some(opinion),
            Some(Doubt::Retracted) | None => None,
        };
        for opinion in vote.acknowledged.into_iter().chain(doubtful) {
            self.high.entry(vote.proposal).or_default().add(opinion);
        }
        if let (Some(opinion), None) = (vote.acknowledged, vote.doubt) {
            self.low.entry(vote.proposal).or_default().add(opinion);
        }
    }

    /// The number of proposals compared.
    pub(crate) fn proposals(&self) -> usize {
        self.high.len()
    }

    /// Differences between these tallies and the expected ones, one sentence each.
    pub(crate) fn differences(&self, tallies: &Tallies) -> Vec<String> {
        let numbers = self.high.keys().chain(tallies.keys().filter(|number| !self.high.contains_key(number)));
        let differences = numbers.flat_map(|number| {
            let of = |tallies: &Tallies| tallies.get(number).copied().unwrap_or_default();
            let (low, high, counted) = (of(&self.low), of(&self.high), of(tallies));
            Counts::words().enumerate().filter_map(move |(place, word)| {
                let (low, high, counted) = (low[place], high[place], counted[place]);
                let wanted = if low == high { low.to_string() } else { format!("{low} to {high}") };
                let is_right = (low..=high).contains(&counted);
                (!is_right)
                    .then(|| format!("proposal {number}: {word} must count {wanted}, counts {counted}"))
            })
        });
        differences.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::Opinion;

    fn voter(acknowledged: Option<&str>, unknown: Option<&str>) -> Voter {
        let opinion = |choice: &str| Opinion::read(choice, &[]).unwrap();
        let (acknowledged, unknown) = (acknowledged.map(opinion), unknown.map(opinion));
        doubtful(acknowledged, unknown.map(Doubt::Cast))
    }

    fn doubtful(acknowledged: Option<Opinion>, doubt: Option<Doubt>) -> Voter {
        let mut voter = Voter::default();
        voter.votes.push(Vote { proposal: 7, key: "".into(), acknowledged, doubt });
        voter
    }

    fn tallies(agree: i64, disagree: i64) -> Tallies {
        let counts = Counts::by_word(|word| match word {
            "agree" => Some(agree),
            "disagree" => Some(disagree),
            _ => None,
        });
        Tallies::from([(7, counts)])
    }

    #[test]
    fn what_was_acknowledged_must_be_counted_on_top_of_what_was_there() {
        let expected = Expected::new(&tallies(10, 5), [voter(Some("agree"), None)].iter());
        assert_eq!(expected.differences(&tallies(11, 5)), Vec::<String>::new());
        assert_eq!(expected.differences(&tallies(10, 5)), ["proposal 7: agree must count 11, counts 10"]);
        assert_eq!(expected.differences(&tallies(12, 5)), ["proposal 7: agree must count 11, counts 12"]);
        assert_eq!(expected.differences(&Tallies::new()).len(), 2);
    }

    #[test]
    fn a_ballot_of_unknown_outcome_may_count_or_not() {
        let voters = [voter(Some("agree"), Some("disagree")), voter(None, Some("agree"))];
        let expected = Expected::new(&Tallies::new(), voters.iter());
        for counted in [tallies(1, 0), tallies(2, 0), tallies(0, 1), tallies(1, 1)] {
            assert_eq!(expected.differences(&counted), Vec::<String>::new());
        }
        assert_eq!(expected.differences(&tallies(3, 0)).len(), 1);
        assert_eq!(expected.differences(&tallies(0, 2)).len(), 1);
    }

    #[test]
    fn a_retraction_of_unknown_outcome_may_count_or_not() {
        let voter = doubtful(Opinion::read("agree", &[]), Some(Doubt::Retracted));
        let expected = Expected::new(&Tallies::new(), [voter].iter());
        for counted in [tallies(1, 0), tallies(0, 0)] {
            assert_eq!(expected.differences(&counted), Vec::<String>::new());
        }
        assert_eq!(expected.differences(&tallies(2, 0)).len(), 1);
    }

    #[test]
    fn votes_on_a_proposal_nobody_voted_on_are_a_difference() {
        let expected = Expected::new(&Tallies::new(), std::iter::empty());
        assert_eq!(expected.differences(&tallies(0, 1)), ["proposal 7: disagree must count 0, counts 1"]);
    }
}
