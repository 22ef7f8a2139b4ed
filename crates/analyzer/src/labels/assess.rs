//! Judges proposals by their counts: the likeliest label, the probability that it is wrong, whether it is claimed.
//! The same rule judges the votes of everybody and of each audience.

use gd_report::{ClaimRule, Claims, Dirichlet};
use rayon::prelude::*;

use crate::labels::claims::{claim, includes};
use crate::labels::label::Regions;
use crate::labels::posterior::{probability_more_disagree, region_probabilities};
use crate::labels::prior::{self, Priors};
use crate::labels::quick::{self, quick_probabilities, quick_probability};
use crate::rounding::rounded;
use crate::{Label, Method};

/// The likeliest label and the posterior probability that it is wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Judgement {
    pub(crate) likeliest: Label,
    /// Rounded as it is printed, so that claims do not hang on the last bit.
    pub(crate) error: f64,
    /// The posterior probability of consensus.
    pub(crate) consensus: f64,
    /// Whether the rule lets the label be claimed, were all others as sure.
    may_be_claimed: bool,
}

/// Judgements on a list of proposals, in its order.
#[derive(Clone, Debug)]
pub(crate) struct Assessment {
    pub(crate) judge: Judge,
    pub(crate) judgements: Vec<Judgement>,
    claimed: Vec<bool>,
    pub(crate) claims: Claims,
}

/// The label of one proposal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// The label claimed, or `undetermined`.
    pub label: Label,
    /// The likeliest label, claimed or not.
    pub likeliest: Label,
    /// Its posterior probability.
    pub confidence: f64,
}

/// The labels of proposals by nothing but their counts of agree, disagree and neutral, in their order: what a
/// report says of them, for those who have no ballots at hand.
#[must_use]
pub fn label_counts(counts: &[[u64; 3]], method: &Method) -> Vec<Verdict> {
    let assessment = assess(counts, method);
    let verdict = |(place, judgement): (usize, &Judgement)| Verdict {
        label: assessment.label(place),
        likeliest: judgement.likeliest,
        confidence: rounded(1.0 - judgement.error),
    };
    assessment.judgements.iter().enumerate().map(verdict).collect()
}

/// Judges proposals by their counts of agree, disagree and neutral. All of them shape the prior.
pub(crate) fn assess(counts: &[[u64; 3]], method: &Method) -> Assessment {
    judge_all(counts, method, Judge::judgement)
}

/// [`assess`] for those who ask for labels and nothing else: of proposals of which surely nothing is claimed, the
/// figures are quick ones.
pub(crate) fn assess_labels(counts: &[[u64; 3]], method: &Method) -> Assessment {
    judge_all(counts, method, |judge, counts| match judge.surely_no_claim(counts) {
        Some(judgement) => judgement,
        None => judge.judgement(counts),
    })
}

fn judge_all(
    counts: &[[u64; 3]],
    method: &Method,
    judgement: impl Fn(&Judge, [u64; 3]) -> Judgement + Sync,
) -> Assessment {
    let priors = prior::fit(counts, method.claim_rule);
    let judge = Judge { priors, regions: Regions::new(method.thresholds), rule: method.claim_rule };
    let mut distinct = counts.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let known: Vec<_> = distinct.par_iter().map(|&one| judgement(&judge, one)).collect();
    let of =
        |one: &[u64; 3]| known[distinct.binary_search(one).expect("all counts are among the distinct ones")];
    let judgements: Vec<Judgement> = counts.iter().map(of).collect();

    let doubt = judge.doubt_of_the_fit();
    let candidates: Vec<Option<f64>> = judgements
        .iter()
        .map(|judgement| judgement.may_be_claimed.then_some(judgement.error * doubt))
        .collect();
    let claims = claim(&candidates, method.claim_rule);
    let claimed =
        candidates.iter().map(|error| error.is_some_and(|error| includes(&claims, error))).collect();
    let claims =
        Claims { mean_error: rounded(claims.mean_error), error_max: rounded(claims.error_max), ..claims };
    Assessment { judge, judgements, claimed, claims }
}

