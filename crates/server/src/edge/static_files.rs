//! Static files under `/static/`: styles, scripts and images. Their addresses change with their content, so
//! browsers may store them for a year, except the script that other sites name in their pages.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use gd_pages::assets;

use crate::edge::limits::OTHERS_AGE_SECONDS_MAX;
use crate::edge::problem::Problem;

const FOR_EVER: &str = "public, max-age=31536000, immutable";

pub(crate) async fn show(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let file = request.match_info().query("file");
    let (asset, kept) = match assets::for_others(file) {
        Some(asset) => (asset, format!("public, max-age={OTHERS_AGE_SECONDS_MAX}")),
        None => (assets::find(file).ok_or_else(Problem::not_found)?, FOR_EVER.to_owned()),
    };
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, kept));
    // Cross-origin isolated pages of other sites may load them, too.
    response.insert_header(("cross-origin-resource-policy", "cross-origin"));
    response.insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    Ok(response.content_type(asset.content_type).body(asset.bytes))
}
