//! `/c/{slug}/proposals`: the list of published proposals.

use actix_web::{HttpRequest, HttpResponse};
use gd_domain::{Consultation, ItemNumber, Proposal};
use gd_engine::{RankedQuery, Ranking};
use gd_pages::{ExploreFilter, ExplorePage, ExploreSort, ListedProposal};
use serde::Deserialize;

use crate::edge::limits::LISTING_LIMIT_DEFAULT;
use crate::edge::problem::Problem;
use crate::edge::query;
use crate::public::response::cacheable;
use crate::public::visit::Visit;
use crate::state::App;

/// The filter in the address. Invalid values are ignored, because people shorten and lengthen addresses.
#[derive(Deserialize)]
struct ExploreQuery {
    #[serde(default)]
    sort: String,
    #[serde(default)]
    theme: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

/// `GET /c/{slug}/proposals`: one page of the list.
pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let query = query::parse::<ExploreQuery>(&request)?;
    let visit = Visit::at_address(&request, &app).await?;
    let consultation = &visit.lookup.view.consultation;
    let sort = ExploreSort::parse(&query.sort).filter(|&sort| visit.here().results_open || !tells(sort));
    let sort = sort.unwrap_or_default();
    let theme = consultation.theme(&query.theme).map_or("", |theme| theme.id.as_str());
    let ranked = RankedQuery {
        ranking: ranking(sort),
        theme: Some(theme).filter(|theme| !theme.is_empty()),
        words: &query.q,
        after: query.after.parse().ok().map(ItemNumber),
        limit: LISTING_LIMIT_DEFAULT,
    };
    let found = app.engine.results().rank(visit.slug(), &ranked, visit.now).await?;
    let page = ExplorePage {
        frame: visit.frame(),
        here: visit.here(),
        filter: ExploreFilter { sort, theme, words: &query.q },
        proposals: found.proposals.iter().map(|proposal| listed(consultation, proposal)).collect(),
        found: u64::try_from(found.found).unwrap_or(u64::MAX),
        next: found.after,
    };
    Ok(cacheable(&request, &page))
}

fn listed(consultation: &Consultation, proposal: &Proposal) -> ListedProposal {
    let theme = proposal.theme.as_ref().and_then(|id| consultation.theme(id.as_str()));
    ListedProposal { quoted: proposal.into(), theme: theme.map(|theme| theme.title.clone()) }
}

fn tells(sort: ExploreSort) -> bool {
    matches!(sort, ExploreSort::Consensus | ExploreSort::Controversy)
}

fn ranking(sort: ExploreSort) -> Ranking {
    match sort {
        ExploreSort::Relevance => Ranking::Relevance,
        ExploreSort::New => Ranking::New,
        ExploreSort::Fewest => Ranking::FewestVotes,
        ExploreSort::Consensus => Ranking::Consensus,
        ExploreSort::Controversy => Ranking::Controversy,
    }
}
