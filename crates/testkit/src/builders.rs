//! Small things with sensible contents.

use gd_domain::{
    Answer, Answers, Audience, AudienceCode, AuditDraft, AuditPhase, BallotEvent, Calendar, Channel, Choice,
    ConsultationDraft, ConsultationId, ItemNumber, Language, ModerationStatus, NewPoll, Opinion, Origin,
    ParticipantId, PollDates, PollId, PollKind, Position, Presentation, Proposal, ProposalText, Question,
    Rules, Slug, StaffAction, Standing, Strata, Theme, Timestamp, fold,
};
use gd_engine::ports::{Consultations, NewItem, PortResult, Projection, ProjectionState};
use gd_engine::voting::ports::CountChanges;

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
        proposal: ItemNumber(proposal),
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

/// Moves a projection from a state in which this stands: folds these events in, as the projector does.
///
/// # Errors
/// Any of the port.
pub async fn advance(
    store: &dyn Projection,
    poll: PollId,
    (from, to): (ProjectionState, Position),
    before: &Standing,
    events: &[BallotEvent],
) -> PortResult<bool> {
    let folded = fold(before, events);
    let mut after = before.clone();
    after.apply(&folded.changes);
    let changed = folded.participants().map(|participant| after.of(participant)).collect::<Vec<_>>();
    let gained = CountChanges { ballots: folded.deltas.ballots(), participants: folded.deltas.participants };
    store.advance(poll, from, to, &changed, gained).await
}

/// The audit entry of an act of the operator at [`TEST_NOW`].
#[must_use]
pub fn audit_draft(action: StaffAction, subject: &str) -> AuditDraft {
    AuditDraft {
        at: TEST_NOW,
        actor: "operator".into(),
        action,
        phase: AuditPhase::Done,
        consultation: None,
        subject: subject.into(),
        detail: format!("{{\"subject\":\"{subject}\"}}"),
        salt: [9; 16],
    }
}

/// Records the consultation of [`consultation_draft`].
pub async fn create(store: &dyn Consultations, slug: &str) -> ConsultationId {
    let audit = audit_draft(StaffAction::CreateConsultation, slug);
    store.create(&consultation_draft(slug), TEST_NOW, &audit).await.expect("the store answers")
}

/// A poll beside a consultation's first one, open around [`TEST_NOW`].
#[must_use]
pub fn new_poll(consultation: ConsultationId, kind: PollKind) -> NewPoll {
    NewPoll {
        consultation,
        kind,
        strata: Strata::Audience,
        dates: PollDates { opens_at: Some(days_later(-1)), closes_at: Some(days_later(10)) },
        is_erasable: false,
    }
}

/// A pending item of participant 5.
#[must_use]
pub fn new_item(text: &str) -> NewItem {
    NewItem {
        text: ProposalText::parse(text, 140).expect("tests use short texts"),
        author: participant(5),
        submitted_at: TEST_NOW,
        status: ModerationStatus::Pending,
    }
}

/// A published item of nobody.
#[must_use]
pub fn item(number: u32, text: &str) -> Proposal {
    Proposal {
        number: ItemNumber(number),
        text: ProposalText::parse(text, 140).expect("tests use short texts"),
        author: None,
        submitted_at: TEST_NOW,
        status: ModerationStatus::Published,
        refusal_reason: None,
        theme: None,
        idea: None,
    }
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
