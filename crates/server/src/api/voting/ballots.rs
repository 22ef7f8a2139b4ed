//! `/api/v1/consultations/{slug}/ballots`: casting, changing, retracting, and reading one's own.

use actix_web::{HttpRequest, HttpResponse, web};
use gd_domain::{Action, ItemNumber, Opinion};
use gd_engine::{BALLOTS_PER_REQUEST_MAX, BallotRefusal, MyBallot, SubmittedBallot};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::{Qualifications, Word};
use crate::acts::voting::cast_ballots::{cast_ballots, take_from_budget};
use crate::acts::voting::retract_ballot::retract_ballot;
use crate::api::response::personal;
use crate::edge::body::{self, Object};
use crate::edge::path;
use crate::edge::problem::{Code, Problem};
use crate::edge::problem_responses;
use crate::session::visitor::Visitor;
use crate::state::App;

/// Ballots to cast.
#[derive(Deserialize, ToSchema)]
#[schema(as = Ballots)]
struct BallotsBody<'a> {
    /// 1 to 64 ballots.
    #[serde(borrow)]
    #[schema(min_items = 1, max_items = 64, value_type = Vec<BallotBody>)]
    ballots: Vec<Object<BallotBody<'a>>>,
}

/// A ballot to cast. A mistake in one ballot refuses that ballot, not the request.
#[derive(Deserialize, ToSchema)]
#[schema(as = Ballot)]
struct BallotBody<'a> {
    /// The number of the proposal.
    #[schema(value_type = u32)]
    proposal: serde_json::Number,
    /// `agree`, `disagree` or `neutral`.
    #[serde(borrow, default)]
    #[schema(value_type = String, required = true, example = "agree")]
    choice: Word<'a>,
    /// Nuances that go with the choice.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, example = json!(["doable"]))]
    qualifications: Qualifications,
    /// The vote key that came with the proposal.
    #[serde(borrow, default)]
    #[schema(value_type = String, required = true)]
    key: Word<'a>,
}

/// The outcome: recorded and refused add up to the ballots sent.
#[derive(Serialize, ToSchema)]
pub(crate) struct Cast<'a> {
    /// Number of ballots on disk.
    recorded: usize,
    /// The refused ballots, in the order they were sent.
    refused: Vec<Refused<'a>>,
}

/// A ballot that was not recorded.
#[derive(Serialize, ToSchema)]
struct Refused<'a> {
    /// The proposal's number, as sent.
    #[schema(value_type = u32)]
    proposal: &'a serde_json::Number,
    /// The reason: `choice_unknown`, `qualification_not_allowed`, `proposal_not_found`, `proposal_not_published`,
    /// `vote_key_invalid` or `vote_key_expired`.
    code: &'static str,
}

/// Number of ballots retracted: 0 or 1.
#[derive(Serialize, ToSchema)]
pub(crate) struct Retracted {
    recorded: usize,
}

/// The participant's ballots.
#[derive(Serialize, ToSchema)]
pub(crate) struct Mine<'a> {
    ballots: Vec<StandingBallot<'a>>,
}

/// A ballot that stands.
#[derive(Serialize, ToSchema)]
struct StandingBallot<'a> {
    /// The number of the proposal.
    proposal: u32,
    /// `agree`, `disagree` or `neutral`.
    choice: &'static str,
    /// The nuances given.
    qualifications: Vec<&'static str>,
    /// A fresh vote key, for changing the ballot.
    key: &'a str,
}

/// Cast ballots. Responds once they are on disk. Sending the same again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/consultations/{slug}/ballots", tag = "ballots", operation_id = "cast_ballots",
    params(("slug" = String, Path, description = "The consultation's short name")),
    request_body = BallotsBody,
    responses(
        (status = 200, description = "Recorded and refused add up to those sent", body = Cast),
        problem_responses::Malformed, problem_responses::ParticipantInvalid,
        problem_responses::ConsultationNotFound, problem_responses::PhaseClosed, problem_responses::BodyTooLarge,
        problem_responses::UnsupportedMediaType, problem_responses::TooManyBallots, problem_responses::RateLimited,
        problem_responses::TryAgain,
    ),
)]
pub(crate) async fn cast(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    take_from_budget(&app, &visitor).await?;
    let bytes = body::read_json(&request, payload).await?;
    let admitted_at = app.engine.now();
    let body = body::parse_json::<BallotsBody<'_>>(&bytes)?;
    check_count(body.ballots.len())?;

    let ballots = body.ballots.iter().map(|Object(ballot)| ballot.submitted()).collect::<Vec<_>>();
    let outcome = cast_ballots(&app, path::slug(&request), visitor.0.as_ref(), &ballots, admitted_at).await?;

    let refused = outcome
        .refused
        .iter()
        .map(|&(place, refusal)| Refused { proposal: &body.ballots[place].0.proposal, code: refusal.code() });
    Ok(HttpResponse::Ok().json(Cast { recorded: outcome.recorded, refused: refused.collect() }))
}

