//! `/api/v1/consultations` and `/api/v1/consultations/{slug}`: the consultations and their figures.

use actix_web::{HttpRequest, HttpResponse};
use gd_domain::{Action, Calendar, ConsultationDraft, Figures, Phase, Question, ResultsVisibility, Rules};
use gd_engine::Lookup;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::response::{cached, json_bytes};
use crate::edge::conditional::{ResponseKind, TaggedBody, respond};
use crate::edge::path;
use crate::edge::problem::Problem;
use crate::edge::problem_responses;
use crate::edge::response_cache::{ResponseVersion, Subject};
use crate::edge::rfc3339::rfc3339;
use crate::state::App;

/// The consultations the public may see.
#[derive(Serialize, ToSchema)]
pub(crate) struct Consultations<'a> {
    /// In the order they were created.
    consultations: Vec<ConsultationBody<'a>>,
}

/// A consultation as the public sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = Consultation)]
pub(crate) struct ConsultationBody<'a> {
    /// Its short name, as in its address.
    slug: &'a str,
    /// The body that asks the question.
    organisation: &'a str,
    /// The open question.
    question: &'a str,
    /// The presentation: the body that asks, its reasons, and the use it makes of the proposals.
    introduction: &'a str,
    /// The language of these texts: `fr` or `en`.
    language: &'static str,
    /// The phase: `consultation`, `workshops`, `concertation` or `closed`.
    phase: &'static str,
    /// The start of each phase.
    dates: Dates,
    /// The publics whose voices are compared.
    audiences: Vec<Named<'a>>,
    /// The organizers' questions to participants about themselves.
    questions: Vec<QuestionBody<'a>>,
    /// The subjects proposals are tagged with.
    themes: Vec<Named<'a>>,
    /// The rules of voting, proposing and showing results.
    rules: RulesBody,
    /// The IANA name of the time zone of its pages; empty for UTC.
    time_zone: &'a str,
    /// The words every proposal begins with; empty if people begin as they like. They are put before a text that
    /// lacks them.
    answer_prefix: &'a str,
    /// The figures so far.
    figures: FiguresBody,
}

/// The start of each phase (RFC 3339, UTC); `null` for a phase that does not take place.
#[derive(Serialize, ToSchema)]
struct Dates {
    consultation: Option<String>,
    workshops: Option<String>,
    concertation: Option<String>,
    closed: Option<String>,
}

/// A short name and the name for people.
#[derive(Serialize, ToSchema)]
struct Named<'a> {
    id: &'a str,
    title: &'a str,
}

/// A question to participants about themselves.
#[derive(Serialize, ToSchema)]
#[schema(as = Question)]
struct QuestionBody<'a> {
    /// The question's short name.
    id: &'a str,
    /// The question, as participants read it.
    text: &'a str,
    /// The answers to choose from.
    choices: Vec<Named<'a>>,
}

/// The rules of voting, proposing and showing results.
#[derive(Serialize, ToSchema)]
#[schema(as = Rules)]
struct RulesBody {
    /// Longest proposal, in user-perceived characters.
    proposal_length_max: u16,
    /// Whether moderators read proposals `before` or `after` they are shown.
    moderation: &'static str,
    /// `live`, or `hidden` until a report is published.
    results: &'static str,
}

/// The figures of a consultation so far.
#[derive(Serialize, ToSchema)]
#[schema(as = Figures)]
struct FiguresBody {
    /// Number of published proposals.
    proposals: u64,
    /// Number of standing ballots.
    ballots: u64,
    /// Number of participants with at least one standing ballot.
    participants: u64,
}

