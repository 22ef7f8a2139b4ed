//! Limits of the HTTP edge, by name. Those that are rules of the engine stay there:
//! [`gd_engine::BALLOTS_PER_REQUEST_MAX`], [`gd_engine::SEQUENCE_SIZE_MAX`], [`gd_engine::LISTING_LIMIT_MAX`].

use std::time::Duration;

use actix_web::cookie;

/// Bytes of a JSON body: 64 ballots with room to spare.
pub(crate) const BODY_BYTES_MAX: usize = 16 * 1024;

/// Bytes of a form: the longest proposal allowed, percent-encoded, with its other fields.
pub(crate) const FORM_BYTES_MAX: usize = 128 * 1024;

/// Bytes of a query string.
pub(crate) const QUERY_BYTES_MAX: usize = 4 * 1024;

/// Bytes of a request identifier sent by a client or a proxy.
pub(crate) const REQUEST_ID_BYTES_MAX: usize = 64;

/// Proposals on a page of a list, unless the request names a number.
pub(crate) const LISTING_LIMIT_DEFAULT: usize = 20;

/// Proposals quoted on a consultation's first page.
pub(crate) const LANDING_PROPOSALS_MAX: usize = 3;

/// Votes on one page of "my votes".
pub(crate) const VOTES_PER_PAGE: usize = 50;

/// Consultations for which one cookie carries an audience; past that the oldest is dropped.
pub(crate) const COOKIE_AUDIENCES_MAX: usize = 16;

/// Life of the participant's and the language's cookies: thirteen months, the most the French
/// data protection authority allows.
pub(crate) const COOKIE_LIFE: cookie::time::Duration = cookie::time::Duration::days(395);

/// Life of a link to another device, in milliseconds.
pub(crate) const DEVICE_LINK_LIFE_MS: i64 = 10 * 60 * 1000;

/// Time a client has to send its headers.
pub(crate) const CLIENT_HEADERS_TIMEOUT: Duration = Duration::from_secs(10);

/// Time a client has to send its body.
pub(crate) const CLIENT_BODY_TIMEOUT: Duration = Duration::from_secs(15);

/// Time a connection is kept without a request.
pub(crate) const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Bytes of a response buffered on one connection. Hundreds of connections hold this much each; the rest of a long
/// response is shared by all who read it.
pub(crate) const UNREAD_BYTES_MAX: usize = 16 * 1024;

/// Connections one worker holds at the same time.
pub(crate) const CONNECTIONS_PER_WORKER_MAX: usize = 10_000;

/// Connections that wait for a worker.
pub(crate) const BACKLOG_CONNECTIONS_MAX: u32 = 4_096;

/// Time that requests under way have to finish when the server stops, in seconds.
pub(crate) const SHUTDOWN_SECONDS_MAX: u64 = 30;

/// Time a readiness probe may take.
pub(crate) const READINESS_TIMEOUT: Duration = Duration::from_secs(4);

/// Events a projection may lag before readiness reports it missing: tallies are then older than promised.
pub(crate) const READINESS_LAG_EVENTS_MAX: u64 = 100_000;

/// `Retry-After` for a request of unknown outcome, in seconds.
pub(crate) const RETRY_AFTER_SECONDS: u64 = 1;

/// `max-age` of figures and tallies, in seconds.
pub(crate) const FIGURES_AGE_SECONDS_MAX: u32 = 1;

/// `max-age` of a page that is the same for all, in seconds.
pub(crate) const PAGE_AGE_SECONDS_MAX: u32 = 5;

/// `max-age` of the script that other sites name in their pages, in seconds.
pub(crate) const OTHERS_AGE_SECONDS_MAX: u32 = 60 * 60;

/// Minutes of activity shown: a day.
pub(crate) const ACTIVITY_MINUTES_MAX: i64 = 24 * 60;

/// Responses held in the cache; past that they are made anew.
pub(crate) const CACHED_RESPONSES_MAX: usize = 512;

/// Bytes the cached responses may take: the counts of fifty thousand proposals, as JSON.
pub(crate) const CACHED_RESPONSES_BYTES_MAX: usize = 24 * 1024 * 1024;

/// Bytes the cached files of reports may take: all files of one report on ten thousand proposals, plain and
/// compressed.
pub(crate) const REPORT_FILES_BYTES_MAX: usize = 96 * 1024 * 1024;
