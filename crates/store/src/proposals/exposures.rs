//! Exposures: the number of times each proposal was shown.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gd_domain::{ItemNumber, PollId};
use gd_engine::ports::{Exposures, PortResult};

use crate::sql::database::{Session, SqlStore, on_db};
use crate::sql::failure::{commit_failed, corrupt, failed};
use crate::sql::rows;
use crate::voting::bulk::Bulk;

/// Proposals read in one statement: all there will ever be.
const SHOWN_MAX: usize = 1_000_000;

const SHOWN: &str = "SELECT item, shown FROM exposure WHERE poll_id = $1 LIMIT $2";

#[async_trait]
impl Exposures for SqlStore {
    async fn add(&self, poll: PollId, shown: &[(ItemNumber, u64)]) -> PortResult<()> {
        if shown.is_empty() {
            return Ok(());
        }
        // In one order everywhere: servers that add to the same rows wait for each other in turn.
        let mut rows = shown.iter().map(columns).collect::<PortResult<Vec<_>>>()?;
        rows.sort_unstable();
        on_db!(&self.writer, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            transaction.add_exposures(poll, &rows).await?;
            transaction.commit().await.map_err(commit_failed)
        })
    }

    async fn shown(&self, poll: PollId) -> PortResult<BTreeMap<ItemNumber, u64>> {
        let rows = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, (i64, i64)>(SHOWN).bind(poll.0);
            query.bind(rows::limit(SHOWN_MAX)).fetch_all(connection).await.map_err(failed)
        })?;
        let exposure = |(proposal, shown)| {
            Ok((rows::proposal_number(proposal)?, u64::try_from(shown).map_err(corrupt)?))
        };
        rows.into_iter().map(exposure).collect()
    }
}

fn columns(&(proposal, shown): &(ItemNumber, u64)) -> PortResult<(i64, i64)> {
    Ok((i64::from(proposal.0), rows::column(shown)?))
}
