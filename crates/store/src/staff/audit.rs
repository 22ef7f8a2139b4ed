//! The audit trail: one function appends, inside the transaction of the act.

use async_trait::async_trait;
use gd_domain::{AuditDraft, AuditEntry, Checkpoint, ConsultationId, Timestamp};
use gd_engine::ports::{AuditTrail, PortResult};
use gd_engine::staff::{detail_digest, entry_hash};
use sqlx::{FromRow, PgConnection, SqliteConnection};

use crate::sql::database::{Session, SqlStore, on_db};
use crate::sql::failure::{commit_failed, conflict, corrupt, failed};
use crate::sql::rows;

/// The row's lock orders the acts of staff: the last statements before the commit.
const NEXT: &str = "UPDATE audit_head SET position = position + 1 WHERE id = 1 RETURNING position, hash";

const SET_HASH: &str = "UPDATE audit_head SET hash = $1 WHERE id = 1";

const INSERT: &str = "
    INSERT INTO audit_entry
        (position, at, actor, action, phase, consultation_id, subject, detail_digest, prev_hash, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

const INSERT_DETAIL: &str = "INSERT INTO audit_detail (position, salt, detail) VALUES ($1, $2, $3)";

const AFTER: &str = "
    SELECT entry.position, entry.at, entry.actor, entry.action, entry.phase, entry.consultation_id, entry.subject,
           entry.detail_digest, entry.prev_hash, entry.hash, detail.salt, detail.detail
    FROM audit_entry AS entry
    LEFT JOIN audit_detail AS detail ON detail.position = entry.position
    WHERE entry.position > $1
    ORDER BY entry.position
    LIMIT $2";

const HEAD: &str = "SELECT position, hash FROM audit_head WHERE id = 1";

const CHECKPOINT: &str = "SELECT position, hash, cut_at, signature FROM audit_checkpoint WHERE id = 1";

const SET_CHECKPOINT: &str = "
    INSERT INTO audit_checkpoint (id, position, hash, cut_at, signature) VALUES (1, $1, $2, $3, $4)
    ON CONFLICT (id) DO UPDATE SET
        position = excluded.position, hash = excluded.hash, cut_at = excluded.cut_at,
        signature = excluded.signature
    WHERE audit_checkpoint.position < excluded.position";

const CUT: [&str; 2] =
    ["DELETE FROM audit_detail WHERE position <= $1", "DELETE FROM audit_entry WHERE position <= $1"];

const ERASE_DETAIL: &str = "
    UPDATE audit_detail SET salt = NULL, detail = NULL, erased_at = $2
    WHERE position = $1 AND erased_at IS NULL";

/// Appends to the audit trail on a connection that is in the act's transaction.
pub(crate) trait AppendAudit {
    /// Appends an entry: call it last before the commit. Its position.
    async fn append_audit(&mut self, entry: &AuditDraft) -> PortResult<u64>;
}

/// The same statements for each engine.
macro_rules! append_audit_on {
    ($connection:ty) => {
        impl AppendAudit for $connection {
            async fn append_audit(&mut self, entry: &AuditDraft) -> PortResult<u64> {
                let next = sqlx::query_as::<_, (i64, Vec<u8>)>(NEXT);
                let (position, previous) = next.fetch_one(&mut *self).await.map_err(failed)?;
                let (previous, at) = (hash(&previous)?, rows::position(position)?.0);
                let digest = detail_digest(&entry.salt, &entry.detail);
                let own = entry_hash(at, entry, &digest, &previous);
                let insert = sqlx::query(INSERT)
                    .bind(position)
                    .bind(entry.at.as_millis())
                    .bind(&entry.actor)
                    .bind(entry.action.as_str())
                    .bind(entry.phase.as_str())
                    .bind(entry.consultation.map(|consultation| consultation.0))
                    .bind(&entry.subject)
                    .bind(digest.as_slice())
                    .bind(previous.as_slice())
                    .bind(own.as_slice());
                insert.execute(&mut *self).await.map_err(failed)?;
                let detail = sqlx::query(INSERT_DETAIL).bind(position).bind(entry.salt.as_slice());
                detail.bind(&entry.detail).execute(&mut *self).await.map_err(failed)?;
                sqlx::query(SET_HASH).bind(own.as_slice()).execute(&mut *self).await.map_err(failed)?;
                Ok(at)
            }
        }
    };
}

append_audit_on!(PgConnection);
append_audit_on!(SqliteConnection);

#[derive(FromRow)]
struct EntryRow {
    position: i64,
    at: i64,
    actor: String,
    action: String,
    phase: String,
    consultation_id: Option<i64>,
    subject: String,
    detail_digest: Vec<u8>,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
    salt: Option<Vec<u8>>,
    detail: Option<String>,
}

#[async_trait]
impl AuditTrail for SqlStore {
    async fn append_entry(&self, entry: &AuditDraft) -> PortResult<u64> {
        on_db!(&self.writer, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            let position = transaction.append_audit(entry).await?;
            transaction.commit().await.map_err(commit_failed)?;
            Ok(position)
        })
    }

    async fn entries_after(&self, after: u64, limit: usize) -> PortResult<Vec<AuditEntry>> {
        let after = rows::column(after)?;
        let read = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, EntryRow>(AFTER).bind(after).bind(rows::limit(limit));
            query.fetch_all(connection).await.map_err(failed)
        })?;
        read.into_iter().map(audit_entry).collect()
    }

    async fn last_entry(&self) -> PortResult<(u64, [u8; 32])> {
        let (position, last) = on_db!(&self.reader, connection => {
            sqlx::query_as::<_, (i64, Vec<u8>)>(HEAD).fetch_one(connection).await.map_err(failed)
        })?;
        Ok((rows::position(position)?.0, hash(&last)?))
    }

    async fn checkpoint(&self) -> PortResult<Option<Checkpoint>> {
        let row = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, (i64, Vec<u8>, i64, Vec<u8>)>(CHECKPOINT);
            query.fetch_optional(connection).await.map_err(failed)
        })?;
        let checkpoint = |(position, last, cut_at, signature): (i64, Vec<u8>, i64, Vec<u8>)| {
            Ok(Checkpoint {
                position: rows::position(position)?.0,
                hash: hash(&last)?,
                cut_at: Timestamp::from_millis(cut_at),
                signature: hash(&signature)?,
            })
        };
        row.map(checkpoint).transpose()
    }

    async fn cut(&self, checkpoint: &Checkpoint, entry: &AuditDraft) -> PortResult<()> {
        let position = rows::column(checkpoint.position)?;
        on_db!(&self.writer.patient(), connection => {
            let mut transaction = connection.begin_long_write().await.map_err(failed)?;
            let set = sqlx::query(SET_CHECKPOINT)
                .bind(position)
                .bind(checkpoint.hash.as_slice())
                .bind(checkpoint.cut_at.as_millis())
                .bind(checkpoint.signature.as_slice());
            if set.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
                return Err(conflict("the trail has been cut at this entry or a later one"));
            }
            for statement in CUT {
                sqlx::query(statement).bind(position).execute(&mut *transaction).await.map_err(failed)?;
            }
            transaction.append_audit(entry).await?;
            transaction.commit().await.map_err(commit_failed)
        })
    }

    async fn erase_details(&self, positions: &[u64], entry: &AuditDraft) -> PortResult<u64> {
        on_db!(&self.writer, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            let mut erased = 0;
            for &position in positions {
                let erase = sqlx::query(ERASE_DETAIL).bind(rows::column(position)?).bind(entry.at.as_millis());
                erased += erase.execute(&mut *transaction).await.map_err(failed)?.rows_affected();
            }
            transaction.append_audit(entry).await?;
            transaction.commit().await.map_err(commit_failed)?;
            Ok(erased)
        })
    }
}

fn audit_entry(row: EntryRow) -> PortResult<AuditEntry> {
    let detail = match (row.salt, row.detail) {
        (Some(salt), Some(detail)) => {
            Some((salt.try_into().map_err(|_| corrupt("a salt of another length"))?, detail))
        }
        _ => None,
    };
    Ok(AuditEntry {
        position: rows::position(row.position)?.0,
        at: Timestamp::from_millis(row.at),
        actor: row.actor,
        action: row.action.parse().map_err(corrupt)?,
        phase: row.phase.parse().map_err(corrupt)?,
        consultation: row.consultation_id.map(ConsultationId),
        subject: row.subject,
        detail_digest: hash(&row.detail_digest)?,
        detail,
        previous: hash(&row.prev_hash)?,
        hash: hash(&row.hash)?,
    })
}

fn hash(bytes: &[u8]) -> PortResult<[u8; 32]> {
    bytes.try_into().map_err(|_| corrupt(format!("a hash of {} bytes", bytes.len())))
}
