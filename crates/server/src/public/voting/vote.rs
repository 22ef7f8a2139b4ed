//! `/c/{slug}/vote`: one card at a time.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use gd_domain::{Channel, ItemNumber, ParticipantId};
use gd_engine::{BallotRefusal, SEQUENCE_SIZE_MAX, SequenceRequest};
use gd_pages::{AnsweredCard, Card, VoteNotice, VotePage, VoteState};
use serde::Deserialize;

use super::ballot_form::{self, BallotForm};
use crate::acts::voting::retract_ballot::retract_ballot;
use crate::edge::body::Form;
use crate::edge::problem::Problem;
use crate::edge::query;
use crate::edge::redirect::see_other;
use crate::public::response::personal;
use crate::public::visit::Visit;
use crate::session::visitor::{Admitted, Visitor};
use crate::state::App;

/// Number of cards in a sequence.
#[expect(clippy::cast_possible_truncation, reason = "a dozen")]
pub(crate) const SEQUENCE_LENGTH: u8 = SEQUENCE_SIZE_MAX as u8;

/// The participant's place in the sequence, from the address.
#[derive(Default, Deserialize)]
struct VoteQuery {
    /// The place in the sequence, from 1.
    n: Option<String>,
    /// The proposal just voted on.
    last: Option<String>,
    /// The proposal not to show again at once.
    skip: Option<String>,
    /// The proposal whose ballot was just retracted.
    retracted: Option<String>,
    /// Whether the participant goes on from a pause.
    on: Option<String>,
}

/// Place before whose card the participant is asked for their audience: by then they know the subject.
const AUDIENCE_PLACE: u8 = 4;

/// Place before whose card the participant is invited to propose.
const INVITATION_PLACE: u8 = 7;

/// Place before whose card the participant is asked the organizers' questions, which the report can do without.
const QUESTIONS_PLACE: u8 = 10;

/// `GET /c/{slug}/vote`: the card or the question at a place of the sequence.
pub(crate) async fn show(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let query = query::parse::<VoteQuery>(&request)?;
    let visit = Visit::at_address(&request, &app).await?;
    if !visit.is_open() {
        return Ok(closed(StatusCode::OK, &visit));
    }
    let admitted = visitor.admit(&request, &app, visit.now).await?;
    let (place, participant) = (place(query.n.as_deref()), admitted.id());
    let mut notice = None;
    let mut state = None;
    if let Some(last) = number(query.last.as_deref()) {
        state = answered(&visit, participant, last).await?.map(VoteState::Answered);
    } else if let Some(retracted) = number(query.retracted.as_deref()) {
        state = card_of(&visit, participant, retracted, Channel::Explore).await?.map(VoteState::Card);
        notice = state.is_some().then_some(VoteNotice::Retracted);
    }
    let goes_on = query.on.is_some();
    let asks_questions = asks_questions(&visit, &admitted).await?;
    let state = match state {
        Some(state) => state,
        None if place > SEQUENCE_LENGTH => VoteState::SequenceDone,
        None if place == AUDIENCE_PLACE && !goes_on && asks_audience(&visit, &admitted) => {
            VoteState::Audience
        }
        None if place == INVITATION_PLACE && !goes_on => VoteState::Invitation,
        None if place == QUESTIONS_PLACE && !goes_on && asks_questions => VoteState::Questions,
        None => next_card(&visit, &admitted, number(query.skip.as_deref())).await?,
    };
    Ok(page(StatusCode::OK, &visit, admitted, asks_questions, Step { place, notice, state }))
}

/// `POST /c/{slug}/vote`: casts a ballot and redirects to the next place.
pub(crate) async fn cast(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let place = place(Some(form.field("n")));
    record(&request, &app, visitor, &form, place, place.saturating_add(1)).await
}

/// `POST /c/{slug}/vote/qualify`: adds qualifications to the ballot on the card before place `n`.
pub(crate) async fn qualify(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let place = place(Some(form.field("n")));
    record(&request, &app, visitor, &form, place.saturating_sub(1).max(1), place).await
}

/// `POST /c/{slug}/vote/retract`: retracts a ballot and shows its card again.
pub(crate) async fn retract(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let proposal = ballot_form::proposal(&form)?;
    let visit = Visit::by_form(&request, &app, "/vote").await?;
    if !visit.is_open() {
        return Ok(closed(StatusCode::CONFLICT, &visit));
    }
    retract_ballot(&app, &visitor, visit.slug(), proposal).await?;
    let place = place(Some(form.field("n")));
    Ok(see_other(&visit.path_of(&format!("/vote?n={place}&retracted={proposal}"))))
}

/// Casts the form's ballot and redirects to place `next`, or shows the card of `place` again.
async fn record(
    request: &HttpRequest,
    app: &App,
    visitor: Visitor,
    form: &Form,
    place: u8,
    next: u8,
) -> Result<HttpResponse, Problem> {
    let ballot = BallotForm::read(form)?;
    let visit = Visit::by_form(request, app, "/vote").await?;
    if !visit.is_open() {
        return Ok(closed(StatusCode::CONFLICT, &visit));
    }
    let Some(refusal) = ballot.cast(&visit, &visitor).await? else {
        return Ok(see_other(&visit.path_of(&format!("/vote?n={next}&last={}", ballot.proposal))));
    };
    let admitted = visitor.admit(request, app, visit.now).await?;
    let state = match card_of(&visit, admitted.id(), ballot.proposal, Channel::Explore).await? {
        Some(card) => VoteState::Card(card),
        None => next_card(&visit, &admitted, None).await?,
    };
    let status = Problem::from(refusal).code.status();
    let asks_questions = asks_questions(&visit, &admitted).await?;
    let step = Step { place, notice: Some(notice(refusal)), state };
    Ok(page(status, &visit, admitted, asks_questions, step))
}

