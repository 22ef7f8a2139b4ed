//! Opinion groups: where they lie, how many they are, what sets each apart. Or why none is shown.

use gd_domain::Slug;
use gd_report::{AudienceResult, Direction, GroupResult, Grouping, ProposalResult, RepresentativeResult};

use super::table::Table;
use super::teller::{Teller, group_letter};
use crate::report::figures;
use crate::report::pictures::opinion_map::DrawnMap;
use crate::report::pictures::strip::{Lane, Strip};

/// The groups, or the sentence that there are none.
pub(crate) struct GroupsPart<'a> {
    pub(crate) map: Option<DrawnMap>,
    pub(crate) groups: Vec<ToldGroup<'a>>,
    /// Sentences on how the groups were found and how far apart they are, or why there are none.
    pub(crate) sentences: Vec<String>,
    pub(crate) table: Table,
}

/// An opinion group with its words and figures.
pub(crate) struct ToldGroup<'a> {
    pub(crate) letter: String,
    pub(crate) name: String,
    pub(crate) tone: String,
    pub(crate) size: u64,
    /// Its part of the participants in groups.
    pub(crate) part: String,
    pub(crate) traits: Vec<Trait<'a>>,
}

impl ToldGroup<'_> {
    /// The clearest traits, which are drawn.
    pub(crate) fn drawn(&self) -> &[Trait<'_>] {
        &self.traits[..self.traits.len().min(DRAWN_TRAITS_MAX)]
    }
}

/// A proposal that sets a group apart.
pub(crate) struct Trait<'a> {
    pub(crate) proposal: &'a ProposalResult,
    /// The group's share beside that of the others.
    pub(crate) figure: String,
    pub(crate) is_agreement: bool,
    pub(crate) strip: Strip,
}

/// Groups shown at most: given ones may be any number.
pub(crate) const GROUPS_MAX: usize = 8;
/// Traits of a group that are drawn; its table has them all.
const DRAWN_TRAITS_MAX: usize = 3;
/// Below this the groups are parts of one cloud rather than clouds of their own.
const SILHOUETTE_APART: f64 = 0.5;

impl<'a> GroupsPart<'a> {
    /// None where the report did not look for groups.
    pub(crate) fn of(teller: Teller<'a>) -> Option<Self> {
        let report = teller.report;
        let grouping = report.grouping?;
        if report.groups.is_empty() {
            let (sentences, table) = (vec![why_none(teller, grouping)], table(teller, &[]));
            return Some(Self { map: None, groups: Vec::new(), sentences, table });
        }
        let everyone: u64 = report.groups.iter().map(|group| group.size).sum();
        let groups = report.groups.iter().take(GROUPS_MAX);
        let groups: Vec<ToldGroup<'a>> = groups.map(|group| ToldGroup::of(teller, group, everyone)).collect();
        let table = table(teller, &groups);
        Some(Self { map: map(teller), groups, sentences: sentences(teller, grouping), table })
    }
}

fn table(teller: Teller<'_>, groups: &[ToldGroup<'_>]) -> Table {
    let row = |group: &ToldGroup<'_>| {
        let traits = group.traits.iter();
        let traits: Vec<String> =
            traits.map(|one| format!("{} {}", teller.short_name(one.proposal.number), one.figure)).collect();
        let traits = if traits.is_empty() { "–".to_owned() } else { traits.join("; ") };
        vec![group.name.clone(), teller.number(group.size), group.part.clone(), traits]
    };
    let heads = ["figures-group", "figure-participants", "figures-part", "figures-traits"];
    teller.table("groups-table", &heads, groups.iter().map(row).collect())
}

fn map(teller: Teller<'_>) -> Option<DrawnMap> {
    let report = teller.report;
    let map = report.opinion_map.as_ref()?;
    let title = teller.say("map-title", &[]);
    let sizes: Vec<String> = report
        .groups
        .iter()
        .take(GROUPS_MAX)
        .map(|group| format!("{} {}", teller.group_name(&group.id), teller.number(group.size)))
        .collect();
    let description = teller.say("map-description", &[("name", sizes.join(", ").into())]);
    DrawnMap::new((title, description), map, &report.groups, |id| teller.group_tone(id), group_letter)
}

