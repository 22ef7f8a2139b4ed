//! `/c/{slug}`: the question, the figures so far, and the next step.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use gd_engine::ItemView;
use gd_pages::{Frame, Here, LandingPage, Page, QuotedProposal};

use crate::edge::conditional::{ResponseKind, TaggedBody, respond};
use crate::edge::limits::LANDING_PROPOSALS_MAX;
use crate::edge::problem::Problem;
use crate::edge::response_cache::{ResponseVersion, Subject};
use crate::public::response::cacheable;
use crate::public::visit::Visit;
use crate::state::App;

pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let visit = Visit::at_address(&request, &app).await?;
    let totals = app.engine.voting().totals(visit.lookup.first_poll(), visit.now).await?;
    let items = visit.items().await?;
    let figures = gd_engine::figures(items.published().len(), &totals);
    let (frame, here) = (visit.frame(), visit.here());
    if frame.path != visit.path_of("") {
        // The page links to its own address, which anybody may lengthen.
        let latest = latest(&items);
        return Ok(cacheable(&request, &LandingPage { frame, here, figures, latest }));
    }
    let version = ResponseVersion::new(&visit.lookup, &items, &totals, here.results_open);
    let (view, path) = (Arc::clone(&visit.lookup.view), frame.path.to_owned());
    let (language, phase, results_open) = (frame.language, here.phase, here.results_open);
    let site = app.clone();
    let make = move || {
        let frame = Frame { language, path: &path, origin: site.origin() };
        let here = Here { consultation: &view.consultation, phase, results_open };
        let page = LandingPage { frame, here, figures, latest: latest(&items) };
        Ok(TaggedBody::compressed(page.to_html().into_bytes()))
    };
    let id = visit.lookup.id();
    let body = app.responses.get(id, Subject::Landing(language), version, make).await?;
    Ok(respond(&request, ResponseKind::PAGE, &body))
}

/// The latest published proposals, quoted because they are the best invitation.
fn latest(items: &ItemView) -> Vec<QuotedProposal> {
    items.published().rev().take(LANDING_PROPOSALS_MAX).map(QuotedProposal::from).collect()
}
