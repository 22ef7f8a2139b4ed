//! Instants in words, in a consultation's time zone. The order of the parts and the months are the translators'.

use std::fmt::Write as _;
use std::sync::LazyLock;

use gd_domain::{Language, Timestamp};
use jiff::Zoned;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::words::say;

/// The table that comes with the program, so that pages are the same on every machine.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

const SECONDS_PER_MINUTE: i32 = 60;
const MINUTES_PER_HOUR: i32 = 60;

/// Whether dates can be written in the time zone of this name.
#[must_use]
pub fn is_time_zone(name: &str) -> bool {
    ZONES.get(name).is_ok()
}

/// The day, as in "12 mars 2026".
pub(crate) fn day(language: Language, instant: Timestamp, zone: &str) -> String {
    let zoned = zoned(instant, zone);
    let year = zoned.year().to_string();
    say(
        language,
        "date-day",
        &[("day", zoned.day().into()), ("month", zoned.month().into()), ("year", year.into())],
    )
}

/// The day and minute, as in "12 mars 2026, 19 h 00 (UTC+1)".
pub(crate) fn minute(language: Language, instant: Timestamp, zone: &str) -> String {
    let zoned = zoned(instant, zone);
    let hour = match language {
        Language::Fr => zoned.hour().to_string(),
        Language::En => format!("{:02}", zoned.hour()),
    };
    let variables = [
        ("day", day(language, instant, zone).into()),
        ("hour", hour.into()),
        ("minute", format!("{:02}", zoned.minute()).into()),
        ("zone", offset(&zoned).into()),
    ];
    say(language, "date-minute", &variables)
}

/// The instant in RFC 3339, as in `2026-03-12T18:00:00Z`.
pub(crate) fn machine_readable(instant: Timestamp) -> String {
    zoned(instant, "").strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An instant past what a calendar can hold is shown as the calendar's first one; a zone that is none is UTC.
fn zoned(instant: Timestamp, zone: &str) -> Zoned {
    let instant =
        jiff::Timestamp::from_millisecond(instant.as_millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    instant.to_zoned(ZONES.get(zone).unwrap_or(TimeZone::UTC))
}

/// The distance of the instant's clock from UTC, as in `UTC+5:30`.
fn offset(zoned: &Zoned) -> String {
    let minutes = zoned.offset().seconds() / SECONDS_PER_MINUTE;
    let (hours, minutes) = (minutes / MINUTES_PER_HOUR, (minutes % MINUTES_PER_HOUR).abs());
    let mut text = String::from("UTC");
    if hours != 0 || minutes != 0 {
        write!(text, "{hours:+}").expect("writing into a string does not fail");
    }
    if minutes != 0 {
        write!(text, ":{minutes:02}").expect("writing into a string does not fail");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The instant 2026-03-12T18:00:00Z.
    const EVENING: Timestamp = Timestamp::from_millis(1_773_338_400_000);

    #[test]
    fn an_instant_is_written_in_the_readers_language() {
        assert_eq!(minute(Language::Fr, EVENING, ""), "12\u{a0}mars 2026, 18\u{a0}h\u{a0}00 (UTC)");
        assert_eq!(minute(Language::En, EVENING, ""), "12\u{a0}March 2026, 18:00 (UTC)");
        assert_eq!(machine_readable(EVENING), "2026-03-12T18:00:00Z");
    }

    #[test]
    fn a_zone_has_its_own_clock_and_says_how_far_it_is_from_utc() {
        let written = |zone| minute(Language::En, EVENING, zone);
        assert_eq!(written("Europe/Paris"), "12\u{a0}March 2026, 19:00 (UTC+1)");
        assert_eq!(written("Asia/Kolkata"), "12\u{a0}March 2026, 23:30 (UTC+5:30)");
        assert_eq!(written("Pacific/Auckland"), "13\u{a0}March 2026, 07:00 (UTC+13)");
        assert_eq!(written("America/St_Johns"), "12\u{a0}March 2026, 15:30 (UTC-2:30)");
        assert_eq!(written("Atlantis/Main"), written(""));
        assert!(is_time_zone("Europe/Paris") && !is_time_zone("Atlantis/Main"));
    }

    #[test]
    fn the_first_of_a_month_is_an_ordinal_in_french() {
        let first = Timestamp::from_millis(1_775_001_600_000);
        assert_eq!(day(Language::Fr, first, ""), "1er\u{a0}avril 2026");
        assert_eq!(day(Language::En, first, ""), "1\u{a0}April 2026");
    }

    #[test]
    fn an_instant_past_all_calendars_does_not_panic() {
        assert_eq!(day(Language::En, Timestamp::from_millis(i64::MAX), ""), "1\u{a0}January 1970");
    }
}
