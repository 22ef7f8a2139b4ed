//! Timestamps as the API writes them: RFC 3339 in UTC.

use gd_domain::Timestamp;

/// Formats a timestamp as in `2026-03-02T09:00:00Z`; `None` past the last year of the calendar.
pub(crate) fn rfc3339(instant: Timestamp) -> Option<String> {
    jiff::Timestamp::from_millisecond(instant.as_millis()).ok().map(|instant| instant.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_in_utc() {
        assert_eq!(rfc3339(Timestamp::from_millis(1_772_442_000_000)).unwrap(), "2026-03-02T09:00:00Z");
        assert_eq!(rfc3339(Timestamp::from_millis(1_772_442_000_250)).unwrap(), "2026-03-02T09:00:00.25Z");
        assert_eq!(rfc3339(Timestamp::from_millis(i64::MAX)), None);
    }
}
