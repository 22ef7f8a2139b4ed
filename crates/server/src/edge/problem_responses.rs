//! OpenAPI responses: the problems each operation may return. `edge/problem.rs` maps errors to them.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

/// The name of the problem document's schema.
const SCHEMA: &str = "Problem";

macro_rules! responses {
    ($($name:ident = $status:literal, $codes:literal;)+) => {$(
        #[doc = $codes]
        pub(crate) struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                problem($status, $codes)
            }
        }
    )+};
}

responses! {
    Malformed = "400", "`malformed`";
    ParticipantInvalid = "401", "`participant_invalid`";
    ResultsHidden = "403", "`results_hidden`";
    ConsultationNotFound = "404", "`consultation_not_found`";
    ReportNotFound = "404", "`consultation_not_found` or `report_not_found`";
    PhaseClosed = "409", "`phase_closed`";
    BodyTooLarge = "413", "`body_too_large`";
    UnsupportedMediaType = "415", "`unsupported_media_type`";
    AnswerUnknown = "422", "`answer_unknown`";
    AudienceUnknown = "422", "`audience_unknown`";
    TextRefused = "422", "`text_empty` or `text_too_long`";
    TooManyBallots = "422", "`too_many_ballots`";
    RateLimited = "429", "`rate_limited`";
    TryAgain = "503", "`try_again`";
}

fn problem(status: &str, codes: &str) -> BTreeMap<String, RefOr<Response>> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(SCHEMA))).build();
    let response =
        ResponseBuilder::new().description(codes).content("application/problem+json", content).build();
    BTreeMap::from([(status.to_owned(), response.into())])
}
