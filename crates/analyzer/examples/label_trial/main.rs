//! A trial of the labels against a known truth: true shares of the well-voted proposals of real consultations, votes
//! drawn from them, labels claimed on the votes. Prints the tables of docs/METHOD.md and draws its picture.
//!
//! `cargo run --release -p gd-analyzer --example label_trial -- docs/label-trial.svg`

mod picture;
#[expect(clippy::unwrap_used, reason = "a trial on files that are not as they should be may stop")]
#[path = "../../tests/analysis/real_folders.rs"]
mod real_folders;
mod trial;

use real_folders::{read, real_data};
use trial::{Design, Pool, Rule, Trial, Truth, run, well_voted};

const FOLDERS: [&str; 4] = [
    "15-per-hour-seattle",
    "american-assembly.bowling-green",
    "scoop-hivemind.biodiversity",
    "vtaiwan.uberx",
];
const VOTES: [u64; 4] = [10, 30, 100, 300];
const RULES: [Rule; 3] = [Rule::Calibrated, Rule::MakeOrg, Rule::Oracle];

/// Proposals of one simulated consultation, and how many of them are made.
const PROPOSALS: usize = 400;
const ROUNDS: usize = 25;
const ROUNDS_BRIEF: usize = 8;

/// One line of a table.
struct Line {
    votes: u64,
    design: Design,
    /// In the order of [`RULES`].
    trials: Vec<Trial>,
}

fn main() {
    let folder =
        real_data().expect("the real consultations lie beside the project, or where GD_REAL_DATA says");
    let tables = FOLDERS.map(|name| read(&folder.join("polis").join(name)));
    let of = |votes_min: u64| tables.iter().map(|table| well_voted(table, votes_min)).collect::<Vec<_>>();
    let (truths, more) = (of(100), of(50));

    let main = table("Each folder as often; proposals of 100 votes and more", &truths, ROUNDS, PROPOSALS);
    if let Some(file) = std::env::args().nth(1) {
        std::fs::write(&file, picture::draw(&main)).expect("the picture can be written");
    }
    table("The same, 100 proposals a consultation", &truths, ROUNDS, 100);
    table("Each folder as often; proposals of 50 votes and more", &more, ROUNDS_BRIEF, PROPOSALS);
    table("Each proposal as often; 100 votes and more", &[truths.concat()], ROUNDS_BRIEF, PROPOSALS);
    for (name, truths) in FOLDERS.iter().zip(&truths) {
        table(name, std::slice::from_ref(truths), ROUNDS_BRIEF, PROPOSALS);
    }
}

/// Runs and prints one table.
fn table(title: &str, folders: &[Vec<Truth>], rounds: usize, proposals: usize) -> Vec<Line> {
    let pool = Pool { folders: folders.iter().map(Vec::as_slice).collect() };
    println!(
        "\n{title} ({} truths, {rounds} consultations of {proposals} proposals)\n",
        folders.iter().map(Vec::len).sum::<usize>()
    );
    println!(
        "| votes | serving | claimed | wrong | consensus found | controversy found | zones wrong | at most found |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut lines = Vec::new();
    for votes in VOTES {
        for design in [Design::Fixed, Design::Adaptive] {
            let trials = run(&pool, (votes, rounds, proposals), votes, design, &RULES);
            let line = Line { votes, design, trials };
            println!("{}", line.row());
            lines.push(line);
        }
    }
    lines
}

impl Line {
    fn row(&self) -> String {
        let percent = |share: f64| format!("{:.0} %", 100.0 * share);
        let wrong = |trial: &Trial| {
            let (share, error) = trial.wrong();
            format!("{:.1} ± {:.1} %", 100.0 * share, 100.0 * error)
        };
        let [ours, zones, oracle] = [&self.trials[0], &self.trials[1], &self.trials[2]];
        let ((consensus, controversy), (most, most_split)) = (ours.power(), oracle.power());
        let cells = [
            self.votes.to_string(),
            format!("{:?}", self.design).to_lowercase(),
            percent(ours.claimed()),
            wrong(ours),
            percent(consensus),
            percent(controversy),
            wrong(zones),
            format!("{}, {}", percent(most), percent(most_split)),
        ];
        format!("| {} |", cells.join(" | "))
    }
}
