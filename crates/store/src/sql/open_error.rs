//! Errors of opening the records, in words that say what to do. Never holds a password.

use thiserror::Error;

/// Why the records could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The file cannot be opened as a database.
    #[error(
        "{path} cannot be opened as a database: check that its folder is yours to write and the file ours"
    )]
    File {
        /// The path of the database file.
        path: String,
        /// The error of the SQLite driver.
        source: sqlx::Error,
    },
    /// The address of the database is not one.
    #[error("the database's address must read postgres://USER:PASSWORD@HOST:PORT/DATABASE: {reason}")]
    Address {
        /// The fault in the address, in words.
        reason: String,
    },
    /// Nobody answers there.
    #[error("no PostgreSQL answers at {place}: check host and port, and that it is running")]
    Unreachable {
        /// Host, port and database.
        place: String,
        /// The driver's error: an I/O error or a timeout.
        source: sqlx::Error,
    },
    /// It answers, and cannot prove who it is.
    #[error(
        "the certificate of PostgreSQL at {place} is not trusted: name its authority's file with sslrootcert=FILE in the address, or in SSL_CERT_FILE"
    )]
    Untrusted {
        /// Host, port and database.
        place: String,
        /// The driver's error: the TLS handshake failed.
        source: sqlx::Error,
    },
    /// It answers, and lets us not in.
    #[error(
        "PostgreSQL at {place} refuses the connection: check user, password, database and sslmode, and its pg_hba.conf"
    )]
    Refused {
        /// Host, port and database.
        place: String,
        /// The driver's error: the server's refusal.
        source: sqlx::Error,
    },
    /// It is of another age.
    #[error("PostgreSQL at {place} is version {found}: version {needed} or later is needed")]
    ServerTooOld {
        /// Host, port and database.
        place: String,
        /// Its major version.
        found: u32,
        /// The oldest that will do.
        needed: u32,
    },
    /// Its tables are of a later program.
    #[error("the tables in {place} were written by a newer program: use that one, or a later one")]
    TablesTooNew {
        /// The file, or host, port and database.
        place: String,
        /// The migration's error.
        source: sqlx::migrate::MigrateError,
    },
    /// The tables could not be brought up to date.
    #[error("the tables in {place} could not be brought up to date: check that they are ours to change")]
    Migrate {
        /// The file, or host, port and database.
        place: String,
        /// The migration's error.
        source: sqlx::migrate::MigrateError,
    },
}

impl OpenError {
    pub(crate) fn migrating(place: &str, source: sqlx::migrate::MigrateError) -> Self {
        let place = place.to_owned();
        match source {
            sqlx::migrate::MigrateError::VersionMissing(_) => Self::TablesTooNew { place, source },
            _ => Self::Migrate { place, source },
        }
    }
}
