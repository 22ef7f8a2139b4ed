//! How texts and figures are written into the cells of a CSV table.

use super::TableError;
use crate::reported::Share;

/// A text that no spreadsheet takes for a formula: one that starts like a formula gets an apostrophe in front,
/// which spreadsheets take for "this is text". Tabs and line ends at the start would hide what follows them.
pub(super) fn harmless(text: &str) -> String {
    let starts_like_a_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if starts_like_a_formula { format!("'{text}") } else { text.to_owned() }
}

/// Mean, lower end, upper end.
pub(super) fn interval(share: Share) -> [String; 3] {
    [share.mean, share.low, share.high].map(|part| part.to_string())
}

/// "a, b"
pub(super) fn joined<T: ToString>(parts: impl IntoIterator<Item = T>) -> String {
    parts.into_iter().map(|part| part.to_string()).collect::<Vec<_>>().join(", ")
}

/// A CSV text of a header and its lines.
pub(super) fn csv(
    header: &[String],
    lines: impl IntoIterator<Item = Vec<String>>,
) -> Result<String, TableError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).map_err(TableError::of)?;
    for line in lines {
        writer.write_record(line).map_err(TableError::of)?;
    }
    let bytes = writer.into_inner().map_err(|error| TableError::of(error.into_error()))?;
    String::from_utf8(bytes).map_err(TableError::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_text() {
        for formula in ["=1+1", "+33 1 23", "-10 %", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        for text in ["Plus de vélos", "10 % = trop", "", "« - »"] {
            assert_eq!(harmless(text), text);
        }
    }
}
