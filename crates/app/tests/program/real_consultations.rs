//! Real consultations, imported, analysed, exported and imported again.

use std::path::Path;

use crate::{real_data, run};

/// (folder, proposals, published, participants, standing ballots, [agree, disagree, neutral] on published,
/// events of votes.csv where there is one).
type Figures = (&'static str, usize, usize, usize, usize, [usize; 3], Option<usize>);

const FIGURES: [Figures; 4] = [
    ("15-per-hour-seattle", 54, 31, 339, 2_872, [1_335, 922, 592], Some(2_995)),
    ("american-assembly.bowling-green", 896, 607, 2_031, 225_524, [109_378, 38_594, 77_068], None),
    ("scoop-hivemind.biodiversity", 316, 154, 536, 29_719, [18_942, 5_282, 4_964], Some(29_802)),
    ("vtaiwan.uberx", 197, 119, 1_921, 49_443, [30_950, 11_880, 6_518], Some(49_997)),
];

fn import(data_dir: &Path, folder: &Path, slug: &str) -> String {
    run(data_dir, &["import", "polis", &folder.display().to_string(), "--slug", slug])
}

fn report(data_dir: &Path, arguments: &[&str]) -> serde_json::Value {
    let json = run(data_dir, &[&["analyze", "--format", "json"], arguments].concat());
    let mut report: serde_json::Value = serde_json::from_str(&json).unwrap();
    report.as_object_mut().unwrap().remove("consultation").unwrap();
    report
}

fn check_figures(printed: &str, figures: &Figures) {
    let (slug, proposals, published, participants, ballots, [agree, disagree, neutral], _) = figures;
    let words = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        format!("{slug} proposals {proposals}, of them published {published}"),
        format!("participants {participants} standing ballots {ballots}"),
        format!("on published ones {agree} agree, {disagree} disagree, {neutral} neutral"),
    ] {
        assert!(words.contains(&expected), "{expected}\n{printed}");
    }
}

#[test]
fn an_import_holds_what_the_files_hold_and_a_second_one_changes_nothing() {
    let Some(real) = real_data() else { return };
    let data = tempfile::tempdir().unwrap();
    for figures in &FIGURES {
        let (slug, proposals, .., events) = *figures;
        let folder = real.join("polis").join(slug);
        let first = import(data.path(), &folder, slug);
        check_figures(&first, figures);
        let events = events.unwrap_or(figures.4);
        assert!(
            first.contains(&format!("{proposals} proposals changed, {events} events appended")),
            "{first}"
        );
        let second = import(data.path(), &folder, slug);
        check_figures(&second, figures);
        assert!(second.contains("0 proposals changed, 0 events appended"), "{second}");
        let verified = run(data.path(), &["ledger", "verify", "--slug", slug]);
        assert!(verified.contains(&format!("{} ballots stand", figures.4)), "{verified}");
    }
    let recounted = run(data.path(), &["ledger", "recount", "--slug", "15-per-hour-seattle"]);
    assert!(recounted.contains("2995"), "{recounted}");
    run(data.path(), &["ledger", "verify", "--slug", "15-per-hour-seattle"]);
}

#[test]
fn files_import_and_exports_give_the_same_report() {
    let Some(real) = real_data() else { return };
    let data = tempfile::tempdir().unwrap();
    for slug in ["15-per-hour-seattle", "vtaiwan.uberx"] {
        let folder = real.join("polis").join(slug);
        import(data.path(), &folder, slug);
        let on_record = report(data.path(), &["--slug", slug]);

        let file = |name: &str| folder.join(name).display().to_string();
        let of_files =
            report(data.path(), &["--votes", &file("votes.csv"), "--comments", &file("comments.csv")]);
        assert_eq!(of_files, on_record, "{slug}: from its files");

        let out = tempfile::tempdir().unwrap();
        let out_of = |name: &str| out.path().join(name).display().to_string();
        run(data.path(), &["export", "--slug", slug, "--format", "polis", "--out", &out_of("polis")]);
        let again = format!("again-{slug}");
        import(data.path(), &out.path().join("polis"), &again);
        assert_eq!(
            report(data.path(), &["--slug", &again]),
            on_record,
            "{slug}: exported and imported again"
        );

        for kind in ["csv", "parquet"] {
            run(data.path(), &["export", "--slug", slug, "--format", kind, "--out", &out_of(kind)]);
            let file = |name: &str| out_of(&format!("{kind}/{name}.{kind}"));
            let (ballots, proposals) = (file("ballots"), file("proposals"));
            let of_open_data = report(data.path(), &["--votes", &ballots, "--comments", &proposals]);
            assert_eq!(of_open_data, on_record, "{slug}: from its open data as {kind}");
        }
    }
}
