//! Numbers as the report prints them.

/// Decimals of probabilities and shares: more than anybody reads, few enough that two machines whose
/// logarithms differ in the last bit print the same.
const DECIMALS: f64 = 1e9;

/// Decimals of scores, which take nothing but arithmetic and square roots. Fifteen digits in all are
/// the most that every JSON reader gives back unchanged.
const SCORE_DECIMALS: f64 = 1e12;

/// The probability or share to nine decimals; never a negative zero.
pub(crate) fn rounded(number: f64) -> f64 {
    round_to(number, DECIMALS)
}

/// The score to twelve decimals; never a negative zero.
pub(crate) fn rounded_score(number: f64) -> f64 {
    round_to(number, SCORE_DECIMALS)
}

/// The number to six significant digits, by way of its decimal writing, so exactly.
pub(crate) fn significant(number: f64) -> f64 {
    format!("{number:.5e}").parse().unwrap_or(number)
}

fn round_to(number: f64, decimals: f64) -> f64 {
    debug_assert!(number.is_finite(), "{number}");
    (number * decimals).round() / decimals + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_decimals_and_no_negative_zero() {
        assert_eq!(rounded(1.0 / 3.0).to_string(), "0.333333333");
        assert_eq!(rounded_score(-1.0 / 3.0).to_string(), "-0.333333333333");
        assert_eq!(rounded(-1e-12).to_string(), "0");
    }
}
