//! `/c/{slug}/widget`: cards in a frame of another site, where browsers may withhold cookies.
//!
//! Every step is a POST to the frame's own address whose response is the next state, without the redirect of our
//! other forms: the token travels in forms, never in an address. Cards are drawn, never asked for by number.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use gd_domain::{Channel, ItemNumber, Language};
use gd_engine::BallotRefusal;
use gd_engine::ports::LimitedRequest;
use gd_pages::{Card, VoteNotice, WidgetPage, WidgetState};
use serde::Deserialize;

use super::ballot_form::{self, BallotForm};
use super::vote::{self, CardRequest};
use crate::acts::voting::retract_ballot::retract_ballot;
use crate::edge::body::Form;
use crate::edge::problem::Problem;
use crate::edge::query;
use crate::edge::redirect::see_other;
use crate::public::participants::device::link_to;
use crate::public::response::personal;
use crate::public::visit::Visit;
use crate::session::visitor::Visitor;
use crate::session::widget::WidgetVisitor;
use crate::state::App;

#[derive(Deserialize)]
struct WidgetQuery {
    /// The language of the page around the frame.
    lang: Option<String>,
}

/// A request of the frame, with its visitor and place in the sequence.
struct FrameRequest<'a> {
    request: &'a HttpRequest,
    app: &'a App,
    visit: Visit<'a>,
    visitor: WidgetVisitor,
    place: u8,
}

/// `GET /c/{slug}/widget`: the first card.
pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let query = query::parse::<WidgetQuery>(&request)?;
    let visit = Visit::by_form(&request, &app, "/widget").await?.in_language(language(query.lang.as_deref()));
    let visitor = WidgetVisitor::of(&request, &app, "", visit.now);
    let frame_request = FrameRequest { request: &request, app: &app, visit, visitor, place: 1 };
    match frame_request.without_card() {
        Some(state) => Ok(frame_request.page(state, None)),
        None => frame_request.next(None).await,
    }
}

/// `POST /c/{slug}/widget`: casts a ballot, or does what the field `act` says.
pub(crate) async fn act(
    request: HttpRequest,
    app: App,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let visit =
        Visit::by_form(&request, &app, "/widget").await?.in_language(language(Some(form.field("lang"))));
    let visitor = WidgetVisitor::of(&request, &app, form.field("token"), visit.now);
    let place = vote::place(Some(form.field("n")));
    let frame_request = FrameRequest { request: &request, app: &app, visit, visitor, place };
    if let Some(state) = frame_request.without_card() {
        return Ok(frame_request.page(state, None));
    }
    match form.field("act") {
        "next" => frame_request.next(vote::number(Some(form.field("skip")))).await,
        "retract" => frame_request.retract(ballot_form::proposal(&form)?).await,
        _ => frame_request.cast(&BallotForm::read(&form)?).await,
    }
}

/// `POST /c/{slug}/widget/continue`: redirects to the site itself, with the frame's ballots.
pub(crate) async fn leave(
    request: HttpRequest,
    app: App,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let visit = Visit::by_form(&request, &app, "/widget").await?;
    let visitor = WidgetVisitor::of(&request, &app, form.field("token"), visit.now);
    if visitor.is_of_site || !visitor.is_admitted {
        return Ok(see_other(&visit.path_of("")));
    }
    app.take_from_budget(LimitedRequest::Ballots, &visitor.participant.id.number().to_string()).await?;
    let (path, _) = link_to(&visit, visitor.participant);
    Ok(see_other(&path))
}

impl FrameRequest<'_> {
    /// The state shown instead of cards, if voting is not possible here.
    fn without_card(&self) -> Option<WidgetState> {
        let presentation = &self.visit.lookup.view.consultation.description.presentation;
        if presentation.widget_origins.is_empty() {
            Some(WidgetState::NotOffered)
        } else if self.visit.is_open() {
            None
        } else {
            Some(WidgetState::Closed)
        }
    }

    async fn cast(mut self, ballot: &BallotForm<'_>) -> Result<HttpResponse, Problem> {
        self.visitor.admit(self.request, self.app).await?;
        let known = Visitor(Some(self.visitor.participant.clone()));
        let id = self.visitor.participant.id;
        match ballot.cast(&self.visit, &known).await? {
            None => {
                self.place = self.place.saturating_add(1);
                let answered = vote::answered(&self.visit, id, ballot.proposal).await?;
                match answered {
                    Some(answered) => Ok(self.page(WidgetState::Answered(answered), None)),
                    None => self.next(None).await,
                }
            }
            // The key was made here, but has expired.
            Some(refusal @ BallotRefusal::VoteKeyExpired) => {
                let card = vote::card_of(&self.visit, id, ballot.proposal, Channel::Widget).await?;
                self.card_or_next(card, Some(vote::notice(refusal))).await
            }
            Some(refusal) => self.card_or_next(None, Some(vote::notice(refusal))).await,
        }
    }

    async fn retract(self, proposal: ItemNumber) -> Result<HttpResponse, Problem> {
        let id = self.visitor.participant.id;
        let known = Visitor(Some(self.visitor.participant.clone()));
        let retracted = retract_ballot(self.app, &known, self.visit.slug(), proposal).await?;
        let card = match retracted {
            0 => None,
            _ => vote::card_of(&self.visit, id, proposal, Channel::Widget).await?,
        };
        let notice = card.is_some().then_some(VoteNotice::Retracted);
        self.card_or_next(card, notice).await
    }

    async fn next(self, skip: Option<ItemNumber>) -> Result<HttpResponse, Problem> {
        if self.place > vote::SEQUENCE_LENGTH {
            return Ok(self.page(WidgetState::Done, None));
        }
        let card = self.draw(skip).await?;
        Ok(self.page(card.map_or(WidgetState::NothingLeft, WidgetState::Card), None))
    }

    async fn card_or_next(
        self,
        card: Option<Card>,
        notice: Option<VoteNotice>,
    ) -> Result<HttpResponse, Problem> {
        let card = match card {
            Some(card) => Some(card),
            None => self.draw(None).await?,
        };
        Ok(self.page(card.map_or(WidgetState::NothingLeft, WidgetState::Card), notice))
    }

    async fn draw(&self, skip: Option<ItemNumber>) -> Result<Option<Card>, Problem> {
        let (participant, is_new) = (self.visitor.participant.id, !self.visitor.is_admitted);
        vote::draw(&self.visit, CardRequest { participant, is_new, channel: Channel::Widget, skip }).await
    }

    fn page(self, state: WidgetState, notice: Option<VoteNotice>) -> HttpResponse {
        let token = self.visitor.token(self.app);
        let page = WidgetPage {
            frame: self.visit.frame(),
            here: self.visit.here(),
            token: &token,
            is_known: self.visitor.is_admitted,
            place: self.place,
            sequence_length: vote::SEQUENCE_LENGTH,
            notice,
            state,
        };
        let response = personal(StatusCode::OK, &page);
        self.visitor.remember_in(response, self.app, &self.visit.path_of("/widget"))
    }
}

fn language(word: Option<&str>) -> Option<Language> {
    word.and_then(|word| word.parse().ok())
}
