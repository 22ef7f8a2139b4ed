//! The proposals by label: those that unite first, those still open last.

use gd_domain::{Audience, Choice, Label, Language, Slug};

use super::teller::audience_title;
use crate::frame::words::say;
use crate::report::figures::{interval, percent, text};
use crate::report::pictures::strip::{Lane, Strip};
use crate::report::view::{Claims, Interval, Report, ReportedProposal};

/// Most proposals drawn under one of the headings everybody looks for; the table below the drawings goes on.
const DRAWN_MAX: usize = 5;
/// The same under the others.
const DRAWN_OTHERS_MAX: usize = 3;
/// Most proposals shown under one heading: a page is read, the data are downloaded.
const SHOWN_MAX: usize = 30;

/// The proposals of one label.
pub(crate) struct Section<'a> {
    pub(crate) label: Label,
    /// The proposals shown, the clearest first.
    pub(crate) shown: Vec<&'a ReportedProposal>,
    /// The number of proposals in all.
    pub(crate) total: u64,
    /// Whether these are zones, whose borders differ from those of the labels.
    of_zones: bool,
}

impl Section<'_> {
    pub(crate) fn title_key(&self) -> String {
        format!("label-{}-title", self.label.as_str())
    }

    pub(crate) fn story_key(&self) -> String {
        // Nothing has a mixed zone: such a report has labels as well, which then speak for themselves.
        let kind = if self.of_zones && self.label != Label::Mixed { "zone" } else { "label" };
        format!("{kind}-{}-story", self.label.as_str())
    }

    /// The proposals that have a drawing.
    pub(crate) fn drawn(&self) -> &[&ReportedProposal] {
        let most = match self.label {
            Label::Consensus | Label::Controversy | Label::Rejection => DRAWN_MAX,
            Label::Indifference | Label::Mixed | Label::Undetermined => DRAWN_OTHERS_MAX,
        };
        &self.shown[..self.shown.len().min(most)]
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub(crate) fn shown_of_total(&self, language: &Language) -> String {
        say(*language, "results-shown", &[("shown", self.shown.len().into()), ("total", self.total.into())])
    }
}

/// The sections to show: the four everybody looks for, the others if there is anything in them.
pub(crate) fn sections(report: &Report) -> Vec<Section<'_>> {
    Label::ALL.into_iter().filter_map(|label| section(report, label)).collect()
}

fn section(report: &Report, label: Label) -> Option<Section<'_>> {
    let mut proposals: Vec<&ReportedProposal> = report
        .proposals
        .iter()
        .filter(|proposal| proposal.is_published() && proposal.shown_label() == label)
        .collect();
    let is_expected = !matches!(label, Label::Indifference | Label::Mixed);
    if proposals.is_empty() && !is_expected {
        return None;
    }
    proposals
        .sort_by(|one, other| clarity(other).total_cmp(&clarity(one)).then(one.number.cmp(&other.number)));
    let total = proposals.len() as u64;
    proposals.truncate(SHOWN_MAX);
    Some(Section { label, shown: proposals, total, of_zones: report.has_zones() })
}

/// The clarity of a proposal's label: the share that decides it, at the low end of its interval where it has one;
/// the number of votes for a proposal that is still open.
#[expect(clippy::cast_precision_loss, reason = "counts of votes, far below 2^53")]
fn clarity(proposal: &ReportedProposal) -> f64 {
    let counts = proposal.counts;
    let total = counts.total().max(1) as f64;
    let low = |pick: fn(&crate::report::view::Shares) -> crate::report::view::Interval, count: u64| {
        proposal.shares.as_ref().map_or(count as f64 / total, |shares| pick(shares).low)
    };
    let agree = low(|shares| shares.agree, counts.agree);
    let disagree = low(|shares| shares.disagree, counts.disagree);
    match proposal.shown_label() {
        Label::Consensus => agree,
        Label::Rejection => disagree,
        Label::Controversy => agree.min(disagree),
        Label::Indifference => low(|shares| shares.neutral, counts.neutral),
        Label::Mixed | Label::Undetermined => counts.total() as f64,
    }
}

/// One share of a proposal, in words.
pub(crate) struct Figure {
    pub(crate) choice: Choice,
    pub(crate) mark: &'static str,
    pub(crate) name: String,
    pub(crate) share: String,
    /// None where the method has no intervals.
    pub(crate) interval: Option<String>,
}

impl Figure {
    fn in_words(self) -> String {
        match self.interval {
            Some(interval) => format!("{} {} ({interval})", self.name, self.share),
            None => format!("{} {}", self.name, self.share),
        }
    }
}

/// Methods the pages can tell about.
pub(crate) const METHODS: [&str; 3] = ["calibrated", "make-org", "polis"];

impl Report {
    /// The expected number of wrong labels, rounded up so that it is never played down. `None` where nothing is
    /// claimed, and for zones, which are no claims.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub(crate) fn expected_wrong(&self, language: &Language) -> Option<String> {
        let claims = self.claims.filter(|claims| claims.count > 0 && !self.has_zones())?;
        let figures = [("count", claims.count.into()), ("wrong", wrong_at_most(claims).into())];
        Some(say(*language, "results-claims", &figures))
    }

    pub(crate) fn method_story_key(&self) -> String {
        let known = METHODS.into_iter().find(|&known| known == self.method);
        format!("method-{}", known.unwrap_or("other"))
    }
}

