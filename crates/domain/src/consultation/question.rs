//! Questions that organizers ask participants about themselves, and what may be shown of the answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::{AudienceCode, ParticipantId, Slug};

/// A question to participants about themselves, with the answers they choose from. Nobody has to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its short name: that of a card in reports and files.
    pub id: Slug,
    /// The question as people read it.
    pub text: String,
    /// The answers to choose from.
    pub choices: Vec<Answer>,
}

/// An answer to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Its short name.
    pub id: Slug,
    /// Its name for people.
    pub title: String,
}

impl Question {
    /// Most questions of a consultation: more would be a survey, and tell people apart.
    pub const COUNT_MAX: usize = 5;
    /// Fewest answers to choose from.
    pub const CHOICES_MIN: usize = 2;
    /// Most answers to choose from.
    pub const CHOICES_MAX: usize = 25;
    /// Greatest length of the question and of each answer, in code points.
    pub const TEXT_LENGTH_MAX: usize = 200;
    /// The name of a card that is there already.
    pub const RESERVED: &str = "audience";
}

/// A participant's answers: question to chosen answer. Questions left out or declined are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<Slug, Slug>);

impl Answers {
    /// The short name of the answer to a question.
    #[must_use]
    pub fn to(&self, question: &Slug) -> Option<&Slug> {
        self.0.get(question)
    }

    /// Keeps only the answers that these questions offer.
    #[must_use]
    pub fn fitting(mut self, questions: &[Question]) -> Self {
        let is_choice =
            |question: &Question, answer: &Slug| question.choices.iter().any(|one| one.id == *answer);
        self.0.retain(|id, answer| questions.iter().any(|one| one.id == *id && is_choice(one, answer)));
        self
    }
}

/// Fewest participants who share everything shown of any one of them.
pub const SHARED_BY_MIN: usize = 5;

/// Leaves out answers until everything that is shown of a participant, audience and answers together, is shown
/// of at least [`SHARED_BY_MIN`] participants: who knows somebody's answers must not find their votes by them.
///
/// Question by question, in the organizers' order. Among those who are alike so far, an answer that fewer share
/// is left out; where too few then have none, the rarest of the other answers is left out as well. Nothing is
/// shown of the members of an audience with fewer participants.
pub fn withhold_rare(questions: &[Question], people: &mut BTreeMap<ParticipantId, (AudienceCode, Answers)>) {
    let mut alike = BTreeMap::<AudienceCode, Vec<&mut Answers>>::new();
    for (audience, answers) in people.values_mut() {
        alike.entry(*audience).or_default().push(answers);
    }
    for members in alike.into_values() {
        if members.len() < SHARED_BY_MIN {
            for answers in members {
                answers.0.clear();
            }
        } else {
            withhold_among(questions, members);
        }
    }
}

