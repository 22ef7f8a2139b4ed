//! The drawings of a report: SVG made of figures, nothing else.
//!
//! Drawings that stand in a row of text ([`strip`], [`stack`], [`histogram`]) measure in percentages across and
//! `em` down, so that they fit any width and grow with the reader's text size. Maps ([`triangle`],
//! [`opinion_map`]) have a frame of their own and scale as a whole. Colour comes from classes of
//! `web/static/report/report.css` alone, and never without a shape or a letter that says the same.

pub(crate) mod histogram;
pub(crate) mod opinion_map;
mod point;
pub(crate) mod regions;
pub(crate) mod stack;
pub(crate) mod strip;
pub(crate) mod triangle;

use gd_domain::Label;

/// The look of a label in every picture, and its name.
pub(crate) trait Look {
    /// The shape that stands for it: a symbol of `report/pictures/marks.html`.
    fn mark(self) -> &'static str;
    /// The class that colours it.
    fn tone(self) -> String;
    /// The key of its name.
    fn name_key(self) -> String;
}

impl Look for Label {
    fn mark(self) -> &'static str {
        match self {
            Self::Consensus => "mark-circle",
            Self::Controversy => "mark-diamond",
            Self::Rejection => "mark-square",
            Self::Indifference => "mark-triangle",
            Self::Mixed => "mark-wedge",
            Self::Undetermined => "mark-ring",
        }
    }

    fn tone(self) -> String {
        format!("tone-{self}")
    }

    fn name_key(self) -> String {
        format!("label-{self}-name")
    }
}

/// A share as a place or a length across.
pub(crate) fn across(share: f64) -> String {
    format!("{}%", short(share.clamp(0.0, 1.0) * 100.0))
}

/// A height in `em`.
pub(crate) fn em(height: f64) -> String {
    format!("{}em", (height * 100.0).round() / 100.0)
}

/// A coordinate with one decimal, written as short as it goes: thousands of them make up a map.
pub(crate) fn short(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // Minus zero, and what no figure of a report is, are written as zero: a drawing is never broken.
    if rounded == 0.0 || !rounded.is_finite() { "0".to_owned() } else { format!("{rounded}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short_and_always_numbers() {
        assert_eq!(short(12.04), "12");
        assert_eq!(short(12.06), "12.1");
        assert_eq!(short(-0.01), "0");
        assert_eq!(short(f64::NAN), "0");
        assert_eq!(across(2.0), "100%");
    }
}
