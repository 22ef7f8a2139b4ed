//! An installation made before polls had numbers of their own: everything is kept, and votes go on.

use std::sync::Arc;

use gd_domain::ModerationStatus::{Pending, Published, Refused, Withdrawn};
use gd_domain::{
    AudienceCode, BallotEvent, Calendar, Channel, Choice, ConsultationDraft, ConsultationId, ItemNumber,
    Opinion, ParticipantId, PollId, PollKind, Position, RefusalReason, Scope, Slug, StaffAction, Timestamp,
};
use gd_engine::ports::{
    Consultations, Exposures, Items, Ledger, OneTimeLinks, ParticipantAnswers, Polls, ProjectionState,
    ReportKind, Reports, StandingBallots,
};
use gd_engine::{AuditVerification, CastBallots, Engine, SubmittedBallot};
use gd_store::SqlStore;
use gd_testkit::services::Postgres;
use gd_testkit::{
    FixedClock, TEST_NOW, answers, ballot_event, consultation_draft, create, days_later, new_item, new_poll,
    participant, permit, retraction,
};
use sqlx::migrate::Migrator;
use sqlx::{Connection, PgConnection};

use crate::support::{ByHand, engine_over, real_now};

/// The last steps before polls.
const OLDER: i64 = 9;
const OLDER_STANDING: i64 = 2;
/// Consultations of then, with numbers left out.
const SEVEN: ConsultationId = ConsultationId(7);
const POLL: PollId = PollId(3);

fn up_to(mut tables: Migrator, version: i64) -> Migrator {
    tables.migrations.to_mut().retain(|step| step.version <= version);
    tables
}

fn draft(slug: &str) -> ConsultationDraft {
    let day_ms = 24 * 60 * 60 * 1_000;
    let (opened, closes) = (real_now().plus_millis(-day_ms), real_now().plus_millis(day_ms));
    let calendar = Calendar::new(Some(opened), None, None, Some(closes)).unwrap();
    ConsultationDraft { calendar, ..consultation_draft(slug) }
}

fn consultation(id: i64, draft: &ConsultationDraft, revision: i64, last_number: i64) -> String {
    let json = |value: serde_json::Value| value.to_string().replace('\'', "''");
    let value = serde_json::to_value(draft).unwrap();
    let field = |name: &str| json(value[name].clone());
    format!(
        "INSERT INTO consultation
             (id, slug, organisation, question, introduction, language, origin, rules, audiences, themes, calendar,
              presentation, questions, revision, last_number, created_at)
         VALUES ({id}, '{}', '{}', '{}', '{}', 'fr', '{}', '{}', '{}', '{}', '{}', '{}', '{}', {revision}, {last_number}, 5);
         INSERT INTO ledger_head (consultation_id, position) VALUES ({id}, 0);",
        draft.slug,
        draft.organisation,
        draft.question,
        draft.introduction,
        draft.origin.as_str(),
        field("rules"),
        field("audiences"),
        field("themes"),
        field("calendar"),
        field("presentation"),
        field("questions"),
    )
}

/// As the ledger keeps it, without its participant.
fn ballot_bytes(event: &BallotEvent) -> Vec<u8> {
    let choice = event.opinion.map_or(0, |opinion| opinion.code().get());
    [
        &event.proposal.0.to_be_bytes()[..],
        &event.cast_at.as_millis().to_be_bytes(),
        &event.opinion.map_or(0, |opinion| opinion.qualifications().bits()).to_be_bytes(),
        &event.audience.0.to_be_bytes(),
        &[choice, u8::try_from(event.channel.index()).unwrap()],
    ]
    .concat()
}

fn events() -> [BallotEvent; 4] {
    [
        BallotEvent { audience: AudienceCode(2), ..ballot_event(10, 1, Choice::Agree) },
        ballot_event(11, 1, Choice::Disagree),
        ballot_event(10, 2, Choice::Neutral),
        retraction(10, 2),
    ]
}

/// Two consultations; in the first, proposals of every status, and a ledger one event ahead of its projection.
fn records(by_hand: &ByHand, drafts: &[ConsultationDraft; 2]) -> String {
    let event_bytes =
        |event: &BallotEvent| [&event.participant.number().to_be_bytes()[..], &ballot_bytes(event)].concat();
    let batch = |last: usize, events: &[BallotEvent]| {
        let packed = events.iter().flat_map(event_bytes).collect::<Vec<_>>();
        format!(
            "UPDATE ledger_head SET position = {last} WHERE consultation_id = 3;
             INSERT INTO event_batch (consultation_id, position, events, packed)
             VALUES (3, {last}, {}, {});",
            events.len(),
            by_hand.blob(&packed)
        )
    };
    let events = events();
    [
        consultation(3, &drafts[0], 8, 5),
        consultation(7, &drafts[1], 2, 0),
        "INSERT INTO proposal
             (consultation_id, number, text, author, submitted_at, status, refusal_reason, theme, idea, revision)
         VALUES (3, 1, 'Un', 5, 1, 'published', NULL, 'daily-life', NULL, 4),
                (3, 2, 'Deux', NULL, 2, 'published', NULL, NULL, 'guichet', 4),
                (3, 3, 'Trois', 5, 3, 'refused', 'hors sujet', NULL, NULL, 5),
                (3, 4, 'Quatre', 6, 4, 'withdrawn', NULL, NULL, NULL, 6),
                (3, 5, 'Cinq', 7, 5, 'pending', NULL, NULL, NULL, 8);
         INSERT INTO exposure (consultation_id, proposal, shown) VALUES (3, 1, 40), (3, 2, 41);
         INSERT INTO report (consultation_id, kind, made_at, position, body) VALUES (3, 'live', 6, 2, '{}'),
                (3, 'published', 7, 3, '{\"a\":1}');
         INSERT INTO participant_answers (consultation_id, participant, answers, answered_at)
         VALUES (3, 10, '{\"age\":\"old\"}', 8);
         INSERT INTO used_link (nonce, expires_at) VALUES (77, 9000000000000);
         UPDATE installation SET secret = 'a secret of then', last_node = 4;"
            .to_owned(),
        batch(3, &events[..3]),
        batch(4, &events[3..]),
    ]
    .concat()
}

