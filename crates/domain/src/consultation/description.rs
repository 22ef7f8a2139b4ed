//! A consultation: one open question with its rules, audiences, themes and calendar.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::consultation::{Calendar, Language, Origin, Phase, Presentation, Question, Rules};
use crate::ids::{AudienceCode, ConsultationId, Slug};
use crate::timestamp::Timestamp;

/// A named public whose voice is compared with the others' on an equal footing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Its short name.
    pub id: Slug,
    /// Its name for people, as in "I am …".
    pub title: String,
}

/// A subject that proposals are tagged with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// Its short name.
    pub id: Slug,
    /// Its name for people.
    pub title: String,
}

/// A consultation as its organizers describe it, before it has a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsultationDraft {
    /// Its short name, unique in the installation.
    pub slug: Slug,
    /// The body that asks.
    pub organisation: String,
    /// The open question.
    pub question: String,
    /// A few sentences: who asks, why, and what happens with the answers.
    pub introduction: String,
    /// The language of the above.
    pub language: Language,
    /// The length of proposals, their moderation and the visibility of results.
    pub rules: Rules,
    /// The publics, in order: the first has code 1.
    pub audiences: Vec<Audience>,
    /// The organizers' questions to participants about themselves, in order.
    pub questions: Vec<Question>,
    /// The subjects that proposals are sorted by.
    pub themes: Vec<Theme>,
    /// When each phase starts.
    pub calendar: Calendar,
    /// The source of its ballots: voted here or imported.
    pub origin: Origin,
    /// The wording and settings of its pages beyond the question.
    pub presentation: Presentation,
}

/// A description that cannot be a consultation.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConsultationError {
    /// The question is empty.
    #[error("the question is empty: write the one open question people will answer")]
    NoQuestion,
    /// A text is longer than its limit.
    #[error("{what} has {length} characters and at most {length_max} are allowed")]
    TooLong {
        /// The text that is too long, as messages name it.
        what: &'static str,
        /// Its length in code points.
        length: usize,
        /// The length allowed.
        length_max: usize,
    },
    /// Two audiences or two themes have the same short name.
    #[error("two {what} are called `{id}`: give each its own short name")]
    Twice {
        /// `audiences` or `themes`.
        what: &'static str,
        /// The short name that occurs twice.
        id: Slug,
    },
    /// More audiences or themes than a page can show.
    #[error("{count} {what} are too many: at most {count_max}")]
    TooMany {
        /// `audiences`, `themes`, `questions` or `widget origins`.
        what: &'static str,
        /// The number found.
        count: usize,
        /// The greatest number allowed.
        count_max: usize,
    },
    /// A question without an alternative, or with more answers than a page can show.
    #[error(
        "the question `{id}` has {count} answers to choose from: give it {} to {}",
        Question::CHOICES_MIN,
        Question::CHOICES_MAX
    )]
    Choices {
        /// The short name of the question.
        id: Slug,
        /// The number of its answers.
        count: usize,
    },
    /// A question named like the card that is there without any.
    #[error("no question can be called `{}`: choose another short name", Question::RESERVED)]
    ReservedName,
    /// Proposals of no length, or longer than a page of text.
    #[error("proposals of {0} characters cannot be: choose 1 to 10,000")]
    ProposalLength(u16),
}

impl ConsultationDraft {
    /// Greatest length of the question, in code points.
    pub const QUESTION_LENGTH_MAX: usize = 500;
    /// Greatest length of the introduction, in code points.
    pub const INTRODUCTION_LENGTH_MAX: usize = 10_000;
    /// Greatest length of each notice, in code points.
    pub const NOTICE_LENGTH_MAX: usize = 50_000;
    /// Most audiences, and most themes.
    pub const LIST_LENGTH_MAX: usize = 50;

    /// Checks what the types alone do not say.
    ///
    /// # Errors
    /// The first [`ConsultationError`] found.
    pub fn validate(&self) -> Result<(), ConsultationError> {
        if self.question.trim().is_empty() {
            return Err(ConsultationError::NoQuestion);
        }
        check_length("the question", &self.question, Self::QUESTION_LENGTH_MAX)?;
        check_length("the organisation", &self.organisation, Self::QUESTION_LENGTH_MAX)?;
        check_length("the introduction", &self.introduction, Self::INTRODUCTION_LENGTH_MAX)?;
        let Presentation { answer_prefix, notices, .. } = &self.presentation;
        check_length("the answers' prefix", answer_prefix, Presentation::PREFIX_LENGTH_MAX)?;
        for notice in [&notices.privacy, &notices.accessibility, &notices.legal] {
            check_length("a notice", notice, Self::NOTICE_LENGTH_MAX)?;
        }
        let count = self.presentation.widget_origins.len();
        let count_max = Presentation::WIDGET_ORIGINS_MAX;
        if count > count_max {
            return Err(ConsultationError::TooMany { what: "widget origins", count, count_max });
        }
        check_list("audiences", self.audiences.iter().map(|audience| &audience.id))?;
        check_list("themes", self.themes.iter().map(|theme| &theme.id))?;
        check_questions(&self.questions)?;
        match self.rules.proposal_length_max {
            1..=10_000 => Ok(()),
            length => Err(ConsultationError::ProposalLength(length)),
        }
    }
}

