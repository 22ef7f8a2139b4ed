//! A whole site over its own database, and browsers that visit it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::to_bytes;
use actix_web::dev::Service;
use actix_web::http::header::{HeaderMap, HeaderName};
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web::Bytes};
use gd_counters::{InProcessCounters, NoRateLimits};
use gd_domain::{
    ConsultationDraft, ConsultationId, ItemNumber, Language, PollId, Position, ResultsVisibility, Scope,
    StaffAction,
};
use gd_engine::ports::RateLimits;
use gd_engine::{Decision, Engine, ItemView, SubmitProposal};
use gd_server::{Server, ServerSettings};
use gd_store::SqlStore;
use gd_testkit::{
    FixedClock, TEST_NOW, TestPorts, consultation_draft, open_engine, participant, permit, test_secret,
};
use serde_json::Value;
use tempfile::TempDir;

/// The address of the consultation `town` in the API.
pub const TOWN: &str = "/api/v1/consultations/town";

type Call = dyn Fn(TestRequest) -> Pin<Box<dyn Future<Output = Response>>>;

/// A site with one consultation, `town`, and its records.
pub struct Site {
    pub engine: Arc<Engine>,
    pub clock: Arc<FixedClock>,
    pub store: Arc<SqlStore>,
    call: Rc<Call>,
    _folder: TempDir,
}

/// A response of a site, with its body.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// A visitor who keeps cookies.
#[derive(Clone)]
pub struct Browser {
    call: Rc<Call>,
    cookies: Rc<RefCell<BTreeMap<String, String>>>,
}

impl Site {
    /// A site with live results, no proposals and no rate limits.
    pub async fn open() -> Self {
        Self::open_with(NoRateLimits, |_| ()).await
    }

    pub async fn open_with(
        rate_limits: impl RateLimits + 'static,
        change: impl FnOnce(&mut ServerSettings),
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(SqlStore::open_sqlite(&folder.path().join("test.db")).await.unwrap());
        let clock = Arc::new(FixedClock::at(TEST_NOW));
        let ports = TestPorts {
            store: Arc::clone(&store),
            counters: Arc::new(InProcessCounters::default()),
            rate_limits: Arc::new(rate_limits),
            clock: Arc::clone(&clock),
        };
        let engine = open_engine(&ports).await;
        create_in(&engine, &live("town")).await;
        let mut settings = ServerSettings::new(test_secret());
        change(&mut settings);
        let server = Server::new(Arc::clone(&engine), &settings);
        let service = Rc::new(init_service(App::new().configure(server.routes())).await);
        let call = Rc::new(move |request: TestRequest| {
            let service = Rc::clone(&service);
            Box::pin(async move {
                let response = service.call(request.to_request()).await.unwrap();
                let (status, headers) = (response.status(), response.headers().clone());
                let body = to_bytes(response.into_body()).await.unwrap_or_default();
                Response { status, headers, body }
            }) as _
        });
        Self { engine, clock, store, call, _folder: folder }
    }

    pub fn browser(&self) -> Browser {
        Browser { call: Rc::clone(&self.call), cookies: Rc::default() }
    }

    /// Publishes proposals in a consultation; returns their numbers.
    pub async fn publish(&self, slug: &str, texts: &[&str]) -> Vec<u32> {
        let mut numbers = Vec::new();
        for text in texts {
            let number = self.submit(slug, text).await;
            self.moderate(slug, number, Decision::Publish { theme: None }).await;
            numbers.push(number);
        }
        numbers
    }

    /// Submits a proposal from a participant who does nothing else.
    pub async fn submit(&self, slug: &str, text: &str) -> u32 {
        let submit = SubmitProposal { slug, participant: participant(1), text, now: self.engine.now() };
        self.engine.proposals().submit(submit).await.unwrap().number.0
    }

    pub async fn moderate(&self, slug: &str, number: u32, decision: Decision) {
        let (id, seen) = (self.id(slug), self.items(slug).await);
        let permit = permit(&self.engine, StaffAction::Moderate, Scope::Consultation(id));
        let numbers = [ItemNumber(number)];
        self.engine.moderation().decide(&permit, id, &seen, &numbers, &decision).await.unwrap();
    }

    /// Records a consultation.
    pub async fn create(&self, draft: &ConsultationDraft) -> ConsultationId {
        create_in(&self.engine, draft).await
    }

    /// Closes a consultation now.
    pub async fn close(&self, slug: &str) {
        let id = self.id(slug);
        let permit = permit(&self.engine, StaffAction::CloseConsultation, Scope::Consultation(id));
        self.engine.consultation().close(&permit, id, self.engine.now()).await.unwrap();
    }

    /// Publishes a report of a consultation.
    pub async fn publish_report(&self, slug: &str, position: u64, body: &str) {
        let id = self.id(slug);
        let permit = permit(&self.engine, StaffAction::PublishReport, Scope::Consultation(id));
        let results = self.engine.results();
        results.publish_report(&permit, id, Position(position), body.to_owned()).await.unwrap();
    }

