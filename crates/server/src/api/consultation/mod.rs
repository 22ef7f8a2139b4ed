//! The consultations themselves.

pub(crate) mod consultations;
