//! A card and a page of cards, as the API shows proposals.

use gd_engine::ServedCard;
use serde::Serialize;
use utoipa::ToSchema;

/// A proposal shown to one participant.
#[derive(Serialize, ToSchema)]
#[schema(as = Card)]
pub(crate) struct CardBody<'a> {
    /// Its number in the consultation.
    number: u32,
    /// Its text, as published.
    text: &'a str,
    /// The short name of its theme.
    theme: Option<&'a str>,
    /// The vote key: send it back with a ballot on this proposal, within 24 hours.
    key: &'a str,
}

impl<'a> From<&'a ServedCard> for CardBody<'a> {
    fn from(card: &'a ServedCard) -> Self {
        let proposal = &card.proposal;
        Self {
            number: proposal.number.0,
            text: proposal.text.as_str(),
            theme: proposal.theme.as_ref().map(gd_domain::Slug::as_str),
            key: &card.key,
        }
    }
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Proposals<'a> {
    pub(crate) proposals: Vec<CardBody<'a>>,
    /// The `after` of the next page; `null` at the end.
    pub(crate) after: Option<u32>,
}
