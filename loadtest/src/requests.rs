//! The requests of voters and readers, as bytes.

use std::borrow::Cow;
use std::io::Write as _;

use crate::contract::{BallotBody, BallotsBody, COOKIE, SEQUENCE_SIZE};
use crate::target::Consultation;
use crate::voter::{Ballot, Voter};

/// Writes requests to one consultation. They name its first server as the host, whichever they are sent to,
/// as behind a load balancer: a repeat is the same bytes wherever it goes.
pub(crate) struct Requests {
    host: String,
    ballots: String,
    sequence: String,
    proposals: String,
}

impl Requests {
    pub(crate) fn new(consultation: &Consultation) -> Self {
        Self {
            host: consultation.server(0).address.to_string(),
            ballots: consultation.path("ballots"),
            sequence: consultation.path(&format!("sequence?size={SEQUENCE_SIZE}")),
            proposals: consultation.path("proposals"),
        }
    }

    /// Casts ballots of one voter, into memory that is used again.
    pub(crate) fn cast(&self, voter: &Voter, ballots: &[Ballot], body: &mut Vec<u8>, request: &mut Vec<u8>) {
        let ballots = ballots.iter().map(|&(place, opinion)| BallotBody {
            proposal: voter.votes[place].proposal,
            choice: Cow::Borrowed(opinion.choice()),
            qualifications: opinion.qualification().map(Cow::Borrowed).into_iter().collect(),
            key: Cow::Borrowed(&voter.votes[place].key),
        });
        body.clear();
        let ballots = BallotsBody { ballots: ballots.collect() };
        serde_json::to_writer(&mut *body, &ballots).expect("text and numbers are JSON");
        request.clear();
        self.post(&self.ballots, voter.cookie.as_deref(), body, request);
    }

    /// Takes a ballot back.
    pub(crate) fn retract(&self, cookie: &str, proposal: u32) -> Vec<u8> {
        let (path, host) = (&self.ballots, &self.host);
        format!("DELETE {path}/{proposal} HTTP/1.1\r\nHost: {host}\r\nCookie: {COOKIE}={cookie}\r\n\r\n")
            .into()
    }

    /// Draws cards for the participant of the cookie, or for somebody new.
    pub(crate) fn sequence(&self, cookie: Option<&str>) -> Vec<u8> {
        let mut request = format!("GET {} HTTP/1.1\r\nHost: {}\r\n", self.sequence, self.host);
        if let Some(cookie) = cookie {
            request.extend(["Cookie: ", COOKIE, "=", cookie, "\r\n"]);
        }
        request.push_str("\r\n");
        request.into()
    }

    /// Submits a proposal of somebody new.
    pub(crate) fn propose(&self, text: &str) -> Vec<u8> {
        let (mut request, body) = (Vec::new(), serde_json::json!({ "text": text }).to_string());
        self.post(&self.proposals, None, body.as_bytes(), &mut request);
        request
    }

    /// Looks at something as a browser does, which may hold an earlier answer.
    pub(crate) fn view(&self, path: &str, etag: Option<&str>) -> Vec<u8> {
        let mut request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: gzip\r\n", self.host);
        if let Some(etag) = etag {
            request.extend(["If-None-Match: ", etag, "\r\n"]);
        }
        request.push_str("\r\n");
        request.into()
    }

    fn post(&self, path: &str, cookie: Option<&str>, body: &[u8], request: &mut Vec<u8>) {
        let (host, length) = (&self.host, body.len());
        let head = write!(
            request,
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
        );
        let cookie = match cookie {
            Some(cookie) => write!(request, "Cookie: {COOKIE}={cookie}\r\n\r\n"),
            None => write!(request, "\r\n"),
        };
        head.and(cookie).expect("a vector takes all that is written");
        request.extend_from_slice(body);
    }
}
