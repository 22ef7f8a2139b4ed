//! Reads `ballots.csv`.

use gd_domain::{BallotColumns, Channel, Choice, Opinion, Qualifications, Slug, StandingBallot};

use crate::FileError;
use crate::audiences::{AudienceFault, AudiencesSeen};
use crate::known_proposals::KnownProposals;
use crate::progress::Progress;
use crate::row::{Row, SLUG_EXPECTED};
use crate::table::{Column, Table};

/// The ballots with the audiences they name.
pub(crate) struct BallotsFile {
    /// By name, so that their codes do not hang on the order of the rows.
    pub(crate) audiences: Vec<Slug>,
    /// In the order of the file.
    pub(crate) ballots: BallotColumns,
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
    let mut ballots = BallotColumns::default();
    while let Some(row) = table.next_row()? {
        progress.row();
        let ballot = columns.read(row, &mut audiences)?;
        if let Some(known) = known {
            known.refuse(ballot.proposal).map_err(|message| row.error(message))?;
        }
        ballots.push(&ballot);
    }
    Ok(audiences.by_name(ballots))
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

    fn read(&self, row: Row<'_>, audiences: &mut AudiencesSeen) -> Result<StandingBallot, FileError> {
        let choice = row.word::<Choice>(self.choice)?;
        let qualifications = row.word::<Qualifications>(self.qualifications)?;
        let opinion = Opinion::new(choice, qualifications)
            .map_err(|error| row.error(format!("{error}; correct the line")))?;
        let audience = audiences.code(row.text(self.audience)).map_err(|fault| match fault {
            AudienceFault::NoName => row.unexpected(self.audience, SLUG_EXPECTED),
            AudienceFault::TooMany(message) => row.error(message),
        })?;
        Ok(StandingBallot {
            participant: row.participant(self.participant)?,
            proposal: row.proposal_number(self.proposal)?,
            opinion,
            audience,
            channel: row.word::<Channel>(self.channel)?,
            cast_at: row.instant(self.cast_at)?,
        })
    }
}
