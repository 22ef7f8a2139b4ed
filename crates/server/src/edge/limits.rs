//! Every limit of the HTTP edge, by name. Those that are rules of the engine stay there:
//! [`gd_engine::BALLOTS_PER_REQUEST_MAX`], [`gd_engine::SEQUENCE_SIZE_MAX`], [`gd_engine::LISTING_LIMIT_MAX`].

use std::time::Duration;

/// Bytes of a JSON body: 64 ballots with room to spare.
pub(crate) const BODY_BYTES_MAX: usize = 16 * 1024;

/// Bytes of a form: the longest proposal allowed, percent-encoded, with its other fields.
pub(crate) const FORM_BYTES_MAX: usize = 128 * 1024;

/// Bytes of a query string.
pub(crate) const QUERY_BYTES_MAX: usize = 4 * 1024;

/// Bytes of a request identifier that a client or a proxy brings.
pub(crate) const REQUEST_ID_BYTES_MAX: usize = 64;

/// Proposals of a page of a list, unless the request says how many.
pub(crate) const LISTING_LIMIT_DEFAULT: usize = 20;

/// Proposals quoted on a consultation's first page.
pub(crate) const LANDING_PROPOSALS_MAX: usize = 3;

/// Votes on one page of "my votes".
pub(crate) const VOTES_PER_PAGE: usize = 50;

/// Consultations for which one cookie carries an audience; past that the oldest is forgotten.
pub(crate) const COOKIE_AUDIENCES_MAX: usize = 16;

/// How long the participant's and the language's cookies live: thirteen months, the most the French
/// data protection authority allows.
pub(crate) const COOKIE_LIFE_SECONDS: u32 = 395 * 24 * 60 * 60;

/// How long a link to another device holds, in milliseconds.
pub(crate) const DEVICE_LINK_LIFE_MS: i64 = 10 * 60 * 1000;

/// How long a client may take to send its headers.
pub(crate) const CLIENT_HEADERS_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a client may take to send its body.
pub(crate) const CLIENT_BODY_TIMEOUT: Duration = Duration::from_secs(15);

/// How long a connection is kept without a request.
pub(crate) const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Bytes of an answer that wait on a connection for the client to read: each of hundreds of connections keeps so
/// much, and what remains of a long answer is one and the same for all who read it.
pub(crate) const UNREAD_BYTES_MAX: usize = 16 * 1024;

/// Connections one worker holds at the same time.
pub(crate) const CONNECTIONS_PER_WORKER_MAX: usize = 10_000;

/// Connections that wait for a worker.
pub(crate) const BACKLOG_CONNECTIONS_MAX: u32 = 4_096;

/// How long requests under way may take to finish once the server stops.
pub(crate) const SHUTDOWN_SECONDS_MAX: u64 = 30;

/// How long a readiness probe may take in all.
pub(crate) const READINESS_TIMEOUT: Duration = Duration::from_secs(4);

/// Events a projection may be behind before readiness calls it missing: tallies are then older than promised.
pub(crate) const READINESS_LAG_EVENTS_MAX: u64 = 100_000;

/// What a client is told to wait before it repeats a request of unknown outcome.
pub(crate) const RETRY_AFTER_SECONDS: u64 = 1;

/// How long anybody may keep figures and tallies, in seconds.
pub(crate) const FIGURES_AGE_SECONDS_MAX: u32 = 1;

/// How long anybody may keep a page that all see alike, in seconds.
pub(crate) const PAGE_AGE_SECONDS_MAX: u32 = 5;

/// How long browsers may keep the script that other sites name in their pages, in seconds.
pub(crate) const OTHERS_AGE_SECONDS_MAX: u32 = 60 * 60;

/// Minutes of activity shown: a day.
pub(crate) const ACTIVITY_MINUTES_MAX: i64 = 24 * 60;

/// Answers that all see alike kept ready; past that they are made anew.
pub(crate) const CACHED_RESPONSES_MAX: usize = 512;

/// Bytes they may take: the counts of fifty thousand proposals, as JSON.
pub(crate) const CACHED_RESPONSES_BYTES_MAX: usize = 24 * 1024 * 1024;

/// Bytes that the files of reports may take: all of one on ten thousand proposals, plain and compressed.
pub(crate) const REPORT_FILES_BYTES_MAX: usize = 96 * 1024 * 1024;
