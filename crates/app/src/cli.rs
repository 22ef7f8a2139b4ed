//! The command line: every command and option, each option also as a `GD_…` variable.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use gd_analyzer::{MethodKind, ShortlistSize};
use gd_domain::{Language, ModerationStatus, Slug, Thresholds};
use ipnet::IpNet;

/// Citizen consultations at any size: one open question, answers of 140 characters, votes card by card,
/// and results a statistician would sign.
#[derive(Debug, Parser)]
#[command(name = "grand-dialogue", version, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) installation: Installation,
}

const EXAMPLES: &str = "Examples:
  grand-dialogue demo                                  look at a whole consultation, nothing to set up
  grand-dialogue serve --data-dir ./data               run your own
  grand-dialogue consultation template > mine.toml     describe a consultation, then:
  grand-dialogue consultation create mine.toml
  grand-dialogue import polis ./folder --slug uberx    bring one held elsewhere
  grand-dialogue analyze --slug uberx                  read what unites and what divides";

/// Where the installation is.
#[derive(Clone, Args)]
pub(crate) struct Installation {
    /// The folder that holds the installation, ./data unless there is a database
    #[arg(long, global = true, env = "GD_DATA_DIR", value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Keep records in the `PostgreSQL` at this address instead, as in `postgres://user:password@host/name`
    #[arg(long, global = true, env = "GD_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub(crate) database_url: Option<String>,
    /// The Redis that servers on one database share: `redis://host`, `rediss://host` with TLS, or a comma list
    #[arg(long, global = true, env = "GD_REDIS_URL", hide_env_values = true, value_name = "URL")]
    pub(crate) redis_url: Option<String>,
}

/// The storage of an installation.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'a> {
    /// Everything in one folder, for one server.
    Folder(&'a Path),
    /// In services that any number of servers share.
    Services(Services<'a>),
}

/// The services of an installation of many servers. URLs hold passwords: they are never shown.
#[derive(Clone, Copy)]
pub(crate) struct Services<'a> {
    /// The PostgreSQL with the records.
    pub(crate) database_url: &'a str,
    /// The Redis with the live counters.
    pub(crate) redis_url: Option<&'a str>,
    /// A folder with the secret.
    pub(crate) folder: Option<&'a Path>,
}

impl std::fmt::Debug for Services<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Services").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Installation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Installation").field("data_dir", &self.data_dir).finish_non_exhaustive()
    }
}

