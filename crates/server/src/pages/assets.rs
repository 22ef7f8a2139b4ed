//! `/static/…`: styles, scripts and images. Their addresses change with their content, so browsers may
//! keep them for ever.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use crate::problem::Problem;

pub(crate) async fn show(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asset = gd_pages::assets::find(request.match_info().query("file")).ok_or_else(Problem::not_found)?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    response.insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    Ok(response.content_type(asset.content_type).body(asset.bytes))
}