impl ReportedProposal {
    /// The three shares, drawn with their intervals.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub(crate) fn strip(&self, language: &Language) -> Option<Strip> {
        let shares = self.estimates()?;
        let lane = |choice: Choice, mark, share| Lane {
            tone: format!("tone-{choice}"),
            mark,
            letter: String::new(),
            share,
        };
        let lanes = vec![
            lane(Choice::Agree, "mark-circle", shares.agree),
            lane(Choice::Disagree, "mark-square", shares.disagree),
            lane(Choice::Neutral, "mark-triangle", shares.neutral),
        ];
        let words: Vec<String> = self.figures(language).into_iter().map(Figure::in_words).collect();
        let name = say(*language, "chart-title", &[("name", text(self.number.to_string()))]);
        Some(Strip::new(format!("{name}: {}", words.join(", ")), lanes))
    }

    /// The three shares in words: agree, disagree, neutral.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub(crate) fn figures(&self, language: &Language) -> Vec<Figure> {
        let Some(shares) = self.estimates() else { return Vec::new() };
        let parts = [
            (Choice::Agree, "mark-circle", shares.agree),
            (Choice::Disagree, "mark-square", shares.disagree),
            (Choice::Neutral, "mark-triangle", shares.neutral),
        ];
        let figure = |(choice, mark, share): (Choice, &'static str, Interval)| Figure {
            choice,
            mark,
            name: say(*language, &format!("choice-{choice}"), &[]),
            share: percent(*language, share.mean),
            interval: self.shares.map(|_| interval(*language, share)),
        };
        parts.into_iter().map(figure).collect()
    }

    /// One sentence each for the audiences that rather disagree, that do not share it, that are too few to tell.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub(crate) fn audience_lines(&self, language: &Language, audiences: &[Audience]) -> Vec<String> {
        let beside: Vec<Slug> =
            self.not_shared_by.iter().filter(|id| !self.opposed_by.contains(id)).cloned().collect();
        let lists = [
            ("finding-opposed-by", &self.opposed_by),
            ("finding-not-shared-by", &beside),
            ("finding-too-few", &self.too_few_to_tell),
        ];
        let line = |(key, ids): (&str, &Vec<Slug>)| {
            let titles: Vec<&str> = ids.iter().map(|id| audience_title(id, audiences)).collect();
            (!titles.is_empty()).then(|| say(*language, key, &[("name", titles.join(", ").into())]))
        };
        lists.into_iter().filter_map(line).collect()
    }

    /// The key of the words for the label's confidence. `None` where the label claims nothing.
    pub(crate) fn confidence_key(&self) -> Option<&'static str> {
        let confidence = self.confidence?;
        // A zone is no claim: its method takes no account of uncertainty.
        let claims = self.zone.is_none() && self.shown_label() != Label::Undetermined;
        claims.then_some(match confidence {
            0.99.. => "confidence-almost-certain",
            0.95.. => "confidence-very-likely",
            0.80.. => "confidence-likely",
            _ => "confidence-rather-likely",
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of proposals, far below 2^53")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the count")]
fn wrong_at_most(claims: Claims) -> u64 {
    (claims.mean_error.clamp(0.0, 1.0) * claims.count as f64).ceil() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(proposals: &str) -> Report {
        let input = r#""input":{"ballots":0,"participants":0,"proposals":0}"#;
        serde_json::from_str(&format!(r#"{{"method":"make-org",{input},"proposals":[{proposals}]}}"#))
            .unwrap()
    }

    fn proposal(number: usize, label: &str, agree: u64, disagree: u64) -> String {
        format!(
            r#"{{"number":{number},"label":"{label}","counts":{{"agree":{agree},"disagree":{disagree},"neutral":0}}}}"#
        )
    }

    #[test]
    fn the_clearest_case_comes_first() {
        let report = report(&[proposal(1, "consensus", 6, 4), proposal(2, "consensus", 9, 1)].join(","));
        let numbers: Vec<u32> = sections(&report)[0].shown.iter().map(|proposal| proposal.number.0).collect();
        assert_eq!(numbers, [2, 1]);
    }

    #[test]
    fn a_section_shows_a_pageful_and_says_how_many_there_are() {
        let many: Vec<String> = (0..31).map(|number| proposal(number, "rejection", 0, 5)).collect();
        let report = report(&many.join(","));
        let sections = sections(&report);
        assert_eq!((sections[2].shown.len(), sections[2].total), (SHOWN_MAX, 31));
    }

    #[test]
    fn the_expected_sections_are_there_even_when_empty() {
        let report = report("");
        let labels: Vec<Label> = sections(&report).iter().map(|section| section.label).collect();
        assert_eq!(labels, [Label::Consensus, Label::Controversy, Label::Rejection, Label::Undetermined]);
    }
}
