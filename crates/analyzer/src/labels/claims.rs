//! The claims of a report: as many labels as possible while few of them are expected to be wrong.
//!
//! The local error of a label is the posterior probability that it is wrong; the mean over a set of claims
//! is the share of them expected to be wrong (Bayesian false discovery rate; docs/METHOD.md, "Claims").

use gd_report::{ClaimRule, Claims};

/// The claims: the largest set of the smallest local errors whose mean stays within the rule and of which
/// none is above it. Equal errors, so equal counts, are claimed or left together. `None` is never claimed.
pub(crate) fn claim(errors: &[Option<f64>], rule: ClaimRule) -> Claims {
    let mut sorted: Vec<f64> = errors.iter().copied().flatten().collect();
    sorted.sort_by(f64::total_cmp);
    let error_max = f64::from(rule.error_percent) / 100.0;
    let mean_error_max = f64::from(rule.mean_error_percent) / 100.0;

    let mut claims = Claims::default();
    let mut sum = 0.0;
    let mut count = 0;
    for equal in sorted.chunk_by(|one, next| one.total_cmp(next).is_eq()) {
        count += equal.len() as u64;
        sum += equal.iter().sum::<f64>();
        let mean_error = mean(sum, count);
        if equal[0] > error_max || mean_error > mean_error_max {
            break;
        }
        claims = Claims { count, mean_error, error_max: equal[0] };
    }
    claims
}

/// Whether a label of this local error is among the claims.
pub(crate) fn includes(claims: &Claims, error: f64) -> bool {
    claims.count > 0 && error <= claims.error_max
}

#[expect(clippy::cast_precision_loss, reason = "counts of proposals are far below 2^52")]
fn mean(sum: f64, count: u64) -> f64 {
    sum / count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count_of(errors: &[f64]) -> u64 {
        let errors: Vec<_> = errors.iter().copied().map(Some).collect();
        claim(&errors, ClaimRule::default()).count
    }

    #[test]
    fn the_mean_error_bounds_the_claims() {
        assert_eq!(count_of(&[0.01, 0.02, 0.03, 0.10, 0.15]), 4);
        assert_eq!(count_of(&[0.06, 0.07]), 0);
        assert_eq!(count_of(&[]), 0);
    }

    #[test]
    fn no_claim_has_a_local_error_above_the_greatest() {
        let mut errors = vec![0.0; 100];
        errors.extend([0.20, 0.21]);
        assert_eq!(count_of(&errors), 101);
    }

    #[test]
    fn equal_errors_are_claimed_or_left_together() {
        assert_eq!(count_of(&[0.01, 0.08, 0.08]), 1);
        assert_eq!(count_of(&[0.01, 0.01, 0.08, 0.08]), 4);
    }

    #[test]
    fn what_has_no_error_is_never_claimed() {
        let claims = claim(&[None, Some(0.01), None], ClaimRule::default());
        assert_eq!(claims.count, 1);
        assert!(includes(&claims, 0.01) && !includes(&claims, 0.02));
        assert!(!includes(&claim(&[None], ClaimRule::default()), 0.0));
    }
}
