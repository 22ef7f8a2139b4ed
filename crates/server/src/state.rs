//! Application state: the engine, the secrets that sign cookies and links, the metrics, the caches, and whether the
//! server is draining.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::http::Uri;
use actix_web::{HttpRequest, web};
use gd_engine::ports::LimitedRequest;
use gd_engine::{Engine, SignedCookie};
use ipnet::IpNet;

use crate::edge::client;
use crate::edge::cookie::PARTICIPANT_COOKIE_PURPOSE;
use crate::edge::limits::{CACHED_RESPONSES_BYTES_MAX, REPORT_FILES_BYTES_MAX};
use crate::edge::metrics::Metrics;
use crate::edge::problem::Problem;
use crate::edge::report_cache::ReportCache;
use crate::edge::request_id::RequestIds;
use crate::edge::response_cache::ResponseCache;
use crate::session::device_links::DeviceLinks;
use crate::session::receipts::Receipts;
use crate::session::widget_tokens::WidgetTokens;
use crate::settings::ServerSettings;

/// The state as handlers extract it.
pub(crate) type App = web::Data<AppState>;

/// The state that all handlers share.
pub(crate) struct AppState {
    pub(crate) engine: Arc<Engine>,
    pub(crate) cookies: SignedCookie,
    pub(crate) receipts: Receipts,
    pub(crate) device_links: DeviceLinks,
    pub(crate) widget_tokens: WidgetTokens,
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub(crate) public_url: Option<Uri>,
    origin: Option<String>,
    pub(crate) metrics: Metrics,
    pub(crate) request_ids: RequestIds,
    pub(crate) reports: ReportCache,
    pub(crate) responses: ResponseCache,
    pub(crate) report_files: ResponseCache,
    draining: AtomicBool,
}

impl AppState {
    pub(crate) fn new(engine: Arc<Engine>, settings: &ServerSettings) -> Self {
        let public_url = settings.public_url.as_deref().and_then(|url| url.parse::<Uri>().ok());
        Self {
            origin: public_url.as_ref().and_then(origin),
            receipts: Receipts::new(&settings.secret),
            device_links: DeviceLinks::new(&settings.secret),
            widget_tokens: WidgetTokens::new(&settings.secret),
            cookies: SignedCookie::new(&settings.secret, PARTICIPANT_COOKIE_PURPOSE),
            trusted_proxies: settings.trusted_proxies.clone(),
            public_url,
            metrics: Metrics::default(),
            request_ids: RequestIds::new(engine.running().random_bits()),
            reports: ReportCache::default(),
            responses: ResponseCache::new(CACHED_RESPONSES_BYTES_MAX),
            report_files: ResponseCache::new(REPORT_FILES_BYTES_MAX),
            draining: AtomicBool::new(false),
            engine,
        }
    }

    /// The state that the route table attached to the request.
    pub(crate) fn of(request: &HttpRequest) -> &Self {
        request.app_data::<App>().expect("the route table adds it to every request")
    }

    /// The site's public origin, as in `https://dialogue.example`, if the operator set it. The request's `Host` is
    /// not trusted here, because pages are cached for other readers.
    pub(crate) fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// The site's origin for pages that only this reader sees: the public one, else the `Host` of the request.
    pub(crate) fn origin_for(&self, request: &HttpRequest) -> Option<String> {
        let said = || {
            let scheme = if self.is_behind_tls(request) { "https" } else { "http" };
            Some(format!("{scheme}://{}", client::host(request)?))
        };
        self.origin.clone().or_else(said)
    }

    /// Takes one from the budget of `who`; refuses with 429 once it is used up.
    pub(crate) async fn take_from_budget(&self, what: LimitedRequest, who: &str) -> Result<(), Problem> {
        self.engine.running().ration(what, who).await.map_err(Problem::rate_limited)
    }

    /// Whether browsers reach this server over TLS.
    pub(crate) fn is_behind_tls(&self, request: &HttpRequest) -> bool {
        let public = self.public_url.as_ref().and_then(Uri::scheme_str);
        public == Some("https") || client::came_over_tls(request, &self.trusted_proxies)
    }

    pub(crate) fn start_draining(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }
}

fn origin(url: &Uri) -> Option<String> {
    Some(format!("{}://{}", url.scheme_str()?, url.authority()?))
}
