//! `/api/v1/consultations/{slug}/proposals`: submitting, looking through, and finding what is said already.

use std::borrow::Cow;

use actix_web::{HttpRequest, HttpResponse, web};
use gd_domain::{Action, ParticipantId, ProposalNumber};
use gd_engine::ports::Rationed;
use gd_engine::{ListingOrder, ListingQuery, SubmitProposal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::{CardBody, personal};
use crate::edge::body;
use crate::edge::client;
use crate::edge::limits::LISTING_LIMIT_DEFAULT;
use crate::edge::problem::Problem;
use crate::edge::problem_responses;
use crate::edge::{number, path, query};
use crate::session::participant::Visitor;
use crate::state::{App, Shared};

/// A proposal to submit.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewProposal)]
struct SubmitBody<'a> {
    /// What it says, in one or two sentences.
    #[serde(borrow)]
    #[schema(value_type = String, example = "Un seul numéro de téléphone pour toutes les démarches")]
    text: Cow<'a, str>,
}

/// A proposal on record.
#[derive(Serialize, ToSchema)]
pub(crate) struct Submitted {
    /// Its number in the consultation.
    number: u32,
    /// `pending` until a moderator has read it, or `published` where they read afterwards.
    status: &'static str,
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// `new` (the latest first, by default) or `old`.
    sort: Option<String>,
    /// Only proposals of the theme of this short name.
    theme: Option<String>,
    /// Only proposals that hold each of these words, accents and case aside.
    q: Option<String>,
    /// Only proposals after this one, in the order of the list: the `after` of the page before.
    #[param(value_type = Option<u32>)]
    after: Option<String>,
    /// How many, 20 by default, 100 at most.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// What to compare with.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SimilarQuery {
    /// The text being typed.
    text: String,
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Proposals<'a> {
    proposals: Vec<CardBody<'a>>,
    /// Where the next page starts; `null` at the end.
    after: Option<u32>,
}

/// Submit a proposal. The same text from the same participant is the same proposal.
#[utoipa::path(
    post, path = "/api/v1/consultations/{slug}/proposals", tag = "proposals", operation_id = "submit_proposal",
    params(("slug" = String, Path, description = "The consultation's short name")),
    request_body = SubmitBody,
    responses(
        (status = 201, description = "On record", body = Submitted),
        problem_responses::Malformed, problem_responses::ParticipantInvalid, problem_responses::ConsultationNotFound,
        problem_responses::PhaseClosed, problem_responses::BodyTooLarge, problem_responses::UnsupportedMediaType,
        problem_responses::TextRefused, problem_responses::RateLimited, problem_responses::TryAgain,
    ),
)]
pub(crate) async fn submit(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let bytes = body::read_json(&request, payload).await?;
    let now = app.engine.now();
    let text = body::parse_json::<SubmitBody<'_>>(&bytes)?.text;
    let slug = path::slug(&request);
    app.engine.find(slug, Action::Propose, now)?;
    let admitted = visitor.admit(&request, &app, now).await?;
    ration(&request, &app, admitted.id()).await?;
    let submit = SubmitProposal { slug, participant: admitted.id(), text: &text, now };
    let submitted = app.engine.submit_proposal(submit).await?;
    let body = Submitted { number: submitted.number.0, status: submitted.status.as_str() };
    Ok(admitted.remember_in(HttpResponse::Created().json(body)))
}

/// Look through the published proposals.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/proposals", tag = "proposals", operation_id = "list_proposals",
    params(("slug" = String, Path, description = "The consultation's short name"), ListQuery),
    responses(
        (status = 200, description = "A page of the list", body = Proposals),
        problem_responses::Malformed, problem_responses::ParticipantInvalid, problem_responses::ConsultationNotFound, problem_responses::RateLimited,
    ),
)]
pub(crate) async fn list(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let query = query::parse::<ListQuery>(&request)?;
    let query = query.listing()?;
    let (slug, now) = (path::slug(&request), app.engine.now());
    app.engine.find(slug, Action::Read, now)?;
    let admitted = visitor.admit(&request, &app, now).await?;
    let listing = app.engine.list_proposals(slug, admitted.id(), &query, now)?;
    let body = Proposals {
        proposals: listing.cards.iter().map(CardBody::from).collect(),
        after: listing.after.map(|after| after.0),
    };
    Ok(admitted.remember_in(personal(&body)))
}

/// Published proposals that resemble a text being typed, the closest first.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/proposals/similar", tag = "proposals", operation_id = "similar_proposals",
    params(("slug" = String, Path, description = "The consultation's short name"), SimilarQuery),
    responses(
        (status = 200, description = "At most five; `after` is always `null`", body = Proposals),
        problem_responses::Malformed, problem_responses::ParticipantInvalid, problem_responses::ConsultationNotFound, problem_responses::RateLimited,
    ),
)]
pub(crate) async fn similar(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let text = query::parse::<SimilarQuery>(&request)?.text;
    let (slug, now) = (path::slug(&request), app.engine.now());
    app.engine.find(slug, Action::Read, now)?;
    let admitted = visitor.admit(&request, &app, now).await?;
    let cards = app.engine.similar_proposals(slug, admitted.id(), &text, now)?;
    let body = Proposals { proposals: cards.iter().map(CardBody::from).collect(), after: None };
    Ok(admitted.remember_in(personal(&body)))
}

/// Takes one from the participant's budget, and one from their network's: whoever keeps no cookie is
/// somebody new each time.
pub(crate) async fn ration(
    request: &HttpRequest,
    shared: &Shared,
    participant: ParticipantId,
) -> Result<(), Problem> {
    shared.ration(Rationed::Proposals, &participant.number().to_string()).await?;
    let network = client::network(client::address(request, &shared.trusted_proxies));
    shared.ration(Rationed::NetworkProposals, &network).await
}

impl ListQuery {
    fn listing(&self) -> Result<ListingQuery<'_>, Problem> {
        let order = match self.sort.as_deref() {
            None | Some("new") => ListingOrder::New,
            Some("old") => ListingOrder::Old,
            Some(other) => {
                return Err(Problem::malformed(format!("`sort` must be `new` or `old`, not `{other}`.")));
            }
        };
        let after = self.after.as_deref().map(|after| number::parse("after", after)).transpose()?;
        let limit = self.limit.as_deref().map(|limit| number::parse("limit", limit)).transpose()?;
        if limit == Some(0) {
            return Err(Problem::malformed("`limit` must be at least 1."));
        }
        Ok(ListingQuery {
            order,
            theme: self.theme.as_deref().filter(|theme| !theme.is_empty()),
            words: self.q.as_deref(),
            after: after.map(ProposalNumber),
            limit: limit.unwrap_or(LISTING_LIMIT_DEFAULT),
        })
    }
}
