//! Real services for tests, each started on a free port and ended with the test.

mod certificates;
mod ports;
mod postgres;
mod proxy;
mod redis;

pub use postgres::Postgres;
pub use proxy::Proxy;
pub use redis::{Redis, RedisCluster};
