//! The Polis format keeps numbers, texts, times, choices, and whether a proposal is shown.

use std::fs;

use gd_domain::{
    AudienceCode, Channel, ItemNumber, ModerationStatus, Opinion, Proposal, ProposalText, StandingBallot,
    Timestamp,
};
use gd_exchange::{ExportCounts, read_polis_folder, read_votes, write_polis};
use proptest::prelude::*;
use tempfile::TempDir;

use super::consultations::{Case, case};

/// The fields of a proposal that the format holds.
fn shown(proposals: &[Proposal]) -> Vec<(ItemNumber, ProposalText, Timestamp, bool)> {
    let shown = |proposal: &Proposal| {
        (proposal.number, proposal.text.clone(), proposal.submitted_at, proposal.is_published())
    };
    proposals.iter().map(shown).collect()
}

/// The fields of the ballots that the format holds.
fn expected_ballots(case: &Case) -> Vec<StandingBallot> {
    let plain = |ballot: StandingBallot| StandingBallot {
        opinion: Opinion::bare(ballot.opinion.choice()),
        audience: AudienceCode::UNDECLARED,
        channel: Channel::Import,
        ..ballot
    };
    case.renumbered().into_iter().map(plain).collect()
}

fn by_pair(events: &[gd_domain::BallotEvent]) -> Vec<StandingBallot> {
    let mut ballots = events.iter().filter_map(StandingBallot::after).collect::<Vec<_>>();
    ballots.sort_by_key(|ballot| (ballot.participant, ballot.proposal));
    ballots
}

fn trimmed(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn proposals_and_standing_ballots_are_read_back(case in case()) {
        let dir = TempDir::new().unwrap();
        let exported = write_polis(dir.path(), &case.consultation, &case.proposals, case.stream()).unwrap();
        let folder = read_polis_folder(dir.path()).unwrap();
        prop_assert_eq!(shown(&folder.proposals), shown(&case.proposals));
        for proposal in &folder.proposals {
            prop_assert!(matches!(proposal.status, ModerationStatus::Published | ModerationStatus::Refused));
        }
        prop_assert_eq!(by_pair(&folder.events), expected_ballots(&case));
        let description = &case.consultation.description;
        prop_assert_eq!(folder.topic, trimmed(&description.question));
        prop_assert_eq!(folder.description, trimmed(&description.introduction));
        prop_assert_eq!((exported.ballots, exported.proposals), (case.ballots.len() as u64, case.proposals.len() as u64));
    }

    #[test]
    fn standing_votes_alone_say_the_same_but_for_the_time(case in case()) {
        let dir = TempDir::new().unwrap();
        write_polis(dir.path(), &case.consultation, &case.proposals, case.stream()).unwrap();
        let votes =
            read_votes(&dir.path().join("participants-votes.csv"), Some(&dir.path().join("comments.csv"))).unwrap();
        let cast_at = case.proposals.iter().map(|proposal| proposal.submitted_at).max().unwrap();
        let expected = expected_ballots(&case).into_iter().map(|ballot| StandingBallot { cast_at, ..ballot });
        prop_assert_eq!(by_pair(&votes.ballots.events()), expected.collect::<Vec<_>>());
    }

    #[test]
    fn no_text_leads_to_a_voter(case in case()) {
        let dir = TempDir::new().unwrap();
        write_polis(dir.path(), &case.consultation, &case.proposals, case.stream()).unwrap();
        let folder = read_polis_folder(dir.path()).unwrap();
        for (written, read) in case.proposals.iter().zip(&folder.proposals) {
            prop_assert_eq!(read.author.is_some(), written.author.is_some());
            prop_assert!(folder.events.iter().all(|event| Some(event.participant) != read.author));
        }
        for (one, read_one) in case.proposals.iter().zip(&folder.proposals) {
            for (other, read_other) in case.proposals.iter().zip(&folder.proposals) {
                prop_assert_eq!(one.author == other.author, read_one.author == read_other.author);
            }
        }
    }
}

#[test]
fn the_files_are_laid_out_as_polis_does() {
    let dir = TempDir::new().unwrap();
    let case = super::target_folder::small_case();
    let exported = write_polis(dir.path(), &case.consultation, &case.proposals, case.stream()).unwrap();
    assert_eq!(exported, ExportCounts { proposals: 2, ballots: 3, participants: 2 });
    let content = |name| fs::read_to_string(dir.path().join(name)).unwrap();
    assert_eq!(
        content("comments.csv"),
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n\
         1795288700000,2026-11-21 19:18:20 UTC,0,2,1,1,1,\"=Un guichet, \"\"unique\"\"\"\n\
         1795288700500,2026-11-21 19:18:20 UTC,3,,0,0,-1,Moins de formulaires\n"
    );
    assert_eq!(
        content("votes.csv"),
        "timestamp,datetime,comment-id,voter-id,vote\n\
         1795288711120,2026-11-21 19:18:31 UTC,0,0,1\n\
         1795288711121,2026-11-21 19:18:31 UTC,0,1,-1\n\
         1795288711122,2026-11-21 19:18:31 UTC,3,1,0\n"
    );
    assert_eq!(
        content("participants-votes.csv"),
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,3\n\
         0,,,1,1,0,1,\n\
         1,,,2,0,1,-1,0\n"
    );
    assert_eq!(
        content("summary.csv"),
        "topic,Comment simplifier ?\nurl,\nviews,\nvoters,2\nvoters-in-conv,\ncommenters,1\ncomments,2\ngroups,\n\
         conversation-description,\"Une phrase.\nUne autre.\"\nexported-by,Grand Dialogue\n"
    );
}
