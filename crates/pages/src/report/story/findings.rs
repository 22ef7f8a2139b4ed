//! The proposals by label: those that unite first, those still open last.

use gd_domain::{Audience, Choice, Label, Language, Slug};
use gd_report::{Claims, ProposalResult, Report, Share, Shares};

use super::teller::audience_title;
use crate::frame::words::say;
use crate::report::figures::{interval, percent, text};
use crate::report::pictures::strip::{Lane, Strip};
use crate::report::view::{ProposalView as _, ReportView as _};

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
    pub(crate) shown: Vec<&'a ProposalResult>,
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
    pub(crate) fn drawn(&self) -> &[&ProposalResult] {
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
    let mut proposals: Vec<&ProposalResult> = report
        .proposals
        .iter()
        .filter(|proposal| !proposal.is_set_aside() && proposal.shown_label() == label)
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
fn clarity(proposal: &ProposalResult) -> f64 {
    let counts = proposal.counts;
    let total = counts.total().max(1) as f64;
    let low = |pick: fn(&Shares) -> Share, count: u64| {
        if proposal.shares.are_stated() { pick(&proposal.shares).low } else { count as f64 / total }
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

/// Sentences on a whole report.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
pub(crate) trait ReportWords {
    /// The number of labels expected to be wrong, rounded up so that it is never played down; `None` where
    /// nothing is claimed, and for zones, which are no claims.
    fn expected_wrong(&self, language: &Language) -> Option<String>;

    /// The key of the sentence that explains the method.
    fn method_story_key(&self) -> String;
}

impl ReportWords for Report {
    fn expected_wrong(&self, language: &Language) -> Option<String> {
        let claims = Some(self.claims).filter(|claims| claims.count > 0 && !self.has_zones())?;
        let figures = [("count", claims.count.into()), ("wrong", wrong_at_most(claims).into())];
        Some(say(*language, "results-claims", &figures))
    }

    fn method_story_key(&self) -> String {
        format!("method-{}", self.method)
    }
}

/// Figures and sentences on one proposal.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
pub(crate) trait ProposalWords {
    /// The three shares, drawn with their intervals.
    fn strip(&self, language: &Language) -> Option<Strip>;

    /// The three shares in words: agree, disagree, neutral.
    fn figures(&self, language: &Language) -> Vec<Figure>;

    /// Audiences that disagree, that do not share it, that are too few; a line each.
    fn audience_lines(&self, language: &Language, audiences: &[Audience]) -> Vec<String>;

    /// The confidence in its label, as a word of the translations; `None` where nothing is claimed.
    fn confidence_key(&self) -> Option<&'static str>;

    /// For an open label: the votes that would most probably settle it, in words.
    fn settling_line(&self, language: &Language) -> Option<String>;
}

impl ProposalWords for ProposalResult {
    fn strip(&self, language: &Language) -> Option<Strip> {
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

    fn figures(&self, language: &Language) -> Vec<Figure> {
        let Some(shares) = self.estimates() else { return Vec::new() };
        let parts = [
            (Choice::Agree, "mark-circle", shares.agree),
            (Choice::Disagree, "mark-square", shares.disagree),
            (Choice::Neutral, "mark-triangle", shares.neutral),
        ];
        let figure = |(choice, mark, share): (Choice, &'static str, Share)| Figure {
            choice,
            mark,
            name: say(*language, &format!("choice-{choice}"), &[]),
            share: percent(*language, share.mean),
            interval: self.shares.are_stated().then(|| interval(*language, share)),
        };
        parts.into_iter().map(figure).collect()
    }

    fn audience_lines(&self, language: &Language, audiences: &[Audience]) -> Vec<String> {
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

    fn confidence_key(&self) -> Option<&'static str> {
        // A zone is no claim: its method takes no account of uncertainty.
        let claims =
            self.zone.is_none() && self.shown_label() != Label::Undetermined && self.confidence > 0.0;
        claims.then_some(match self.confidence {
            0.99.. => "confidence-almost-certain",
            0.95.. => "confidence-very-likely",
            0.80.. => "confidence-likely",
            _ => "confidence-rather-likely",
        })
    }

    fn settling_line(&self, language: &Language) -> Option<String> {
        let votes = self.further_votes.filter(|_| self.shown_label() == Label::Undetermined)?;
        Some(say(*language, "settled-by", &[("count", votes.into())]))
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
