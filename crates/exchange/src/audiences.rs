//! The audiences that a file of ballots names.

use std::collections::BTreeMap;

use gd_domain::{AudienceCode, BallotColumns, ConsultationDraft, Slug};

use crate::open_data::BallotsFile;

/// Audiences in the order of their first ballot. Codes follow names once all are known.
#[derive(Default)]
pub(crate) struct AudiencesSeen {
    codes: BTreeMap<String, (Slug, AudienceCode)>,
}

/// Errors in the name of an audience.
#[derive(Debug)]
pub(crate) enum AudienceFault {
    /// The text is not a valid short name.
    NoName,
    /// A consultation cannot have so many audiences.
    TooMany(String),
}

impl AudienceFault {
    /// The error in words, for a name that is a valid short name.
    pub(crate) fn message(self) -> String {
        match self {
            Self::NoName => "an audience has no name; correct the column `audience`".to_owned(),
            Self::TooMany(message) => message,
        }
    }
}

impl AudiencesSeen {
    /// The code of a name. The empty name means that no audience was declared.
    pub(crate) fn code(&mut self, name: &str) -> Result<AudienceCode, AudienceFault> {
        if name.is_empty() {
            return Ok(AudienceCode::UNDECLARED);
        }
        if let Some(&(_, code)) = self.codes.get(name) {
            return Ok(code);
        }
        let slug = name.parse::<Slug>().map_err(|_| AudienceFault::NoName)?;
        let code = self.next_code()?;
        self.codes.insert(name.to_owned(), (slug, code));
        Ok(code)
    }

    fn next_code(&self) -> Result<AudienceCode, AudienceFault> {
        let count_max = ConsultationDraft::LIST_LENGTH_MAX;
        match u16::try_from(self.codes.len() + 1) {
            Ok(code) if usize::from(code) <= count_max => Ok(AudienceCode(code)),
            _ => Err(AudienceFault::TooMany(format!(
                "this is audience {}, and a consultation has {count_max} at most; check the column `audience`",
                self.codes.len() + 1
            ))),
        }
    }

    /// The audiences by code, from 1 on.
    pub(crate) fn in_order_of_codes(self) -> Vec<Slug> {
        let mut coded: Vec<(Slug, AudienceCode)> = self.codes.into_values().collect();
        coded.sort_unstable_by_key(|(_, code)| *code);
        coded.into_iter().map(|(name, _)| name).collect()
    }

    /// Sorts the audiences by name and gives each the code of its place, in the ballots too.
    pub(crate) fn by_name(self, mut ballots: BallotColumns) -> BallotsFile {
        let mut audiences = Vec::with_capacity(self.codes.len());
        let mut renumbered = vec![AudienceCode::UNDECLARED; self.codes.len() + 1];
        for (code, (slug, seen)) in (1..).zip(self.codes.into_values()) {
            audiences.push(slug);
            renumbered[usize::from(seen.0)] = AudienceCode(code);
        }
        ballots.audience = ballots.audience.map(|seen| renumbered[usize::from(seen.0)]);
        BallotsFile { audiences, ballots }
    }
}
