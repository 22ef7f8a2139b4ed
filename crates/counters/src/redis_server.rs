//! One connection to Redis, to a master alone or to a cluster, and what must be true of what is behind it.

use std::fmt;
use std::time::Duration;

use redis::aio::{ConnectionLike, MultiplexedConnection};
use redis::cluster::ClusterClient;
use redis::cluster_async::ClusterConnection;
use redis::cluster_routing::{MultipleNodeRoutingInfo, RoutingInfo};
use redis::{AsyncConnectionConfig, Client, Cmd, ConnectionInfo, ErrorKind, RedisError, RedisResult, Value};

use crate::redis_addresses::RedisAddresses;

/// Time limit for one server to accept a connection and to describe itself.
const REACH_TIMEOUT: Duration = Duration::from_secs(1);
/// Time limit for a cluster to name its masters.
const CLUSTER_TIMEOUT: Duration = Duration::from_secs(2);
/// Greatest number of retries of a call inside a cluster, while a slot moves or a master changes.
const CLUSTER_RETRIES: u32 = 8;
/// The shortest and longest wait between those, in milliseconds.
const CLUSTER_RETRY_MS: (u64, u64) = (10, 100);
/// Functions came with Redis 7.
const VERSION_MIN: u32 = 7;

/// Why there is no connection, in words for an operator; never with a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unusable(pub(crate) String);

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A connection that many calls share.
#[derive(Clone)]
pub(crate) enum Connection {
    /// To one master.
    Master(MultiplexedConnection),
    /// To all masters of a cluster.
    Cluster(ClusterConnection),
}

impl Connection {
    /// Connects to the cluster, or to the first of these servers that is a master.
    pub(crate) async fn open(addresses: &RedisAddresses) -> Result<Self, Unusable> {
        let (master, server) = first_usable(addresses, &AsyncConnectionConfig::new()).await?;
        if !server.in_cluster {
            return Ok(Self::Master(master));
        }
        let opened = tokio::time::timeout(CLUSTER_TIMEOUT, open_cluster(addresses, master)).await;
        opened.map_err(|_| Unusable("the cluster does not answer".into()))?
    }

    /// Sends a command to where its key lies.
    pub(crate) async fn send(&mut self, command: &Cmd) -> RedisResult<Value> {
        match self {
            Self::Master(master) => master.req_packed_command(command).await,
            Self::Cluster(cluster) => cluster.req_packed_command(command).await,
        }
        .and_then(Value::extract_error)
    }

    /// Sends a command to every master; an error if any of them fails.
    pub(crate) async fn on_all_masters(&mut self, command: &Cmd) -> RedisResult<Vec<Value>> {
        let Self::Cluster(cluster) = self else { return Ok(vec![self.send(command).await?]) };
        let everywhere = RoutingInfo::MultiNode((MultipleNodeRoutingInfo::AllMasters, None));
        match cluster.route_command(command.clone(), everywhere).await?.extract_error()? {
            Value::Map(by_address) => Ok(by_address.into_iter().map(|(_, answer)| answer).collect()),
            answer => Ok(vec![answer]),
        }
    }
}

/// Connects to the first of these servers that is a master, or belongs to a cluster.
pub(crate) async fn first_usable(
    addresses: &RedisAddresses,
    config: &AsyncConnectionConfig,
) -> Result<(MultiplexedConnection, Server), Unusable> {
    let mut reasons = Vec::new();
    for address in addresses.each() {
        let place = address.addr().to_string();
        match tokio::time::timeout(REACH_TIMEOUT, reach(address, config.clone())).await {
            Ok(Ok((connection, server))) if server.is_master || server.in_cluster => match server.check() {
                Ok(()) => return Ok((connection, server)),
                Err(why) => reasons.push(format!("{place}: {why}")),
            },
            Ok(Ok(_)) => reasons.push(format!("{place} is a replica")),
            Ok(Err(failure)) => reasons.push(unusable(&place, &failure).0),
            Err(_) => reasons.push(format!("{place} does not answer")),
        }
    }
    Err(Unusable(reasons.join("; ")))
}

async fn reach(
    address: &ConnectionInfo,
    config: AsyncConnectionConfig,
) -> RedisResult<(MultiplexedConnection, Server)> {
    // Calls have their own time limits, and so has this one.
    let config = config.set_response_timeout(None).set_connection_timeout(None);
    let client = Client::open(address.clone())?;
    let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
    let told = connection.req_packed_command(&redis::cmd("INFO")).await?.extract_error()?;
    let server = Server::read(&told).map_err(|Unusable(reason)| std::io::Error::other(reason))?;
    Ok((connection, server))
}

