//! The function library inside Redis, and how it gets there.

use redis::{Cmd, RedisError, RedisResult, ToRedisArgs};

use crate::redis_server::Connection;

/// The library's text. Its name ends in its version.
const TEXT: &str = include_str!("library.lua");

/// A function of the library.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Function {
    Apply,
    Stage,
    Replace,
    Take,
    Ready,
}

impl Function {
    /// A call of it with these keys; arguments follow.
    pub(crate) fn call(self, keys: &[impl ToRedisArgs]) -> Cmd {
        let (command, name) = match self {
            Self::Apply => ("FCALL", "gd_v1_apply"),
            Self::Stage => ("FCALL", "gd_v1_stage"),
            Self::Replace => ("FCALL", "gd_v1_replace"),
            Self::Take => ("FCALL", "gd_v1_take"),
            Self::Ready => ("FCALL_RO", "gd_v1_ready"),
        };
        let mut call = redis::cmd(command);
        call.arg(name).arg(keys.len()).arg(keys);
        call
    }
}

/// Loads the library on every master, in place of what may be there under its name.
pub(crate) async fn load(connection: &mut Connection) -> RedisResult<()> {
    let mut load = redis::cmd("FUNCTION");
    load.arg("LOAD").arg("REPLACE").arg(TEXT);
    connection.on_all_masters(&load).await.map(|_names| ())
}

/// Whether a call failed because the library is not there: after a flush, or on a new master.
pub(crate) fn is_missing(failure: &RedisError) -> bool {
    failure.detail().is_some_and(|detail| detail.contains("Function not found"))
}
