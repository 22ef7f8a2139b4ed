//! Reads `ballots.parquet`: several row groups at once, in their order, so that memory holds only a few of
//! them twice.

use std::fmt::Display;
use std::iter;
use std::path::Path;
use std::str::FromStr;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use gd_domain::{
    AudienceCode, BallotColumns, Choice, Column as BallotColumn, ItemNumber, Opinion, ParticipantId,
    Qualifications, Slug, Timestamp, UnknownWord,
};

use crate::FileError;
use crate::audiences::{AudienceFault, AudiencesSeen};
use crate::known_proposals::KnownProposals;
use crate::open_data::BallotsFile;
use crate::progress::Progress;
use crate::row::{SLUG_EXPECTED, excerpt};

use super::batches::Group;
use super::source::{Column, Kind, Source};

/// Threads that decode row groups.
const READERS_MAX: usize = 4;

/// Reads the ballots, in the order of the file.
pub(crate) fn read_ballots(
    path: &Path,
    known: Option<&KnownProposals<'_>>,
    progress: &mut Progress<'_>,
) -> Result<BallotsFile, FileError> {
    let source = Source::open(path)?;
    Columns::of(&source)?;
    let groups = source.group_count();
    let readers = thread::available_parallelism().map_or(1, usize::from).min(READERS_MAX).min(groups);
    let mut all = BallotColumns::default();
    let mut seen = AudiencesSeen::default();
    thread::scope(|scope| {
        let decoded: Vec<Receiver<Result<Part, FileError>>> = (0..readers)
            .map(|first| {
                let (give, take) = sync_channel(1);
                scope.spawn(move || {
                    for part in parts(path, known, (first..groups).step_by(readers)) {
                        // Nobody receives the group any more when an earlier one was refused.
                        let Ok(()) = give.send(part) else { break };
                    }
                });
                take
            })
            .collect();
        for group in 0..groups {
            let Ok(part) = decoded[group % readers].recv() else { break };
            let part = part?;
            progress.rows(part.ballots.len());
            let audience = joined(&part.audiences, &mut seen).map_err(|message| source.error(message))?;
            let mut ballots = part.ballots;
            ballots.audience = ballots.audience.map(|code| audience[usize::from(code.0)]);
            all.append(ballots);
        }
        Ok::<_, FileError>(())
    })?;
    Ok(seen.by_name(all))
}

/// The ballots of one row group.
struct Part {
    ballots: BallotColumns,
    /// The names of the audiences under the codes that the ballots have.
    audiences: Vec<Slug>,
}

/// Maps each audience code of a row group to its code in the whole file.
fn joined(audiences: &[Slug], seen: &mut AudiencesSeen) -> Result<Vec<AudienceCode>, String> {
    let mut codes = vec![AudienceCode::UNDECLARED];
    for name in audiences {
        codes.push(seen.code(name.as_str()).map_err(AudienceFault::message)?);
    }
    Ok(codes)
}

fn parts(
    path: &Path,
    known: Option<&KnownProposals<'_>>,
    groups: impl Iterator<Item = usize>,
) -> impl Iterator<Item = Result<Part, FileError>> {
    // A source of its own: two threads cannot share the place where a file is read.
    let source = Source::open(path).and_then(|source| Ok((Columns::of(&source)?, source)));
    groups.map(move |group| {
        let (columns, source) = source.as_ref().map_err(Clone::clone)?;
        columns.read(source, group, known)
    })
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
    fn of(source: &Source) -> Result<Self, FileError> {
        Ok(Self {
            participant: source.column("participant", Kind::Number)?,
            proposal: source.column("proposal", Kind::Number)?,
            choice: source.column("choice", Kind::Text)?,
            qualifications: source.column("qualifications", Kind::Text)?,
            audience: source.column("audience", Kind::Text)?,
            channel: source.column("channel", Kind::Text)?,
            cast_at: source.column("cast_at", Kind::Number)?,
        })
    }

    fn read(
        &self,
        source: &Source,
        index: usize,
        known: Option<&KnownProposals<'_>>,
    ) -> Result<Part, FileError> {
        let group = source.group(index)?;
        let participant = group.numbers(self.participant, participant)?;
        let proposal = group.numbers(self.proposal, |number| {
            let number = proposal_number("proposal", number)?;
            known.map_or(Ok(number), |known| known.refuse(number).map(|()| number))
        })?;
        let mut choice = Vec::with_capacity(proposal.len());
        group.words(
            self.choice,
            |text| word::<Choice>("choice", text),
            |word, times| choice.extend(iter::repeat_n(word, times)),
        )?;
        let units = source.units_per_milli(self.cast_at);
        let cast_at = group
            .numbers(self.cast_at, |units_since| Ok(Timestamp::from_millis(units_since.div_euclid(units))))?;
        let mut seen = AudiencesSeen::default();
        let ballots = BallotColumns {
            qualifications: column(&group, self.qualifications, |text| word("qualifications", text))?,
            audience: column(&group, self.audience, |text| {
                seen.code(text.trim()).map_err(|fault| match fault {
                    AudienceFault::NoName => unexpected("audience", excerpt(text), SLUG_EXPECTED),
                    AudienceFault::TooMany(message) => message,
                })
            })?,
            channel: column(&group, self.channel, |text| word("channel", text))?,
            participant,
            proposal,
            choice,
            cast_at,
        };
        check_opinions(&group, &ballots)?;
        Ok(Part { ballots, audiences: seen.in_order_of_codes() })
    }
}

fn column<T: Copy + PartialEq>(
    group: &Group<'_>,
    column: Column,
    read: impl FnMut(&str) -> Result<T, String>,
) -> Result<BallotColumn<T>, FileError> {
    let mut rows = BallotColumn::default();
    group.words(column, read, |word, times| {
        if times == 1 {
            rows.push(word);
        } else {
            rows.append(BallotColumn::same(word, times));
        }
    })?;
    Ok(rows)
}

/// Refuses qualifications that do not go with the choice in their row.
fn check_opinions(group: &Group<'_>, ballots: &BallotColumns) -> Result<(), FileError> {
    if ballots.qualifications.all_same() == Some(Qualifications::NONE) {
        return Ok(());
    }
    for (row, &choice) in ballots.choice.iter().enumerate() {
        Opinion::new(choice, ballots.qualifications.at(row))
            .map_err(|error| group.fault(row, format!("{error}; correct the row")))?;
    }
    Ok(())
}

/// Reads a participant's number from an integer.
pub(super) fn participant(number: i64) -> Result<ParticipantId, String> {
    ParticipantId::from_number(number)
        .map_err(|_| unexpected("participant", number, "a whole number from 0 up"))
}

/// Reads a proposal's number from an integer.
pub(super) fn proposal_number(column: &str, number: i64) -> Result<ItemNumber, String> {
    u32::try_from(number)
        .map(ItemNumber)
        .map_err(|_| unexpected(column, number, format_args!("a whole number from 0 to {}", u32::MAX)))
}

/// Reads a word of a closed list, or several words.
pub(super) fn word<W: FromStr<Err = UnknownWord>>(column: &str, text: &str) -> Result<W, String> {
    text.trim().parse().map_err(|UnknownWord { kind, expected, .. }| {
        unexpected(column, excerpt(text), format_args!("a {kind}, one of {expected}"))
    })
}

/// The error of a value that its column does not allow.
pub(super) fn unexpected(column: &str, found: impl Display, expected: impl Display) -> String {
    format!("`{column}` is `{found}` and should be {expected}; correct the row")
}
