//! Redirects: 303 after a form, and only to paths of this site.

use actix_web::HttpResponse;
use actix_web::http::header;

/// Redirects with 303 to another page of this site, which the browser then fetches with GET.
pub(crate) fn see_other(path: &str) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    response.insert_header((header::LOCATION, path)).finish()
}

/// The path, if it belongs to this site; `None` for another site's address.
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
