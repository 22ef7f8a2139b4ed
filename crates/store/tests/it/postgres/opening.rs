//! Opening: several at once, and errors that say what to do and never tell the password.

use std::collections::HashSet;

use gd_store::{OpenError, SqlStore};
use gd_testkit::services::Postgres;
use sqlx::{Connection, PgConnection};

#[tokio::test]
async fn several_servers_that_start_at_once_bring_the_tables_up_to_date_once() {
    let server = Postgres::shared();
    let url = server.create_database("at_once");
    let opening = (0..6).map(|_| {
        let url = url.clone();
        tokio::spawn(async move { SqlStore::open_postgres(&url).await.unwrap().next_node().await.unwrap() })
    });
    let mut nodes = HashSet::new();
    for opened in opening.collect::<Vec<_>>() {
        nodes.insert(opened.await.unwrap());
    }
    assert_eq!(nodes, HashSet::from([1, 2, 3, 4, 5, 6]));
}

async fn refusal(url: &str) -> (OpenError, String) {
    let error = SqlStore::open_postgres(url).await.unwrap_err();
    let everything = format!("{error} {error:?}");
    assert!(!everything.contains("hunter2"), "{everything}");
    let message = error.to_string();
    (error, message)
}

#[tokio::test]
async fn a_wrong_address_says_what_is_wrong_with_it() {
    for url in ["", "somewhere", "mysql://me:hunter2@here/db", "postgres://me:hunter2@here:port/db"] {
        let (error, message) = refusal(url).await;
        assert!(matches!(error, OpenError::Address { .. }), "{url}: {message}");
    }
    let (_, message) = refusal("postgres://me:hunter2@here/db?sslmode=perhaps").await;
    assert!(message.contains("perhaps"), "{message}");
}

#[tokio::test]
async fn an_absent_server_is_named() {
    let port = {
        let mut server = Postgres::start();
        server.kill();
        server.port()
    };
    let (error, message) = refusal(&format!("postgres://me:hunter2@127.0.0.1:{port}/db")).await;
    assert!(matches!(error, OpenError::Unreachable { .. }), "{message}");
    assert!(message.contains(&format!("127.0.0.1:{port}/db")), "{message}");
}

#[tokio::test]
async fn a_refused_user_password_or_database_is_told_apart_from_an_absent_server() {
    let server = Postgres::shared();
    let url = server.url("postgres");
    let mut by_hand = PgConnection::connect(&url).await.unwrap();
    sqlx::query("SELECT 1").execute(&mut by_hand).await.unwrap();
    for (user, database) in [("nobody-here:hunter2", "postgres"), ("postgres:hunter2", "absent")] {
        let url = format!("postgres://{user}@127.0.0.1:{}/{database}", server.port());
        let (error, message) = refusal(&url).await;
        assert!(matches!(error, OpenError::Refused { .. }), "{message}");
    }
    let (error, message) = refusal(&format!("{url}?sslmode=require")).await;
    assert!(matches!(error, OpenError::Refused { .. }), "a server without TLS: {message}");
}

#[tokio::test]
async fn sessions_are_encrypted_and_the_servers_certificate_is_checked_where_the_address_asks_for_it() {
    let server = Postgres::start_with_tls();
    let url = server.create_database("secret");
    let known = format!("{url}?sslmode=verify-full&sslrootcert={}", server.authority().display());
    let store = SqlStore::open_postgres(&known).await.unwrap();
    store.next_node().await.unwrap();
    let mut by_hand = PgConnection::connect(&format!("{url}?sslmode=disable")).await.unwrap();
    let clear: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
        WHERE datname = 'secret' AND pid <> pg_backend_pid() AND NOT ssl",
    )
    .fetch_one(&mut by_hand)
    .await
    .unwrap();
    assert_eq!(clear, 0, "sessions that anybody on the way can read");
    store.close().await;

    let (error, message) = refusal(&format!("{url}?sslmode=verify-full")).await;
    assert!(matches!(error, OpenError::Untrusted { .. }), "nobody knows who signed it: {message}");
}

#[tokio::test]
async fn an_open_store_does_not_show_its_password() {
    let server = Postgres::shared();
    let url = server.create_database("shown").replace("postgres@", "postgres:hunter2@");
    let store = SqlStore::open_postgres(&url).await.unwrap();
    let shown = format!("{store:?}");
    assert!(shown.contains("SqlStore") && !shown.contains("hunter2"), "{shown}");
}

#[tokio::test]
async fn tables_of_a_newer_program_are_left_alone() {
    let server = Postgres::shared();
    let url = server.create_database("newer");
    SqlStore::open_postgres(&url).await.unwrap().close().await;
    let mut by_hand = PgConnection::connect(&url).await.unwrap();
    let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'later', true, '', 0)";
    sqlx::query(later).execute(&mut by_hand).await.unwrap();
    let (error, message) = refusal(&url).await;
    assert!(matches!(error, OpenError::TablesTooNew { .. }) && message.contains("newer"), "{message}");
}

#[tokio::test]
async fn commits_wait_for_the_disk_whatever_the_server_and_the_address_say() {
    let server = Postgres::shared();
    let url = server.create_database("durable");
    let mut by_hand = PgConnection::connect(&url).await.unwrap();
    sqlx::query("ALTER DATABASE durable SET synchronous_commit = off").execute(&mut by_hand).await.unwrap();
    sqlx::query("CREATE TABLE seen (synchronous_commit TEXT, statement_timeout TEXT)")
        .execute(&mut by_hand)
        .await
        .unwrap();
    // The settings of the store's own sessions show in a trigger on a table they write.
    let store = SqlStore::open_postgres(&format!("{url}?options=-c%20statement_timeout=7s")).await.unwrap();
    for statement in [
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO seen VALUES (current_setting('synchronous_commit'), current_setting('statement_timeout'));
            RETURN NULL; END $$",
        "CREATE TRIGGER note AFTER UPDATE ON installation FOR EACH STATEMENT EXECUTE FUNCTION note()",
    ] {
        sqlx::query(statement).execute(&mut by_hand).await.unwrap();
    }
    store.next_node().await.unwrap();
    let seen =
        sqlx::query_as::<_, (String, String)>("SELECT * FROM seen").fetch_one(&mut by_hand).await.unwrap();
    assert_eq!(seen, ("on".to_owned(), "7s".to_owned()));
}
