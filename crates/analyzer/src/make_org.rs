//! The scores and zones of Make.org, for comparison: point estimates, with the confidence it prints.
//!
//! Formulas and their symbols: docs/METHOD.md, "The make-org method".

use gd_domain::{Choice, Qualification};
use gd_report::{Score, Scores, Zone};

use crate::rounding::rounded_score;

/// Half of a score comes from all verified votes, half from those cast in sequences.
const SEQUENCE_WEIGHT: f64 = 0.5;
const VOTE_SMOOTHING: f64 = 0.33;
const QUALIFICATION_SMOOTHING: f64 = 0.01;

/// Counts of one proposal's votes and their qualifications.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountSet {
    /// Agree, disagree, neutral: index with [`Choice::index`].
    pub choices: [u64; 3],
    /// The nine qualifications: index with [`Qualification::index`].
    pub qualifications: [u64; 9],
}

impl CountSet {
    /// Votes in all: the m of the formulas, for qualifications too.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.choices.iter().sum()
    }
}

/// The scores of one proposal from its verified votes and from those cast in sequences; where the two
/// are not told apart, give the same set twice.
#[must_use]
pub fn make_org_scores(verified: &CountSet, sequence: &CountSet) -> Scores {
    let sets = Sets { verified, sequence };
    let [agree, disagree, neutral] = Choice::ALL.map(|choice| sets.choice(choice));
    let like_it = sets.qualification(Qualification::LikeIt);
    let doable = sets.qualification(Qualification::Doable);
    let no_way = sets.qualification(Qualification::NoWay);
    let impossible = sets.qualification(Qualification::Impossible);
    let platitude = sets
        .qualification(Qualification::PlatitudeAgree)
        .plus(sets.qualification(Qualification::PlatitudeDisagree));
    let praise = like_it.plus(doable);
    let blame = no_way.plus(impossible);
    Scores {
        top: agree.plus(praise).minus(blame).minus(platitude),
        controversy: agree.least(disagree).plus(like_it.least(no_way)),
        rejection: disagree.plus(blame).minus(praise).minus(platitude),
        agree,
        disagree,
        neutral,
        like_it,
        doable,
        no_way,
        impossible,
        platitude,
    }
}

/// The zone these scores fall in: point estimates, so a proposal with one vote has a zone too.
#[must_use]
pub fn make_org_zone(scores: &Scores) -> Zone {
    let (agree, disagree, neutral) = (scores.agree.score, scores.disagree.score, scores.neutral.score);
    if agree >= 0.6 || (neutral < 0.4 && disagree < 0.15) {
        Zone::Consensus
    } else if disagree >= 0.6 || (neutral < 0.4 && agree < 0.15) {
        Zone::Rejection
    } else if neutral >= 0.4 {
        Zone::Limbo
    } else {
        Zone::Controversy
    }
}

/// The scores to the digits that the report prints.
pub(crate) fn rounded_scores(scores: &Scores) -> Scores {
    let rounded = |score: Score| Score {
        score: rounded_score(score.score),
        confidence: rounded_score(score.confidence),
    };
    Scores {
        top: rounded(scores.top),
        controversy: rounded(scores.controversy),
        rejection: rounded(scores.rejection),
        agree: rounded(scores.agree),
        disagree: rounded(scores.disagree),
        neutral: rounded(scores.neutral),
        like_it: rounded(scores.like_it),
        doable: rounded(scores.doable),
        no_way: rounded(scores.no_way),
        impossible: rounded(scores.impossible),
        platitude: rounded(scores.platitude),
    }
}

struct Sets<'a> {
    verified: &'a CountSet,
    sequence: &'a CountSet,
}

impl Sets<'_> {
    fn choice(&self, choice: Choice) -> Score {
        self.score(|set| set.choices[choice.index()], VOTE_SMOOTHING)
    }

    fn qualification(&self, qualification: Qualification) -> Score {
        self.score(|set| set.qualifications[qualification.index()], QUALIFICATION_SMOOTHING)
    }

    fn score(&self, count: impl Fn(&CountSet) -> u64, smoothing: f64) -> Score {
        let verified = smoothed_rate(count(self.verified), smoothing, self.verified.total());
        let sequence = smoothed_rate(count(self.sequence), smoothing, self.sequence.total());
        Score {
            score: (1.0 - SEQUENCE_WEIGHT) * verified + SEQUENCE_WEIGHT * sequence,
            confidence: confidence(sequence, self.sequence.total()),
        }
    }
}

