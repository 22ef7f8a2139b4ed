//! Converts domain types to column values and back.

use gd_domain::{ItemNumber, Position};
use gd_engine::ports::{PortResult, ProjectionState};

use crate::sql::failure::corrupt;

pub(crate) fn proposal_number(number: i64) -> PortResult<ItemNumber> {
    u32::try_from(number).map(ItemNumber).map_err(corrupt)
}

pub(crate) fn position(number: i64) -> PortResult<Position> {
    u64::try_from(number).map(Position).map_err(corrupt)
}

/// A count or position as a column holds it.
pub(crate) fn column(number: u64) -> PortResult<i64> {
    i64::try_from(number).map_err(corrupt)
}

pub(crate) fn projection_state((at, generation): (i64, i64)) -> PortResult<ProjectionState> {
    Ok(ProjectionState { position: position(at)?, generation: u64::try_from(generation).map_err(corrupt)? })
}

/// A limit as a column type holds it.
pub(crate) fn limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
