//! A line to one server after another: a connection that carries one request at a time, and is opened anew
//! when it has to be.

use std::io;
use std::time::Duration;

use crate::connection::{Answer, Connection};
use crate::contract::problem;
use crate::target::Consultation;

/// One of the connections that requests wait for.
pub(crate) struct Line {
    consultation: Consultation,
    /// Turn of the servers, modulo their number; moves on when a server is away or busy.
    turn: usize,
    connection: Option<Connection>,
}

/// The server's response.
pub(crate) enum Reply<T> {
    /// The value asked for.
    Read(T),
    /// 503: nobody knows whether it was done; repeating is safe.
    TryAgain(Option<Duration>),
    /// Something else, in words.
    Problem(String),
}

impl Line {
    /// A line that opens with its first request, to the server of this turn.
    pub(crate) fn new(consultation: Consultation, turn: usize) -> Self {
        Self { consultation, turn, connection: None }
    }

    /// Sends a request; the status of the answer, and what `read` makes of one that is as it should be.
    /// After an error nothing is known of the request, and the next goes to the next server.
    pub(crate) async fn ask<T>(
        &mut self,
        request: &[u8],
        read: impl Fn(&Answer<'_>) -> anyhow::Result<T>,
    ) -> io::Result<(u16, Reply<T>)> {
        let mut connection = match self.connect().await {
            Ok(connection) => connection,
            Err(error) => return Err(self.hang_up(error)),
        };
        let answer = match connection.exchange(request).await {
            Ok(answer) => answer,
            Err(error) => return Err(self.hang_up(error)),
        };
        let (status, closes) = (answer.status, answer.closes);
        let reply = match status {
            200 | 201 | 304 => match read(&answer) {
                Ok(read) => Reply::Read(read),
                Err(error) => Reply::Problem(format!("the server's answer cannot be read: {error}")),
            },
            503 => Reply::TryAgain(answer.retry_after),
            status => Reply::Problem(problem(status, answer.body)),
        };
        match &reply {
            Reply::TryAgain(_) if self.consultation.servers().len() > 1 => self.turn += 1,
            _ if closes => {}
            _ => self.connection = Some(connection),
        }
        Ok((status, reply))
    }

    /// Sends a part of a request and hangs up without waiting for an answer.
    pub(crate) async fn drop_after(&mut self, part: &[u8]) -> io::Result<()> {
        self.connect().await?.drop_after(part).await
    }

    /// The connection, a new one where there is none or where the server has hung up while it was idle.
    async fn connect(&mut self) -> io::Result<Connection> {
        match self.connection.take().filter(Connection::is_open) {
            Some(connection) => Ok(connection),
            None => Connection::open(self.consultation.server(self.turn).address).await,
        }
    }

    fn hang_up(&mut self, error: io::Error) -> io::Error {
        self.turn += 1;
        error
    }
}
