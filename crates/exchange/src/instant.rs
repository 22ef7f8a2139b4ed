//! Instants as text.

use gd_domain::Timestamp;

/// RFC 3339 in UTC with milliseconds, `2026-11-21T19:18:31.123Z`. An instant outside the years −9999 to 9999, which
/// that form lacks, is plain milliseconds since 1970.
pub(crate) fn to_rfc3339(instant: Timestamp) -> String {
    match jiff::Timestamp::from_millisecond(instant.as_millis()) {
        Ok(time) => format!("{time:.3}"),
        Err(_) => instant.as_millis().to_string(),
    }
}

/// An instant for people, `2026-11-21 19:18:31 UTC`. Empty for an instant outside the years −9999 to 9999.
pub(crate) fn to_readable(instant: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(instant.as_millis())
        .map(|time| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
        .unwrap_or_default()
}

/// Reads RFC 3339 (finer than a millisecond is dropped) or plain milliseconds since 1970.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    if let Ok(millis) = text.parse() {
        return Some(Timestamp::from_millis(millis));
    }
    let time = text.parse::<jiff::Timestamp>().ok()?;
    Some(Timestamp::from_millis(time.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_instant_is_written_to_the_millisecond_in_utc() {
        let instant = Timestamp::from_millis(1_795_288_711_120);
        assert_eq!(to_rfc3339(instant), "2026-11-21T19:18:31.120Z");
        assert_eq!(to_readable(instant), "2026-11-21 19:18:31 UTC");
        assert_eq!(parse("2026-11-21T20:18:31.12+01:00"), Some(instant));
        assert_eq!(parse("1795288711120"), Some(instant));
        assert_eq!(parse("2026-11-21T19:18:31.1"), None);
        assert_eq!(parse("yesterday"), None);
    }

    proptest! {
        #[test]
        fn every_instant_is_read_back(millis in any::<i64>()) {
            let instant = Timestamp::from_millis(millis);
            prop_assert_eq!(parse(&to_rfc3339(instant)), Some(instant));
        }

        #[test]
        fn every_usual_instant_is_read_back(millis in -400_000_000_000_000_i64..400_000_000_000_000) {
            let instant = Timestamp::from_millis(millis);
            prop_assert_eq!(parse(&to_rfc3339(instant)), Some(instant));
        }
    }
}
