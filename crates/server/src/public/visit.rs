//! A visit: a request for a page of a consultation, with the data that every page needs.

use std::sync::Arc;

use actix_web::HttpRequest;
use gd_domain::{Action, Choice, ItemNumber, Language, Proposal, ResultsVisibility, Timestamp};
use gd_engine::{ItemView, Lookup};
use gd_pages::{Card, Counts, Frame, Here};

use crate::edge::negotiation;
use crate::edge::path;
use crate::edge::problem::Problem;
use crate::state::AppState;

/// A request for a page of a consultation that the public may see.
pub(crate) struct Visit<'a> {
    pub(crate) app: &'a AppState,
    pub(crate) lookup: Lookup,
    pub(crate) now: Timestamp,
    language: Language,
    results_open: bool,
    path: String,
    /// The site's origin as this reader's browser knows it.
    own_origin: Option<String>,
}

impl<'a> Visit<'a> {
    /// A visit to the page at the request's own address.
    pub(crate) async fn at_address(request: &'a HttpRequest, app: &'a AppState) -> Result<Self, Problem> {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        Self::new(request, app, path.to_owned()).await
    }

    /// A visit by a form, which shows `page` of the consultation again when it cannot redirect.
    pub(crate) async fn by_form(
        request: &'a HttpRequest,
        app: &'a AppState,
        page: &str,
    ) -> Result<Self, Problem> {
        Self::new(request, app, format!("/c/{}{page}", path::slug(request))).await
    }

    async fn new(request: &'a HttpRequest, app: &'a AppState, path: String) -> Result<Self, Problem> {
        let now = app.engine.now();
        let lookup = app.engine.consultation().find(path::slug(request), Action::Read, now)?;
        let results_open = app.engine.results().are_visible(&lookup, now).await?;
        let language =
            negotiation::language(request.headers(), lookup.view.consultation.description.language);
        let own_origin = app.origin_for(request);
        Ok(Self { app, lookup, now, language, results_open, path, own_origin })
    }

    /// This visit in another language than the reader's own.
    pub(crate) fn in_language(self, language: Option<Language>) -> Self {
        Self { language: language.unwrap_or(self.language), ..self }
    }

    /// The consultation's proposals, loaded if they are not in memory.
    pub(crate) async fn items(&self) -> Result<Arc<ItemView>, Problem> {
        Ok(self.app.engine.proposals().items(self.lookup.first_poll()).await?)
    }

    /// Whether a proposal of this number is published.
    pub(crate) async fn is_published(&self, number: ItemNumber) -> Result<bool, Problem> {
        Ok(self.items().await?.proposal(number).is_some_and(Proposal::is_published))
    }

    pub(crate) fn slug(&self) -> &str {
        self.lookup.view.consultation.slug().as_str()
    }

    /// Whether votes and proposals are accepted now.
    pub(crate) fn is_open(&self) -> bool {
        self.lookup.phase.accepts(Action::Vote)
    }

    /// The path of one of the consultation's pages.
    pub(crate) fn path_of(&self, page: &str) -> String {
        format!("/c/{}{page}", self.slug())
    }

    /// The path of a proposal's private link.
    pub(crate) fn receipt_path(&self, proposal: ItemNumber) -> String {
        self.path_of(&format!("/receipts/{}", self.app.receipts.write(self.lookup.id(), proposal)))
    }

    /// A card as pages show it.
    pub(crate) fn card(&self, shown: gd_engine::ServedCard) -> Card {
        let consultation = &self.lookup.view.consultation;
        let theme = shown.proposal.theme.as_ref().and_then(|id| consultation.theme(id.as_str()));
        Card {
            number: shown.proposal.number,
            text: shown.proposal.text.as_str().to_owned(),
            theme: theme.map(|theme| theme.title.clone()),
            key: shown.key,
        }
    }

    /// The live counts of a proposal; `None` while results are hidden.
    pub(crate) async fn live_counts(&self, number: ItemNumber) -> Result<Option<Counts>, Problem> {
        if self.lookup.view.consultation.description.rules.results != ResultsVisibility::Live {
            return Ok(None);
        }
        let (_, totals) = self.app.engine.results().tallies(self.slug(), self.now).await?;
        let tally = totals.counts.proposals.get(&number).cloned().unwrap_or_default();
        let of = |choice| u64::try_from(tally.of(choice)).unwrap_or(0);
        let (agree, disagree, neutral) = (of(Choice::Agree), of(Choice::Disagree), of(Choice::Neutral));
        Ok(Some(Counts { agree, disagree, neutral }))
    }

    pub(crate) fn frame(&self) -> Frame<'_> {
        Frame { language: self.language, path: &self.path, origin: self.app.origin() }
    }

    /// The frame of a page for one reader only. Its links are absolute, because people copy them elsewhere.
    pub(crate) fn own_frame(&self) -> Frame<'_> {
        Frame { origin: self.own_origin.as_deref(), ..self.frame() }
    }

    pub(crate) fn here(&self) -> Here<'_> {
        Here {
            consultation: &self.lookup.view.consultation,
            phase: self.lookup.phase,
            results_open: self.results_open,
        }
    }
}
