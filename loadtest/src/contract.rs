//! The JSON of the HTTP contract, as far as voters speak it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The participant's cookie.
pub(crate) const COOKIE: &str = "gd_participant";

/// Most cards of one sequence.
pub(crate) const SEQUENCE_SIZE: usize = 12;

#[derive(Deserialize)]
pub(crate) struct Sequence {
    pub(crate) proposals: Vec<CardBody>,
}

#[derive(Deserialize)]
pub(crate) struct CardBody {
    pub(crate) number: u32,
    pub(crate) key: Box<str>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct BallotsBody<'a> {
    #[serde(borrow)]
    pub(crate) ballots: Vec<BallotBody<'a>>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct BallotBody<'a> {
    pub(crate) proposal: u32,
    #[serde(borrow)]
    pub(crate) choice: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) qualifications: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    pub(crate) key: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Recorded {
    pub(crate) recorded: usize,
    pub(crate) refused: Vec<Refused>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Refused {
    pub(crate) proposal: u32,
    pub(crate) code: String,
}

#[derive(Deserialize)]
pub(crate) struct MyBallots {
    pub(crate) ballots: Vec<MyBallot>,
}

#[derive(Deserialize)]
pub(crate) struct MyBallot {
    pub(crate) proposal: u32,
    pub(crate) choice: String,
    pub(crate) qualifications: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct TalliesBody {
    pub(crate) proposals: Vec<TallyBody>,
}

#[derive(Deserialize)]
pub(crate) struct TallyBody {
    pub(crate) number: u32,
    pub(crate) agree: i64,
    pub(crate) disagree: i64,
    pub(crate) neutral: i64,
    #[serde(default)]
    pub(crate) qualifications: BTreeMap<String, i64>,
}

/// A problem document, for its stable code.
#[derive(Deserialize)]
struct ProblemBody {
    code: String,
}

/// Words for a response other than 200 and 503: its status and code, with advice where there is any.
pub(crate) fn problem(status: u16, body: &[u8]) -> String {
    let code =
        serde_json::from_slice::<ProblemBody>(body).map_or_else(|_| "no code".to_owned(), |body| body.code);
    let advice = match code.as_str() {
        "rate_limited" => ": start the server with GD_RATE_LIMIT=off",
        "results_hidden" => {
            ": what was acknowledged is checked against public tallies, so results must be live"
        }
        "phase_closed" => ": the consultation must be open",
        _ => "",
    };
    format!("the server answered {status} {code}{advice}")
}
