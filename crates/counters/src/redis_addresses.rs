//! The addresses of Redis: the value of `--redis-url`.

use std::fmt;

use redis::{ConnectionInfo, IntoConnectionInfo, ProtocolVersion};
use thiserror::Error;

/// One address or several, as they were given. Shown without user names and passwords.
#[derive(Clone)]
pub(crate) struct RedisAddresses(Vec<ConnectionInfo>);

/// The addresses cannot be read. The message does not repeat them: they may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "address {number} of Redis cannot be read ({reason}): write redis://HOST:6379, redis://USER:PASSWORD@HOST:6379/DATABASE, \
     rediss://HOST:6380 for TLS, or several with commas between them; characters such as @ : / in a password are written %40 %3A %2F"
)]
pub struct RedisUrlError {
    /// Which one, counted from 1.
    number: usize,
    reason: &'static str,
}

impl RedisAddresses {
    /// Reads a comma list.
    pub(crate) fn read(list: &str) -> Result<Self, RedisUrlError> {
        let read = |(place, address): (usize, &str)| {
            let refused = |reason| RedisUrlError { number: place + 1, reason };
            let address = address.trim();
            if !address.starts_with("redis://") && !address.starts_with("rediss://") {
                return Err(refused("it does not begin with redis:// or rediss://"));
            }
            address.into_connection_info().map_err(|_| refused("it is no address of that kind"))
        };
        list.split(',').enumerate().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Each of them, in the order given.
    pub(crate) fn each(&self) -> impl Iterator<Item = &ConnectionInfo> {
        self.0.iter()
    }

    /// The same servers, spoken to in this version of the protocol.
    pub(crate) fn speaking(&self, protocol: ProtocolVersion) -> Self {
        let spoken = |address: &ConnectionInfo| {
            let settings = address.redis_settings().clone().set_protocol(protocol);
            address.clone().set_redis_settings(settings)
        };
        Self(self.0.iter().map(spoken).collect())
    }
}

impl fmt::Debug for RedisAddresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|address| address.addr().to_string())).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_several_servers_and_shows_no_password() {
        let addresses =
            RedisAddresses::read("redis://alice:hidden%40word@one:6379/2, rediss://two:6380").unwrap();
        assert_eq!(format!("{addresses:?}"), r#"["one:6379", "two:6380"]"#);
        assert_eq!(addresses.0[0].redis_settings().password(), Some("hidden@word"));
        assert_eq!(addresses.0[0].redis_settings().db(), 2);
    }

    #[test]
    fn an_unreadable_address_is_told_apart_and_not_repeated() {
        for list in
            ["redis://one,http://bob:hidden@two", "redis://one,redis://bob:hidden@two:port", "redis://one,"]
        {
            let message = RedisAddresses::read(list).unwrap_err().to_string();
            assert!(
                message.contains("address 2") && message.contains("redis://USER:PASSWORD@HOST"),
                "{message}"
            );
            assert!(!message.contains("hidden"), "{message}");
        }
    }
}
