//! One trial: true shares, votes drawn from them, claims made on the votes, and how many are right.

use gd_analyzer::{
    CountSet, Counts, Label, Method, VoteTable, Zone, analyze, label_counts, make_org_scores, make_org_zone,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Agree, disagree and neutral shares.
pub(crate) type Truth = [f64; 3];

/// The source of true shares: a folder is drawn, then one of its proposals.
pub(crate) struct Pool<'a> {
    pub(crate) folders: Vec<&'a [Truth]>,
}

/// The spread of votes over the proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Design {
    /// Each proposal gets the same number.
    Fixed,
    /// Serving depends on the votes so far; the number is the mean.
    Adaptive,
}

/// The rule that reads the votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The labels of a report.
    Calibrated,
    /// The zones of Make.org, held against the zones of the true shares.
    MakeOrg,
    /// An oracle that knows from which true shares each proposal was drawn: nobody claims more at the same error.
    Oracle,
}

/// The shares of the published proposals that have so many votes: they stand for true ones.
pub(crate) fn well_voted(table: &VoteTable, votes_min: u64) -> Vec<Truth> {
    let report = analyze(table, &Method::default());
    let shares = |counts: Counts| {
        [counts.agree, counts.disagree, counts.neutral].map(|count| float(count) / float(counts.total()))
    };
    let counts = report.proposals.iter().map(|proposal| proposal.counts);
    counts.filter(|counts| counts.total() >= votes_min).map(shares).collect()
}

/// The outcome of one consultation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome {
    proposals: f64,
    claims: f64,
    wrong: f64,
    /// Proposals truly of the label, and those of them found.
    consensus: (f64, f64),
    controversy: (f64, f64),
}

/// The outcomes of many consultations.
#[derive(Default)]
pub(crate) struct Trial {
    outcomes: Vec<Outcome>,
}

impl Trial {
    /// The share of all claims that is wrong, and its standard error: consultations are independent, claims
    /// within one are not.
    pub(crate) fn wrong(&self) -> (f64, f64) {
        let claims = self.sum(|one| one.claims).max(1.0);
        let share = self.sum(|one| one.wrong) / claims;
        let squares = self.sum(|one| (one.wrong - share * one.claims).powi(2));
        (share, squares.sqrt() / claims)
    }

    /// The share of true labels that were found: consensus, controversy.
    pub(crate) fn power(&self) -> (f64, f64) {
        let share = |part: fn(&Outcome) -> (f64, f64)| {
            self.sum(|one| part(one).1) / self.sum(|one| part(one).0).max(1.0)
        };
        (share(|one| one.consensus), share(|one| one.controversy))
    }

    /// The share of all proposals that were claimed.
    pub(crate) fn claimed(&self) -> f64 {
        self.sum(|one| one.claims) / self.sum(|one| one.proposals).max(1.0)
    }

    fn sum(&self, part: impl Fn(&Outcome) -> f64) -> f64 {
        self.outcomes.iter().map(part).sum()
    }
}

/// `rounds` consultations of `proposals` each, of `votes` a proposal in the mean, judged by each rule.
pub(crate) fn run(
    pool: &Pool<'_>,
    (seed, rounds, proposals): (u64, usize, usize),
    votes: u64,
    design: Design,
    rules: &[Rule],
) -> Vec<Trial> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let method = Method::default();
    let mut trials: Vec<Trial> = rules.iter().map(|_| Trial::default()).collect();
    for _ in 0..rounds {
        let truths: Vec<Truth> = (0..proposals).map(|_| pool.draw(&mut generator)).collect();
        let counts = match design {
            Design::Fixed => truths.iter().map(|truth| drawn(&mut generator, *truth, votes)).collect(),
            Design::Adaptive => served(&mut generator, &truths, votes, &method),
        };
        for (trial, rule) in trials.iter_mut().zip(rules) {
            trial.outcomes.push(judge(*rule, pool, &truths, &counts, &method));
        }
    }
    trials
}

impl Pool<'_> {
    fn draw(&self, generator: &mut ChaCha8Rng) -> Truth {
        let folder = self.folders[generator.random_range(0..self.folders.len())];
        folder[generator.random_range(0..folder.len())]
    }
}

fn judge(rule: Rule, pool: &Pool<'_>, truths: &[Truth], counts: &[[u64; 3]], method: &Method) -> Outcome {
    let said: Vec<Label> = match rule {
        Rule::Calibrated => label_counts(counts, method).iter().map(|verdict| verdict.label).collect(),
        Rule::MakeOrg => counts.iter().map(|one| of_zone(zone(*one))).collect(),
        Rule::Oracle => oracle(pool, counts, method),
    };
    let mut outcome = Outcome { proposals: float(truths.len() as u64), ..Outcome::default() };
    for (label, truth) in said.into_iter().zip(truths) {
        let right = match rule {
            Rule::MakeOrg => of_zone(zone(truth.map(|share| whole(share * 1e9)))),
            Rule::Calibrated | Rule::Oracle => method.thresholds.label_at(truth[0], truth[1]),
        };
        let claimed = label != Label::Undetermined;
        outcome.claims += f64::from(u8::from(claimed));
        outcome.wrong += f64::from(u8::from(claimed && label != right));
        for (of, sums) in
            [(Label::Consensus, &mut outcome.consensus), (Label::Controversy, &mut outcome.controversy)]
        {
            sums.0 += f64::from(u8::from(right == of));
            sums.1 += f64::from(u8::from(right == of && label == of));
        }
    }
    outcome
}

fn zone(choices: [u64; 3]) -> Zone {
    let set = CountSet { choices, qualifications: [0; 9] };
    make_org_zone(&make_org_scores(&set, &set))
}

