//! Responses of the fake server.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Fault, Here, State};

/// The path of the consultation.
const SCOPE: &str = "/api/v1/consultations/essay";

pub(super) fn routes() -> actix_web::Scope {
    web::scope(SCOPE)
        .route("/sequence", web::get().to(sequence))
        .route("/ballots", web::post().to(cast))
        .route("/ballots", web::get().to(mine))
        .route("/ballots/{proposal}", web::delete().to(retract))
        .route("/proposals", web::post().to(submit))
        .route("/proposals", web::get().to(page))
        .route("/tallies", web::get().to(tallies))
}

pub(super) fn pages() -> impl actix_web::dev::HttpServiceFactory {
    let pages = web::scope("/c/essay").wrap(actix_web::middleware::Compress::default());
    pages
        .route("", web::get().to(page))
        .route("/vote", web::get().to(page))
        .route("/results", web::get().to(page))
}

/// A page that never changes, of some length.
async fn page(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    const TAG: &str = "W/\"always\"";
    state.views.fetch_add(1, Ordering::SeqCst);
    assert_eq!(request.headers().get("accept-encoding").unwrap(), "gzip");
    if let Some(tag) = request.headers().get("if-none-match") {
        assert_eq!(tag, TAG);
        state.unchanged.fetch_add(1, Ordering::SeqCst);
        return HttpResponse::NotModified().insert_header(("etag", TAG)).finish();
    }
    let mut response = HttpResponse::Ok();
    response.insert_header(("etag", TAG)).content_type("text/html").body("<p>A page.</p>".repeat(500))
}

async fn submit(state: web::Data<State>, body: web::Json<BTreeMap<String, String>>) -> HttpResponse {
    assert!((1..=140).contains(&body["text"].chars().count()));
    let number = state.submitted.fetch_add(1, Ordering::SeqCst) + 1;
    let is_published = state.fault != Fault::Moderates;
    if is_published {
        state.published.lock().unwrap().insert(number);
    }
    let status = if is_published { "published" } else { "pending" };
    let participant = format!("p{}", state.participants.fetch_add(1, Ordering::SeqCst));
    let mut response = HttpResponse::Created();
    response.append_header(("set-cookie", format!("gd_participant={participant}; Path=/; HttpOnly")));
    response.json(json!({"number": number, "status": status}))
}

async fn retract(request: HttpRequest, state: web::Data<State>, proposal: web::Path<u32>) -> HttpResponse {
    let retraction = state.retractions.fetch_add(1, Ordering::SeqCst) + 1;
    let key = (participant(&request).unwrap(), *proposal);
    let mut ballots = state.ballots.lock().unwrap();
    let is_there = if state.fault == Fault::KeepsRetracted(retraction) {
        ballots.contains_key(&key)
    } else {
        ballots.remove(&key).is_some()
    };
    HttpResponse::Ok().json(json!({"recorded": u8::from(is_there)}))
}

#[derive(Deserialize)]
struct Sent {
    ballots: Vec<SentBallot>,
}

#[derive(Deserialize)]
struct SentBallot {
    proposal: u32,
    choice: String,
    qualifications: Vec<String>,
    key: String,
}

fn participant(request: &HttpRequest) -> Option<String> {
    let cookies = request.headers().get("cookie")?.to_str().unwrap().to_owned();
    cookies.strip_prefix("gd_participant=").map(str::to_owned)
}

fn key(participant: &str, proposal: u32) -> String {
    format!("{participant}-may-vote-on-{proposal}")
}

async fn sequence(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let known = participant(&request);
    let is_new = known.is_none();
    let participant =
        known.unwrap_or_else(|| format!("p{}", state.participants.fetch_add(1, Ordering::SeqCst)));
    let ballots = state.ballots.lock().unwrap();
    let is_due = |number: &u32| {
        state.fault == Fault::Repeats || !ballots.contains_key(&(participant.clone(), *number))
    };
    let published = state.published();
    let cards = published.into_iter().filter(is_due).take(12).map(
        |number| json!({"number": number, "text": "A text", "theme": null, "key": key(&participant, number)}),
    );
    let mut response = HttpResponse::Ok();
    if is_new {
        response.append_header(("set-cookie", "gd_language=fr; Path=/"));
        response.append_header(("set-cookie", format!("gd_participant={participant}; Path=/; HttpOnly")));
    }
    response.json(json!({"proposals": cards.collect::<Vec<_>>()}))
}

