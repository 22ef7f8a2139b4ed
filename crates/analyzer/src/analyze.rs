//! From a vote table to a report: counts, then what they say, then what they cannot say.

use std::collections::BTreeMap;

use gd_domain::{ModerationStatus, Slug};

use crate::digest::digest;
use crate::integrity::integrity;
use crate::interval::Intervals;
use crate::labels::assess::{Assessment, assess};
use crate::labels::outlook::{Outlook, outlooks, settled_shares};
use crate::labels::prior::Priors;
use crate::limits::limits;
use crate::make_org::CountSet;
use crate::report::{Analysed, AudienceResult, Counts, Input, Prior, ProposalResult};
use crate::rounding::rounded;
use crate::tallies::Tallies;
use crate::{
    ClaimRule, Label, Method, MethodKind, Report, Scores, VoteTable, Zone, make_org_scores, make_org_zone,
};

/// What fewer people of an audience say of a proposal is not in the report.
pub(crate) const PEOPLE_SHOWN_MIN: u64 = 5;

/// What the votes say. The same table in any order of its rows and numbering of its participants gives,
/// with the same method, the same bytes.
#[must_use]
pub fn analyze(table: &VoteTable, method: &Method) -> Report {
    let scope = Scope::of(table);
    let counts = scope.counts();
    let overall = assess(&counts, method);
    let outlooks = outlooks(&overall, &counts, method);
    let audiences = scope.audiences(method);
    let proposals = describe(table, &scope, (&overall, &outlooks), &audiences, method);
    let mut report = Report {
        consultation: String::new(),
        method: method.kind,
        seed: method.seed,
        input: Input {
            ballots: table.ballot_count(),
            participants: table.participant_count(),
            proposals: table.cards().len(),
            digest: digest(table),
        },
        analysed: analysed(table, &proposals),
        thresholds: method.thresholds,
        claim_rule: method.claim_rule,
        prior: printed(overall.judge.priors),
        claims: overall.claims,
        settles: settled_shares(&outlooks),
        labels: Label::ALL.map(|label| (label, of_label(&proposals, label))).into(),
        zones: (method.kind == MethodKind::MakeOrg)
            .then(|| Zone::ALL.map(|zone| (zone, of_zone(&proposals, zone))).into()),
        proposals,
        integrity: integrity(table, &scope.published, &counts, &overall, method),
        limits: Vec::new(),
    };
    report.limits = limits(&report, &audiences);
    report
}

/// The published cards by their place in the table, with the counts of all cards.
struct Scope {
    published: Vec<usize>,
    tallies: Tallies,
}

/// One audience with a ballot on any published proposal.
pub(crate) struct Audience {
    pub(crate) id: Slug,
    /// Agree, disagree, neutral per published proposal.
    pub(crate) counts: Vec<[u64; 3]>,
    pub(crate) assessment: Assessment,
}

impl Scope {
    fn of(table: &VoteTable) -> Self {
        let is_published = |place: &usize| table.cards()[*place].status == ModerationStatus::Published;
        let published = (0..table.cards().len()).filter(is_published).collect();
        Self { published, tallies: Tallies::of(table) }
    }

    fn counts(&self) -> Vec<[u64; 3]> {
        self.published.iter().map(|&place| self.tallies.cards[place].choices).collect()
    }

    fn audiences(&self, method: &Method) -> Vec<Audience> {
        let read = |(id, cells): &(Slug, Vec<[u64; 3]>)| {
            let counts: Vec<[u64; 3]> = self.published.iter().map(|&place| cells[place]).collect();
            let speaks = counts.iter().any(|cell| *cell != [0; 3]);
            speaks.then(|| {
                let assessment = assess(&counts, method);
                Audience { id: id.clone(), counts, assessment }
            })
        };
        self.tallies.audiences.iter().filter_map(read).collect()
    }
}

