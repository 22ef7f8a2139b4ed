//! Ideas: near-identical proposals taken together, with their support in distinct participants.
//!
//! Which texts are alike is `gd-likeness`'s to say; where the organizer has put proposals together, that
//! stands. docs/METHOD.md, "Ideas".

mod support;

use std::collections::BTreeMap;

use gd_domain::Slug;
use gd_likeness::{Group, Language, Text, groups};
use gd_report::{IdeaResult, IdeaRule, IdeaSource};

use crate::interval::Intervals;
use crate::{Method, ProposalCard, VoteTable};
use support::{NO_IDEA, Support, supports};

/// Texts looked at to tell which language a consultation is in.
const TEXTS_TELLING_LANGUAGE: usize = 1_000;

/// The ideas of a table's published proposals.
#[derive(Debug, Default)]
pub(crate) struct Ideas {
    /// The organizer's by name, then the others by their first proposal.
    pub(crate) results: Vec<IdeaResult>,
    /// Per card, the place of its idea among the results, or [`NO_IDEA`].
    places: Vec<u32>,
}

impl Ideas {
    /// `published` are places of cards; `counts` the choices on each of these.
    pub(crate) fn of(table: &VoteTable, published: &[usize], counts: &[[u64; 3]], method: &Method) -> Self {
        let cards: Vec<&ProposalCard> = published.iter().map(|&place| &table.cards()[place]).collect();
        let named: Vec<&Slug> = names(&cards);
        let groups = grouped(&cards, &named, method.idea_rule);
        let mut places = vec![NO_IDEA; table.cards().len()];
        for (idea, group) in (0..).zip(&groups) {
            for &member in &group.members {
                places[published[member]] = idea;
            }
        }
        let supports = supports(&table.columns, &places, groups.len());
        let voters = supports.iter().map(Support::counts);
        let mut intervals =
            Intervals::of(voters.map(|counts| [counts.agree, counts.disagree, counts.neutral]));
        let described = groups.iter().zip(&supports);
        let results = described.map(|(group, support)| {
            let representative = representative(group, counts);
            describe(group, &cards, cards[representative], &named, support, &mut intervals)
        });
        Self { results: results.collect(), places }
    }

    /// The idea of the card at this place of the table.
    pub(crate) fn id(&self, place: usize) -> Option<&str> {
        self.results.get(self.places[place] as usize).map(|idea| idea.id.as_str())
    }
}

/// The organizer's names, in order.
fn names<'a>(cards: &[&'a ProposalCard]) -> Vec<&'a Slug> {
    let mut names: Vec<&Slug> = cards.iter().filter_map(|card| card.idea.as_ref()).collect();
    names.sort();
    names.dedup();
    names
}

fn grouped(cards: &[&ProposalCard], named: &[&Slug], rule: IdeaRule) -> Vec<Group> {
    let codes: BTreeMap<&Slug, u32> = named.iter().copied().zip(0..).collect();
    let given = |card: &ProposalCard| card.idea.as_ref().map(|name| codes[name]);
    let texts: Vec<Text<'_>> =
        cards.iter().map(|card| Text { text: &card.text, given: given(card) }).collect();
    let telling = texts.iter().take(TEXTS_TELLING_LANGUAGE).map(|text| text.text);
    groups(&texts, rule.likeness_percent, Language::of_most(telling))
}

fn representative(group: &Group, counts: &[[u64; 3]]) -> usize {
    let ballots = |&member: &usize| counts[member].iter().sum::<u64>();
    if group.given.is_none() {
        return group.centre;
    }
    let most = group.members.iter().max_by_key(|member| (ballots(member), std::cmp::Reverse(**member)));
    most.copied().unwrap_or(group.centre)
}

fn describe(
    group: &Group,
    cards: &[&ProposalCard],
    representative: &ProposalCard,
    named: &[&Slug],
    support: &Support,
    intervals: &mut Intervals,
) -> IdeaResult {
    let name = group.given.map(|code| named[code as usize].as_str().to_owned());
    let counts = support.counts();
    IdeaResult {
        source: if name.is_some() { IdeaSource::Organizer } else { IdeaSource::Texts },
        id: name.unwrap_or_else(|| format!("#{}", representative.number)),
        title: representative.text.clone(),
        representative: representative.number,
        proposals: group.members.iter().map(|&member| cards[member].number).collect(),
        voters: counts.total(),
        supporters: support.supporters,
        opponents: support.opponents,
        divided: support.divided,
        shares: intervals.shares([counts.agree, counts.disagree, counts.neutral]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_of_the_report_is_that_of_likeness() {
        assert_eq!(IdeaRule::default().likeness_percent, gd_likeness::LIKENESS_PERCENT_DEFAULT);
    }
}
