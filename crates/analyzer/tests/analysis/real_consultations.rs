//! Real votes, where they are at hand: the figures their files hold, and a sound report.

use gd_analyzer::{Report, analyze, render_text};

use crate::real_folders::{read, real_data};
use crate::tables::{CALIBRATED, method};

/// Published proposals, participants, standing ballots, and agree, disagree, neutral on published ones.
const EXPECTED: [(&str, u64, u64, u64, [u64; 3]); 4] = [
    ("15-per-hour-seattle", 31, 339, 2_872, [1_335, 922, 592]),
    ("american-assembly.bowling-green", 607, 2_031, 225_524, [109_378, 38_594, 77_068]),
    ("scoop-hivemind.biodiversity", 154, 536, 29_719, [18_942, 5_282, 4_964]),
    ("vtaiwan.uberx", 119, 1_921, 49_443, [30_950, 11_880, 6_518]),
];

#[test]
fn real_consultations_are_analysed_to_their_figures() {
    let Some(folder) = real_data() else { return };
    for (name, published, participants, ballots, [agree, disagree, neutral]) in EXPECTED {
        let report = analyze(&read(&folder.join("polis").join(name)), &method(CALIBRATED));
        let counts = report.counted().counts;
        assert_eq!(report.counted().proposals, published, "{name}");
        assert_eq!((report.input.participants, report.input.ballots), (participants, ballots), "{name}");
        assert_eq!((counts.agree, counts.disagree, counts.neutral), (agree, disagree, neutral), "{name}");
        assert!(report.prior.fitted && report.claims.mean_error <= 0.05, "{name}");
        assert!(report.claims.count > 0, "{name}");
        assert_eq!(report.labels.values().sum::<u64>(), published, "{name}");
        let back: Report = serde_json::from_str(&report.to_json()).unwrap();
        assert_eq!(back, report, "{name}");
        println!("{name}: {:?} {:?} {:?}", report.prior, report.claims, report.labels);
        println!("{}", render_text(&report));
    }
}
