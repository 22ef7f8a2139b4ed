//! A sheet: one request states every item of a poll of dots or of a ranking, in one commit.

use std::collections::BTreeMap;

use gd_domain::{
    AudienceCode, BallotEvent, Channel, ChoiceCode, ItemNumber, Opinion, ParticipantId, PollId, Timestamp,
};
use thiserror::Error;

use crate::consultation::LookupError;
use crate::voting::cast::record;
use crate::voting::cast_error::CastError;
use crate::voting::own_ballots::own_ballots;
use crate::voting::state::Voting;
use crate::voting::write_queue::QueueError;

/// A participant's whole sheet.
pub struct Sheet<'a> {
    /// The consultation's short name.
    pub slug: &'a str,
    /// The poll, of dots or of a ranking.
    pub poll: PollId,
    /// The voter's participant number.
    pub participant: ParticipantId,
    /// The stratum: a table and an audience, or an audience.
    pub stratum: AudienceCode,
    /// The channel the sheet came in by.
    pub channel: Channel,
    /// The choice for each item that has one. Every other item of the poll is stated to have none.
    pub choices: BTreeMap<ItemNumber, ChoiceCode>,
    /// The admission stamp.
    pub now: Timestamp,
}

/// A sheet was not recorded, or is not known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SheetError {
    /// The consultation or the poll does not take votes.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// The poll is filled item by item.
    #[error("ballots of this poll are cast one by one")]
    NotASheet,
    /// The poll has no published item of this number.
    #[error("the poll has no item {0}")]
    ItemNotFound(ItemNumber),
    /// The poll's kind has no such choice.
    #[error("item {0} is given a choice that the poll does not have")]
    ChoiceUnknown(ItemNumber),
    /// A ranking gives one place to two items.
    #[error("item {0} has the place of another one")]
    PlaceTwice(ItemNumber),
    /// Busy, or a commit of unknown outcome. Sending the same again is safe.
    #[error("the sheet may not have been recorded; send it again")]
    TryAgain,
}

impl From<CastError> for SheetError {
    fn from(error: CastError) -> Self {
        match error {
            CastError::Lookup(error) => Self::Lookup(error),
            CastError::TryAgain => Self::TryAgain,
        }
    }
}

impl From<QueueError> for SheetError {
    fn from(_: QueueError) -> Self {
        Self::TryAgain
    }
}

impl Voting {
    /// Records a sheet, whole or not at all, in the place of the participant's earlier one; returns when it is on
    /// disk. The caller has checked that the participant may fill it.
    ///
    /// # Errors
    /// [`SheetError`].
    pub async fn cast_sheet(&self, sheet: Sheet<'_>) -> Result<(), SheetError> {
        let ballot_box = self.ballot_box(sheet.slug, Some(sheet.poll), sheet.now).await?;
        let kind = ballot_box.poll.kind;
        if !kind.is_sheet() {
            return Err(SheetError::NotASheet);
        }
        let items = ballot_box.items.published();
        let mut places = BTreeMap::new();
        for (&item, &code) in &sheet.choices {
            if items.binary_search(&item).is_err() {
                return Err(SheetError::ItemNotFound(item));
            }
            if !kind.allows(Opinion::coded(code)) {
                return Err(SheetError::ChoiceUnknown(item));
            }
            if kind == gd_domain::PollKind::Ranking && places.insert(code, item).is_some() {
                return Err(SheetError::PlaceTwice(item));
            }
        }
        let standing = own_ballots(&self.ports, &ballot_box, sheet.participant).await.map_err(|failure| {
            tracing::warn!(%failure, "standing ballots could not be read");
            SheetError::TryAgain
        })?;
        let stated = items.into_iter().chain(standing.iter().map(|ballot| ballot.proposal));
        let stated = stated.collect::<std::collections::BTreeSet<_>>();
        let event = |item: ItemNumber| BallotEvent {
            participant: sheet.participant,
            proposal: item,
            opinion: sheet.choices.get(&item).map(|&code| Opinion::coded(code)),
            audience: sheet.stratum,
            channel: sheet.channel,
            cast_at: sheet.now,
        };
        Ok(record(&ballot_box, stated.into_iter().map(event).collect()).await?)
    }
}
