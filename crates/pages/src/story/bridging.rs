//! What unites the opinion groups, and what divides them: agreement group by group.

use gd_domain::ProposalNumber;

use super::groups::{GROUPS_MAX, lanes};
use super::teller::Teller;
use crate::pictures::strip::Strip;
use crate::{ReportedProposal, Side, figures};

/// Two lists of proposals.
pub(crate) struct BridgingPart<'a> {
    pub(crate) unites: Vec<Bridged<'a>>,
    pub(crate) divides: Vec<Bridged<'a>>,
    /// The groups, for the legend and the heads of the table.
    pub(crate) groups: Vec<(String, String)>,
}

/// A proposal with the share of agree in each group.
pub(crate) struct Bridged<'a> {
    pub(crate) proposal: &'a ReportedProposal,
    pub(crate) strip: Strip,
    /// In the order of the groups; a dash where fewer than five people of a group voted on it.
    pub(crate) cells: Vec<String>,
}

/// Proposals shown on each side.
const SHOWN_MAX: usize = 6;

impl<'a> BridgingPart<'a> {
    /// None where there are not two groups to cross.
    pub(crate) fn of(teller: Teller<'a>) -> Option<Self> {
        let bridging = teller.report.bridging.as_ref()?;
        let told = |numbers: &[ProposalNumber]| -> Vec<Bridged<'a>> {
            let proposals = teller.proposals(&numbers[..numbers.len().min(SHOWN_MAX)]);
            proposals.into_iter().map(|proposal| Bridged::of(teller, proposal)).collect()
        };
        let groups = teller.report.groups.iter().take(GROUPS_MAX);
        let named = groups.map(|group| (teller.group_tone(Some(&group.id)), teller.group_name(&group.id)));
        (teller.report.groups.len() >= 2).then(|| Self {
            unites: told(&bridging.unites),
            divides: told(&bridging.divides),
            groups: named.collect(),
        })
    }

    /// Both lists with their titles, and what to say where there is nothing in them.
    pub(crate) fn lists(&self) -> [(&'static str, &'static str, &[Bridged<'a>]); 2] {
        [
            ("bridging-unites", "bridging-unites-none", &self.unites),
            ("bridging-divides", "bridging-divides-none", &self.divides),
        ]
    }
}

impl<'a> Bridged<'a> {
    fn of(teller: Teller<'a>, proposal: &'a ReportedProposal) -> Self {
        let groups = || teller.report.groups.iter().take(GROUPS_MAX);
        let cell = |group: &crate::OpinionGroup| {
            let voice = proposal.by_group.get(&group.id);
            voice.map_or_else(|| "–".to_owned(), |voice| figures::share(teller.language, voice.shares.agree))
        };
        let words: Vec<String> =
            groups().map(|group| format!("{} {}", teller.group_name(&group.id), cell(group))).collect();
        let title = teller.say("bridging-strip", &[("name", words.join(", ").into())]);
        Self {
            proposal,
            strip: Strip::new(title, lanes(teller, proposal, Side::Agree)),
            cells: groups().map(cell).collect(),
        }
    }
}
