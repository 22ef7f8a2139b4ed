//! Request bodies, JSON and forms: media type, size limit, timeout.

use std::fmt;
use std::marker::PhantomData;

use actix_web::body::{BodyStream, SizedStream, to_bytes_limited};
use actix_web::http::header;
use actix_web::web::{Bytes, Payload, Query};
use actix_web::{HttpMessage, HttpRequest};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use tokio::time::timeout;

use crate::edge::limits::{BODY_BYTES_MAX, CLIENT_BODY_TIMEOUT, FORM_BYTES_MAX};
use crate::edge::problem::{Code, Problem};
use crate::edge::query::is_utf8_once_decoded;

/// The bytes of a JSON body.
pub(crate) async fn read_json(request: &HttpRequest, payload: Payload) -> Result<Bytes, Problem> {
    read(request, payload, "application/json", BODY_BYTES_MAX).await
}

/// A JSON object as a value. Serde alone would also accept an array of its fields' values.
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ReadObject(PhantomData))
    }
}

struct ReadObject<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ReadObject<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields)).map(Object)
    }
}

/// Reads a JSON body, which must be an object, into a value.
pub(crate) fn parse_json<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Problem> {
    serde_json::from_slice(body)
        .map(|Object(value)| value)
        .map_err(|error| Problem::malformed(format!("The body does not fit: {error}.")))
}

/// The fields of a form, in order. One name may occur several times.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    pub(crate) async fn read(request: &HttpRequest, payload: Payload) -> Result<Self, Problem> {
        let body = read(request, payload, "application/x-www-form-urlencoded", FORM_BYTES_MAX).await?;
        let malformed = || Problem::malformed("The form is not encoded as forms are.");
        let text = std::str::from_utf8(&body).map_err(|_| malformed())?;
        if !is_utf8_once_decoded(text) {
            return Err(Problem::malformed("The form is not UTF-8."));
        }
        let fields = Query::<Vec<(String, String)>>::from_query(text).map_err(|_| malformed())?;
        Ok(Self(fields.into_inner()))
    }

    /// The first field of this name; empty if there is none.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// All fields with their names.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// All fields of this name.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

async fn read(
    request: &HttpRequest,
    payload: Payload,
    media_type: &str,
    bytes_max: usize,
) -> Result<Bytes, Problem> {
    if !request.content_type().eq_ignore_ascii_case(media_type) {
        let detail = format!("Send the body as `{media_type}`.");
        return Err(Problem::new(Code::UnsupportedMediaType, detail));
    }
    let too_large = || Problem::new(Code::BodyTooLarge, format!("A body holds at most {bytes_max} bytes."));
    let declared = declared_length(request);
    if declared.is_some_and(|length| length > bytes_max) {
        return Err(too_large());
    }
    let read = async {
        match declared {
            // Reserves the announced length; by default 32 KiB are reserved for each request.
            Some(length) => to_bytes_limited(SizedStream::new(length as u64, payload), bytes_max).await,
            None => to_bytes_limited(BodyStream::new(payload), bytes_max).await,
        }
    };
    let read = timeout(CLIENT_BODY_TIMEOUT, read).await;
    let read = read.map_err(|_| Problem::new(Code::TimedOut, "The body did not arrive in time."))?;
    let read = read.map_err(|_| too_large())?;
    read.map_err(|error| Problem::malformed(format!("The body could not be read: {error}.")))
}

fn declared_length(request: &HttpRequest) -> Option<usize> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
