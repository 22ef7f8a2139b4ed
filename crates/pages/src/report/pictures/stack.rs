//! Shares that make a whole, as one bar.

use askama::Template;

use super::across;

/// A bar of segments, left to right.
#[derive(Debug, Template)]
#[template(path = "report/pictures/stack.svg")]
pub(crate) struct Stack {
    /// The content of the picture in words, for readers who cannot see it.
    title: String,
    segments: Vec<DrawnSegment>,
}

/// A share of the bar.
pub(crate) struct Segment {
    /// The class that colours it.
    pub(crate) tone: String,
    /// Its part of the whole.
    pub(crate) share: f64,
    /// Words to write on the segment, if there is room.
    pub(crate) words: String,
}

#[derive(Debug)]
struct DrawnSegment {
    tone: String,
    x: String,
    width: String,
    middle: String,
    words: String,
}

/// A narrower segment has no room for words.
const WORDS_SHARE_MIN: f64 = 0.13;

impl Stack {
    pub(crate) fn new(title: String, segments: Vec<Segment>) -> Self {
        let mut start = 0.0;
        let mut drawn = Vec::with_capacity(segments.len());
        for Segment { tone, share, words } in segments {
            if share > 0.0 {
                let words = if share >= WORDS_SHARE_MIN { words } else { String::new() };
                let middle = across(start + share / 2.0);
                drawn.push(DrawnSegment { tone, x: across(start), width: across(share), middle, words });
                start += share;
            }
        }
        Self { title, segments: drawn }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_follow_one_another_and_narrow_ones_have_no_words() {
        let segment = |share, words: &str| Segment { tone: "tone-agree".into(), share, words: words.into() };
        let svg =
            Stack::new("t".into(), vec![segment(0.9, "90 %"), segment(0.0, "0 %"), segment(0.1, "10 %")])
                .render()
                .unwrap();
        assert!(
            svg.contains(r#"x="90%""#) && svg.contains(r#"width="10%""#) && svg.contains("90 %"),
            "{svg}"
        );
        assert!(!svg.contains("10 %") && !svg.contains(r#"width="0%""#), "{svg}");
    }
}