/// The consultations the public may see.
#[utoipa::path(
    get, path = "/api/v1/consultations", tag = "consultations", operation_id = "list_consultations",
    responses(
        (status = 200, description = "In the order they were created", body = Consultations),
        (status = 304, description = "Nothing has changed since the response whose `ETag` was sent"),
        problem_responses::RateLimited, problem_responses::TryAgain,
    ),
)]
pub(crate) async fn list(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let now = app.engine.now();
    let lookups = app.engine.consultation().list(now);
    let mut consultations = Vec::with_capacity(lookups.len());
    for lookup in &lookups {
        consultations.push(ConsultationBody::new(lookup, app.engine.results().figures(lookup, now).await?));
    }
    let body = TaggedBody::new(json_bytes(&Consultations { consultations }));
    Ok(respond(&request, ResponseKind::JSON, &body))
}

/// One consultation with its figures.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}", tag = "consultations", operation_id = "show_consultation",
    params(("slug" = String, Path, description = "The consultation's short name")),
    responses(
        (status = 200, description = "The consultation as it stands", body = ConsultationBody),
        (status = 304, description = "Nothing has changed since the response whose `ETag` was sent"),
        problem_responses::ConsultationNotFound, problem_responses::RateLimited, problem_responses::TryAgain,
    ),
)]
pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let now = app.engine.now();
    let lookup = app.engine.consultation().find(path::slug(&request), Action::Read, now)?;
    let totals = app.engine.voting().totals(lookup.first_poll(), now).await?;
    let items = app.engine.proposals().items(lookup.first_poll()).await?;
    let version = ResponseVersion::new(&lookup, &items, &totals, true);
    let id = lookup.id();
    let figures = gd_engine::figures(items.published().len(), &totals);
    let make = move || json_bytes(&ConsultationBody::new(&lookup, figures));
    cached(&request, ResponseKind::JSON, (Subject::Consultation, version), id, make).await
}

impl<'a> ConsultationBody<'a> {
    fn new(lookup: &'a Lookup, figures: Figures) -> Self {
        let described: &ConsultationDraft = &lookup.view.consultation.description;
        let audiences = described.audiences.iter();
        let themes = described.themes.iter();
        Self {
            slug: described.slug.as_str(),
            organisation: &described.organisation,
            question: &described.question,
            introduction: &described.introduction,
            language: described.language.as_str(),
            phase: lookup.phase.as_str(),
            dates: described.calendar.into(),
            audiences: audiences.map(|one| Named { id: one.id.as_str(), title: &one.title }).collect(),
            questions: described.questions.iter().map(QuestionBody::from).collect(),
            themes: themes.map(|one| Named { id: one.id.as_str(), title: &one.title }).collect(),
            rules: described.rules.into(),
            time_zone: &described.presentation.time_zone,
            answer_prefix: &described.presentation.answer_prefix,
            figures: figures.into(),
        }
    }
}

impl<'a> From<&'a Question> for QuestionBody<'a> {
    fn from(Question { id, text, choices }: &'a Question) -> Self {
        let choice = |one: &'a gd_domain::Answer| Named { id: one.id.as_str(), title: &one.title };
        Self { id: id.as_str(), text, choices: choices.iter().map(choice).collect() }
    }
}

impl From<Calendar> for Dates {
    fn from(calendar: Calendar) -> Self {
        let start = |phase| calendar.start_of(phase).and_then(rfc3339);
        Self {
            consultation: start(Phase::Consultation),
            workshops: start(Phase::Workshops),
            concertation: start(Phase::Concertation),
            closed: start(Phase::Closed),
        }
    }
}

impl From<Rules> for RulesBody {
    fn from(rules: Rules) -> Self {
        Self {
            proposal_length_max: rules.proposal_length_max,
            moderation: match rules.moderation {
                gd_domain::Moderation::Before => "before",
                gd_domain::Moderation::After => "after",
            },
            results: match rules.results {
                ResultsVisibility::Hidden => "hidden",
                ResultsVisibility::Live => "live",
            },
        }
    }
}

impl From<Figures> for FiguresBody {
    fn from(Figures { proposals, ballots, participants }: Figures) -> Self {
        Self { proposals, ballots, participants }
    }
}
