//! `/c/{slug}/stand`: where do I stand? Compares one's own ballots with the groups and with everybody.

use std::collections::BTreeMap;

use askama::Template;
use gd_domain::{Choice, ItemNumber};
use gd_report::Report;

use super::agreement::{Agreement, Stand};
use crate::frame::{Frame, Here};
use crate::report::pictures::opinion_map::DrawnMap;
use crate::report::story::teller::{Teller, group_letter};

/// One's own ballots compared with a report, or the reason why they cannot be compared yet.
#[derive(Debug, Template)]
#[template(path = "public/results/stand.html")]
pub struct StandPage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// The participant's standing ballots.
    pub ballots: BTreeMap<ItemNumber, Choice>,
    /// The report the public sees, if there is one.
    pub report: Option<&'a Report>,
}

/// The page's content for one person.
struct StandStory {
    stand: Stand,
    sentences: Vec<String>,
    map: Option<DrawnMap>,
    rows: Vec<Row>,
}

/// One person compared with a group or with everybody.
struct Row {
    who: String,
    tone: String,
    is_nearest: bool,
    /// "14 of 18", and the same in percent.
    figure: String,
    percent: String,
    /// The width of the bar, in percent.
    width: u64,
}

impl StandPage<'_> {
    fn story(&self) -> Option<StandStory> {
        let report = self.report?;
        let audiences = &self.here.consultation.description.audiences;
        let zone = self.here.time_zone();
        let teller = Teller { language: self.frame.language, report, audiences, zone };
        Some(StandStory::of(teller, Stand::of(report, &self.ballots)))
    }
}

impl StandStory {
    fn of(teller: Teller<'_>, stand: Stand) -> Self {
        let everybody =
            Row::of(teller, (teller.say("stand-everybody", &[]), "tone-nobody".into()), stand.everybody);
        let groups =
            stand.groups.iter().filter(|(_, agreement)| agreement.compared > 0).map(|(id, agreement)| {
                let row = Row::of(teller, (teller.group_name(id), teller.group_tone(Some(id))), *agreement);
                Row { is_nearest: stand.nearest.as_ref() == Some(id), ..row }
            });
        Self {
            sentences: sentences(teller, &stand),
            map: map(teller, &stand),
            rows: std::iter::once(everybody).chain(groups).filter(|_| stand.missing() == 0).collect(),
            stand,
        }
    }
}

impl Row {
    fn of(
        teller: Teller<'_>,
        (who, tone): (String, String),
        Agreement { same, compared }: Agreement,
    ) -> Self {
        Self {
            who,
            tone,
            is_nearest: false,
            figure: teller.say("stand-figure", &[("same", same.into()), ("count", compared.into())]),
            percent: teller.percent_of(same, compared),
            width: same * 100 / compared.max(1),
        }
    }
}

fn sentences(teller: Teller<'_>, stand: &Stand) -> Vec<String> {
    if stand.missing() > 0 {
        let figures = [("count", stand.missing().into()), ("votes", stand.votes.into())];
        return vec![teller.say("stand-too-few", &figures)];
    }
    let mut sentences = Vec::new();
    let beside = stand.nearest.as_ref().and_then(|id| stand.groups.iter().find(|(one, _)| one == id));
    match beside {
        Some((id, agreement)) => sentences.push(teller.say(
            "stand-nearest",
            &[
                ("name", teller.group_name(id).into()),
                ("same", agreement.same.into()),
                ("count", agreement.compared.into()),
                ("share", teller.percent_of(agreement.same, agreement.compared).into()),
            ],
        )),
        None => sentences.push(teller.say("stand-no-groups", &[])),
    }
    let Agreement { same, compared } = stand.everybody;
    sentences.push(teller.say(
        "stand-beside-everybody",
        &[
            ("same", same.into()),
            ("count", compared.into()),
            ("share", teller.percent_of(same, compared).into()),
        ],
    ));
    sentences
}

fn map(teller: Teller<'_>, stand: &Stand) -> Option<DrawnMap> {
    let (report, nearest) = (teller.report, stand.nearest.as_ref()?);
    let title = teller.say("stand-map-title", &[]);
    let description = teller.say("stand-map-description", &[("name", teller.group_name(nearest).into())]);
    let map = report.opinion_map.as_ref()?;
    let drawn =
        DrawnMap::new((title, description), map, &report.groups, |id| teller.group_tone(id), group_letter)?;
    Some(drawn.with_place(stand.position?, teller.say("stand-you", &[])))
}
