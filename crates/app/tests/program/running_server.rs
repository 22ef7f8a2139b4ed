//! A server as a child process on a free port of this machine.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::program;

/// A running server; killed when it goes out of scope.
pub struct RunningServer {
    child: Child,
    /// Kept open: a closed pipe would be the reader's fault.
    _output: BufReader<ChildStdout>,
    /// Its address, without a slash at the end.
    pub url: String,
}

impl RunningServer {
    /// Starts `serve` on an installation and waits until it listens.
    pub fn start(data_dir: &Path) -> Self {
        Self::start_command(data_dir, &["serve", "--listen", "127.0.0.1:0"])
    }

    /// Starts a command that serves.
    pub fn start_command(data_dir: &Path, arguments: &[&str]) -> Self {
        let mut command = program(data_dir);
        command.args(arguments);
        Self::spawn(command)
    }

    /// Starts a prepared command and waits until it listens.
    pub fn spawn(mut command: Command) -> Self {
        let mut child = command.env("GD_RATE_LIMIT", "off").stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("Listening on ") {
            line.clear();
            assert!(output.read_line(&mut line).unwrap() > 0, "the server ended before it listened");
        }
        let url = line.split_whitespace().nth(2).unwrap().to_owned();
        Self { child, _output: output, url }
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills the server with SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and its exit code.
    pub fn terminate(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}
