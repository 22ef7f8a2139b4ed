//! The result in one look: how many proposals unite, divide, are rejected or open, each with the clearest example.

use gd_domain::Label;
use gd_report::ProposalResult;

use super::findings::Section;
use super::teller::Teller;
use crate::report::pictures::stack::{Segment, Stack};
use crate::report::view::ProposalView as _;

/// One bar for all proposals, and a tile a label.
pub(crate) struct Overview<'a> {
    pub(crate) bar: Option<Stack>,
    pub(crate) tiles: Vec<Tile<'a>>,
}

/// A label with its count and its clearest example.
pub(crate) struct Tile<'a> {
    pub(crate) label: Label,
    pub(crate) total: u64,
    pub(crate) example: Option<&'a ProposalResult>,
    /// The example's figure in words.
    pub(crate) figure: String,
}

impl<'a> Overview<'a> {
    pub(crate) fn of(teller: Teller<'a>, sections: &[Section<'a>]) -> Self {
        let tile = |section: &Section<'a>| {
            let example = section.shown.first().copied().filter(|first| !first.text.is_empty());
            Tile {
                label: section.label,
                total: section.total,
                example,
                figure: example.map(|example| figure(teller, example)).unwrap_or_default(),
            }
        };
        Self { bar: bar(teller, sections), tiles: sections.iter().map(tile).collect() }
    }
}

impl Tile<'_> {
    pub(crate) fn count_key(&self) -> String {
        format!("label-{}-count", self.label.as_str())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of proposals, far below 2^53")]
fn bar(teller: Teller<'_>, sections: &[Section<'_>]) -> Option<Stack> {
    let all: u64 = sections.iter().map(|section| section.total).sum();
    let segment = |section: &Section<'_>| Segment {
        tone: format!("tone-{}", section.label.as_str()),
        share: section.total as f64 / all as f64,
        words: teller.number(section.total),
    };
    let words: Vec<String> = sections
        .iter()
        .map(|section| {
            let key = format!("label-{}-count", section.label.as_str());
            format!(
                "{} {}",
                teller.number(section.total),
                teller.say(&key, &[("count", section.total.into())])
            )
        })
        .collect();
    (all > 0).then(|| Stack::new(words.join(", "), sections.iter().map(segment).collect()))
}

/// The figure that earns the example its label.
fn figure(teller: Teller<'_>, example: &ProposalResult) -> String {
    let Some(shares) = example.estimates() else { return String::new() };
    let agree = teller.percent(shares.agree.mean).into();
    let disagree = teller.percent(shares.disagree.mean).into();
    match example.shown_label() {
        Label::Consensus => teller.say("figure-agree", &[("share", agree)]),
        Label::Rejection => teller.say("figure-disagree", &[("share", disagree)]),
        Label::Indifference => {
            teller.say("figure-neutral", &[("share", teller.percent(shares.neutral.mean).into())])
        }
        Label::Controversy | Label::Mixed | Label::Undetermined => {
            teller.say("figure-both", &[("agree", agree), ("disagree", disagree)])
        }
    }
}
