//! Maps every error to an HTTP problem document: status, stable code, words (RFC 9457).
//!
//! Handlers return a [`Problem`]; under `/api` it is sent as `application/problem+json`, on pages it is
//! rendered as an error page in the reader's language. A failure of a port is logged here, once.

use std::fmt;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use gd_domain::ProposalTextError;
use gd_engine::ports::{PortError, PortErrorKind};
use gd_engine::{
    AnswersError, AudienceError, BallotRefusal, CastError, LookupError, ReadError, ResultsError, SubmitError,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::edge::cookie::forget_participant;
use crate::edge::limits::RETRY_AFTER_SECONDS;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $status:ident, $title:literal;)+) => {
        /// The kind of failure, which clients tell apart by its stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Code { $($(#[$doc])* $variant),+ }

        impl Code {
            /// All codes, for the tests.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code that clients act on.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The HTTP status the problem is sent with.
            pub(crate) const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status),+ }
            }

            const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }
        }
    };
}

codes! {
    Malformed = "malformed", BAD_REQUEST, "The request cannot be understood";
    ParticipantInvalid = "participant_invalid", UNAUTHORIZED, "The participant cookie was not made here";
    ResultsHidden = "results_hidden", FORBIDDEN, "The results are not public yet";
    CrossSite = "cross_site", FORBIDDEN, "The form was sent from another site";
    NotFound = "not_found", NOT_FOUND, "There is nothing at this address";
    ConsultationNotFound = "consultation_not_found", NOT_FOUND, "There is no such consultation";
    ReportNotFound = "report_not_found", NOT_FOUND, "There is no report yet";
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "The method is not supported here";
    TimedOut = "timed_out", REQUEST_TIMEOUT, "The request took too long to arrive";
    PhaseClosed = "phase_closed", CONFLICT, "The consultation does not accept this now";
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE, "The body is too large";
    QueryTooLong = "query_too_long", URI_TOO_LONG, "The query is too long";
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE, "The content type is not supported";
    TooManyBallots = "too_many_ballots", UNPROCESSABLE_ENTITY, "There are too many ballots";
    TextEmpty = "text_empty", UNPROCESSABLE_ENTITY, "The proposal is empty";
    TextTooLong = "text_too_long", UNPROCESSABLE_ENTITY, "The proposal is too long";
    AudienceUnknown = "audience_unknown", UNPROCESSABLE_ENTITY, "There is no such audience";
    AnswerUnknown = "answer_unknown", UNPROCESSABLE_ENTITY, "There is no such question or answer";
    RateLimited = "rate_limited", TOO_MANY_REQUESTS, "Too many requests";
    Internal = "internal", INTERNAL_SERVER_ERROR, "The server failed";
    TryAgain = "try_again", SERVICE_UNAVAILABLE, "Not known to be done: repeat";
    // Refusals of single ballots. The API lists them inside a 200; a form sends one ballot, so its refusal is the
    // whole response.
    ChoiceUnknown = "choice_unknown", UNPROCESSABLE_ENTITY, "The choice is unknown";
    QualificationNotAllowed = "qualification_not_allowed", UNPROCESSABLE_ENTITY, "The qualification does not go with the choice";
    ProposalNotFound = "proposal_not_found", NOT_FOUND, "There is no such proposal";
    ProposalNotPublished = "proposal_not_published", CONFLICT, "The proposal is not open to votes";
    VoteKeyInvalid = "vote_key_invalid", FORBIDDEN, "The vote key does not hold";
    VoteKeyExpired = "vote_key_expired", FORBIDDEN, "The vote key has expired";
}

/// A failed request, with the words of its response.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) code: Code,
    detail: String,
    retry_after_seconds: Option<u64>,
    allow: Option<&'static str>,
}

/// A problem document (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemDocument<'a> {
    /// A name for this kind of problem: `urn:grand-dialogue:problem:` and the code.
    r#type: String,
    /// The kind of problem in a few words.
    title: &'a str,
    /// The HTTP status of the response.
    status: u16,
    /// A sentence on what happened this time and what to do.
    detail: &'a str,
    /// The stable code to act on.
    #[schema(example = "phase_closed")]
    code: &'a str,
}

impl Problem {
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), retry_after_seconds: None, allow: None }
    }

    pub(crate) fn malformed(detail: impl Into<String>) -> Self {
        Self::new(Code::Malformed, detail)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(Code::NotFound, "There is nothing at this address: check how it is spelt.")
    }

    /// The resource supports only these methods.
    pub(crate) fn method_not_allowed(allow: &'static str) -> Self {
        let detail = format!("This address takes {allow}.");
        Self { allow: Some(allow), ..Self::new(Code::MethodNotAllowed, detail) }
    }

    pub(crate) fn rate_limited(wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let detail = format!("Wait {seconds} s, then repeat: nothing was recorded.");
        Self { retry_after_seconds: Some(seconds.max(1)), ..Self::new(Code::RateLimited, detail) }
    }

    fn try_again(error: &impl fmt::Display) -> Self {
        let problem = Self::new(Code::TryAgain, sentence(error));
        Self { retry_after_seconds: Some(RETRY_AFTER_SECONDS), ..problem }
    }

    fn phase_closed(error: &impl fmt::Display) -> Self {
        Self::new(Code::PhaseClosed, sentence(error))
    }

    fn consultation_not_found() -> Self {
        Self::new(Code::ConsultationNotFound, "There is no consultation at this address.")
    }

    /// The headers sent with the problem, as JSON or as a page.
    pub(crate) fn headers(&self) -> Vec<(header::HeaderName, HeaderValue)> {
        let mut headers = vec![(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        if let Some(seconds) = self.retry_after_seconds {
            headers.push((header::RETRY_AFTER, HeaderValue::from(seconds)));
        }
        if let Some(allow) = self.allow {
            headers.push((header::ALLOW, HeaderValue::from_static(allow)));
        }
        if self.code == Code::ParticipantInvalid {
            // A cookie that fails for ever, as after a change of secret, must not lock its owner out.
            headers.push((header::SET_COOKIE, forget_participant()));
        }
        headers
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.detail)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        for header in self.headers() {
            response.append_header(header);
        }
        let document = ProblemDocument {
            r#type: format!("urn:grand-dialogue:problem:{}", self.code.as_str()),
            title: self.code.title(),
            status: self.status_code().as_u16(),
            detail: &self.detail,
            code: self.code.as_str(),
        };
        let body = serde_json::to_vec(&document).expect("a struct of texts and numbers is JSON");
        response.content_type("application/problem+json").body(body)
    }
}

