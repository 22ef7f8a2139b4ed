//! Instants in words, in UTC. The order of the parts and the months are the translators'.

use gd_domain::{Language, Timestamp};
use jiff::civil::DateTime;

use crate::words::say;

/// The day, as in "12 mars 2026".
pub(crate) fn day(language: Language, instant: Timestamp) -> String {
    let civil = civil(instant);
    let year = civil.year().to_string();
    say(
        language,
        "date-day",
        &[("day", civil.day().into()), ("month", civil.month().into()), ("year", year.into())],
    )
}

/// The day and minute, as in "12 mars 2026, 18 h 00 (UTC)".
pub(crate) fn minute(language: Language, instant: Timestamp) -> String {
    let civil = civil(instant);
    let hour = match language {
        Language::Fr => civil.hour().to_string(),
        Language::En => format!("{:02}", civil.hour()),
    };
    let minute = format!("{:02}", civil.minute());
    say(
        language,
        "date-minute",
        &[("day", day(language, instant).into()), ("hour", hour.into()), ("minute", minute.into())],
    )
}

/// For machines, as in `2026-03-12T18:00:00Z`.
pub(crate) fn machine_readable(instant: Timestamp) -> String {
    civil(instant).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An instant past what a calendar can hold is shown as the calendar's first one.
fn civil(instant: Timestamp) -> DateTime {
    let instant =
        jiff::Timestamp::from_millisecond(instant.as_millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    jiff::tz::Offset::UTC.to_datetime(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-12T18:00:00Z.
    const EVENING: Timestamp = Timestamp::from_millis(1_773_338_400_000);

    #[test]
    fn an_instant_is_written_in_the_readers_language() {
        assert_eq!(minute(Language::Fr, EVENING), "12\u{a0}mars 2026, 18\u{a0}h\u{a0}00 (UTC)");
        assert_eq!(minute(Language::En, EVENING), "12\u{a0}March 2026, 18:00 (UTC)");
        assert_eq!(machine_readable(EVENING), "2026-03-12T18:00:00Z");
    }

    #[test]
    fn the_first_of_a_month_is_an_ordinal_in_french() {
        let first = Timestamp::from_millis(1_775_001_600_000);
        assert_eq!(day(Language::Fr, first), "1er\u{a0}avril 2026");
        assert_eq!(day(Language::En, first), "1\u{a0}April 2026");
    }

    #[test]
    fn an_instant_past_all_calendars_does_not_panic() {
        assert_eq!(day(Language::En, Timestamp::from_millis(i64::MAX)), "1\u{a0}January 1970");
    }
}
