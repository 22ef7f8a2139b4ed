//! Records submissions in groups: the caller that has the turn records all that wait.

use std::sync::Arc;

use tokio::sync::oneshot;

use crate::port_error::{PortError, PortErrorKind, PortResult};
use crate::proposals::item_list::ItemList;
use crate::proposals::ports::NewItem;
use crate::proposals::submissions::{RecordedItem, Submission};
use crate::running::Running;
use crate::voting::items::PollItems;

/// Returns when the proposal is on record and shown by this process.
pub(crate) async fn record(
    running: &Arc<Running>,
    list: &Arc<ItemList>,
    proposal: NewItem,
) -> PortResult<RecordedItem> {
    let submissions = &list.submissions;
    let (reply, answer) = oneshot::channel();
    submissions.waiting().push(Submission { proposal, reply });
    let turn = submissions.turn.lock().await;
    let group = if answer.is_empty() { submissions.take_group() } else { Vec::new() };
    // The previous caller may have recorded this one with its group: then the group is empty.
    if !group.is_empty() {
        // A task of its own: the others must not lose their answers with the one who leads them.
        let recording = tokio::spawn(record_group(Arc::clone(running), Arc::clone(list), group));
        // Should it die, every reply of the group dies with it.
        let _died = recording.await;
    }
    drop(turn);
    answer.await.unwrap_or_else(|_| Err(unknown("the proposals' writer died")))
}

async fn record_group(running: Arc<Running>, list: Arc<ItemList>, group: Vec<Submission>) {
    let (proposals, replies): (Vec<_>, Vec<_>) =
        group.into_iter().map(|waiting| (waiting.proposal, waiting.reply)).unzip();
    match record_and_show(&running, &list, &proposals).await {
        Ok(recorded) => {
            for (reply, recorded) in replies.into_iter().zip(recorded) {
                // A caller that went away has no use for the answer.
                let _gone = reply.send(Ok(recorded));
            }
        }
        Err(failure) => {
            for reply in replies {
                let _gone = reply.send(Err(PortError::new(failure.kind, failure.to_string())));
            }
        }
    }
}

async fn record_and_show(
    running: &Running,
    list: &ItemList,
    proposals: &[NewItem],
) -> PortResult<Vec<RecordedItem>> {
    let recorded = list.ports().items.submit(list.poll, proposals).await?;
    list.refresh().await?;
    running.announce().await;
    Ok(recorded)
}

fn unknown(reason: &str) -> PortError {
    PortError::new(PortErrorKind::OutcomeUnknown, reason.to_owned())
}
