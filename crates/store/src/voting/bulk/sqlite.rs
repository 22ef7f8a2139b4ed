//! SQLite takes the rows as the values of one statement, a whole chunk at a time: a statement costs a
//! thread's hop, a row then very little. Reading rows back from JSON costs three times as much.
//!
//! Chunks have a power of two of rows, so that few statements are ever prepared; rows that are missing to
//! it are NULL and filtered out.

use std::fmt::Write;
use std::sync::LazyLock;

use gd_domain::{ParticipantId, PollId, Timestamp};
use gd_engine::ports::PortResult;
use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Row, Sqlite, SqliteConnection};

use super::Bulk;
use crate::sql::database::Session;
use crate::sql::failure::{commit_failed, corrupt, failed};
use crate::voting::packed::{EventBatch, StandingRow};

/// Rows of the largest chunk.
const CHUNK_ROWS_MAX: usize = 1_024;
/// Powers of two up to it.
const CHUNK_SIZES: usize = CHUNK_ROWS_MAX.ilog2() as usize + 1;

const MOVE_HEAD: &str = "UPDATE ledger_head SET position = position + ? WHERE poll_id = ? RETURNING position";

const INSERT_LINES: &str = "
    INSERT INTO event_batch (position, poll_id, events, packed)
    SELECT head.position - column1, head.poll_id, column2, column3
    FROM ledger_head AS head CROSS JOIN (VALUES {rows})
    WHERE head.poll_id = ? AND column1 IS NOT NULL";

/// The commits of almost every group: one hop from beginning to end.
static APPEND_CHUNK: LazyLock<[String; CHUNK_SIZES]> =
    LazyLock::new(|| texts(&format!("BEGIN IMMEDIATE; {MOVE_HEAD}; {INSERT_LINES}; COMMIT"), 3));

static INSERT_CHUNK: LazyLock<[String; CHUNK_SIZES]> = LazyLock::new(|| texts(INSERT_LINES, 3));

// CROSS JOIN keeps SQLite from turning the join round: for each row one look-up in the index.
const STANDING_OF: &str = "
    SELECT line.participant, line.ballots, line.packed
    FROM json_each($2) AS row
    CROSS JOIN participant_ballots AS line
      ON line.poll_id = $1 AND line.participant = row.value";

static UPSERT_CHUNK: LazyLock<[String; CHUNK_SIZES]> = LazyLock::new(|| {
    texts(
        "
        INSERT INTO participant_ballots (poll_id, participant, ballots, packed)
        SELECT column1, column2, column3, column4
        FROM (VALUES {rows})
        WHERE column1 IS NOT NULL
        ON CONFLICT (poll_id, participant) DO UPDATE SET
            ballots = excluded.ballots, packed = excluded.packed",
        4,
    )
});

const DELETE_STANDING: &str = "
    DELETE FROM participant_ballots
    WHERE poll_id = $1 AND participant IN (SELECT row.value FROM json_each($2) AS row)";

// WHERE true keeps SQLite from taking ON for a join's.
const ADD_EXPOSURES: &str = "
    INSERT INTO exposure (poll_id, item, shown)
    SELECT $1, row.value ->> 0, row.value ->> 1 FROM json_each($2) AS row WHERE true
    ON CONFLICT (poll_id, item) DO UPDATE SET shown = shown + excluded.shown";

