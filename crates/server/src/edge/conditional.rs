//! Cacheable responses: `Cache-Control`, `ETag`, 304.

use std::io::Write;

use actix_web::http::header::{self, ContentEncoding, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::edge::limits::{FIGURES_AGE_SECONDS_MAX, PAGE_AGE_SECONDS_MAX};
use crate::edge::negotiation::{LANGUAGE_VARIES_BY, takes_gzip};

/// The media type of a response, who may store it and for how long.
#[derive(Clone, Copy)]
pub(crate) struct ResponseKind {
    pub(crate) content_type: &'static str,
    /// `max-age` for browsers and shared caches, in seconds.
    pub(crate) age_seconds_max: u32,
    /// The request headers the response depends on (`Vary`).
    pub(crate) vary: Option<&'static str>,
}

impl ResponseKind {
    pub(crate) const JSON: Self =
        Self { content_type: "application/json", age_seconds_max: FIGURES_AGE_SECONDS_MAX, vary: None };

    /// A page in the reader's language.
    pub(crate) const PAGE: Self = Self {
        content_type: "text/html; charset=utf-8",
        age_seconds_max: PAGE_AGE_SECONDS_MAX,
        vary: Some(LANGUAGE_VARIES_BY),
    };

    /// This kind, depending on these request headers.
    pub(crate) const fn by(self, vary: &'static str) -> Self {
        Self { vary: Some(vary), ..self }
    }
}

/// A response body with its `ETag`.
pub(crate) struct TaggedBody {
    plain: Bytes,
    gzip: Option<Bytes>,
    /// Weak, because the body may be compressed on the way.
    tag: HeaderValue,
}

impl TaggedBody {
    /// A body that the compression middleware may compress.
    pub(crate) fn new(mut plain: Vec<u8>) -> Self {
        // A vector that grew while it was written holds up to twice its length.
        plain.shrink_to_fit();
        let tag = format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(&Sha256::digest(&plain)[..12]));
        let tag = tag.try_into().expect("base64 is a header value");
        Self { plain: plain.into(), gzip: None, tag }
    }

    /// A body that is compressed once for many requests.
    pub(crate) fn compressed(plain: Vec<u8>) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        let written = encoder.write_all(&plain).and_then(|()| encoder.finish());
        let mut gzip = written.expect("writing into memory does not fail");
        gzip.shrink_to_fit();
        Self { gzip: Some(gzip.into()), ..Self::new(plain) }
    }

    /// The memory the plain and the compressed form take together, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.plain.len() + self.gzip.as_ref().map_or(0, Bytes::len)
    }
}

/// Responds with the body, or with 304 if the client holds it already.
pub(crate) fn respond(request: &HttpRequest, kind: ResponseKind, body: &TaggedBody) -> HttpResponse {
    let known = knows(request.headers(), &body.tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::CACHE_CONTROL, format!("public, max-age={}", kind.age_seconds_max)));
    response.insert_header((header::ETAG, body.tag.clone()));
    if let Some(names) = kind.vary {
        response.insert_header((header::VARY, names));
    }
    if body.gzip.is_some() {
        response.append_header((header::VARY, "accept-encoding"));
    }
    if known {
        return response.finish();
    }
    response.content_type(kind.content_type);
    match &body.gzip {
        Some(gzip) if takes_gzip(request.headers()) => {
            response.insert_header(ContentEncoding::Gzip).body(Bytes::clone(gzip))
        }
        _ => response.body(Bytes::clone(&body.plain)),
    }
}

/// Whether `If-None-Match` names this tag.
fn knows(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let held = headers.get(header::IF_NONE_MATCH).map(HeaderValue::as_bytes).unwrap_or_default();
    let mut held = held.split(|&byte| byte == b',').map(<[u8]>::trim_ascii);
    held.any(|held| held == tag.as_bytes() || held == b"*")
}