impl Installation {
    /// The storage that the options name.
    ///
    /// # Errors
    /// When a Redis is named without a PostgreSQL.
    pub(crate) fn place(&self) -> anyhow::Result<Place<'_>> {
        let folder = self.data_dir.as_deref();
        match &self.database_url {
            Some(database_url) => {
                Ok(Place::Services(Services { database_url, redis_url: self.redis_url.as_deref(), folder }))
            }
            None if self.redis_url.is_some() => {
                bail!("--redis-url goes with --database-url: one server alone needs neither")
            }
            None => Ok(Place::Folder(folder.unwrap_or(Path::new("./data")))),
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Bring the tables up to date, then serve the pages and the interface until SIGTERM
    #[command(after_help = "Example:
  grand-dialogue serve --listen 0.0.0.0:8080 --public-url https://consultation.example.org --trusted-proxies 10.0.0.0/8")]
    Serve(Serve),
    /// Fill a throw-away installation with a made-up consultation, analyse it and serve it
    #[command(after_help = "Examples:
  grand-dialogue demo
  grand-dialogue demo --participants 2000 --seed 7 --listen 127.0.0.1:9000")]
    Demo(Demo),
    /// Bring in a consultation held with another system
    #[command(after_help = "Example:
  grand-dialogue import polis ./vtaiwan.uberx --slug uberx")]
    #[command(subcommand)]
    Import(Import),
    /// Make the report of a consultation, or of files of votes
    #[command(after_help = "Examples:
  grand-dialogue analyze --slug uberx
  grand-dialogue analyze --slug uberx --out report --publish
  grand-dialogue analyze --slug uberx --out report --shortlist-size 12 --population population.csv --lang fr
  grand-dialogue analyze --slug uberx --out report --thresholds majority=66,opposition=20
  grand-dialogue analyze --votes votes.csv --comments comments.csv --method make-org --format json
  grand-dialogue analyze --votes votes.csv --comments comments.csv --method polis --groups groups.csv")]
    Analyze(Analyze),
    /// Write a consultation's open data: pseudonymous, complete, enough to recompute the report
    #[command(after_help = "Example:
  grand-dialogue export --slug uberx --format csv --out open-data")]
    Export(Export),
    /// Check the ledger of ballots, or rebuild what is derived from it
    #[command(after_help = "Example:
  grand-dialogue ledger verify --slug uberx")]
    #[command(subcommand)]
    Ledger(Ledger),
    /// Describe, create, list, open and close consultations
    #[command(after_help = "Examples:
  grand-dialogue consultation template > mine.toml
  grand-dialogue consultation create mine.toml
  grand-dialogue consultation open mine")]
    #[command(subcommand)]
    Consultation(Consultation),
    /// Read, publish and refuse proposals
    #[command(after_help = "Examples:
  grand-dialogue proposals list mine --status pending
  grand-dialogue proposals publish mine")]
    #[command(subcommand)]
    Proposals(Proposals),
    /// Verify, export or cut the audit trail of staff acts
    #[command(after_help = "Examples:
  grand-dialogue audit verify
  grand-dialogue audit export --out audit.csv")]
    #[command(subcommand)]
    Audit(Audit),
}

/// The variables of a command's options and of the installation's place.
pub(crate) fn settings_of(command: &str) -> Vec<OsString> {
    let all = Cli::command();
    let options = all.find_subcommand(command).into_iter().flat_map(clap::Command::get_arguments);
    let options = options.chain(all.get_arguments());
    options.filter_map(|option| option.get_env().map(ToOwned::to_owned)).collect()
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Serve {
    /// The address to listen on
    #[arg(long, env = "GD_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub(crate) listen: SocketAddr,
    /// The address people use, if a proxy stands before; with https, cookies are marked Secure
    #[arg(long, env = "GD_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub(crate) public_url: Option<String>,
    /// Proxies whose X-Forwarded-… headers are believed, as networks
    #[arg(long, env = "GD_TRUSTED_PROXIES", value_delimiter = ',', value_name = "CIDR")]
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// Rate limits; off for load tests
    #[arg(long, env = "GD_RATE_LIMIT", default_value = "on", value_name = "on|off")]
    pub(crate) rate_limit: Switch,
    /// Seconds for which readiness says "draining" before connections are refused, for load balancers
    #[arg(long, env = "GD_DRAIN_NOTICE", default_value_t = 0, value_name = "SECONDS")]
    pub(crate) drain_notice: u64,
    /// How large the database in the data folder may grow; votes are refused past it, and nothing else breaks
    #[arg(long, env = "GD_DATABASE_MIB_MAX", value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) database_mib_max: Option<u32>,
    /// Months for which the audit trail of staff acts is kept; older entries are cut at a signed checkpoint
    #[arg(long, env = "GD_AUDIT_MONTHS", default_value_t = AUDIT_MONTHS_DEFAULT, value_name = "MONTHS", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) audit_months: u32,
}

/// Months for which the audit trail is kept unless an operator says otherwise.
pub(crate) const AUDIT_MONTHS_DEFAULT: u32 = 12;

/// An origin as browsers show it: scheme and host, no path.
fn public_url(text: &str) -> Result<String, String> {
    let origin = text.trim_end_matches('/');
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).unwrap_or_default();
    let plain = |character: char| character.is_ascii_alphanumeric() || "-.:[]".contains(character);
    if host.is_empty() || !host.chars().all(plain) {
        return Err("write it as browsers show it, as in https://consultation.example.org".to_owned());
    }
    Ok(origin.to_owned())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Demo {
    /// The address to listen on
    #[arg(long, env = "GD_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub(crate) listen: SocketAddr,
    /// How many people take part
    #[arg(long, env = "GD_PARTICIPANTS", default_value_t = crate::demo::population::PARTICIPANTS_DEFAULT)]
    pub(crate) participants: usize,
    /// Rate limits; off for load tests
    #[arg(long, env = "GD_RATE_LIMIT", default_value = "on", value_name = "on|off")]
    pub(crate) rate_limit: Switch,
    /// Another number makes another public
    #[arg(long, env = "GD_SEED", default_value_t = crate::demo::population::SEED_DEFAULT)]
    pub(crate) seed: u64,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// A Polis open-data folder: comments.csv with votes.csv or participants-votes.csv
    #[command(after_help = "Example:
  grand-dialogue import polis ./vtaiwan.uberx --slug uberx --title \"UberX\"
Importing again changes nothing; importing a newer folder brings what is new.")]
    Polis {
        /// The folder
        dir: PathBuf,
        /// The short name it gets here
        #[arg(long, env = "GD_SLUG", value_name = "S")]
        slug: String,
        /// The question, unless summary.csv says it well
        #[arg(long, env = "GD_TITLE", value_name = "T")]
        title: Option<String>,
    },
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Analyze {
    /// A consultation of this installation
    #[arg(
        long,
        env = "GD_SLUG",
        value_name = "S",
        required_unless_present = "votes",
        conflicts_with = "votes"
    )]
    pub(crate) slug: Option<String>,
    /// A file of votes: Polis votes.csv or participants-votes.csv, or our ballots.csv or ballots.parquet
    #[arg(long, env = "GD_VOTES", value_name = "FILE")]
    pub(crate) votes: Option<PathBuf>,
    /// The proposals of that file: Polis comments.csv, or our proposals.csv or proposals.parquet
    #[arg(long, env = "GD_COMMENTS", value_name = "FILE", requires = "votes")]
    pub(crate) comments: Option<PathBuf>,
    /// The opinion groups to take as they are, instead of finding them: columns voter-id,group-id
    #[arg(long, env = "GD_GROUPS", value_name = "FILE", requires = "votes")]
    pub(crate) groups: Option<PathBuf>,
    /// calibrated; or, for comparison, make-org or polis
    #[arg(long, env = "GD_METHOD", default_value = "calibrated")]
    pub(crate) method: MethodKind,
    /// Decides whatever the method draws at random
    #[arg(long, env = "GD_SEED", default_value_t = 0)]
    pub(crate) seed: u64,
    /// What to print
    #[arg(long, env = "GD_FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
    /// How many entries the shortlist for workshops has, from 1 to 100
    #[arg(long, env = "GD_SHORTLIST_SIZE", value_name = "N", default_value_t)]
    pub(crate) shortlist_size: ShortlistSize,
    /// Where labels begin, in whole percent of the votes, as majority=66,opposition=20; others stay as they are
    #[arg(long, env = "GD_THRESHOLDS", value_name = "LIST", default_value_t)]
    pub(crate) thresholds: Thresholds,
    /// Shares of the population to weight participants to, shown beside the raw figures: CSV with card,value,share
    #[arg(long, env = "GD_POPULATION", value_name = "FILE")]
    pub(crate) population: Option<PathBuf>,
    /// Cut weights to this many times their mean
    #[arg(long, env = "GD_WEIGHT_MAX", value_name = "TIMES", requires = "population")]
    pub(crate) weight_max: Option<f64>,
    /// Compare the answers to this question about participants, by its short name, in the place of audiences
    #[arg(long, env = "GD_COMPARE", value_name = "QUESTION", conflicts_with = "publish")]
    pub(crate) compare: Option<Slug>,
    /// Write report.json, report.html, proposals.csv, shortlist.csv and shortlist.xlsx into this folder instead
    #[arg(long, env = "GD_OUT", value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// The language of these files, fr or en; the consultation's own unless given, en for files of votes
    #[arg(long, env = "GD_LANG", value_name = "LANG")]
    pub(crate) lang: Option<Language>,
    /// Record this as the report that live results show, which servers do every minute
    #[arg(long, hide = true, requires = "slug", conflicts_with_all = ["votes", "publish", "out", "population", "compare"])]
    pub(crate) live: bool,
    /// Make this the report the public sees
    #[arg(long, env = "GD_PUBLISH", requires = "slug", conflicts_with = "votes")]
    pub(crate) publish: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Text,
    Json,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Export {
    /// The consultation
    #[arg(long, env = "GD_SLUG", value_name = "S")]
    pub(crate) slug: String,
    /// csv or parquet (ours) or polis
    #[arg(long, env = "GD_FORMAT", default_value = "csv")]
    pub(crate) format: ExportFormat,
    /// The folder to write into
    #[arg(long, env = "GD_OUT", value_name = "DIR")]
    pub(crate) out: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Csv,
    Parquet,
    Polis,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Ledger {
    /// Compare the standing ballots with a fold of the ledger; exit code 1 if they differ
    #[command(after_help = "Example:
  grand-dialogue ledger verify --slug uberx")]
    Verify {
        #[command(flatten)]
        consultation: OneConsultation,
        /// Only this poll of it, by its number; all of them unless given
        #[arg(long, env = "GD_POLL", value_name = "P")]
        poll: Option<i64>,
    },
    /// Rebuild the standing ballots and the counters from the ledger
    #[command(after_help = "Example:
  grand-dialogue ledger recount --slug uberx")]
    Recount(OneConsultation),
    /// Print the ledger's events as CSV, for the operator's eyes: participants bear their numbers in the database
    #[command(after_help = "Examples:
  grand-dialogue ledger print --slug uberx > events.csv
  grand-dialogue ledger print --slug uberx --after 120000")]
    Print {
        #[command(flatten)]
        consultation: OneConsultation,
        /// The poll of it to print, by its number; its first one unless given
        #[arg(long, env = "GD_POLL", value_name = "P")]
        poll: Option<i64>,
        /// Only events that come after this position
        #[arg(long, env = "GD_AFTER", default_value_t = 0, value_name = "POSITION")]
        after: u64,
    },
}

#[derive(Clone, Debug, Args)]
pub(crate) struct OneConsultation {
    /// The consultation
    #[arg(long, env = "GD_SLUG", value_name = "S")]
    pub(crate) slug: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Consultation {
    /// Print a commented file that describes a consultation, ready to be changed
    #[command(after_help = "Example:
  grand-dialogue consultation template > mine.toml")]
    Template,
    /// Create a consultation from such a file
    #[command(after_help = "Examples:
  grand-dialogue consultation create mine.toml
  grand-dialogue --database-url postgres://gd@db/gd --redis-url redis://cache consultation create mine.toml")]
    Create {
        /// The file
        file: PathBuf,
    },
    /// List the consultations with their phases and figures
    #[command(after_help = "Example:
  grand-dialogue consultation list")]
    List,
    /// Take votes and proposals from now on
    #[command(after_help = "Example:
  grand-dialogue consultation open mine")]
    Open {
        /// The consultation's short name
        slug: String,
    },
    /// Take nothing more from now on
    #[command(after_help = "Example:
  grand-dialogue consultation close mine")]
    Close {
        /// The consultation's short name
        slug: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Proposals {
    /// List proposals with their numbers and statuses
    #[command(after_help = "Example:
  grand-dialogue proposals list mine --status pending")]
    List {
        /// The consultation's short name
        slug: String,
        /// Only those of this status: pending, published, refused or withdrawn
        #[arg(long, env = "GD_STATUS")]
        status: Option<ModerationStatus>,
    },
    /// Publish these proposals, or all that are pending
    #[command(after_help = "Examples:
  grand-dialogue proposals publish mine
  grand-dialogue proposals publish mine 12 15 --theme transport")]
    Publish {
        /// The consultation's short name
        slug: String,
        /// The proposals' numbers; none means every pending one
        numbers: Vec<u32>,
        /// Tag them with this theme
        #[arg(long, env = "GD_THEME")]
        theme: Option<String>,
    },
    /// Refuse these proposals; their authors can read why
    #[command(after_help = "Example:
  grand-dialogue proposals refuse mine 7 9 --reason \"Names a person\"")]
    Refuse {
        /// The consultation's short name
        slug: String,
        /// The proposals' numbers
        #[arg(required = true)]
        numbers: Vec<u32>,
        /// The reason, for the authors
        #[arg(long, env = "GD_REASON")]
        reason: String,
    },
    /// Take these proposals back for good
    #[command(after_help = "Example:
  grand-dialogue proposals withdraw mine 12")]
    Withdraw {
        /// The consultation's short name
        slug: String,
        /// The proposals' numbers
        #[arg(required = true)]
        numbers: Vec<u32>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Check the hash chain; exit code 1 if an entry was changed or is missing
    #[command(after_help = "Example:
  grand-dialogue audit verify")]
    Verify,
    /// Write every staff act as CSV: who, what, when, before and after
    #[command(after_help = "Example:
  grand-dialogue audit export --out audit.csv")]
    Export {
        /// The file to write
        #[arg(long, env = "GD_OUT", value_name = "FILE")]
        out: PathBuf,
    },
    /// Cut the entries that are older than this, at a checkpoint signed under the installation's secret
    #[command(after_help = "Example:
  grand-dialogue audit cut --months 12")]
    Cut {
        /// Age from which on entries are cut, in months
        #[arg(long, env = "GD_AUDIT_MONTHS", default_value_t = AUDIT_MONTHS_DEFAULT, value_name = "MONTHS", value_parser = clap::value_parser!(u32).range(1..))]
        months: u32,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_an_origin() {
        for good in ["https://a.example", "http://127.0.0.1:8080/", "https://[::1]:8443"] {
            assert!(public_url(good).is_ok(), "{good}");
        }
        for bad in ["", "a.example", "https://", "not a url", "https://a.example/path", "ftp://a.example"] {
            assert!(public_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_settings_of_the_analysis_are_all_of_them() {
        let settings = settings_of("analyze");
        for name in ["GD_GROUPS", "GD_THRESHOLDS", "GD_VOTES", "GD_DATA_DIR", "GD_REDIS_URL"] {
            assert!(settings.iter().any(|setting| setting == name), "{name}");
        }
        assert!(!settings.iter().any(|setting| setting == "GD_SECRET"));
    }

    /// A command with all below it.
    fn with_those_below(command: &clap::Command) -> Vec<&clap::Command> {
        std::iter::once(command).chain(command.get_subcommands().flat_map(with_those_below)).collect()
    }

    /// An example's words as a shell would hand them over: what is quoted is one, and neither a remark after
    /// two spaces nor a redirection belongs to them.
    fn words_of(example: &str) -> Vec<&str> {
        let command = example.trim_start().split("  ").next().unwrap_or_default();
        let command = command.split(" > ").next().unwrap_or_default();
        let parts = command.split('"').enumerate();
        parts
            .flat_map(
                |(place, part)| {
                    if place % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }
                },
            )
            .collect()
    }

    #[test]
    fn every_help_shows_examples_which_are_understood() {
        let all = Cli::command();
        for command in with_those_below(&all) {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let examples =
                help.lines().filter(|line| line.starts_with("  grand-dialogue ")).collect::<Vec<_>>();
            assert!(!examples.is_empty(), "{}", command.get_name());
            for example in examples {
                let parsed = Cli::try_parse_from(words_of(example));
                assert!(parsed.is_ok(), "{example}: {parsed:?}");
            }
        }
    }
}
