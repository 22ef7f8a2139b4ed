//! Small things with sensible contents.

use gd_domain::{
    Answer, Answers, Audience, AudienceCode, BallotEvent, Calendar, Channel, Choice, ConsultationDraft,
    Language, Opinion, Origin, ParticipantBallots, ParticipantId, Presentation, ProposalNumber, Question,
    Rules, Slug, Standing, Theme, Timestamp, fold,
};

use crate::TEST_NOW;

/// The participant of this small number.
#[must_use]
pub fn participant(number: i64) -> ParticipantId {
    ParticipantId::from_number(number).expect("tests use numbers from 0")
}

/// An agreement, disagreement or pass cast by sequence at [`TEST_NOW`].
#[must_use]
pub fn ballot_event(who: i64, proposal: u32, choice: Choice) -> BallotEvent {
    BallotEvent {
        participant: participant(who),
        proposal: ProposalNumber(proposal),
        opinion: Some(Opinion::bare(choice)),
        audience: AudienceCode::UNDECLARED,
        channel: Channel::Sequence,
        cast_at: TEST_NOW,
    }
}

/// A retraction at [`TEST_NOW`].
#[must_use]
pub fn retraction(who: i64, proposal: u32) -> BallotEvent {
    BallotEvent { opinion: None, ..ballot_event(who, proposal, Choice::Neutral) }
}

/// What stands, after these events, for each participant they change something for.
#[must_use]
pub fn changed(before: &Standing, events: &[BallotEvent]) -> Vec<ParticipantBallots> {
    let folded = fold(before, events);
    let mut after = before.clone();
    after.apply(&folded.changes);
    folded.participants().map(|participant| after.of(participant)).collect()
}

/// A theme of this short name.
#[must_use]
pub fn theme(id: &str) -> Theme {
    Theme { id: id.parse().expect("tests use valid short names"), title: id.to_uppercase() }
}

/// A question of this short name with answers of these.
#[must_use]
pub fn question(id: &str, choices: &[&str]) -> Question {
    let slug = |id: &str| id.parse::<Slug>().expect("tests use valid short names");
    let choice = |id: &&str| Answer { id: slug(id), title: id.to_uppercase() };
    Question { id: slug(id), text: format!("{id} ?"), choices: choices.iter().map(choice).collect() }
}

/// These answers to these questions.
#[must_use]
pub fn answers(given: &[(&str, &str)]) -> Answers {
    let slug = |id: &str| id.parse::<Slug>().expect("tests use valid short names");
    Answers(given.iter().map(|(question, answer)| (slug(question), slug(answer))).collect())
}

/// A consultation open for votes around [`TEST_NOW`], with two audiences (`users`, `staff`) and one theme.
#[must_use]
pub fn consultation_draft(slug: &str) -> ConsultationDraft {
    let audience = |id: &str| Audience { id: id.parse().expect("valid"), title: id.to_uppercase() };
    let day_ms = 24 * 60 * 60 * 1000;
    let opened = Some(TEST_NOW.plus_millis(-day_ms));
    let closes = Some(TEST_NOW.plus_millis(30 * day_ms));
    ConsultationDraft {
        slug: slug.parse().expect("tests use valid slugs"),
        organisation: "Ville d’Essai".into(),
        question: "Comment mieux vivre ensemble ?".into(),
        introduction: "Une consultation pour les essais.".into(),
        language: Language::Fr,
        rules: Rules::default(),
        audiences: vec![audience("users"), audience("staff")],
        questions: Vec::new(),
        themes: vec![theme("daily-life")],
        calendar: Calendar::new(opened, None, None, closes).expect("in order"),
        origin: Origin::Native,
        presentation: Presentation::default(),
    }
}

/// The instant `days` after [`TEST_NOW`].
#[must_use]
pub fn days_later(days: i64) -> Timestamp {
    TEST_NOW.plus_millis(days * 24 * 60 * 60 * 1000)
}
