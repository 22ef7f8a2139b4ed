//! From a text to its [`Reading`]: words to stems, and each thing to the direction the text takes with it.
//!
//! A word of direction ("ban", "more", "not") holds for the words after it, up to the next one, the end
//! of the sentence or the reason given; where none comes before, the first one after holds
//! ("pesticides must be banned"). docs/METHOD.md, "Ideas", has the rules with examples.

use std::collections::HashMap;

use crate::Language;
use crate::direction::Direction;
use crate::features::{neighbours, word};
use crate::lexicon::{Lexicon, Meaning};
use crate::reading::{Reading, Term};
use crate::tokens::{Token, fold, tokens};

/// Weight of a word that hardly changes what is proposed.
const HALF: f32 = 0.5;

/// Greatest distance in tokens from "ne" to the other half of a French negation.
const NEGATION_TOKENS_MAX: usize = 5;

/// Reads texts; remembers words it has met.
#[derive(Debug, Default)]
pub struct Reader {
    language: Language,
    met: HashMap<(Language, String), Piece>,
}

/// The contribution of one or more words.
#[derive(Clone, Debug)]
enum Piece {
    Nothing,
    Toward(Direction),
    Instead,
    Replace,
    By,
    Purpose,
    Order,
    Comma,
    Pause,
    Number(String),
    Term { term: Term, orders: bool },
}

impl Reader {
    /// A reader of texts in any known language, which takes those that do not tell theirs for this one.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, met: HashMap::new() }
    }

    /// Reads a text.
    pub fn read(&mut self, text: &str) -> Reading {
        let folded = fold(text);
        let mut tokens = tokens(&folded);
        let language = Language::of(&tokens).unwrap_or(self.language);
        if language == Language::French {
            join_negations(&mut tokens);
        }
        let mut clauses = Clauses::default();
        let mut place = 0;
        while place < tokens.len() {
            let (length, piece) = self.piece(language, &tokens[place..], clauses.replacing);
            clauses.take(piece);
            place += length.max(1);
        }
        clauses.reading(folded.chars().filter(|one| one.is_alphanumeric()).collect())
    }

    /// The first piece of the tokens, and the number of tokens it takes.
    fn piece(&mut self, language: Language, tokens: &[Token], replacing: bool) -> (usize, Piece) {
        let word = match &tokens[0] {
            Token::Word(word) => word,
            Token::Number(number) => return (1, Piece::Number(number.clone())),
            Token::Comma => return (1, Piece::Comma),
            Token::Pause => return (1, Piece::Pause),
        };
        let lexicon = Lexicon::of(language);
        let word_at = |place: usize| match tokens.get(place) {
            Some(Token::Word(word)) => Some(word.as_str()),
            _ => None,
        };
        if let Some((length, meaning)) = lexicon.phrase(word_at) {
            return (length, piece_of(lexicon, meaning, ""));
        }
        if replacing && lexicon.is_by(word) {
            return (1, Piece::By);
        }
        if let Some(known) = self.met.get(&(language, word.clone())) {
            return (1, known.clone());
        }
        let piece = match lexicon.meaning(word) {
            Some(meaning) => piece_of(lexicon, meaning, word),
            None => term_piece(lexicon, lexicon.stem(word), word),
        };
        self.met.insert((language, word.clone()), piece.clone());
        (1, piece)
    }
}

fn piece_of(lexicon: &Lexicon, meaning: &Meaning, written: &str) -> Piece {
    match meaning {
        Meaning::Nothing => Piece::Nothing,
        Meaning::Toward(direction) => Piece::Toward(*direction),
        Meaning::Instead => Piece::Instead,
        Meaning::Replace => Piece::Replace,
        Meaning::Purpose => Piece::Purpose,
        Meaning::Number(number) => Piece::Number(number.clone()),
        Meaning::Order => Piece::Order,
        Meaning::Same(term) => term_piece(lexicon, term.clone(), written),
    }
}

fn term_piece(lexicon: &Lexicon, stem: String, written: &str) -> Piece {
    let weight = if lexicon.weighs_half(&stem) { HALF } else { 1.0 };
    let contrast = lexicon.contrast(&stem);
    let orders = lexicon.is_order(&stem);
    let (key, written) = (word(&stem).key, written.to_owned());
    Piece::Term { term: Term { stem, key, written, after: false, direction: None, weight, contrast }, orders }
}

/// Puts the whole of a French negation where it begins: "on ne construit plus" reads "on pas construit".
/// "Ne … que" (only) is none.
fn join_negations(tokens: &mut Vec<Token>) {
    const OTHER_HALVES: [&str; 8] = ["pas", "plus", "jamais", "rien", "aucun", "aucune", "guere", "point"];
    let mut place = 0;
    while place < tokens.len() {
        let is_word = |token: &Token, words: &[&str]| matches!(token, Token::Word(word) if words.contains(&word.as_str()));
        if is_word(&tokens[place], &["ne", "n"]) {
            let end = tokens.len().min(place + 1 + NEGATION_TOKENS_MAX);
            let other_half = (place + 1..end).find(|&other| is_word(&tokens[other], &OTHER_HALVES));
            let only = (place + 1..end).find(|&other| is_word(&tokens[other], &["que", "qu"]));
            if let Some(other) = other_half.filter(|&other| only.is_none_or(|only| other < only)) {
                tokens.remove(other);
                tokens[place] = Token::Word("pas".into());
            }
        }
        place += 1;
    }
}

