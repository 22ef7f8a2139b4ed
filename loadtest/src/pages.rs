//! `gd-loadtest pages`: what each page costs the server, beside an answer with nothing in it. One connection, one
//! request at a time, the pages in turns: what is measured is time, not how many share it.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Args;
use hdrhistogram::Histogram;

use crate::connection::Connection;
use crate::contract::COOKIE;
use crate::load::block_on_one_thread;
use crate::measure::{LATENCY_DIGITS, histogram, percentile_ms, record};
use crate::target::{Consultation, Server, Slug};

/// Proposals of one participant: nobody writes thousands.
const PROPOSALS_OF_ONE: u32 = 100;

/// An answer of a few bytes that looks at nothing.
const EMPTY: &str = "/health/live";

/// Which pages.
#[derive(Args)]
pub(crate) struct Options {
    /// The server, on this machine
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: Server,
    /// The consultation
    #[arg(long)]
    slug: Slug,
    /// Proposals submitted beforehand, which the server publishes at once
    #[arg(long, default_value_t = 0)]
    proposals: u32,
    /// Requests of each page; with none, proposals are submitted and nothing is measured
    #[arg(long, default_value_t = 500)]
    requests: u32,
    /// Requests of a page before the next one has its turn
    #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u32).range(1..))]
    turn: u32,
    /// The search words, percent-encoded
    #[arg(long, default_value = "propositions+numeros")]
    words: String,
}

/// One page and the times it took.
struct Page {
    name: &'static str,
    request: Vec<u8>,
    times: Histogram<u64>,
    bytes: usize,
}

pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let pages = block_on_one_thread(work(options))?;
    if !pages.is_empty() {
        print(&pages);
    }
    Ok(ExitCode::SUCCESS)
}

async fn work(options: &Options) -> anyhow::Result<Vec<Page>> {
    let consultation = Consultation::new(&[options.url], options.slug.clone());
    let mut connection = Connection::open(options.url.address).await?;
    let cookie = propose(&consultation, &mut connection, options.proposals).await?;
    if options.requests == 0 {
        return Ok(Vec::new());
    }
    let mut pages = pages(&consultation, &cookie, &options.words);
    // The first look makes what is made once.
    for page in &mut pages {
        page.look(&mut connection).await?;
    }
    for _ in 0..options.requests.div_ceil(options.turn) {
        for page in &mut pages {
            for _ in 0..options.turn {
                let took = page.look(&mut connection).await?;
                record(&mut page.times, took);
            }
        }
    }
    Ok(pages)
}

/// Submits proposals, a hundred of each participant; gives the last one's cookie.
async fn propose(
    consultation: &Consultation,
    connection: &mut Connection,
    proposals: u32,
) -> anyhow::Result<String> {
    let mut cookie = participant(consultation, connection).await?;
    for number in 1..=proposals {
        if number % PROPOSALS_OF_ONE == 0 {
            cookie = participant(consultation, connection).await?;
        }
        let body =
            format!(r#"{{"text":"Proposition numéro {number} : des bancs à l’ombre, rue {}"}}"#, number % 97);
        let request = format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nCookie: {COOKIE}={cookie}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            consultation.path("proposals"),
            consultation.server(0).address,
            body.len()
        );
        let status = connection.exchange(request.as_bytes()).await?.status;
        ensure!(status == 201, "proposal {number} was answered with {status}");
    }
    Ok(cookie)
}

/// The cookie of somebody new.
async fn participant(consultation: &Consultation, connection: &mut Connection) -> anyhow::Result<String> {
    let request = get(consultation, &consultation.path("sequence"), None);
    let cookie = connection.exchange(&request).await?.cookie.context("no cookie came with a sequence")?;
    Ok(cookie.into())
}

fn pages(consultation: &Consultation, cookie: &str, words: &str) -> Vec<Page> {
    let here = consultation.page();
    let of = |name, path: &str, cookie| Page {
        name,
        request: get(consultation, path, cookie),
        times: histogram(LATENCY_DIGITS),
        bytes: 0,
    };
    let at = |name, page: &str| of(name, &format!("{here}{page}"), None);
    let mine = |name, page: &str| of(name, &format!("{here}{page}"), Some(cookie));
    vec![
        of("nothing", EMPTY, None),
        at("landing", ""),
        mine("vote", "/vote"),
        at("explore", "/proposals"),
        at("explore, by votes", "/proposals?sort=controversy"),
        at("explore, searching", &format!("/proposals?q={words}")),
        mine("proposal", "/proposals/1"),
        mine("my participation", "/votes"),
        at("results", "/results"),
        at("report.html", "/results/report.html"),
        at("proposals.csv", "/results/proposals.csv"),
    ]
}

/// A request as browsers send it.
fn get(consultation: &Consultation, path: &str, cookie: Option<&str>) -> Vec<u8> {
    let cookie = cookie.map(|cookie| format!("Cookie: {COOKIE}={cookie}\r\n")).unwrap_or_default();
    let host = consultation.server(0).address;
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n{cookie}\r\n").into()
}

impl Page {
    async fn look(&mut self, connection: &mut Connection) -> anyhow::Result<Duration> {
        let started = Instant::now();
        let answer = connection.exchange(&self.request).await?;
        let took = started.elapsed();
        ensure!(answer.status == 200, "{} was answered with {}", self.name, answer.status);
        self.bytes = answer.body.len();
        Ok(took)
    }
}

fn print(pages: &[Page]) {
    let middle = |page: &Page| percentile_ms(&page.times, 50.0);
    let nothing = pages.first().map_or(0.0, middle).max(f64::EPSILON);
    println!(
        "{:<20} {:>9} {:>9} {:>11} {:>9} {:>9}",
        "page", "× nothing", "ms, p50", "requests/s", "ms, p99", "bytes"
    );
    for page in pages {
        let (middle, slow) = (middle(page), percentile_ms(&page.times, 99.0));
        println!(
            "{:<20} {:>9.1} {middle:>9.3} {:>11.0} {slow:>9.3} {:>9}",
            page.name,
            middle / nothing,
            1_000.0 / middle,
            page.bytes
        );
    }
}
