//! PostgreSQL servers for tests.

use std::cmp::Reverse;
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::certificates::make_certificates;
use super::ports::free_port;

/// The longest time a server may take to start, or to be gone once killed.
const WAIT_MAX: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(5);
/// The folder where Debian keeps the programs of each version.
const VERSIONS_FOLDER: &str = "/usr/lib/postgresql";
const PROGRAMS: [&str; 3] = ["initdb", "postgres", "createdb"];
/// Accounts that may run PostgreSQL, which refuses to run as root.
const ACCOUNTS: [&str; 2] = ["postgres", "nobody"];

/// A PostgreSQL of its own, in a folder that vanishes with it. Everybody on this machine may connect, as
/// `postgres`. It does not wait for the disk, which only a failure of the whole machine would show.
#[derive(Debug)]
pub struct Postgres {
    folder: TempDir,
    programs: PathBuf,
    account: Option<Account>,
    port: u16,
    options: Vec<String>,
    process: Option<Child>,
}

#[derive(Clone, Copy, Debug)]
struct Account {
    user: u32,
    group: u32,
}

impl Postgres {
    /// A running server.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(&["fsync=off"])
    }

    /// A running server with these settings, each `name=value`.
    #[must_use]
    pub fn start_with(settings: &[&str]) -> Self {
        let mut postgres = Self::absent_with(settings);
        postgres.restart();
        postgres
    }

    /// A running server that speaks TLS to clients that ask for it. Its certificate is signed by an authority of its own,
    /// which [`Postgres::authority`] names.
    #[must_use]
    pub fn start_with_tls() -> Self {
        let mut postgres = Self::absent_with(&[
            "fsync=off",
            "ssl=on",
            "ssl_cert_file=server.pem",
            "ssl_key_file=server.key",
        ]);
        let data = postgres.data();
        make_certificates(postgres.folder.path());
        for name in ["server.pem", "server.key"] {
            let file = data.join(name);
            fs::rename(postgres.folder.path().join(name), &file).expect("one file system");
            if let Some(Account { user, group }) = postgres.account {
                chown(&file, Some(user), Some(group)).expect("root may give a file away");
            }
        }
        postgres.restart();
        postgres
    }

    /// The file of the authority that signed its certificate.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }

    /// A server that does not run yet.
    fn absent_with(settings: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for PostgreSQL");
        let account = account();
        if let Some(Account { user, group }) = account {
            chown(folder.path(), Some(user), Some(group)).expect("root may give a folder away");
        }
        let options = settings.iter().flat_map(|&setting| ["-c".to_owned(), setting.to_owned()]).collect();
        let postgres =
            Self { folder, programs: programs(), account, port: free_port(), options, process: None };
        let data = postgres.data();
        let mut initdb = postgres.command("initdb");
        initdb.args(["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]);
        succeed(initdb.arg("--pgdata").arg(data));
        postgres
    }

    /// The server that the tests of this process share, each in a database of its own; it ends with the
    /// last of them.
    #[must_use]
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Postgres>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let postgres = Arc::new(Self::start());
            *shared = Arc::downgrade(&postgres);
            postgres
        })
    }

    /// The port it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The address of a database.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes an empty database; its address.
    #[must_use]
    pub fn create_database(&self, name: &str) -> String {
        let port = self.port.to_string();
        succeed(self.command("createdb").args(["-h", "127.0.0.1", "-p", &port, "-U", "postgres", name]));
        self.url(name)
    }

    /// Kills it without warning (SIGKILL), all its processes.
    pub fn kill(&mut self) {
        let Some(mut postmaster) = self.process.take() else { return };
        // Stopped, it starts no more of them while they are counted.
        signal("-STOP", &[postmaster.id()]);
        let backends = children(postmaster.id());
        signal("-KILL", &[&backends[..], &[postmaster.id()]].concat());
        postmaster.wait().expect("a killed process ends");
        wait_until("PostgreSQL's processes did not end", || !backends.iter().any(|&id| is_alive(id)));
    }

    /// Kills it if it runs, and starts it on the same port and folder.
    pub fn restart(&mut self) {
        self.kill();
        let pid_file = self.data().join("postmaster.pid");
        // The files that a killed server leaves there would say that the new one is ready.
        let _absent_at_first = fs::remove_file(&pid_file);
        let log = fs::File::create(self.log()).expect("a log");
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data()).args(["-p", &self.port.to_string()]);
        command
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="])
            .args(&self.options);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        self.process = Some(command.spawn().expect("initdb ran, so will postgres"));
        // The eighth line tells how far it is.
        let is_ready = || {
            fs::read_to_string(&pid_file)
                .is_ok_and(|text| text.lines().nth(7).is_some_and(|state| state.trim() == "ready"))
        };
        wait_until(&format!("PostgreSQL did not start: see {}", self.log().display()), is_ready);
    }

    /// Stops it in its tracks (SIGSTOP), all its processes: connections stay open, and nothing is answered.
    pub fn pause(&self) {
        let postmaster = self.postmaster();
        signal("-STOP", &[postmaster]);
        signal("-STOP", &children(postmaster));
    }

    /// Lets it go on (SIGCONT).
    pub fn resume(&self) {
        wake(self.postmaster());
    }

    fn postmaster(&self) -> u32 {
        self.process.as_ref().expect("it runs").id()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// One of PostgreSQL's programs, run by an account that it accepts.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(self.folder.path());
        if let Some(Account { user, group }) = self.account {
            command.uid(user).gid(group);
        }
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            // An immediate end (SIGQUIT), which PostgreSQL passes on to its processes; stopped ones wake first.
            wake(process.id());
            signal("-QUIT", &[process.id()]);
            process.wait().expect("PostgreSQL ends at once");
        }
    }
}