    pub fn id(&self, slug: &str) -> ConsultationId {
        self.engine.consultation().id_of(slug).unwrap()
    }

    pub async fn items(&self, slug: &str) -> Arc<ItemView> {
        self.engine.proposals().items(PollId::first_of(self.id(slug))).await.unwrap()
    }

    /// Number of events in a consultation's ledger.
    pub fn events(&self, slug: &str) -> u64 {
        self.engine.voting().lags().iter().find(|lag| lag.slug == slug).unwrap().head
    }

    /// Projects everything, and lets the cached totals expire.
    pub async fn settle(&self) {
        self.engine.drain().await.unwrap();
        self.clock.advance_ms(2_000);
    }
}

async fn create_in(engine: &Engine, draft: &ConsultationDraft) -> ConsultationId {
    let permit = permit(engine, StaffAction::CreateConsultation, Scope::Installation);
    engine.consultation().create(&permit, draft).await.unwrap().id()
}

impl Browser {
    pub async fn get(&self, path: &str) -> Response {
        self.send(TestRequest::get().uri(path)).await
    }

    pub async fn post_json(&self, path: &str, body: &Value) -> Response {
        self.send(TestRequest::post().uri(path).set_json(body)).await
    }

    pub async fn put_json(&self, path: &str, body: &Value) -> Response {
        self.send(TestRequest::put().uri(path).set_json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Response {
        self.send(TestRequest::delete().uri(path)).await
    }

    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.send(TestRequest::post().uri(path).set_form(fields)).await
    }

    /// Posts a form and follows its redirect, as browsers do.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let response = self.post_form(path, fields).await;
        assert_eq!(response.status, StatusCode::SEE_OTHER, "{path} {fields:?}: {}", response.text());
        self.get(response.header("location")).await
    }

    /// Casts ballots and returns the body of the response.
    pub async fn cast(&self, slug: &str, ballots: &Value) -> Value {
        let path = format!("/api/v1/consultations/{slug}/ballots");
        let response = self.post_json(&path, &serde_json::json!({ "ballots": ballots })).await;
        assert_eq!(response.status, StatusCode::OK, "{}", response.text());
        response.json()
    }

    /// The vote keys of the published proposals, by number.
    pub async fn keys(&self, slug: &str) -> BTreeMap<u32, String> {
        let response = self.get(&format!("/api/v1/consultations/{slug}/proposals?limit=100")).await;
        let cards = response.json()["proposals"].as_array().unwrap().clone();
        let number = |card: &Value| u32::try_from(card["number"].as_u64().unwrap()).unwrap();
        cards.iter().map(|card| (number(card), card["key"].as_str().unwrap().to_owned())).collect()
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    pub async fn send(&self, request: TestRequest) -> Response {
        let cookies =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        let request = match cookies.as_slice() {
            [] => request,
            cookies => request.insert_header(("cookie", cookies.join("; "))),
        };
        let response = (self.call)(request).await;
        for line in response.headers.get_all("set-cookie") {
            self.keep(line.to_str().unwrap());
        }
        response
    }

    fn keep(&self, line: &str) {
        let (pair, attributes) = line.split_once(';').unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        let mut cookies = self.cookies.borrow_mut();
        if attributes.contains("Max-Age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Response {
    pub fn header(&self, name: &str) -> &str {
        let name: HeaderName = name.parse().unwrap();
        self.headers.get(&name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Checks that the response is a problem of this status and code.
    #[track_caller]
    pub fn expect_problem(&self, status: u16, code: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code);
        assert_eq!(problem["status"], status);
        for member in ["type", "title", "detail"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {problem}");
        }
    }

    /// The value of the first hidden field of this name.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        let page = self.text();
        let mark = format!("name=\"{name}\" value=\"");
        let (_, after) = page.split_once(&mark).unwrap_or_else(|| panic!("no field {name} in {page}"));
        after.split_once('"').unwrap().0.to_owned()
    }
}

/// A consultation that is open for votes and shows live results.
pub fn live(slug: &str) -> ConsultationDraft {
    let mut draft = consultation_draft(slug);
    draft.rules.results = ResultsVisibility::Live;
    draft
}

/// A ballot as the API takes it.
pub fn ballot(proposal: u32, choice: &str, key: &str) -> Value {
    serde_json::json!({ "proposal": proposal, "choice": choice, "key": key })
}

/// A request with any method.
pub fn by(method: Method, path: &str) -> TestRequest {
    TestRequest::default().method(method).uri(path)
}

/// The consultation of [`live`], in English.
pub fn consultation_in_english(slug: &str) -> ConsultationDraft {
    ConsultationDraft { language: Language::En, ..live(slug) }
}
