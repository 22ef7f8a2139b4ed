//! The shares of the three choices on a proposal, drawn with their 95 % intervals.
//!
//! Lengths across are percentages, lengths down are `em`: the drawing fits any width and grows with
//! the reader's text size. The drawing's description says in words all that it shows.

use askama::Template;
use fluent_bundle::FluentValue;
use gd_domain::{Choice, Language, ProposalNumber};

use crate::words::{number, say};
use crate::{AudienceVoice, Counts, Interval, ReportedProposal, Shares};

/// A drawing of three bars, one below the other.
#[derive(Debug, Template)]
#[template(path = "share_chart.svg")]
pub(crate) struct ShareChart {
    pub(crate) number: ProposalNumber,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) rows: [Row; 3],
}

/// The bar of a choice, with its words.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) choice: Choice,
    pub(crate) name: String,
    pub(crate) share: String,
    /// The interval in words; `None` when there is none.
    pub(crate) interval: Option<String>,
    pub(crate) votes: String,
    drawn: Drawing,
}

/// Where things are drawn: percentages across, `em` down.
#[derive(Debug)]
struct Drawing {
    width: String,
    /// The ends of the whisker.
    whisker: Option<(String, String)>,
    text_y: String,
    bar_y: String,
    whisker_y: String,
    cap_y: (String, String),
}

/// From one bar to the next, in `em`.
const ROW_HEIGHT: f64 = 2.9;

impl ShareChart {
    pub(crate) fn of_proposal(language: Language, proposal: &ReportedProposal) -> Self {
        // Of what nobody voted on there is nothing to draw: the estimate would be a third each.
        let shares = proposal.shares.as_ref().filter(|_| proposal.counts.total() > 0);
        Self::new(language, proposal.number, &proposal.counts, shares)
    }

    pub(crate) fn of_audience(language: Language, number: ProposalNumber, voice: &AudienceVoice) -> Self {
        Self::new(language, number, &voice.counts, Some(&voice.shares))
    }

    /// Without intervals: live totals are counts, not claims.
    pub(crate) fn of_counts(language: Language, number: ProposalNumber, counts: &Counts) -> Self {
        Self::new(language, number, counts, None)
    }

    fn new(language: Language, number: ProposalNumber, counts: &Counts, shares: Option<&Shares>) -> Self {
        let rows = [
            row(
                language,
                Choice::Agree,
                0.0,
                counts.agree,
                counts.total(),
                shares.map(|shares| shares.agree),
            ),
            row(
                language,
                Choice::Neutral,
                1.0,
                counts.neutral,
                counts.total(),
                shares.map(|shares| shares.neutral),
            ),
            row(
                language,
                Choice::Disagree,
                2.0,
                counts.disagree,
                counts.total(),
                shares.map(|shares| shares.disagree),
            ),
        ];
        let title = say(language, "chart-title", &[("name", number.to_string().into())]);
        let description = rows.iter().map(|row| row.in_words(language)).collect::<Vec<_>>().join(" ");
        Self { number, title, description, rows }
    }
}

impl Row {
    fn in_words(&self, language: Language) -> String {
        let text = |text: &str| FluentValue::from(text.to_owned());
        match &self.interval {
            Some(interval) => say(
                language,
                "chart-row-with-interval",
                &[
                    ("name", text(&self.name)),
                    ("share", text(&self.share)),
                    ("interval", text(interval)),
                    ("votes", text(&self.votes)),
                ],
            ),
            None => say(
                language,
                "chart-row",
                &[("name", text(&self.name)), ("share", text(&self.share)), ("votes", text(&self.votes))],
            ),
        }
    }
}

/// The share written and drawn is the report's estimate, which lies within its interval; the counts beside it tell
/// the rest. Where there is no estimate (live totals, methods without intervals, no votes) it is the counted share.
#[expect(clippy::cast_precision_loss, reason = "counts of votes, far below 2^53")]
fn row(
    language: Language,
    choice: Choice,
    place: f64,
    votes: u64,
    total: u64,
    interval: Option<Interval>,
) -> Row {
    let share = interval.map_or(votes as f64 / total.max(1) as f64, |interval| interval.mean);
    let top = place * ROW_HEIGHT;
    let em = |down: f64| format!("{:.2}em", top + down);
    let across = |share: f64| format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0);
    Row {
        choice,
        name: say(language, &format!("choice-{choice}"), &[]),
        share: percent(language, share),
        interval: interval.map(|interval| interval_in_words(language, interval)),
        votes: number(language, votes),
        drawn: Drawing {
            width: across(share),
            whisker: interval.map(|interval| (across(interval.low), across(interval.high))),
            text_y: em(1.0),
            bar_y: em(1.4),
            // Below the bar, so that it is seen on any colour.
            whisker_y: em(2.3),
            cap_y: (em(2.12), em(2.48)),
        },
    }
}

fn percent(language: Language, share: f64) -> String {
    say(language, "percent", &[("value", whole_percent(share).into())])
}

fn interval_in_words(language: Language, interval: Interval) -> String {
    let ends = [("low", whole_percent(interval.low).into()), ("high", whole_percent(interval.high).into())];
    say(language, "percent-interval", &ends)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 0 and 100")]
fn whole_percent(share: f64) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(counts: Counts) -> ShareChart {
        let interval = |mean| Interval { mean, low: mean - 0.05, high: mean + 0.05 };
        let shares = Shares { agree: interval(0.6), disagree: interval(0.3), neutral: interval(0.1) };
        ShareChart::new(Language::Fr, ProposalNumber(17), &counts, Some(&shares))
    }

    #[test]
    fn the_description_says_all_that_is_drawn() {
        let chart = chart(Counts { agree: 1_200, disagree: 600, neutral: 200 });
        for part in ["D’accord", "60\u{a0}%", "55 à 65\u{a0}%", "1\u{202f}200", "Pas d’accord", "Neutre"]
        {
            assert!(chart.description.contains(part), "{part} in {}", chart.description);
        }
    }

    #[test]
    fn bars_and_whiskers_lie_where_the_figures_say() {
        let svg = chart(Counts { agree: 6, disagree: 3, neutral: 1 }).render().unwrap();
        assert!(svg.contains(r#"width="60.0%""#), "{svg}");
        assert!(svg.contains(r#"x1="55.0%""#) && svg.contains(r#"x2="65.0%""#), "{svg}");
    }

    #[test]
    fn one_vote_is_not_all_of_the_public() {
        let shown = chart(Counts { agree: 1, disagree: 0, neutral: 0 });
        assert_eq!(shown.rows[0].share, "60\u{a0}%");
    }

    #[test]
    fn no_votes_draw_empty_bars() {
        let chart = ShareChart::of_counts(Language::En, ProposalNumber(1), &Counts::default());
        assert!(chart.render().unwrap().contains(r#"width="0.0%""#));
        assert_eq!(chart.rows[0].share, "0%");
    }
}
