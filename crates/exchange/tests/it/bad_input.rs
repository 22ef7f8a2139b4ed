//! Every bad file is told with its name, its line, what is wrong and what to do.

use std::fs;
use std::path::{Path, PathBuf};

use gd_exchange::{FileError, PolisFolder, Votes, read_groups, read_polis_folder, read_votes};
use tempfile::TempDir;

const COMMENTS: &str = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n\
    1000,,0,7,1,0,1,First\n\
    3000,,2,7,1,0,-1,\"Second, with a comma\"\n";
const VOTES: &str = "timestamp,datetime,comment-id,voter-id,vote\n5000,,0,1,1\n4000,,2,1,-1\n";
const PARTICIPANTS: &str =
    "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,2\n1,0,0,2,1,1,1,-1\n4,,0,1,0,0,0,\n";
const BALLOTS: &str = "participant,proposal,choice,qualifications,audience,channel,cast_at\n\
    0,1,agree,like_it|doable,staff,sequence,2026-11-21T19:18:31.123Z\n\
    1,2,neutral,,,assisted,1795288711124\n\
    0,2,disagree,,directors,explore,2026-11-21T19:18:31.122Z\n";
const PROPOSALS: &str = "number,text,status,theme,idea\n1,One,published,,\n2,Two,withdrawn,costs,\n";

struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = TempDir::new().unwrap();
        for (name, content) in files {
            fs::write(folder.path().join(name), content).unwrap();
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self) -> Result<PolisFolder, FileError> {
        read_polis_folder(self.0.path())
    }

    fn read_votes(&self, votes: &str, comments: Option<&str>) -> Result<Votes, FileError> {
        read_votes(&self.path(votes), comments.map(|name| self.path(name)).as_deref())
    }
}

fn read(comments: &[u8], votes: &[u8]) -> Result<PolisFolder, FileError> {
    Folder::with(&[("comments.csv", comments), ("votes.csv", votes)]).read()
}

#[track_caller]
fn refused(result: Result<PolisFolder, FileError>, file: &str, line: Option<u64>, parts: &[&str]) {
    told(&result.unwrap_err(), file, line, parts);
}

#[track_caller]
fn told(error: &FileError, file: &str, line: Option<u64>, parts: &[&str]) {
    let message = error.to_string();
    let place = line.map_or_else(|| format!("{file}: "), |line| format!("{file}:{line}: "));
    assert!(message.contains(&place), "{message}: not at {place}");
    for part in parts {
        assert!(message.contains(part), "{message}: does not say {part}");
    }
    assert!(message.contains("; "), "{message}: does not say what to do");
    assert!(!message.contains('\n'), "{message}: more than a line");
}

#[test]
fn a_good_folder_is_read() {
    let folder = read(COMMENTS.as_bytes(), VOTES.as_bytes()).unwrap();
    let texts = folder.proposals.iter().map(|proposal| proposal.text.as_str()).collect::<Vec<_>>();
    assert_eq!(texts, ["First", "Second, with a comma"]);
    let times = folder.events.iter().map(|event| event.cast_at.as_millis()).collect::<Vec<_>>();
    assert_eq!(times, [4000, 5000]);
    assert_eq!((folder.topic, folder.description, folder.text_length_max), (None, None, 140));
}

#[test]
fn columns_may_come_in_another_order_with_others_a_byte_order_mark_and_other_line_breaks() {
    let comments = "\u{feff}comment-body,extra,moderated,comment-id,author-id,timestamp\r\n\
        First,x,1,0,7,1000\r\n\r\n\"Second,\r\nwith a comma\",y,-1,2,7,3000\r\n";
    let votes = "vote,voter-id,comment-id,timestamp\r1,1,0,5000\r-1,1,2,4000";
    let expected = read(COMMENTS.as_bytes(), VOTES.as_bytes()).unwrap();
    assert_eq!(read(comments.as_bytes(), format!("{votes}\r").as_bytes()).unwrap(), expected);
}

#[test]
fn the_later_row_comes_later_at_one_instant() {
    let votes = "timestamp,comment-id,voter-id,vote\n9,0,1,1\n8,0,1,0\n9,0,1,-1\n";
    let folder = read(COMMENTS.as_bytes(), votes.as_bytes()).unwrap();
    let choices =
        folder.events.iter().map(|event| event.opinion.unwrap().choice().as_str()).collect::<Vec<_>>();
    assert_eq!(choices, ["neutral", "agree", "disagree"]);
}

