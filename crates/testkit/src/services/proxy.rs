//! A network that can be cut: a TCP proxy before one port of this machine.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::ports::free_port;

/// The interval at which the proxy looks for new connections.
const ACCEPT_POLL: Duration = Duration::from_millis(2);
const BUFFER_LENGTH: usize = 64 * 1024;

/// Passes connections to its own port on to another one, until told otherwise.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    network: Arc<Network>,
}

#[derive(Debug)]
struct Network {
    target: u16,
    condition: Mutex<Condition>,
    changed: Condvar,
}

#[derive(Debug)]
struct Condition {
    wanted: ProxyState,
    listening: bool,
    connections: Vec<TcpStream>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ProxyState {
    Whole,
    Cut,
    Refusing,
    Ended,
}

impl Proxy {
    /// A proxy on a free loopback port before this one.
    #[must_use]
    pub fn before(target: u16) -> Self {
        let port = free_port();
        let condition = Condition { wanted: ProxyState::Whole, listening: false, connections: Vec::new() };
        let network = Arc::new(Network { target, condition: Mutex::new(condition), changed: Condvar::new() });
        let accepting = Arc::clone(&network);
        thread::spawn(move || accepting.accept(port));
        network.wait_for_listening(true);
        Self { port, network }
    }

    /// The port to connect to.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Cuts the network: nothing passes on the connections there are, and none of them is closed; new
    /// ones are accepted and silent.
    pub fn cut(&self) {
        self.network.want(ProxyState::Cut);
    }

    /// Closes the connections there are and refuses new ones.
    pub fn refuse(&self) {
        self.network.want(ProxyState::Refusing);
        self.network.wait_for_listening(false);
    }

    /// Makes the network whole: what was held up arrives, as it would over a real one.
    pub fn heal(&self) {
        self.network.want(ProxyState::Whole);
        self.network.wait_for_listening(true);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.network.want(ProxyState::Ended);
    }
}

impl Network {
    fn lock(&self) -> MutexGuard<'_, Condition> {
        self.condition.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn want(&self, wanted: ProxyState) {
        let mut condition = self.lock();
        condition.wanted = wanted;
        if matches!(wanted, ProxyState::Refusing | ProxyState::Ended) {
            for connection in condition.connections.drain(..) {
                // One that its ends have closed already is as closed as it should be.
                let _closed = connection.shutdown(Shutdown::Both);
            }
        }
        self.changed.notify_all();
    }

    fn wait_for_listening(&self, listening: bool) {
        let condition = self.lock();
        let _reached = self.changed.wait_while(condition, |condition| condition.listening != listening);
    }

    /// Waits out a cut; `false` when connections are to end.
    fn passes(&self) -> bool {
        let condition = self.changed.wait_while(self.lock(), |condition| condition.wanted == ProxyState::Cut);
        condition.unwrap_or_else(PoisonError::into_inner).wanted == ProxyState::Whole
    }

    fn accept(self: Arc<Self>, port: u16) {
        let mut listener = None;
        loop {
            let wanted = self.lock().wanted;
            match wanted {
                ProxyState::Ended => return,
                ProxyState::Refusing => listener = None,
                ProxyState::Whole | ProxyState::Cut if listener.is_none() => listener = listen(port).ok(),
                ProxyState::Whole | ProxyState::Cut => {}
            }
            while let Some(Ok((near, _))) = listener.as_ref().map(TcpListener::accept) {
                let network = Arc::clone(&self);
                thread::spawn(move || network.connect(near));
            }
            let mut condition = self.lock();
            if condition.listening != listener.is_some() {
                condition.listening = listener.is_some();
                self.changed.notify_all();
            }
            let _woken = self.changed.wait_timeout(condition, ACCEPT_POLL);
        }
    }

    fn connect(self: Arc<Self>, near: TcpStream) -> Option<()> {
        near.set_nonblocking(false).ok()?;
        self.keep(&near)?;
        if !self.passes() {
            return None;
        }
        let far = TcpStream::connect(("127.0.0.1", self.target)).ok()?;
        self.keep(&far)?;
        near.set_nodelay(true).ok()?;
        far.set_nodelay(true).ok()?;
        let (near_again, far_again) = (near.try_clone().ok()?, far.try_clone().ok()?);
        let network = Arc::clone(&self);
        thread::spawn(move || network.pass_on(near, far));
        self.pass_on(far_again, near_again);
        Some(())
    }

    /// Remembers a connection so that it can be closed; `None` when connections are to end.
    fn keep(&self, connection: &TcpStream) -> Option<()> {
        let mut condition = self.lock();
        if matches!(condition.wanted, ProxyState::Refusing | ProxyState::Ended) {
            return None;
        }
        condition.connections.retain(|connection| connection.peer_addr().is_ok());
        condition.connections.push(connection.try_clone().ok()?);
        Some(())
    }

    fn pass_on(&self, mut from: TcpStream, mut to: TcpStream) {
        let mut buffer = vec![0; BUFFER_LENGTH];
        while let Ok(length) = from.read(&mut buffer) {
            if length == 0 || !self.passes() || to.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        let _closed = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
    }
}

fn listen(port: u16) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A service that sends back what it gets.
    fn echo() -> u16 {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for connection in listener.incoming() {
                let mut from = connection.unwrap();
                let mut to = from.try_clone().unwrap();
                thread::spawn(move || io::copy(&mut from, &mut to));
            }
        });
        port
    }

    fn connect(proxy: &Proxy) -> TcpStream {
        let connection = TcpStream::connect(("127.0.0.1", proxy.port())).unwrap();
        connection.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        connection
    }

    fn hears_itself(connection: &mut TcpStream) -> bool {
        let mut answer = [0; 4];
        connection.write_all(b"word").is_ok()
            && connection.read_exact(&mut answer).is_ok()
            && &answer == b"word"
    }

    #[test]
    fn a_cut_silences_old_and_new_connections_until_it_heals() {
        let proxy = Proxy::before(echo());
        let mut old = connect(&proxy);
        assert!(hears_itself(&mut old));
        proxy.cut();
        let mut new = connect(&proxy);
        for connection in [&mut old, &mut new] {
            connection.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
            connection.write_all(b"late").unwrap();
            let silence = connection.read(&mut [0; 4]).unwrap_err();
            assert_eq!(silence.kind(), io::ErrorKind::WouldBlock);
            connection.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        }
        proxy.heal();
        for connection in [&mut old, &mut new] {
            let mut answer = [0; 4];
            connection.read_exact(&mut answer).unwrap();
            assert_eq!(&answer, b"late");
        }
    }

    #[test]
    fn a_refusal_closes_connections_and_takes_no_new_ones() {
        let proxy = Proxy::before(echo());
        let mut old = connect(&proxy);
        assert!(hears_itself(&mut old));
        proxy.refuse();
        assert!(!hears_itself(&mut old));
        assert!(TcpStream::connect(("127.0.0.1", proxy.port())).is_err());
        proxy.heal();
        assert!(hears_itself(&mut connect(&proxy)));
    }
}
