//! The methods that may lead a report.

use std::fmt;
use std::str::FromStr;

use gd_domain::UnknownWord;
use serde::{Deserialize, Deserializer, Serialize};

/// The method that leads a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MethodKind {
    /// Labels with posterior probabilities and a bound on false claims.
    #[default]
    Calibrated,
    /// The same, with the scores and zones of Make.org beside them.
    MakeOrg,
    /// The same, with moderated proposals as columns of zeros, as Polis has them.
    Polis,
}

impl MethodKind {
    /// All methods, the default first.
    pub const ALL: [Self; 3] = [Self::Calibrated, Self::MakeOrg, Self::Polis];

    /// The word used on the command line and in the report.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Calibrated => "calibrated",
            Self::MakeOrg => "make-org",
            Self::Polis => "polis",
        }
    }
}

impl fmt::Display for MethodKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for MethodKind {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| UnknownWord {
            word: word.to_owned(),
            kind: "method",
            expected: Self::ALL.map(Self::as_str).join(", "),
        })
    }
}

/// Reads a method: its name, or an object that has the name beside parameters.
pub(crate) fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<MethodKind, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Method {
        Name(MethodKind),
        Parameters { name: MethodKind },
    }
    Ok(match Method::deserialize(deserializer)? {
        Method::Name(name) | Method::Parameters { name } => name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_read_back_as_written() {
        for kind in MethodKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        assert_eq!("guess".parse::<MethodKind>().unwrap_err().expected, "calibrated, make-org, polis");
    }
}