#[test]
fn the_summary_gives_question_and_description() {
    let summary = "topic,\"What, then?\"\nurl,\nconversation-description,\"One.\r\n\r\nTwo.\"\n";
    let files = [("comments.csv", COMMENTS), ("votes.csv", VOTES), ("summary.csv", summary)];
    let folder = Folder::with(&files.map(|(name, content)| (name, content.as_bytes()))).read().unwrap();
    assert_eq!(folder.topic.as_deref(), Some("What, then?"));
    assert_eq!(folder.description.as_deref(), Some("One.\n\nTwo."));
}

#[test]
fn a_summary_that_cannot_be_is_told() {
    let cases: [(&[u8], _, _); 3] = [
        (b"topic,What?\nconversation-description,Half a sen", Some(2), "may be cut off"),
        (b"topic,\"What?\nviews,3\n", Some(1), "never closed"),
        (b"topic,caf\xe9\n", Some(1), "not UTF-8"),
    ];
    for (summary, line, part) in cases {
        let files = [
            ("comments.csv", COMMENTS.as_bytes()),
            ("votes.csv", VOTES.as_bytes()),
            ("summary.csv", summary),
        ];
        refused(Folder::with(&files).read(), "summary.csv", line, &[part]);
    }
}

#[test]
fn a_folder_that_is_none_is_told() {
    let folder = Folder::with(&[("comments.csv", COMMENTS.as_bytes())]);
    let read = |path: &Path| read_polis_folder(path);
    refused(read(&folder.path("nowhere")), "nowhere", None, &["there is no such folder"]);
    refused(read(&folder.path("comments.csv")), "comments.csv", None, &["not a folder"]);
    let name = folder.0.path().file_name().unwrap().to_str().unwrap().to_owned();
    refused(folder.read(), &name, None, &["neither votes.csv nor participants-votes.csv"]);
    refused(Folder::with(&[("votes.csv", VOTES.as_bytes())]).read(), "", None, &["holds no comments.csv"]);
}

#[test]
fn a_missing_column_is_named_with_those_found() {
    for column in ["timestamp", "comment-id", "author-id", "moderated", "comment-body"] {
        let comments = COMMENTS.replacen(column, "other", 1);
        let parts = [format!("no column `{column}`"), "columns found: ".into(), "other".into()];
        refused(
            read(comments.as_bytes(), VOTES.as_bytes()),
            "comments.csv",
            Some(1),
            &parts.each_ref().map(String::as_str),
        );
    }
    for column in ["timestamp", "comment-id", "voter-id"] {
        let votes = VOTES.replacen(column, "other", 1);
        let part = format!("no column `{column}`");
        refused(read(COMMENTS.as_bytes(), votes.as_bytes()), "votes.csv", Some(1), &[&part]);
    }
    let votes = VOTES.replacen(",vote\n", ",choice\n", 1);
    refused(read(COMMENTS.as_bytes(), votes.as_bytes()), "votes.csv", Some(1), &["no column `vote`"]);
    let semicolons = VOTES.replace(',', ";");
    refused(
        read(COMMENTS.as_bytes(), semicolons.as_bytes()),
        "votes.csv",
        Some(1),
        &["commas between the columns"],
    );
    let twice = VOTES.replacen("datetime", "vote", 1);
    refused(read(COMMENTS.as_bytes(), twice.as_bytes()), "votes.csv", Some(1), &["two columns `vote`"]);
}

