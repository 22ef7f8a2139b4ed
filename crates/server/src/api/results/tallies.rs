//! `/api/v1/consultations/{slug}/tallies`: the counts of every published proposal, as JSON or CSV.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use gd_domain::{
    Audience, AudienceCode, AudienceCounts, CHOICES_MAX, Channel, Choice, ChoiceCounts, Proposal,
    Qualification, Tally,
};
use gd_engine::{ConsultationView, ItemView, LiveTotals};
use serde::{Deserialize, Serialize, Serializer};
use utoipa::{IntoParams, ToSchema};

use crate::api::response::{cached, json_bytes};
use crate::edge::conditional::ResponseKind;
use crate::edge::problem::Problem;
use crate::edge::problem_responses;
use crate::edge::response_cache::{ResponseVersion, Subject};
use crate::edge::{path, query};
use crate::state::App;

const JSON: ResponseKind = ResponseKind::JSON.by("accept");
const CSV: ResponseKind = ResponseKind { content_type: "text/csv; charset=utf-8", ..JSON };

/// The format of the tallies.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TalliesQuery {
    /// `json` or `csv`. By default the `Accept` header decides.
    format: Option<String>,
}

/// The counts of every published proposal.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tallies<'a> {
    /// Published proposals, by number.
    #[schema(value_type = Vec<ProposalTally>)]
    proposals: EachCounted<'a>,
}

/// Every published proposal with its counts. Each is made while it is written, because clients ask for thousands
/// once a second while people vote.
struct EachCounted<'a> {
    view: &'a ConsultationView,
    items: &'a ItemView,
    totals: &'a LiveTotals,
}

/// The counts of one proposal.
#[derive(Serialize, ToSchema)]
struct ProposalTally<'a> {
    /// Its number in the consultation.
    number: u32,
    #[serde(flatten)]
    choices: Counts,
    /// Ballots with each of the nine qualifications.
    #[serde(serialize_with = "by_name")]
    #[schema(value_type = BTreeMap<String, i64>)]
    qualifications: [i64; 9],
    /// Ballots of each audience. Ballots of participants who declared none are in no audience.
    #[schema(value_type = BTreeMap<String, Counts>)]
    by_audience: OfAudiences<'a>,
}

/// The counts of a proposal nobody has voted on.
static NONE: Tally = Tally {
    choices: [0; CHOICES_MAX],
    qualifications: [0; 9],
    by_audience: AudienceCounts::NONE,
    by_channel: [[0; CHOICES_MAX]; Channel::ALL.len()],
};

/// The counts of one proposal, with the names of the audiences.
struct OfAudiences<'a> {
    audiences: &'a [Audience],
    tally: &'a Tally,
}

/// Ballots of each choice.
#[derive(Serialize, ToSchema)]
struct Counts {
    agree: i64,
    disagree: i64,
    neutral: i64,
}

#[derive(PartialEq)]
enum Format {
    Json,
    Csv,
}

/// The counts of every published proposal, at most two seconds old.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/tallies", tag = "results", operation_id = "tallies",
    params(("slug" = String, Path, description = "The consultation's short name"), TalliesQuery),
    responses(
        (status = 200, description = "The counts; as CSV: `number,agree,disagree,neutral`, then the nine qualifications", content(
            (Tallies = "application/json"), (String = "text/csv"),
        )),
        (status = 304, description = "Nothing has changed since the response whose `ETag` was sent"),
        problem_responses::Malformed, problem_responses::ResultsHidden, problem_responses::ConsultationNotFound,
        problem_responses::RateLimited, problem_responses::TryAgain,
    ),
)]
pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let query = query::parse::<TalliesQuery>(&request)?;
    let format = format(query.format.as_deref(), request.headers().get(header::ACCEPT))?;
    let (lookup, totals) = app.engine.results().tallies(path::slug(&request), app.engine.now()).await?;
    let items = app.engine.proposals().items(lookup.first_poll()).await?;
    let version = ResponseVersion::new(&lookup, &items, &totals, true);
    let (id, view) = (lookup.id(), lookup.view);
    match format {
        Format::Csv => {
            let make = move || csv(&items, &totals).into_bytes();
            cached(&request, CSV, (Subject::TalliesCsv, version), id, make).await
        }
        Format::Json => {
            let make = move || json(&view, &items, &totals);
            cached(&request, JSON, (Subject::TalliesJson, version), id, make).await
        }
    }
}

