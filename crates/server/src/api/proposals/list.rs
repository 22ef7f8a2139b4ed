//! `GET /api/v1/consultations/{slug}/proposals`: the list of published proposals.

use actix_web::{HttpRequest, HttpResponse};
use gd_domain::{Action, ItemNumber};
use gd_engine::{ListingOrder, ListingQuery};
use serde::Deserialize;
use utoipa::IntoParams;

use super::card::{CardBody, Proposals};
use crate::api::response::personal;
use crate::edge::limits::LISTING_LIMIT_DEFAULT;
use crate::edge::problem::Problem;
use crate::edge::problem_responses;
use crate::edge::{number, path, query};
use crate::session::visitor::Visitor;
use crate::state::App;

/// The filter, the order and the length of the list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// `new` (the latest first, by default) or `old`.
    sort: Option<String>,
    /// Only proposals of the theme with this short name.
    theme: Option<String>,
    /// Only proposals that hold each of these words, whatever the accents and the case.
    q: Option<String>,
    /// Only proposals after this one, in the order of the list: the `after` of the page before.
    #[param(value_type = Option<u32>)]
    after: Option<String>,
    /// Number of proposals: 20 by default, 100 at most.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// List the published proposals.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/proposals", tag = "proposals", operation_id = "list_proposals",
    params(("slug" = String, Path, description = "The consultation's short name"), ListQuery),
    responses(
        (status = 200, description = "A page of the list", body = Proposals),
        problem_responses::Malformed, problem_responses::ParticipantInvalid,
        problem_responses::ConsultationNotFound, problem_responses::RateLimited,
    ),
)]
pub(crate) async fn list(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let query = query::parse::<ListQuery>(&request)?;
    let query = query.listing()?;
    let (slug, now) = (path::slug(&request), app.engine.now());
    app.engine.consultation().find(slug, Action::Read, now)?;
    let admitted = visitor.admit(&request, &app, now).await?;
    let listing = app.engine.proposals().list(slug, admitted.id(), &query, now).await?;
    let body = Proposals {
        proposals: listing.cards.iter().map(CardBody::from).collect(),
        after: listing.after.map(|after| after.0),
    };
    Ok(admitted.remember_in(personal(&body)))
}

impl ListQuery {
    fn listing(&self) -> Result<ListingQuery<'_>, Problem> {
        let order = match self.sort.as_deref() {
            None | Some("new") => ListingOrder::New,
            Some("old") => ListingOrder::Old,
            Some(other) => {
                return Err(Problem::malformed(format!("`sort` must be `new` or `old`, not `{other}`.")));
            }
        };
        let after = self.after.as_deref().map(|after| number::parse("after", after)).transpose()?;
        let limit = self.limit.as_deref().map(|limit| number::parse("limit", limit)).transpose()?;
        if limit == Some(0) {
            return Err(Problem::malformed("`limit` must be at least 1."));
        }
        Ok(ListingQuery {
            order,
            theme: self.theme.as_deref().filter(|theme| !theme.is_empty()),
            words: self.q.as_deref(),
            after: after.map(ItemNumber),
            limit: limit.unwrap_or(LISTING_LIMIT_DEFAULT),
        })
    }
}
