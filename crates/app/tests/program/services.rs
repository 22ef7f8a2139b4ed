//! The command line on PostgreSQL and Redis: the same work as in a folder, with the same results.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use gd_testkit::services::{Postgres, Redis};
use serde_json::json;
use tempfile::TempDir;

use crate::running_server::RunningServer;
use crate::staff::{get, post, wait_until};
use crate::{outcome_of, program, refusal_of, run, success_of, text};

const SLUG: &str = "ma-consultation";

/// A database of its own, a Redis of its own, and a folder for files.
struct Installation {
    _postgres: Arc<Postgres>,
    redis: Redis,
    database_url: String,
    files: TempDir,
}

impl Installation {
    fn new(database: &str) -> Self {
        let postgres = Postgres::shared();
        let database_url = postgres.create_database(database);
        let files = tempfile::tempdir().unwrap();
        Self { _postgres: postgres, redis: Redis::start(), database_url, files }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        on(&self.database_url, Some(&self.redis.url()), arguments)
    }

    fn run(&self, arguments: &[&str]) -> String {
        success_of(self.command(arguments))
    }

    fn serve(&self, settings: &[(&str, &str)]) -> RunningServer {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.env("GD_LOG", "error").envs(settings.iter().copied());
        RunningServer::spawn(command)
    }

    /// A consultation that takes votes, its results shown at once.
    fn open_consultation(&self) {
        let template = self.run(&["consultation", "template"]);
        let undated =
            template.lines().filter(|line| !line.contains("_from =")).collect::<Vec<_>>().join("\n");
        let file = self.files.path().join("mine.toml");
        fs::write(&file, undated).unwrap();
        self.run(&["consultation", "create", &file.display().to_string()]);
        self.run(&["consultation", "open", SLUG]);
    }
}

/// The executable on services named by the environment alone, without a folder.
pub fn on(database_url: &str, redis_url: Option<&str>, arguments: &[&str]) -> Command {
    let mut command = program(Path::new("/nowhere"));
    command.env_remove("GD_DATA_DIR").env("GD_DATABASE_URL", database_url).args(arguments);
    if let Some(redis_url) = redis_url {
        command.env("GD_REDIS_URL", redis_url);
    }
    command
}

