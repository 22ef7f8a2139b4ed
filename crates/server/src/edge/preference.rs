//! What a client likes best, as its `Accept` and `Accept-Language` headers say.

/// The values of such a header, best first; those of quality 0 are not wanted.
pub(crate) fn ranked(header: &str) -> impl Iterator<Item = &str> {
    let mut values = header.split(',').map(split_quality).collect::<Vec<_>>();
    values.retain(|&(value, quality)| !value.is_empty() && quality > 0.0);
    // The sort keeps equals in the order they came.
    values.sort_by(|a, b| b.1.total_cmp(&a.1));
    values.into_iter().map(|(value, _)| value)
}

fn split_quality(item: &str) -> (&str, f32) {
    let (value, parameters) = item.split_once(';').unwrap_or((item, ""));
    let quality = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("q="));
    let quality = quality.map_or(1.0, |quality| quality.trim().parse().unwrap_or(0.0));
    (value.trim(), quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_liked_comes_first() {
        let ranked = |header| ranked(header).collect::<Vec<_>>();
        assert_eq!(ranked("de;q=0.5, fr-FR, en;q=0.9"), ["fr-FR", "en", "de"]);
        assert_eq!(ranked("en, fr"), ["en", "fr"]);
        assert_eq!(ranked("en;q=0, fr;q=nonsense"), [] as [&str; 0]);
        assert_eq!(ranked(""), [] as [&str; 0]);
    }
}