/// The same among at least [`SHARED_BY_MIN`] who are alike so far.
fn withhold_among(questions: &[Question], members: Vec<&mut Answers>) {
    let Some((question, later)) = questions.split_first() else { return };
    let mut silent = Vec::new();
    let mut by_answer = BTreeMap::<Slug, Vec<&mut Answers>>::new();
    for answers in members {
        match answers.to(&question.id).cloned() {
            Some(answer) => by_answer.entry(answer).or_default().push(answers),
            None => silent.push(answers),
        }
    }
    let (shared, rare): (Vec<_>, Vec<_>) =
        by_answer.into_values().partition(|members| members.len() >= SHARED_BY_MIN);
    let mut shared = shared;
    silent.extend(rare.into_iter().flatten());
    if (1..SHARED_BY_MIN).contains(&silent.len()) {
        let rarest =
            shared.iter().enumerate().min_by_key(|(_, members)| members.len()).map(|(place, _)| place);
        silent.extend(rarest.map(|place| shared.remove(place)).into_iter().flatten());
    }
    for answers in &mut silent {
        answers.0.remove(&question.id);
    }
    shared.push(silent);
    for members in shared {
        withhold_among(later, members);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        text.parse().unwrap()
    }

    fn question(id: &str, choices: &[&str]) -> Question {
        let answer = |id: &&str| Answer { id: slug(id), title: id.to_uppercase() };
        Question { id: slug(id), text: format!("{id}?"), choices: choices.iter().map(answer).collect() }
    }

    fn questions() -> [Question; 2] {
        [question("age", &["young", "old"]), question("area", &["town", "land"])]
    }

    fn answers(age: &str, area: &str) -> Answers {
        let given = [("age", age), ("area", area)].into_iter().filter(|(_, answer)| !answer.is_empty());
        Answers(given.map(|(question, answer)| (slug(question), slug(answer))).collect())
    }

    /// So many participants of an audience with these answers.
    fn people(crowds: &[(usize, u16, &str, &str)]) -> BTreeMap<ParticipantId, (AudienceCode, Answers)> {
        let each = crowds.iter().flat_map(|&(count, audience, age, area)| {
            (0..count).map(move |_| (AudienceCode(audience), answers(age, area)))
        });
        (1..).map(|number| ParticipantId::from_number(number).unwrap()).zip(each).collect()
    }

    fn shown(crowds: &[(usize, u16, &str, &str)]) -> BTreeMap<(u16, String), usize> {
        let mut people = people(crowds);
        withhold_rare(&questions(), &mut people);
        let mut counts = BTreeMap::new();
        for (audience, answers) in people.into_values() {
            let of = |id| answers.to(&slug(id)).map_or("-", Slug::as_str).to_owned();
            *counts.entry((audience.0, format!("{} {}", of("age"), of("area")))).or_default() += 1;
        }
        counts
    }

    #[test]
    fn what_five_share_is_shown_and_what_fewer_share_is_not() {
        let counts = shown(&[(5, 1, "young", "town"), (6, 1, "old", "land"), (4, 2, "old", "land")]);
        let expected = [((1, "old land"), 6), ((1, "young town"), 5), ((2, "- -"), 4)];
        assert_eq!(counts, expected.map(|((code, told), count)| ((code, told.to_owned()), count)).into());
    }

    #[test]
    fn a_rare_answer_takes_the_rarest_other_along_where_it_would_stand_alone() {
        let counts = shown(&[(9, 0, "old", "town"), (5, 0, "old", "land"), (1, 0, "old", "")]);
        let expected = [((0, "old -"), 6), ((0, "old town"), 9)];
        assert_eq!(counts, expected.map(|((code, told), count)| ((code, told.to_owned()), count)).into());
    }

    #[test]
    fn whatever_is_answered_everything_shown_is_shared() {
        // Every mix of sizes of nine crowds from 0 to 6, sparsely.
        for seed in 0..5_000_usize {
            let size = |place: u32| seed.wrapping_mul(2_654_435_761).rotate_right(7 * place) % 7;
            let ages = ["", "young", "old"];
            let crowds: Vec<_> = (0..9_u32)
                .map(|place| {
                    (size(place), 0, ages[place as usize % 3], ["", "town", "land"][place as usize / 3])
                })
                .collect();
            let everybody: usize = crowds.iter().map(|crowd| crowd.0).sum();
            let counts = shown(&crowds);
            assert_eq!(counts.values().sum::<usize>(), everybody);
            let is_alone =
                |(told, count): (&(u16, String), &usize)| *count < SHARED_BY_MIN && told.1 != "- -";
            assert!(!counts.iter().any(is_alone), "{crowds:?}: {counts:?}");
            assert!(everybody < SHARED_BY_MIN || counts.values().all(|count| *count >= SHARED_BY_MIN));
        }
    }

    #[test]
    fn answers_that_are_no_choice_any_more_are_left_out() {
        let kept = answers("young", "sea").fitting(&questions());
        assert_eq!(kept, answers("young", ""));
        assert_eq!(answers("young", "town").fitting(&[]), Answers::default());
    }
}
