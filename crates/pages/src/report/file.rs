//! The files a report is taken along in: what they are called, wherever they are offered.

/// One of the forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportFile {
    /// The whole report as data.
    Json,
    /// The report as one page that stands alone.
    Html,
    /// Every published proposal as a table.
    Proposals,
    /// The shortlist as a table.
    Shortlist,
    /// The shortlist as a workbook for spreadsheets.
    Workbook,
}

impl ReportFile {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Json, Self::Html, Self::Proposals, Self::Shortlist, Self::Workbook];

    /// The file's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "report.json",
            Self::Html => "report.html",
            Self::Proposals => "proposals.csv",
            Self::Shortlist => "shortlist.csv",
            Self::Workbook => "shortlist.xlsx",
        }
    }

    /// The file of this name, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.name() == name)
    }

    /// The key of the words that say what is in it.
    pub(crate) const fn story_key(self) -> &'static str {
        match self {
            Self::Json => "file-json",
            Self::Html => "file-html",
            Self::Proposals => "file-proposals",
            Self::Shortlist => "file-shortlist",
            Self::Workbook => "file-workbook",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_their_names() {
        for file in ReportFile::ALL {
            assert_eq!(ReportFile::named(file.name()), Some(file));
        }
        assert_eq!(ReportFile::named("report.pdf"), None);
    }
}
