//! One kept-alive HTTP/1.1 connection, just enough of it to cast ballots. A full client costs several times
//! as much per request and would itself be what is measured; everything that is not hot uses one.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Most bytes of an answer, head and body.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// How long an answer may take before the connection counts as broken.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);

/// A connection that carries one request at a time.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<Duration>,
    /// The server closes the connection after this answer.
    pub(crate) closes: bool,
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
        let body = &self.buffer[head.length..];
        Ok(Answer { status: head.status, retry_after: head.retry_after, closes: head.closes, body })
    }

    async fn send_and_receive(&mut self, request: &[u8]) -> Result<Head> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            self.receive().await?;
            if let Some(head) = Head::read(&self.buffer)? {
                break head;
            }
        };
        let length = head.length + head.body_length;
        while self.buffer.len() < length {
            self.receive().await?;
        }
        if self.buffer.len() > length { Err(invalid("the answer is longer than it says")) } else { Ok(head) }
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

/// The head of an answer.
#[derive(Debug)]
struct Head {
    /// In bytes, with the empty line that ends it.
    length: usize,
    status: u16,
    body_length: usize,
    retry_after: Option<Duration>,
    closes: bool,
}

impl Head {
    /// `None` as long as the head has not arrived whole.
    fn read(bytes: &[u8]) -> Result<Option<Self>> {
        const END: &[u8] = b"\r\n\r\n";
        let Some(end) = bytes.windows(END.len()).position(|window| window == END) else { return Ok(None) };
        let text = str::from_utf8(&bytes[..end]).map_err(|_| invalid("the answer's head is not text"))?;
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(read_status).ok_or_else(|| invalid("not an HTTP/1.1 answer"))?;
        let mut body_length = None;
        let mut head =
            Self { length: end + END.len(), status, body_length: 0, retry_after: None, closes: false };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let value = value.trim();
            if name.eq_ignore_ascii_case("content-length") {
                body_length = value.parse().ok();
            } else if name.eq_ignore_ascii_case("retry-after") {
                head.retry_after = value.parse().ok().map(Duration::from_secs);
            } else if name.eq_ignore_ascii_case("connection") {
                head.closes = value.eq_ignore_ascii_case("close");
            }
        }
        head.body_length = body_length.ok_or_else(|| invalid("the answer does not say its length"))?;
        if head.body_length > ANSWER_BYTES_MAX {
            Err(invalid("the answer is too long"))
        } else {
            Ok(Some(head))
        }
    }
}

fn read_status(line: &str) -> Option<u16> {
    line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

fn invalid(what: &'static str) -> Error {
    Error::new(ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let bytes = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\nRETRY-AFTER: 7\r\nconnection: Close\r\n\r\n{}";
        let end = bytes.len() - 2;
        for cut in 0..end {
            assert!(Head::read(&bytes[..cut]).unwrap().is_none(), "{cut}");
        }
        let head = Head::read(bytes).unwrap().unwrap();
        assert_eq!((head.length, head.status, head.body_length, head.closes), (end, 503, 2, true));
        assert_eq!(head.retry_after, Some(Duration::from_secs(7)));
    }

    #[test]
    fn what_cannot_be_delimited_is_an_error() {
        let cases: [&[u8]; 5] = [
            b"SSH-2.0-Open\r\n\r\n",
            b"HTTP/1.1 2\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n",
        ];
        for bytes in cases {
            assert!(Head::read(bytes).is_err());
        }
    }
}
