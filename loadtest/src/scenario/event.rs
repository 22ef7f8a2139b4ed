//! The event in numbers.

use clap::Args;

/// The quantities of an event.
#[derive(Args)]
pub(super) struct EventOptions {
    /// Participants who vote
    #[arg(long, default_value_t = 120_000, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    participants: u32,
    /// Proposals submitted
    #[arg(long, default_value_t = 10_100, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    proposals: u32,
    /// Those of them that --moderate publishes; the others stay pending
    #[arg(long, default_value_t = 8_000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    published: u32,
    /// Ballots, each the participant's first on its proposal
    #[arg(long, default_value_t = 1_200_000, value_parser = clap::value_parser!(u32).range(1..=20_000_000))]
    ballots: u32,
    /// Ballots changed afterwards, each to another choice
    #[arg(long, default_value_t = 24_000, value_parser = clap::value_parser!(u32).range(0..=20_000_000))]
    changes: u32,
    /// Ballots taken back afterwards
    #[arg(long, default_value_t = 6_000, value_parser = clap::value_parser!(u32).range(0..=20_000_000))]
    retractions: u32,
    /// Requests with ballots that are sent once more after their answer
    #[arg(long, default_value_t = 24_000, value_parser = clap::value_parser!(u32).range(0..=20_000_000))]
    retries: u32,
    /// Page views beside the voting
    #[arg(long, default_value_t = 120_000, value_parser = clap::value_parser!(u32).range(0..=20_000_000))]
    views: u32,
    /// Shrinks all the numbers above by this factor; the times stay as they are
    #[arg(long, default_value_t = 1.0, value_parser = scale)]
    scale: f64,
}

fn scale(text: &str) -> Result<f64, String> {
    let scale = text.parse::<f64>().map_err(|error| error.to_string())?;
    if scale > 0.0 && scale <= 1.0 { Ok(scale) } else { Err("more than 0, at most 1".to_owned()) }
}

/// The numbers of the event, after scaling.
pub(super) struct Event {
    pub(super) participants: u32,
    pub(super) proposals: u32,
    pub(super) published: u32,
    pub(super) ballots: u64,
    pub(super) changes: u64,
    pub(super) retractions: u64,
    pub(super) retries: u64,
    pub(super) views: u32,
}

impl Event {
    pub(super) fn new(options: &EventOptions) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number, shrunk, and not below what it was unless it was shrunk"
        )]
        let scaled = |number: u32| (f64::from(number) * options.scale).ceil() as u32;
        Self {
            participants: scaled(options.participants),
            proposals: scaled(options.proposals),
            published: scaled(options.published),
            ballots: scaled(options.ballots).into(),
            changes: scaled(options.changes).into(),
            retractions: scaled(options.retractions).into(),
            retries: scaled(options.retries).into(),
            views: scaled(options.views),
        }
    }
}
