//! A report put in the order it is read, with its pictures: what unites and divides first, how far it can be
//! trusted last. Each part is one file here and one template in `web/templates/report/story`; a part is there only
//! if the report has what it tells.

mod audiences;
mod bridging;
mod coverage;
pub(crate) mod findings;
mod groups;
mod ideas;
mod integrity;
mod outlook;
mod overview;
pub(crate) mod recompute;
mod shortlist;
mod table;
pub(crate) mod teller;
mod triangle;
mod weighting;

use gd_domain::{Audience, Language};
use gd_report::Report;

use audiences::AudiencesPart;
use bridging::BridgingPart;
use coverage::CoveragePart;
use findings::Section;
use groups::GroupsPart;
use ideas::IdeasPart;
use integrity::IntegrityPart;
use outlook::OutlookPart;
use overview::Overview;
use shortlist::ShortlistPart;
use teller::Teller;
use triangle::TrianglePart;
use weighting::WeightingPart;

/// All that is told of a report.
pub(crate) struct Story<'a> {
    pub(crate) overview: Overview<'a>,
    pub(crate) triangle: Option<TrianglePart<'a>>,
    pub(crate) sections: Vec<Section<'a>>,
    pub(crate) ideas: Option<IdeasPart<'a>>,
    pub(crate) groups: Option<GroupsPart<'a>>,
    pub(crate) bridging: Option<BridgingPart<'a>>,
    pub(crate) audiences: Option<AudiencesPart<'a>>,
    pub(crate) weighting: Option<WeightingPart<'a>>,
    pub(crate) shortlist: Option<ShortlistPart<'a>>,
    pub(crate) coverage: Option<CoveragePart>,
    pub(crate) outlook: Option<OutlookPart<'a>>,
    pub(crate) integrity: Option<IntegrityPart<'a>>,
}

impl<'a> Story<'a> {
    /// The story of a report in a language; `audiences` give their titles where they are known, and dates are
    /// those of the time zone of this name.
    pub(crate) fn of(
        report: &'a Report,
        language: Language,
        audiences: &'a [Audience],
        zone: &'a str,
    ) -> Self {
        let teller = Teller { language, report, audiences, zone };
        let sections = findings::sections(report);
        Self {
            overview: Overview::of(teller, &sections),
            triangle: TrianglePart::of(teller, &sections),
            ideas: IdeasPart::of(teller),
            groups: GroupsPart::of(teller),
            bridging: BridgingPart::of(teller),
            audiences: AudiencesPart::of(teller, &sections),
            weighting: WeightingPart::of(teller, &sections),
            shortlist: ShortlistPart::of(teller),
            coverage: CoveragePart::of(teller),
            outlook: OutlookPart::of(teller),
            integrity: IntegrityPart::of(teller),
            sections,
        }
    }

    /// Addresses and titles of the parts after the findings, for the list of contents.
    pub(crate) fn contents(&self) -> Vec<(&'static str, &'static str)> {
        let parts = [
            (self.triangle.is_some(), ("triangle", "triangle-heading")),
            (true, ("consensus", "contents-findings")),
            (self.ideas.is_some(), ("ideas", "ideas-heading")),
            (self.groups.is_some(), ("groups", "groups-heading")),
            (self.bridging.is_some(), ("bridging", "bridging-heading")),
            (self.audiences.is_some(), ("audiences", "audiences-heading")),
            (self.weighting.is_some(), ("weighting", "weighting-heading")),
            (self.shortlist.is_some(), ("shortlist", "shortlist-heading")),
            (self.outlook.is_some(), ("outlook", "outlook-heading")),
            (self.coverage.is_some(), ("coverage", "coverage-heading")),
            (self.integrity.is_some(), ("integrity", "integrity-heading")),
            (true, ("method", "results-method")),
            (true, ("downloads", "downloads-heading")),
        ];
        parts.into_iter().filter(|(is_there, _)| *is_there).map(|(_, entry)| entry).collect()
    }
}