#[test]
fn a_row_that_cannot_be_is_told_with_its_line() {
    let cases = [
        ("5000,,0,1,7", "`vote` is `7`"),
        ("5000,,0,1,", "`vote` is ``"),
        ("5000,,9,1,1", "number 9"),
        ("5000,,-2,1,1", "`comment-id` is `-2`"),
        ("5000,,0,-1,1", "`voter-id` is `-1`"),
        ("5000,,0,one,1", "`voter-id` is `one`"),
        ("noon,,0,1,1", "`timestamp` is `noon`"),
        ("99999999999999999999,,0,1,1", "`timestamp`"),
        ("5000,,0,1", "4 fields and the header 5"),
        ("5000,,0,1,1,1", "6 fields and the header 5"),
    ];
    for (row, part) in cases {
        let votes = format!("{VOTES}{row}\n5000,,0,2,1\n");
        refused(read(COMMENTS.as_bytes(), votes.as_bytes()), "votes.csv", Some(4), &[part]);
    }
    let cases = [
        ("1000,,1,7,1,0,2,Third", "`moderated` is `2`"),
        ("1000,,1,7,1,0,,Third", "`moderated` is ``"),
        ("soon,,1,7,1,0,1,Third", "`timestamp` is `soon`"),
        ("1000,,one,7,1,0,1,Third", "`comment-id` is `one`"),
        ("1000,,1,-7,1,0,1,Third", "`author-id` is `-7`"),
        ("1000,,1,7,1,0,1, ", "should be a text of 1 to"),
        ("1000,,0,7,1,0,1,Other", "comment 0 was already in line 2"),
        ("1000,,1,7,1,0,1,Third, unquoted", "texts that hold commas between quotes"),
    ];
    for (row, part) in cases {
        let comments = format!("{COMMENTS}{row}\n");
        refused(read(comments.as_bytes(), VOTES.as_bytes()), "comments.csv", Some(4), &[part]);
    }
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    for line_break in ["\n", "\r\n", "\r"] {
        let rows = [
            "timestamp,comment-id,voter-id,vote,note",
            "1,0,1,1,\"a",
            "b",
            "c\"",
            "",
            "",
            "2,0,1,7,\"d",
            "e\"",
            "",
        ];
        let votes = rows.join(line_break);
        refused(read(COMMENTS.as_bytes(), votes.as_bytes()), "votes.csv", Some(7), &["`vote` is `7`"]);
    }
}

#[test]
fn a_comment_may_be_repeated_word_for_word() {
    let comments = format!("{COMMENTS}1000,,0,7,5,5,1,First\n");
    assert_eq!(read(comments.as_bytes(), VOTES.as_bytes()).unwrap().proposals.len(), 2);
}

#[test]
fn text_that_is_not_utf_8_is_told() {
    let comments = [COMMENTS.as_bytes(), b"1000,,1,7,1,0,1,caf\xe9\n"].concat();
    refused(read(&comments, VOTES.as_bytes()), "comments.csv", Some(4), &["field 8 is not UTF-8"]);
    let wide = VOTES.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let wide = [b"\xff\xfe".as_slice(), &wide].concat();
    refused(read(COMMENTS.as_bytes(), &wide), "votes.csv", Some(1), &["not UTF-8"]);
}

#[test]
fn an_empty_file_is_told_and_a_header_alone_is_no_vote() {
    for empty in ["", "\n\r\n", "\u{feff}"] {
        refused(read(COMMENTS.as_bytes(), empty.as_bytes()), "votes.csv", None, &["is empty"]);
        refused(read(empty.as_bytes(), VOTES.as_bytes()), "comments.csv", None, &["is empty"]);
    }
    let header = VOTES.lines().next().unwrap();
    assert!(read(COMMENTS.as_bytes(), header.as_bytes()).unwrap().events.is_empty());
}

#[test]
fn wherever_the_last_line_is_cut_off_it_is_told_or_whole() {
    let whole = read(COMMENTS.as_bytes(), VOTES.as_bytes()).unwrap();
    for cut in 1..="4000,,2,1,-1".len() {
        let votes = &VOTES[..VOTES.len() - 1 - cut];
        if votes.ends_with('\n') {
            continue;
        }
        refused(read(COMMENTS.as_bytes(), votes.as_bytes()), "votes.csv", Some(3), &[]);
    }
    assert_eq!(read(COMMENTS.as_bytes(), VOTES.trim_end().as_bytes()).unwrap(), whole);

    for cut in 1.."3000,,2,7,1,0,-1,\"Second, with a comma\"".len() {
        let comments = &COMMENTS[..COMMENTS.len() - 1 - cut];
        refused(read(comments.as_bytes(), VOTES.as_bytes()), "comments.csv", Some(3), &[]);
    }
    assert_eq!(read(COMMENTS.trim_end().as_bytes(), VOTES.as_bytes()).unwrap(), whole);
    let unquoted = format!("{COMMENTS}4000,,3,7,1,0,1,Half a sen");
    refused(read(unquoted.as_bytes(), VOTES.as_bytes()), "comments.csv", Some(4), &["may be cut off"]);
    refused(
        read(COMMENTS.as_bytes(), &VOTES.as_bytes()[..VOTES.len() - 4]),
        "votes.csv",
        Some(3),
        &["is cut off after 4 of 5"],
    );
}

