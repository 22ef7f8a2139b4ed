//! A consultation server of a few lines, in memory, that keeps the HTTP contract, or breaks it as told.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde::Deserialize;
use serde_json::{Value, json};

/// Where the consultation is.
const SCOPE: &str = "/api/v1/consultations/essay";

/// How a server breaks its word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// It keeps it.
    #[default]
    None,
    /// Acknowledges this ballot, counted from 1, and forgets it.
    Loses(u64),
    /// Counts this ballot twice, though its participant reads it once.
    CountsTwice(u64),
    /// Counts this ballot under its choice but drops its qualification.
    DropsQualification(u64),
    /// Says to have recorded one more than was sent.
    Miscounts,
    /// Serves cards again after their vote.
    Repeats,
    /// Answers every request of this many with 503, after recording it.
    TriesAgainAfterRecording(u64),
    /// Is stopped and started again while it answers this request, counted from 1, and then works.
    GoesAway(u64),
    /// Closes the phase at this request, counted from 1.
    ClosesThePhase(u64),
    /// Refuses all ballots on this proposal.
    Refuses(u32),
    /// Does not show its tallies.
    HidesResults,
}

/// Standing ballots: participant and proposal → choice and qualifications.
type Ballots = BTreeMap<(String, u32), (String, Vec<String>)>;

/// What outlives a restart.
pub struct State {
    fault: Fault,
    proposals: u32,
    participants: AtomicU64,
    requests: AtomicU64,
    events: AtomicU64,
    ballots: Mutex<Ballots>,
    /// Counted beyond what stands.
    extra: Mutex<Vec<(u32, String)>>,
    handle: Mutex<Option<ServerHandle>>,
}

/// A running fake.
pub struct Fake {
    pub state: Arc<State>,
    pub url: String,
}

impl Fake {
    /// Serves `proposals` proposals on a free port, from a thread of its own, until the test ends.
    pub fn start(proposals: u32, fault: Fault) -> Self {
        let state = Arc::new(State {
            fault,
            proposals,
            participants: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            events: AtomicU64::new(0),
            ballots: Mutex::default(),
            extra: Mutex::default(),
            handle: Mutex::new(None),
        });
        let (address_is, address) = std::sync::mpsc::channel();
        let kept = Arc::clone(&state);
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let mut listen = "127.0.0.1:0".to_owned();
                loop {
                    let data = web::Data::from(Arc::clone(&kept));
                    let app = move || App::new().app_data(data.clone()).service(routes());
                    let server = HttpServer::new(app).workers(1).bind(&listen).unwrap();
                    listen = server.addrs()[0].to_string();
                    let server = server.run();
                    *kept.handle.lock().unwrap() = Some(server.handle());
                    // Only the first is waited for.
                    let _ = address_is.send(listen.clone());
                    server.await.unwrap();
                }
            });
        });
        Self { state, url: format!("http://{}", address.recv().unwrap()) }
    }
}

impl State {
    /// Ballots that stand.
    pub fn standing(&self) -> usize {
        self.ballots.lock().unwrap().len()
    }

    /// Requests to cast ballots.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::SeqCst)
    }

    /// Casts a ballot of somebody else.
    pub fn cast(&self, participant: &str, proposal: u32, choice: &str) {
        let opinion = (choice.to_owned(), Vec::new());
        self.ballots.lock().unwrap().insert((participant.to_owned(), proposal), opinion);
    }
}

fn routes() -> actix_web::Scope {
    web::scope(SCOPE)
        .route("/sequence", web::get().to(sequence))
        .route("/ballots", web::post().to(cast))
        .route("/ballots", web::get().to(mine))
        .route("/tallies", web::get().to(tallies))
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
    let cards = (1..=state.proposals).filter(is_due).take(12).map(
        |number| json!({"number": number, "text": "A text", "theme": null, "key": key(&participant, number)}),
    );
    let mut response = HttpResponse::Ok();
    if is_new {
        response.append_header(("set-cookie", "gd_language=fr; Path=/"));
        response.append_header(("set-cookie", format!("gd_participant={participant}; Path=/; HttpOnly")));
    }
    response.json(json!({"proposals": cards.collect::<Vec<_>>()}))
}

async fn cast(request: HttpRequest, state: web::Data<State>, body: web::Json<Sent>) -> HttpResponse {
    let number = state.requests.fetch_add(1, Ordering::SeqCst) + 1;
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
        let handle = state.handle.lock().unwrap().take().unwrap();
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
    match state.fault {
        Fault::Loses(lost) if lost == event => return,
        Fault::CountsTwice(twice) if twice == event => {
            state.extra.lock().unwrap().push((ballot.proposal, ballot.choice.clone()));
        }
        Fault::DropsQualification(from) if event >= from => qualifications.clear(),
        _ => {}
    }
    let opinion = (ballot.choice.clone(), qualifications);
    state.ballots.lock().unwrap().insert((participant.to_owned(), ballot.proposal), opinion);
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
        (1..=state.proposals).map(|number| (number, BTreeMap::new())).collect::<BTreeMap<_, _>>();
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
