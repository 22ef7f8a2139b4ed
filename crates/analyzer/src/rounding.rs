//! Numbers as the report prints them.

/// Decimals of probabilities and shares: more than anybody reads, few enough that two machines whose
/// logarithms differ in the last bit print the same.
const DECIMALS: f64 = 1e9;

/// The number to nine decimals; never a negative zero.
pub(crate) fn rounded(number: f64) -> f64 {
    debug_assert!(number.is_finite(), "{number}");
    (number * DECIMALS).round() / DECIMALS + 0.0
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn nine_decimals_and_no_negative_zero() {
        assert_eq!(rounded(1.0 / 3.0).to_string(), "0.333333333");
        assert_eq!(rounded(-1e-12).to_string(), "0");
    }
}
