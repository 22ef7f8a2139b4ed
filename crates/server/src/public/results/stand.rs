//! `/c/{slug}/stand`: one's own ballots compared with the public report.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use gd_engine::ResultsError;
use gd_pages::{Report, StandPage};

use crate::edge::problem::{Code, Problem};
use crate::public::response::personal;
use crate::public::visit::Visit;
use crate::session::visitor::Visitor;
use crate::state::App;

pub(crate) async fn show(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let visit = Visit::at_address(&request, &app).await?;
    let report = shown_report(&visit).await?;
    let mine = match (&report, visitor.0) {
        (Some(_), Some(known)) => {
            app.engine.proposals().my_ballots(visit.slug(), known.id, visit.now).await?
        }
        _ => Vec::new(),
    };
    let ballots = mine.iter().map(|mine| (mine.ballot.proposal, mine.ballot.opinion.choice())).collect();
    let page = StandPage { frame: visit.frame(), here: visit.here(), ballots, report: report.as_deref() };
    Ok(personal(StatusCode::OK, &page))
}

/// The report that the public sees, if there is one yet.
async fn shown_report(visit: &Visit<'_>) -> Result<Option<Arc<Report>>, Problem> {
    let stored = match visit.app.engine.results().report(visit.slug(), visit.now).await {
        Ok((_, Some(stored))) => stored,
        Ok((_, None)) | Err(ResultsError::Hidden) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let parsed = visit.app.reports.parsed(visit.lookup.id(), &stored);
    parsed.map(Some).map_err(|error| {
        tracing::error!(consultation = visit.slug(), %error, "the report on record cannot be shown");
        Problem::new(Code::Internal, "The report cannot be shown; the operators have been told.")
    })
}
