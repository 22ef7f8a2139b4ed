//! Pages of published proposals in an order that may depend on their votes.

use std::cmp::Reverse;

use gd_domain::{Action, Choice, ItemNumber, Proposal, Tally, Timestamp};

use crate::proposals::LISTING_LIMIT_MAX;
use crate::proposals::item_view::ListedItem;
use crate::proposals::search_text::SearchWords;
use crate::results::ranked_orders::{OrderKey, Place};
use crate::results::ranking::Ranking;
use crate::results::state::{Results, ResultsError};

/// Neutral votes that every proposal is taken to have had before its own, so that one vote does not put a
/// proposal first, nor none at all.
const VOTES_BEFORE: i64 = 12;

/// A query for a page of an order.
#[derive(Clone, Debug, Default)]
pub struct RankedQuery<'a> {
    /// The order of the page.
    pub ranking: Ranking,
    /// Only proposals of the theme of this short name.
    pub theme: Option<&'a str>,
    /// Only proposals that hold each of these words, in whatever form, accents and case aside.
    pub words: &'a str,
    /// Only proposals that come after this one in the order.
    pub after: Option<ItemNumber>,
    /// The size of the page; more than [`LISTING_LIMIT_MAX`] is that many.
    pub limit: usize,
}

/// A page of proposals.
#[derive(Clone, Debug)]
pub struct RankedPage {
    /// The proposals of this page.
    pub proposals: Vec<Proposal>,
    /// The number on all pages.
    pub found: usize,
    /// The start of the next page; `None` at the end.
    pub after: Option<ItemNumber>,
}

impl Results {
    /// A page of the published proposals. The order follows the votes: a proposal may move while somebody
    /// turns the page, and is then seen twice or not at all.
    ///
    /// # Errors
    /// [`ResultsError`]; `Hidden` for an order that would tell results before they are public.
    pub async fn rank(
        &self,
        slug: &str,
        query: &RankedQuery<'_>,
        now: Timestamp,
    ) -> Result<RankedPage, ResultsError> {
        let lookup = self.catalogue.find(slug, Action::Read, now)?;
        let tells = matches!(query.ranking, Ranking::Consensus | Ranking::Controversy);
        if tells && !self.are_visible(&lookup, now).await? {
            return Err(ResultsError::Hidden);
        }
        let poll = lookup.first_poll();
        let totals = self.voting.totals(poll, now).await?;
        let items = self.proposals.items(poll).await?;
        let nothing = Tally::default();
        let follows_votes = query.ranking.follows_votes();
        let place = |number, worth| {
            let tally = if follows_votes { totals.counts.proposals.get(&number) } else { None };
            (rank(query.ranking, tally.unwrap_or(&nothing), worth), Reverse(number))
        };

        let words = SearchWords::read(query.words, items.language());
        let key = OrderKey {
            poll,
            revision: items.revision(),
            totals: follows_votes.then(|| totals.version()),
            ranking: query.ranking,
            theme: query.theme.map(str::to_owned),
            words: query.words.to_owned(),
        };
        let order = self.ranked_orders.get(key, || {
            let matching = items.published_listed().filter_map(|listed| {
                Some(place(listed.proposal.number, worth(listed, query.theme, &words)?))
            });
            let mut places = matching.collect::<Vec<_>>();
            places.sort_unstable();
            places
        });
        let start = query.after.map_or(0, |number| {
            let listed = items.published_under(number);
            let last =
                place(number, listed.and_then(|listed| worth(listed, None, &words)).unwrap_or_default());
            order.partition_point(|place| *place <= last)
        });
        let limit = query.limit.clamp(1, LISTING_LIMIT_MAX);
        let more = order.len() - start > limit;
        let places = &order[start..order.len().min(start + limit)];
        // The order may be a change behind this view: what was refused since is not shown.
        let published = |(_, Reverse(number)): &Place| items.published_under(*number);
        let proposals = places.iter().filter_map(published).map(|listed| listed.proposal.clone());
        let after = places.last().filter(|_| more).map(|(_, Reverse(number))| *number);
        Ok(RankedPage { proposals: proposals.collect(), found: order.len(), after })
    }
}

/// The weight of a proposal in a search; none of one that does not match.
fn worth(listed: &ListedItem, theme: Option<&str>, words: &SearchWords) -> Option<u32> {
    let theme_fits =
        theme.is_none_or(|id| listed.proposal.theme.as_ref().is_some_and(|theme| theme.as_str() == id));
    if theme_fits { words.worth(&listed.folded, &listed.stems) } else { None }
}

/// The first has the least; equals are told apart by their numbers, the latest first.
fn rank(ranking: Ranking, tally: &Tally, worth: u32) -> i64 {
    let (agree, disagree) = (tally.of(Choice::Agree), tally.of(Choice::Disagree));
    let millionths = |votes: i64| votes * 1_000_000 / (tally.total() + VOTES_BEFORE);
    match ranking {
        Ranking::Relevance => -i64::from(worth),
        Ranking::New => 0,
        Ranking::FewestVotes => tally.total(),
        Ranking::Consensus => millionths(disagree) - millionths(agree),
        Ranking::Controversy => -millionths(agree.min(disagree)),
    }
}
