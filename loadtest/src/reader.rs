//! Everything that is asked of the server besides casting: cards, tallies and a participant's own ballots.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};
use reqwest::header::{COOKIE as COOKIE_HEADER, RETRY_AFTER, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use tokio::time::sleep;

use crate::contract::{COOKIE, CardBody, MyBallot, MyBallots, SEQUENCE_SIZE, Sequence, TalliesBody, problem};
use crate::patience::Patience;
use crate::target::{Consultation, Server};

/// Most readings at the same time, however many connections vote.
const READINGS_AT_ONCE_MAX: usize = 32;

/// Time limit for a response.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);

/// Time for which a reading that met a broken connection is repeated where nothing else is asked for: it
/// changes nothing, and the check at the end of a run must not hang on one instant.
const READ_AGAIN_FOR: Duration = Duration::from_secs(3);

/// Reads one consultation.
pub(crate) struct Reader {
    client: Client,
    consultation: Consultation,
    /// Turn of the servers, modulo their number.
    turn: AtomicUsize,
    survive: Duration,
    turns: Semaphore,
}

/// Cards drawn for a participant.
pub(crate) struct CardsDrawn {
    /// The participant's cookie, when the server gave one.
    pub(crate) cookie: Option<String>,
    pub(crate) cards: Vec<CardBody>,
}

struct Page {
    cookie: Option<String>,
    body: Vec<u8>,
}

impl Reader {
    /// A reader that neither follows redirects nor goes through a proxy: nothing leads off this machine.
    pub(crate) fn new(consultation: Consultation, survive: Option<Duration>) -> anyhow::Result<Self> {
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(ANSWER_TIME_MAX)
            .pool_max_idle_per_host(READINGS_AT_ONCE_MAX)
            .build()?;
        let survive = survive.unwrap_or(READ_AGAIN_FOR);
        Ok(Self {
            client,
            consultation,
            turn: AtomicUsize::new(0),
            survive,
            turns: Semaphore::new(READINGS_AT_ONCE_MAX),
        })
    }

    /// A sequence for the participant of the cookie, or for somebody new.
    pub(crate) async fn sequence(&self, cookie: Option<&str>) -> anyhow::Result<CardsDrawn> {
        let page = self.get(&format!("sequence?size={SEQUENCE_SIZE}"), cookie).await?;
        if cookie.or(page.cookie.as_deref()).is_none() {
            bail!("a sequence came without the cookie {COOKIE}");
        }
        let sequence = parse::<Sequence>(&page.body)?;
        Ok(CardsDrawn { cookie: page.cookie, cards: sequence.proposals })
    }

    /// The ballots of the participant of the cookie.
    pub(crate) async fn my_ballots(&self, cookie: &str) -> anyhow::Result<Vec<MyBallot>> {
        let page = self.get("ballots", Some(cookie)).await?;
        Ok(parse::<MyBallots>(&page.body)?.ballots)
    }

    /// The servers of the consultation.
    pub(crate) fn servers(&self) -> &[Server] {
        self.consultation.servers()
    }

    /// The public tallies, as the server of this place says.
    pub(crate) async fn tallies(&self, place: usize) -> anyhow::Result<TalliesBody> {
        parse(&self.get_from(|| place, "tallies", None).await?.body)
    }

    /// Asks the servers by turns; one that is away or busy passes on to the next.
    async fn get(&self, what: &str, cookie: Option<&str>) -> anyhow::Result<Page> {
        self.get_from(|| self.turn.fetch_add(1, Ordering::Relaxed), what, cookie).await
    }

    async fn get_from(
        &self,
        turn: impl Fn() -> usize,
        what: &str,
        cookie: Option<&str>,
    ) -> anyhow::Result<Page> {
        let _turn = self.turns.acquire().await?;
        let mut patience = Patience::new(Some(self.survive));
        loop {
            let url = self.consultation.url(turn(), what);
            let (wait, reason) = match self.ask(&url, cookie).await {
                Ok((200, _, page)) => return Ok(page),
                Ok((503, retry_after, _)) => {
                    (patience.after_try_again(retry_after), anyhow!("503 too often"))
                }
                Ok((status, _, page)) => bail!("{what}: {}", problem(status, &page.body)),
                Err(error) => (patience.after_break(Instant::now()), error.into()),
            };
            match wait {
                Some(wait) => sleep(wait).await,
                None => return Err(reason).with_context(|| format!("{url} could not be read")),
            }
        }
    }

    async fn ask(&self, url: &str, cookie: Option<&str>) -> reqwest::Result<(u16, Option<Duration>, Page)> {
        let mut request = self.client.get(url);
        if let Some(cookie) = cookie {
            request = request.header(COOKIE_HEADER, format!("{COOKIE}={cookie}"));
        }
        let response = request.send().await?;
        let (status, retry_after) = (response.status().as_u16(), retry_after(&response));
        let cookie = participant_cookie(&response);
        Ok((status, retry_after, Page { cookie, body: response.bytes().await?.to_vec() }))
    }
}

fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn participant_cookie(response: &Response) -> Option<String> {
    let lines = response.headers().get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.filter_map(|line| line.split(';').next()?.split_once('='));
    cookies.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> anyhow::Result<T> {
    serde_json::from_slice(body).context("an answer is not what the contract says")
}
