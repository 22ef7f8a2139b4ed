//! The proposals that unite the opinion groups and those that divide them: agreement group by group.

use gd_domain::ItemNumber;
use gd_report::{Direction, ProposalResult};

use super::groups::{GROUPS_MAX, lanes};
use super::table::Table;
use super::teller::Teller;
use crate::report::figures;
use crate::report::pictures::strip::Strip;

/// Two lists of proposals.
pub(crate) struct BridgingPart<'a> {
    pub(crate) lists: [List<'a>; 2],
    /// The groups, for the legend and the heads of the table.
    pub(crate) groups: Vec<(String, String)>,
}

/// One list, or the sentence that there is nothing in it.
pub(crate) struct List<'a> {
    pub(crate) title: String,
    pub(crate) nothing: String,
    pub(crate) rows: Vec<BridgedProposal<'a>>,
    pub(crate) table: Table,
}

/// A proposal with the share of agree in each group.
pub(crate) struct BridgedProposal<'a> {
    pub(crate) proposal: &'a ProposalResult,
    pub(crate) strip: Strip,
    /// In the order of the groups; a dash where fewer than five people of a group voted on it.
    pub(crate) cells: Vec<String>,
}

/// Proposals shown on each side.
const SHOWN_MAX: usize = 4;

impl<'a> BridgingPart<'a> {
    /// None where there are not two groups to cross.
    pub(crate) fn of(teller: Teller<'a>) -> Option<Self> {
        let bridging = teller.report.bridging.as_ref()?;
        let told = |numbers: &[ItemNumber]| -> Vec<BridgedProposal<'a>> {
            let proposals = teller.proposals(&numbers[..numbers.len().min(SHOWN_MAX)]);
            proposals.into_iter().map(|proposal| BridgedProposal::of(teller, proposal)).collect()
        };
        let groups = teller.report.groups.iter().take(GROUPS_MAX);
        let named = groups.map(|group| (teller.group_tone(Some(&group.id)), teller.group_name(&group.id)));
        (teller.report.groups.len() >= 2).then(|| Self {
            lists: [
                List::of(teller, ("bridging-unites", "bridging-unites-none"), told(&bridging.unites)),
                List::of(teller, ("bridging-divides", "bridging-divides-none"), told(&bridging.divides)),
            ],
            groups: named.collect(),
        })
    }
}

impl<'a> List<'a> {
    fn of(teller: Teller<'a>, (title, nothing): (&str, &str), rows: Vec<BridgedProposal<'a>>) -> Self {
        let mut heads = vec![teller.say("figures-proposal", &[])];
        heads.extend(teller.report.groups.iter().take(GROUPS_MAX).map(|group| teller.group_name(&group.id)));
        let cells = |bridged: &BridgedProposal<'_>| {
            let name = teller.short_name(bridged.proposal.number);
            std::iter::once(name).chain(bridged.cells.iter().cloned()).collect()
        };
        let caption = teller.say("bridging-table", &[]);
        let table = Table { caption, heads, rows: rows.iter().map(cells).collect() };
        Self { title: teller.say(title, &[]), nothing: teller.say(nothing, &[]), rows, table }
    }
}

impl<'a> BridgedProposal<'a> {
    fn of(teller: Teller<'a>, proposal: &'a ProposalResult) -> Self {
        let groups = || teller.report.groups.iter().take(GROUPS_MAX);
        let cell = |group: &gd_report::GroupResult| {
            let voice = proposal.by_group.get(&group.id);
            voice.map_or_else(|| "–".to_owned(), |voice| figures::share(teller.language, voice.shares.agree))
        };
        let words: Vec<String> =
            groups().map(|group| format!("{} {}", teller.group_name(&group.id), cell(group))).collect();
        let title = teller.say("bridging-strip", &[("name", words.join(", ").into())]);
        Self {
            proposal,
            strip: Strip::new(title, lanes(teller, proposal, Direction::Agree)),
            cells: groups().map(cell).collect(),
        }
    }
}