/// Connects to all masters of the cluster that one of its nodes knows.
async fn open_cluster(
    addresses: &RedisAddresses,
    mut node: MultiplexedConnection,
) -> Result<Connection, Unusable> {
    let failed = |failure| unusable("the cluster", &failure);
    let told = node.req_packed_command(redis::cmd("CLUSTER").arg("INFO")).await.map_err(failed)?;
    if !Fields::read(&told)?.is("cluster_state", "ok") {
        return Err(Unusable(
            "the cluster is down or not complete (CLUSTER INFO on a node tells more)".into(),
        ));
    }
    let (shortest_ms, longest_ms) = CLUSTER_RETRY_MS;
    let client = ClusterClient::builder(addresses.each().cloned())
        .connection_timeout(REACH_TIMEOUT)
        .response_timeout(CLUSTER_TIMEOUT)
        .retries(CLUSTER_RETRIES)
        .min_retry_wait(shortest_ms)
        .max_retry_wait(longest_ms)
        .build()
        .map_err(failed)?;
    let mut cluster = Connection::Cluster(client.get_async_connection().await.map_err(failed)?);
    for told in cluster.on_all_masters(&redis::cmd("INFO")).await.map_err(failed)? {
        Server::read(&told)?.check()?;
    }
    Ok(cluster)
}

fn unusable(place: &str, failure: &RedisError) -> Unusable {
    let no_entry = failure.kind() == ErrorKind::AuthenticationFailed
        || matches!(failure.code(), Some("NOAUTH" | "WRONGPASS" | "NOPERM"));
    let advice =
        if no_entry { "; check user and password in the address, and the user's rights" } else { "" };
    Unusable(format!("{place}: {failure}{advice}"))
}

/// A server's description of itself.
#[derive(Debug)]
pub(crate) struct Server {
    version: String,
    is_master: bool,
    pub(crate) in_cluster: bool,
    loading: bool,
    memory_policy: String,
}

impl Server {
    /// Reads the answer to `INFO`.
    pub(crate) fn read(told: &Value) -> Result<Self, Unusable> {
        let fields = Fields::read(told)?;
        Ok(Self {
            version: fields.get("redis_version").to_owned(),
            is_master: fields.is("role", "master"),
            in_cluster: fields.is("cluster_enabled", "1"),
            loading: fields.is("loading", "1"),
            memory_policy: fields.get("maxmemory_policy").to_owned(),
        })
    }

    /// Whether counters can be kept there.
    pub(crate) fn check(&self) -> Result<(), Unusable> {
        let major = self.version.split('.').next().and_then(|number| number.parse::<u32>().ok());
        if major.is_none_or(|number| number < VERSION_MIN) {
            let version = &self.version;
            return Err(Unusable(format!("this is Redis `{version}`, and {VERSION_MIN} or later is needed")));
        }
        if self.loading {
            return Err(Unusable("it is still loading its data".into()));
        }
        if self.memory_policy != "noeviction" {
            let policy = &self.memory_policy;
            return Err(Unusable(format!(
                "its maxmemory-policy is `{policy}`, by which counts could vanish: set it to `noeviction`"
            )));
        }
        Ok(())
    }
}

/// Lines of `name:value`.
struct Fields(String);

impl Fields {
    fn read(told: &Value) -> Result<Self, Unusable> {
        let lines = redis::from_redis_value_ref(told);
        lines.map(Self).map_err(|_| Unusable("what it says of itself was not understood".into()))
    }

    fn get(&self, name: &str) -> &str {
        let found = self.0.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        found.unwrap_or_default().trim()
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &str) -> Server {
        Server::read(&Value::BulkString(lines.as_bytes().to_vec())).unwrap()
    }

    #[test]
    fn an_old_or_evicting_server_is_refused_with_what_to_do() {
        let good = "redis_version:7.0.15\r\nrole:master\r\nloading:0\r\nmaxmemory_policy:noeviction\r\n";
        assert_eq!(told(good).check(), Ok(()));
        let old = told(&good.replace("7.0.15", "6.2.7")).check().unwrap_err();
        assert!(old.0.contains("6.2.7") && old.0.contains("7 or later"), "{old}");
        let evicting = told(&good.replace("noeviction", "allkeys-lru")).check().unwrap_err();
        assert!(evicting.0.contains("allkeys-lru") && evicting.0.contains("`noeviction`"), "{evicting}");
        assert!(told(&good.replace("loading:0", "loading:1")).check().is_err());
    }
}
