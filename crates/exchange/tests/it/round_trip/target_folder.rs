//! Promises of an export about its folder.

use std::fs;
use std::path::Path;

use gd_domain::{
    AudienceCode, Channel, Choice, ItemNumber, Opinion, Proposal, ProposalText, Qualification,
    Qualifications, StandingBallot, Timestamp,
};
use gd_exchange::{ExportCounts, WriteError, read_votes, write_open_data, write_parquet, write_polis};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tempfile::TempDir;

use super::consultations::{Case, case, participant};

pub fn small_case() -> Case {
    let mut case = case().new_tree(&mut TestRunner::deterministic()).unwrap().current();
    case.consultation.description.question = "Comment simplifier ?".into();
    case.consultation.description.introduction = "Une phrase.\nUne autre.".into();
    let proposal = |number, text: &str| Proposal {
        number: ItemNumber(number),
        text: ProposalText::from_record(text.to_owned()),
        author: Some(participant(5)),
        submitted_at: Timestamp::from_millis(1_795_288_700_000),
        status: gd_domain::ModerationStatus::Published,
        refusal_reason: None,
        theme: "accueil".parse().ok(),
        idea: "guichet".parse().ok(),
    };
    let later = Proposal {
        author: None,
        submitted_at: Timestamp::from_millis(1_795_288_700_500),
        status: gd_domain::ModerationStatus::Pending,
        theme: None,
        idea: None,
        ..proposal(3, "Moins de formulaires")
    };
    case.proposals = vec![proposal(0, "=Un guichet, \"unique\""), later];
    let both = [Qualification::LikeIt, Qualification::Doable].into_iter().collect::<Qualifications>();
    let first = StandingBallot {
        participant: participant(70),
        proposal: ItemNumber(0),
        opinion: Opinion::new(Choice::Agree, both).unwrap(),
        audience: AudienceCode(2),
        channel: Channel::Sequence,
        cast_at: Timestamp::from_millis(1_795_288_711_120),
    };
    let on_paper = |number, choice, millis| StandingBallot {
        participant: participant(5),
        proposal: ItemNumber(number),
        opinion: Opinion::bare(choice),
        audience: AudienceCode::UNDECLARED,
        channel: Channel::Assisted,
        cast_at: first.cast_at.plus_millis(millis),
    };
    case.ballots = vec![first, on_paper(0, Choice::Disagree, 1), on_paper(3, Choice::Neutral, 2)];
    case
}

type Ballots = Vec<Result<StandingBallot, &'static str>>;
type Write = fn(&Path, &Case, Ballots) -> Result<ExportCounts, WriteError>;

const FORMATS: [(Write, &[&str]); 3] = [
    (
        |dir, case, ballots| write_open_data(dir, &case.consultation, &case.proposals, ballots),
        &["answers.csv", "ballots.csv", "exposures.csv", "proposals.csv"],
    ),
    (
        |dir, case, ballots| write_parquet(dir, &case.consultation, &case.proposals, ballots),
        &["answers.parquet", "ballots.parquet", "exposures.parquet", "proposals.parquet"],
    ),
    (
        |dir, case, ballots| write_polis(dir, &case.consultation, &case.proposals, ballots),
        &["comments.csv", "participants-votes.csv", "summary.csv", "votes.csv"],
    ),
];

fn good(case: &Case) -> Ballots {
    case.ballots.iter().copied().map(Ok).collect()
}

fn names(dir: &Path) -> Vec<String> {
    let mut names = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect::<Vec<_>>();
    names.sort();
    names
}

#[test]
fn the_folder_is_made_and_holds_the_files_alone() {
    for (write, files) in FORMATS {
        let dir = TempDir::new().unwrap();
        let target = dir.path().join("a/b");
        write(&target, &small_case(), good(&small_case())).unwrap();
        assert_eq!(names(&target), files);
    }
}

