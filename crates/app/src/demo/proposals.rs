//! Proposals of the demo: our own sentences, one file a theme, grouped by the stance the public takes on
//! them. In those files a list within a list is one idea in several people's words.

use std::collections::BTreeMap;

use gd_domain::{PROPOSAL_LENGTH_DEFAULT, ProposalText, RefusalReason, Slug, Theme};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

use super::leaning::Leaning;
use super::stance::Stance;

/// Keeps the proposals' draws apart from the participants', which use streams 1, 2, 3…
const STREAM: u64 = 0;

const THEMES: [(&str, &str); 8] = [
    ("contributions", include_str!("proposals/contributions.toml")),
    ("advisers", include_str!("proposals/advisers.toml")),
    ("contact", include_str!("proposals/contact.toml")),
    ("simplification", include_str!("proposals/simplification.toml")),
    ("digital", include_str!("proposals/digital.toml")),
    ("hardship", include_str!("proposals/hardship.toml")),
    ("controls", include_str!("proposals/controls.toml")),
    ("working", include_str!("proposals/working.toml")),
];

const UNPUBLISHED: &str = include_str!("proposals/unpublished.toml");

/// A proposal somebody submits.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoProposal {
    /// The text of the proposal.
    pub text: ProposalText,
    /// The moderators' decision on it.
    pub fate: Fate,
}

/// The moderators' decision on a proposal.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// Publish it under a theme; the public then answers it.
    Published {
        /// The theme's short name.
        theme: Slug,
        /// The public's response to it.
        leaning: Leaning,
    },
    /// Refuse it, and say why.
    Refused(RefusalReason),
    /// Leave it pending.
    Pending,
}

/// The proposals in the order they are submitted, themes mixed. The same idea in other words gets the
/// same leaning.
#[must_use]
pub fn proposals(seed: u64) -> Vec<DemoProposal> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(STREAM);
    let mut proposals = unpublished();
    for (id, file) in theme_files() {
        for (stance, idea) in file.ideas() {
            let leaning = Leaning::draw(stance, &mut rng);
            proposals.extend(idea.wordings().iter().map(|text| DemoProposal {
                text: proposal_text(text),
                fate: Fate::Published { theme: id.clone(), leaning: leaning.clone() },
            }));
        }
    }
    proposals.shuffle(&mut rng);
    proposals
}

/// The themes, in the order they are shown.
#[must_use]
pub fn themes() -> Vec<Theme> {
    theme_files().map(|(id, file)| Theme { id, title: file.title }).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    title: String,
    stances: BTreeMap<Stance, Vec<Idea>>,
}

