//! Command-line errors for services that are absent, closed, of another age, or named wrongly.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use gd_testkit::services::{Postgres, Redis};

use crate::services::on;
use crate::{outcome_of, program, refusal_of, success_of, text};

/// A password that nobody may see.
const PASSWORD: &str = "hunter2";

fn sql(postgres: &Postgres, database: &str, statement: &str) {
    let status = Command::new("psql").args(["-q", "-d", &postgres.url(database), "-c", statement]).status();
    assert!(status.unwrap().success(), "{statement}");
}

#[test]
fn a_server_says_which_service_it_lacks() {
    let postgres = Postgres::shared();
    let url = postgres.create_database("lacking");
    let reason = refusal_of(on(&url, None, &["serve", "--listen", "127.0.0.1:0"]));
    assert!(reason.contains("--redis-url"), "{reason}");
    let mut alone = program(Path::new("/nowhere"));
    alone.env_remove("GD_DATA_DIR").args(["--redis-url", "redis://127.0.0.1:1", "consultation", "list"]);
    let reason = refusal_of(alone);
    assert!(reason.contains("--redis-url goes with --database-url"), "{reason}");
}

/// A PostgreSQL that asks `voter` for a password.
fn strict_postgres(rules: &Path) -> Postgres {
    fs::write(rules, "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        .unwrap();
    fs::set_permissions(rules, fs::Permissions::from_mode(0o644)).unwrap();
    let postgres = Postgres::start_with(&["fsync=off", &format!("hba_file={}", rules.display())]);
    sql(&postgres, "postgres", "CREATE ROLE voter LOGIN PASSWORD 'right'");
    postgres
}

#[test]
fn a_wrong_address_says_what_to_do_and_shows_no_password() {
    let rules = tempfile::NamedTempFile::new().unwrap();
    let postgres = strict_postgres(rules.path());
    let port = postgres.port();
    let nobody_there = Redis::absent().port();
    let cases = [
        (format!("postgres://voter:{PASSWORD}@127.0.0.1:{nobody_there}/db"), "check host and port"),
        (format!("postgres://voter:{PASSWORD}@127.0.0.1:{port}/postgres"), "check user, password"),
        (format!("postgres://postgres:{PASSWORD}@127.0.0.1:{port}/absent"), "database"),
        (format!("mysql://voter:{PASSWORD}@127.0.0.1/db"), "postgres://USER:PASSWORD@HOST"),
    ];
    for (url, advice) in cases {
        let reason = refusal_of(on(&url, None, &["consultation", "list"]));
        assert!(reason.contains(advice) && !reason.contains(PASSWORD), "{url}: {reason}");
    }
    let redis = format!("redis://me:{PASSWORD}@host:port");
    let reason = refusal_of(on(&postgres.url("postgres"), Some(&redis), &["consultation", "list"]));
    assert!(reason.contains("redis://USER:PASSWORD@HOST") && !reason.contains(PASSWORD), "{reason}");
}

#[test]
fn a_redis_that_refuses_the_password_is_said_and_holds_nobody_up() {
    let postgres = Postgres::shared();
    let url = postgres.create_database("refused_by_redis");
    let redis = Redis::start_with(&["--requirepass", "right"]);
    let with = |password: &str| redis.url().replace("://", &format!("://:{password}@"));
    let list = ["consultation", "list"];
    let refused = outcome_of(on(&url, Some(&with(PASSWORD)), &list));
    let said = text(&refused.stderr);
    assert!(refused.status.success() && said.contains("Redis") && !said.contains(PASSWORD), "{said}");
    let accepted = outcome_of(on(&url, Some(&with("right")), &list));
    assert!(accepted.status.success() && accepted.stderr.is_empty(), "{}", text(&accepted.stderr));
}

#[test]
fn tables_of_a_newer_program_are_left_alone() {
    let postgres = Postgres::shared();
    let url = postgres.create_database("newer");
    let list = || on(&url, None, &["consultation", "list"]);
    success_of(list());
    sql(
        &postgres,
        "newer",
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'from tomorrow', true, '', 0)",
    );
    let reason = refusal_of(list());
    assert!(reason.contains("/newer were written by a newer program"), "{reason}");
}

#[test]
fn help_shows_no_secret_of_the_environment() {
    let database = format!("postgres://voter:{PASSWORD}@host/db");
    for arguments in [&["--help"][..], &["serve", "--help"], &["ledger", "verify", "--help"]] {
        let mut command = on(&database, Some(&format!("redis://:{PASSWORD}@host")), arguments);
        command.env("GD_SECRET", format!("{PASSWORD}{PASSWORD}{PASSWORD}{PASSWORD}{PASSWORD}"));
        let help = success_of(command);
        assert!(help.contains("GD_DATABASE_URL") && help.contains("GD_REDIS_URL"), "{help}");
        assert!(!help.contains(PASSWORD), "{help}");
    }
}
