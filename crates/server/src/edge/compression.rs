//! Compression of responses, for clients that take gzip.
//!
//! Every response is whole in memory before it is sent, so it is compressed in one go. Each thread keeps a
//! compressor: its tables take a quarter of a megabyte, too much to set up for each response.

use std::cell::RefCell;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::Error;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, ContentEncoding, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, block};
use flate2::{Compress, Compression, FlushCompress, Status};

use crate::edge::limits::UNREAD_BYTES_MAX;
use crate::edge::negotiation::takes_gzip;

/// Smallest body worth compressing, in bytes: a shorter one fits into one packet.
const BODY_MIN: usize = 1_024;

/// Largest body compressed on the worker's own thread, in bytes: a longer one would delay other requests.
const INLINE_BODY_MAX: usize = 65_536;

/// The largest window of the format (32 KiB), as a power of two.
const WINDOW_BITS: u8 = 15;

thread_local! {
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new_gzip(Compression::fast(), WINDOW_BITS));
}

/// Compresses the response if the client accepts gzip and the body is text of some length, and sends a long body in
/// pieces.
pub(crate) async fn compress(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    Ok(compressed_if_text(request, next).await?.map_body(|_, body| in_pieces(body)))
}

async fn compressed_if_text(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let client_takes_gzip = takes_gzip(request.headers());
    let mut response = next.call(request).await?.map_into_boxed_body();
    if !is_text(&response) || response.headers().contains_key(header::CONTENT_ENCODING) {
        return Ok(response);
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !client_takes_gzip {
        return Ok(response);
    }
    let (request, response) = response.into_parts();
    let (mut response, body) = response.into_parts();
    let body = match body.try_into_bytes() {
        Ok(plain) if plain.len() >= BODY_MIN => {
            mark(response.headers_mut());
            BoxBody::new(compressed(plain).await?)
        }
        Ok(plain) => BoxBody::new(plain),
        Err(stream) => stream,
    };
    Ok(ServiceResponse::new(request, response.set_body(body)))
}

fn mark(headers: &mut HeaderMap) {
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(ContentEncoding::Gzip.as_str()));
}

/// A long body sent piece by piece. Actix copies the unread rest of a whole body for each client.
struct Pieces(Bytes);

impl MessageBody for Pieces {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.0.len() as u64)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let length = self.0.len().min(UNREAD_BYTES_MAX);
        Poll::Ready((length > 0).then(|| Ok(self.0.split_to(length))))
    }
}

fn in_pieces(body: BoxBody) -> BoxBody {
    match body.try_into_bytes() {
        Ok(whole) if whole.len() > UNREAD_BYTES_MAX => BoxBody::new(Pieces(whole)),
        Ok(whole) => BoxBody::new(whole),
        Err(stream) => stream,
    }
}

/// Whether the media type compresses well.
fn is_text(response: &ServiceResponse<BoxBody>) -> bool {
    let kind = response.response().headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    kind.starts_with("text/")
        || ["json", "javascript", "xml"]
            .iter()
            .any(|ending| kind.strip_suffix(ending).is_some_and(|before| before.ends_with(['/', '+', '-'])))
}

async fn compressed(plain: Bytes) -> Result<Bytes, Error> {
    if plain.len() <= INLINE_BODY_MAX {
        return Ok(gzip(&plain));
    }
    Ok(block(move || gzip(&plain)).await?)
}

fn gzip(plain: &[u8]) -> Bytes {
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        let mut zipped = Vec::with_capacity(plain.len() / 3 + 64);
        loop {
            let read = usize::try_from(compressor.total_in()).unwrap_or(usize::MAX);
            let status =
                compressor.compress_vec(&plain[read.min(plain.len())..], &mut zipped, FlushCompress::Finish);
            match status.expect("compressing into memory does not fail") {
                Status::StreamEnd => break,
                Status::Ok | Status::BufError => zipped.reserve(plain.len() / 3 + 64),
            }
        }
        zipped.into()
    })
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::io::Read;

    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::web::get;
    use actix_web::{App, HttpResponse};
    use flate2::read::GzDecoder;

    use super::*;

    fn unzipped(zipped: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        GzDecoder::new(zipped).read_to_end(&mut plain).unwrap();
        plain
    }

    fn random_bytes(count: usize) -> Vec<u8> {
        let step = |state: &mut u64| {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            Some(u8::try_from(*state >> 56).unwrap())
        };
        let mut state = 1_u64;
        std::iter::from_fn(|| step(&mut state)).take(count).collect()
    }

    #[test]
    fn compressed_bodies_decompress_to_the_same_bytes() {
        // Repeating bytes end up far shorter than the reserved capacity, random ones longer.
        for plain in [vec![b'a'; 300_000], random_bytes(70_000), b"short".to_vec(), Vec::new()] {
            assert_eq!(unzipped(&gzip(&plain)), plain);
        }
    }

    #[actix_web::test]
    async fn a_long_response_is_sent_piece_by_piece() {
        for length in [0, 1, UNREAD_BYTES_MAX, UNREAD_BYTES_MAX + 1, 5 * UNREAD_BYTES_MAX] {
            let plain = random_bytes(length);
            let mut body = in_pieces(BoxBody::new(plain.clone()));
            assert_eq!(body.size(), BodySize::Sized(length as u64));
            let (mut sent, mut longest) = (Vec::new(), 0);
            while let Some(piece) = poll_fn(|context| Pin::new(&mut body).poll_next(context)).await {
                let piece = piece.unwrap();
                longest = longest.max(piece.len());
                sent.extend_from_slice(&piece);
            }
            assert!(longest <= UNREAD_BYTES_MAX, "{longest}");
            assert_eq!(sent, plain);
        }
    }

    async fn respond(
        body: &'static str,
        kind: &'static str,
        accepted: &'static str,
    ) -> (Option<HeaderValue>, Option<HeaderValue>, Bytes) {
        let handler = move || async move { HttpResponse::Ok().content_type(kind).body(body) };
        let app = init_service(App::new().route("/", get().to(handler)).wrap(from_fn(compress))).await;
        let request = TestRequest::get().insert_header((header::ACCEPT_ENCODING, accepted)).to_request();
        let response = call_service(&app, request).await;
        let header = |name| response.headers().get(name).cloned();
        let (coding, vary) = (header(header::CONTENT_ENCODING), header(header::VARY));
        (coding, vary, read_body(response).await)
    }

    #[actix_web::test]
    async fn text_is_compressed_for_those_who_take_it() {
        let long: &'static str = Box::leak("bonjour ".repeat(10_000).into_boxed_str());
        for kind in ["text/html; charset=utf-8", "application/json", "image/svg+xml", "text/javascript"] {
            let (coding, vary, body) = respond(long, kind, "gzip, br").await;
            assert_eq!(
                (coding.unwrap(), vary.unwrap()),
                (HeaderValue::from_static("gzip"), HeaderValue::from_static("accept-encoding"))
            );
            assert!(body.len() < long.len() / 50, "{}", body.len());
            assert_eq!(unzipped(&body), long.as_bytes());
        }
        let (coding, vary, body) = respond(long, "text/html", "br").await;
        assert_eq!((coding, vary.is_some(), body.len()), (None, true, long.len()));
        let (coding, vary, body) = respond(long, "image/png", "gzip").await;
        assert_eq!((coding, vary, body.len()), (None, None, long.len()));
        let (coding, _, body) = respond("short", "text/html", "gzip").await;
        assert_eq!((coding, &body[..]), (None, &b"short"[..]));
    }
}