#[test]
fn a_quote_that_is_never_closed_is_told_where_it_opens() {
    for ending in ["", "\n", "\n1000,,1,7,1,0,1,Third\n"] {
        let comments = format!("{COMMENTS}1000,,3,7,1,0,1,\"Never closed{ending}");
        refused(read(comments.as_bytes(), VOTES.as_bytes()), "comments.csv", Some(4), &["never closed"]);
    }
    let closed_after_a_line_break = format!("{COMMENTS}1000,,3,7,1,0,1,\"Closed\n\"");
    assert_eq!(read(closed_after_a_line_break.as_bytes(), VOTES.as_bytes()).unwrap().proposals.len(), 3);
}

#[test]
fn standing_votes_are_read_where_there_is_no_file_of_every_vote() {
    let folder = Folder::with(&[
        ("comments.csv", COMMENTS.as_bytes()),
        ("participants-votes.csv", PARTICIPANTS.as_bytes()),
    ]);
    let events = folder.read().unwrap().events;
    let read = events.iter().map(|event| {
        (
            event.participant.number(),
            event.proposal.0,
            event.opinion.unwrap().choice().as_str(),
            event.cast_at.as_millis(),
        )
    });
    let expected = [(1, 0, "agree", 3000), (1, 2, "disagree", 3000), (4, 0, "neutral", 3000)];
    assert_eq!(read.collect::<Vec<_>>(), expected);
}

#[test]
fn standing_votes_that_cannot_be_are_told() {
    let cases = [
        (PARTICIPANTS.replacen("0,2\n", "0,9\n", 1), Some(1), "number 9"),
        (PARTICIPANTS.replacen("0,2\n", "0,-2\n", 1), Some(1), "`-2` names no comment"),
        (PARTICIPANTS.replacen("0,2\n", "0,0\n", 1), Some(1), "two columns `0`"),
        (PARTICIPANTS.replacen("participant,", "who,", 1), Some(1), "no column `participant`"),
        (PARTICIPANTS.replacen("1,1,1,-1", "1,1,1,7", 1), Some(2), "`2` is `7`"),
        (PARTICIPANTS.replacen("\n4,", "\n1,", 1), Some(3), "participant 1 was already in line 2"),
        (PARTICIPANTS.replacen("\n4,", "\n-4,", 1), Some(3), "`participant` is `-4`"),
        (PARTICIPANTS.trim_end().to_owned(), Some(3), "may be cut off"),
    ];
    for (content, line, part) in cases {
        let folder = Folder::with(&[
            ("comments.csv", COMMENTS.as_bytes()),
            ("participants-votes.csv", content.as_bytes()),
        ]);
        refused(folder.read(), "participants-votes.csv", line, &[part]);
    }
}

#[test]
fn our_ballots_are_read_with_audiences_by_name_whatever_the_order_of_the_rows() {
    let header = BALLOTS.lines().next().unwrap();
    let rows = BALLOTS.lines().skip(1).collect::<Vec<_>>();
    let backwards = rows.iter().rev().fold(header.to_owned(), |all, row| format!("{all}\n{row}")) + "\n";
    let folder = Folder::with(&[
        ("ballots.csv", BALLOTS.as_bytes()),
        ("backwards.csv", backwards.as_bytes()),
        ("proposals.csv", PROPOSALS.as_bytes()),
    ]);
    let votes = folder.read_votes("ballots.csv", Some("proposals.csv")).unwrap();
    assert_eq!(
        votes.audiences.iter().map(gd_domain::Slug::as_str).collect::<Vec<_>>(),
        ["directors", "staff"]
    );
    let events = votes.ballots.events();
    let audiences = events.iter().map(|event| (event.cast_at.as_millis() % 1000, event.audience.0));
    assert_eq!(audiences.collect::<Vec<_>>(), [(122, 1), (123, 2), (124, 0)]);
    assert_eq!(events[1].opinion.unwrap().qualifications().to_string(), "like_it|doable");
    assert_eq!(votes.proposals[1].status.as_str(), "withdrawn");
    assert_eq!(votes.proposals[1].theme.as_ref().unwrap().as_str(), "costs");
    let backwards = folder.read_votes("backwards.csv", Some("proposals.csv")).unwrap();
    assert_eq!((backwards.audiences, backwards.ballots.events()), (votes.audiences, events));
    assert_eq!(folder.read_votes("ballots.csv", None).unwrap().proposals.len(), 2);
}

