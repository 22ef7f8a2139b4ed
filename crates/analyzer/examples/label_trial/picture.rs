//! The trial as a picture: what is wrong, and what is found, by votes a proposal.

use std::fmt::Write as _;

use crate::trial::{Design, Trial};
use crate::{Line, VOTES};

const PANEL: (f64, f64) = (300.0, 220.0);
const LEFT: f64 = 56.0;
const TOP: f64 = 44.0;
const GAP: f64 = 76.0;

const BLUE: &str = "#1f5fa8";
const RED: &str = "#b3382c";
const GREY: &str = "#767676";

/// The three panels side by side.
pub(crate) fn draw(lines: &[Line]) -> String {
    let width = LEFT + 3.0 * PANEL.0 + 2.0 * GAP + 30.0;
    let height = TOP + PANEL.1 + 78.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"13\">\n<title>Share of claims that are wrong, and share of true consensus \
         and controversy found, by votes a proposal</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    let wrong = |trial: &Trial| trial.wrong().0;
    panel(&mut svg, 0, "Claims that are wrong", 0.4, lines, &[(0, BLUE, &wrong), (1, RED, &wrong)]);
    let found = |trial: &Trial| trial.power().0;
    panel(&mut svg, 1, "True consensus found", 1.0, lines, &[(0, BLUE, &found), (2, GREY, &found)]);
    let split = |trial: &Trial| trial.power().1;
    panel(&mut svg, 2, "True controversy found", 1.0, lines, &[(0, BLUE, &split), (2, GREY, &split)]);
    legend(&mut svg, height - 14.0);
    svg.push_str("</svg>\n");
    svg
}

/// A line of the picture: its rule, its colour and its figure.
type Curve<'a> = (usize, &'a str, &'a dyn Fn(&Trial) -> f64);

fn panel(svg: &mut String, place: u8, title: &str, top: f64, lines: &[Line], curves: &[Curve<'_>]) {
    let left = LEFT + f64::from(place) * (PANEL.0 + GAP);
    let x = |votes: u64| left + 24.0 + (PANEL.0 - 48.0) * position(votes);
    let y = |share: f64| TOP + PANEL.1 * (1.0 - share / top);
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"{}\" font-size=\"15\" font-weight=\"bold\">{title}</text>",
        TOP - 18.0
    );
    for step in 0..=4 {
        let share = top * f64::from(step) / 4.0;
        let at = y(share);
        let _ = writeln!(svg, "<path d=\"M{left} {at:.1}h{}\" stroke=\"#d9d9d9\"/>", PANEL.0);
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#444\">{:.0} %</text>",
            left - 8.0,
            at + 4.5,
            100.0 * share
        );
    }
    for votes in VOTES {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"#444\">{votes}</text>",
            x(votes),
            TOP + PANEL.1 + 20.0
        );
    }
    if place == 0 {
        let at = y(0.05);
        let _ = writeln!(
            svg,
            "<path d=\"M{left} {at:.1}h{}\" stroke=\"#222\" stroke-dasharray=\"2 3\"/>",
            PANEL.0
        );
    }
    for (rule, colour, value) in curves {
        for (design, dash) in [(Design::Fixed, ""), (Design::Adaptive, " stroke-dasharray=\"7 4\"")] {
            let of_design = lines.iter().filter(|line| line.design == design);
            let points: Vec<(f64, f64)> =
                of_design.map(|line| (x(line.votes), y(value(&line.trials[*rule])))).collect();
            let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
            let _ = writeln!(
                svg,
                "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>",
                path.join("L")
            );
            for (x, y) in points {
                let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{colour}\"/>");
            }
        }
    }
}

fn legend(svg: &mut String, y: f64) {
    let _ = writeln!(
        svg,
        "<text x=\"{LEFT}\" y=\"{}\" fill=\"#444\">Votes a proposal. Whole lines: each proposal gets as many; broken lines: serving looks at the votes.</text>",
        y - 18.0
    );
    let entries = [
        (BLUE, "labels of a report"),
        (RED, "zones of Make.org"),
        (GREY, "the most any rule could find at this error"),
    ];
    let mut x = LEFT;
    for (colour, word) in entries {
        let _ = writeln!(
            svg,
            "<circle cx=\"{}\" cy=\"{}\" r=\"5\" fill=\"{colour}\"/><text x=\"{}\" y=\"{y}\">{word}</text>",
            x + 5.0,
            y - 4.5,
            x + 16.0
        );
        x += 190.0;
    }
}

/// 10 to 300 on a logarithmic scale, in 0–1.
fn position(votes: u64) -> f64 {
    let ln = |votes: u64| f64::from(u32::try_from(votes).unwrap_or(u32::MAX)).ln();
    (ln(votes) - ln(VOTES[0])) / (ln(VOTES[3]) - ln(VOTES[0]))
}