impl Bulk for SqliteConnection {
    async fn append_events(
        &mut self,
        poll: PollId,
        count: i64,
        lines: &[EventBatch],
        _not_after: Timestamp,
    ) -> PortResult<i64> {
        if lines.len() <= CHUNK_ROWS_MAX {
            let append = sqlx::query(for_rows(&APPEND_CHUNK, lines.len())).bind(count).bind(poll.0);
            let append = bind_lines(append, lines).bind(poll.0);
            let appended = append.fetch_all(&mut *self).await;
            if appended.is_err() {
                // A transaction may still be open, unless the commit itself failed.
                let _closed = sqlx::query("ROLLBACK").execute(self).await;
            }
            return appended.map_err(commit_failed)?.first().map_or_else(
                || Err(corrupt("a consultation without a ledger")),
                |head| head.try_get(0).map_err(corrupt),
            );
        }
        let mut transaction = self.begin_write().await.map_err(failed)?;
        let head = sqlx::query_scalar::<_, i64>(MOVE_HEAD).bind(count).bind(poll.0);
        let head = head.fetch_one(&mut *transaction).await.map_err(failed)?;
        for chunk in lines.chunks(CHUNK_ROWS_MAX) {
            let insert = bind_lines(sqlx::query(for_rows(&INSERT_CHUNK, chunk.len())), chunk);
            insert.bind(poll.0).execute(&mut *transaction).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(commit_failed)?;
        Ok(head)
    }

    async fn standing_of(
        &mut self,
        poll: PollId,
        participants: &[ParticipantId],
    ) -> PortResult<Vec<StandingRow>> {
        let query = sqlx::query_as(STANDING_OF).bind(poll.0).bind(json(participants)?);
        query.fetch_all(self).await.map_err(failed)
    }

    async fn upsert_standing(&mut self, poll: PollId, lines: &[StandingRow]) -> PortResult<()> {
        for chunk in lines.chunks(CHUNK_ROWS_MAX) {
            let mut upsert = sqlx::query(for_rows(&UPSERT_CHUNK, chunk.len()));
            for line in padded(chunk) {
                upsert = upsert
                    .bind(line.map(|_| poll.0))
                    .bind(line.map(|line| line.0))
                    .bind(line.map(|line| line.1))
                    .bind(line.map(|line| line.2.as_slice()));
            }
            upsert.execute(&mut *self).await.map_err(failed)?;
        }
        Ok(())
    }

    async fn delete_standing(&mut self, poll: PollId, participants: &[ParticipantId]) -> PortResult<()> {
        let query = sqlx::query(DELETE_STANDING).bind(poll.0).bind(json(participants)?);
        query.execute(self).await.map(|_| ()).map_err(failed)
    }

    async fn add_exposures(&mut self, poll: PollId, shown: &[(i64, i64)]) -> PortResult<()> {
        let query = sqlx::query(ADD_EXPOSURES).bind(poll.0).bind(json(shown)?);
        query.execute(self).await.map(|_| ()).map_err(failed)
    }
}

type SqliteQuery<'q> = Query<'q, Sqlite, SqliteArguments>;

/// One text for each size of chunk, `columns` values a row in the place of `{rows}`.
fn texts(text: &str, columns: usize) -> [String; CHUNK_SIZES] {
    let row = format!("({})", ["?"].repeat(columns).join(","));
    std::array::from_fn(|power| {
        let mut rows = row.clone();
        for _ in 1..1_usize << power {
            write!(rows, ",{row}").expect("a text can always be written to");
        }
        text.replace("{rows}", &rows)
    })
}

/// The text of the smallest chunk that holds so many rows.
fn for_rows(texts: &'static [String; CHUNK_SIZES], rows: usize) -> &'static str {
    &texts[rows.next_power_of_two().ilog2() as usize]
}

fn padded<R>(chunk: &[R]) -> impl Iterator<Item = Option<&R>> {
    let missing = chunk.len().next_power_of_two() - chunk.len();
    chunk.iter().map(Some).chain(std::iter::repeat_n(None, missing))
}

fn bind_lines<'q>(mut query: SqliteQuery<'q>, chunk: &'q [EventBatch]) -> SqliteQuery<'q> {
    for line in padded(chunk) {
        query = query.bind(line.map(|line| line.behind)).bind(line.map(|line| line.events));
        query = query.bind(line.map(|line| line.packed.as_slice()));
    }
    query
}

fn json<T: serde::Serialize + ?Sized>(rows: &T) -> PortResult<String> {
    serde_json::to_string(rows).map_err(corrupt)
}
