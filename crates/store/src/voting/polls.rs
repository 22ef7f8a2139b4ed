//! The polls on record.

use async_trait::async_trait;
use gd_domain::{AuditDraft, ConsultationId, NewPoll, Poll, PollDates, PollId, PollKind, Strata, Timestamp};
use gd_engine::ports::{PollMark, Polls, PortResult};
use sqlx::FromRow;

use crate::sql::database::{Session, SqlStore, on_db};
use crate::sql::failure::{commit_failed, conflict, corrupt, failed, not_found};
use crate::sql::rows;
use crate::staff::audit::AppendAudit;

/// Rows of a page while all are read.
const PAGE_ROWS: i64 = 10_000;

/// A poll without a ledger shows as a missing position: it is an error, never silence.
const MARKS: &str = "
    SELECT poll.id, poll.consultation_id, poll.kind, poll.strata, poll.opens_at, poll.closes_at, poll.erasable,
           poll.revision, head.position AS head, projection.position, projection.generation,
           projection.ballots, projection.participants
    FROM poll
    LEFT JOIN ledger_head AS head ON head.poll_id = poll.id
    LEFT JOIN projection ON projection.poll_id = poll.id
    WHERE poll.id > $1 AND poll.id <= $2
    ORDER BY poll.id
    LIMIT $3";

const CONSULTATION_EXISTS: &str = "SELECT id FROM consultation WHERE id = $1";

const INSERT: &str = "
    INSERT INTO poll (consultation_id, kind, strata, opens_at, closes_at, last_item, erasable, revision)
    VALUES ($1, $2, $3, $4, $5, 0, $6, 1)
    RETURNING id";

const INSERT_HEAD: &str = "INSERT INTO ledger_head (poll_id, position) VALUES ($1, 0)";

const MARK_ERASABLE: &str = "UPDATE poll SET erasable = 1 WHERE id = $1 AND erasable = 0";

/// Touches a row only of an erasable poll; holds it until the commit.
const HOLD_ERASABLE: &str =
    "UPDATE poll SET revision = revision + 1 WHERE id = $1 AND erasable = 1 RETURNING id";

/// Holds the head until the commit, so that appends wait; it is set to what it is.
const HOLD_HEAD: &str = "UPDATE ledger_head SET position = position WHERE poll_id = $1 RETURNING position";

const ERASE: [&str; 3] = [
    "DELETE FROM event_batch WHERE poll_id = $1",
    "UPDATE ledger_head SET position = 0 WHERE poll_id = $1",
    "DELETE FROM exposure WHERE poll_id = $1",
];

#[derive(FromRow)]
struct MarkRow {
    id: i64,
    consultation_id: i64,
    kind: String,
    strata: String,
    opens_at: Option<i64>,
    closes_at: Option<i64>,
    erasable: i64,
    revision: i64,
    head: Option<i64>,
    position: Option<i64>,
    generation: Option<i64>,
    ballots: Option<i64>,
    participants: Option<i64>,
}

#[async_trait]
impl Polls for SqlStore {
    async fn marks(&self) -> PortResult<Vec<PollMark>> {
        let (mut marks, mut after) = (Vec::new(), i64::MIN);
        loop {
            let page = self.mark_rows(after, i64::MAX).await?;
            let (read, last) = (rows::limit(page.len()), page.last().map(|row| row.id));
            for row in page {
                marks.push(mark(&row)?);
            }
            match last {
                Some(last) if read == PAGE_ROWS => after = last,
                _ => return Ok(marks),
            }
        }
    }

    async fn mark(&self, poll: PollId) -> PortResult<Option<PollMark>> {
        self.mark_rows(poll.0 - 1, poll.0).await?.pop().as_ref().map(mark).transpose()
    }