/// r(c, s, m) = min((c + s) / (m + 1), 1).
#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn smoothed_rate(count: u64, smoothing: f64, total: u64) -> f64 {
    ((count as f64 + smoothing) / (total as f64 + 1.0)).min(1.0)
}

/// 2·√(p′(1 − p′) / (n + 4)) with p′ = (n·r + 2) / (n + 4): the interval of Agresti and Coull (1998).
#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn confidence(rate: f64, total: u64) -> f64 {
    let n = total as f64;
    let p = (n * rate + 2.0) / (n + 4.0);
    2.0 * (p * (1.0 - p) / (n + 4.0)).sqrt()
}

/// Sums and minima of scores with their half-widths.
trait Combine {
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn least(self, other: Self) -> Self;
}

impl Combine for Score {
    fn plus(self, other: Self) -> Self {
        let squares = self.confidence * self.confidence + other.confidence * other.confidence;
        Self { score: self.score + other.score, confidence: squares.sqrt() }
    }

    fn minus(self, other: Self) -> Self {
        Self { score: self.score - other.score, ..self.plus(other) }
    }

    /// The smaller score with the larger confidence.
    fn least(self, other: Self) -> Self {
        Self { score: self.score.min(other.score), confidence: self.confidence.max(other.confidence) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_score(name: &str, found: Score, score: f64, confidence: f64) {
        assert!((found.score - score).abs() < 1e-9, "{name}: {found:?}");
        assert!((found.confidence - confidence).abs() < 1e-9, "{name}: {found:?}");
    }

    /// Agree with like it, doable, platitude; disagree with no way, impossible, platitude; neutral.
    fn set(agree: (u64, [u64; 3]), disagree: (u64, [u64; 3]), neutral: u64) -> CountSet {
        let mut qualifications = [0; 9];
        qualifications[..3].copy_from_slice(&agree.1);
        qualifications[3..6].copy_from_slice(&disagree.1);
        CountSet { choices: [agree.0, disagree.0, neutral], qualifications }
    }

    #[test]
    fn scores_match_where_verified_and_sequence_differ() {
        let sequence = set((83, [17, 28, 1]), (6, [0, 1, 3]), 24);
        let verified = set((85, [17, 29, 1]), (6, [0, 1, 3]), 24);
        let scores = make_org_scores(&verified, &sequence);
        assert_score("top", scores.top, 1.085_272_988_505_75, 0.147_083_961_694_131);
        assert_score("rejection", scores.rejection, -0.366_859_497_882_638, 0.130_517_119_469_599);
        assert_score("controversy", scores.controversy, 0.055_134_603_750_756_2, 0.107_091_650_406_154);
        assert_score("neutral", scores.neutral, 0.211_581_215_970_962, 0.076_993_077_635_929_8);
        assert_eq!(make_org_zone(&scores), Zone::Consensus);
    }

    #[test]
    fn scores_match_where_they_are_the_same() {
        let both = set((11, [4, 2, 2]), (1, [1, 0, 0]), 9);
        let scores = make_org_scores(&both, &both);
        assert_score("top", scores.top, 0.650_454_545_454_545, 0.388_908_334_735_123);
        assert_score("rejection", scores.rejection, -0.258_636_363_636_364, 0.359_810_455_519_05);
        assert_score("controversy", scores.controversy, 0.106_363_636_363_636, 0.261_873_399_227_834);
        assert_score("neutral", scores.neutral, 0.424_090_909_090_909, 0.198_367_012_853_523);
        assert_eq!(make_org_zone(&scores), Zone::Limbo);
    }

    #[test]
    fn zones_follow_the_point_estimates() {
        let zone = |agree, disagree, neutral| {
            let counts = set((agree, [0; 3]), (disagree, [0; 3]), neutral);
            make_org_zone(&make_org_scores(&counts, &counts))
        };
        assert_eq!(zone(700, 200, 100), Zone::Consensus);
        assert_eq!(zone(550, 100, 350), Zone::Consensus);
        assert_eq!(zone(200, 700, 100), Zone::Rejection);
        assert_eq!(zone(100, 550, 350), Zone::Rejection);
        assert_eq!(zone(300, 200, 500), Zone::Limbo);
        assert_eq!(zone(450, 350, 200), Zone::Controversy);
    }
}
