//! Reads the shares of a population: a CSV file with the columns `card,value,share`.

use std::path::Path;

use crate::FileError;
use crate::table::Table;

/// A row: the share of the population that has a value on a card.
#[derive(Debug, Clone, PartialEq)]
pub struct PopulationShare {
    /// The card: `audience`, or a question's short name.
    pub card: String,
    /// The value: the short name of an audience or of an answer.
    pub value: String,
    /// Its share, above 0 and at most 1.
    pub share: f64,
}

/// Reads the rows of a population, in the order of the file. The caller checks that they make a whole.
///
/// # Errors
/// The first [`FileError`] found: a missing column, an empty name, a share that is no number between 0 and 1.
pub fn read_population(path: &Path) -> Result<Vec<PopulationShare>, FileError> {
    let mut table = Table::open(path)?;
    let (card, value, share) = (table.column("card")?, table.column("value")?, table.column("share")?);
    let mut lines = Vec::new();
    while let Some(row) = table.next_row()? {
        for name in [card, value] {
            if row.text(name).is_empty() {
                return Err(row.unexpected(name, "a name"));
            }
        }
        // The parser takes "NaN" and "inf" for numbers, but they are no shares.
        let number = row.text(share).parse::<f64>().ok().filter(|number| *number > 0.0 && *number <= 1.0);
        let number =
            number.ok_or_else(|| row.unexpected(share, "a share above 0 and at most 1, as in 0.25"))?;
        lines.push(PopulationShare {
            card: row.text(card).to_owned(),
            value: row.text(value).to_owned(),
            share: number,
        });
    }
    Ok(lines)
}