/// The pieces of a text, each thing under the direction that holds for it.
#[expect(clippy::struct_excessive_bools, reason = "what a reader keeps in mind, each by itself")]
#[derive(Default)]
struct Clauses {
    terms: Vec<Term>,
    neighbours: Vec<u64>,
    numbers: Vec<String>,
    directions: Vec<Direction>,
    holds: Option<Direction>,
    /// No thing has been named since a direction was given.
    fresh: bool,
    replacing: bool,
    /// A word of order has come in this clause.
    after: bool,
    /// The first term since the last comma or pause; what is left without direction waits for one.
    clause: usize,
    waits: bool,
}

impl Clauses {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Nothing => {}
            Piece::Toward(direction) => self.turn(direction, true),
            Piece::Instead => self.turn(Direction::Without, false),
            Piece::Replace => {
                self.turn(Direction::Remove, true);
                self.replacing = true;
            }
            Piece::By => {
                self.fresh = false;
                self.turn(Direction::Create, false);
            }
            Piece::Number(number) => self.numbers.push(number),
            Piece::Order => self.after = true,
            Piece::Term { term, orders } => {
                if let Some(before) = self.terms[self.clause..].last() {
                    self.neighbours.push(neighbours(&before.stem, &term.stem));
                }
                self.terms.push(Term { direction: self.holds, after: self.after, ..term });
                self.after |= orders;
                self.fresh = false;
            }
            Piece::Comma => self.new_clause(),
            Piece::Purpose | Piece::Pause => {
                self.new_clause();
                self.holds = None;
            }
        }
    }

    fn new_clause(&mut self) {
        self.fresh = false;
        self.replacing = false;
        self.after = false;
        self.clause = self.terms.len();
        self.waits = true;
    }

    fn turn(&mut self, direction: Direction, reaches_back: bool) {
        let turned = match self.holds.filter(|_| self.fresh) {
            Some(before) => {
                self.directions.pop();
                before.followed_by(direction)
            }
            None => Some(direction),
        };
        // The first clause waits too, from the start: nothing has turned it yet.
        let first = self.directions.is_empty() && self.clause == 0;
        if reaches_back && (self.waits || first) {
            for term in self.terms[self.clause..].iter_mut().filter(|term| term.direction.is_none()) {
                term.direction = turned;
            }
        }
        self.directions.extend(turned);
        self.holds = turned;
        self.fresh = turned.is_some();
        self.replacing = false;
        self.waits = false;
    }

    fn reading(self, bare: String) -> Reading {
        let Self { mut terms, neighbours, mut numbers, mut directions, .. } = self;
        terms.sort_by(|one, other| {
            (&one.stem, one.direction, one.after).cmp(&(&other.stem, other.direction, other.after))
        });
        terms.dedup_by(|one, other| one.stem == other.stem && one.direction == other.direction);
        numbers.sort_unstable();
        directions.sort_unstable();
        directions.dedup();
        Reading { terms, neighbours, numbers, directions, bare }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each term with the direction that holds for it.
    fn read(text: &str) -> String {
        let reading = Reader::new(Language::French).read(text);
        let term = |term: &Term| match term.direction {
            Some(direction) => format!("{}:{direction:?}", term.stem),
            None => term.stem.clone(),
        };
        let words = reading.terms.iter().map(term).chain(reading.numbers.iter().map(|one| format!("#{one}")));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_direction_holds_for_what_follows_or_for_what_waits() {
        assert_eq!(read("Il faut plus de trains et moins d'avions"), "avion:Less train:More");
        assert_eq!(read("Les pesticides doivent être interdits"), "pesticid:Forbid");
        assert_eq!(read("Interdire les pesticides pour la santé"), "pesticid:Forbid sant");
    }

    #[test]
    fn negations_turn_directions_round() {
        assert_eq!(read("Ne pas augmenter les impôts"), "impot:NotMore");
        assert_eq!(read("On n'augmente plus les impôts"), "impot:NotMore");
        assert_eq!(read("Contre la fermeture des gares"), "gar:Keep");
        assert_eq!(read("Do not close the libraries"), "librari:Keep");
        assert_eq!(read("Ne garder que les trains"), "train:Keep");
        assert_eq!(read("Supprimer l'interdiction du camping"), "camping:Allow");
    }

    #[test]
    fn what_goes_and_what_comes_are_told_apart() {
        assert_eq!(read("Remplacer les avions par des trains"), "avion:Remove train:Create");
        assert_eq!(read("Des trains plutôt que des avions"), "avion:Without train");
        assert_eq!(read("Limiter la vitesse à trente km/h"), "h:Less km:Less vitess:Less #30");
    }
}
