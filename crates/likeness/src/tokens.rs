//! A text as words, numbers and pauses: case, accents, apostrophes and hyphens aside.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// Letters in lower case, without accents.
    Word(String),
    /// Digits, with a point before decimals and none between thousands.
    Number(String),
    /// A comma.
    Comma,
    /// The end of a sentence or of a part of one.
    Pause,
}

/// Words that French elides before a vowel, without the apostrophe; `n` is half of a negation.
const ELIDED: [&str; 13] =
    ["l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"];

/// The text in lower case and one spelling, without accents.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.nfkd().filter(|&character| !is_combining_mark(character)) {
        match character {
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            '’' | '‘' | 'ʼ' | '`' | '´' => folded.push('\''),
            '€' => folded.push_str(" euro "),
            '$' => folded.push_str(" dollar "),
            '%' => folded.push_str(" pourcent "),
            _ => folded.extend(character.to_lowercase()),
        }
    }
    folded
}

/// The pieces of a folded text.
pub(crate) fn tokens(folded: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(24);
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            number(rest, &mut tokens)
        } else if is_written_without_spaces(first) {
            pairs(rest, &mut tokens)
        } else if first.is_alphanumeric() {
            word(rest, &mut tokens)
        } else {
            pause(first, &mut tokens);
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

fn pause(character: char, tokens: &mut Vec<Token>) {
    match character {
        ',' | '、' => tokens.push(Token::Comma),
        '.' | ';' | ':' | '!' | '?' | '(' | ')' | '。' | '\n' => tokens.push(Token::Pause),
        _ => {}
    }
}

/// Letters, and an apostrophe between them: `l'ecole` is two words, `aujourd'hui` and `don't` are one.
fn word(text: &str, tokens: &mut Vec<Token>) -> usize {
    let is_letter = |character: char| character.is_alphanumeric() && !character.is_ascii_digit();
    let end = |text: &str| text.find(|character| !is_letter(character)).unwrap_or(text.len());
    let length = end(text);
    let head = &text[..length];
    let tail = text[length..].strip_prefix('\'').map(|tail| &tail[..end(tail)]).unwrap_or_default();
    let joined = length + 1 + tail.len();
    match tail {
        "" => tokens.push(Token::Word(head.to_owned())),
        _ if ELIDED.contains(&head) => {
            tokens.push(Token::Word(head.to_owned()));
            return length + 1;
        }
        // "the city's": the owner, without the mark of owning.
        "s" | "re" | "ve" | "ll" | "d" | "m" => {
            tokens.push(Token::Word(head.to_owned()));
            return joined;
        }
        _ => {
            tokens.push(Token::Word(format!("{head}{tail}")));
            return joined;
        }
    }
    length
}

/// `1 500` and `1500`, `2,5` and `2.5` are one number each.
fn number(text: &str, tokens: &mut Vec<Token>) -> usize {
    let digits = |text: &str| text.find(|one: char| !one.is_ascii_digit()).unwrap_or(text.len());
    let mut length = digits(text);
    let mut number = text[..length].to_owned();
    while number.len() <= 9 && length <= 15 {
        let Some(separator) = text[length..].chars().next() else { break };
        let next = &text[length + separator.len_utf8()..];
        let following = digits(next);
        match separator {
            ' ' | ',' | '\'' | '.' if following == 3 && !number.contains('.') => {}
            ',' | '.' if following > 0 && !number.contains('.') => number.push('.'),
            _ => break,
        }
        number.push_str(&next[..following]);
        length += separator.len_utf8() + following;
    }
    tokens.push(Token::Number(number.trim_start_matches('0').to_owned()));
    length
}

/// Chinese and Japanese have no spaces: every two characters that follow each other are a word.
fn pairs(text: &str, tokens: &mut Vec<Token>) -> usize {
    let length = text.find(|one| !is_written_without_spaces(one)).unwrap_or(text.len());
    let characters: Vec<char> = text[..length].chars().collect();
    if characters.len() == 1 {
        tokens.push(Token::Word(characters[0].to_string()));
    }
    tokens.extend(characters.windows(2).map(|pair| Token::Word(pair.iter().collect())));
    length
}

fn is_written_without_spaces(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let shown = |token: Token| match token {
            Token::Word(word) => word,
            Token::Number(number) => format!("#{number}"),
            Token::Comma => ",".into(),
            Token::Pause => ".".into(),
        };
        tokens(&fold(text)).into_iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn accents_case_ligatures_and_apostrophes_do_not_matter() {
        assert_eq!(read("L’École d'Été : œuvrer AUJOURD’HUI !"), "l ecole d ete . oeuvrer aujourdhui .");
        assert_eq!(read("Don't raise the city's taxes"), "dont raise the city taxes");
        assert_eq!(read("Jusqu'à minuit, quelqu’un"), "jusqu a minuit , quelqu un");
        assert_eq!(read("e\u{301}cole porte-à-porte"), "ecole porte a porte");
    }

    #[test]
    fn a_number_is_one_however_it_is_written() {
        assert_eq!(read("30km/h"), "#30 km h");
        assert_eq!(read("1 500 €, 1500€ et 1.500 euros"), "#1500 euro , #1500 euro et #1500 euros");
        assert_eq!(read("2,5 % ou 2.5 pourcent"), "#2.5 pourcent ou #2.5 pourcent");
        assert_eq!(read("le 12. Puis 007"), "le #12 . puis #7");
    }

    #[test]
    fn chinese_is_read_by_pairs() {
        assert_eq!(read("計程車 uber"), "計程 程車 uber");
        assert_eq!(read(""), "");
    }
}
