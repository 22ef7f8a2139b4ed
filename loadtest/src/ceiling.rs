//! `gd-loadtest ceiling`: the most that any server of this contract could do on this machine under this
//! client. It parses the ballots and answers as if it had recorded them; it keeps nothing.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitCode, Stdio};

use actix_web::web::Bytes;
use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::{Context, ensure};
use clap::Args;

use crate::contract::{BallotsBody, Recorded};
use crate::target::Server;

/// Where to listen.
#[derive(Args)]
pub(crate) struct Options {
    /// Address and port, on this machine only; port 0 is any free one
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
}

/// Serves until it is stopped; the first line it prints is its address.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    ensure!(options.listen.ip().is_loopback(), "the ceiling listens on loopback addresses only");
    let route = "/api/v1/consultations/{slug}/ballots";
    actix_web::rt::System::new().block_on(async {
        let server = HttpServer::new(move || App::new().route(route, web::post().to(answer)));
        let server = server.bind(options.listen)?;
        println!("http://{}", server.addrs()[0]);
        std::io::stdout().flush()?;
        server.run().await?;
        Ok(ExitCode::SUCCESS)
    })
}

async fn answer(body: Bytes) -> HttpResponse {
    match serde_json::from_slice::<BallotsBody<'_>>(&body) {
        Ok(body) => HttpResponse::Ok().json(Recorded { recorded: body.ballots.len(), refused: Vec::new() }),
        Err(_) => HttpResponse::BadRequest().finish(),
    }
}

/// A ceiling in a process of its own, as the server measured against it is; it ends with this value.
pub(crate) struct Ceiling {
    _process: Process,
    pub(crate) server: Server,
}

impl Ceiling {
    pub(crate) fn start() -> anyhow::Result<Self> {
        let program = std::env::current_exe()?;
        let mut process = Process(Command::new(program).arg("ceiling").stdout(Stdio::piped()).spawn()?);
        let mut address = String::new();
        if let Some(output) = process.0.stdout.take() {
            BufReader::new(output).read_line(&mut address)?;
        }
        let server = address.trim().parse().context("the ceiling did not start")?;
        Ok(Self { _process: process, server })
    }
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to do.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
