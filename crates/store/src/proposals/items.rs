//! The items on record: everything moderated or voted on.

use async_trait::async_trait;
use gd_domain::{
    AuditDraft, ItemNumber, ModerationStatus, ParticipantId, PollId, Proposal, ProposalText, RefusalReason,
    Slug, Timestamp,
};
use gd_engine::ports::{ItemDecision, Items, NewItem, PortResult, SeenItem};
use sqlx::FromRow;

use crate::sql::database::{Session, SqlStore, on_db};
use crate::sql::failure::{commit_failed, conflict, corrupt, failed, not_found};
use crate::sql::rows;
use crate::staff::audit::AppendAudit;

/// The row's lock orders the changes of a poll's items, so that revisions become visible in their order.
const NEXT_REVISION: &str = "UPDATE poll SET revision = revision + 1 WHERE id = $1 RETURNING revision";

/// Items of one author that are compared with a new one.
const ITEMS_OF_AUTHOR_MAX: i64 = 10_000;

const TAKE_NUMBERS: &str = "UPDATE poll SET last_item = last_item + $2 WHERE id = $1 RETURNING last_item";

/// The text is compared by us: asked to, a planner without statistics sooner reads all proposals of the
/// consultation than those of the author.
const OF_AUTHOR: &str = "
    SELECT number, status, text
    FROM item
    WHERE poll_id = $1 AND author = $2
    LIMIT $3";

const RAISE_LAST_NUMBER: &str = "UPDATE poll SET last_item = $2 WHERE id = $1 AND last_item < $2";

const UPSERT: &str = "
    INSERT INTO item
        (poll_id, number, text, author, submitted_at, status, refusal_reason, theme, idea, revision)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (poll_id, number) DO UPDATE SET
        text = excluded.text, author = excluded.author, submitted_at = excluded.submitted_at,
        status = excluded.status, refusal_reason = excluded.refusal_reason, theme = excluded.theme,
        idea = excluded.idea, revision = excluded.revision";

const DECIDE: &str = "
    UPDATE item
    SET status = $3, refusal_reason = $4, theme = COALESCE($5, theme), revision = $6
    WHERE poll_id = $1 AND number = $2 AND status = $7";

const STATUS: &str = "SELECT status FROM item WHERE poll_id = $1 AND number = $2";

const PUBLISHED: &str = "SELECT COUNT(*) FROM item WHERE poll_id = $1 AND status = 'published'";

const CHANGED_AFTER: &str = "
    SELECT revision, number, text, author, submitted_at, status, refusal_reason, theme, idea
    FROM item
    WHERE poll_id = $1 AND (revision, number) > ($2, $3)
    ORDER BY revision, number
    LIMIT $4";

#[derive(FromRow)]
struct ItemRow {
    revision: i64,
    number: i64,
    text: String,
    author: Option<i64>,
    submitted_at: i64,
    status: String,
    refusal_reason: Option<String>,
    theme: Option<String>,
    idea: Option<String>,
}

/// A submitted item beside those on record.
enum Submission {
    /// A new one.
    New,
    /// The same text of the same author is on record, pending or published.
    OnRecord(ItemNumber, ModerationStatus),
    /// The same is at this place among those that came in together.
    Before(usize),
}

impl Submission {
    fn of(before: &[NewItem], proposal: &NewItem, of_author: Vec<(i64, String, String)>) -> PortResult<Self> {
        let mut first = None;
        for (number, status, text) in of_author {
            let status = status.parse().map_err(corrupt)?;
            let counts = matches!(status, ModerationStatus::Pending | ModerationStatus::Published);
            let number = rows::proposal_number(number)?;
            if counts && text == proposal.text.as_str() && first.is_none_or(|(earlier, _)| number < earlier) {
                first = Some((number, status));
            }
        }
        if let Some((number, status)) = first {
            return Ok(Self::OnRecord(number, status));
        }
        let same = |other: &NewItem| other.author == proposal.author && other.text == proposal.text;
        Ok(before.iter().position(same).map_or(Self::New, Self::Before))
    }
}

