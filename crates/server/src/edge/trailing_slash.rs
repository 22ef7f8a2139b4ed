//! Trailing slashes: an unknown address that ends with one redirects to the same without it.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use crate::edge::limits::PAGE_AGE_SECONDS_MAX;
use crate::edge::problem::Problem;
use crate::edge::redirect::local_path;

pub(crate) async fn lead_on(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let meant = without_last_slash(request.uri().path(), request.uri().query());
    let meant = meant.ok_or_else(Problem::not_found)?;
    let mut response = HttpResponse::PermanentRedirect();
    response.insert_header((header::CACHE_CONTROL, format!("public, max-age={PAGE_AGE_SECONDS_MAX}")));
    Ok(response.insert_header((header::LOCATION, meant)).finish())
}

/// The address without its trailing slashes; `None` if it has none or would leave this site.
fn without_last_slash(path: &str, query: Option<&str>) -> Option<String> {
    let meant = path.trim_end_matches('/');
    if meant == path {
        return None;
    }
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let address = format!("{meant}{query}");
    local_path(&address).is_some().then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_slash_goes_and_the_query_stays() {
        let meant = |path, query| without_last_slash(path, query);
        assert_eq!(meant("/c/live/", None).as_deref(), Some("/c/live"));
        assert_eq!(meant("/c/live//", Some("n=2&x=/")).as_deref(), Some("/c/live?n=2&x=/"));
        assert_eq!(meant("/c/live", Some("x=/")), None);
    }

    #[test]
    fn nobody_is_led_to_another_site() {
        for path in ["//evil.example/", "///evil.example//", "/\\evil.example/", "//", "/"] {
            assert_eq!(without_last_slash(path, Some("x=1")), None, "{path}");
        }
    }
}
