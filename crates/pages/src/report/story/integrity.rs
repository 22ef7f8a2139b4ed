//! Votes worth a second look: what was found, and the labels as they would be without these votes, side by side.

use gd_domain::{Label, Timestamp};
use gd_report::{Alike, Burst, ChannelGap, Integrity, ProposalResult};

use super::table::Table;
use super::teller::Teller;
use crate::frame::dates;
use crate::report::figures;
use crate::report::pictures::Look as _;
use crate::report::pictures::stack::{Segment, Stack};
use crate::report::view::counted_shares;

/// The signs, each kind if there is any.
pub(crate) struct IntegrityPart<'a> {
    pub(crate) sentences: Vec<String>,
    pub(crate) bursts: Option<Bursts>,
    pub(crate) alike: Option<AlikeSets>,
    pub(crate) channels: Option<Channels<'a>>,
    pub(crate) relabelled: Option<RelabelledLabels<'a>>,
}

/// Minutes in which many more people voted than around them.
pub(crate) struct Bursts {
    /// Each burst: its time in words, and its ballots compared with the usual number.
    pub(crate) rows: Vec<(String, Stack)>,
    pub(crate) table: Table,
}

/// Participants whose votes are all but the same.
pub(crate) struct AlikeSets {
    pub(crate) sentences: Vec<String>,
    pub(crate) table: Table,
}

/// Proposals on which one channel answers otherwise.
pub(crate) struct Channels<'a> {
    pub(crate) rows: Vec<Gap<'a>>,
    pub(crate) table: Table,
}

/// One channel beside the others.
pub(crate) struct Gap<'a> {
    pub(crate) proposal: &'a ProposalResult,
    pub(crate) sides: [(String, Stack); 2],
}

/// Labels that would be others.
pub(crate) struct RelabelledLabels<'a> {
    pub(crate) rows: Vec<Change<'a>>,
    pub(crate) table: Table,
}

/// A label beside what it would be.
pub(crate) struct Change<'a> {
    pub(crate) proposal: &'a ProposalResult,
    pub(crate) label: Label,
    pub(crate) without: Label,
}

/// Signs of one kind drawn…
const DRAWN_MAX: usize = 4;
/// …and in its table.
const TABLE_MAX: usize = 20;

impl<'a> IntegrityPart<'a> {
    /// None where the report did not look.
    pub(crate) fn of(teller: Teller<'a>) -> Option<Self> {
        let integrity = teller.report.integrity.as_ref()?;
        Some(Self {
            sentences: sentences(teller, integrity),
            bursts: bursts(teller, &integrity.bursts),
            alike: alike(teller, &integrity.alike),
            channels: channels(teller, &integrity.channels),
            relabelled: relabelled(teller, integrity),
        })
    }
}

fn sentences(teller: Teller<'_>, integrity: &Integrity) -> Vec<String> {
    if integrity.bursts.is_empty() && integrity.alike.is_empty() && integrity.channels.is_empty() {
        return vec![teller.say("integrity-none", &[])];
    }
    let all = teller.report.counted().ballots;
    let share = teller.percent_of(integrity.ballots, all);
    let figures = [("count", integrity.ballots.into()), ("share", share.into())];
    let change = match integrity.relabelled.len() {
        0 => teller.say("integrity-labels-hold", &[]),
        count => teller.say("integrity-labels-change", &[("count", count.into())]),
    };
    vec![teller.say("integrity-story", &[]), teller.say("integrity-ballots", &figures), change]
}

#[expect(clippy::cast_precision_loss, reason = "counts of people, far below 2^53")]
fn bursts(teller: Teller<'_>, bursts: &[Burst]) -> Option<Bursts> {
    let mut greatest: Vec<&Burst> = bursts.iter().collect();
    greatest.sort_by_key(|burst| (std::cmp::Reverse(burst.participants), burst.from));
    greatest.truncate(TABLE_MAX);
    let most = greatest.first()?.participants.max(1) as f64;
    let when =
        |burst: &Burst| dates::minute(teller.language, Timestamp::from_millis(burst.from), teller.zone);
    let usual = |burst: &Burst| figures::decimal(teller.language, burst.usual, 0);
    let row = |burst: &&Burst| {
        let people = burst.participants as f64;
        let expected = burst.usual.clamp(0.0, people);
        let figures = [
            ("when", when(burst).into()),
            ("count", burst.participants.into()),
            ("usual", usual(burst).into()),
        ];
        let segments = vec![
            Segment { tone: "tone-before".into(), share: expected / most, words: usual(burst) },
            Segment {
                tone: "tone-weighted".into(),
                share: (people - expected) / most,
                words: teller.number(burst.participants),
            },
        ];
        (when(burst), Stack::new(teller.say("integrity-burst", &figures), segments))
    };
    let cells = |burst: &&Burst| {
        vec![
            when(burst),
            teller.number(burst.minutes.unsigned_abs()),
            teller.number(burst.participants),
            usual(burst),
        ]
    };
    let heads = ["integrity-when", "integrity-minutes", "figures-voters", "integrity-usual"];
    let table = teller.table("integrity-bursts", &heads, greatest.iter().map(cells).collect());
    Some(Bursts { rows: greatest.iter().take(DRAWN_MAX).map(row).collect(), table })
}

