//! Reads `ballots.csv`.

use std::collections::BTreeMap;

use gd_domain::{
    AudienceCode, BallotEvent, Channel, Choice, ConsultationDraft, Opinion, Qualifications, Slug,
};

use crate::FileError;
use crate::known_proposals::KnownProposals;
use crate::progress::Progress;
use crate::row::Row;
use crate::row::SLUG_EXPECTED;
use crate::table::{Column, Table};

/// The ballots with the audiences they name.
pub(crate) struct BallotsFile {
    /// By name, so that their codes do not hang on the order of the rows.
    pub(crate) audiences: Vec<Slug>,
    /// In time order; of two at the same instant the later row comes later.
    pub(crate) events: Vec<BallotEvent>,
}

/// Reads the ballots.
pub(crate) fn read_ballots(
    mut table: Table,
    known: Option<&KnownProposals<'_>>,
    progress: &mut Progress<'_>,
) -> Result<BallotsFile, FileError> {
    let columns = Columns::of(&table)?;
    table.closed_columns(&["choice", "channel"]);
    let mut audiences = AudiencesSeen::default();
    let mut events = Vec::new();
    while let Some(row) = table.next_row()? {
        progress.row();
        let event = columns.read(row, &mut audiences)?;
        if let Some(known) = known {
            known.refuse(event.proposal).map_err(|message| row.error(message))?;
        }
        events.push(event);
    }
    let audiences = audiences.by_name(&mut events);
    events.sort_by_key(|event| event.cast_at);
    Ok(BallotsFile { audiences, events })
}

struct Columns {
    participant: Column,
    proposal: Column,
    choice: Column,
    qualifications: Column,
    audience: Column,
    channel: Column,
    cast_at: Column,
}

impl Columns {
    fn of(table: &Table) -> Result<Self, FileError> {
        Ok(Self {
            participant: table.column("participant")?,
            proposal: table.column("proposal")?,
            choice: table.column("choice")?,
            qualifications: table.column("qualifications")?,
            audience: table.column("audience")?,
            channel: table.column("channel")?,
            cast_at: table.column("cast_at")?,
        })
    }

    fn read(&self, row: Row<'_>, audiences: &mut AudiencesSeen) -> Result<BallotEvent, FileError> {
        let choice = row.word::<Choice>(self.choice)?;
        let qualifications = row.word::<Qualifications>(self.qualifications)?;
        let opinion = Opinion::new(choice, qualifications)
            .map_err(|error| row.error(format!("{error}; correct the line")))?;
        Ok(BallotEvent {
            participant: row.participant(self.participant)?,
            proposal: row.proposal_number(self.proposal)?,
            opinion: Some(opinion),
            audience: audiences.code(row, self.audience)?,
            channel: row.word::<Channel>(self.channel)?,
            cast_at: row.instant(self.cast_at)?,
        })
    }
}

/// The audiences in the order they turn up, until all are known.
#[derive(Default)]
struct AudiencesSeen {
    codes: BTreeMap<String, (Slug, AudienceCode)>,
}

impl AudiencesSeen {
    fn code(&mut self, row: Row<'_>, column: Column) -> Result<AudienceCode, FileError> {
        let name = row.text(column);
        if name.is_empty() {
            return Ok(AudienceCode::UNDECLARED);
        }
        if let Some(&(_, code)) = self.codes.get(name) {
            return Ok(code);
        }
        let slug = name.parse::<Slug>().map_err(|_| row.unexpected(column, SLUG_EXPECTED))?;
        let code = self.next_code(row)?;
        self.codes.insert(name.to_owned(), (slug, code));
        Ok(code)
    }

    fn next_code(&self, row: Row<'_>) -> Result<AudienceCode, FileError> {
        let count_max = ConsultationDraft::LIST_LENGTH_MAX;
        match u16::try_from(self.codes.len() + 1) {
            Ok(code) if usize::from(code) <= count_max => Ok(AudienceCode(code)),
            _ => Err(row.error(format!(
                "this is audience {}, and a consultation has {count_max} at most; check the column `audience`",
                self.codes.len() + 1
            ))),
        }
    }

    /// Gives every audience the code of its place by name, in the events too.
    fn by_name(self, events: &mut [BallotEvent]) -> Vec<Slug> {
        let mut names = Vec::with_capacity(self.codes.len());
        let mut renumbered = BTreeMap::from([(AudienceCode::UNDECLARED, AudienceCode::UNDECLARED)]);
        for (code, (slug, seen)) in (1..).zip(self.codes.into_values()) {
            names.push(slug);
            renumbered.insert(seen, AudienceCode(code));
        }
        for event in events {
            event.audience = renumbered[&event.audience];
        }
        names
    }
}