/// Every published proposal with its counts, by number.
fn counted<'a>(
    items: &'a ItemView,
    totals: &'a LiveTotals,
) -> impl Iterator<Item = (&'a Proposal, &'a Tally)> {
    let of = |proposal: &Proposal| totals.counts.proposals.get(&proposal.number).unwrap_or(&NONE);
    items.published().map(move |proposal| (proposal, of(proposal)))
}

fn json(view: &ConsultationView, items: &ItemView, totals: &LiveTotals) -> Vec<u8> {
    json_bytes(&Tallies { proposals: EachCounted { view, items, totals } })
}

impl Serialize for EachCounted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let audiences = &self.view.consultation.description.audiences;
        serializer.collect_seq(counted(self.items, self.totals).map(|(proposal, tally)| ProposalTally {
            number: proposal.number.0,
            choices: tally.choices.into(),
            qualifications: tally.qualifications,
            by_audience: OfAudiences { audiences, tally },
        }))
    }
}

impl Serialize for OfAudiences<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let counts = |code| self.tally.by_audience.of(AudienceCode(code));
        let named = self.audiences.iter().zip(1..);
        serializer.collect_map(named.map(|(audience, code)| (&audience.id, Counts::from(counts(code)))))
    }
}

fn by_name<S: Serializer>(counts: &[i64; 9], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(Qualification::ALL.iter().map(|one| (one.as_str(), counts[one.index()])))
}

impl From<ChoiceCounts> for Counts {
    fn from(counts: ChoiceCounts) -> Self {
        let of = |choice: Choice| counts[choice.index()];
        Self { agree: of(Choice::Agree), disagree: of(Choice::Disagree), neutral: of(Choice::Neutral) }
    }
}

fn csv(items: &ItemView, totals: &LiveTotals) -> String {
    let names = Choice::ALL.iter().map(|choice| choice.as_str());
    let names = names.chain(Qualification::ALL.iter().map(|one| one.as_str()));
    let head = names.fold("number".to_owned(), |line, name| line + "," + name);
    counted(items, totals).fold(head + "\n", |mut text, (proposal, tally)| {
        let counts = Choice::ALL.iter().map(|&choice| tally.of(choice));
        let counts = counts.chain(Qualification::ALL.iter().map(|&one| tally.with(one)));
        text.push_str(&proposal.number.to_string());
        for count in counts {
            text.push(',');
            text.push_str(&count.to_string());
        }
        text.push('\n');
        text
    })
}

fn format(asked: Option<&str>, accept: Option<&HeaderValue>) -> Result<Format, Problem> {
    match asked {
        Some("json") => Ok(Format::Json),
        Some("csv") => Ok(Format::Csv),
        Some(other) => Err(Problem::malformed(format!("`format` must be `json` or `csv`, not `{other}`."))),
        None => Ok(accept.and_then(|accept| accept.to_str().ok()).map_or(Format::Json, preferred)),
    }
}

/// CSV if the client names it and prefers it to JSON.
fn preferred(accept: &str) -> Format {
    let ranges = crate::edge::negotiation::ranked(accept).map(str::to_ascii_lowercase);
    let named = ranges.filter(|range| ["text/csv", "application/json"].contains(&range.as_str()));
    if named.into_iter().next().as_deref() == Some("text/csv") { Format::Csv } else { Format::Json }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_is_sent_to_those_who_ask_for_it() {
        for accept in ["text/csv", "Text/CSV; q=0.5, */*", "text/csv, application/json;q=0.9"] {
            assert!(preferred(accept) == Format::Csv, "{accept}");
        }
        for accept in ["*/*", "", "text/html", "application/json, text/csv;q=0.1", "text/csv;q=0"] {
            assert!(preferred(accept) == Format::Json, "{accept}");
        }
    }
}
