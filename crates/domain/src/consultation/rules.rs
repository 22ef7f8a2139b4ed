//! Settings of a consultation: its language, its moderation, the visibility of its results, its origin.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// Greatest length of a proposal unless its consultation says otherwise, in user-perceived characters.
pub const PROPOSAL_LENGTH_DEFAULT: u16 = 140;

/// The language a consultation is asked in: what its texts are written in, and the pages' default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French, code `fr`; the default.
    #[default]
    Fr,
    /// English, code `en`.
    En,
}

words!(Language, "language", { Fr => "fr", En => "en" });

/// When proposals are read by a moderator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Moderation {
    /// Before they are shown: a proposal starts pending.
    #[default]
    Before,
    /// After: a proposal is shown at once.
    After,
}

/// Visibility of results to the public before a report is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResultsVisibility {
    /// Nobody of the public before a report is published.
    #[default]
    Hidden,
    /// Everybody, while votes come in.
    Live,
}

/// The source of a consultation's ballots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Held on this installation.
    #[default]
    Native,
    /// Imported from a Polis folder.
    Polis,
}

words!(Origin, "origin", { Native => "native", Polis => "polis" });

/// The rules of a consultation: length of proposals, moderation, visibility of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Greatest length of a proposal, in user-perceived characters.
    pub proposal_length_max: u16,
    /// When moderators read proposals.
    pub moderation: Moderation,
    /// Visibility of results.
    pub results: ResultsVisibility,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            proposal_length_max: PROPOSAL_LENGTH_DEFAULT,
            moderation: Moderation::default(),
            results: ResultsVisibility::default(),
        }
    }
}