fn describe(
    table: &VoteTable,
    scope: &Scope,
    (overall, outlooks): (&Assessment, &[Outlook]),
    audiences: &[Audience],
    method: &Method,
) -> Vec<ProposalResult> {
    let (mut intervals, rule) = (Intervals::default(), method.claim_rule);
    let describe_one = |(row, &place): (usize, &usize)| {
        let (card, set) = (&table.cards()[place], &scope.tallies.cards[place]);
        let judgement = overall.judgements[row];
        let label = overall.label(row);
        let consensus = label == Label::Consensus;
        let scores = (method.kind == MethodKind::MakeOrg).then(|| make_org(set));
        ProposalResult {
            number: card.number,
            text: card.text.clone(),
            theme: card.theme.clone(),
            counts: set.choices.into(),
            shares: intervals.shares(set.choices),
            label,
            likeliest: judgement.likeliest,
            confidence: rounded(1.0 - judgement.error),
            settles: outlooks[row].settles(),
            further_votes: outlooks[row].further_votes(),
            fragility: outlooks[row].fragility(),
            by_audience: by_audience(audiences, row, &mut intervals),
            opposed_by: named(audiences, |audience| consensus && audience.opposes(row, rule)),
            not_shared_by: named(audiences, |audience| consensus && !audience.may_share(row, rule)),
            too_few_to_tell: named(audiences, |audience| consensus && !audience.is_shown(row)),
            scores: scores.map(Scores::rounded),
            zone: scores.as_ref().filter(|_| set.choices != [0; 3]).map(make_org_zone),
        }
    };
    scope.published.iter().enumerate().map(describe_one).collect()
}

/// All standing ballots are verified, and the ledger's channels do not tell Make.org's two sets apart
/// (an import has one channel), so both are the same.
fn make_org(set: &CountSet) -> Scores {
    make_org_scores(set, set)
}

fn by_audience(
    audiences: &[Audience],
    row: usize,
    intervals: &mut Intervals,
) -> BTreeMap<Slug, AudienceResult> {
    let shown = audiences.iter().filter(|audience| audience.is_shown(row));
    let mut describe_one = |audience: &Audience| AudienceResult {
        counts: audience.counts[row].into(),
        shares: intervals.shares(audience.counts[row]),
        label: audience.assessment.label(row),
    };
    shown.map(|audience| (audience.id.clone(), describe_one(audience))).collect()
}

fn named(audiences: &[Audience], condition: impl Fn(&Audience) -> bool) -> Vec<Slug> {
    audiences.iter().filter(|audience| condition(audience)).map(|audience| audience.id.clone()).collect()
}

impl Audience {
    pub(crate) fn is_shown(&self, row: usize) -> bool {
        self.counts[row].iter().sum::<u64>() >= PEOPLE_SHOWN_MIN
    }

    /// It rather disagrees.
    fn opposes(&self, row: usize, rule: ClaimRule) -> bool {
        let opposed = self.assessment.probability_more_disagree(self.counts[row]);
        self.is_shown(row) && opposed > f64::from(rule.opposed_percent) / 100.0
    }

    /// Its own votes leave it possible that it shares a consensus, or are too few to be shown.
    fn may_share(&self, row: usize, rule: ClaimRule) -> bool {
        let claims_another = !matches!(self.assessment.label(row), Label::Consensus | Label::Undetermined);
        let unlikely =
            self.assessment.judgements[row].consensus <= f64::from(rule.not_shared_percent) / 100.0;
        !self.is_shown(row) || !(claims_another || unlikely)
    }
}

fn analysed(table: &VoteTable, proposals: &[ProposalResult]) -> Analysed {
    let sum = |part: fn(&Counts) -> u64| proposals.iter().map(|proposal| part(&proposal.counts)).sum();
    let counts = Counts {
        agree: sum(|counts| counts.agree),
        disagree: sum(|counts| counts.disagree),
        neutral: sum(|counts| counts.neutral),
    };
    let columns = &table.columns;
    let published =
        |row: &usize| table.cards()[columns.proposal[*row] as usize].status == ModerationStatus::Published;
    // Rows are in the order of participants, so a participant is new where the number changes.
    let mut participants = 0;
    let mut latest = None;
    for row in (0..columns.len()).filter(published) {
        participants += usize::from(latest != Some(columns.participant[row]));
        latest = Some(columns.participant[row]);
    }
    Analysed { ballots: counts.total(), participants, proposals: proposals.len(), counts }
}

fn of_label(proposals: &[ProposalResult], label: Label) -> usize {
    proposals.iter().filter(|proposal| proposal.label == label).count()
}

fn of_zone(proposals: &[ProposalResult], zone: Zone) -> usize {
    proposals.iter().filter(|proposal| proposal.zone == Some(zone)).count()
}

fn printed(priors: Priors) -> Prior {
    Prior { weights: priors.fitted, held: priors.held, fitted: priors.proposals.is_some() }
}
