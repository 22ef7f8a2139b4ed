//! `/c/{slug}/proposals`: looking through what has been proposed.

use askama::Template;
use gd_domain::{ItemNumber, Theme};

use crate::frame::{Frame, Here, QuotedProposal};

/// A list of published proposals, with ways to narrow and order it.
#[derive(Debug, Template)]
#[template(path = "public/proposals/explore.html")]
pub struct ExplorePage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// The reader's filter and order.
    pub filter: ExploreFilter<'a>,
    /// The proposals of this page.
    pub proposals: Vec<ListedProposal>,
    /// The number of proposals on all pages.
    pub found: u64,
    /// After which proposal the next page starts, if there is one.
    pub next: Option<ItemNumber>,
}

/// The reader's choice of proposals and of their order.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExploreFilter<'a> {
    /// The order of the list.
    pub sort: ExploreSort,
    /// Only proposals of the theme of this short name; every theme when empty.
    pub theme: &'a str,
    /// Only proposals with these words.
    pub words: &'a str,
}

/// Orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExploreSort {
    /// The nearest to the words first; the latest where there are none.
    #[default]
    Relevance,
    /// The latest first.
    New,
    /// The least voted first.
    Fewest,
    /// The highest share of agree first.
    Consensus,
    /// The most divided first.
    Controversy,
}

/// A proposal in the list.
#[derive(Clone, Debug)]
pub struct ListedProposal {
    /// The number and text of the proposal.
    pub quoted: QuotedProposal,
    /// Its theme's title, if it has one.
    pub theme: Option<String>,
}

impl ExploreSort {
    /// Every order; the first three tell nothing of the results.
    pub const ALL: [Self; 5] = [Self::Relevance, Self::New, Self::Fewest, Self::Consensus, Self::Controversy];

    /// The word of this order in the address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::New => "new",
            Self::Fewest => "fewest",
            Self::Consensus => "consensus",
            Self::Controversy => "controversy",
        }
    }

    /// The order that this word of an address names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word)
    }
}

impl ExplorePage<'_> {
    fn themes(&self) -> &[Theme] {
        &self.here.consultation.description.themes
    }

    /// The orders to choose from: those that tell results only where these may be seen.
    fn sorts(&self) -> impl Iterator<Item = ExploreSort> {
        let known = if self.here.results_open { ExploreSort::ALL.len() } else { 3 };
        // Without words the nearest are the latest: one of the two is enough.
        let is_needed = |sort: &ExploreSort| self.has_words() || *sort != ExploreSort::New;
        ExploreSort::ALL.into_iter().take(known).filter(is_needed)
    }

    fn sort_name(&self, sort: ExploreSort) -> String {
        let told = match sort {
            ExploreSort::Relevance if !self.has_words() => ExploreSort::New,
            other => other,
        };
        self.frame.say(format!("sort-{}", told.as_str()))
    }

    fn has_words(&self) -> bool {
        !self.filter.words.trim().is_empty()
    }
}
