//! Cards that participants filled in beside the audience, one per question of the organizers.

use std::collections::{BTreeMap, BTreeSet};

use gd_domain::{Answers, ParticipantId, Slug};

/// The values that participants of a table declared on one card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParticipantCard {
    pub(crate) name: String,
    /// Each value that somebody declared, in the order of their names.
    pub(crate) values: Vec<String>,
    /// By the participant's place in the order of their numbers, the place of their value plus one; 0 is nothing.
    pub(crate) of: Vec<u16>,
}

impl ParticipantCard {
    /// A card for each question that somebody among those who voted answered, in the order of their names.
    #[must_use]
    pub fn of_answers(
        voters: impl IntoIterator<Item = ParticipantId>,
        answers: &BTreeMap<ParticipantId, Answers>,
    ) -> Vec<Self> {
        if answers.is_empty() {
            return Vec::new();
        }
        let mut voters: Vec<ParticipantId> = voters.into_iter().collect();
        voters.sort_unstable();
        voters.dedup();
        let of_voters = || voters.iter().filter_map(|voter| answers.get(voter));
        let questions: BTreeSet<&Slug> = of_voters().flat_map(|answers| answers.0.keys()).collect();
        let card = |question: &Slug| {
            let values: BTreeSet<&Slug> = of_voters().filter_map(|answers| answers.to(question)).collect();
            let codes: BTreeMap<&Slug, u16> = values.iter().copied().zip(1..).collect();
            let code = |voter: &ParticipantId| {
                answers.get(voter).and_then(|answers| answers.to(question)).map_or(0, |value| codes[value])
            };
            Self {
                name: question.to_string(),
                values: values.iter().map(ToString::to_string).collect(),
                of: voters.iter().map(code).collect(),
            }
        };
        questions.into_iter().map(card).collect()
    }
}
