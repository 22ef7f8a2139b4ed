//! The audiences side by side, on an equal footing: what leads, and where they differ most.

use gd_domain::{Label, Slug};
use gd_report::{AudienceResult, ProposalResult};

use super::findings::Section;
use super::table::Table;
use super::teller::Teller;
use crate::report::figures;
use crate::report::pictures::stack::Stack;

/// Lists of proposals, none that is empty.
pub(crate) struct AudiencesPart<'a> {
    pub(crate) lists: Vec<List<'a>>,
}

/// A list of proposals under one heading.
pub(crate) struct List<'a> {
    pub(crate) title: String,
    pub(crate) rows: Vec<ComparedProposal<'a>>,
    pub(crate) table: Table,
}

/// A proposal with what each audience says of it.
pub(crate) struct ComparedProposal<'a> {
    pub(crate) proposal: &'a ProposalResult,
    pub(crate) voices: Vec<Voice>,
}

/// One audience's figures; an audience with fewer than five voters is not in the report.
pub(crate) struct Voice {
    pub(crate) audience: String,
    pub(crate) votes: u64,
    pub(crate) bar: Stack,
    /// Agree, neutral, disagree.
    pub(crate) shares: [String; 3],
}

/// Leading proposals of each label.
const LEADING: [(Label, usize); 2] = [(Label::Consensus, 3), (Label::Controversy, 2)];
/// Proposals on which audiences differ most.
const APART_MAX: usize = 4;

impl<'a> AudiencesPart<'a> {
    /// None where no two audiences can be compared.
    pub(crate) fn of(teller: Teller<'a>, sections: &[Section<'a>]) -> Option<Self> {
        let compared = |proposal: &'a ProposalResult| ComparedProposal::of(teller, proposal);
        let can_compare = |proposal: &&ProposalResult| proposal.by_audience.len() >= 2;
        let leading = LEADING.into_iter().flat_map(|(label, count)| {
            let section = sections.iter().filter(move |section| section.label == label);
            section.flat_map(|section| section.shown.iter().copied()).filter(can_compare).take(count)
        });
        let leading: Vec<ComparedProposal<'a>> = leading.map(compared).collect();
        let mut apart: Vec<(f64, &ProposalResult)> = teller
            .report
            .published()
            .filter(can_compare)
            .filter_map(|proposal| Some((distance(proposal)?, proposal)))
            .collect();
        apart.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.number.cmp(&other.1.number)));
        let apart: Vec<ComparedProposal<'a>> =
            apart.into_iter().take(APART_MAX).map(|(_, proposal)| compared(proposal)).collect();
        let lists = [("audiences-leading", leading), ("audiences-apart", apart)];
        let lists = lists.into_iter().filter(|(_, rows)| !rows.is_empty());
        let lists: Vec<List<'a>> = lists.map(|(title, rows)| List::of(teller, title, rows)).collect();
        (!lists.is_empty()).then_some(Self { lists })
    }
}

impl<'a> List<'a> {
    fn of(teller: Teller<'a>, title: &str, rows: Vec<ComparedProposal<'a>>) -> Self {
        let cells = |compared: &ComparedProposal<'_>, voice: &Voice| {
            let mut cells = vec![
                format!("{} · {}", teller.short_name(compared.proposal.number), voice.audience),
                teller.number(voice.votes),
            ];
            cells.extend(voice.shares.iter().cloned());
            cells
        };
        let heads = [
            "figures-proposal-audience",
            "figure-votes",
            "choice-agree",
            "choice-neutral",
            "choice-disagree",
        ];
        let all = rows.iter().flat_map(|compared| {
            compared.voices.iter().map(|voice| cells(compared, voice)).collect::<Vec<_>>()
        });
        let table = teller.table("audiences-table", &heads, all.collect());
        Self { title: teller.say(title, &[]), rows, table }
    }
}

/// The gap between the intervals of the audiences' shares of agree that are farthest apart. `None` where they
/// touch.
fn distance(proposal: &ProposalResult) -> Option<f64> {
    let agree = || proposal.by_audience.values().map(|voice| voice.shares.agree);
    let low = agree().map(|share| share.low).fold(f64::NEG_INFINITY, f64::max);
    let high = agree().map(|share| share.high).fold(f64::INFINITY, f64::min);
    (low > high).then_some(low - high)
}

impl<'a> ComparedProposal<'a> {
    fn of(teller: Teller<'a>, proposal: &'a ProposalResult) -> Self {
        // In the organizers' order where it is known.
        let order = |id: &Slug| teller.audiences.iter().position(|audience| audience.id == *id);
        let mut voices: Vec<(&Slug, &AudienceResult)> = proposal.by_audience.iter().collect();
        voices.sort_by_key(|(id, _)| (order(id).unwrap_or(usize::MAX), *id));
        let voice = |(id, voice): (&'a Slug, &AudienceResult)| {
            let audience = teller.audience(id);
            let shares = &voice.shares;
            Voice {
                audience: audience.to_owned(),
                votes: voice.counts.total(),
                bar: teller.stack(audience, shares),
                shares: [shares.agree, shares.neutral, shares.disagree]
                    .map(|share| figures::share(teller.language, share)),
            }
        };
        Self { proposal, voices: voices.into_iter().map(voice).collect() }
    }
}
