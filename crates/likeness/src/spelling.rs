//! Whether two words are one but for a typing error.

/// Shorter words differ by a letter too easily to be one: "taxe" and "taxi".
const LENGTH_MIN: usize = 5;

/// From this length on one letter put for another is a typing error: "piste" and "poste" are two words.
const SUBSTITUTION_LENGTH_MIN: usize = 7;

/// From this length on a whole word with a slip is still that word.
const SLIP_LENGTH_MIN: usize = 6;

/// From this length on two errors may be one word's.
const TWO_ERRORS_LENGTH_MIN: usize = 9;

/// Whether one letter is missing, added, swapped with its neighbour or, in longer stems, put for another; in long stems two
/// such errors. The first letter stands.
pub(crate) fn is_misspelt(one: &str, other: &str) -> bool {
    let Some((errors, length, kind)) = compared(one, other) else { return false };
    match errors {
        0 => true,
        1 => kind != Kind::Substitution || length >= SUBSTITUTION_LENGTH_MIN,
        2 => length >= TWO_ERRORS_LENGTH_MIN,
        _ => false,
    }
}

/// The same of whole words, whose stems an error near the end has driven apart: one error, and no letter put for
/// another, which in endings makes another word.
pub(crate) fn is_slip(one: &str, other: &str) -> bool {
    compared(one, other).is_some_and(|(errors, length, kind)| {
        errors == 0 || (errors == 1 && length >= SLIP_LENGTH_MIN && kind != Kind::Substitution)
    })
}

/// The kind of a single typing error.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Missing,
    Swap,
    Substitution,
}

/// The number of errors, the shorter length, and the kind of error if it is one; `None` for words that cannot be one.
fn compared(one: &str, other: &str) -> Option<(usize, usize, Kind)> {
    if one.as_bytes().first() != other.as_bytes().first() || one.len().abs_diff(other.len()) > 2 {
        return None;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let length = one.len().min(other.len());
    if length < LENGTH_MIN || one.iter().chain(&other).any(char::is_ascii_digit) {
        return None;
    }
    let kind = match one.len() == other.len() {
        false => Kind::Missing,
        true if is_swap(&one, &other) => Kind::Swap,
        true => Kind::Substitution,
    };
    Some((errors(&one, &other), length, kind))
}

/// Letters missing, added, changed or swapped with a neighbour: the optimal string alignment distance. What both
/// begin and end with is no error.
fn errors(one: &[char], other: &[char]) -> usize {
    let begin = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[begin..], &other[begin..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[..one.len() - end], &other[..other.len() - end]);
    let width = other.len() + 1;
    let mut before = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    let mut row = vec![0; width];
    for i in 1..=one.len() {
        row[0] = i;
        for j in 1..width {
            let changed = usize::from(one[i - 1] != other[j - 1]);
            row[j] = (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + changed);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        (before, above, row) = (above, row, before);
    }
    above[width - 1]
}

/// Whether, of two words of one length that are one error apart, that error is a swap.
fn is_swap(one: &[char], other: &[char]) -> bool {
    one.iter().zip(other).filter(|(one, other)| one != other).count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_told_from_other_words() {
        for (one, other) in [
            ("cantin", "canttin"),
            ("pistes", "pitses"),
            ("velos", "vlos"),
            ("declaration", "declaratino"),
            ("bibliothequ", "biblioteq"),
        ] {
            assert_eq!(is_misspelt(one, other), other.len() > 4, "{one} {other}");
        }
        for (one, other) in [
            ("piste", "poste"),
            ("taxe", "taxi"),
            ("maison", "saison"),
            ("rural", "mural"),
            ("train", "terrain"),
        ] {
            assert!(!is_misspelt(one, other), "{one} {other}");
        }
        assert!(is_slip("declaration", "declaratoin") && !is_misspelt("declar", "declaratoin"));
        assert!(!is_slip("production", "protection") && !is_slip("", ""));
    }
}
