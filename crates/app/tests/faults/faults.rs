//! Faults that can happen to a house, and their repair.

use std::time::Duration;

use crate::house::House;

/// Something that goes wrong, for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    KillServer(usize),
    KillRedis,
    KillPostgres,
    PauseRedis,
    PausePostgres,
    CutRedisOff,
    CutPostgresOff,
    FillRedis,
    FlushRedis,
    RestartEverything,
}

/// Duration of a pause or a cut.
const PAUSE: Duration = Duration::from_secs(5);
/// Time between a kill and the restart.
const ABSENCE: Duration = Duration::from_millis(1_500);

impl Fault {
    pub const ALL: [Self; 11] = [
        Self::KillServer(0),
        Self::KillServer(1),
        Self::KillRedis,
        Self::KillPostgres,
        Self::PauseRedis,
        Self::PausePostgres,
        Self::CutRedisOff,
        Self::CutPostgresOff,
        Self::FillRedis,
        Self::FlushRedis,
        Self::RestartEverything,
    ];

    /// Whether votes are taken all the while.
    pub fn leaves_voting_alone(self) -> bool {
        matches!(
            self,
            Self::KillRedis | Self::PauseRedis | Self::CutRedisOff | Self::FillRedis | Self::FlushRedis
        )
    }

    /// Makes it happen, lets `meanwhile` go on, and mends it.
    pub async fn happen(self, house: &mut House, meanwhile: impl AsyncFnOnce(&House)) {
        match self {
            Self::KillServer(place) => house.kill_server(place),
            Self::KillRedis => house.redis.kill(),
            Self::KillPostgres => house.postgres.kill(),
            Self::PauseRedis => house.redis.pause(),
            Self::PausePostgres => house.postgres.pause(),
            Self::CutRedisOff => house.to_redis.cut(),
            Self::CutPostgresOff => house.to_postgres.cut(),
            Self::FillRedis => {
                let _ok = house.redis.cli(&["CONFIG", "SET", "maxmemory", "1"]);
            }
            Self::FlushRedis => {
                let _ok = house.redis.cli(&["FLUSHALL"]);
                let _ok = house.redis.cli(&["FUNCTION", "FLUSH"]);
            }
            Self::RestartEverything => house.restart_everything(),
        }
        meanwhile(house).await;
        match self {
            Self::KillRedis => {
                tokio::time::sleep(ABSENCE).await;
                house.redis.restart();
            }
            Self::KillPostgres => {
                tokio::time::sleep(ABSENCE).await;
                house.postgres.restart();
            }
            Self::PauseRedis => {
                tokio::time::sleep(PAUSE).await;
                house.redis.resume();
            }
            Self::PausePostgres => {
                tokio::time::sleep(PAUSE).await;
                house.postgres.resume();
            }
            Self::CutRedisOff => {
                tokio::time::sleep(PAUSE).await;
                house.to_redis.heal();
            }
            Self::CutPostgresOff => {
                tokio::time::sleep(PAUSE).await;
                house.to_postgres.heal();
            }
            Self::FillRedis => {
                let _ok = house.redis.cli(&["CONFIG", "SET", "maxmemory", "0"]);
            }
            Self::KillServer(_) | Self::FlushRedis | Self::RestartEverything => {}
        }
    }
}
