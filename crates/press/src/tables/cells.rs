//! The cells of a CSV table: texts, intervals, lists.

use gd_report::Share;

use super::TableError;

/// Puts an apostrophe before a text that starts like a formula. Spreadsheets then take the cell for text. A tab or
/// a line end at the start would hide the sign that follows it, so it counts as such a start.
pub(super) fn harmless(text: &str) -> String {
    let starts_like_a_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if starts_like_a_formula { format!("'{text}") } else { text.to_owned() }
}

/// Three cells: mean, lower end, upper end.
pub(super) fn interval(share: Share) -> [String; 3] {
    [share.mean, share.low, share.high].map(|part| part.to_string())
}

/// One cell for several parts, as in "a, b".
pub(super) fn joined<T: ToString>(parts: impl IntoIterator<Item = T>) -> String {
    parts.into_iter().map(|part| part.to_string()).collect::<Vec<_>>().join(", ")
}

/// Writes a CSV text: the header, then the rows.
pub(super) fn csv(
    header: &[String],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Result<String, TableError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).map_err(TableError::of)?;
    for row in rows {
        writer.write_record(row).map_err(TableError::of)?;
    }
    let bytes = writer.into_inner().map_err(|error| TableError::of(error.into_error()))?;
    String::from_utf8(bytes).map_err(TableError::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_a_text() {
        for formula in ["=1+1", "+33 1 23", "-10 %", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        for text in ["Plus de vélos", "10 % = trop", "", "« - »"] {
            assert_eq!(harmless(text), text);
        }
    }
}
