//! `/`: the consultations of this installation.

use actix_web::{HttpRequest, HttpResponse};
use gd_domain::Language;
use gd_pages::{Frame, Here, HomePage, ListedConsultation};

use crate::edge::negotiation;
use crate::edge::problem::Problem;
use crate::public::response::cacheable;
use crate::state::App;

pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let now = app.engine.now();
    let lookups = app.engine.consultation().list(now);
    let mut consultations = Vec::with_capacity(lookups.len());
    for lookup in &lookups {
        let here = Here {
            consultation: &lookup.view.consultation,
            phase: lookup.phase,
            results_open: app.engine.results().are_visible(lookup, now).await?,
        };
        consultations
            .push(ListedConsultation { here, figures: app.engine.results().figures(lookup, now).await? });
    }
    let language = negotiation::language(request.headers(), Language::default());
    Ok(cacheable(
        &request,
        &HomePage { frame: Frame { language, path: "/", origin: app.origin() }, consultations },
    ))
}
