//! Our own format keeps everything but who, when and why of a proposal.

use std::fs;

use gd_domain::{Answers, AudienceCode, ItemNumber, Proposal, StandingBallot, Timestamp};
use gd_exchange::{ExportCounts, OpenDataSink, OpenDataWriter, Votes, read_votes, write_open_data};
use proptest::prelude::*;
use tempfile::TempDir;

use super::consultations::{AUDIENCES, Case, case, participant};

/// The content that both formats of the open data give a reader.
pub fn expected(case: &Case) -> (ExportCounts, Vec<StandingBallot>, Vec<Proposal>) {
    let ballots = case.renumbered();
    let participants = ballots.last().map_or(0, |ballot| ballot.participant.number() + 1).cast_unsigned();
    let bare = |proposal: &Proposal| Proposal {
        author: None,
        submitted_at: Timestamp::default(),
        refusal_reason: None,
        ..proposal.clone()
    };
    let exported =
        ExportCounts { proposals: case.proposals.len() as u64, ballots: ballots.len() as u64, participants };
    (exported, ballots, case.proposals.iter().map(bare).collect())
}

fn written_and_read(case: &Case) -> (ExportCounts, Votes) {
    let dir = TempDir::new().unwrap();
    let exported = write_open_data(dir.path(), &case.consultation, &case.proposals, case.stream()).unwrap();
    let votes = read_votes(&dir.path().join("ballots.csv"), Some(&dir.path().join("proposals.csv"))).unwrap();
    (exported, votes)
}

/// The ballots read, with the consultation's audience codes, by (participant, proposal).
pub fn ballots(votes: &Votes) -> Vec<StandingBallot> {
    let code = |read: AudienceCode| match usize::from(read.0).checked_sub(1) {
        None => AudienceCode::UNDECLARED,
        Some(place) => {
            let name = votes.audiences[place].as_str();
            let place = AUDIENCES.iter().position(|audience| *audience == name).unwrap();
            AudienceCode(u16::try_from(place + 1).unwrap())
        }
    };
    let mut ballots = votes
        .ballots
        .iter()
        .map(|ballot| StandingBallot { audience: code(ballot.audience), ..ballot })
        .collect::<Vec<_>>();
    ballots.sort_by_key(|ballot| (ballot.participant, ballot.proposal));
    ballots
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn ballots_and_proposals_are_read_back_as_they_were(case in case(), order in any::<prop::sample::Index>()) {
        // The order of the ballots is free here.
        let mut case = case;
        let start = if case.ballots.is_empty() { 0 } else { order.index(case.ballots.len()) };
        case.ballots.rotate_left(start);
        let (exported, votes) = written_and_read(&case);
        prop_assert_eq!((exported, ballots(&votes), votes.proposals), expected(&case));
    }
}

#[test]
fn the_files_are_laid_out_as_promised() {
    let dir = TempDir::new().unwrap();
    let case = super::target_folder::small_case();
    write_open_data(dir.path(), &case.consultation, &case.proposals, case.stream()).unwrap();
    let content = |name| fs::read_to_string(dir.path().join(name)).unwrap();
    assert_eq!(
        content("ballots.csv"),
        "participant,proposal,choice,qualifications,audience,channel,cast_at\n\
         0,0,agree,like_it|doable,staff,sequence,2026-11-21T19:18:31.120Z\n\
         1,0,disagree,,,assisted,2026-11-21T19:18:31.121Z\n\
         1,3,neutral,,,assisted,2026-11-21T19:18:31.122Z\n"
    );
    assert_eq!(
        content("proposals.csv"),
        "number,text,status,theme,idea\n\
         0,\"=Un guichet, \"\"unique\"\"\",published,accueil,guichet\n\
         3,Moins de formulaires,pending,,\n"
    );
    assert_eq!(content("exposures.csv"), "number,shown\n");
    assert_eq!(content("answers.csv"), "participant,question,answer\n");
}

#[test]
fn exposures_are_read_back_from_beside_the_ballots() {
    let dir = TempDir::new().unwrap();
    let case = super::target_folder::small_case();
    let mut writer = OpenDataWriter::create(dir.path(), &case.consultation, &case.proposals).unwrap();
    writer.exposures(ItemNumber(0), 17).unwrap();
    writer.exposures(ItemNumber(3), 4).unwrap();
    assert!(writer.exposures(ItemNumber(4), 1).is_err(), "there is no such proposal");
    writer.finish().unwrap();
    let file = |name: &str| dir.path().join(name);
    assert_eq!(fs::read_to_string(file("exposures.csv")).unwrap(), "number,shown\n0,17\n3,4\n");
    let read = || read_votes(&file("ballots.csv"), Some(&file("proposals.csv")));
    assert_eq!(read().unwrap().exposures, [(ItemNumber(0), 17), (ItemNumber(3), 4)].into());
    for (bad, said) in [("0,-1\n", "`shown` is `-1`"), ("0,1\n0,2\n", "already in line 2")] {
        fs::write(file("exposures.csv"), format!("number,shown\n{bad}")).unwrap();
        let refusal = read().unwrap_err().to_string();
        assert!(refusal.contains(said) && refusal.contains("exposures.csv"), "{refusal}");
    }
    fs::remove_file(file("exposures.csv")).unwrap();
    assert!(read().unwrap().exposures.is_empty(), "an export of an older program has none");
}

#[test]
fn answers_are_read_back_from_beside_the_ballots_under_the_ballots_numbers() {
    let dir = TempDir::new().unwrap();
    let case = super::target_folder::small_case();
    let answers = |given: &[(&str, &str)]| {
        let slug = |text: &str| text.parse().unwrap();
        Answers(given.iter().map(|(question, answer)| (slug(question), slug(answer))).collect())
    };
    let mut writer = OpenDataWriter::create(dir.path(), &case.consultation, &case.proposals).unwrap();
    for ballot in &case.ballots {
        writer.ballot(ballot).unwrap();
    }
    let mut voters = case.ballots.iter().map(|ballot| ballot.participant).collect::<Vec<_>>();
    voters.dedup();
    writer.answers(voters[1], &answers(&[("age", "30-44"), ("area", "town")])).unwrap();
    writer.answers(participant(999), &answers(&[("age", "60")])).unwrap();
    writer.finish().unwrap();
    let file = |name: &str| dir.path().join(name);
    let written = fs::read_to_string(file("answers.csv")).unwrap();
    assert_eq!(written, "participant,question,answer\n1,age,30-44\n1,area,town\n");
    let read = || read_votes(&file("ballots.csv"), Some(&file("proposals.csv")));
    let expected = [(participant(1), answers(&[("age", "30-44"), ("area", "town")]))].into();
    assert_eq!(read().unwrap().answers, expected);
    for (bad, said) in [("0,Age,60\n", "`question` is `Age`"), ("0,age,60\n0,age,30\n", "two answers")] {
        fs::write(file("answers.csv"), format!("participant,question,answer\n{bad}")).unwrap();
        let refusal = read().unwrap_err().to_string();
        assert!(refusal.contains(said) && refusal.contains("answers.csv"), "{refusal}");
    }
    fs::remove_file(file("answers.csv")).unwrap();
    assert!(read().unwrap().answers.is_empty(), "an export of an older program has none");
}
