//! Memory of a server: small by default, as the operator says where they say something.

use std::fs::read;

use crate::program;
use crate::running_server::RunningServer;

/// The allocator's settings in a server's environment, and the server's arguments.
fn told(server: &RunningServer) -> (Vec<String>, Vec<String>) {
    let words = |file: &str| {
        let bytes = read(format!("/proc/{}/{file}", server.id())).unwrap();
        let words = bytes.split(|byte| *byte == 0).map(|word| String::from_utf8_lossy(word).into_owned());
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>()
    };
    let mut settings = words("environ");
    settings.retain(|setting| setting.starts_with("MALLOC_"));
    settings.sort();
    (settings, words("cmdline"))
}

#[test]
fn a_server_keeps_its_memory_small_unless_its_operator_says_how() {
    let data = tempfile::tempdir().unwrap();
    let command = || {
        let mut command = program(data.path());
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        command
    };
    let server = RunningServer::spawn(command());
    let (settings, arguments) = told(&server);
    assert_eq!(settings, ["MALLOC_ARENA_MAX=3", "MALLOC_MMAP_THRESHOLD_=131072"]);
    assert_eq!(arguments[1..], ["serve", "--listen", "127.0.0.1:0"], "started over with what it was asked");
    assert_eq!(server.terminate(), Some(0), "it is the process that was started");

    let mut said = command();
    said.env("MALLOC_ARENA_MAX", "16");
    assert_eq!(told(&RunningServer::spawn(said)).0, ["MALLOC_ARENA_MAX=16"]);
}
