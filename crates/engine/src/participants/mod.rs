pub(crate) mod answers;
pub(crate) mod links;
pub(crate) mod numbers;
