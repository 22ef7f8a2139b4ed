//! Figures in words, as texts, tables and pictures write them alike.

use fluent_bundle::FluentValue;
use gd_domain::Language;
use gd_report::Share;

use crate::frame::words::say;

/// A share in whole percent.
pub(crate) fn percent(language: Language, share: f64) -> String {
    say(language, "percent", &[("value", whole_percent(share).into())])
}

/// The two ends of an interval in whole percent.
pub(crate) fn interval(language: Language, interval: Share) -> String {
    let ends = [("low", whole_percent(interval.low).into()), ("high", whole_percent(interval.high).into())];
    say(language, "percent-interval", &ends)
}

/// A share with its interval.
pub(crate) fn share(language: Language, share: Share) -> String {
    let parts =
        [("share", text(percent(language, share.mean))), ("interval", text(interval(language, share)))];
    say(language, "percent-with-interval", &parts)
}

/// A number with this many decimals, with the language's decimal sign.
pub(crate) fn decimal(language: Language, value: f64, decimals: usize) -> String {
    let written = format!("{value:.decimals$}");
    match language {
        Language::Fr => written.replace('.', ","),
        Language::En => written,
    }
}

/// A text as a variable of a message.
pub(crate) fn text(text: impl Into<String>) -> FluentValue<'static> {
    FluentValue::from(text.into())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 0 and 100")]
fn whole_percent(share: f64) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_the_language_writes_them() {
        let estimate = Share { mean: 0.854, low: 0.82, high: 0.881 };
        assert_eq!(share(Language::Fr, estimate), "85\u{a0}% (82 à 88\u{a0}%)");
        assert_eq!(share(Language::En, estimate), "85% (82 to 88%)");
        assert_eq!(decimal(Language::Fr, 0.383, 2), "0,38");
    }
}
