//! Reads the real consultations that lie beside the project, for tests and trials.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use gd_analyzer::{ProposalCard, VoteTable};
use gd_domain::{
    AudienceCode, Channel, Choice, ItemNumber, ModerationStatus, Opinion, ParticipantId, StandingBallot,
    Timestamp,
};

/// The folder of real consultations; without one the test is skipped, except where all must run.
#[expect(clippy::disallowed_methods, reason = "a test asks the environment where its data is")]
pub(crate) fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("GD_REAL_DATA").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "no real data at {}", folder.display());
    println!("skipped: no real data at {}", folder.display());
    None
}

/// A folder in the open-data format of Polis as a vote table.
pub(crate) fn read(folder: &Path) -> VoteTable {
    let (cards, ballots) = rows(folder);
    VoteTable::new(cards, Vec::new(), ballots).unwrap()
}

pub(crate) fn rows(folder: &Path) -> (Vec<ProposalCard>, Vec<StandingBallot>) {
    let file = |name: &str| fs::read_to_string(folder.join(name)).map(|text| csv_rows(&text));
    let cards = file("comments.csv").unwrap()[1..].iter().map(|row| comment(row)).collect();
    let ballots: Vec<StandingBallot> = file("votes.csv").map_or_else(
        |_| standing_in_matrix(&file("participants-votes.csv").unwrap()),
        |rows| standing_of_events(&rows[1..]),
    );
    (cards, ballots)
}

fn comment(row: &[String]) -> ProposalCard {
    let status = if row[6] == "-1" { ModerationStatus::Refused } else { ModerationStatus::Published };
    ProposalCard {
        number: ItemNumber(row[2].parse().unwrap()),
        text: row[7].clone(),
        status,
        theme: None,
        idea: None,
    }
}

/// The latest row by timestamp stands; a later row wins a tie.
pub(crate) fn standing_of_events(rows: &[Vec<String>]) -> Vec<StandingBallot> {
    let mut standing: HashMap<(i64, u32), StandingBallot> = HashMap::new();
    for row in rows {
        let new = ballot(row[3].parse().unwrap(), row[2].parse().unwrap(), &row[4], row[0].parse().unwrap());
        let kept = standing.entry((new.participant.number(), new.proposal.0)).or_insert(new);
        if new.cast_at >= kept.cast_at {
            *kept = new;
        }
    }
    standing.into_values().collect()
}

fn standing_in_matrix(rows: &[Vec<String>]) -> Vec<StandingBallot> {
    let numbers: BTreeMap<usize, u32> = rows[0]
        .iter()
        .enumerate()
        .skip(6)
        .map(|(column, number)| (column, number.parse().unwrap()))
        .collect();
    let mut standing = Vec::new();
    for row in &rows[1..] {
        for (&column, &number) in numbers.iter().filter(|(column, _)| !row[**column].is_empty()) {
            standing.push(ballot(row[0].parse().unwrap(), number, &row[column], 0));
        }
    }
    standing
}

fn ballot(participant: i64, proposal: u32, vote: &str, cast_at: i64) -> StandingBallot {
    let choice = match vote {
        "1" => Choice::Agree,
        "-1" => Choice::Disagree,
        "0" => Choice::Neutral,
        other => panic!("a vote of {other}"),
    };
    StandingBallot {
        participant: ParticipantId::from_number(participant).unwrap(),
        proposal: ItemNumber(proposal),
        opinion: Opinion::bare(choice),
        audience: AudienceCode::UNDECLARED,
        channel: Channel::Import,
        cast_at: Timestamp::from_millis(cast_at),
    }
}

/// Rows of a well-formed CSV text with quoted fields.
pub(crate) fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut characters = text.chars().filter(|one| *one != '\r').peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => field.extend(characters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            other => field.push(other),
        }
    }
    rows
}
