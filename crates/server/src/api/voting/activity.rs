//! `/api/v1/consultations/{slug}/activity`: standing ballots by the minute they were cast in.

use std::ops::Bound::{Excluded, Unbounded};

use actix_web::{HttpRequest, HttpResponse};
use gd_domain::{Action, Minute};
use gd_engine::LiveTotals;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::response::{cached, json_bytes};
use crate::edge::conditional::ResponseKind;
use crate::edge::limits::ACTIVITY_MINUTES_MAX;
use crate::edge::path;
use crate::edge::problem::Problem;
use crate::edge::problem_responses;
use crate::edge::response_cache::{ResponseVersion, Subject};
use crate::edge::rfc3339::rfc3339;
use crate::state::App;

/// Standing ballots by the minute they were cast in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Activity {
    /// The minutes with ballots, in order, of the 24 hours that end with the last of them.
    #[schema(max_items = 1440)]
    minutes: Vec<ActiveMinute>,
}

/// A minute in which ballots were cast.
#[derive(Serialize, ToSchema)]
struct ActiveMinute {
    /// The minute's first instant (RFC 3339, UTC).
    #[schema(example = "2026-03-02T09:00:00Z")]
    at: String,
    /// Number of ballots cast in this minute that stand.
    #[schema(value_type = u64)]
    ballots: i64,
}

/// Standing ballots by the minute they were cast in, at most two seconds old.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/activity", tag = "consultations", operation_id = "activity",
    params(("slug" = String, Path, description = "The consultation's short name")),
    responses(
        (status = 200, description = "The last day with ballots", body = Activity),
        (status = 304, description = "Nothing has changed since the response whose `ETag` was sent"),
        problem_responses::ConsultationNotFound, problem_responses::RateLimited, problem_responses::TryAgain,
    ),
)]
pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let now = app.engine.now();
    let lookup = app.engine.consultation().find(path::slug(&request), Action::Read, now)?;
    let totals = app.engine.voting().totals(lookup.first_poll(), now).await?;
    let version = ResponseVersion::of_totals(&lookup, &totals);
    let make = move || json_bytes(&Activity::of(&totals));
    cached(&request, ResponseKind::JSON, (Subject::Activity, version), lookup.id(), make).await
}

impl Activity {
    fn of(totals: &LiveTotals) -> Self {
        let activity = &totals.counts.activity;
        let last = activity.last_key_value().map_or(Minute::default(), |(&minute, _)| minute);
        let day_before = Minute(last.0.saturating_sub(ACTIVITY_MINUTES_MAX));
        let minutes = activity.range((Excluded(day_before), Unbounded));
        let active = |(minute, &ballots): (&Minute, &i64)| {
            Some(ActiveMinute { at: rfc3339(minute.start())?, ballots })
        };
        Self { minutes: minutes.filter_map(active).collect() }
    }
}