/// Retract the ballot that stands on a proposal.
#[utoipa::path(
    delete, path = "/api/v1/consultations/{slug}/ballots/{proposal}", tag = "ballots", operation_id = "retract_ballot",
    params(
        ("slug" = String, Path, description = "The consultation's short name"),
        ("proposal" = u32, Path, description = "The number of the proposal"),
    ),
    responses(
        (status = 200, description = "0 when no ballot stood", body = Retracted),
        problem_responses::Malformed, problem_responses::ParticipantInvalid,
        problem_responses::ConsultationNotFound, problem_responses::PhaseClosed, problem_responses::RateLimited,
        problem_responses::TryAgain,
    ),
)]
pub(crate) async fn retract(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let proposal = path::proposal(&request)?;
    let recorded = retract_ballot(&app, &visitor, path::slug(&request), proposal).await?;
    Ok(personal(&Retracted { recorded }))
}

/// The participant's own ballots, never older than the last one acknowledged.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/ballots", tag = "ballots", operation_id = "my_ballots",
    params(("slug" = String, Path, description = "The consultation's short name")),
    responses(
        (status = 200, description = "By number of proposal", body = Mine),
        problem_responses::ParticipantInvalid, problem_responses::ConsultationNotFound,
        problem_responses::TryAgain,
    ),
)]
pub(crate) async fn mine(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let (slug, now) = (path::slug(&request), app.engine.now());
    app.engine.consultation().find(slug, Action::Read, now)?;
    let mine = match visitor.0 {
        Some(participant) => app.engine.proposals().my_ballots(slug, participant.id, now).await?,
        None => Vec::new(),
    };
    Ok(personal(&Mine { ballots: mine.iter().map(StandingBallot::from).collect() }))
}

fn check_count(ballots: usize) -> Result<(), Problem> {
    match ballots {
        0 => Err(Problem::malformed("Send at least one ballot.")),
        1..=BALLOTS_PER_REQUEST_MAX => Ok(()),
        _ => {
            let detail = format!(
                "A request holds at most {BALLOTS_PER_REQUEST_MAX} ballots, not {ballots}: nothing was recorded."
            );
            Err(Problem::new(Code::TooManyBallots, detail))
        }
    }
}

impl BallotBody<'_> {
    fn submitted(&self) -> SubmittedBallot<'_> {
        let number = self.proposal.as_u64().and_then(|number| u32::try_from(number).ok());
        let opinion = if number.is_some() { self.opinion() } else { Err(BallotRefusal::ProposalNotFound) };
        SubmittedBallot { proposal: ItemNumber(number.unwrap_or_default()), opinion, key: &self.key.0 }
    }

    fn opinion(&self) -> Result<Opinion, BallotRefusal> {
        let choice = self.choice.0.parse().map_err(|_| BallotRefusal::ChoiceUnknown)?;
        let qualifications = self.qualifications.0.ok_or(BallotRefusal::QualificationNotAllowed)?;
        Opinion::new(choice, qualifications).map_err(|_| BallotRefusal::QualificationNotAllowed)
    }
}

impl<'a> From<&'a MyBallot> for StandingBallot<'a> {
    fn from(mine: &'a MyBallot) -> Self {
        let opinion = mine.ballot.opinion;
        Self {
            proposal: mine.ballot.proposal.0,
            choice: opinion.choice().as_str(),
            qualifications: opinion.qualifications().iter().map(gd_domain::Qualification::as_str).collect(),
            key: &mine.key,
        }
    }
}
