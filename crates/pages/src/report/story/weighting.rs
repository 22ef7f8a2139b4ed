//! The figures weighted to a population, beside the raw ones.

use gd_domain::Label;
use gd_report::ProposalResult;

use super::findings::Section;
use super::table::Table;
use super::teller::Teller;
use crate::report::figures;
use crate::report::pictures::strip::{Lane, Strip};

/// The weighting: its margins, and the labels it changes.
pub(crate) struct WeightingPart<'a> {
    pub(crate) story: String,
    /// Each margin: the population's share, the participants' share, the weighted share.
    pub(crate) margins: Table,
    pub(crate) rows: Vec<Row<'a>>,
    pub(crate) table: Table,
}

/// A proposal, raw and weighted.
pub(crate) struct Row<'a> {
    pub(crate) proposal: &'a ProposalResult,
    pub(crate) strip: Strip,
    raw: String,
    weighted: String,
}

/// Leading proposals of each label.
const LEADING: [(Label, usize); 3] = [(Label::Consensus, 3), (Label::Controversy, 2), (Label::Rejection, 1)];

impl<'a> WeightingPart<'a> {
    pub(crate) fn of(teller: Teller<'a>, sections: &[Section<'a>]) -> Option<Self> {
        let weighting = teller.report.weighting.as_ref()?;
        let rows = LEADING.into_iter().flat_map(|(label, count)| {
            let section = sections.iter().filter(move |section| section.label == label);
            section
                .flat_map(|section| section.shown.iter())
                .filter_map(|one| Row::of(teller, one))
                .take(count)
        });
        let margin = |margin: &'a gd_report::MarginResult| {
            let audience = teller.audiences.iter().find(|one| one.id.as_str() == margin.value);
            let name = audience.map_or_else(|| margin.value.clone(), |audience| audience.title.clone());
            let shares = [margin.population, margin.participants, margin.achieved];
            std::iter::once(name).chain(shares.map(|share| teller.percent(share))).collect()
        };
        let story = teller.say(
            "weighting-story",
            &[
                ("count", weighting.participants.into()),
                ("effective", teller.number(whole(weighting.effective_participants)).into()),
                ("undeclared", teller.number(weighting.undeclared).into()),
            ],
        );
        let heads = ["figures-audience", "weighting-population", "figure-participants", "weighting-achieved"];
        let margins = weighting.margins.iter().map(margin).collect();
        let margins = teller.table("weighting-margins", &heads, margins);
        let rows: Vec<Row<'a>> = rows.collect();
        let row = |row: &Row<'_>| {
            vec![teller.short_name(row.proposal.number), row.raw.clone(), row.weighted.clone()]
        };
        let heads = ["figures-proposal", "weighting-raw", "weighting-weighted"];
        let table = teller.table("weighting-table", &heads, rows.iter().map(row).collect());
        Some(Self { story, margins, rows, table })
    }
}

impl<'a> Row<'a> {
    fn of(teller: Teller<'a>, proposal: &'a ProposalResult) -> Option<Self> {
        let (raw, weighted) = (proposal.shares.agree, proposal.weighted?.shares.agree);
        let written = |share| figures::share(teller.language, share);
        let title = teller
            .say("weighting-strip", &[("raw", written(raw).into()), ("weighted", written(weighted).into())]);
        let lane = |mark, tone: &str, share| Lane { tone: tone.into(), mark, letter: String::new(), share };
        let lanes =
            vec![lane("mark-circle", "tone-agree", raw), lane("mark-ring", "tone-weighted", weighted)];
        Some(Self {
            proposal,
            strip: Strip::new(title, lanes),
            raw: written(raw),
            weighted: written(weighted),
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of people, not negative"
)]
fn whole(people: f64) -> u64 {
    people.max(0.0).round() as u64
}
