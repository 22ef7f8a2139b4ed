//! Ideas: groups of near-identical proposals, and how many people stand behind them.

use gd_report::IdeaResult;

use super::table::Table;
use super::teller::Teller;
use crate::report::pictures::stack::{Segment, Stack};

/// The ideas with the most supporters.
pub(crate) struct IdeasPart<'a> {
    pub(crate) shown: Vec<ToldIdea<'a>>,
    pub(crate) total: u64,
    pub(crate) table: Table,
}

/// An idea with its proposals.
pub(crate) struct ToldIdea<'a> {
    pub(crate) title: &'a str,
    /// The numbers of all its proposals.
    pub(crate) numbers: String,
    pub(crate) proposals: u64,
    pub(crate) supporters: String,
    pub(crate) bar: Stack,
}

/// Most ideas that have a drawing.
const SHOWN_MAX: usize = 5;
/// Most ideas in the table.
const TABLE_MAX: usize = 20;
/// Numbers of proposals written at most.
const NUMBERS_MAX: usize = 30;

impl<'a> IdeasPart<'a> {
    pub(crate) fn of(teller: Teller<'a>) -> Option<Self> {
        let mut ideas: Vec<&IdeaResult> = teller.report.ideas.iter().collect();
        ideas.sort_by_key(|idea| (std::cmp::Reverse(idea.supporters), idea.representative));
        let shown: Vec<ToldIdea<'_>> =
            ideas.iter().take(SHOWN_MAX).map(|idea| ToldIdea::of(teller, idea)).collect();
        let row = |idea: &&IdeaResult| {
            vec![
                teller.short_name(idea.representative),
                teller.number(idea.proposals.len() as u64),
                teller.number(idea.voters),
                teller.number(idea.supporters),
                teller.number(idea.opponents),
            ]
        };
        let heads = [
            "figures-proposal",
            "figure-proposals",
            "figures-voters",
            "figures-supporters",
            "figures-opponents",
        ];
        let rows: Vec<Vec<String>> = ideas.iter().take(TABLE_MAX).map(row).collect();
        let table = teller.table("ideas-table", &heads, rows);
        (!shown.is_empty()).then_some(Self { shown, total: ideas.len() as u64, table })
    }

    pub(crate) fn is_cut(&self) -> bool {
        (self.table.rows.len() as u64) < self.total
    }
}

impl<'a> ToldIdea<'a> {
    fn of(teller: Teller<'a>, idea: &'a IdeaResult) -> Self {
        let shares = &idea.shares;
        let figures = |share: f64| teller.percent(share);
        let segment = |tone: &str, share: f64| Segment { tone: tone.into(), share, words: figures(share) };
        let title = teller.say(
            "idea-bar",
            &[
                ("agree", figures(shares.agree.mean).into()),
                ("disagree", figures(shares.disagree.mean).into()),
                ("neutral", figures(shares.neutral.mean).into()),
            ],
        );
        let mut numbers: Vec<String> =
            idea.proposals.iter().take(NUMBERS_MAX).map(ToString::to_string).collect();
        if idea.proposals.len() > NUMBERS_MAX {
            numbers.push("…".into());
        }
        Self {
            title: &idea.title,
            numbers: numbers.join(", "),
            proposals: idea.proposals.len() as u64,
            supporters: teller.number(idea.supporters),
            bar: Stack::new(
                title,
                vec![
                    segment("tone-agree", shares.agree.mean),
                    segment("tone-neutral", shares.neutral.mean),
                    segment("tone-disagree", shares.disagree.mean),
                ],
            ),
        }
    }
}
