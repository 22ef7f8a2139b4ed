//! The triangle of all proposals, with the leading ones pointed out.

use std::collections::BTreeMap;

use gd_domain::Label;
use gd_report::ProposalResult;

use super::findings::Section;
use super::table::Table;
use super::teller::Teller;
use crate::report::pictures::Look as _;
use crate::report::pictures::triangle::{Triangle, Words};
use crate::report::view::{ProposalView as _, ReportView as _};

/// The drawing, the proposals it points out, and what it shows as a table.
pub(crate) struct TrianglePart<'a> {
    pub(crate) drawing: Triangle,
    /// By the numbers they have in the drawing: 1, 2, 3…
    pub(crate) pointed_out: Vec<&'a ProposalResult>,
    /// The labels with how many proposals have each.
    pub(crate) key: Vec<(Label, String)>,
    pub(crate) table: Table,
    /// Notes for reading: one or many proposals a mark, and the number without a vote.
    pub(crate) notes: Vec<String>,
}

/// The proposals of one label.
struct Row {
    label: Label,
    proposals: String,
    part: String,
    /// Half of them have more than this: agree, disagree, neutral.
    medians: [String; 3],
}

/// Proposals pointed out of each label.
const POINTED_OUT: [(Label, usize); 3] =
    [(Label::Consensus, 4), (Label::Controversy, 3), (Label::Rejection, 3)];

impl<'a> TrianglePart<'a> {
    /// None where nobody voted on anything.
    pub(crate) fn of(teller: Teller<'a>, sections: &[Section<'a>]) -> Option<Self> {
        let proposals: Vec<&ProposalResult> = teller.report.published().collect();
        let pointed_out = pointed_out(sections);
        // Zones have borders of their own, which are no regions of this triangle.
        let thresholds = Some(teller.report.thresholds).filter(|_| !teller.report.has_zones());
        let drawing = Triangle::new(words(teller, sections), thresholds, &proposals, &pointed_out);
        let notes = notes(teller, &drawing, proposals.len() as u64);
        let rows = rows(teller, &proposals);
        let key = rows.iter().map(|row| (row.label, row.proposals.clone())).collect();
        let heads = [
            "figures-label",
            "figure-proposals",
            "figures-part",
            "choice-agree",
            "choice-disagree",
            "choice-neutral",
        ];
        let cells = |row: Row| {
            let mut cells = vec![teller.say(&row.label.name_key(), &[]), row.proposals, row.part];
            cells.extend(row.medians);
            cells
        };
        let table = teller.table("triangle-table", &heads, rows.into_iter().map(cells).collect());
        (drawing.drawn > 0).then_some(Self { drawing, pointed_out, key, table, notes })
    }
}

fn pointed_out<'a>(sections: &[Section<'a>]) -> Vec<&'a ProposalResult> {
    let of_label = |(label, count): (Label, usize)| {
        let section = sections.iter().find(move |section| section.label == label);
        section.into_iter().flat_map(move |section| section.shown.iter().copied().take(count))
    };
    POINTED_OUT.into_iter().flat_map(of_label).collect()
}

fn words(teller: Teller<'_>, sections: &[Section<'_>]) -> Words {
    let counts: Vec<String> = sections
        .iter()
        .map(|section| {
            format!("{} {}", teller.say(&section.label.name_key(), &[]), teller.number(section.total))
        })
        .collect();
    let name = |label: Label| (label, teller.say(&format!("label-{}-name", label.as_str()), &[]));
    Words {
        title: teller.say("triangle-title", &[]),
        description: teller.say("triangle-description", &[("name", counts.join(", ").into())]),
        corners: ["disagree", "agree", "neutral"].map(|choice| teller.say(&format!("choice-{choice}"), &[])),
        names: Label::ALL.into_iter().map(name).collect(),
    }
}

fn notes(teller: Teller<'_>, drawing: &Triangle, proposals: u64) -> Vec<String> {
    let mut notes = Vec::new();
    if drawing.most_in_a_mark > 1 {
        notes.push(teller.say("triangle-gathered", &[("count", drawing.most_in_a_mark.into())]));
    }
    let without = proposals.saturating_sub(drawing.drawn);
    if without > 0 {
        notes.push(teller.say("triangle-not-drawn", &[("count", without.into())]));
    }
    notes
}

fn rows(teller: Teller<'_>, proposals: &[&ProposalResult]) -> Vec<Row> {
    let mut by_label: BTreeMap<Label, [Vec<f64>; 3]> = BTreeMap::new();
    for proposal in proposals {
        if let Some(shares) = proposal.estimates() {
            let columns = by_label.entry(proposal.shown_label()).or_default();
            for (column, share) in columns.iter_mut().zip([shares.agree, shares.disagree, shares.neutral]) {
                column.push(share.mean);
            }
        }
    }
    let row = |(label, columns): (Label, [Vec<f64>; 3])| {
        let count = columns[0].len() as u64;
        Row {
            label,
            proposals: teller.number(count),
            part: teller.percent_of(count, proposals.len() as u64),
            medians: columns.map(|column| teller.percent(median(column))),
        }
    };
    by_label.into_iter().map(row).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}