impl Assessment {
    /// The label claimed of the proposal at this place, or `undetermined`.
    pub(crate) fn label(&self, place: usize) -> Label {
        if self.claimed[place] { self.judgements[place].likeliest } else { Label::Undetermined }
    }

    /// P(agree < disagree) after these counts.
    pub(crate) fn probability_more_disagree(&self, counts: [u64; 3]) -> f64 {
        probability_more_disagree(self.judge.priors.held.after(counts))
    }

    /// The rule of this consultation with its prior and its threshold as they are now.
    pub(crate) fn frozen(&self) -> Frozen<'_> {
        let rule = self.judge.rule;
        let doubt = self.judge.doubt_of_the_fit();
        // A label surer than the mean may be is always claimed, whatever the others are.
        let allowed = self.claims.error_max.max(f64::from(rule.mean_error_percent) / 100.0);
        Frozen { judge: &self.judge, error_max: (allowed / doubt).min(error_max(&rule)) }
    }
}

/// The claim rule of one consultation when its prior and threshold no longer move: the label of any counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frozen<'a> {
    pub(crate) judge: &'a Judge,
    /// Greatest local error claimed.
    pub(crate) error_max: f64,
}

impl Frozen<'_> {
    /// Whether counts like these would be claimed to be of this label.
    pub(crate) fn claims(&self, counts: [u64; 3], label: Label) -> bool {
        let judgement = self.judge.judgement(counts);
        // The greatest error of a report is read back rounded, so the comparison allows for it.
        judgement.likeliest == label
            && judgement.may_be_claimed
            && judgement.error <= self.error_max + ROUNDING
    }
}

const ROUNDING: f64 = 1e-8;

/// The judge of a proposal: equal counts get equal judgements.
#[derive(Clone, Debug)]
pub(crate) struct Judge {
    pub(crate) priors: Priors,
    pub(crate) regions: Regions,
    pub(crate) rule: ClaimRule,
}

impl Judge {
    fn judgement(&self, counts: [u64; 3]) -> Judgement {
        let probabilities = region_probabilities(self.priors.fitted.after(counts), &self.regions);
        let best = likeliest(&probabilities);
        let mut error = others(&probabilities, best);
        if self.priors.held != self.priors.fitted {
            error =
                error.max(others(&region_probabilities(self.priors.held.after(counts), &self.regions), best));
        }
        let error = rounded(error);
        let may_be_claimed =
            self.enough(counts) && error <= error_max(&self.rule) && self.own_votes_say(counts, best);
        Judgement {
            likeliest: Label::REGIONS[best],
            error,
            consensus: probabilities[Label::Consensus.index()],
            may_be_claimed,
        }
    }

    /// A judgement by quick probabilities, where even these leave no doubt that no label can be claimed.
    fn surely_no_claim(&self, counts: [u64; 3]) -> Option<Judgement> {
        let probabilities = quick_probabilities(self.priors.fitted.after(counts), &self.regions)?;
        let best = likeliest(&probabilities);
        let error = others(&probabilities, best);
        (!self.enough(counts) || error > error_max(&self.rule) + 2.0 * quick::ERROR_MAX).then(|| Judgement {
            likeliest: Label::REGIONS[best],
            error: rounded(error),
            consensus: probabilities[Label::Consensus.index()],
            may_be_claimed: false,
        })
    }

    /// Whether enough have voted for a claim.
    pub(crate) fn enough(&self, counts: [u64; 3]) -> bool {
        counts.iter().sum::<u64>() >= u64::from(self.rule.ballots_min.max(1))
    }

    /// Whether the proposal's own votes, without any other proposal's, point to the same label. Quick
    /// probabilities tell where the lead is clear, the exact ones elsewhere.
    fn own_votes_say(&self, counts: [u64; 3], best: usize) -> bool {
        let own = Dirichlet::JEFFREYS.after(counts);
        let alone = quick_probability(own, &self.regions, Label::REGIONS[best]);
        if alone.is_some_and(|alone| alone > 0.5 + quick::ERROR_MAX) {
            return true;
        }
        match quick_probabilities(own, &self.regions).map(|all| lead(&all, best)) {
            Some(lead) if lead.abs() > 2.0 * quick::ERROR_MAX => lead > 0.0,
            _ => likeliest(&region_probabilities(own, &self.regions)) == best,
        }
    }

