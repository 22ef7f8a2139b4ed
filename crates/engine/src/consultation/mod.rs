pub(crate) mod catalogue;
pub(crate) mod manage;
