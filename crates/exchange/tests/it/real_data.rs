//! Public exports of real consultations give the figures counted from the files themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::path::{Path, PathBuf};

use gd_domain::{
    Calendar, Choice, Consultation, ConsultationDraft, ConsultationId, Deltas, ItemNumber, Language,
    ModerationStatus, Opinion, Origin, ParticipantId, Presentation, Proposal, Rules, Standing,
    StandingBallot, Timestamp, fold,
};
use gd_exchange::{PolisFolder, Votes, read_polis_folder, read_polis_folder_with, read_votes, write_polis};

#[expect(
    clippy::disallowed_methods,
    reason = "where the data lies is the machine's business, not the code's"
)]
fn real_data() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("GD_REAL_DATA").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "no real data in {}", folder.display());
    println!("passed over: no real data in {}", folder.display());
    None
}

fn standing(events: &[gd_domain::BallotEvent]) -> Standing {
    let mut standing = Standing::default();
    standing.apply(&fold(&Standing::default(), events).changes);
    standing
}

/// Standing opinions without times, which only one of the files has.
fn opinions(events: &[gd_domain::BallotEvent]) -> BTreeMap<(ParticipantId, ItemNumber), Opinion> {
    standing(events).ballots.into_iter().map(|(pair, ballot)| (pair, ballot.opinion)).collect()
}

/// Proposals, published, participants, standing ballots, agree, disagree, neutral on published ones.
type Figures = [i64; 7];

fn figures(dir: &Path) -> Figures {
    let folder = read_polis_folder(dir).unwrap();
    let published = folder.proposals.iter().filter(|proposal| proposal.is_published());
    let published = published.map(|proposal| proposal.number).collect::<BTreeSet<_>>();
    let ballots = standing(&folder.events).ballots;
    let all = Deltas::recount(ballots.values());
    let shown = all.proposals.iter().filter(|(number, _)| published.contains(number));
    let shown = shown.map(|(_, tally)| tally).collect::<Vec<_>>();
    let of = |choice| shown.iter().map(|tally| tally.of(choice)).sum::<i64>();
    [
        i64::try_from(folder.proposals.len()).unwrap(),
        i64::try_from(published.len()).unwrap(),
        all.participants,
        all.ballots(),
        of(Choice::Agree),
        of(Choice::Disagree),
        of(Choice::Neutral),
    ]
}

#[test]
fn polis_folders_give_the_figures_counted_from_their_files() {
    let Some(data) = real_data() else { return };
    let expected: [(&str, Figures); 4] = [
        ("15-per-hour-seattle", [54, 31, 339, 2_872, 1_335, 922, 592]),
        ("american-assembly.bowling-green", [896, 607, 2_031, 225_524, 109_378, 38_594, 77_068]),
        ("scoop-hivemind.biodiversity", [316, 154, 536, 29_719, 18_942, 5_282, 4_964]),
        ("vtaiwan.uberx", [197, 119, 1_921, 49_443, 30_950, 11_880, 6_518]),
    ];
    for (name, expected) in expected {
        assert_eq!(figures(&data.join("polis").join(name)), expected, "{name}");
    }
}

#[test]
fn every_row_of_votes_is_an_event_in_time_order() {
    let Some(data) = real_data() else { return };
    for (name, rows) in
        [("15-per-hour-seattle", 2_995), ("scoop-hivemind.biodiversity", 29_802), ("vtaiwan.uberx", 49_997)]
    {
        let events = read_polis_folder(&data.join("polis").join(name)).unwrap().events;
        assert_eq!(events.len(), rows, "{name}");
        assert!(events.is_sorted_by_key(|event| event.cast_at), "{name}");
    }
}

#[test]
fn a_folder_carries_its_question_texts_authors_and_refusals() {
    let Some(data) = real_data() else { return };
    let folder = read_polis_folder(&data.join("polis/15-per-hour-seattle")).unwrap();
    assert_eq!(folder.topic.as_deref(), Some("$15/hour"));
    assert!(folder.description.unwrap().ends_with("Will it be for the better or for the worse? Why?"));
    assert_eq!(folder.proposals.first().unwrap().number.0, 0);
    let last = folder.proposals.last().unwrap();
    assert_eq!(last.number.0, 53);
    assert_eq!(last.text.as_str(), "Not sure I believe any of this...");
    assert_eq!(last.author.map(ParticipantId::number), Some(6172));
    assert_eq!(last.submitted_at, Timestamp::from_millis(1_542_406_176_584));
    for proposal in &folder.proposals {
        let refused = proposal.status == ModerationStatus::Refused;
        assert_eq!(proposal.refusal_reason.is_some(), refused, "{}", proposal.number);
    }
    assert_eq!(folder.text_length_max, 310);
}

#[test]
fn votes_without_time_bear_the_time_of_the_latest_comment() {
    let Some(data) = real_data() else { return };
    let folder = read_polis_folder(&data.join("polis/american-assembly.bowling-green")).unwrap();
    assert!(folder.events.iter().all(|event| event.cast_at == Timestamp::from_millis(1_518_501_496_471)));
}