impl From<LookupError> for Problem {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound => Self::consultation_not_found(),
            LookupError::PhaseClosed(_) => Self::phase_closed(&error),
        }
    }
}

impl From<CastError> for Problem {
    fn from(error: CastError) -> Self {
        match error {
            CastError::Lookup(error) => error.into(),
            CastError::TryAgain => Self::try_again(&error),
        }
    }
}

impl From<BallotRefusal> for Problem {
    fn from(refusal: BallotRefusal) -> Self {
        let code = match refusal {
            BallotRefusal::ChoiceUnknown => Code::ChoiceUnknown,
            BallotRefusal::QualificationNotAllowed => Code::QualificationNotAllowed,
            BallotRefusal::ProposalNotFound => Code::ProposalNotFound,
            BallotRefusal::ProposalNotPublished => Code::ProposalNotPublished,
            BallotRefusal::VoteKeyInvalid => Code::VoteKeyInvalid,
            BallotRefusal::VoteKeyExpired => Code::VoteKeyExpired,
        };
        Self::new(code, sentence(&refusal))
    }
}

impl From<SubmitError> for Problem {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Lookup(error) => error.into(),
            SubmitError::Text(text) => match text {
                ProposalTextError::Empty { .. } => Self::new(Code::TextEmpty, sentence(&text)),
                ProposalTextError::TooLong { .. } => Self::new(Code::TextTooLong, sentence(&text)),
            },
            SubmitError::Port(failure) => failure.into(),
        }
    }
}

impl From<AudienceError> for Problem {
    fn from(error: AudienceError) -> Self {
        match error {
            AudienceError::Lookup(error) => error.into(),
            AudienceError::Unknown(_) => Self::new(Code::AudienceUnknown, sentence(&error)),
            AudienceError::TryAgain => Self::try_again(&error),
        }
    }
}

impl From<AnswersError> for Problem {
    fn from(error: AnswersError) -> Self {
        match error {
            AnswersError::Lookup(error) => error.into(),
            AnswersError::Unknown { .. } => Self::new(Code::AnswerUnknown, sentence(&error)),
            AnswersError::TryAgain(ref failure) => {
                tracing::warn!(%failure, "answers could not be recorded");
                Self::try_again(&error)
            }
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Lookup(error) => error.into(),
            ReadError::Port(failure) => failure.into(),
        }
    }
}

impl From<ResultsError> for Problem {
    fn from(error: ResultsError) -> Self {
        match error {
            ResultsError::Lookup(error) => error.into(),
            ResultsError::Hidden => {
                Self::new(Code::ResultsHidden, "The organizers show the results once they publish a report.")
            }
            ResultsError::Port(failure) => failure.into(),
        }
    }
}

impl From<PortError> for Problem {
    fn from(failure: PortError) -> Self {
        tracing::error!(%failure, "a request could not be served");
        match failure.kind {
            PortErrorKind::Unavailable | PortErrorKind::OutcomeUnknown => {
                Self::try_again(&"the records did not answer; repeating is safe")
            }
            PortErrorKind::AlreadyExists
            | PortErrorKind::Conflict
            | PortErrorKind::NotFound
            | PortErrorKind::Corrupt => {
                Self::new(Code::Internal, "A record could not be read; the operators have been told.")
            }
        }
    }
}

/// The words of an error as a sentence.
fn sentence(error: &impl fmt::Display) -> String {
    let words = error.to_string();
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_line_in_the_document() {
        let document = include_str!("../../../../docs/API.md");
        for code in Code::ALL {
            let line = format!("| {} | `{}` |", code.status().as_u16(), code.as_str());
            assert!(document.contains(&line), "docs/API.md lacks a line starting with {line}");
        }
    }

    #[test]
    fn waits_are_whole_seconds_and_never_too_short() {
        for (wait_ms, seconds) in [(1, 1), (1_000, 1), (1_001, 2), (0, 1)] {
            let problem = Problem::rate_limited(Duration::from_millis(wait_ms));
            assert_eq!(problem.retry_after_seconds, Some(seconds));
        }
    }

    #[test]
    fn the_codes_of_refused_ballots_are_the_engines() {
        use BallotRefusal as Refusal;
        for refusal in [
            Refusal::ChoiceUnknown,
            Refusal::QualificationNotAllowed,
            Refusal::ProposalNotFound,
            Refusal::ProposalNotPublished,
            Refusal::VoteKeyInvalid,
            Refusal::VoteKeyExpired,
        ] {
            assert_eq!(Problem::from(refusal).code.as_str(), refusal.code());
        }
    }
}
