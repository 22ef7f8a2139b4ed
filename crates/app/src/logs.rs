//! Structured logs on stderr: for people on a terminal, JSON lines otherwise.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::cli::Command;
use crate::settings;

/// Starts logging. `GD_LOG` filters (`debug`, `gd_server=trace`…); servers say what they do, other
/// commands only what goes wrong.
pub(crate) fn start(command: &Command) {
    let usual = if matches!(command, Command::Serve(_)) {
        "info,sqlx=warn,actix_server=warn,actix_http=off"
    } else {
        "warn"
    };
    let filter = settings::log_filter().unwrap_or_else(|| usual.to_owned());
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new(usual));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        logs.init();
    } else {
        logs.json().init();
    }
}
