//! `/c/{slug}/votes/data` and `/c/{slug}/votes/erase`: a participant downloads or erases their data.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use gd_domain::{Action, Answers, ParticipantId};
use gd_engine::{ItemView, MyBallot, ports::LimitedRequest};
use gd_pages::ErasePage;
use serde::{Deserialize, Serialize};

use crate::edge::cookie::forget_participant;
use crate::edge::problem::Problem;
use crate::edge::redirect::see_other;
use crate::edge::rfc3339::rfc3339;
use crate::edge::{path, query};
use crate::public::response::personal;
use crate::public::visit::Visit;
use crate::session::visitor::Visitor;
use crate::state::App;

/// A participant's data in one consultation.
#[derive(Serialize)]
struct MyData<'a> {
    consultation: &'a str,
    question: &'a str,
    /// The audience they declared, if any.
    audience: Option<&'a str>,
    /// Their answers to the organizers' questions.
    answers: Answers,
    ballots: Vec<Ballot>,
    proposals: Vec<OwnProposal<'a>>,
}

#[derive(Serialize)]
struct Ballot {
    proposal: u32,
    text: String,
    choice: &'static str,
    qualifications: Vec<&'static str>,
    cast_at: Option<String>,
}

#[derive(Serialize)]
struct OwnProposal<'a> {
    number: u32,
    text: &'a str,
    status: &'static str,
    reason: Option<&'a str>,
    submitted_at: Option<String>,
}

#[derive(Deserialize)]
struct EraseQuery {
    /// Whether the data has just been erased.
    done: Option<String>,
}

/// `GET /c/{slug}/votes/data`: the participant's data as a JSON file.
pub(crate) async fn download(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let visit = Visit::at_address(&request, &app).await?;
    let view = &visit.lookup.view;
    let items = visit.items().await?;
    let participant = visitor.0.as_ref();
    let ballots = match participant {
        Some(known) => app.engine.proposals().my_ballots(visit.slug(), known.id, visit.now).await?,
        None => Vec::new(),
    };
    let answers = match participant {
        Some(known) => app.engine.participants().my_answers(&visit.lookup, known.id).await?,
        None => None,
    };
    let code = participant.and_then(|known| known.declared(visit.lookup.id()));
    let data = MyData {
        consultation: visit.slug(),
        question: &view.consultation.description.question,
        audience: code.and_then(|code| view.consultation.audience(code)).map(|known| known.id.as_str()),
        answers: answers.unwrap_or_default(),
        ballots: ballots.into_iter().map(Ballot::from).collect(),
        proposals: submitted(&items, participant.map(|known| known.id)),
    };
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    let file = format!("attachment; filename=\"{}.json\"", visit.slug());
    response.insert_header((header::CONTENT_DISPOSITION, file));
    let body = serde_json::to_vec_pretty(&data).expect("structs of texts and numbers are JSON");
    Ok(response.content_type("application/json").body(body))
}

/// `GET /c/{slug}/votes/erase`: explains what erasing does, or confirms that it is done.
pub(crate) async fn ask(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let query = query::parse::<EraseQuery>(&request)?;
    let visit = Visit::at_address(&request, &app).await?;
    let page = ErasePage { frame: visit.frame(), here: visit.here(), is_done: query.done.is_some() };
    Ok(personal(StatusCode::OK, &page))
}

/// `POST /c/{slug}/votes/erase`: retracts the ballots while voting is open, and erases the answers to questions and
/// the cookie.
pub(crate) async fn erase(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let slug = path::slug(&request);
    let lookup = app.engine.consultation().find(slug, Action::Read, app.engine.now())?;
    if let Some(participant) = visitor.0 {
        app.take_from_budget(LimitedRequest::Ballots, &participant.id.number().to_string()).await?;
        app.engine.participants().forget_answers(&lookup, participant.id).await?;
        if lookup.phase.accepts(Action::Vote) {
            app.engine.voting().retract_all_ballots(slug, participant.id, app.engine.now()).await?;
        }
    }
    let mut response = see_other(&format!("/c/{slug}/votes/erase?done=1"));
    response.headers_mut().append(header::SET_COOKIE, forget_participant());
    Ok(response)
}

fn submitted(items: &ItemView, author: Option<ParticipantId>) -> Vec<OwnProposal<'_>> {
    let proposals = items.proposals();
    let mine = proposals.filter(|proposal| proposal.author.is_some() && proposal.author == author);
    let mine = mine.map(|proposal| OwnProposal {
        number: proposal.number.0,
        text: proposal.text.as_str(),
        status: proposal.status.as_str(),
        reason: proposal.refusal_reason.as_ref().map(gd_domain::RefusalReason::as_str),
        submitted_at: rfc3339(proposal.submitted_at),
    });
    mine.collect()
}

impl From<MyBallot> for Ballot {
    fn from(mine: MyBallot) -> Self {
        let opinion = mine.ballot.opinion;
        Self {
            proposal: mine.proposal.number.0,
            text: mine.proposal.text.as_str().to_owned(),
            choice: opinion.choice().as_str(),
            qualifications: opinion.qualifications().iter().map(gd_domain::Qualification::as_str).collect(),
            cast_at: rfc3339(mine.ballot.cast_at),
        }
    }
}
