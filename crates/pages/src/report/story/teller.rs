//! The teller of a report: it puts figures, audiences and groups into words of one language.

use fluent_bundle::FluentValue;
use gd_domain::{Audience, Choice, ItemNumber, Language, Slug};
use gd_report::{ProposalResult, Report, Shares};

use super::table::Table;
use crate::frame::words::{number, say};
use crate::report::figures;
use crate::report::pictures::stack::{Segment, Stack};

/// The facts that every part of the story needs.
#[derive(Clone, Copy)]
pub(crate) struct Teller<'a> {
    pub(crate) language: Language,
    pub(crate) report: &'a Report,
    pub(crate) audiences: &'a [Audience],
    /// The time zone dates are written in.
    pub(crate) zone: &'a str,
}

/// Groups with a colour of their own; further ones share them.
const GROUP_TONES: usize = 6;

impl<'a> Teller<'a> {
    pub(crate) fn say(self, key: &str, variables: &[(&str, FluentValue<'a>)]) -> String {
        say(self.language, key, variables)
    }

    pub(crate) fn number(self, count: u64) -> String {
        number(self.language, count)
    }

    pub(crate) fn percent(self, share: f64) -> String {
        figures::percent(self.language, share)
    }

    /// A part of a whole in percent; zero when the whole is zero.
    #[expect(clippy::cast_precision_loss, reason = "counts of people and votes, far below 2^53")]
    pub(crate) fn percent_of(self, part: u64, whole: u64) -> String {
        self.percent(part as f64 / whole.max(1) as f64)
    }

    pub(crate) fn proposals(self, numbers: &[ItemNumber]) -> Vec<&'a ProposalResult> {
        numbers.iter().filter_map(|&number| self.report.proposal(number)).collect()
    }

    /// A proposal by its number alone.
    pub(crate) fn short_name(self, number: ItemNumber) -> String {
        self.say("proposal-short", &[("name", number.to_string().into())])
    }

    /// A table: its caption and the heads of its columns by their keys.
    pub(crate) fn table(self, caption: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Table {
        let heads = heads.iter().map(|head| self.say(head, &[])).collect();
        Table { caption: self.say(caption, &[]), heads, rows }
    }

    /// The audience's title where it is known, else its name.
    pub(crate) fn audience(self, id: &'a Slug) -> &'a str {
        audience_title(id, self.audiences)
    }

    pub(crate) fn group_name(self, id: &Slug) -> String {
        self.say("group-name", &[("name", group_letter(id).into())])
    }

    /// The class that colours a group.
    pub(crate) fn group_tone(self, id: Option<&Slug>) -> String {
        let place = self.report.groups.iter().position(|group| Some(&group.id) == id);
        place.map_or_else(
            || "tone-nobody".to_owned(),
            |place| format!("tone-group-{}", place % GROUP_TONES + 1),
        )
    }

    /// Agree, neutral and disagree as one bar, with a sentence that says the same of `whom`.
    pub(crate) fn stack(self, whom: &str, shares: &Shares) -> Stack {
        let parts = [
            (Choice::Agree, shares.agree.mean),
            (Choice::Neutral, shares.neutral.mean),
            (Choice::Disagree, shares.disagree.mean),
        ];
        let segment = |(choice, share): (Choice, f64)| Segment {
            tone: format!("tone-{choice}"),
            share,
            words: self.percent(share),
        };
        Stack::new(
            self.say(
                "stack-title",
                &[
                    ("name", whom.to_owned().into()),
                    ("agree", self.percent(shares.agree.mean).into()),
                    ("neutral", self.percent(shares.neutral.mean).into()),
                    ("disagree", self.percent(shares.disagree.mean).into()),
                ],
            ),
            parts.into_iter().map(segment).collect(),
        )
    }
}

/// The audience's title where it is known, else its name.
pub(crate) fn audience_title<'a>(id: &'a Slug, audiences: &'a [Audience]) -> &'a str {
    let known = audiences.iter().find(|audience| audience.id == *id);
    known.map_or(id.as_str(), |audience| audience.title.as_str())
}

/// The name of a group in a picture: its letter, or the name it was given.
pub(crate) fn group_letter(id: &Slug) -> String {
    if id.as_str().len() == 1 { id.as_str().to_ascii_uppercase() } else { id.as_str().to_owned() }
}
