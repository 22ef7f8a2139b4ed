//! `/c/{slug}/privacy`, `/accessibility` and `/legal`: the notices that the law asks for, in the organisation's
//! words where it has written them.

use askama::Template;

use crate::frame::{Frame, Here};

/// A page the law asks for.
#[derive(Debug, Template)]
#[template(path = "public/consultation/notice.html")]
pub struct NoticePage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// The notice to show.
    pub notice: Notice,
}

/// The pages that the law asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The data kept about people, with the reasons.
    Privacy,
    /// The accessibility statement.
    Accessibility,
    /// The publisher's legal notice.
    Legal,
}

/// A piece of the organisation's text.
#[derive(Debug, PartialEq, Eq)]
enum Block<'a> {
    Heading(&'a str),
    Paragraph(Vec<&'a str>),
}

impl Notice {
    /// Every notice, in the order of the links.
    pub const ALL: [Self; 3] = [Self::Privacy, Self::Accessibility, Self::Legal];

    /// The last segment of the notice's path.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Privacy => "privacy",
            Self::Accessibility => "accessibility",
            Self::Legal => "legal",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub(crate) fn title(&self, frame: &Frame<'_>) -> String {
        frame.say(format!("notice-{}", self.as_str()))
    }
}

impl NoticePage<'_> {
    fn title(&self) -> String {
        self.notice.title(&self.frame)
    }

    /// The organisation's own text. The page uses its default text where this is empty.
    fn blocks(&self) -> Vec<Block<'_>> {
        let notices = &self.here.consultation.description.presentation.notices;
        blocks(match self.notice {
            Notice::Privacy => &notices.privacy,
            Notice::Accessibility => &notices.accessibility,
            Notice::Legal => &notices.legal,
        })
    }
}

/// An empty line parts paragraphs, `## ` starts a heading.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut paragraph = Vec::new();
    for line in text.lines().map(str::trim).chain([""]) {
        let heading = line.strip_prefix("## ");
        if (line.is_empty() || heading.is_some()) && !paragraph.is_empty() {
            blocks.push(Block::Paragraph(std::mem::take(&mut paragraph)));
        }
        match heading {
            Some(heading) => blocks.push(Block::Heading(heading.trim())),
            None if !line.is_empty() => paragraph.push(line),
            None => {}
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_headings_and_paragraphs() {
        let text = "Un\r\ndeux\n\n\n## Trois\nquatre\n## Cinq\n\nsix\n";
        let expected = vec![
            Block::Paragraph(vec!["Un", "deux"]),
            Block::Heading("Trois"),
            Block::Paragraph(vec!["quatre"]),
            Block::Heading("Cinq"),
            Block::Paragraph(vec!["six"]),
        ];
        assert_eq!(blocks(text), expected);
        assert_eq!(blocks(" \n"), []);
    }
}
