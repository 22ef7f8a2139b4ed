//! Every name in Redis.
//!
//! Names that belong together carry one `{hash tag}`, so that in a cluster they lie on one master: a
//! poll's counts, a shard of the budgets. Names that hold a format carry its version, so that
//! programs of two versions leave each other's alone during an upgrade. Two installations must not share
//! a database of a Redis (`/1` at the end of its address), nor a cluster.

use gd_domain::PollId;
use gd_engine::ports::LimitedRequest;

/// The channel on which changes are announced.
pub(crate) const CHANGES: &str = "gd:changes";

/// In the counts: the generation they stand at.
pub(crate) const GENERATION: &str = "generation";
/// In the counts: the position they stand at.
pub(crate) const POSITION: &str = "position";
/// In the counts: how each piece's name begins.
pub(crate) const PIECE: &str = "piece ";

/// The counts of a poll: a hash.
pub(crate) fn counts(PollId(poll): PollId) -> String {
    format!("gd:{{p{poll}}}:counts:2")
}

/// Counts on their way to replace those of a poll: a hash that expires.
pub(crate) fn staged(PollId(poll): PollId, random: u64) -> String {
    format!("gd:{{p{poll}}}:staged:{random:016x}")
}

/// A budget: when it will be full again, in milliseconds since 1970; expires then.
pub(crate) fn budget(shard: usize, request: LimitedRequest, who: u64) -> String {
    let kind = match request {
        LimitedRequest::Ballots => 'b',
        LimitedRequest::Proposals => 'p',
        LimitedRequest::NetworkProposals => 'q',
        LimitedRequest::Participants => 'n',
        LimitedRequest::Requests => 'r',
    };
    format!("gd:{{rate{shard}}}:{kind}:{who:016x}")
}