    async fn create_poll(&self, new: &NewPoll, audit: &AuditDraft) -> PortResult<PollId> {
        let PollDates { opens_at, closes_at } = new.dates;
        on_db!(&self.writer, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            let known = sqlx::query_scalar::<_, i64>(CONSULTATION_EXISTS).bind(new.consultation.0);
            if known.fetch_optional(&mut *transaction).await.map_err(failed)?.is_none() {
                return Err(not_found("the consultation"));
            }
            let query = sqlx::query_scalar::<_, i64>(INSERT)
                .bind(new.consultation.0)
                .bind(new.kind.as_str())
                .bind(new.strata.as_str())
                .bind(opens_at.map(Timestamp::as_millis))
                .bind(closes_at.map(Timestamp::as_millis))
                .bind(i64::from(new.is_erasable));
            let id = query.fetch_one(&mut *transaction).await.map_err(failed)?;
            sqlx::query(INSERT_HEAD).bind(id).execute(&mut *transaction).await.map_err(failed)?;
            let audit = AuditDraft { subject: format!("poll {id}"), ..audit.clone() };
            transaction.append_audit(&audit).await?;
            transaction.commit().await.map_err(commit_failed)?;
            Ok(PollId(id))
        })
    }

    async fn mark_erasable(&self, poll: PollId, audit: &AuditDraft) -> PortResult<()> {
        on_db!(&self.writer, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            let marked = sqlx::query(MARK_ERASABLE).bind(poll.0);
            if marked.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
                return Err(conflict("the poll is erasable already"));
            }
            transaction.append_audit(audit).await?;
            transaction.commit().await.map_err(commit_failed)
        })
    }

    async fn erase_poll(&self, poll: PollId, audit: &AuditDraft) -> PortResult<u64> {
        on_db!(&self.writer.patient(), connection => {
            let mut transaction = connection.begin_long_write().await.map_err(failed)?;
            let held = sqlx::query_scalar::<_, i64>(HOLD_ERASABLE).bind(poll.0);
            if held.fetch_optional(&mut *transaction).await.map_err(failed)?.is_none() {
                return Err(conflict("the poll is not erasable"));
            }
            let events = sqlx::query_scalar::<_, i64>(HOLD_HEAD).bind(poll.0);
            let events = events.fetch_one(&mut *transaction).await.map_err(failed)?;
            for statement in ERASE {
                sqlx::query(statement).bind(poll.0).execute(&mut *transaction).await.map_err(failed)?;
            }
            transaction.append_audit(audit).await?;
            transaction.commit().await.map_err(commit_failed)?;
            u64::try_from(events).map_err(corrupt)
        })
    }
}

impl SqlStore {
    async fn mark_rows(&self, after: i64, until: i64) -> PortResult<Vec<MarkRow>> {
        on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, MarkRow>(MARKS).bind(after).bind(until).bind(PAGE_ROWS);
            query.fetch_all(connection).await.map_err(failed)
        })
    }
}

fn mark(row: &MarkRow) -> PortResult<PollMark> {
    let head = row.head.ok_or_else(|| corrupt(format!("poll {} has no ledger", row.id)))?;
    let count = |count: Option<i64>| u64::try_from(count.unwrap_or(0)).map_err(corrupt);
    let poll = Poll {
        id: PollId(row.id),
        consultation: ConsultationId(row.consultation_id),
        kind: row.kind.parse::<PollKind>().map_err(corrupt)?,
        strata: row.strata.parse::<Strata>().map_err(corrupt)?,
        dates: PollDates {
            opens_at: row.opens_at.map(Timestamp::from_millis),
            closes_at: row.closes_at.map(Timestamp::from_millis),
        },
        is_erasable: row.erasable == 1,
    };
    Ok(PollMark {
        poll,
        revision: u64::try_from(row.revision).map_err(corrupt)?,
        head: rows::position(head)?,
        projection: rows::projection_state((row.position.unwrap_or(0), row.generation.unwrap_or(0)))?,
        ballots: count(row.ballots)?,
        participants: count(row.participants)?,
    })
}
