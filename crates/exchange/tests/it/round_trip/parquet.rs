//! The Parquet form of our own format says what the CSV form says.

use std::fs;

use gd_domain::{Answers, ItemNumber, Slug};
use gd_exchange::{
    OpenDataSink, OpenDataWriter, ParquetWriter, Votes, read_votes, write_open_data, write_parquet,
};
use proptest::prelude::*;
use tempfile::TempDir;

use super::consultations::case;
use super::open_data::{ballots, expected};

fn read(dir: &TempDir, kind: &str) -> Votes {
    let file = |name: &str| dir.path().join(format!("{name}.{kind}"));
    read_votes(&file("ballots"), Some(&file("proposals"))).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn ballots_and_proposals_are_read_back_as_they_were(case in case(), order in any::<prop::sample::Index>()) {
        let mut case = case;
        let start = if case.ballots.is_empty() { 0 } else { order.index(case.ballots.len()) };
        case.ballots.rotate_left(start);
        let dir = TempDir::new().unwrap();
        let exported = write_parquet(dir.path(), &case.consultation, &case.proposals, case.stream()).unwrap();
        let votes = read(&dir, "parquet");
        prop_assert_eq!((exported, ballots(&votes), votes.proposals.clone()), expected(&case));

        write_open_data(dir.path(), &case.consultation, &case.proposals, case.stream()).unwrap();
        prop_assert_eq!(votes, read(&dir, "csv"));
    }
}

#[test]
fn exposures_are_read_back_from_beside_the_ballots() {
    let dir = TempDir::new().unwrap();
    let case = super::target_folder::small_case();
    let mut columns = ParquetWriter::create(dir.path(), &case.consultation, &case.proposals).unwrap();
    let mut lines = OpenDataWriter::create(dir.path(), &case.consultation, &case.proposals).unwrap();
    for (number, times) in [(0, 17), (3, 4)] {
        columns.exposures(ItemNumber(number), times).unwrap();
        lines.exposures(ItemNumber(number), times).unwrap();
    }
    assert!(columns.exposures(ItemNumber(4), 1).is_err(), "there is no such proposal");
    columns.finish().unwrap();
    lines.finish().unwrap();
    let votes = read(&dir, "parquet");
    assert_eq!(votes.exposures, [(ItemNumber(0), 17), (ItemNumber(3), 4)].into());
    assert_eq!(votes, read(&dir, "csv"));
}

#[test]
fn answers_are_read_back_from_beside_the_ballots_under_the_ballots_numbers() {
    let dir = TempDir::new().unwrap();
    let case = super::target_folder::small_case();
    let mut columns = ParquetWriter::create(dir.path(), &case.consultation, &case.proposals).unwrap();
    let mut lines = OpenDataWriter::create(dir.path(), &case.consultation, &case.proposals).unwrap();
    let slug = |text: &str| text.parse::<Slug>().unwrap();
    let answers =
        Answers([("age", "30-44"), ("area", "town")].map(|(one, other)| (slug(one), slug(other))).into());
    for ballot in &case.ballots {
        columns.ballot(ballot).unwrap();
        lines.ballot(ballot).unwrap();
    }
    for voter in [case.ballots[1].participant, super::consultations::participant(999)] {
        columns.answers(voter, &answers).unwrap();
        lines.answers(voter, &answers).unwrap();
    }
    columns.finish().unwrap();
    lines.finish().unwrap();
    let votes = read(&dir, "parquet");
    assert_eq!(votes.answers, [(super::consultations::participant(1), answers)].into());
    assert_eq!(votes, read(&dir, "csv"));
}

#[test]
fn a_file_of_many_row_groups_is_read_in_its_order() {
    let dir = TempDir::new().unwrap();
    let case = super::target_folder::small_case();
    // More ballots than two row groups hold, each said by how far apart in time they are.
    let count: i64 = (1 << 21) + 1_234;
    let first = case.ballots[0];
    let ballot = |place: i64| gd_domain::StandingBallot {
        participant: super::consultations::participant(place),
        audience: gd_domain::AudienceCode(u16::try_from(1 + place % 3).unwrap()),
        cast_at: first.cast_at.plus_millis(place * 7),
        ..first
    };
    let ballots = (0..count).map(|place| Ok::<_, std::io::Error>(ballot(place)));
    write_parquet(dir.path(), &case.consultation, &case.proposals, ballots).unwrap();
    let bytes = fs::metadata(dir.path().join("ballots.parquet")).unwrap().len();
    assert!(bytes < 8 * count.cast_unsigned(), "{bytes} bytes for {count} ballots");
    let votes = read(&dir, "parquet");
    assert_eq!(votes.ballots.len(), usize::try_from(count).unwrap());
    let names: Vec<&str> = votes.audiences.iter().map(gd_domain::Slug::as_str).collect();
    assert_eq!(names, ["directors", "staff", "users"]);
    let audience = |place: i64| ["users", "staff", "directors"][usize::try_from(place % 3).unwrap()];
    for (place, read) in (0..count).zip(votes.ballots.iter()) {
        assert_eq!((read.participant.number(), read.cast_at), (place, ballot(place).cast_at));
        assert_eq!(names[usize::from(read.audience.0) - 1], audience(place));
    }
}