/// The standing ballots after the first three events.
fn standing(by_hand: &ByHand) -> String {
    let events = events();
    let ten = [ballot_bytes(&events[0]), ballot_bytes(&events[2])].concat();
    format!(
        "INSERT INTO projection (consultation_id, position, generation) VALUES (3, 3, 6);
         INSERT INTO participant_ballots (consultation_id, participant, ballots, packed)
         VALUES (3, 10, 2, {}), (3, 11, 1, {});",
        by_hand.blob(&ten),
        by_hand.blob(&ballot_bytes(&events[1]))
    )
}

async fn consultations_and_items_are_kept(store: &SqlStore, drafts: &[ConsultationDraft; 2]) {
    let read = store.page(ConsultationId(0), 9).await.unwrap();
    let read = read.into_iter().map(|(one, revision)| (one.id.0, one.description, revision));
    let [first, second] = drafts.clone();
    assert_eq!(read.collect::<Vec<_>>(), [(3, first, 8), (7, second, 2)]);
    let items = store.changed_after(POLL, (0, ItemNumber(0)), 9).await.unwrap();
    let read = items.iter().map(|(revision, item)| {
        (*revision, item.number.0, item.text.as_str(), item.author.map(ParticipantId::number), item.status)
    });
    assert_eq!(
        read.collect::<Vec<_>>(),
        [
            (4, 1, "Un", Some(5), Published),
            (4, 2, "Deux", None, Published),
            (5, 3, "Trois", Some(5), Refused),
            (6, 4, "Quatre", Some(6), Withdrawn),
            (8, 5, "Cinq", Some(7), Pending),
        ]
    );
    assert_eq!(items[0].1.theme.as_ref().map(Slug::as_str), Some("daily-life"));
    assert_eq!(items[1].1.idea.as_ref().map(Slug::as_str), Some("guichet"));
    assert_eq!(items[2].1.refusal_reason.as_ref().map(RefusalReason::as_str), Some("hors sujet"));
    assert_eq!(items[4].1.submitted_at, Timestamp::from_millis(5));
    assert_eq!(store.published(POLL).await.unwrap(), 2);
    let shown = [(ItemNumber(1), 40), (ItemNumber(2), 41)];
    assert_eq!(store.shown(POLL).await.unwrap(), shown.into());
}

async fn votes_are_kept(store: &SqlStore) {
    let marks = store.marks().await.unwrap();
    let polls =
        marks.iter().map(|mark| (mark.poll.id.0, mark.poll.consultation.0, mark.poll.kind, mark.head.0));
    assert_eq!(polls.collect::<Vec<_>>(), [(3, 3, PollKind::Opinion, 4), (7, 7, PollKind::Opinion, 0)]);
    assert!(marks.iter().all(|mark| mark.poll.is_first() && !mark.poll.is_erasable));
    assert_eq!(marks[0].projection, ProjectionState { position: Position(3), generation: 6 });
    assert_eq!((marks[0].ballots, marks[0].participants, marks[0].revision), (3, 2, 8));
    assert_eq!((marks[1].ballots, marks[1].participants), (0, 0));
    let kept = store.read_after(POLL, Position::START, 9).await.unwrap();
    assert!(kept.iter().map(|placed| placed.event).eq(events()));
    let projected = store.projected_of(POLL, participant(10)).await.unwrap();
    assert_eq!((projected.position, projected.head, projected.ballots.len()), (Position(3), Position(4), 2));
    assert_eq!(
        StandingBallots::of_participant(store, POLL, participant(10)).await.unwrap(),
        projected.ballots[..1]
    );
}

async fn the_rest_is_kept(store: &SqlStore) {
    let three = ConsultationId(3);
    let report = store.latest(three, ReportKind::Published).await.unwrap().unwrap();
    assert_eq!((report.position, report.body.as_str()), (Position(3), "{\"a\":1}"));
    let live = store.latest_made_at(three, ReportKind::Live).await.unwrap();
    assert_eq!(live, Some(Timestamp::from_millis(6)));
    let age = ParticipantAnswers::of_participant(store, three, participant(10)).await.unwrap();
    assert_eq!(age, Some(answers(&[("age", "old")])));
    assert!(!store.use_up(77, days_later(9_999), TEST_NOW).await.unwrap());
    assert_eq!(store.shared_secret("another").await.unwrap(), "a secret of then");
    assert_eq!(store.next_node().await.unwrap(), 5);
}