#[test]
fn two_files_of_a_folder_give_what_the_folder_gives() {
    let Some(data) = real_data() else { return };
    for (name, votes) in [
        ("15-per-hour-seattle", "votes.csv"),
        ("american-assembly.bowling-green", "participants-votes.csv"),
        ("scoop-hivemind.biodiversity", "votes.csv"),
        ("vtaiwan.uberx", "votes.csv"),
    ] {
        let dir = data.join("polis").join(name);
        let folder = read_polis_folder(&dir).unwrap();
        let read = read_votes(&dir.join(votes), Some(&dir.join("comments.csv"))).unwrap();
        let expected = Votes {
            proposals: folder.proposals,
            audiences: Vec::new(),
            ballots: folder.events.iter().filter_map(StandingBallot::after).collect(),
            exposures: std::collections::BTreeMap::new(),
            answers: std::collections::BTreeMap::new(),
        };
        assert_eq!(read, expected, "{name}");
    }
}

#[test]
fn standing_votes_agree_with_the_fold_of_every_vote() {
    let Some(data) = real_data() else { return };
    for name in ["15-per-hour-seattle", "scoop-hivemind.biodiversity", "vtaiwan.uberx"] {
        let dir = data.join("polis").join(name);
        let every_vote = read_votes(&dir.join("votes.csv"), None).unwrap();
        let standing_votes = read_votes(&dir.join("participants-votes.csv"), None).unwrap();
        assert_eq!(
            opinions(&every_vote.ballots.events()),
            opinions(&standing_votes.ballots.events()),
            "{name}"
        );
    }
}

#[test]
fn comments_without_text_are_enough_for_an_analysis() {
    let Some(data) = real_data() else { return };
    let dir = data.join("real-math/50ptpt-3gp-strict-no-meta");
    let read = read_votes(&dir.join("votes.csv"), Some(&dir.join("comments.csv"))).unwrap();
    assert_eq!((read.proposals.len(), read.ballots.len()), (29, 945));
    let refused = read.proposals.iter().filter(|proposal| !proposal.is_published());
    assert_eq!(refused.map(|proposal| proposal.number.0).collect::<Vec<_>>(), [13, 14, 16]);
    let without_comments = read_votes(&dir.join("votes.csv"), None).unwrap();
    assert_eq!(without_comments.ballots, read.ballots);
    assert!(without_comments.proposals.iter().all(gd_domain::Proposal::is_published));
}

#[test]
fn progress_tells_all_rows_at_the_end() {
    let Some(data) = real_data() else { return };
    let mut told = Vec::new();
    read_polis_folder_with(&data.join("polis/15-per-hour-seattle"), &mut |rows| told.push(rows)).unwrap();
    assert!(told.is_sorted());
    assert_eq!(told.last().copied().expect("it is told at the end"), 54 + 2_995);
}

#[test]
fn what_was_imported_is_exported_and_read_back() {
    let Some(data) = real_data() else { return };
    for name in ["15-per-hour-seattle", "american-assembly.bowling-green", "vtaiwan.uberx"] {
        let folder = read_polis_folder(&data.join("polis").join(name)).unwrap();
        let ballots = standing(&folder.events).ballots.into_values().collect::<Vec<_>>();
        let target = tempfile::TempDir::new().unwrap();
        let stream = ballots.iter().copied().map(Ok::<_, Infallible>);
        write_polis(target.path(), &consultation(&folder), &folder.proposals, stream).unwrap();
        let read = read_polis_folder(target.path()).unwrap();

        let without_author = |proposal: &Proposal| Proposal { author: None, ..proposal.clone() };
        let [before, after] =
            [&folder, &read].map(|folder| folder.proposals.iter().map(without_author).collect::<Vec<_>>());
        assert_eq!(after, before, "{name}");
        // Participants keep their order, so the two lists of standing ballots go side by side.
        let again = standing(&read.events).ballots.into_values();
        let told = |ballot: StandingBallot| (ballot.proposal, ballot.opinion, ballot.cast_at);
        assert!(again.map(told).eq(ballots.into_iter().map(told)), "{name}");
        assert_eq!((read.topic, read.description), (folder.topic, folder.description), "{name}");
    }
}

fn consultation(folder: &PolisFolder) -> Consultation {
    let description = ConsultationDraft {
        slug: "test".parse().unwrap(),
        organisation: String::new(),
        question: folder.topic.clone().unwrap_or_default(),
        introduction: folder.description.clone().unwrap_or_default(),
        language: Language::En,
        rules: Rules::default(),
        audiences: Vec::new(),
        questions: Vec::new(),
        themes: Vec::new(),
        calendar: Calendar::default(),
        origin: Origin::Polis,
        presentation: Presentation::default(),
    };
    Consultation { id: ConsultationId(1), description }
}
