//! Starts, serves and stops.

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, HttpServer};
use gd_engine::Engine;
use tokio::signal::unix::{SignalKind, signal};

use crate::edge::limits::{
    BACKLOG_CONNECTIONS_MAX, CLIENT_HEADERS_TIMEOUT, CONNECTIONS_PER_WORKER_MAX, KEEP_ALIVE,
    SHUTDOWN_SECONDS_MAX, UNREAD_BYTES_MAX,
};
use crate::routes;
use crate::settings::ServerSettings;
use crate::state::AppState;

/// A future that ends when the process receives SIGTERM or SIGINT. It listens from this call on, not from its first
/// poll.
///
/// # Errors
/// If signals cannot be listened to.
pub fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// The HTTP side of an engine.
pub struct Server {
    app: Arc<AppState>,
    workers: Option<usize>,
    drain_notice: Duration,
}

impl Server {
    /// A server over an engine that runs already.
    #[must_use]
    pub fn new(engine: Arc<Engine>, settings: &ServerSettings) -> Self {
        Self {
            app: Arc::new(AppState::new(engine, settings)),
            workers: settings.workers,
            drain_notice: settings.drain_notice,
        }
    }

    /// The whole route table with its state, for an application of actix-web.
    pub fn routes(&self) -> impl Fn(&mut ServiceConfig) + Clone + Send + use<> {
        let app = Arc::clone(&self.app);
        move |config| routes::configure(config, Data::from(Arc::clone(&app)))
    }

    /// Serves until `told` ends; then accepts no new connection, finishes the requests under way, writes and
    /// projects their ballots, and returns.
    ///
    /// # Errors
    /// If the listener cannot be used.
    pub async fn run_until(self, listener: TcpListener, told: impl Future<Output = ()>) -> io::Result<()> {
        let routes = self.routes();
        let server = HttpServer::new(move || App::new().configure(routes.clone()))
            .keep_alive(KEEP_ALIVE)
            .client_request_timeout(CLIENT_HEADERS_TIMEOUT)
            .max_connections(CONNECTIONS_PER_WORKER_MAX)
            .h1_write_buffer_size(UNREAD_BYTES_MAX)
            .backlog(BACKLOG_CONNECTIONS_MAX)
            .shutdown_timeout(SHUTDOWN_SECONDS_MAX)
            .disable_signals();
        let server = match self.workers {
            Some(workers) => server.workers(workers),
            None => server,
        };
        let mut running = server.listen(listener)?.run();
        let handle = running.handle();
        tokio::select! {
            // Without a signal, it ends only if it cannot serve.
            ended = &mut running => return ended,
            () = told => {}
        }
        tracing::info!("stopping: finishing what is under way");
        self.app.start_draining();
        tokio::time::sleep(self.drain_notice).await;
        let (ended, ()) = tokio::join!(running, handle.stop(true));
        if let Err(failure) = self.app.engine.drain().await {
            // Acknowledged ballots are in the ledger; the next start projects the rest.
            tracing::warn!(%failure, "the last ballots are recorded but not projected yet");
        }
        ended
    }
}
