pub(crate) mod database;
pub(crate) mod failure;
pub(crate) mod open_error;
pub(crate) mod pooled;
pub(crate) mod postgres;
pub(crate) mod rows;
pub(crate) mod sqlite;