fn check_questions(questions: &[Question]) -> Result<(), ConsultationError> {
    let (count, count_max) = (questions.len(), Question::COUNT_MAX);
    if count > count_max {
        return Err(ConsultationError::TooMany { what: "questions", count, count_max });
    }
    check_list("questions", questions.iter().map(|question| &question.id))?;
    for Question { id, text, choices } in questions {
        if id.as_str() == Question::RESERVED {
            return Err(ConsultationError::ReservedName);
        }
        let count = choices.len();
        if !(Question::CHOICES_MIN..=Question::CHOICES_MAX).contains(&count) {
            return Err(ConsultationError::Choices { id: id.clone(), count });
        }
        check_list("answers to one question", choices.iter().map(|choice| &choice.id))?;
        for text in choices.iter().map(|choice| &choice.title).chain([text]) {
            check_length("a question or an answer to it", text, Question::TEXT_LENGTH_MAX)?;
        }
    }
    Ok(())
}

fn check_length(what: &'static str, text: &str, length_max: usize) -> Result<(), ConsultationError> {
    let length = text.chars().count();
    if length > length_max {
        return Err(ConsultationError::TooLong { what, length, length_max });
    }
    Ok(())
}

fn check_list<'a>(what: &'static str, ids: impl Iterator<Item = &'a Slug>) -> Result<(), ConsultationError> {
    let ids = ids.collect::<Vec<_>>();
    let count_max = ConsultationDraft::LIST_LENGTH_MAX;
    if ids.len() > count_max {
        return Err(ConsultationError::TooMany { what, count: ids.len(), count_max });
    }
    for (place, id) in ids.iter().enumerate() {
        if ids[..place].contains(id) {
            return Err(ConsultationError::Twice { what, id: (*id).clone() });
        }
    }
    Ok(())
}

/// A consultation on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    /// Its record number.
    pub id: ConsultationId,
    /// The description that its organizers gave.
    pub description: ConsultationDraft,
}

impl Consultation {
    /// Its short name.
    #[must_use]
    pub fn slug(&self) -> &Slug {
        &self.description.slug
    }

    /// The phase at an instant.
    #[must_use]
    pub fn phase_at(&self, now: Timestamp) -> Phase {
        self.description.calendar.phase_at(now)
    }

    /// The audience of this short name with its code.
    #[must_use]
    pub fn audience_code(&self, id: &str) -> Option<AudienceCode> {
        let place = self.description.audiences.iter().position(|audience| audience.id.as_str() == id)?;
        u16::try_from(place + 1).ok().map(AudienceCode)
    }

    /// The audience of this code; `None` for "not said" and for codes the list does not have.
    #[must_use]
    pub fn audience(&self, code: AudienceCode) -> Option<&Audience> {
        let place = usize::from(code.0).checked_sub(1)?;
        self.description.audiences.get(place)
    }

    /// The theme of this short name.
    #[must_use]
    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.description.themes.iter().find(|theme| theme.id.as_str() == id)
    }
}

/// Totals of a consultation so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The number of published proposals.
    pub proposals: u64,
    /// The number of standing ballots.
    pub ballots: u64,
    /// Participants with at least one standing ballot.
    pub participants: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> ConsultationDraft {
        ConsultationDraft {
            slug: "test".parse().unwrap(),
            organisation: String::new(),
            question: "Comment simplifier ?".into(),
            introduction: String::new(),
            language: Language::Fr,
            rules: Rules::default(),
            audiences: vec![
                Audience { id: "users".parse().unwrap(), title: "Usagers".into() },
                Audience { id: "staff".parse().unwrap(), title: "Agents".into() },
            ],
            questions: Vec::new(),
            themes: Vec::new(),
            calendar: Calendar::default(),
            origin: Origin::Native,
            presentation: Presentation::default(),
        }
    }

    #[test]
    fn audience_codes_count_from_one_and_zero_is_not_said() {
        let consultation = Consultation { id: ConsultationId(1), description: draft() };
        assert_eq!(consultation.audience_code("staff"), Some(AudienceCode(2)));
        assert_eq!(consultation.audience(AudienceCode(2)).unwrap().id.as_str(), "staff");
        assert_eq!(consultation.audience(AudienceCode::UNDECLARED), None);
        assert_eq!(consultation.audience(AudienceCode(3)), None);
    }

    #[test]
    fn a_description_is_checked() {
        assert_eq!(draft().validate(), Ok(()));
        let mut twice = draft();
        twice.audiences[1].id = "users".parse().unwrap();
        assert!(matches!(twice.validate(), Err(ConsultationError::Twice { what: "audiences", .. })));
        let answer = |id: &str| crate::consultation::Answer { id: id.parse().unwrap(), title: id.into() };
        let question = |id: &str, choices: &[&str]| crate::consultation::Question {
            id: id.parse().unwrap(),
            text: "?".into(),
            choices: choices.iter().copied().map(answer).collect(),
        };
        let asking = |questions| ConsultationDraft { questions, ..draft() }.validate();
        assert_eq!(asking(vec![question("age", &["young", "old"])]), Ok(()));
        assert!(matches!(
            asking(vec![question("age", &["young"])]),
            Err(ConsultationError::Choices { count: 1, .. })
        ));
        assert_eq!(asking(vec![question("audience", &["a", "b"])]), Err(ConsultationError::ReservedName));
        assert!(matches!(asking(vec![question("age", &["a", "a"])]), Err(ConsultationError::Twice { .. })));
        assert!(matches!(
            asking(vec![question("age", &["a", "b"]); 6]),
            Err(ConsultationError::TooMany { .. })
        ));
        let mut empty = draft();
        empty.question = " ".into();
        assert_eq!(empty.validate(), Err(ConsultationError::NoQuestion));
    }
}
