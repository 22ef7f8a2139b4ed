//! The votes of all proposals, from the least voted to the most, a line for each policy.

use std::fmt::Write;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 96.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 40.0;
/// Votes at the top of the picture, as a power of ten.
const DECADES: f64 = 4.0;
const POINTS: usize = 160;

/// Colours that stay apart for the colour-blind, and dashes for those who print in black.
const STROKES: [(&str, &str); 3] = [("#1b5e9b", ""), ("#8a6d00", "7 4"), ("#a3341f", "2 3")];

/// An SVG picture; votes stand on a logarithmic scale, one more than there are.
pub fn votes_by_rank(names: &[&str; 3], votes: &[Vec<u32>; 3]) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-label=\"Votes of each proposal, from the least voted to the most, under three ways to choose cards\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n"
    );
    for (value, label) in [(1.0, "0"), (11.0, "10"), (31.0, "30"), (101.0, "100"), (1_001.0, "1,000")] {
        let y = height(value);
        let dash = if label == "30" { " stroke-dasharray=\"4 3\"" } else { "" };
        writeln!(
            svg,
            "<path d=\"M{LEFT} {y:.1}H{:.0}\" stroke=\"#ccc\"{dash}/><text x=\"{:.0}\" y=\"{:.1}\" \
             text-anchor=\"end\">{label}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            y + 4.0
        )
        .unwrap();
    }
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let (x, y) = (across(share), HEIGHT - BOTTOM + 16.0);
        writeln!(svg, "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{:.0} %</text>", share * 100.0)
            .unwrap();
    }
    writeln!(
        svg,
        "<text x=\"{LEFT}\" y=\"{}\">proposals, from the least voted to the most; votes on each (30 is covered)</text>",
        HEIGHT - 6.0
    )
    .unwrap();
    for ((name, votes), (colour, dash)) in names.iter().zip(votes).zip(STROKES) {
        line(&mut svg, name, votes, colour, dash);
    }
    svg.push_str("</svg>\n");
    svg
}

fn line(svg: &mut String, name: &str, votes: &[u32], colour: &str, dash: &str) {
    let mut sorted = votes.to_vec();
    sorted.sort_unstable();
    let at = |point: usize| sorted[point * (sorted.len() - 1) / POINTS];
    let point = |point: usize| {
        let share = point as f64 / POINTS as f64;
        format!("{:.1} {:.1}", across(share), height(f64::from(at(point)) + 1.0))
    };
    let path = (0..=POINTS).map(point).collect::<Vec<_>>().join("L");
    writeln!(
        svg,
        "<path d=\"M{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>\
         <text x=\"{:.0}\" y=\"{:.1}\" fill=\"{colour}\">{name}</text>",
        WIDTH - RIGHT + 6.0,
        height(f64::from(at(POINTS)) + 1.0) + 4.0
    )
    .unwrap();
}

fn across(share: f64) -> f64 {
    LEFT + share * (WIDTH - LEFT - RIGHT)
}

fn height(value: f64) -> f64 {
    HEIGHT - BOTTOM - value.log10() / DECADES * (HEIGHT - TOP - BOTTOM)
}
