//! The presentation of a consultation's pages: settings that organizers may change and most leave as they
//! are.

use serde::{Deserialize, Serialize};

use crate::consultation::SiteOrigin;

/// Settings of a consultation's pages. The default fits everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Presentation {
    /// The time zone that dates are written in, by its name in the IANA database, as in `Europe/Paris`;
    /// empty for UTC.
    pub time_zone: String,
    /// The prefix of every proposal, as in "Il faut"; empty where people begin as they like.
    pub answer_prefix: String,
    /// The organisation's legal notices to the public.
    pub notices: Notices,
    /// The sites that may show the widget in their pages; none where there is no widget.
    pub widget_origins: Vec<SiteOrigin>,
}

/// Texts of the organisation. A line that starts with `## ` is a heading, an empty line parts paragraphs. An
/// empty text leaves the pages' own words alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notices {
    /// Data protection: the controller, purpose, retention and contact.
    pub privacy: String,
    /// Accessibility: the state of the audit, and the contact for reporting a barrier.
    pub accessibility: String,
    /// The publisher and the host.
    pub legal: String,
}

impl Presentation {
    /// Greatest length of the prefix, in code points.
    pub const PREFIX_LENGTH_MAX: usize = 40;
    /// Most sites that may show the widget: all of them stand in a header.
    pub const WIDGET_ORIGINS_MAX: usize = 50;

    /// The typed text as it is submitted: with the prefix in front, once. White space alone becomes the empty
    /// text.
    #[must_use]
    pub fn answer(&self, typed: &str) -> String {
        let typed = typed.trim();
        let prefix = self.answer_prefix.trim();
        if prefix.is_empty() || typed.is_empty() || self.after_prefix(typed).len() < typed.len() {
            return typed.to_owned();
        }
        format!("{prefix} {typed}")
    }

    /// The text after a proposal's prefix, whatever its case. Returns the whole text where it does not begin
    /// with the prefix.
    #[must_use]
    pub fn after_prefix<'a>(&self, text: &'a str) -> &'a str {
        let prefix = self.answer_prefix.trim();
        if prefix.is_empty() {
            return text;
        }
        let mut rest = text.chars();
        for expected in prefix.chars().flat_map(char::to_lowercase) {
            let given = rest.next().map(|given| given.to_lowercase().eq([expected]));
            if given != Some(true) {
                return text;
            }
        }
        let rest = rest.as_str();
        // "Il faut" begins "Il faut oser", not "Il faute".
        if rest.chars().next().is_some_and(char::is_alphanumeric) { text } else { rest.trim_start() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn il_faut() -> Presentation {
        Presentation { answer_prefix: "Il faut".into(), ..Presentation::default() }
    }

    #[test]
    fn the_prefix_is_said_once() {
        assert_eq!(il_faut().answer("  des bancs "), "Il faut des bancs");
        assert_eq!(il_faut().answer("il FAUT des bancs"), "il FAUT des bancs");
        assert_eq!(il_faut().answer("Il faute"), "Il faut Il faute");
        assert_eq!(il_faut().answer(" \n"), "");
        assert_eq!(Presentation::default().answer(" des bancs"), "des bancs");
    }

    #[test]
    fn a_proposal_is_corrected_without_its_prefix() {
        assert_eq!(il_faut().after_prefix("Il faut des bancs"), "des bancs");
        assert_eq!(il_faut().after_prefix("Des bancs"), "Des bancs");
        assert_eq!(Presentation::default().after_prefix("\nDes bancs"), "\nDes bancs");
        assert_eq!(il_faut().after_prefix("Il faut"), "");
    }
}