fn of_zone(zone: Zone) -> Label {
    match zone {
        Zone::Consensus => Label::Consensus,
        Zone::Controversy => Label::Controversy,
        Zone::Rejection => Label::Rejection,
        Zone::Limbo => Label::Indifference,
    }
}

/// Bayes' rule over the pool's own truths, then the claim rule.
fn oracle(pool: &Pool<'_>, counts: &[[u64; 3]], method: &Method) -> Vec<Label> {
    let judged: Vec<(Label, f64)> = counts.iter().map(|one| pool.likeliest(*one, method)).collect();
    let mut errors: Vec<f64> = judged.iter().map(|(_, error)| *error).filter(|error| *error <= 0.2).collect();
    errors.sort_by(f64::total_cmp);
    let (mut sum, mut claimed, mut greatest) = (0.0, 0.0, -1.0);
    for error in errors {
        (sum, claimed) = (sum + error, claimed + 1.0);
        if sum / claimed <= 0.05 {
            greatest = error;
        }
    }
    let label = |(label, error)| if error <= greatest { label } else { Label::Undetermined };
    judged.into_iter().map(label).collect()
}

impl Pool<'_> {
    fn likeliest(&self, counts: [u64; 3], method: &Method) -> (Label, f64) {
        let votes = counts.map(float);
        let ln = |truth: &Truth| (0..3).map(|k| votes[k] * truth[k].max(1e-9).ln()).sum::<f64>();
        let truths = || self.folders.iter().flat_map(|folder| folder.iter().map(|one| (one, folder.len())));
        let greatest = truths().map(|(truth, _)| ln(truth)).fold(f64::NEG_INFINITY, f64::max);
        let mut weights = [0.0; 6];
        for (truth, of) in truths() {
            let label = method.thresholds.label_at(truth[0], truth[1]);
            weights[label.index()] += (ln(truth) - greatest).exp() / float(of as u64);
        }
        let best = (0..6).fold(0, |best, place| if weights[place] > weights[best] { place } else { best });
        (Label::ALL[best], 1.0 - weights[best] / weights.iter().sum::<f64>())
    }
}

/// Steps in which served votes arrive, the numbers of votes growing by equal parts.
const STEPS: u32 = 10;

/// The part of a step's votes that goes to the proposals with fewest.
const FEWEST_PERCENT: usize = 30;

/// Serving that looks at the votes: three in ten go to the proposals with fewest, the others to those whose
/// label is open and which, in a draw from what is known of them, come nearest to a consensus or controversy.
fn served(generator: &mut ChaCha8Rng, truths: &[Truth], votes: u64, method: &Method) -> Vec<[u64; 3]> {
    let mut counts: Vec<[u64; 3]> =
        truths.iter().map(|truth| drawn(generator, *truth, votes.min(3))).collect();
    let mut given = votes.min(3);
    for step in 1..=STEPS {
        let wanted = 3 + (votes.saturating_sub(3)) * u64::from(step) / u64::from(STEPS);
        let batch = usize::try_from(wanted - given).unwrap_or(usize::MAX) * truths.len();
        given = wanted;
        let open: Vec<bool> =
            label_counts(&counts, method).iter().map(|one| one.label == Label::Undetermined).collect();
        let mut fewest: Vec<usize> = (0..truths.len()).collect();
        fewest.sort_by_key(|place| counts[*place].iter().sum::<u64>());
        let mut wished: Vec<(f64, usize)> =
            (0..truths.len()).map(|place| (wish(generator, counts[place], open[place]), place)).collect();
        wished.sort_by(|one, other| other.0.total_cmp(&one.0));
        let to_fewest = batch * FEWEST_PERCENT / 100;
        serve(generator, truths, &mut counts, fewest[..truths.len() / 2].iter().copied(), to_fewest);
        let leading = wished[..truths.len() / 4].iter().map(|(_, place)| *place);
        serve(generator, truths, &mut counts, leading, batch - to_fewest);
    }
    counts
}

/// Deals so many votes to these proposals in turn.
fn serve(
    generator: &mut ChaCha8Rng,
    truths: &[Truth],
    counts: &mut [[u64; 3]],
    places: impl Iterator<Item = usize> + Clone,
    votes: usize,
) {
    for place in places.cycle().take(votes) {
        let one = drawn(generator, truths[place], 1);
        counts[place] = [0, 1, 2].map(|k| counts[place][k] + one[k]);
    }
}

/// Thompson's draw, by the bell curve around the shares so far.
fn wish(generator: &mut ChaCha8Rng, counts: [u64; 3], open: bool) -> f64 {
    let total = float(counts.iter().sum::<u64>()) + 1.5;
    let mut draw = |count: u64| {
        let share = (float(count) + 0.5) / total;
        let (u, v): (f64, f64) = (generator.random(), generator.random());
        let normal = (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos();
        share + normal * (share * (1.0 - share) / total).sqrt()
    };
    let (agree, disagree) = (draw(counts[0]), draw(counts[1]));
    agree.max(2.0 * agree.min(disagree)) + if open { 1.0 } else { 0.0 }
}

fn drawn(generator: &mut ChaCha8Rng, truth: Truth, votes: u64) -> [u64; 3] {
    let mut counts = [0; 3];
    for _ in 0..votes {
        let place = generator.random::<f64>();
        counts[usize::from(place >= truth[0]) + usize::from(place >= truth[0] + truth[1])] += 1;
    }
    counts
}

#[expect(clippy::cast_precision_loss, reason = "counts of votes are far below 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of votes")]
fn whole(number: f64) -> u64 {
    number.round() as u64
}
