//! `/language`: the reader chooses a language.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use gd_domain::Language;

use crate::edge::body::Form;
use crate::edge::negotiation;
use crate::edge::problem::Problem;
use crate::edge::redirect::{local_path, see_other};
use crate::state::App;

pub(crate) async fn choose(
    request: HttpRequest,
    app: App,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let language = form.field("language").parse::<Language>();
    let language = language.map_err(|unknown| Problem::malformed(unknown.to_string()))?;
    let mut response = see_other(local_path(form.field("return_to")).unwrap_or("/"));
    let cookie = negotiation::language_cookie(language, app.is_behind_tls(&request));
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
