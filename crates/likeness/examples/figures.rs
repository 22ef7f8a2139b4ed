//! Prints what indexing, searching and grouping cost at the size of a large consultation, or the groups of a file:
//!
//! ```text
//! cargo run --release -p gd-likeness --example figures
//! cargo run --release -p gd-likeness --example figures -- FILE COLUMN [PERCENT]
//! ```
#![expect(clippy::unwrap_used, reason = "an example ends where something is missing")]

use std::time::{Duration, Instant};

use gd_likeness::{Index, LIKENESS_PERCENT_DEFAULT, Language, Reader, Text, groups};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const TEXTS: usize = 50_000;
const SEARCHES: usize = 2_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [file, column, rest @ ..] => {
            let percent = rest.first().map_or(LIKENESS_PERCENT_DEFAULT, |percent| percent.parse().unwrap());
            print_groups(file, column, percent);
        }
        _ => print_figures(),
    }
}

fn print_groups(file: &str, column: &str, percent: u8) {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let place = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    let texts: Vec<String> = reader.records().map(|row| row.unwrap()[place].to_owned()).collect();
    let asked: Vec<Text<'_>> = texts.iter().map(|text| Text { text, given: None }).collect();
    let found = groups(&asked, percent, Language::of_most(texts.iter().map(String::as_str)));
    let grouped: usize = found.iter().map(|group| group.members.len()).sum();
    println!("{} texts, {} groups of {grouped} texts", texts.len(), found.len());
    for group in found {
        println!("\n* {}", texts[group.centre]);
        for member in group.members.into_iter().filter(|&member| member != group.centre) {
            println!("  {}", texts[member]);
        }
    }
}

fn print_figures() {
    let texts = generated(TEXTS);
    println!("{TEXTS} texts, for example:");
    texts.iter().take(5).for_each(|text| println!("  {text}"));

    let start = Stopwatch::start();
    let (mut index, mut reader) = (Index::default(), Reader::new(Language::French));
    for (number, text) in (0..).zip(&texts) {
        index.add(number, &reader.read(text));
    }
    println!("index built in {}; resident {}", start.told(), resident());

    let mut changes = times(
        (0..1_000).map(|number| {
            let reading = reader.read(&texts[number as usize]);
            move |index: &mut Index| {
                index.remove(number);
                index.add(number, &reading);
            }
        }),
        &mut index,
    );
    println!("taken out and added again: {}", summary(&mut changes));

    let mut generator = ChaCha8Rng::seed_from_u64(7);
    let typed: Vec<String> =
        (0..SEARCHES).map(|_| typed(texts.choose(&mut generator).unwrap(), &mut generator)).collect();
    let mut found = 0;
    let whole = Stopwatch::start();
    let mut searches: Vec<Duration> = typed
        .iter()
        .map(|text| {
            let start = Instant::now();
            found += index.similar(&Reader::new(Language::French).read(text), 5).len();
            start.elapsed()
        })
        .collect();
    println!("{SEARCHES} searches as typed, {found} found, {}: {}", whole.told(), summary(&mut searches));
    drop(index);

    let asked: Vec<Text<'_>> = texts.iter().map(|text| Text { text, given: None }).collect();
    let start = Stopwatch::start();
    let found = groups(&asked, LIKENESS_PERCENT_DEFAULT, Language::French);
    let grouped: usize = found.iter().map(|group| group.members.len()).sum();
    println!("{} groups of {grouped} texts in {}; peak {}", found.len(), start.told(), peak());
}

/// Time passed, and time of the processors: on a machine with other work the two differ.
struct Stopwatch {
    start: Instant,
    ticks: u64,
}

impl Stopwatch {
    fn start() -> Self {
        Self { start: Instant::now(), ticks: ticks() }
    }

    fn told(&self) -> String {
        let processors = Duration::from_millis(10 * (ticks() - self.ticks));
        format!("{:.2?} ({processors:.2?} of processors)", self.start.elapsed())
    }
}

/// Hundredths of a second that Linux has given this process; elsewhere nothing is known.
fn ticks() -> u64 {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = status.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
}

fn times(works: impl Iterator<Item = impl FnOnce(&mut Index)>, index: &mut Index) -> Vec<Duration> {
    works
        .map(|work| {
            let start = Instant::now();
            work(index);
            start.elapsed()
        })
        .collect()
}

fn summary(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 1_000];
    format!("median {:.0?}, p99 {:.0?}, worst {:.0?}", at(500), at(990), at(1_000))
}

fn resident() -> String {
    status("VmRSS:")
}

