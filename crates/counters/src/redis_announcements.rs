//! Messages between servers over a Redis channel.
//!
//! A message says no more than "look": so many that come together are heard as one, and after a gap in
//! which some may have been missed one is heard as well.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use gd_engine::ports::Announcements;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, ProtocolVersion, PushInfo, PushKind};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep, timeout};

use crate::backoff::{self, BACKOFF_LONGEST};
use crate::keys;
use crate::redis_addresses::RedisAddresses;
use crate::redis_link::{ANSWER_TIMEOUT, EndsWithItsOwner, RedisLink};
use crate::redis_server::{Unusable, first_usable};

/// Silence after which a connection is asked for a sign of life: a broken network reports no error.
const STILL_THERE: Duration = Duration::from_secs(1);
/// Messages that may wait to be noticed; as all say the same, more are not needed.
const MESSAGES_MAX: usize = 16;

/// Announcements on one channel, heard by every server.
#[derive(Debug)]
pub struct RedisAnnouncements {
    link: RedisLink,
    heard: Arc<Notify>,
    _listener: EndsWithItsOwner,
}

impl RedisAnnouncements {
    /// Announces over this link, and listens over a connection of its own from now on. Must be called
    /// inside a Tokio runtime.
    #[must_use]
    pub fn new(link: RedisLink) -> Self {
        let heard = Arc::new(Notify::new());
        let listener = EndsWithItsOwner::spawn(keep_listening(link.clone(), Arc::clone(&heard)));
        Self { link, heard, _listener: listener }
    }
}

#[async_trait]
impl Announcements for RedisAnnouncements {
    async fn announce(&self) {
        let mut publish = redis::cmd("PUBLISH");
        publish.arg(keys::CHANGES).arg("");
        if let Err(failure) = self.link.call(&publish, ANSWER_TIMEOUT).await {
            tracing::debug!(%failure, "a change was not announced; the others will notice it by themselves");
        }
    }

    async fn heard(&self) {
        self.heard.notified().await;
    }
}

/// Listens, and again each time the connection is lost.
async fn keep_listening(link: RedisLink, heard: Arc<Notify>) {
    let mut waits = backoff::waits();
    loop {
        let (sender, messages) = mpsc::channel(MESSAGES_MAX);
        if let Ok(connection) = subscribe(link.addresses(), sender).await {
            let since = Instant::now();
            // Announcements made before this connection were missed: look once.
            heard.notify_one();
            listen(connection, messages, &heard).await;
            if since.elapsed() > BACKOFF_LONGEST {
                waits = backoff::waits();
            }
        }
        // The link tells why Redis is out of reach.
        sleep(waits.next().unwrap_or(BACKOFF_LONGEST)).await;
    }
}

async fn subscribe(
    addresses: &RedisAddresses,
    messages: mpsc::Sender<PushInfo>,
) -> Result<MultiplexedConnection, Unusable> {
    // A full channel holds as much news as one message more.
    let notice = move |message| match messages.try_send(message) {
        Ok(()) | Err(mpsc::error::TrySendError::Full(_)) => Ok(()),
        Err(closed) => Err(closed),
    };
    // Messages come between answers from protocol 3 on.
    let addresses = addresses.speaking(ProtocolVersion::RESP3);
    let config = AsyncConnectionConfig::new().set_push_sender(notice);
    let (mut connection, _) = first_usable(&addresses, &config).await?;
    match timeout(ANSWER_TIMEOUT, connection.subscribe(keys::CHANGES)).await {
        Ok(Ok(())) => Ok(connection),
        Ok(Err(failure)) => Err(Unusable(failure.to_string())),
        Err(_) => Err(Unusable("it does not answer".into())),
    }
}

/// Passes announcements on; returns when the connection is lost.
async fn listen(
    mut connection: MultiplexedConnection,
    mut messages: mpsc::Receiver<PushInfo>,
    heard: &Notify,
) {
    loop {
        match timeout(STILL_THERE, messages.recv()).await {
            Ok(Some(PushInfo { kind: PushKind::Message, .. })) => heard.notify_one(),
            Ok(Some(PushInfo { kind: PushKind::Disconnection, .. }) | None) => return,
            Ok(Some(_)) => {}
            Err(_) => {
                let ping = redis::cmd("PING");
                let answer = timeout(ANSWER_TIMEOUT, connection.send_packed_command(&ping)).await;
                if !matches!(answer, Ok(Ok(_))) {
                    return;
                }
            }
        }
    }
}
