//! A server over a real connection: starting, limits on the wire, and stopping without losing anything.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use gd_engine::Engine;
use gd_server::{Server, ServerSettings};
use gd_testkit::test_secret;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::support::{Site, ballot};

/// A server over the engine of a site.
struct Serving {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    stopped: JoinHandle<std::io::Result<()>>,
}

impl Serving {
    fn start(engine: &Arc<Engine>, drain_notice: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let settings =
            ServerSettings { workers: Some(1), drain_notice, ..ServerSettings::new(test_secret()) };
        let (stop, told) = oneshot::channel();
        let server = Server::new(Arc::clone(engine), &settings);
        let told = async {
            told.await.expect("the test tells it");
        };
        Self { address, stop, stopped: tokio::task::spawn_local(server.run_until(listener, told)) }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

/// Sends bytes and reads until the connection closes or the body of a response is complete.
async fn exchange(connection: &mut TcpStream, request: &str) -> String {
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut read = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let length = connection.read(&mut chunk).await.unwrap();
        read.extend_from_slice(&chunk[..length]);
        let text = String::from_utf8_lossy(&read).into_owned();
        if length == 0 || is_complete(&text) {
            return text;
        }
    }
}

fn is_complete(response: &str) -> bool {
    let Some((head, body)) = response.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.is_some_and(|length| body.len() >= length.parse::<usize>().unwrap())
}

#[actix_web::test]
async fn a_declared_body_past_the_limit_is_refused_before_it_comes() {
    let site = Site::open().await;
    let serving = Serving::start(&site.engine, Duration::ZERO);
    let mut connection = serving.connect().await;
    let head = "POST /api/v1/consultations/town/ballots HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
                content-length: 17408\r\n\r\n";
    let response = exchange(&mut connection, head).await;
    assert!(response.starts_with("HTTP/1.1 413 "), "{response}");
    assert!(response.contains("body_too_large"));
    serving.stop.send(()).unwrap();
    serving.stopped.await.unwrap().unwrap();
}

#[actix_web::test]
async fn stopping_says_so_finishes_what_is_under_way_and_projects_it() {
    let site = Site::open().await;
    site.publish("town", &["Un"]).await;
    let browser = site.browser();
    let key = browser.keys("town").await[&1].clone();
    let cookie = browser.cookie("gd_participant").unwrap();
    let serving = Serving::start(&site.engine, Duration::from_millis(300));

    let body = json!({ "ballots": [ballot(1, "agree", &key)] }).to_string();
    let (first_half, second_half) = body.split_at(10);
    let head = format!(
        "POST /api/v1/consultations/town/ballots HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
         cookie: gd_participant={cookie}\r\ncontent-length: {}\r\n\r\n{first_half}",
        body.len()
    );
    let mut voting = serving.connect().await;
    voting.write_all(head.as_bytes()).await.unwrap();
    let mut probing = serving.connect().await;
    let probe = "GET /health/ready HTTP/1.1\r\nhost: x\r\n\r\n";
    assert!(exchange(&mut probing, probe).await.starts_with("HTTP/1.1 200 "));

    serving.stop.send(()).unwrap();
    let draining = loop {
        let response = exchange(&mut probing, probe).await;
        if !response.starts_with("HTTP/1.1 200 ") {
            break response;
        }
    };
    assert!(draining.starts_with("HTTP/1.1 503 ") && draining.contains("draining"), "{draining}");

    let response = exchange(&mut voting, second_half).await;
    assert!(response.starts_with("HTTP/1.1 200 ") && response.contains(r#""recorded":1"#), "{response}");
    serving.stopped.await.unwrap().unwrap();
    let lag = &site.engine.voting().lags()[0];
    assert_eq!((lag.head, lag.lag), (1, 0), "recorded and projected");
    assert!(TcpStream::connect(serving.address).await.is_err(), "nobody listens any more");
}