fn alike(teller: Teller<'_>, sets: &[Alike]) -> Option<AlikeSets> {
    let expected = |set: &Alike| figures::decimal(teller.language, set.expected, 1);
    let sentence = |set: &Alike| {
        teller.say(
            "integrity-alike-set",
            &[
                ("count", set.participants.into()),
                ("votes", teller.number(set.ballots_least).into()),
                ("same", teller.number(set.same_proposals).into()),
                ("expected", expected(set).into()),
            ],
        )
    };
    let cells = |set: &Alike| {
        vec![
            teller.number(set.participants),
            teller.number(set.ballots_least),
            teller.number(set.same_proposals),
            expected(set),
        ]
    };
    let heads = ["figure-participants", "integrity-votes-least", "integrity-same", "integrity-expected"];
    let table = teller.table("integrity-alike", &heads, sets.iter().take(TABLE_MAX).map(cells).collect());
    let sentences = sets.iter().take(DRAWN_MAX).map(sentence).collect();
    (!sets.is_empty()).then_some(AlikeSets { sentences, table })
}

fn channels<'a>(teller: Teller<'a>, gaps: &'a [ChannelGap]) -> Option<Channels<'a>> {
    let told = |gap: &ChannelGap| -> Option<Gap<'a>> {
        let proposal = teller.report.proposal(gap.proposal)?;
        let channel = teller.say(&format!("channel-{}", gap.channel), &[]);
        let others = teller.say("channel-others", &[]);
        let bar = |whom: &str, counts| teller.stack(whom, &counted_shares(counts));
        let sides =
            [(channel.clone(), bar(&channel, &gap.counts)), (others.clone(), bar(&others, &gap.others))];
        Some(Gap { proposal, sides })
    };
    let cells = |gap: &ChannelGap| {
        let shares = |counts: &gd_report::Counts| {
            [counts.agree, counts.neutral, counts.disagree].map(|one| teller.percent_of(one, counts.total()))
        };
        let mut cells =
            vec![teller.short_name(gap.proposal), teller.say(&format!("channel-{}", gap.channel), &[])];
        cells.extend(shares(&gap.counts));
        cells.extend(shares(&gap.others));
        cells
    };
    let heads = [
        "figures-proposal",
        "figures-channel",
        "choice-agree",
        "choice-neutral",
        "choice-disagree",
        "integrity-others-agree",
        "integrity-others-neutral",
        "integrity-others-disagree",
    ];
    let table = teller.table("integrity-channels", &heads, gaps.iter().take(TABLE_MAX).map(cells).collect());
    let rows: Vec<Gap<'a>> = gaps.iter().filter_map(told).take(DRAWN_MAX).collect();
    (!rows.is_empty()).then_some(Channels { rows, table })
}

fn relabelled<'a>(teller: Teller<'a>, integrity: &Integrity) -> Option<RelabelledLabels<'a>> {
    let changes: Vec<Change<'a>> = integrity
        .relabelled
        .iter()
        .filter_map(|one| {
            let proposal = teller.report.proposal(one.proposal)?;
            Some(Change { proposal, label: one.label, without: one.without })
        })
        .take(TABLE_MAX)
        .collect();
    let name = |label: Label| teller.say(&label.name_key(), &[]);
    let cells =
        |one: &Change<'_>| vec![teller.short_name(one.proposal.number), name(one.label), name(one.without)];
    let heads = ["figures-proposal", "integrity-label", "integrity-without"];
    let table = teller.table("integrity-relabelled", &heads, changes.iter().map(cells).collect());
    let rows: Vec<Change<'a>> = changes.into_iter().take(DRAWN_MAX).collect();
    (!rows.is_empty()).then_some(RelabelledLabels { rows, table })
}
