//! Files of other writers say what ours say: other encodings and pages, integers and instants of other widths.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use gd_domain::{AudienceCode, Choice, Opinion, Qualifications, StandingBallot};
use gd_exchange::{Votes, read_votes, write_parquet};
use parquet::basic::Encoding;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder, WriterVersion};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;
use tempfile::TempDir;

const BALLOTS: i64 = 5_000;

const SCHEMA: &str = "message ballots {
    REQUIRED INT32 participant;
    REQUIRED INT64 proposal;
    OPTIONAL BYTE_ARRAY choice (UTF8);
    OPTIONAL BYTE_ARRAY qualifications (UTF8);
    OPTIONAL BYTE_ARRAY audience (UTF8);
    REQUIRED BYTE_ARRAY channel (UTF8);
    REQUIRED INT64 cast_at (TIMESTAMP(MICROS,true));
}";

const WORDS: [&str; 4] = ["choice", "qualifications", "audience", "channel"];

/// Layouts of the same columns by other tools.
fn layouts() -> Vec<(&'static str, WriterPropertiesBuilder)> {
    let words_as = |encoding: Encoding| {
        WORDS.into_iter().fold(WriterProperties::builder().set_dictionary_enabled(false), |builder, name| {
            builder.set_column_encoding(ColumnPath::from(name), encoding)
        })
    };
    let old = || WriterProperties::builder().set_writer_version(WriterVersion::PARQUET_1_0);
    let new = || WriterProperties::builder().set_writer_version(WriterVersion::PARQUET_2_0);
    vec![
        ("a dictionary, pages of the first version", old()),
        ("a dictionary, pages of the second version", new()),
        ("a dictionary and many pages", new().set_data_page_row_count_limit(97).set_write_batch_size(10)),
        // The dictionary is given up after its first words: pages with it, then pages without.
        ("a dictionary that was given up", old().set_dictionary_page_size_limit(12).set_write_batch_size(10)),
        ("plain words", words_as(Encoding::PLAIN)),
        ("words by their lengths", words_as(Encoding::DELTA_LENGTH_BYTE_ARRAY)),
        ("words by what they begin with", words_as(Encoding::DELTA_BYTE_ARRAY)),
    ]
}

#[test]
fn ballots_are_read_however_their_columns_are_laid_out() {
    let case = super::target_folder::small_case();
    let ballot = |place: i64| {
        let turn = usize::try_from(place * place + place / 3).unwrap() % 7;
        let bare = Opinion::bare(Choice::ALL[turn % 3]);
        StandingBallot {
            participant: super::consultations::participant(place),
            opinion: if turn == 0 { case.ballots[0].opinion } else { bare },
            // Some have declared none, many in a row in between.
            audience: AudienceCode(if place % 1_000 < 300 { 0 } else { u16::try_from(turn % 4).unwrap() }),
            cast_at: case.ballots[0].cast_at.plus_millis(place * 7),
            ..case.ballots[0]
        }
    };
    let dir = TempDir::new().unwrap();
    let ballots = (0..BALLOTS).map(|place| Ok::<_, std::io::Error>(ballot(place)));
    write_parquet(dir.path(), &case.consultation, &case.proposals, ballots).unwrap();
    let file = |name: &str| dir.path().join(name);
    let read = || read_votes(&file("ballots.parquet"), Some(&file("proposals.parquet"))).unwrap();
    let ours = read();
    assert_eq!(ours.ballots.len(), 5_000);
    assert_eq!(ours.audiences.len(), 3);
    for (layout, properties) in layouts() {
        write(&file("ballots.parquet"), properties.build(), &ours);
        assert!(read() == ours, "{layout}");
    }
}

/// The same ballots as another writer lays them out.
fn write(path: &Path, properties: WriterProperties, votes: &Votes) {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let mut writer =
        SerializedFileWriter::new(File::create(path).unwrap(), schema, Arc::new(properties)).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let rows = &votes.ballots;
    let number = |number: i64| i32::try_from(number).unwrap();
    let participants: Vec<i32> = rows.participant.iter().map(|one| number(one.number())).collect();
    column::<Int32Type, _>(&mut group, participants.into_iter().map(Some), false);
    column::<Int64Type, _>(&mut group, rows.proposal.iter().map(|one| Some(i64::from(one.0))), false);
    let text = |word: &str| Some(ByteArray::from(word));
    column::<ByteArrayType, _>(&mut group, rows.choice.iter().map(|one| text(one.as_str())), true);
    let qualifications = |row: usize| match rows.qualifications.at(row) {
        Qualifications::NONE => None,
        some => text(&some.to_string()),
    };
    column::<ByteArrayType, _>(&mut group, (0..rows.len()).map(qualifications), true);
    let audience = |row: usize| match rows.audience.at(row) {
        AudienceCode::UNDECLARED => None,
        AudienceCode(code) => text(votes.audiences[usize::from(code) - 1].as_str()),
    };
    column::<ByteArrayType, _>(&mut group, (0..rows.len()).map(audience), true);
    let channel = |row: usize| text(rows.channel.at(row).as_str());
    column::<ByteArrayType, _>(&mut group, (0..rows.len()).map(channel), false);
    column::<Int64Type, _>(&mut group, rows.cast_at.iter().map(|at| Some(at.as_millis() * 1_000)), false);
    group.close().unwrap();
    writer.close().unwrap();
}

fn column<D: DataType, I: Iterator<Item = Option<D::T>>>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    rows: I,
    may_be_null: bool,
) {
    let rows: Vec<Option<D::T>> = rows.collect();
    let levels: Vec<i16> = rows.iter().map(|row| i16::from(row.is_some())).collect();
    let values: Vec<D::T> = rows.into_iter().flatten().collect();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<D>().write_batch(&values, may_be_null.then_some(&levels), None).unwrap();
    column.close().unwrap();
}
