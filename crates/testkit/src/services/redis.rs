//! Redis servers for tests: one alone, or a cluster of three masters.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::certificates::make_certificates;
use super::ports::free_port;

/// The longest time a server may take to start.
const START_MAX: Duration = Duration::from_secs(10);
/// The longest time masters may take to find one another.
const CLUSTER_MAX: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(10);

/// A `redis-server` of its own, in a folder that vanishes with it. Unless its options say otherwise it
/// keeps nothing on disk: started again, it is empty.
#[derive(Debug)]
pub struct Redis {
    folder: TempDir,
    port: u16,
    scheme: &'static str,
    options: Vec<String>,
    process: Option<Child>,
}

impl Redis {
    /// A running server.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// A running server with these options, as on the command line of `redis-server`.
    #[must_use]
    pub fn start_with(options: &[&str]) -> Self {
        let mut redis = Self::absent_with(options);
        redis.restart();
        redis
    }

    /// A running server that speaks TLS only. Its certificate is signed by an authority of its own, which
    /// [`Redis::authority`] names.
    #[must_use]
    pub fn start_with_tls() -> Self {
        let mut redis = Self::absent();
        make_certificates(redis.folder.path());
        let port = redis.port.to_string();
        let file = |name: &str| redis.folder.path().join(name).display().to_string();
        let files = [file("server.pem"), file("server.key"), file("authority.pem")];
        let [certificate, key, authority] = files;
        redis.options =
            ["--port", "0", "--tls-port", &port, "--tls-auth-clients", "no"].map(str::to_owned).into();
        redis.options.extend(["--tls-cert-file".to_owned(), certificate]);
        redis.options.extend(["--tls-key-file".to_owned(), key, "--tls-ca-cert-file".to_owned(), authority]);
        redis.scheme = "rediss";
        redis.restart();
        redis
    }

    /// A server that does not run yet: its port is known, and [`Redis::restart`] starts it.
    #[must_use]
    pub fn absent() -> Self {
        Self::absent_with(&[])
    }

    fn absent_with(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for Redis");
        let options = options.iter().map(|&option| option.to_owned()).collect();
        Self { folder, port: free_port(), scheme: "redis", options, process: None }
    }

    /// The port it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The URL of the server: `redis://` or `rediss://` with its port.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://127.0.0.1:{}", self.scheme, self.port)
    }

    /// The certificate of the authority that signed the server's, in PEM.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }

    /// Kills it without warning (SIGKILL).
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("it is ours to kill");
            process.wait().expect("a killed process ends");
        }
    }

    /// Kills it if it runs, and starts it on the same port.
    pub fn restart(&mut self) {
        self.kill();
        let log = self.folder.path().join("redis.log");
        // An old log would say that the new server is ready.
        let _absent_at_first = fs::remove_file(&log);
        let mut command = Command::new("redis-server");
        command.args(["--port", &self.port.to_string(), "--bind", "127.0.0.1", "--save", "", "--dir"]);
        command.arg(self.folder.path()).arg("--logfile").arg(&log).args(&self.options);
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        self.process = Some(process.unwrap_or_else(|failure| needs_redis("redis-server", &failure)));
        let ready =
            || fs::read_to_string(&log).is_ok_and(|text| text.contains("Ready to accept connections"));
        wait_until(START_MAX, ready, || {
            format!("redis-server did not start: {}", fs::read_to_string(&log).unwrap_or_default())
        });
    }

    /// Stops it in its tracks (SIGSTOP): connections stay open, and nothing is answered.
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on (SIGCONT).
    pub fn resume(&self) {
        self.signal("-CONT");
    }

    /// The answer of `redis-cli` to this command.
    ///
    /// # Panics
    /// When `redis-cli` fails.
    #[must_use]
    pub fn cli(&self, arguments: &[&str]) -> String {
        let port = self.port.to_string();
        printed(&redis_cli(&[&["-p", &port], arguments].concat()))
    }

    fn signal(&self, signal: &str) {
        let process = self.process.as_ref().expect("it runs");
        let sent = Command::new("kill").args([signal, &process.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "kill {signal} failed");
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A Redis Cluster of three masters without replicas.
#[derive(Debug)]
pub struct RedisCluster {
    masters: Vec<Redis>,
}

impl RedisCluster {
    /// A running cluster, its slots shared out evenly.
    #[must_use]
    pub fn start() -> Self {
        let masters = (0..3).map(|_| start_master()).collect::<Vec<_>>();
        let addresses = masters.iter().map(|master| format!("127.0.0.1:{}", master.port)).collect::<Vec<_>>();
        let mut create = vec!["--cluster", "create"];
        create.extend(addresses.iter().map(String::as_str));
        create.extend(["--cluster-replicas", "0", "--cluster-yes"]);
        let _told = printed(&redis_cli(&create));
        let cluster = Self { masters };
        let ready = || {
            cluster.masters.iter().all(|master| master.cli(&["cluster", "info"]).contains("cluster_state:ok"))
        };
        wait_until(CLUSTER_MAX, ready, || "the masters did not form a cluster".to_owned());
        cluster
    }

    /// The addresses of all masters, comma separated.
    #[must_use]
    pub fn url(&self) -> String {
        self.masters.iter().map(Redis::url).collect::<Vec<_>>().join(",")
    }

    /// The masters of the cluster.
    #[must_use]
    pub fn masters(&self) -> &[Redis] {
        &self.masters
    }

    /// The masters, to kill and restart.
    #[must_use]
    pub fn masters_mut(&mut self) -> &mut [Redis] {
        &mut self.masters
    }
}

fn start_master() -> Redis {
    let bus_port = free_port().to_string();
    // The nodes' own file lets a master that is started again find the others.
    Redis::start_with(&[
        "--cluster-enabled",
        "yes",
        "--cluster-port",
        &bus_port,
        "--cluster-node-timeout",
        "2000",
    ])
}

fn redis_cli(arguments: &[&str]) -> Output {
    let output = Command::new("redis-cli").args(arguments).stdin(Stdio::null()).output();
    output.unwrap_or_else(|failure| needs_redis("redis-cli", &failure))
}

fn printed(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "redis-cli failed: {text}{errors}");
    text
}

fn needs_redis(program: &str, failure: &std::io::Error) -> ! {
    panic!("{program} could not be run ({failure}): install Redis 7, in Debian the package redis-server")
}

fn wait_until(longest: Duration, ready: impl Fn() -> bool, otherwise: impl Fn() -> String) {
    let start = Instant::now();
    while !ready() {
        assert!(start.elapsed() < longest, "{}", otherwise());
        std::thread::sleep(POLL);
    }
}
