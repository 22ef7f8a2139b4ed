//! The audit trail as CSV: one row an entry, times in UTC, hashes hexadecimal.

use std::fmt::Write as _;

use gd_domain::AuditEntry;

use crate::instant::to_rfc3339;

/// The header of the rows. `detail` is JSON, empty once erased.
pub const AUDIT_HEADER: &str = "position,at,actor,action,phase,consultation,subject,detail,hash\n";

/// The rows of these entries, each with its line break.
///
/// # Panics
/// Never: the rows are written into memory.
#[must_use]
pub fn audit_rows(entries: &[AuditEntry]) -> Vec<u8> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    for entry in entries {
        rows.write_record(row(entry)).expect("memory can be written to");
    }
    rows.into_inner().expect("memory can be written to")
}

fn row(entry: &AuditEntry) -> [String; 9] {
    [
        entry.position.to_string(),
        to_rfc3339(entry.at),
        entry.actor.clone(),
        entry.action.to_string(),
        entry.phase.to_string(),
        entry.consultation.map(|id| id.0.to_string()).unwrap_or_default(),
        entry.subject.clone(),
        entry.detail.as_ref().map(|(_, detail)| detail.clone()).unwrap_or_default(),
        hexadecimal(&entry.hash),
    ]
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing into a string does not fail");
        text
    })
}

#[cfg(test)]
mod tests {
    use gd_domain::{AuditPhase, ConsultationId, StaffAction, Timestamp};

    use super::*;

    #[test]
    fn an_entry_is_a_row_and_an_erased_detail_is_empty() {
        let entry = |detail: Option<&str>| AuditEntry {
            position: 7,
            at: Timestamp::from_millis(1_795_288_711_120),
            actor: "operator".into(),
            action: StaffAction::Moderate,
            phase: AuditPhase::Done,
            consultation: Some(ConsultationId(1)),
            subject: "proposals 3 4".into(),
            detail_digest: [0; 32],
            detail: detail.map(|detail| ([0; 16], detail.to_owned())),
            previous: [0; 32],
            hash: [0xab; 32],
        };
        let rows = audit_rows(&[entry(Some("{\"a\":1}")), entry(None)]);
        let hash = "ab".repeat(32);
        let head = "7,2026-11-21T19:18:31.120Z,operator,moderate,done,1,proposals 3 4,";
        assert_eq!(
            String::from_utf8(rows).unwrap(),
            format!("{head}\"{{\"\"a\"\":1}}\",{hash}\n{head},{hash}\n")
        );
        assert_eq!(AUDIT_HEADER.split(',').count(), 9);
    }
}
