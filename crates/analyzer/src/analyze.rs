//! From a vote table to a report: counts, then what they say, then what they cannot say.

use gd_domain::{ModerationStatus, Slug};
use gd_report::{
    AnalysedInput, Counts, GroupResult, Input, MethodKind, Prior, ProposalResult, Report, Scores, Zone,
};

use crate::audience::{Audience, by_audience, named, withhold};
use crate::digest::digest;
use crate::exposure::exposure;
use crate::ideas::Ideas;
use crate::integrity::integrity;
use crate::interval::Intervals;
use crate::labels::assess::{Assessment, assess, assess_labels};
use crate::labels::outlook::{Outlook, outlooks, settled_shares};
use crate::labels::prior::Priors;
use crate::limits::limits;
use crate::make_org::{CountSet, rounded_scores};
use crate::opinion::{self, ColumnCounts, Opinions};
use crate::rounding::rounded;
use crate::shortlist::shortlist;
use crate::tallies::Tallies;
use crate::{Label, Method, VoteTable, make_org_scores, make_org_zone};

/// Analyses a table: counts, labels, ideas, groups, shortlist, signs and limits. The bytes of the report depend on
/// neither the order of the rows nor the numbering of the participants.
#[must_use]
pub fn analyze(table: &VoteTable, method: &Method) -> Report {
    let scope = Scope::of(table, method);
    let counts = scope.counts();
    // Texts ask nothing of votes until their ideas are counted: what one leaves of the processors the other takes.
    let (judged, (ideas, digest)) = rayon::join(
        || Judgements::of(table, &scope, &counts, method),
        || (Ideas::of(table, &scope.places, &counts, method), digest(table)),
    );
    let (proposals, integrity) = rayon::join(
        || describe(table, &scope, &judged, &ideas, method),
        || integrity(table, &scope.places, &counts, &judged.overall, method),
    );
    let Judgements { overall, outlooks, audiences, opinions, groups } = judged;
    let grouped = ideas.results.iter().map(|idea| idea.proposals.clone()).collect::<Vec<_>>();
    let shortlist = shortlist(table, &proposals, &grouped, method.shortlist_size, method.claim_rule);
    let mut report = Report {
        consultation: String::new(),
        compared: None,
        method: method.kind,
        seed: method.seed,
        input: Input {
            ballots: table.ballot_count() as u64,
            participants: table.participant_count() as u64,
            proposals: table.cards().len() as u64,
            digest,
        },
        analysed: Some(analysed(table, &proposals)),
        thresholds: method.thresholds,
        claim_rule: method.claim_rule,
        idea_rule: method.idea_rule,
        prior: printed(overall.judge.priors),
        claims: overall.claims,
        settles: settled_shares(&outlooks),
        labels: Label::ALL.map(|label| (label, of_label(&proposals, label))).into(),
        zones: (method.kind == MethodKind::MakeOrg)
            .then(|| Zone::ALL.map(|zone| (zone, of_zone(&proposals, zone))).into()),
        exposure: Some(exposure(table, &proposals)),
        bridging: (groups.len() >= 2).then(|| opinion::lists(&proposals)),
        proposals,
        ideas: ideas.results,
        groups: opinions.groups,
        grouping: opinions.grouping,
        majority: opinions.majority,
        projection: opinions.projection,
        opinion_map: opinions.map,
        shortlist: shortlist.entries,
        shortlist_audit: Some(shortlist.audit),
        weighting: None,
        integrity: Some(integrity),
        limits: Vec::new(),
    };
    report.limits = limits(&report, &audiences);
    report
}

/// The cards of the report by their place in the table, with the counts of all cards.
struct Scope {
    places: Vec<usize>,
    /// Per place, whether moderators took the proposal out; only `polis` lists such proposals.
    set_aside: Vec<bool>,
    tallies: Tallies,
}

/// Labels and opinions: of all participants, of each audience, of each opinion group.
struct Judgements {
    overall: Assessment,
    outlooks: Vec<Outlook>,
    audiences: Vec<Audience>,
    opinions: Opinions,
    groups: Vec<Audience>,
}

impl Judgements {
    fn of(table: &VoteTable, scope: &Scope, counts: &[[u64; 3]], method: &Method) -> Self {
        let overall = assess(counts, method);
        let outlooks = outlooks(&overall, counts, method);
        let audiences = scope.audiences(method);
        let columns = opinion::Columns { places: &scope.places, set_aside: &scope.set_aside };
        let opinions = opinion::study(table, &columns, method);
        let groups = scope.groups(&opinions, method);
        Self { overall, outlooks, audiences, opinions, groups }
    }
}

impl Scope {
    fn of(table: &VoteTable, method: &Method) -> Self {
        let tallies = Tallies::of(table);
        let is_published = |place: usize| table.cards()[place].status == ModerationStatus::Published;
        let is_listed = |place: &usize| match method.kind {
            MethodKind::Calibrated | MethodKind::MakeOrg => is_published(*place),
            MethodKind::Polis => tallies.cards[*place].choices != [0; 3],
        };
        let places: Vec<usize> = (0..table.cards().len()).filter(is_listed).collect();
        let set_aside = places.iter().map(|&place| !is_published(place)).collect();
        Self { places, set_aside, tallies }
    }

