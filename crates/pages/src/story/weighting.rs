//! The figures weighted to a population, beside the raw ones.

use gd_domain::Label;

use super::findings::Section;
use super::teller::Teller;
use crate::pictures::strip::{Lane, Strip};
use crate::{ReportedProposal, figures};

/// What was weighted to what, and what that changes.
pub(crate) struct WeightingPart<'a> {
    pub(crate) story: String,
    pub(crate) margins: Vec<Margin>,
    pub(crate) rows: Vec<Row<'a>>,
}

/// One declared value: population, participants, participants by weight.
pub(crate) struct Margin {
    pub(crate) name: String,
    pub(crate) shares: [String; 3],
}

/// A proposal, raw and weighted.
pub(crate) struct Row<'a> {
    pub(crate) proposal: &'a ReportedProposal,
    pub(crate) strip: Strip,
    pub(crate) raw: String,
    pub(crate) weighted: String,
}

/// Leading proposals of each label.
const LEADING: [(Label, usize); 3] = [(Label::Consensus, 5), (Label::Controversy, 2), (Label::Rejection, 2)];

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
        let margin = |margin: &'a crate::Margin| {
            let audience = teller.audiences.iter().find(|one| one.id.as_str() == margin.value);
            Margin {
                name: audience.map_or_else(|| margin.value.clone(), |audience| audience.title.clone()),
                shares: [margin.population, margin.participants, margin.achieved]
                    .map(|share| teller.percent(share)),
            }
        };
        let story = teller.say(
            "weighting-story",
            &[
                ("count", weighting.participants.into()),
                ("effective", teller.number(whole(weighting.effective_participants)).into()),
                ("undeclared", teller.number(weighting.undeclared).into()),
            ],
        );
        Some(Self { story, margins: weighting.margins.iter().map(margin).collect(), rows: rows.collect() })
    }
}

impl<'a> Row<'a> {
    fn of(teller: Teller<'a>, proposal: &'a ReportedProposal) -> Option<Self> {
        let (raw, weighted) = (proposal.shares?.agree, proposal.weighted?.shares.agree);
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
