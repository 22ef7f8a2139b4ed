//! Whole numbers in paths, queries and forms.

use std::str::FromStr;

use crate::edge::problem::Problem;

/// The number, or the problem `malformed`, which names the field.
pub(crate) fn parse<N: FromStr>(name: &str, text: &str) -> Result<N, Problem> {
    text.parse().map_err(|_| Problem::malformed(format!("`{name}` must be a whole number, not `{text}`.")))
}