async fn votes_go_on(engine: &Engine, clock: &FixedClock) {
    let maintain = permit(engine, StaffAction::MaintainLedger, Scope::Installation);
    let verification = engine.voting().verify(&maintain, POLL, &mut |_, _| ()).await.unwrap();
    assert_eq!((verification.ballots, verification.differences), (2, 0), "{:?}", verification.listed);
    clock.set(real_now());
    let (who, now) = (participant(12), engine.now());
    let item = ItemNumber(2);
    let key = engine.voting().key(POLL, item, who, Channel::Explore, now);
    let opinion = Ok(Opinion::bare(Choice::Agree));
    let cast = CastBallots {
        slug: "three",
        poll: None,
        participant: who,
        audience: AudienceCode(1),
        channel: None,
        ballots: &[SubmittedBallot { proposal: item, opinion, key: &key }],
        now,
    };
    assert_eq!(engine.voting().cast(cast).await.unwrap().recorded, 1);
    assert_eq!(engine.voting().project(POLL).await.unwrap(), Position(5));
    let verification = engine.voting().verify(&maintain, POLL, &mut |_, _| ()).await.unwrap();
    assert_eq!((verification.ballots, verification.differences), (3, 0));
    assert_eq!(engine.voting().recount(&maintain, POLL, &mut |_, _| ()).await.unwrap(), Position(5));
}

async fn what_is_new_has_numbers_after_the_old_ones(store: &SqlStore, engine: &Engine) {
    let mark = store.mark(POLL).await.unwrap().unwrap();
    assert_eq!((mark.ballots, mark.participants), (3, 3));
    let submitted = store.submit(POLL, &[new_item("Six")]).await.unwrap();
    assert_eq!(submitted, [(ItemNumber(6), Pending)]);
    assert_eq!(create(store, "eight").await, ConsultationId(8));
    let poll = permit(engine, StaffAction::CreatePoll, Scope::Consultation(SEVEN));
    let new = new_poll(SEVEN, PollKind::Reaction);
    assert_eq!(engine.voting().create_poll(&poll, &new).await.unwrap(), PollId(9));
    assert_eq!(create(store, "ten").await, ConsultationId(10));
    let read = permit(engine, StaffAction::ReadAudit, Scope::Installation);
    // Two consultations, a poll, and the recount with its two.
    let sound = AuditVerification::Sound { entries: 5, erased: 0, cut_up_to: 0 };
    assert_eq!(engine.staff().verify_audit(&read).await.unwrap(), sound);
}

async fn everything_is_kept_and_goes_on(store: SqlStore, drafts: &[ConsultationDraft; 2]) {
    let store = Arc::new(store);
    consultations_and_items_are_kept(&store, drafts).await;
    votes_are_kept(&store).await;
    the_rest_is_kept(&store).await;
    let clock = Arc::new(FixedClock::at(real_now()));
    let engine = engine_over(&store, &clock).await;
    votes_go_on(&engine, &clock).await;
    what_is_new_has_numbers_after_the_old_ones(&store, &engine).await;
}

#[tokio::test]
async fn an_older_installation_on_sqlite_is_kept_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.db");
    let drafts = ["three", "seven"].map(draft);
    let standing_file = SqlStore::standing_file(&file);
    for (file, tables, version) in [
        (&file, sqlx::migrate!("../../migrations/sqlite"), OLDER),
        (&standing_file, sqlx::migrate!("../../migrations/sqlite-standing"), OLDER_STANDING),
    ] {
        let mut by_hand = ByHand::sqlite(file).await;
        let statements = if version == OLDER { records(&by_hand, &drafts) } else { standing(&by_hand) };
        let ByHand::Sqlite(connection) = &mut by_hand else { unreachable!("it was opened as such") };
        up_to(tables, version).run(connection).await.unwrap();
        by_hand.run(&statements).await.unwrap();
    }
    everything_is_kept_and_goes_on(SqlStore::open_sqlite(&file).await.unwrap(), &drafts).await;
}

#[tokio::test]
async fn an_older_installation_on_postgres_is_kept_and_goes_on() {
    let server = Postgres::shared();
    let url = server.create_database("older_installation");
    let drafts = ["three", "seven"].map(draft);
    let mut connection = PgConnection::connect(&url).await.unwrap();
    up_to(sqlx::migrate!("../../migrations/postgres"), OLDER).run(&mut connection).await.unwrap();
    let mut by_hand = ByHand::Postgres(connection);
    let statements = [records(&by_hand, &drafts), standing(&by_hand)].concat();
    by_hand.run(&statements).await.unwrap();
    everything_is_kept_and_goes_on(SqlStore::open_postgres(&url).await.unwrap(), &drafts).await;
}