/// The state of the page at a place of the sequence.
struct Step {
    place: u8,
    notice: Option<VoteNotice>,
    state: VoteState,
}

fn page(
    status: StatusCode,
    visit: &Visit<'_>,
    admitted: Admitted,
    asks_questions: bool,
    Step { place, notice, state }: Step,
) -> HttpResponse {
    let page = VotePage {
        frame: visit.frame(),
        here: visit.here(),
        place,
        sequence_length: SEQUENCE_LENGTH,
        asks_audience: asks_audience(visit, &admitted),
        asks_questions,
        notice,
        state,
    };
    let response = personal(status, &page);
    admitted.remember_in(response)
}

/// Whether the consultation has audiences and the participant has not declared theirs yet.
fn asks_audience(visit: &Visit<'_>, admitted: &Admitted) -> bool {
    let audiences = &visit.lookup.view.consultation.description.audiences;
    !audiences.is_empty() && admitted.participant.declared(visit.lookup.id()).is_none()
}

/// Whether the consultation has questions and the participant has not answered them yet.
async fn asks_questions(visit: &Visit<'_>, admitted: &Admitted) -> Result<bool, Problem> {
    if visit.lookup.view.consultation.description.questions.is_empty() {
        return Ok(false);
    }
    // A new participant has no answers, so none are read.
    Ok(admitted.is_new
        || visit.app.engine.participants().my_answers(&visit.lookup, admitted.id()).await?.is_none())
}

fn closed(status: StatusCode, visit: &Visit<'_>) -> HttpResponse {
    let page = VotePage {
        frame: visit.frame(),
        here: visit.here(),
        place: 1,
        sequence_length: SEQUENCE_LENGTH,
        asks_audience: false,
        asks_questions: false,
        notice: None,
        state: VoteState::Closed,
    };
    personal(status, &page)
}

/// The participant's ballot on a proposal, if one stands and the proposal is still published.
pub(crate) async fn answered(
    visit: &Visit<'_>,
    participant: ParticipantId,
    number: ItemNumber,
) -> Result<Option<AnsweredCard>, Problem> {
    let mine = visit.app.engine.proposals().my_ballots(visit.slug(), participant, visit.now).await?;
    let mine = mine.into_iter().find(|mine| mine.proposal.number == number && mine.proposal.is_published());
    let Some(mine) = mine else { return Ok(None) };
    let counts = visit.live_counts(number).await?;
    let opinion = mine.ballot.opinion;
    let card = visit.card(gd_engine::ServedCard { proposal: mine.proposal, key: mine.key });
    Ok(Some(AnsweredCard { card, opinion, counts }))
}

/// The card of this proposal, with a fresh key.
pub(crate) async fn card_of(
    visit: &Visit<'_>,
    participant: ParticipantId,
    number: ItemNumber,
    channel: Channel,
) -> Result<Option<Card>, Problem> {
    let shown =
        visit.app.engine.proposals().show(visit.slug(), participant, number, channel, visit.now).await?;
    Ok(shown.map(|shown| visit.card(shown)))
}

/// A request for one card, drawn at random.
pub(crate) struct CardRequest {
    pub(crate) participant: ParticipantId,
    /// Whether the participant has no ballots yet.
    pub(crate) is_new: bool,
    pub(crate) channel: Channel,
    /// The proposal not to show again at once.
    pub(crate) skip: Option<ItemNumber>,
}

/// Draws a card. The proposal to skip is drawn only if there is no other.
pub(crate) async fn draw(visit: &Visit<'_>, request: CardRequest) -> Result<Option<Card>, Problem> {
    let skipped = request.skip.into_iter().collect::<Vec<_>>();
    for excluding in [skipped.as_slice(), &[]] {
        let sequence = SequenceRequest {
            slug: visit.slug(),
            participant: request.participant,
            is_new: request.is_new,
            size: 1,
            channel: request.channel,
            excluding,
            now: visit.now,
            seed: visit.app.engine.running().random_bits(),
        };
        if let Some(drawn) = visit.app.engine.proposals().sequence(sequence).await?.pop() {
            return Ok(Some(visit.card(drawn)));
        }
        if skipped.is_empty() {
            break;
        }
    }
    Ok(None)
}

async fn next_card(
    visit: &Visit<'_>,
    admitted: &Admitted,
    skip: Option<ItemNumber>,
) -> Result<VoteState, Problem> {
    let (participant, is_new) = (admitted.id(), admitted.is_new);
    let card = draw(visit, CardRequest { participant, is_new, channel: Channel::Sequence, skip }).await?;
    Ok(card.map_or(VoteState::NothingLeft, VoteState::Card))
}

pub(crate) fn notice(refusal: BallotRefusal) -> VoteNotice {
    match refusal {
        BallotRefusal::ChoiceUnknown | BallotRefusal::QualificationNotAllowed => {
            VoteNotice::AnswerNotUnderstood
        }
        BallotRefusal::ProposalNotFound | BallotRefusal::ProposalNotPublished => VoteNotice::ProposalGone,
        BallotRefusal::VoteKeyInvalid | BallotRefusal::VoteKeyExpired => VoteNotice::CardExpired,
    }
}

/// The place in the sequence; 1 if the text is not a number, because an address may have been typed.
pub(crate) fn place(n: Option<&str>) -> u8 {
    n.and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

pub(crate) fn number(text: Option<&str>) -> Option<ItemNumber> {
    text.and_then(|text| text.parse().ok()).map(ItemNumber)
}