#[async_trait]
impl Items for SqlStore {
    async fn submit(
        &self,
        poll: PollId,
        proposals: &[NewItem],
    ) -> PortResult<Vec<(ItemNumber, ModerationStatus)>> {
        on_db!(&self.writer, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            // Taken first: the row's lock makes others with the same text wait until these are decided.
            let revision = sqlx::query_scalar::<_, i64>(NEXT_REVISION).bind(poll.0);
            let revision = revision.fetch_one(&mut *transaction).await.map_err(failed)?;
            let mut known = Vec::with_capacity(proposals.len());
            for (place, proposal) in proposals.iter().enumerate() {
                let theirs = sqlx::query_as::<_, (i64, String, String)>(OF_AUTHOR).bind(poll.0);
                let theirs = theirs.bind(proposal.author.number()).bind(ITEMS_OF_AUTHOR_MAX);
                let theirs = theirs.fetch_all(&mut *transaction).await.map_err(failed)?;
                known.push(Submission::of(&proposals[..place], proposal, theirs)?);
            }
            let new = known.iter().filter(|known| matches!(known, Submission::New)).count();
            let last = sqlx::query_scalar::<_, i64>(TAKE_NUMBERS).bind(poll.0).bind(rows::limit(new));
            let last = last.fetch_one(&mut *transaction).await.map_err(failed)?;
            let mut number = last - rows::limit(new);
            let mut submitted = Vec::with_capacity(proposals.len());
            for (proposal, known) in proposals.iter().zip(known) {
                match known {
                    Submission::OnRecord(number, status) => {
                        submitted.push((number, status));
                        continue;
                    }
                    Submission::Before(place) => {
                        submitted.push(submitted[place]);
                        continue;
                    }
                    Submission::New => number += 1,
                }
                let query = sqlx::query(UPSERT)
                    .bind(poll.0)
                    .bind(number)
                    .bind(proposal.text.as_str())
                    .bind(proposal.author.number())
                    .bind(proposal.submitted_at.as_millis())
                    .bind(proposal.status.as_str())
                    .bind(None::<&str>)
                    .bind(None::<&str>)
                    .bind(None::<&str>)
                    .bind(revision);
                query.execute(&mut *transaction).await.map_err(failed)?;
                submitted.push((rows::proposal_number(number)?, proposal.status));
            }
            transaction.commit().await.map_err(commit_failed)?;
            Ok(submitted)
        })
    }

    async fn decide(
        &self,
        poll: PollId,
        seen: &[SeenItem],
        decided: &ItemDecision,
        audit: &AuditDraft,
    ) -> PortResult<()> {
        on_db!(&self.writer.patient(), connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            let revision = sqlx::query_scalar::<_, i64>(NEXT_REVISION).bind(poll.0);
            let revision = revision.fetch_one(&mut *transaction).await.map_err(failed)?;
            for SeenItem { number, status } in seen {
                let query = sqlx::query(DECIDE)
                    .bind(poll.0)
                    .bind(i64::from(number.0))
                    .bind(decided.status.as_str())
                    .bind(decided.refusal_reason.as_ref().map(RefusalReason::as_str))
                    .bind(decided.theme.as_ref().map(Slug::as_str))
                    .bind(revision)
                    .bind(status.as_str());
                if query.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
                    let found = sqlx::query_scalar::<_, String>(STATUS).bind(poll.0).bind(i64::from(number.0));
                    let found = found.fetch_optional(&mut *transaction).await.map_err(failed)?;
                    return Err(match found {
                        Some(found) => conflict(format!("item {number} is {found}")),
                        None => not_found(format!("item {number}")),
                    });
                }
            }
            transaction.append_audit(audit).await?;
            transaction.commit().await.map_err(commit_failed)
        })
    }

    async fn import(&self, poll: PollId, proposals: &[Proposal]) -> PortResult<()> {
        let last_item = proposals.iter().map(|proposal| proposal.number.0).max().map_or(0, i64::from);
        on_db!(&self.writer.patient(), connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            let revision = sqlx::query_scalar::<_, i64>(NEXT_REVISION).bind(poll.0);
            let revision = revision.fetch_one(&mut *transaction).await.map_err(failed)?;
            for proposal in proposals {
                let query = sqlx::query(UPSERT)
                    .bind(poll.0)
                    .bind(i64::from(proposal.number.0))
                    .bind(proposal.text.as_str())
                    .bind(proposal.author.map(ParticipantId::number))
                    .bind(proposal.submitted_at.as_millis())
                    .bind(proposal.status.as_str())
                    .bind(proposal.refusal_reason.as_ref().map(RefusalReason::as_str))
                    .bind(proposal.theme.as_ref().map(Slug::as_str))
                    .bind(proposal.idea.as_ref().map(Slug::as_str))
                    .bind(revision);
                query.execute(&mut *transaction).await.map_err(failed)?;
            }
            let raise = sqlx::query(RAISE_LAST_NUMBER).bind(poll.0).bind(last_item);
            raise.execute(&mut *transaction).await.map_err(failed)?;
            transaction.commit().await.map_err(commit_failed)
        })
    }

    async fn changed_after(
        &self,
        poll: PollId,
        after: (u64, ItemNumber),
        limit: usize,
    ) -> PortResult<Vec<(u64, Proposal)>> {
        let (revision, number) = (rows::column(after.0)?, i64::from(after.1.0));
        let changed = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, ItemRow>(CHANGED_AFTER);
            let query = query.bind(poll.0).bind(revision).bind(number).bind(rows::limit(limit));
            query.fetch_all(connection).await.map_err(failed)
        })?;
        changed.into_iter().map(proposal).collect()
    }

    async fn published(&self, poll: PollId) -> PortResult<u64> {
        let published = on_db!(&self.reader, connection => {
            let query = sqlx::query_scalar::<_, i64>(PUBLISHED).bind(poll.0);
            query.fetch_one(connection).await.map_err(failed)
        })?;
        u64::try_from(published).map_err(corrupt)
    }
}

fn proposal(row: ItemRow) -> PortResult<(u64, Proposal)> {
    let proposal = Proposal {
        number: rows::proposal_number(row.number)?,
        text: ProposalText::from_record(row.text),
        author: row.author.map(ParticipantId::from_number).transpose().map_err(corrupt)?,
        submitted_at: Timestamp::from_millis(row.submitted_at),
        status: row.status.parse().map_err(corrupt)?,
        refusal_reason: row.refusal_reason.as_deref().and_then(RefusalReason::parse),
        theme: row.theme.map(|theme| theme.parse()).transpose().map_err(corrupt)?,
        idea: row.idea.map(|idea| idea.parse()).transpose().map_err(corrupt)?,
    };
    Ok((u64::try_from(row.revision).map_err(corrupt)?, proposal))
}