async fn cast(
    request: HttpRequest,
    state: web::Data<State>,
    here: web::Data<Here>,
    body: web::Json<Sent>,
) -> HttpResponse {
    let number = state.requests.fetch_add(1, Ordering::SeqCst) + 1;
    here.requests.fetch_add(1, Ordering::SeqCst);
    match state.fault {
        // There is one worker: everybody waits.
        Fault::Stalls(at, time) if at == number => std::thread::sleep(time),
        Fault::Breaks(at) if at == number => return HttpResponse::InternalServerError().finish(),
        _ => {}
    }
    let participant = participant(&request).unwrap();
    if matches!(state.fault, Fault::ClosesThePhase(from) if number >= from) {
        return HttpResponse::Conflict().json(json!({"status": 409, "code": "phase_closed"}));
    }
    let mut refused = Vec::new();
    for ballot in &body.ballots {
        assert_eq!(ballot.key, key(&participant, ballot.proposal));
        if state.fault == Fault::Refuses(ballot.proposal) {
            refused.push(json!({"proposal": ballot.proposal, "code": "proposal_not_published"}));
        } else {
            record(&state, &participant, ballot);
        }
    }
    if state.fault == Fault::GoesAway(number) {
        let handle = here.handle.lock().unwrap().take().unwrap();
        actix_web::rt::spawn(handle.stop(false));
        // The connection is cut before the answer is sent.
        std::future::pending::<()>().await;
    }
    if matches!(state.fault, Fault::TriesAgainAfterRecording(every) if number.is_multiple_of(every)) {
        let mut response = HttpResponse::ServiceUnavailable();
        return response.append_header(("retry-after", "0")).json(json!({"code": "try_again"}));
    }
    let recorded = body.ballots.len() - refused.len() + usize::from(state.fault == Fault::Miscounts);
    HttpResponse::Ok().json(json!({"recorded": recorded, "refused": refused}))
}

fn record(state: &State, participant: &str, ballot: &SentBallot) {
    let event = state.events.fetch_add(1, Ordering::SeqCst) + 1;
    let mut qualifications = ballot.qualifications.clone();
    let place = (participant.to_owned(), ballot.proposal);
    if state.fault == Fault::Loses(event) {
        state.lost.lock().unwrap().insert(place.clone());
    }
    let mut ballots = state.ballots.lock().unwrap();
    if state.lost.lock().unwrap().contains(&place) {
        ballots.remove(&place);
        return;
    }
    if ballots
        .get(&place)
        .is_some_and(|standing| *standing == (ballot.choice.clone(), qualifications.clone()))
    {
        let copy = state.copies.fetch_add(1, Ordering::SeqCst) + 1;
        if state.fault == Fault::CountsCopy(copy) {
            state.extra.lock().unwrap().push((ballot.proposal, ballot.choice.clone()));
        }
    }
    match state.fault {
        Fault::CountsTwice(twice) if twice == event => {
            state.extra.lock().unwrap().push((ballot.proposal, ballot.choice.clone()));
        }
        Fault::DropsQualification(from) if event >= from => qualifications.clear(),
        _ => {}
    }
    let opinion = (ballot.choice.clone(), qualifications);
    ballots.insert(place, opinion);
}

async fn mine(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let participant = participant(&request).unwrap();
    let ballots = state.ballots.lock().unwrap();
    let mine = ballots.iter().filter(|((owner, _), _)| *owner == participant);
    let mine = mine.map(|((_, proposal), (choice, qualifications))| {
        let key = key(&participant, *proposal);
        json!({"proposal": proposal, "choice": choice, "qualifications": qualifications, "key": key})
    });
    HttpResponse::Ok().json(json!({"ballots": mine.collect::<Vec<_>>()}))
}

async fn tallies(state: web::Data<State>) -> HttpResponse {
    if state.fault == Fault::HidesResults {
        return HttpResponse::Forbidden().json(json!({"status": 403, "code": "results_hidden"}));
    }
    let mut counts =
        state.published().into_iter().map(|number| (number, BTreeMap::new())).collect::<BTreeMap<_, _>>();
    let mut count = |number: u32, word: &str| {
        *counts.get_mut(&number).unwrap().entry(word.to_owned()).or_insert(0) += 1;
    };
    for ((_, number), (choice, qualifications)) in &*state.ballots.lock().unwrap() {
        count(*number, choice);
        for word in qualifications {
            count(*number, word);
        }
    }
    for (number, choice) in &*state.extra.lock().unwrap() {
        count(*number, choice);
    }
    let proposals = counts.iter().map(|(number, counts)| {
        let of = |word: &str| counts.get(word).copied().unwrap_or(0);
        let qualifications =
            counts.iter().filter(|(word, _)| !["agree", "disagree", "neutral"].contains(&word.as_str()));
        json!({
            "number": number, "agree": of("agree"), "disagree": of("disagree"), "neutral": of("neutral"),
            "qualifications": qualifications.collect::<BTreeMap<_, _>>(), "by_audience": {},
        })
    });
    HttpResponse::Ok().json(json!({"proposals": proposals.collect::<Vec<Value>>()}))
}
