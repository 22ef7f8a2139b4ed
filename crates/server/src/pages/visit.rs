//! A request for a consultation's page: what every page of it needs.

use actix_web::HttpRequest;
use gd_domain::{Action, Language, Timestamp};
use gd_engine::Lookup;
use gd_pages::{Frame, Here};

use crate::address;
use crate::problem::Problem;
use crate::reader;
use crate::shared::Shared;

/// A request for a page of a consultation that the public may see.
pub(super) struct Visit<'a> {
    pub(super) shared: &'a Shared,
    pub(super) lookup: Lookup,
    pub(super) now: Timestamp,
    language: Language,
    results_open: bool,
    path: String,
}

impl<'a> Visit<'a> {
    /// A visit of the page at the request's own address.
    pub(super) async fn at_address(request: &'a HttpRequest, shared: &'a Shared) -> Result<Self, Problem> {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        Self::new(request, shared, path.to_owned()).await
    }

    /// A visit by a form, which shows `page` of the consultation again when it cannot lead on.
    pub(super) async fn by_form(
        request: &'a HttpRequest,
        shared: &'a Shared,
        page: &str,
    ) -> Result<Self, Problem> {
        Self::new(request, shared, format!("/c/{}{page}", address::slug(request))).await
    }

    async fn new(request: &'a HttpRequest, shared: &'a Shared, path: String) -> Result<Self, Problem> {
        let now = shared.engine.now();
        let lookup = shared.engine.find(address::slug(request), Action::Read, now)?;
        let results_open = shared.engine.results_are_visible(&lookup).await?;
        let language = reader::language(request.headers(), lookup.view.consultation.description.language);
        Ok(Self { shared, lookup, now, language, results_open, path })
    }

    pub(super) fn slug(&self) -> &str {
        self.lookup.view.consultation.slug().as_str()
    }

    /// Whether votes and proposals are accepted now.
    pub(super) fn is_open(&self) -> bool {
        self.lookup.phase.accepts(Action::Vote)
    }

    /// The path of one of the consultation's pages.
    pub(super) fn path_of(&self, page: &str) -> String {
        format!("/c/{}{page}", self.slug())
    }

    pub(super) fn frame(&self) -> Frame<'_> {
        Frame { language: self.language, path: &self.path }
    }

    pub(super) fn here(&self) -> Here<'_> {
        Here {
            consultation: &self.lookup.view.consultation,
            phase: self.lookup.phase,
            results_open: self.results_open,
        }
    }
}
