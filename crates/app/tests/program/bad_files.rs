//! Bad files: exit code 1, one line that names file, line and remedy, and nothing half imported.

use std::fs;
use std::path::Path;

use crate::{fail, run};

const COMMENTS: &str = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n\
                        1000,,1,7,0,0,1,Plus de bancs\n2000,,2,8,0,0,-1,Moins de bruit\n";
const VOTES: &str = "timestamp,datetime,comment-id,voter-id,vote\n3000,,1,7,1\n4000,,2,8,-1\n";

fn write(folder: &Path, comments: &[u8], votes: &[u8]) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("comments.csv"), comments).unwrap();
    fs::write(folder.join("votes.csv"), votes).unwrap();
}

#[test]
fn each_bad_folder_is_refused_with_its_reason_and_leaves_nothing() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("folder");
    let missing_column = VOTES.replace("voter-id", "voter");
    let vote_of_seven = VOTES.replace("8,-1", "8,7");
    let unknown_comment = VOTES.replace("4000,,2", "4000,,99");
    let truncated = VOTES.replace("4000,,2,8,-1\n", "4000,,2");
    let not_utf8 = [COMMENTS.as_bytes(), b"5000,,3,9,0,0,1,caf\xe9\n"].concat();
    let cases: [(&[u8], &[u8], &[&str]); 6] = [
        (COMMENTS.as_bytes(), missing_column.as_bytes(), &["votes.csv", "voter-id"]),
        (COMMENTS.as_bytes(), vote_of_seven.as_bytes(), &["votes.csv:3", "7"]),
        (COMMENTS.as_bytes(), unknown_comment.as_bytes(), &["votes.csv:3", "99"]),
        (COMMENTS.as_bytes(), truncated.as_bytes(), &["votes.csv:3"]),
        (&not_utf8, VOTES.as_bytes(), &["comments.csv:4", "UTF-8"]),
        (COMMENTS.as_bytes(), b"", &["votes.csv", "empty"]),
    ];
    for (comments, votes, named) in cases {
        write(&folder, comments, votes);
        let reason = fail(data.path(), &["import", "polis", &folder.display().to_string(), "--slug", "bad"]);
        for part in named {
            assert!(reason.contains(part), "{part}: {reason}");
        }
        let list = fail(data.path(), &["consultation", "list"]);
        assert!(list.contains("no installation"), "{list}");
    }
}

#[test]
fn a_folder_that_is_none_is_named() {
    let data = tempfile::tempdir().unwrap();
    let absent = data.path().join("nowhere").display().to_string();
    let reason = fail(data.path(), &["import", "polis", &absent, "--slug", "bad"]);
    assert!(reason.contains("nowhere"), "{reason}");
}

#[test]
fn a_good_folder_after_a_bad_one_is_imported() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("folder");
    write(&folder, COMMENTS.as_bytes(), VOTES.as_bytes());
    let printed = run(
        data.path(),
        &["import", "polis", &folder.display().to_string(), "--slug", "good", "--title", "Et ici ?"],
    );
    assert!(printed.contains("2 proposals changed, 2 events appended"), "{printed}");
    let list = run(data.path(), &["consultation", "list"]);
    assert!(list.contains("Et ici ?") && list.contains("closed"), "{list}");
}

#[test]
fn another_folder_does_not_take_the_place_of_an_import_and_a_mended_one_does() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("folder");
    let import = ["import", "polis", &folder.display().to_string(), "--slug", "good"];
    write(&folder, COMMENTS.as_bytes(), VOTES.as_bytes());
    run(data.path(), &import);
    let ledger = run(data.path(), &["ledger", "verify", "--slug", "good"]);

    let others = COMMENTS.replace("Plus de bancs", "Des pistes").replace("Moins de bruit", "Des trains");
    write(&folder, others.as_bytes(), b"timestamp,datetime,comment-id,voter-id,vote\n9000,,1,5,-1\n");
    let reason = fail(data.path(), &import);
    assert!(reason.contains("another consultation") && reason.contains("another slug"), "{reason}");
    assert_eq!(run(data.path(), &["ledger", "verify", "--slug", "good"]), ledger, "nothing is half done");

    write(&folder, COMMENTS.replace("bancs", "bancs publics").as_bytes(), VOTES.as_bytes());
    assert!(run(data.path(), &import).contains("1 proposals changed, 0 events appended"));
}

#[test]
fn usage_mistakes_exit_with_two() {
    let data = tempfile::tempdir().unwrap();
    for arguments in [&["analyze"][..], &["frobnicate"], &["analyze", "--slug", "a", "--method", "magic"]] {
        assert_eq!(crate::outcome(data.path(), arguments).status.code(), Some(2), "{arguments:?}");
    }
    let reason = fail(data.path(), &["analyze", "--slug", "absent"]);
    assert!(reason.contains("no installation"), "{reason}");
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 0, "a mistyped folder stays as it was");
}
