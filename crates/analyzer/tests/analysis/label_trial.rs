//! The trial of docs/METHOD.md in short: labels are as rarely wrong as they say, and found where they are.

use crate::real_folders::{read, real_data};
use crate::trial::{Design, Pool, Rule, run, well_voted};

/// Simulated consultations for each number of votes and design in `make test`; `make trials` sets `GD_TRIALS`.
const CONSULTATIONS_DEFAULT: usize = 5;

#[expect(clippy::disallowed_methods, reason = "the tests' own setting")]
fn consultations() -> usize {
    std::env::var("GD_TRIALS").map_or(CONSULTATIONS_DEFAULT, |count| count.parse().expect("a number"))
}

#[test]
fn labels_hold_on_the_truths_of_real_consultations() {
    let Some(folder) = real_data() else { return };
    let truths: Vec<_> = [
        "15-per-hour-seattle",
        "american-assembly.bowling-green",
        "scoop-hivemind.biodiversity",
        "vtaiwan.uberx",
    ]
    .map(|name| well_voted(&read(&folder.join("polis").join(name)), 100))
    .into();
    let pool = Pool { folders: truths.iter().map(Vec::as_slice).collect() };
    // The least shares of true consensus and true controversy found: four standard errors below the long trial's.
    let expected = [
        (30, Design::Fixed, 0.47, 0.0),
        (30, Design::Adaptive, 0.47, 0.0),
        (100, Design::Fixed, 0.70, 0.45),
        (100, Design::Adaptive, 0.72, 0.50),
        (300, Design::Fixed, 0.80, 0.64),
    ];
    let size = (7, consultations(), 300);
    for (votes, design, consensus_min, controversy_min) in expected {
        let trials = run(&pool, size, votes, design, &[Rule::Calibrated, Rule::MakeOrg, Rule::Oracle]);
        let (wrong, error) = trials[0].wrong();
        let (consensus, controversy) = trials[0].power();
        println!("{votes} {design:?}: wrong {wrong:.3} ± {error:.3}, found {consensus:.2}, {controversy:.2}");
        assert!(wrong <= 0.05 + 2.0 * error, "{votes} {design:?}: {wrong} ± {error} wrong");
        assert!(consensus >= consensus_min, "{votes} {design:?}: {consensus} of the true consensus");
        assert!(
            controversy >= controversy_min,
            "{votes} {design:?}: {controversy} of the true controversies"
        );
        let most = trials[2].power();
        assert!(
            consensus <= most.0 + 0.05 && controversy <= most.1 + 0.05,
            "more than can be known: {most:?}"
        );
        assert!(
            trials[0].claimed() > 0.2 && trials[1].wrong().0 > wrong,
            "few claims, or zones are wrong more often"
        );
    }
}
