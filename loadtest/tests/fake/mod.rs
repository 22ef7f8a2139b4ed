//! A consultation server of a few lines, in memory, that keeps the HTTP contract, or breaks it as told.

mod routes;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer, web};

use routes::{pages, routes};

/// A fault by which a server breaks its word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// It keeps it.
    #[default]
    None,
    /// Acknowledges this ballot, counted from 1, and forgets it, however often it comes again.
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
    /// Counts this ballot, counted from 1 among those that come again as they were, a second time.
    CountsCopy(u64),
    /// Acknowledges this retraction, counted from 1, and keeps the ballot.
    KeepsRetracted(u64),
    /// Does nothing at all for a while at this request, counted from 1.
    Stalls(u64, Duration),
    /// Answers this request, counted from 1, with 500, recording nothing.
    Breaks(u64),
    /// Leaves proposals pending until their numbers are in the file that `moderated_by` names.
    Moderates,
}

/// Standing ballots: participant and proposal → choice and qualifications.
type Ballots = BTreeMap<(String, u32), (String, Vec<String>)>;

/// State that outlives a restart.
pub struct State {
    fault: Fault,
    /// Numbers of published proposals.
    published: Mutex<BTreeSet<u32>>,
    submitted: AtomicU32,
    /// The file in which a moderator leaves the numbers of proposals to publish.
    pub moderated_by: Mutex<Option<PathBuf>>,
    participants: AtomicU64,
    requests: AtomicU64,
    events: AtomicU64,
    copies: AtomicU64,
    retractions: AtomicU64,
    views: AtomicU64,
    unchanged: AtomicU64,
    ballots: Mutex<Ballots>,
    /// Ballots that will never stand.
    lost: Mutex<BTreeSet<(String, u32)>>,
    /// Counted beyond what stands.
    extra: Mutex<Vec<(u32, String)>>,
}

/// One server of those that share a state.
#[derive(Default)]
struct Here {
    handle: Mutex<Option<ServerHandle>>,
    requests: AtomicU64,
}

/// A running fake.
pub struct Fake {
    pub state: Arc<State>,
    pub url: String,
    here: Arc<Here>,
}

impl Fake {
    /// Serves `proposals` proposals on a free port, from a thread of its own, until the test ends.
    pub fn start(proposals: u32, fault: Fault) -> Self {
        let state = Arc::new(State {
            fault,
            published: Mutex::new((1..=proposals).collect()),
            submitted: AtomicU32::new(proposals),
            moderated_by: Mutex::default(),
            participants: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            events: AtomicU64::new(0),
            copies: AtomicU64::new(0),
            retractions: AtomicU64::new(0),
            views: AtomicU64::new(0),
            unchanged: AtomicU64::new(0),
            ballots: Mutex::default(),
            lost: Mutex::default(),
            extra: Mutex::default(),
        });
        Self::serve(state)
    }

    /// One more server of the same consultation.
    pub fn beside(&self) -> Self {
        Self::serve(Arc::clone(&self.state))
    }

    /// Requests to cast ballots that came to this server.
    pub fn requests_here(&self) -> u64 {
        self.here.requests.load(Ordering::SeqCst)
    }

    fn serve(state: Arc<State>) -> Self {
        let here = Arc::new(Here::default());
        let (address_is, address) = std::sync::mpsc::channel();
        let (kept, of_this) = (Arc::clone(&state), Arc::clone(&here));
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let mut listen = "127.0.0.1:0".to_owned();
                loop {
                    let data = web::Data::from(Arc::clone(&kept));
                    let of_this_data = web::Data::from(Arc::clone(&of_this));
                    let app = move || {
                        let app = App::new().app_data(data.clone()).app_data(of_this_data.clone());
                        app.service(routes()).service(pages())
                    };
                    let server = HttpServer::new(app).workers(1).bind(&listen).unwrap();
                    listen = server.addrs()[0].to_string();
                    let server = server.run();
                    *of_this.handle.lock().unwrap() = Some(server.handle());
                    // Only the first is waited for.
                    let _ = address_is.send(listen.clone());
                    server.await.unwrap();
                }
            });
        });
        Self { state, here, url: format!("http://{}", address.recv().unwrap()) }
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

    /// Page views, and how many of them were answered with "not modified".
    pub fn views(&self) -> (u64, u64) {
        (self.views.load(Ordering::SeqCst), self.unchanged.load(Ordering::SeqCst))
    }

    /// Ballots that came again as they were.
    pub fn copies(&self) -> u64 {
        self.copies.load(Ordering::SeqCst)
    }

    /// Numbers of published proposals, with those that a moderator has published meanwhile.
    pub fn published(&self) -> BTreeSet<u32> {
        let mut published = self.published.lock().unwrap();
        if let Some(numbers) =
            self.moderated_by.lock().unwrap().as_ref().and_then(|path| std::fs::read_to_string(path).ok())
        {
            published.extend(numbers.lines().map(|number| number.parse::<u32>().unwrap()));
        }
        published.clone()
    }

    /// Casts a ballot of somebody else.
    pub fn cast(&self, participant: &str, proposal: u32, choice: &str) {
        let opinion = (choice.to_owned(), Vec::new());
        self.ballots.lock().unwrap().insert((participant.to_owned(), proposal), opinion);
    }
}