fn why_none(teller: Teller<'_>, grouping: Grouping) -> String {
    let percent = |share: f64| format!("{}\u{a0}%", figures::decimal(teller.language, share * 100.0, 1));
    match grouping.structure {
        Some(structure) if !structure.found => teller.say(
            "groups-no-structure",
            &[
                ("share", percent(structure.share).into()),
                ("shuffled", percent(structure.shuffled_mean).into()),
            ],
        ),
        _ => teller.say("groups-none", &[]),
    }
}

fn sentences(teller: Teller<'_>, grouping: Grouping) -> Vec<String> {
    let report = teller.report;
    let mut sentences = Vec::new();
    if grouping.given {
        sentences.push(teller.say("groups-given", &[("count", grouping.participants.into())]));
    } else {
        let figures = [("count", grouping.participants.into()), ("votes", grouping.votes_min.into())];
        sentences.push(teller.say("groups-found", &figures));
    }
    if grouping.silhouette.is_some_and(|silhouette| silhouette < SILHOUETTE_APART) {
        sentences.push(teller.say("groups-close", &[]));
    }
    if let Some(map) = report.opinion_map.as_ref().filter(|map| map.not_shown > 0) {
        sentences.push(teller.say("map-not-shown", &[("count", map.not_shown.into())]));
    }
    let surplus = report.groups.len().saturating_sub(GROUPS_MAX);
    if surplus > 0 {
        sentences.push(teller.say("groups-surplus", &[("count", surplus.into())]));
    }
    sentences
}

impl<'a> ToldGroup<'a> {
    fn of(teller: Teller<'a>, group: &'a GroupResult, everyone: u64) -> Self {
        let traits = group.representative.iter().filter_map(|one| Trait::of(teller, &group.id, *one));
        Self {
            letter: group_letter(&group.id),
            name: teller.group_name(&group.id),
            tone: teller.group_tone(Some(&group.id)),
            size: group.size,
            part: teller.percent_of(group.size, everyone),
            traits: traits.collect(),
        }
    }
}

impl<'a> Trait<'a> {
    fn of(teller: Teller<'a>, id: &Slug, representative: RepresentativeResult) -> Option<Self> {
        let proposal = teller.report.proposal(representative.proposal)?;
        let own = proposal.by_group.get(id)?;
        let side = representative.direction;
        let here = teller.percent(share(own, side).mean);
        let elsewhere = elsewhere(proposal, id, side).map(|share| teller.percent(share));
        let key = if side == Direction::Agree { "trait-agree" } else { "trait-disagree" };
        let figure = match elsewhere {
            Some(elsewhere) => teller.say(key, &[("here", here.into()), ("elsewhere", elsewhere.into())]),
            None => teller.say(&format!("{key}-alone"), &[("here", here.into())]),
        };
        let strip = Strip::new(figure.clone(), lanes(teller, proposal, side));
        Some(Self { proposal, figure, is_agreement: side == Direction::Agree, strip })
    }
}

/// A lane a group, in the order of the groups; of those with five voters on the proposal.
pub(crate) fn lanes(teller: Teller<'_>, proposal: &ProposalResult, side: Direction) -> Vec<Lane> {
    let lane = |group: &GroupResult| {
        let voice = proposal.by_group.get(&group.id)?;
        let mut letter = group_letter(&group.id);
        // A given name has no room in its mark: three letters tell it apart.
        letter.truncate(letter.char_indices().nth(3).map_or(letter.len(), |(place, _)| place));
        Some(Lane {
            tone: teller.group_tone(Some(&group.id)),
            mark: "mark-disc",
            letter,
            share: share(voice, side),
        })
    };
    teller.report.groups.iter().take(GROUPS_MAX).filter_map(lane).collect()
}

fn share(voice: &AudienceResult, side: Direction) -> gd_report::Share {
    match side {
        Direction::Agree => voice.shares.agree,
        Direction::Disagree => voice.shares.disagree,
    }
}

/// The counted share in all other groups together; none where nobody there voted on it.
#[expect(clippy::cast_precision_loss, reason = "counts of votes, far below 2^53")]
fn elsewhere(proposal: &ProposalResult, id: &Slug, side: Direction) -> Option<f64> {
    let others = proposal.by_group.iter().filter(|(group, _)| *group != id);
    let (mut votes, mut on_side) = (0, 0);
    for (_, voice) in others {
        votes += voice.counts.total();
        on_side += if side == Direction::Agree { voice.counts.agree } else { voice.counts.disagree };
    }
    (votes > 0).then(|| on_side as f64 / votes as f64)
}
