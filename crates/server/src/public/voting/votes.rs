//! `/c/{slug}/votes`: the participant's own votes and proposals.

use std::cmp::Reverse;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use gd_domain::ParticipantId;
use gd_engine::{ItemView, MyBallot};
use gd_pages::{MyProposal, MyVote, VotesPage};
use serde::Deserialize;

use super::ballot_form::{self, BallotForm};
use crate::acts::voting::retract_ballot::retract_ballot;
use crate::edge::body::Form;
use crate::edge::limits::VOTES_PER_PAGE;
use crate::edge::problem::Problem;
use crate::edge::redirect::see_other;
use crate::edge::{path, query};
use crate::public::response::personal;
use crate::public::visit::Visit;
use crate::session::visitor::Visitor;
use crate::state::App;

#[derive(Deserialize)]
struct VotesQuery {
    /// The page number, from 1.
    page: Option<String>,
}

/// `GET /c/{slug}/votes`: one page of the participant's votes.
pub(crate) async fn show(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let query = query::parse::<VotesQuery>(&request)?;
    let visit = Visit::at_address(&request, &app).await?;
    let items = visit.items().await?;
    let author = visitor.0.as_ref().map(|participant| participant.id);
    let mut mine = match visitor.0 {
        Some(participant) => {
            app.engine.proposals().my_ballots(visit.slug(), participant.id, visit.now).await?
        }
        None => Vec::new(),
    };
    let answers = match author {
        Some(participant) => app.engine.participants().my_answers(&visit.lookup, participant).await?,
        None => None,
    };
    mine.sort_by_key(|mine| Reverse((mine.ballot.cast_at, mine.proposal.number)));

    let pages = mine.len().div_ceil(VOTES_PER_PAGE).max(1);
    let asked = query.page.and_then(|page| page.parse().ok()).unwrap_or(1);
    let current = usize::clamp(asked, 1, pages);
    let total = u64::try_from(mine.len()).unwrap_or(u64::MAX);
    let path = |page: usize| visit.path_of(&format!("/votes?page={page}"));
    let votes = mine.into_iter().skip((current - 1) * VOTES_PER_PAGE).take(VOTES_PER_PAGE);
    let page = VotesPage {
        frame: visit.frame(),
        here: visit.here(),
        votes: votes.map(my_vote).collect(),
        proposals: if current == 1 { my_proposals(&visit, &items, author) } else { Vec::new() },
        answers: answers.unwrap_or_default(),
        total,
        later: (current > 1).then(|| path(current - 1)),
        earlier: (current < pages).then(|| path(current + 1)),
    };
    Ok(personal(StatusCode::OK, &page))
}

/// `POST /c/{slug}/votes`: changes a ballot.
pub(crate) async fn change(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let ballot = BallotForm::read(&form)?;
    let visit = Visit::by_form(&request, &app, "/votes").await?;
    match ballot.cast(&visit, &visitor).await? {
        None => Ok(see_other(&visit.path_of(&format!("/votes#vote-{}", ballot.proposal)))),
        Some(refusal) => Err(refusal.into()),
    }
}

/// `POST /c/{slug}/votes/retract`: retracts a ballot.
pub(crate) async fn retract(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let proposal = ballot_form::proposal(&form)?;
    let slug = path::slug(&request);
    retract_ballot(&app, &visitor, slug, proposal).await?;
    Ok(see_other(&format!("/c/{slug}/votes")))
}

/// The participant's proposals, the latest first.
fn my_proposals(visit: &Visit<'_>, items: &ItemView, author: Option<ParticipantId>) -> Vec<MyProposal> {
    let proposals = items.proposals().rev();
    let mine = proposals.filter(|proposal| proposal.author.is_some() && proposal.author == author);
    let mine = mine.take(VOTES_PER_PAGE).map(|proposal| MyProposal {
        quoted: proposal.into(),
        status: proposal.status,
        receipt: visit.receipt_path(proposal.number),
    });
    mine.collect()
}

fn my_vote(mine: MyBallot) -> MyVote {
    MyVote {
        number: mine.proposal.number,
        text: mine.proposal.text.as_str().to_owned(),
        opinion: mine.ballot.opinion,
        key: mine.proposal.is_published().then_some(mine.key),
    }
}