#[test]
fn an_earlier_export_is_replaced_and_other_files_stay() {
    for (write, files) in FORMATS {
        let dir = TempDir::new().unwrap();
        fs::write(dir.path().join("zzz.txt"), "mine").unwrap();
        write(dir.path(), &small_case(), good(&small_case())).unwrap();
        let mut case = small_case();
        case.ballots.clear();
        write(dir.path(), &case, good(&case)).unwrap();
        assert_eq!(names(dir.path()), [files, &["zzz.txt"]].concat());
        let is_of_votes = |file: &&&str| ["ballots.csv", "ballots.parquet", "votes.csv"].contains(*file);
        let votes = files.iter().find(is_of_votes).unwrap();
        assert!(read_votes(&dir.path().join(votes), None).unwrap().ballots.is_empty());
    }
}

#[test]
fn a_file_from_elsewhere_is_never_replaced() {
    for (write, files) in FORMATS {
        for file in files {
            let dir = TempDir::new().unwrap();
            let foreign = "number,text,score\n1,My only copy,3\n";
            fs::write(dir.path().join(file), foreign).unwrap();
            let error = write(dir.path(), &small_case(), good(&small_case())).unwrap_err();
            assert!(matches!(error, WriteError::File(_)), "{error}");
            assert!(error.to_string().contains("choose another folder"), "{error}");
            assert_eq!(names(dir.path()), [*file]);
            assert_eq!(fs::read_to_string(dir.path().join(file)).unwrap(), foreign);
        }
    }
}

#[test]
fn a_failed_export_leaves_what_was_there() {
    for (write, files) in FORMATS {
        let dir = TempDir::new().unwrap();
        let case = small_case();
        let bad = [good(&case), vec![Err("the database is gone")]].concat();
        let error = write(dir.path(), &case, bad.clone()).unwrap_err();
        assert_eq!(error.to_string(), "the ballots cannot be read: the database is gone");
        assert!(names(dir.path()).is_empty());

        write(dir.path(), &case, good(&case)).unwrap();
        let before = files.iter().map(|file| fs::read(dir.path().join(file)).unwrap()).collect::<Vec<_>>();
        write(dir.path(), &case, bad).unwrap_err();
        let after = files.iter().map(|file| fs::read(dir.path().join(file)).unwrap()).collect::<Vec<_>>();
        assert_eq!((names(dir.path()), after), (files.iter().map(ToString::to_string).collect(), before));
    }
}

#[test]
fn a_file_is_no_folder() {
    for (write, _) in FORMATS {
        let dir = TempDir::new().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "").unwrap();
        let error = write(&file, &small_case(), Vec::new()).unwrap_err().to_string();
        assert!(error.ends_with("this is a file; give a folder to write into"), "{error}");
    }
}

#[test]
fn ballots_that_cannot_be_are_refused() {
    for (write, files) in FORMATS {
        let dir = TempDir::new().unwrap();
        let is_polis = files.contains(&"votes.csv");
        let refused = |case: &Case, part: &str| {
            let error = write(dir.path(), case, good(case)).unwrap_err();
            assert!(matches!(error, WriteError::Inconsistent(_)), "{error}");
            assert!(error.to_string().contains(part), "{error}");
            assert!(names(dir.path()).is_empty());
        };
        let mut unknown = small_case();
        unknown.ballots[1].proposal = ItemNumber(9);
        refused(&unknown, "number 9");
        let mut twice = small_case();
        twice.proposals[1].number = ItemNumber(0);
        refused(&twice, "two proposals have the number 0");
        if is_polis {
            let mut scattered = small_case();
            scattered.ballots.swap(0, 1);
            refused(&scattered, "do not follow one another");
            let mut again = small_case();
            again.ballots[2].proposal = ItemNumber(0);
            refused(&again, "two ballots of one participant stand on proposal 0");
        } else {
            let mut unknown = small_case();
            unknown.ballots[0].audience = AudienceCode(4);
            refused(&unknown, "audience code 4");
        }
    }
}