#[test]
fn our_ballots_that_cannot_be_are_told() {
    let cases = [
        ("neutral,,,assisted", "maybe,,,assisted", "`choice` is `maybe`"),
        ("neutral,,,assisted", "neutral,good,,assisted", "`qualifications` is `good`"),
        ("neutral,,,assisted", "neutral,like_it,,assisted", "`like_it` does not go with `neutral`"),
        ("neutral,,,assisted", "neutral,,Staff,assisted", "`audience` is `Staff`"),
        ("neutral,,,assisted", "neutral,,,post", "`channel` is `post`"),
        ("1795288711124", "tomorrow", "`cast_at` is `tomorrow`"),
        ("1,2,neutral", "1,3,neutral", "number 3"),
        ("1,2,neutral", "-1,2,neutral", "`participant` is `-1`"),
    ];
    for (good, bad, part) in cases {
        let ballots = BALLOTS.replacen(good, bad, 1);
        let folder =
            Folder::with(&[("ballots.csv", ballots.as_bytes()), ("proposals.csv", PROPOSALS.as_bytes())]);
        let error = folder.read_votes("ballots.csv", Some("proposals.csv")).unwrap_err();
        told(&error, "ballots.csv", Some(3), &[part]);
    }
    let many = (0..51).fold(BALLOTS.lines().next().unwrap().to_owned(), |all, audience| {
        format!("{all}\n{audience},1,agree,,a{audience},widget,1")
    });
    let folder = Folder::with(&[("ballots.csv", format!("{many}\n").as_bytes())]);
    told(&folder.read_votes("ballots.csv", None).unwrap_err(), "ballots.csv", Some(52), &["audience 51"]);
}

#[test]
fn our_proposals_that_cannot_be_are_told() {
    let cases = [
        ("withdrawn", "gone", "`status` is `gone`"),
        ("costs", "Costs!", "`theme` is `Costs!`"),
        ("2,Two", "1,Two", "proposal 1 was already in line 2"),
        ("2,Two", "2,", "should be a text of 1 to"),
        ("2,Two", "two,Two", "`number` is `two`"),
    ];
    for (good, bad, part) in cases {
        let proposals = PROPOSALS.replacen(good, bad, 1);
        let folder =
            Folder::with(&[("ballots.csv", BALLOTS.as_bytes()), ("proposals.csv", proposals.as_bytes())]);
        let error = folder.read_votes("ballots.csv", Some("proposals.csv")).unwrap_err();
        told(&error, "proposals.csv", Some(3), &[part]);
    }
}

#[test]
fn a_file_of_something_else_is_told_with_its_columns() {
    let folder = Folder::with(&[("other.csv", b"name,age\nZoe,9\n"), ("votes.csv", VOTES.as_bytes())]);
    let error = folder.read_votes("other.csv", None).unwrap_err();
    told(&error, "other.csv", Some(1), &["no file of votes", "name, age", "comment-id", "cast_at"]);
    let error = folder.read_votes("votes.csv", Some("other.csv")).unwrap_err();
    told(&error, "other.csv", Some(1), &["no file of comments", "name, age", "moderated"]);
    told(&folder.read_votes("none.csv", None).unwrap_err(), "none.csv", None, &["no such file"]);
}

#[test]
fn groups_are_read_from_any_file_that_names_them() {
    let folder = Folder::with(&[
        ("groups.csv", b"voter-id,group-id\n4,0\n1,staff\n9,\n4,0\n"),
        ("participants.csv", PARTICIPANTS.as_bytes()),
    ]);
    let read = |file: &str| {
        let groups = read_groups(&folder.path(file)).unwrap();
        groups.into_iter().map(|(one, group)| (one.number(), group.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(read("groups.csv"), [(1, "staff".to_owned()), (4, "0".to_owned())]);
    assert_eq!(read("participants.csv"), [(1, "0".to_owned())]);
}

#[test]
fn groups_that_cannot_be_are_told() {
    let cases: [(&str, Option<u64>, &str); 6] = [
        ("voter,group-id\n1,0\n", Some(1), "no column `voter-id`"),
        ("voter-id,group\n1,0\n", Some(1), "no column `group-id`"),
        ("voter-id,group-id\n1,0\n1,1\n", Some(3), "already in group 0"),
        ("voter-id,group-id\nten,0\n", Some(2), "`voter-id` is `ten`"),
        ("voter-id,group-id\n1,a b\n", Some(2), "`group-id` is `a b`"),
        ("voter-id,group-id\n1,\n", None, "no participant has a group"),
    ];
    for (content, line, part) in cases {
        let folder = Folder::with(&[("groups.csv", content.as_bytes())]);
        told(&read_groups(&folder.path("groups.csv")).unwrap_err(), "groups.csv", line, &[part]);
    }
}
