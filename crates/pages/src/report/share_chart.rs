//! A chart of the counted shares of the three choices on a proposal.
//!
//! Lengths across are percentages, lengths down are `em`: the drawing fits any width and grows with
//! the reader's text size. The drawing's description says in words all that it shows. It has no
//! intervals: live totals are counts, not claims.

use askama::Template;
use gd_domain::{Choice, ItemNumber, Language};
use gd_report::Counts;

use super::figures::{percent, text};
use crate::frame::words::{number, say};

/// A drawing of three bars, one below the other.
#[derive(Debug, Template)]
#[template(path = "report/share_chart.svg")]
pub(crate) struct ShareChart {
    number: ItemNumber,
    title: String,
    description: String,
    rows: [Row; 3],
}

/// The bar of a choice, with its words.
#[derive(Debug)]
struct Row {
    choice: Choice,
    name: String,
    share: String,
    votes: String,
    drawn: Drawing,
}

/// Places in the drawing: percentages across, `em` down.
#[derive(Debug)]
struct Drawing {
    width: String,
    text_y: String,
    bar_y: String,
}

/// From one bar to the next, in `em`.
const ROW_HEIGHT: f64 = 2.9;

impl ShareChart {
    pub(crate) fn of_counts(language: Language, number: ItemNumber, counts: &Counts) -> Self {
        let total = counts.total();
        let rows = [
            row(language, Choice::Agree, 0.0, counts.agree, total),
            row(language, Choice::Neutral, 1.0, counts.neutral, total),
            row(language, Choice::Disagree, 2.0, counts.disagree, total),
        ];
        let title = say(language, "chart-title", &[("name", number.to_string().into())]);
        let description = rows.iter().map(|row| row.in_words(language)).collect::<Vec<_>>().join(" ");
        Self { number, title, description, rows }
    }
}

impl Row {
    fn in_words(&self, language: Language) -> String {
        let parts =
            [("name", text(&*self.name)), ("share", text(&*self.share)), ("votes", text(&*self.votes))];
        say(language, "chart-row", &parts)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of votes, far below 2^53")]
fn row(language: Language, choice: Choice, place: f64, votes: u64, total: u64) -> Row {
    let share = votes as f64 / total.max(1) as f64;
    let em = |down: f64| format!("{:.2}em", place * ROW_HEIGHT + down);
    Row {
        choice,
        name: say(language, &format!("choice-{choice}"), &[]),
        share: percent(language, share),
        votes: number(language, votes),
        drawn: Drawing {
            width: format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0),
            text_y: em(1.0),
            bar_y: em(1.4),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_says_all_that_is_drawn() {
        let counts = Counts { agree: 1_200, disagree: 600, neutral: 200 };
        let chart = ShareChart::of_counts(Language::Fr, ItemNumber(17), &counts);
        for part in ["D’accord", "60\u{a0}%", "1\u{202f}200", "Pas d’accord", "Neutre"] {
            assert!(chart.description.contains(part), "{part} in {}", chart.description);
        }
    }

    #[test]
    fn bars_are_as_long_as_the_figures_say() {
        let counts = Counts { agree: 6, disagree: 3, neutral: 1 };
        let svg = ShareChart::of_counts(Language::Fr, ItemNumber(17), &counts).render().unwrap();
        assert!(svg.contains(r#"width="60.0%""#), "{svg}");
    }

    #[test]
    fn no_votes_draw_empty_bars() {
        let chart = ShareChart::of_counts(Language::En, ItemNumber(1), &Counts::default());
        assert!(chart.render().unwrap().contains(r#"width="0.0%""#));
        assert_eq!(chart.rows[0].share, "0%");
    }
}