impl ThemeFile {
    fn ideas(&self) -> impl Iterator<Item = (Stance, &Idea)> {
        self.stances.iter().flat_map(|(&stance, ideas)| ideas.iter().map(move |idea| (stance, idea)))
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Idea {
    SaidOnce(String),
    SaidAgain(Vec<String>),
}

impl Idea {
    fn wordings(&self) -> &[String] {
        match self {
            Self::SaidOnce(text) => std::slice::from_ref(text),
            Self::SaidAgain(texts) => texts,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnpublishedFile {
    pending: Vec<String>,
    refused: Vec<RefusedText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefusedText {
    text: String,
    reason: String,
}

fn theme_files() -> impl Iterator<Item = (Slug, ThemeFile)> {
    THEMES.into_iter().map(|(id, file)| {
        let id = id.parse().expect("the names above are short and plain");
        (id, toml::from_str(file).expect("the theme files are read by the tests"))
    })
}

fn unpublished() -> Vec<DemoProposal> {
    let file: UnpublishedFile = toml::from_str(UNPUBLISHED).expect("the file is read by the tests");
    let pending = file.pending.iter().map(|text| (text, Fate::Pending));
    let refused = file.refused.iter().map(|RefusedText { text, reason }| {
        (text, Fate::Refused(RefusalReason::parse(reason).expect("the reasons are read by the tests")))
    });
    pending.chain(refused).map(|(text, fate)| DemoProposal { text: proposal_text(text), fate }).collect()
}

fn proposal_text(text: &str) -> ProposalText {
    ProposalText::parse(text, PROPOSAL_LENGTH_DEFAULT).expect("the texts are parsed by the tests")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every text as written, the unpublished ones included.
    fn texts() -> Vec<String> {
        let unpublished: UnpublishedFile = toml::from_str(UNPUBLISHED).unwrap();
        let published = theme_files().flat_map(|(_, file)| {
            file.stances.into_values().flatten().flat_map(|idea| idea.wordings().to_vec()).collect::<Vec<_>>()
        });
        let refused = unpublished.refused.into_iter().map(|refused| refused.text);
        published.chain(unpublished.pending).chain(refused).collect()
    }

    #[test]
    fn every_text_is_a_proposal_kept_as_written() {
        let spoiled = texts()
            .into_iter()
            .filter(|text| {
                ProposalText::parse(text, PROPOSAL_LENGTH_DEFAULT).map(|parsed| parsed.to_string()).as_ref()
                    != Ok(text)
            })
            .collect::<Vec<_>>();
        assert_eq!(spoiled, Vec::<String>::new());
    }

    #[test]
    fn several_hundred_texts_and_no_two_alike() {
        let texts = texts();
        let distinct = texts.iter().map(|text| text.to_lowercase()).collect::<BTreeSet<_>>();
        assert_eq!(distinct.len(), texts.len());
        let published = proposals(0).into_iter().filter(|one| matches!(one.fate, Fate::Published { .. }));
        assert!(published.count() >= 420);
    }

    #[test]
    fn the_typography_is_french() {
        for text in texts() {
            assert!(!text.contains(['\'', '"', '\u{a0}', '\u{202f}']), "{text}");
            let unspaced =
                text.match_indices(['?', '!', ';', ':', '»']).any(|(place, _)| !text[..place].ends_with(' '));
            assert!(!unspaced, "{text}");
            assert_eq!(text.matches('«').count(), text.matches("« ").count(), "{text}");
        }
    }

    #[test]
    fn ideas_come_back_in_other_words() {
        let repeated = theme_files()
            .flat_map(|(_, file)| file.stances.into_values().flatten())
            .map(|idea| idea.wordings().len())
            .filter(|&wordings| wordings > 1)
            .collect::<Vec<_>>();
        assert!((10..=15).contains(&repeated.len()), "{repeated:?}");
        assert!(repeated.iter().all(|wordings| (3..=6).contains(wordings)), "{repeated:?}");
    }

    #[test]
    fn every_theme_exists_and_is_filled() {
        let mut filled = BTreeMap::<Slug, usize>::new();
        for proposal in proposals(0) {
            if let Fate::Published { theme, .. } = proposal.fate {
                *filled.entry(theme).or_default() += 1;
            }
        }
        let themes = themes().into_iter().map(|theme| theme.id).collect::<BTreeSet<_>>();
        assert_eq!(filled.keys().cloned().collect::<BTreeSet<_>>(), themes);
        assert!(filled.values().all(|&count| count >= 40), "{filled:?}");
    }

    #[test]
    fn moderators_have_refused_some_and_have_some_to_read() {
        let proposals = proposals(0);
        let count = |fits: fn(&Fate) -> bool| proposals.iter().filter(|one| fits(&one.fate)).count();
        assert!(count(|fate| matches!(fate, Fate::Refused(_))) >= 10);
        assert!(count(|fate| matches!(fate, Fate::Pending)) >= 5);
    }

    #[test]
    fn a_seed_gives_one_order_and_another_seed_another() {
        assert_eq!(proposals(7), proposals(7));
        assert_ne!(proposals(7)[0..20], proposals(8)[0..20]);
    }
}
