//! An installation of several servers: PostgreSQL and Redis of its own, each behind a network that can be
//! cut, and servers that can die.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, RwLock};

use gd_testkit::services::{Postgres, Proxy, Redis};
use serde_json::json;

use crate::voters::Addresses;

/// The consultation that everybody votes in.
pub const SLUG: &str = "ma-consultation";
/// Its published proposals.
const PROPOSALS: u32 = 24;

/// The services, the servers and where they are.
pub struct House {
    pub postgres: Postgres,
    pub redis: Redis,
    /// The servers' way to PostgreSQL.
    pub to_postgres: Proxy,
    /// The servers' way to Redis.
    pub to_redis: Proxy,
    /// The servers' addresses; a server that was started again has another one.
    pub addresses: Addresses,
    servers: Vec<Server>,
    folder: tempfile::TempDir,
}

impl House {
    /// Services, an open consultation with live results, and so many servers.
    pub fn build(servers: usize) -> Self {
        let (postgres, redis) = (Postgres::start(), Redis::start());
        let _url = postgres.create_database("house");
        let (to_postgres, to_redis) = (Proxy::before(postgres.port()), Proxy::before(redis.port()));
        let mut house = Self {
            postgres,
            redis,
            to_postgres,
            to_redis,
            addresses: Arc::new(RwLock::new(Vec::new())),
            servers: Vec::new(),
            folder: tempfile::tempdir().unwrap(),
        };
        house.open_consultation();
        for _ in 0..servers {
            house.start_server();
        }
        house
    }

    fn open_consultation(&self) {
        let template = self.run(&["consultation", "template"]);
        let lines = template.lines().filter(|line| !line.contains("_from ="));
        let described = lines.collect::<Vec<_>>().join("\n");
        let described = described
            .replace("moderation = \"before\"", "moderation = \"after\"")
            .replace("results = \"hidden\"", "results = \"live\"");
        let file = self.folder.path().join("consultation.toml");
        fs::write(&file, described).unwrap();
        self.run(&["consultation", "create", &file.display().to_string()]);
        self.run(&["consultation", "open", SLUG]);
    }

    /// Fills the consultation with proposals, through the first server.
    pub async fn propose(&self) {
        let author = reqwest::Client::builder().cookie_store(true).build().unwrap();
        let url = format!("{}/api/v1/consultations/{SLUG}/proposals", self.address(0));
        for number in 0..PROPOSALS {
            let body = json!({"text": format!("Proposition numéro {number}")});
            assert_eq!(author.post(&url).json(&body).send().await.unwrap().status().as_u16(), 201);
        }
    }

    pub fn address(&self, place: usize) -> String {
        self.addresses.read().unwrap()[place].clone()
    }

    /// Starts one more server.
    pub fn start_server(&mut self) {
        let server = Server::start(Self::program(&self.proxied(), &["serve", "--listen", "127.0.0.1:0"]));
        self.addresses.write().unwrap().push(server.url.clone());
        self.servers.push(server);
    }

    /// Kill -9 of a server; another takes its place.
    pub fn kill_server(&mut self, place: usize) {
        self.servers[place].kill();
        self.replace_server(place);
    }

    /// SIGTERM to a server, which must end well; another takes its place.
    pub fn upgrade_server(&mut self, place: usize) {
        assert_eq!(self.servers[place].terminate(), Some(0));
        self.replace_server(place);
    }

    /// Kill -9 of everything, then everything again.
    pub fn restart_everything(&mut self) {
        for server in &mut self.servers {
            server.kill();
        }
        self.redis.kill();
        self.postgres.kill();
        self.postgres.restart();
        self.redis.restart();
        for place in 0..self.servers.len() {
            self.replace_server(place);
        }
    }

    /// SIGTERM to every server; none takes their place.
    pub fn stop_servers(&mut self) {
        for mut server in self.servers.drain(..) {
            assert_eq!(server.terminate(), Some(0));
        }
        self.addresses.write().unwrap().clear();
    }

    fn replace_server(&mut self, place: usize) {
        let server = Server::start(Self::program(&self.proxied(), &["serve", "--listen", "127.0.0.1:0"]));
        self.addresses.write().unwrap()[place].clone_from(&server.url);
        self.servers[place] = server;
    }

    /// The environment of a server, whose network can be cut.
    fn proxied(&self) -> [(&'static str, String); 2] {
        let replace_port =
            |url: String, from: u16, to: u16| url.replace(&format!(":{from}"), &format!(":{to}"));
        let (database, redis) = (self.postgres.url("house"), self.redis.url());
        [
            ("GD_DATABASE_URL", replace_port(database, self.postgres.port(), self.to_postgres.port())),
            ("GD_REDIS_URL", replace_port(redis, self.redis.port(), self.to_redis.port())),
        ]
    }

    fn program(services: &[(&'static str, String)], arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_grand-dialogue"));
        for name in ["GD_LISTEN", "GD_SECRET", "GD_SLUG", "GD_PUBLIC_URL", "GD_DATA_DIR"] {
            command.env_remove(name);
        }
        command.envs(services.iter().cloned()).env("GD_RATE_LIMIT", "off").env("GD_LOG", "off");
        command.args(arguments);
        command
    }

    /// A command of the staff, on services reached directly.
    pub fn outcome(&self, arguments: &[&str]) -> Output {
        let services = [("GD_DATABASE_URL", self.postgres.url("house")), ("GD_REDIS_URL", self.redis.url())];
        Self::program(&services, arguments).output().unwrap()
    }

    /// The same, which must succeed; what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.outcome(arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{arguments:?}\n{}\n{}", text(&output.stdout), text(&output.stderr));
        text(&output.stdout)
    }

    /// Standing ballots and counters are a fold of the ledger.
    pub fn verify(&self) {
        let verified = self.run(&["ledger", "verify", "--slug", SLUG]);
        assert!(verified.contains("the ledger agrees"), "{verified}");
    }
}

/// A server as a child process; killed when it goes out of scope.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("Listening on ") {
            line.clear();
            assert!(output.read_line(&mut line).unwrap() > 0, "the server ended before it listened");
        }
        let url = line.split_whitespace().nth(2).unwrap().to_owned();
        Self { child, url }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn terminate(&mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}
