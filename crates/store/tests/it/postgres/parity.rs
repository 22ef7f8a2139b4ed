//! Both engines have the same tables: names, columns, what may be absent, primary keys.

use std::collections::BTreeMap;
use std::path::Path;

use gd_store::SqlStore;
use gd_testkit::services::Postgres;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, PgConnection};

/// (table, column) → whether it may be absent, and its place in the primary key, from 1; 0 outside it.
type Columns = BTreeMap<(String, String), (bool, i64)>;

#[tokio::test]
async fn tables_columns_nullability_and_primary_keys_agree() {
    let (sqlite, postgres) = (sqlite_columns().await, postgres_columns().await);
    assert!(sqlite.len() > 50, "all tables are seen");
    assert_eq!(sqlite, postgres);
}

#[test]
fn migrations_come_in_pairs_of_one_name() {
    let names = |engine: &str| {
        let folder = format!("{}/../../migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names = entries.map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

async fn sqlite_columns() -> Columns {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.db");
    SqlStore::open_sqlite(&file).await.unwrap().close().await;
    let mut columns = Columns::new();
    for file in [SqlStore::standing_file(&file), file] {
        columns.extend(sqlite_columns_of(&file).await);
    }
    columns
}

async fn sqlite_columns_of(file: &Path) -> Columns {
    let mut by_hand = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    // A lone INTEGER PRIMARY KEY says nothing of NOT NULL, and never is.
    let columns = r#"
        SELECT tables.name, columns.name, columns."notnull" = 0 AND columns.pk = 0, columns.pk
        FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND tables.name NOT LIKE '\_sqlx%' ESCAPE '\'
          AND tables.name NOT LIKE 'sqlite\_%' ESCAPE '\'"#;
    as_map(sqlx::query_as(columns).fetch_all(&mut by_hand).await.unwrap())
}

async fn postgres_columns() -> Columns {
    let server = Postgres::shared();
    let url = server.create_database("parity");
    SqlStore::open_postgres(&url).await.unwrap().close().await;
    let mut by_hand = PgConnection::connect(&url).await.unwrap();
    let columns = r"
        SELECT columns.table_name::TEXT, columns.column_name::TEXT, columns.is_nullable = 'YES',
               COALESCE(keys.ordinal_position, 0)::BIGINT
        FROM information_schema.columns
        LEFT JOIN information_schema.table_constraints AS constraints
          ON constraints.table_schema = 'public' AND constraints.table_name = columns.table_name
         AND constraints.constraint_type = 'PRIMARY KEY'
        LEFT JOIN information_schema.key_column_usage AS keys
          ON keys.constraint_schema = 'public' AND keys.constraint_name = constraints.constraint_name
         AND keys.column_name = columns.column_name
        WHERE columns.table_schema = 'public' AND columns.table_name NOT LIKE '\_sqlx%'";
    as_map(sqlx::query_as(columns).fetch_all(&mut by_hand).await.unwrap())
}

fn as_map(rows: Vec<(String, String, bool, i64)>) -> Columns {
    rows.into_iter().map(|(table, column, nullable, key)| ((table, column), (nullable, key))).collect()
}
