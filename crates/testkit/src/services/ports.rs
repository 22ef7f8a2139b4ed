//! Ports for the services of a test.

use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the range the system takes the near ends of connections from: a service that is down for a
/// moment does not lose its port to a client, and no client meets itself while it tries again.
const FIRST: u16 = 12_000;
const COUNT: u16 = 20_000;
/// Tests that run at one time, in processes of neighbouring numbers, begin this far apart.
const STRIDE: u32 = 211;

/// A loopback port that nobody listens on, and that no other test of this process was given.
pub(super) fn free_port() -> u16 {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let start = std::process::id().wrapping_mul(STRIDE) % u32::from(COUNT);
    for _ in 0..COUNT {
        let step = start + u32::from(GIVEN.fetch_add(1, Ordering::Relaxed));
        let port = FIRST + u16::try_from(step % u32::from(COUNT)).expect("less than COUNT");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no free port between {FIRST} and {}", FIRST + COUNT);
}