fn peak() -> String {
    status("VmHWM:")
}

/// A line of what Linux says of this process; elsewhere nothing is known.
fn status(name: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .map_or("unknown".into(), |rest| rest.trim().to_owned())
}

/// A text cut off somewhere in its second half, every fifth with two letters swapped.
fn typed(text: &str, generator: &mut ChaCha8Rng) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    letters.truncate(generator.random_range(letters.len() / 2..=letters.len()));
    if letters.len() > 2 && generator.random_range(0..5) == 0 {
        let place = generator.random_range(1..letters.len() - 1);
        letters.swap(place, place + 1);
    }
    letters.into_iter().collect()
}

/// Proposals put together from what people ask for, of what, for whom and where: many are near-identical,
/// as in a real consultation, and most are not. Some words are everywhere, most are rare.
fn generated(count: usize) -> Vec<String> {
    const ASKS: [&str; 16] = [
        "Il faut plus de",
        "Développer les",
        "Créer des",
        "Réduire les",
        "Simplifier les",
        "Supprimer les",
        "Moins de",
        "Améliorer les",
        "Rendre gratuits les",
        "Interdire les",
        "Rénover les",
        "Financer des",
        "Mieux informer sur les",
        "Maintenir les",
        "Ouvrir davantage de",
        "Contrôler les",
    ];
    const WHOM: [&str; 12] = [
        "",
        "",
        "",
        "pour les étudiants",
        "pour les retraités",
        "pour les artisans",
        "pour les familles",
        "pour les personnes handicapées",
        "pour les associations",
        "pour les agriculteurs",
        "pour tous",
        "pour les indépendants",
    ];
    const WHERE: [&str; 10] = [
        "",
        "",
        "",
        "dans les villages",
        "en centre-ville",
        "dans les écoles",
        "à la campagne",
        "dans chaque quartier",
        "près des gares",
        "sur le site internet",
    ];
    const SYLLABLES: [&str; 40] = [
        "ba", "ber", "cal", "chon", "cla", "dé", "dor", "fan", "fil", "gou", "gra", "jar", "lam", "lière",
        "mai", "man", "mer", "nou", "pan", "pel", "plan", "por", "quin", "ral", "ré", "ron", "sal", "seau",
        "sor", "tan", "teur", "tion", "tor", "tra", "val", "ver", "vil", "vou", "zar", "zon",
    ];
    let mut generator = ChaCha8Rng::seed_from_u64(1);
    let word = |generator: &mut ChaCha8Rng| {
        let syllables = generator.random_range(2..=4);
        (0..syllables).map(|_| *SYLLABLES.choose(generator).unwrap()).collect::<String>() + "s"
    };
    let words: Vec<String> = (0..6_000).map(|_| word(&mut generator)).collect();
    // Frequencies fall with rank, as those of words do (Zipf): u² squeezes draws towards the front.
    let drawn = |generator: &mut ChaCha8Rng| {
        let place = generator.random::<f64>().powi(3) * 6_000.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 5,999")]
        let place = place as usize;
        words[place].clone()
    };
    let text = |generator: &mut ChaCha8Rng| {
        let parts = [
            (*ASKS.choose(generator).unwrap()).to_owned(),
            drawn(generator),
            drawn(generator),
            (*WHOM.choose(generator).unwrap()).to_owned(),
            (*WHERE.choose(generator).unwrap()).to_owned(),
            if generator.random_range(0..3) == 0 {
                format!("et des {}", drawn(generator))
            } else {
                String::new()
            },
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let mut texts: Vec<String> = Vec::with_capacity(count);
    while texts.len() < count {
        let text = match texts.choose(&mut generator).filter(|_| texts.len().is_multiple_of(5)) {
            Some(earlier) => reworded(&earlier.clone(), &mut generator),
            None => text(&mut generator),
        };
        texts.push(text);
    }
    texts
}

/// The same proposal in another's words, or with a typing error.
fn reworded(text: &str, generator: &mut ChaCha8Rng) -> String {
    const WORDINGS: [(&str, &str); 5] = [
        ("Il faut plus de ", "Augmenter le nombre de "),
        ("Réduire les ", "Moins de "),
        ("Ouvrir davantage de ", "Créer des "),
        ("Développer les ", "Davantage de "),
        ("Maintenir les ", "Conserver les "),
    ];
    let wording = WORDINGS.iter().find(|(head, _)| text.starts_with(head));
    match wording {
        Some((head, other)) => text.replacen(head, other, 1),
        None => typed(text, generator),
    }
}
