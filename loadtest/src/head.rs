//! The head of an HTTP/1.1 answer: what it takes to delimit the body, and the few headers this client heeds.

use std::io::{Error, ErrorKind, Result};
use std::time::Duration;

use crate::contract::COOKIE;

/// The head of a response: status, headers, and the form of the body.
#[derive(Debug)]
pub(crate) struct Head {
    /// In bytes, with the empty line that ends it.
    pub(crate) length: usize,
    pub(crate) status: u16,
    pub(crate) body: BodyLength,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) closes: bool,
    /// The value of the participant's cookie, when one is set.
    pub(crate) cookie: Option<Box<str>>,
    pub(crate) etag: Option<Box<str>>,
}

/// The rule by which the end of the body is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyLength {
    /// So many bytes.
    Known(usize),
    /// Each chunk says its own.
    Chunked,
}

impl Head {
    /// `None` as long as the head has not arrived whole.
    pub(crate) fn read(bytes: &[u8]) -> Result<Option<Self>> {
        const END: &[u8] = b"\r\n\r\n";
        let Some(end) = bytes.windows(END.len()).position(|window| window == END) else { return Ok(None) };
        let text = str::from_utf8(&bytes[..end]).map_err(|_| invalid("the answer's head is not text"))?;
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(read_status).ok_or_else(|| invalid("not an HTTP/1.1 answer"))?;
        // These two never have a body, whatever they say.
        let mut body = matches!(status, 204 | 304).then_some(BodyLength::Known(0));
        let mut head = Self {
            length: end + END.len(),
            status,
            body: BodyLength::Known(0),
            retry_after: None,
            closes: false,
            cookie: None,
            etag: None,
        };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let value = value.trim();
            if name.eq_ignore_ascii_case("content-length") {
                body = body.or(value.parse().ok().map(BodyLength::Known));
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                body = body.or(value.eq_ignore_ascii_case("chunked").then_some(BodyLength::Chunked));
            } else {
                head.heed(name, value);
            }
        }
        head.body = body.ok_or_else(|| invalid("the answer does not say its length"))?;
        Ok(Some(head))
    }

    fn heed(&mut self, name: &str, value: &str) {
        if name.eq_ignore_ascii_case("retry-after") {
            self.retry_after = value.parse().ok().map(Duration::from_secs);
        } else if name.eq_ignore_ascii_case("connection") {
            self.closes = value.eq_ignore_ascii_case("close");
        } else if name.eq_ignore_ascii_case("etag") {
            self.etag = Some(value.into());
        } else if name.eq_ignore_ascii_case("set-cookie") {
            let pair = value.split(';').next().and_then(|pair| pair.split_once('='));
            let own = pair.filter(|&(name, _)| name == COOKIE).map(|(_, value)| value.into());
            self.cookie = own.or(self.cookie.take());
        }
    }
}

fn read_status(line: &str) -> Option<u16> {
    line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

pub(crate) fn invalid(what: &'static str) -> Error {
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
        assert_eq!((head.length, head.status, head.closes), (end, 503, true));
        assert_eq!(head.body, BodyLength::Known(2));
        assert_eq!(head.retry_after, Some(Duration::from_secs(7)));
    }

    #[test]
    fn the_participants_cookie_is_told_from_others() {
        let bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nset-cookie: gd_participant=a.b=; Path=/\r\nset-cookie: gd_language=fr\r\netag: W/\"x\"\r\n\r\n";
        let head = Head::read(bytes).unwrap().unwrap();
        assert_eq!(head.cookie.as_deref(), Some("a.b="));
        assert_eq!(head.etag.as_deref(), Some("W/\"x\""));
        assert_eq!(head.body, BodyLength::Chunked);
    }

    #[test]
    fn not_modified_has_no_body() {
        for bytes in
            [&b"HTTP/1.1 304 Not Modified\r\ncontent-length: 99\r\n\r\n"[..], b"HTTP/1.1 304 -\r\n\r\n"]
        {
            assert_eq!(Head::read(bytes).unwrap().unwrap().body, BodyLength::Known(0));
        }
    }

    #[test]
    fn what_cannot_be_delimited_is_an_error() {
        let cases: [&[u8]; 4] = [
            b"SSH-2.0-Open\r\n\r\n",
            b"HTTP/1.1 2\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: tar\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
        ];
        for bytes in cases {
            assert!(Head::read(bytes).is_err());
        }
    }
}