    /// The factor by which a local error counts: 1 + `doubt_proposals` / K with a prior fitted to K proposals. The
    /// posterior takes the fit as known, and by luck it may be off.
    #[expect(clippy::cast_precision_loss, reason = "counts of proposals are far below 2^52")]
    fn doubt_of_the_fit(&self) -> f64 {
        let doubt = |proposals: usize| 1.0 + f64::from(self.rule.doubt_proposals) / proposals as f64;
        self.priors.proposals.map_or(1.0, doubt)
    }
}

/// The greatest probability of being wrong that a claim may have.
fn error_max(rule: &ClaimRule) -> f64 {
    f64::from(rule.error_percent) / 100.0
}

/// The lead of one probability over the greatest other.
fn lead(probabilities: &[f64; 5], place: usize) -> f64 {
    let others = probabilities.iter().enumerate().filter(|(other, _)| *other != place);
    probabilities[place] - others.map(|(_, probability)| *probability).fold(0.0, f64::max)
}

fn others(probabilities: &[f64; 5], best: usize) -> f64 {
    probabilities.iter().enumerate().filter(|(place, _)| *place != best).map(|(_, p)| p).sum()
}

/// The place of the likeliest label; of equals the first in the order of [`Label::REGIONS`].
fn likeliest(probabilities: &[f64; 5]) -> usize {
    let better = |best, place| if probabilities[place] > probabilities[best] { place } else { best };
    (1..probabilities.len()).fold(0, better)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::{generator, shares, votes};
    use rand::RngExt;
    use rand_chacha::ChaCha8Rng;
    use std::ops::RangeInclusive;

    /// Truths from publics, votes from the truths, claims from the votes: how many claims, how many wrong?
    struct Trial {
        /// Claims and wrong claims of each consultation.
        consultations: Vec<(f64, f64)>,
    }

    impl Trial {
        /// `rounds` consultations, each of the publics with so many proposals, of so many ballots.
        fn run(
            seed: u64,
            rounds: usize,
            publics: &[(Dirichlet, usize)],
            ballots: impl Fn(&mut ChaCha8Rng, usize) -> u64,
        ) -> Self {
            let method = Method::default();
            let regions = Regions::new(method.thresholds);
            let mut generator = generator(seed);
            let mut consultation = || {
                let mut truths = Vec::new();
                let mut counts = Vec::new();
                for (place, &(public, proposals)) in publics.iter().enumerate() {
                    for _ in 0..proposals {
                        let truth = shares(&mut generator, public);
                        let total = ballots(&mut generator, place);
                        truths.push(truth);
                        counts.push(votes(&mut generator, truth, total));
                    }
                }
                let assessment = assess(&counts, &method);
                let labels = (0..truths.len()).map(|place| assessment.label(place));
                let claims: Vec<_> =
                    labels.zip(&truths).filter(|(label, _)| *label != Label::Undetermined).collect();
                let wrong = claims.iter().filter(|(label, [a, d, _])| regions.at(*a, *d) != *label).count();
                (float(claims.len()), float(wrong))
            };
            Self { consultations: (0..rounds).map(|_| consultation()).collect() }
        }

        /// The share of all claims that is wrong, and its standard error: consultations are independent, claims
        /// within one are not.
        fn wrong(&self) -> (f64, f64) {
            let claims = self.claims();
            let share = self.consultations.iter().map(|(_, wrong)| wrong).sum::<f64>() / claims.max(1.0);
            let squares =
                self.consultations.iter().map(|(n, wrong)| (wrong - share * n).powi(2)).sum::<f64>();
            (share, squares.sqrt() / claims.max(1.0))
        }

        fn claims(&self) -> f64 {
            self.consultations.iter().map(|(claims, _)| claims).sum()
        }
    }

    fn float(count: usize) -> f64 {
        f64::from(u32::try_from(count).unwrap())
    }

    const WIDE: Dirichlet = Dirichlet { agree: 5.0, disagree: 1.5, neutral: 2.0 };
    const NARROW: Dirichlet = Dirichlet { agree: 30.0, disagree: 10.0, neutral: 8.0 };

    /// No more wrong claims than one in twenty, within two standard errors; and some claims to judge by.
    fn assert_true_to_its_word(name: &str, trial: &Trial, claims_min: f64) {
        let (wrong, error) = trial.wrong();
        println!("{name}: {} claims, {wrong:.4} ± {error:.4} wrong", trial.claims());
        assert!(trial.claims() >= claims_min, "{name}: {} claims", trial.claims());
        assert!(wrong <= 0.05 + 2.0 * error, "{name}: {wrong} ± {error} wrong");
    }

    #[test]
    fn claims_are_wrong_as_rarely_as_they_say_with_few_proposals() {
        for (name, public) in [("wide", WIDE), ("narrow", NARROW)] {
            for proposals in [30, 60] {
                let trial = |ballots: RangeInclusive<u64>| {
                    Trial::run(3, 6_000 / proposals, &[(public, proposals)], |generator, _| {
                        generator.random_range(ballots.clone())
                    })
                };
                let name = |ballots: &str| format!("{name}, {proposals} proposals of {ballots} votes");
                assert!(trial(5..=5).claims() < 0.5);
                assert_true_to_its_word(&name("30"), &trial(30..=30), 100.0);
                assert_true_to_its_word(&name("5 to 100"), &trial(5..=100), 400.0);
            }
        }
    }

    #[test]
    fn claims_are_wrong_as_rarely_as_they_say_with_many_proposals() {
        let mut claims_before = 0.0;
        for ballots in [10, 30, 100, 300] {
            let trial = Trial::run(2, 20, &[(WIDE, 200)], |_, _| ballots);
            assert_true_to_its_word(&format!("{ballots} votes"), &trial, claims_before + 1.0);
            claims_before = trial.claims();
        }
        assert!(claims_before > 2_600.0, "{claims_before} of 4,000 claimed at 300 ballots");
    }

    #[test]
    fn a_second_public_with_few_votes_is_not_judged_by_the_first() {
        let other = Dirichlet { agree: 2.0, disagree: 6.0, neutral: 2.0 };
        for few in [3, 12] {
            let trial = Trial::run(4, 15, &[(WIDE, 160), (other, 40)], |_, place| [80, few][place]);
            assert_true_to_its_word(&format!("two publics, {few} votes"), &trial, 1_000.0);
        }
    }

    #[test]
    fn what_its_few_voters_all_oppose_is_no_consensus_because_others_are() {
        let mut counts = vec![[40, 2, 3]; 40];
        counts.extend([[0, 5, 0], [0, 12, 0], [4, 0, 0], [10, 0, 0]]);
        let assessment = assess(&counts, &Method::default());
        let labels: Vec<Label> = (39..44).map(|place| assessment.label(place)).collect();
        let open = Label::Undetermined;
        assert_eq!(labels, [Label::Consensus, open, open, open, Label::Consensus]);
    }

    #[test]
    fn labels_alone_are_the_labels_of_the_whole_judgement() {
        let mut generator = generator(9);
        let mut count = |total: u64| {
            let truth = shares(&mut generator, WIDE);
            votes(&mut generator, truth, total)
        };
        let counts: Vec<[u64; 3]> = (0..600_u64).map(|place| count(5 + place % 120)).collect();
        let method = Method::default();
        let (whole, labels) = (assess(&counts, &method), assess_labels(&counts, &method));
        assert!((0..counts.len()).all(|place| whole.label(place) == labels.label(place)));
        assert_eq!(whole.claims, labels.claims);
        let claimed = (0..counts.len()).filter(|place| whole.label(*place) != Label::Undetermined).count();
        assert!((100..500).contains(&claimed), "{claimed}");
    }

    #[test]
    fn equal_counts_have_one_judgement_and_one_fate() {
        let mut counts: Vec<[u64; 3]> = (0..60).map(|n| [20 + n % 7, 3 + n % 5, 4]).collect();
        counts.extend(counts.clone());
        let assessment = assess(&counts, &Method::default());
        for place in 0..60 {
            assert_eq!(assessment.judgements[place], assessment.judgements[place + 60]);
            assert_eq!(assessment.label(place), assessment.label(place + 60));
        }
    }
}