/// The folder of PostgreSQL's programs: where PATH finds them all, else the newest that Debian installed.
#[expect(clippy::disallowed_methods, reason = "a test finds its programs where the shell does")]
fn programs() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let version = |folder: &Path| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let versions = fs::read_dir(VERSIONS_FOLDER).into_iter().flatten();
    let mut versions = versions.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect::<Vec<_>>();
    versions.sort_by_key(|folder| Reverse(version(folder)));
    let mut folders =
        std::env::split_paths(&path).chain(versions.into_iter().map(|folder| folder.join("bin")));
    let found = folders.find(|folder| PROGRAMS.iter().all(|program| folder.join(program).exists()));
    found.unwrap_or_else(|| {
        panic!(
            "{PROGRAMS:?} are neither on PATH nor under {VERSIONS_FOLDER}: install PostgreSQL 15 or later, in Debian the package postgresql"
        )
    })
}

/// The account to run PostgreSQL as; `None` for the tests' own account, unless that is root.
fn account() -> Option<Account> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if !is_root {
        return None;
    }
    let accounts = fs::read_to_string("/etc/passwd").expect("/etc/passwd lists the accounts");
    let named = |name: &&str| {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(*name))?;
        let mut numbers = line.split(':').skip(2).map(str::parse::<u32>);
        Some(Account { user: numbers.next()?.ok()?, group: numbers.next()?.ok()? })
    };
    let account = ACCOUNTS.iter().find_map(named);
    Some(
        account
            .unwrap_or_else(|| panic!("root may not run PostgreSQL, and there is no account {ACCOUNTS:?}")),
    )
}

fn succeed(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|failure| {
        panic!("{} could not be run: {failure}", command.get_program().display());
    });
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} failed: {errors}", command.get_program().display());
}

fn signal(signal: &str, processes: &[u32]) {
    // A backend may end by itself in the meantime: what counts is that the others get it.
    let processes = processes.iter().map(ToString::to_string);
    let sent = Command::new("kill").arg(signal).args(processes).stderr(Stdio::null()).status();
    sent.expect("kill can be run");
}

fn wake(postmaster: u32) {
    signal("-CONT", &children(postmaster));
    signal("-CONT", &[postmaster]);
}

fn children(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").expect("/proc lists the processes");
    let ids = processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    ids.filter(|&id| state_and_parent(id).is_some_and(|(_, of)| of == parent)).collect()
}

fn is_alive(process: u32) -> bool {
    state_and_parent(process).is_some_and(|(state, _)| state != 'Z')
}

fn state_and_parent(process: u32) -> Option<(char, u32)> {
    let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, in parentheses, may hold anything.
    let mut fields = line.rsplit_once(')')?.1.split_whitespace();
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

fn wait_until(otherwise: &str, reached: impl Fn() -> bool) {
    let start = Instant::now();
    while !reached() {
        assert!(start.elapsed() < WAIT_MAX, "{otherwise}");
        thread::sleep(POLL);
    }
}
