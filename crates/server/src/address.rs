//! Reading addresses: the parts of a path, the values of a query, and where a form may lead back to.

use std::str::FromStr;

use actix_web::HttpRequest;
use actix_web::web::Query;
use gd_domain::ProposalNumber;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The consultation's short name.
pub(crate) fn slug(request: &HttpRequest) -> &str {
    request.match_info().query("slug")
}

/// The proposal's number in the path.
pub(crate) fn proposal(request: &HttpRequest) -> Result<ProposalNumber, Problem> {
    number("proposal", request.match_info().query("proposal")).map(ProposalNumber)
}

/// The values of a query, all as text or absent.
pub(crate) fn query<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Problem> {
    let query = Query::<T>::from_query(request.query_string());
    query
        .map(Query::into_inner)
        .map_err(|error| Problem::malformed(format!("The query does not fit: {error}.")))
}

/// A whole number, or what is wrong with it.
pub(crate) fn number<N: FromStr>(name: &str, text: &str) -> Result<N, Problem> {
    text.parse().map_err(|_| Problem::malformed(format!("`{name}` must be a whole number, not `{text}`.")))
}

/// A path of this site, to come back to; never another site's address.
pub(crate) fn local_path(path: &str) -> Option<&str> {
    let is_local = path.starts_with('/') && !path.starts_with("//");
    // Browsers read a backslash as a slash, and drop tabs and line ends.
    let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (is_local && is_plain).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_back_to_this_site_only() {
        for good in ["/", "/c/x", "/c/x/vote?n=3&last=2", "/c/x//y"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in [
            "",
            "c/x",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "/\r\nx: y",
            "/é",
        ] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
    }
}