    /// Agree, disagree, neutral per place. Proposals that moderators took out count as if nobody had voted on them.
    fn counts(&self) -> Vec<[u64; 3]> {
        self.kept(self.places.iter().map(|&place| self.tallies.cards[place].choices))
    }

    fn kept(&self, counts: impl Iterator<Item = [u64; 3]>) -> Vec<[u64; 3]> {
        counts.zip(&self.set_aside).map(|(counts, out)| if *out { [0; 3] } else { counts }).collect()
    }

    fn audiences(&self, method: &Method) -> Vec<Audience> {
        let read = |(id, cells): &(Slug, Vec<[u64; 3]>)| {
            let counts = self.kept(self.places.iter().map(|&place| cells[place]));
            let speaks = counts.iter().any(|cell| *cell != [0; 3]);
            speaks.then(|| {
                let assessment = assess(&counts, method);
                Audience::of(id.clone(), counts, assessment)
            })
        };
        let mut audiences: Vec<Audience> = self.tallies.audiences.iter().filter_map(read).collect();
        for (row, counts) in self.counts().iter().enumerate() {
            withhold(&mut audiences, row, counts.iter().sum());
        }
        audiences
    }

    /// Opinion groups judged as audiences are.
    fn groups(&self, opinions: &Opinions, method: &Method) -> Vec<Audience> {
        let read = |(group, counts): (&GroupResult, &ColumnCounts)| {
            let assessment = assess_labels(&self.kept(counts.iter().copied()), method);
            Audience::of(group.id.clone(), counts.clone(), assessment)
        };
        opinions.groups.iter().zip(&opinions.votes).map(read).collect()
    }
}

fn describe(
    table: &VoteTable,
    scope: &Scope,
    judged: &Judgements,
    ideas: &Ideas,
    method: &Method,
) -> Vec<ProposalResult> {
    let Judgements { overall, outlooks, audiences, opinions, groups } = judged;
    let group_names: Vec<&Slug> = groups.iter().map(|group| &group.id).collect();
    let overall_counts = scope.places.iter().map(|&place| scope.tallies.cards[place].choices);
    let parts = audiences.iter().chain(groups).flat_map(|part| part.counts.iter().copied());
    let (mut intervals, rule) = (Intervals::of(overall_counts.chain(parts)), method.claim_rule);
    let describe_one = |(row, &place): (usize, &usize)| {
        let (card, set) = (&table.cards()[place], &scope.tallies.cards[place]);
        let judgement = overall.judgements[row];
        let label = overall.label(row);
        let consensus = label == Label::Consensus;
        let scores = (method.kind == MethodKind::MakeOrg).then(|| make_org(set));
        let by_group = by_audience(groups, row, &mut intervals);
        let measures = opinions.measures.get(row);
        ProposalResult {
            number: card.number,
            text: card.text.clone(),
            theme: card.theme.clone(),
            idea: ideas.id(place).map(str::to_owned),
            status: (method.kind == MethodKind::Polis).then_some(card.status),
            counts: set.choices.into(),
            exposures: table.exposures(card.number),
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
            too_few_to_tell: named(audiences, |audience| consensus && !audience.is_enough(row)),
            weighted: None,
            group_informed_consensus: measures.and_then(|measures| measures.group_informed_consensus),
            bridge: opinion::bridge(&by_group, &group_names),
            by_group,
            extremity: measures.map(|measures| measures.extremity),
            priority: measures.and_then(|measures| measures.priority),
            scores: scores.as_ref().map(rounded_scores),
            zone: scores.as_ref().filter(|_| set.choices != [0; 3]).map(make_org_zone),
        }
    };
    scope.places.iter().enumerate().map(describe_one).collect()
}

/// All standing ballots are verified, and the ledger's channels do not tell Make.org's two sets apart
/// (an import has one channel), so both are the same.
fn make_org(set: &CountSet) -> Scores {
    make_org_scores(set, set)
}

fn analysed(table: &VoteTable, proposals: &[ProposalResult]) -> AnalysedInput {
    let published_only = || proposals.iter().filter(|proposal| !proposal.is_set_aside());
    let sum = |part: fn(&Counts) -> u64| published_only().map(|proposal| part(&proposal.counts)).sum();
    let counts = Counts {
        agree: sum(|counts| counts.agree),
        disagree: sum(|counts| counts.disagree),
        neutral: sum(|counts| counts.neutral),
    };
    let columns = &table.columns;
    let published =
        |row: &usize| table.cards()[columns.proposal[*row] as usize].status == ModerationStatus::Published;
    let votes = |participant: &usize| columns.rows_of(*participant).any(|row| published(&row));
    let participants = (0..columns.participant_count()).filter(votes).count();
    AnalysedInput {
        ballots: counts.total(),
        participants: participants as u64,
        proposals: published_only().count() as u64,
        counts,
    }
}

fn of_label(proposals: &[ProposalResult], label: Label) -> u64 {
    proposals.iter().filter(|one| one.label == label && !one.is_set_aside()).count() as u64
}

fn of_zone(proposals: &[ProposalResult], zone: Zone) -> u64 {
    proposals.iter().filter(|proposal| proposal.zone == Some(zone)).count() as u64
}

fn printed(priors: Priors) -> Prior {
    Prior { weights: priors.fitted, held: priors.held, fitted: priors.proposals.is_some() }
}
