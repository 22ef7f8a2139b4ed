//! Reads `exposures.csv`.

use std::collections::BTreeMap;
use std::path::Path;

use gd_domain::ItemNumber;

use crate::FileError;
use crate::progress::Progress;
use crate::table::Table;

use super::{EXPOSURES, EXPOSURES_HEADER};

/// Reads the number of times each proposal was shown from the file next to these ballots. Empty without that file,
/// which older exports lack.
pub(crate) fn read_exposures_beside(
    ballots: &Path,
    progress: &mut Progress<'_>,
) -> Result<BTreeMap<ItemNumber, u64>, FileError> {
    let path = ballots.with_file_name(EXPOSURES);
    if path.is_file() { read(Table::open(&path)?, progress) } else { Ok(BTreeMap::new()) }
}

fn read(mut table: Table, progress: &mut Progress<'_>) -> Result<BTreeMap<ItemNumber, u64>, FileError> {
    let [number, shown] = [table.column(EXPOSURES_HEADER[0])?, table.column(EXPOSURES_HEADER[1])?];
    let mut exposures = BTreeMap::<ItemNumber, (u64, u64)>::new();
    while let Some(row) = table.next_row()? {
        let proposal = row.proposal_number(number)?;
        let times = row.text(shown).parse().ok().filter(|times| *times <= TIMES_MAX);
        let times =
            times.ok_or_else(|| row.unexpected(shown, format!("a whole number from 0 to {TIMES_MAX}")))?;
        if let Some((_, line)) = exposures.insert(proposal, (times, row.line())) {
            return Err(
                row.error(format!("proposal {proposal} was already in line {line}; keep the right one"))
            );
        }
        progress.row();
    }
    Ok(exposures.into_iter().map(|(number, (times, _))| (number, times)).collect())
}

/// No proposal was ever shown more often: sums of so few proposals as numbers allow stay whole.
const TIMES_MAX: u64 = u32::MAX as u64;