/// The cookie of somebody who was shown cards by this server.
async fn cookie_from(server: &RunningServer) -> String {
    let shown = reqwest::get(format!("{}/api/v1/consultations/{SLUG}/sequence", server.url)).await.unwrap();
    let cookie = shown.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn status_with(cookie: &str, server: &RunningServer) -> u16 {
    let url = format!("{}/api/v1/consultations/{SLUG}/ballots", server.url);
    let answer = reqwest::Client::new().get(url).header("cookie", cookie).send().await.unwrap();
    answer.status().as_u16()
}

/// Tasks that a command began beside its work end before the connections it uses: [`success_of`] reads the
/// logs.
#[test]
fn commands_one_after_the_other_leave_nothing_at_work() {
    let house = Installation::new("one_after_the_other");
    house.open_consultation();
    for _ in 0..20 {
        house.run(&["consultation", "list"]);
        house.run(&["proposals", "list", SLUG]);
    }
}

#[tokio::test]
async fn servers_share_the_secret_of_the_database_unless_they_are_given_one() {
    let house = Installation::new("secrets");
    house.open_consultation();
    let (one, two) = (house.serve(&[]), house.serve(&[]));
    let given = [("GD_SECRET", "a secret of thirty-two bytes or more")];
    let (three, four) = (house.serve(&given), house.serve(&given));
    let (shared, theirs) = (cookie_from(&one).await, cookie_from(&three).await);
    assert_eq!((status_with(&shared, &two).await, status_with(&shared, &three).await), (200, 401));
    assert_eq!((status_with(&theirs, &four).await, status_with(&theirs, &two).await), (200, 401));
}

#[test]
fn a_consultation_is_led_from_the_command_line() {
    let house = Installation::new("led");
    house.open_consultation();
    let server = house.serve(&[]);
    let one = format!("{}/api/v1/consultations/{SLUG}", server.url);
    for words in ["Plus de bancs", "N’importe quoi"] {
        assert_eq!(post(&format!("{one}/proposals"), &json!({"text": words})).0, 201);
    }
    let pending = house.run(&["proposals", "list", SLUG, "--status", "pending"]);
    assert!(pending.contains("Plus de bancs"), "{pending}");
    house.run(&["proposals", "refuse", SLUG, "2", "--reason", "Hors sujet"]);
    house.run(&["proposals", "publish", SLUG, "--theme", "demarches"]);
    let shown = || get(&format!("{one}/proposals")).1["proposals"].as_array().map(Vec::len);
    wait_until("the publication", || shown() == Some(1));
    house.run(&["analyze", "--slug", SLUG, "--publish"]);
    wait_until("the report", || get(&format!("{one}/report")).0 == 200);
    house.run(&["consultation", "close", SLUG]);
    wait_until("the closing", || get(&one).1["phase"] == "closed");
    let list = house.run(&["consultation", "list"]);
    assert!(list.contains(SLUG) && list.contains("closed"), "{list}");
    assert_eq!(server.terminate(), Some(0));
}

/// A made-up consultation as Polis exports it: changed minds, passes, one proposal refused.
fn polis_folder(files: &Path) -> PathBuf {
    let folder = files.join("polis");
    fs::create_dir_all(&folder).unwrap();
    let header = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n";
    let comments = (0..12).map(|number| {
        let moderated = if number == 7 { -1 } else { 1 };
        format!(
            "{},,{number},{},0,0,{moderated},\"Proposition {number}, « ici »\"\n",
            1_000 + number,
            number % 5
        )
    });
    fs::write(folder.join("comments.csv"), comments.fold(header.to_owned(), |all, line| all + &line))
        .unwrap();
    let votes = (0..900_u64).map(|vote| {
        let (voter, comment) = (vote % 61, vote * 7 % 12);
        format!(
            "{},,{comment},{voter},{}\n",
            5_000 + vote * 1_500,
            i64::try_from((vote * vote + voter) % 3).unwrap() - 1
        )
    });
    let header = "timestamp,datetime,comment-id,voter-id,vote\n".to_owned();
    fs::write(folder.join("votes.csv"), votes.fold(header, |all, line| all + &line)).unwrap();
    folder
}

#[test]
fn an_import_gives_the_report_and_exports_of_a_folder_byte_for_byte() {
    let house = Installation::new("imported");
    let files = house.files.path();
    let polis = polis_folder(files).display().to_string();
    let import = ["import", "polis", &polis, "--slug", "made-up", "--title", "Et ici ?"];
    let embedded = files.join("embedded");
    let printed = house.run(&import);
    assert!(printed.contains("12 proposals changed, 900 events appended"), "{printed}");
    assert_eq!(run(&embedded, &import), printed);
    assert!(house.run(&import).contains("0 proposals changed, 0 events appended"));

    let analyze = ["analyze", "--slug", "made-up", "--format", "json"];
    let report = house.run(&analyze);
    assert!(report.contains("\"label\""), "{report}");
    assert_eq!(report, run(&embedded, &analyze));
    for (format, names) in
        [("csv", ["ballots.csv", "proposals.csv"]), ("polis", ["votes.csv", "comments.csv"])]
    {
        let (ours, theirs) = (files.join(format!("pg-{format}")), files.join(format!("file-{format}")));
        let export = |out: &Path| {
            ["export", "--slug", "made-up", "--format", format, "--out", &out.display().to_string()]
                .map(str::to_owned)
        };
        house.run(&export(&ours).each_ref().map(String::as_str));
        run(&embedded, &export(&theirs).each_ref().map(String::as_str));
        for name in names {
            let exported = fs::read(ours.join(name)).unwrap();
            assert!(
                exported.len() > 200 && exported == fs::read(theirs.join(name)).unwrap(),
                "{format} {name}"
            );
        }
    }
}

#[test]
fn a_count_altered_in_redis_is_found_and_mended() {
    let house = Installation::new("altered");
    let polis = polis_folder(house.files.path()).display().to_string();
    house.run(&["import", "polis", &polis, "--slug", "made-up"]);
    let verify = ["ledger", "verify", "--slug", "made-up"];
    assert!(house.run(&verify).contains("the ledger agrees"));
    let counts = house.redis.cli(&["KEYS", "gd:*:counts:*"]);
    let alter = |piece: &str| {
        let script = format!("return redis.call('HSET', KEYS[1], 'piece 4000', '{piece}')");
        assert_eq!(house.redis.cli(&["EVAL", &script, "1", counts.trim()]).trim(), "1");
    };
    let recount = ["ledger", "recount", "--slug", "made-up"];

    // One participant more, no proposal, no minute.
    alter("\\2\\0\\0");
    let found = outcome_of(house.command(&verify));
    let said = text(&found.stdout);
    assert_eq!(found.status.code(), Some(1), "{said}");
    assert!(said.contains("the ledger counts 61 participants, the counters 62"), "{said}");
    house.run(&recount);
    assert!(house.run(&verify).contains("the ledger agrees"));

    alter("rubbish");
    let reason = refusal_of(house.command(&verify));
    assert!(reason.contains("piece 4000"), "{reason}");
    house.run(&recount);
    assert!(house.run(&verify).contains("the ledger agrees"));
}
