//! One kept-alive HTTP/1.1 connection, just enough of it for what voters and readers ask. A full client costs
//! several times as much per request and would itself be what is measured; everything that is not hot uses one.

use std::io::{ErrorKind, Result};
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::chunks;
use crate::head::{BodyLength, Head, invalid};

/// Most bytes of an answer, head and body.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Bytes of buffer that a connection keeps after a long response.
const KEPT_BYTES_MAX: usize = 64 * 1024;

/// Time limit for a response; after it the connection counts as broken.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);

/// A connection that carries one request at a time.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An HTTP response.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<Duration>,
    /// The server closes the connection after this answer.
    pub(crate) closes: bool,
    /// The value of the participant's cookie, when one is set.
    pub(crate) cookie: Option<Box<str>>,
    pub(crate) etag: Option<Box<str>>,
    pub(crate) body: &'a [u8],
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = in_time(TcpStream::connect(address)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(4096) })
    }

    /// Sends a request and reads its answer. After an error nothing is known of the request, and the
    /// connection is of no more use.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        let head = in_time(self.send_and_receive(request)).await?;
        let Head { length, status, retry_after, closes, cookie, etag, .. } = head;
        Ok(Answer { status, retry_after, closes, cookie, etag, body: &self.buffer[length..] })
    }

    /// Sends a part of a request, or all of it, and hangs up without waiting for an answer.
    pub(crate) async fn drop_after(mut self, part: &[u8]) -> Result<()> {
        in_time(self.stream.write_all(part)).await
    }

    /// Whether the server has not hung up on this idle connection, as far as can be told without asking it.
    pub(crate) fn is_open(&self) -> bool {
        // Between two answers there is nothing to read: bytes would be as bad as the end.
        self.stream.try_read(&mut [0]).is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
    }

    async fn send_and_receive(&mut self, request: &[u8]) -> Result<Head> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        self.buffer.shrink_to(KEPT_BYTES_MAX);
        let head = loop {
            self.receive().await?;
            if let Some(head) = Head::read(&self.buffer)? {
                break head;
            }
        };
        let end = loop {
            match end_of_body(&head, &self.buffer)? {
                Some(end) => break end,
                None => self.receive().await?,
            }
        };
        if self.buffer.len() > end {
            return Err(invalid("the answer is longer than it says"));
        }
        if head.body == BodyLength::Chunked {
            chunks::join(&mut self.buffer, head.length)?;
        }
        Ok(head)
    }

    async fn receive(&mut self) -> Result<()> {
        if self.buffer.len() >= ANSWER_BYTES_MAX {
            return Err(invalid("the answer is too long"));
        }
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    timeout(ANSWER_TIME_MAX, work).await.unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
}

/// The end of the response; `None` as long as it has not arrived whole.
fn end_of_body(head: &Head, answer: &[u8]) -> Result<Option<usize>> {
    match head.body {
        BodyLength::Known(length) if length > ANSWER_BYTES_MAX => Err(invalid("the answer is too long")),
        BodyLength::Known(length) => Ok(Some(head.length + length).filter(|&end| answer.len() >= end)),
        BodyLength::Chunked => {
            let end = chunks::end(&answer[head.length..])?;
            Ok(end.map(|end| head.length + end))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ends_where_it_says_within_bounds() {
        let end = |answer: &[u8]| end_of_body(&Head::read(answer).unwrap().unwrap(), answer);
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n".len();
        assert_eq!(end(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab").unwrap(), None);
        assert_eq!(end(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc").unwrap(), Some(head + 3));
        assert!(end(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n").is_err());
    }
}
