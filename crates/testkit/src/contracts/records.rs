//! The contract of the record ports: consultations, proposals, ledger, projection, reports.

use gd_domain::ModerationStatus::{Pending, Published, Refused};
use gd_domain::{
    Answers, Choice, ConsultationId, Deltas, ModerationStatus, Opinion, Position, Proposal, ProposalNumber,
    ProposalText, Qualification, RefusalReason, Standing, StandingBallot,
};
use gd_engine::ports::{
    Consultations, Exposures, Ledger, Moderated, NewProposal, OneTimeLinks, ParticipantAnswers,
    PortErrorKind, ProjectedBallots, Projection, ProjectionState, Proposals, ReportKind, Reports,
    StandingBallots, StoredReport,
};

use crate::{
    NEVER_LATE, TEST_NOW, answers, ballot_event, changed, consultation_draft, participant, question,
    retraction,
};

/// Runs the whole suite; the store must be empty.
pub async fn records_keep_their_contract<S>(store: &S)
where
    S: Ledger
        + Projection
        + StandingBallots
        + Consultations
        + Proposals
        + Reports
        + Exposures
        + OneTimeLinks
        + ParticipantAnswers,
{
    let one = store.create(&consultation_draft("one"), TEST_NOW).await.unwrap();
    let two = store.create(&consultation_draft("two"), TEST_NOW).await.unwrap();
    a_slug_is_taken_once(store).await;
    a_consultation_comes_back_as_written_and_updated(store, one).await;
    proposals_are_numbered_moderated_and_listed_by_change(store, one).await;
    moderating_an_unknown_proposal_changes_nothing(store, one).await;
    imported_proposals_keep_their_numbers(store, two).await;
    positions_are_gapless_and_apart(store, one, two).await;
    my_ballots_include_the_tail_of_the_ledger(store, one).await;
    the_projection_moves_only_from_where_it_stands(store, one).await;
    standing_ballots_are_read_and_counted(store, one).await;
    a_reset_starts_a_new_generation(store, one).await;
    reports_are_kept_or_replaced_by_kind(store, one).await;
    watermarks_show_every_move(store, one, two).await;
    exposures_add_up(store, one, two).await;
    a_link_is_used_once_until_it_expires(store).await;
    the_last_answers_stand_until_they_are_forgotten(store, one, two).await;
}

async fn a_slug_is_taken_once(store: &dyn Consultations) {
    let again = store.create(&consultation_draft("one"), TEST_NOW).await;
    assert_eq!(again.unwrap_err().kind, PortErrorKind::Conflict);
}

async fn a_consultation_comes_back_as_written_and_updated(store: &dyn Consultations, id: ConsultationId) {
    let (mut consultation, revision) = store.by_id(id).await.unwrap().unwrap();
    assert_eq!(consultation.description, consultation_draft("one"));
    consultation.description.question = "Et l’eau ?".into();
    consultation.description.calendar = consultation.description.calendar.closed_at(TEST_NOW);
    consultation.description.presentation.answer_prefix = "Il faut".into();
    consultation.description.presentation.widget_origins = vec!["https://a.example".parse().unwrap()];
    consultation.description.questions = vec![question("age", &["young", "old"])];
    consultation.description.presentation.notices.legal = "Éditeur : la ville.".into();
    store.update(&consultation).await.unwrap();
    let (updated, later_revision) = store.by_id(id).await.unwrap().unwrap();
    assert_eq!(updated, consultation);
    assert!(later_revision > revision);
    assert_eq!(store.by_id(ConsultationId(999)).await.unwrap(), None);
}

fn new_proposal(text: &str) -> NewProposal {
    NewProposal {
        text: ProposalText::parse(text, 140).unwrap(),
        author: participant(5),
        submitted_at: TEST_NOW,
        status: ModerationStatus::Pending,
    }
}

async fn submitted(
    store: &dyn Proposals,
    id: ConsultationId,
    text: &str,
) -> (ProposalNumber, ModerationStatus) {
    store.submit(id, &[new_proposal(text)]).await.unwrap()[0]
}

async fn proposals_are_numbered_moderated_and_listed_by_change(store: &dyn Proposals, id: ConsultationId) {
    let mut numbers = vec![submitted(store, id, "Première").await.0];
    let together = ["Deuxième", "Première", "Troisième", "Deuxième"].map(new_proposal);
    let together = store.submit(id, &together).await.unwrap();
    assert_eq!(together.iter().map(|(number, _)| number.0).collect::<Vec<_>>(), [2, 1, 3, 2]);
    numbers.extend([together[0].0, together[2].0]);
    let again = submitted(store, id, "Deuxième").await;
    assert_eq!(again, (ProposalNumber(2), Pending), "the same text of the same author is the same proposal");
    assert_eq!(numbers, [1, 2, 3].map(ProposalNumber));

    let publish = Moderated {
        status: ModerationStatus::Published,
        refusal_reason: None,
        theme: Some("daily-life".parse().unwrap()),
    };
    store.moderate(id, &[ProposalNumber(1), ProposalNumber(3)], &publish).await.unwrap();
    let reason = RefusalReason::parse("hors sujet");
    let refuse = Moderated { status: ModerationStatus::Refused, refusal_reason: reason.clone(), theme: None };
    store.moderate(id, &[ProposalNumber(3)], &refuse).await.unwrap();

    let all = store.changed_after(id, (0, ProposalNumber(0)), 10).await.unwrap();
    let order = all.iter().map(|(_, proposal)| (proposal.number.0, proposal.status)).collect::<Vec<_>>();
    assert_eq!(order, [(2, Pending), (1, Published), (3, Refused)]);
    assert_eq!(all[2].1.refusal_reason, reason);
    assert_eq!(all[2].1.theme.as_ref().map(ToString::to_string).as_deref(), Some("daily-life"));
    assert_eq!(all[1].1.author, Some(participant(5)));

    let first = store.changed_after(id, (0, ProposalNumber(0)), 1).await.unwrap();
    let rest = store.changed_after(id, (first[0].0, first[0].1.number), 10).await.unwrap();
    assert_eq!([first, rest].concat(), all);
}

async fn moderating_an_unknown_proposal_changes_nothing(store: &dyn Proposals, id: ConsultationId) {
    let before = store.changed_after(id, (0, ProposalNumber(0)), 10).await.unwrap();
    let publish = Moderated { status: ModerationStatus::Published, refusal_reason: None, theme: None };
    let outcome = store.moderate(id, &[ProposalNumber(2), ProposalNumber(77)], &publish).await;
    assert!(outcome.is_err());
    assert_eq!(store.changed_after(id, (0, ProposalNumber(0)), 10).await.unwrap(), before);
}

async fn imported_proposals_keep_their_numbers(store: &dyn Proposals, id: ConsultationId) {
    let proposal = |number, text: &str| Proposal {
        number: ProposalNumber(number),
        text: ProposalText::parse(text, 140).unwrap(),
        author: None,
        submitted_at: TEST_NOW,
        status: ModerationStatus::Published,
        refusal_reason: None,
        theme: None,
        idea: "guichet".parse().ok(),
    };
    let imported = [proposal(0, "zéro"), proposal(41, "quarante et un")];
    store.import(id, &imported).await.unwrap();
    store.import(id, &[proposal(0, "zéro bis")]).await.unwrap();
    let next = submitted(store, id, "la suivante").await;
    assert_eq!(next.0, ProposalNumber(42));
    let all = store.changed_after(id, (0, ProposalNumber(0)), 10).await.unwrap();
    let texts = all.iter().map(|(_, proposal)| proposal.text.as_str()).collect::<Vec<_>>();
    assert_eq!(texts, ["quarante et un", "zéro bis", "la suivante"]);
    let ideas =
        all.iter().map(|(_, proposal)| proposal.idea.as_ref().map(ToString::to_string)).collect::<Vec<_>>();
    assert_eq!(ideas, [Some("guichet".to_owned()), Some("guichet".to_owned()), None]);
}

async fn positions_are_gapless_and_apart(store: &dyn Ledger, one: ConsultationId, two: ConsultationId) {
    assert_eq!(store.head(one).await.unwrap(), Position::START);
    let mut first = [ballot_event(10, 1, Choice::Agree), ballot_event(10, 2, Choice::Disagree)];
    first[0].opinion =
        Opinion::new(Choice::Agree, [Qualification::LikeIt, Qualification::Doable].into_iter().collect())
            .ok();
    let second =
        [ballot_event(11, 1, Choice::Neutral), retraction(10, 2), ballot_event(10, 1, Choice::Disagree)];
    assert_eq!(store.append(one, &first, NEVER_LATE).await.unwrap(), Position(2));
    assert_eq!(store.append(two, &first[..1], NEVER_LATE).await.unwrap(), Position(1));
    assert_eq!(store.append(one, &[], NEVER_LATE).await.unwrap(), Position(2));
    assert_eq!(store.append(one, &second, NEVER_LATE).await.unwrap(), Position(5));
    assert_eq!(store.head(one).await.unwrap(), Position(5));

    let read = store.read_after(one, Position::START, 10).await.unwrap();
    let positions = read.iter().map(|positioned| positioned.position.0).collect::<Vec<_>>();
    assert_eq!(positions, [1, 2, 3, 4, 5]);
    let events = read.iter().map(|positioned| positioned.event).collect::<Vec<_>>();
    assert_eq!(events, [&first[..], &second[..]].concat());
    let page = store.read_after(one, Position(2), 2).await.unwrap();
    assert_eq!(page, read[2..4]);
}

async fn my_ballots_include_the_tail_of_the_ledger(store: &dyn StandingBallots, one: ConsultationId) {
    let mine = store.of_participant(one, participant(10)).await.unwrap();
    assert_eq!(mine, [StandingBallot::after(&ballot_event(10, 1, Choice::Disagree)).unwrap()]);
    assert!(store.of_participant(one, participant(99)).await.unwrap().is_empty());
    for who in [10, 99] {
        let projected = store.projected_of(one, participant(who)).await.unwrap();
        let nothing_yet =
            ProjectedBallots { position: Position::START, head: Position(5), ballots: Vec::new() };
        assert_eq!(projected, nothing_yet);
    }
}

async fn the_projection_moves_only_from_where_it_stands<S>(store: &S, one: ConsultationId)
where
    S: Ledger + Projection + StandingBallots,
{
    let start = store.state(one).await.unwrap();
    assert_eq!(start, ProjectionState::default());
    let events = store.read_after(one, Position::START, 3).await.unwrap();
    let events = events.into_iter().map(|positioned| positioned.event).collect::<Vec<_>>();
    assert_eq!(store.standing_of(one, &[participant(10), participant(11)]).await.unwrap(), []);
    let step = changed(&Standing::default(), &events);
    assert!(store.advance(one, start, Position(3), &step).await.unwrap());
    assert!(!store.advance(one, start, Position(3), &step).await.unwrap());
    let elsewhere = ProjectionState { position: Position(3), generation: start.generation + 1 };
    assert!(!store.advance(one, elsewhere, Position(4), &step).await.unwrap());

    let here = store.state(one).await.unwrap();
    assert_eq!(here, ProjectionState { position: Position(3), generation: start.generation });
    let tail = store.read_after(one, Position(3), 10).await.unwrap();
    let tail = tail.into_iter().map(|positioned| positioned.event).collect::<Vec<_>>();
    let ballots = store.standing_of(one, &[participant(10), participant(11)]).await.unwrap();
    let before = ballots.into_iter().collect::<Standing>();
    assert_eq!(before.ballots_of.get(&participant(10)), Some(&2));
    let qualified = before.ballots.get(&(participant(10), ProposalNumber(1))).unwrap();
    assert_eq!(qualified.opinion.qualifications().iter().count(), 2);
    let mine = store.of_participant(one, participant(10)).await.unwrap();
    let projected = store.projected_of(one, participant(10)).await.unwrap();
    let ten = before.ballots.values().filter(|ballot| ballot.participant == participant(10)).copied();
    let behind = ProjectedBallots { position: Position(3), head: Position(5), ballots: ten.collect() };
    assert_eq!(projected, behind);
    assert!(store.advance(one, here, Position(5), &changed(&before, &tail)).await.unwrap());
    assert_eq!(store.of_participant(one, participant(10)).await.unwrap(), mine);
    let projected = store.projected_of(one, participant(10)).await.unwrap();
    let all = ProjectedBallots { position: Position(5), head: Position(5), ballots: mine };
    assert_eq!(projected, all);
}

async fn standing_ballots_are_read_and_counted<S: StandingBallots + Projection>(
    store: &S,
    one: ConsultationId,
) {
    let state = store.state(one).await.unwrap();
    let (at, all) = store.all(one).await.unwrap();
    let keys = all.iter().map(|ballot| (ballot.participant, ballot.proposal.0)).collect::<Vec<_>>();
    assert_eq!((at, keys), (state, vec![(participant(10), 1), (participant(11), 1)]));
    let (at, counts) = store.count(one).await.unwrap();
    assert_eq!((at, counts), (state, Deltas::recount(&all)));
}

async fn a_reset_starts_a_new_generation<S: StandingBallots + Projection>(store: &S, one: ConsultationId) {
    let before = store.state(one).await.unwrap();
    let mine = store.of_participant(one, participant(10)).await.unwrap();
    store.reset(one, TEST_NOW).await.unwrap();
    let after = store.state(one).await.unwrap();
    let generation = u64::try_from(TEST_NOW.as_millis()).unwrap();
    assert!(generation > before.generation);
    assert_eq!(after, ProjectionState { position: Position::START, generation });
    store.reset(one, TEST_NOW).await.unwrap();
    assert_eq!(store.state(one).await.unwrap().generation, generation + 1, "always a new one");
    assert!(store.all(one).await.unwrap().1.is_empty());
    assert_eq!(store.of_participant(one, participant(10)).await.unwrap(), mine);
}

async fn reports_are_kept_or_replaced_by_kind(store: &dyn Reports, one: ConsultationId) {
    let report = |kind, made_at: i64, body: &str| StoredReport {
        kind,
        made_at: TEST_NOW.plus_millis(made_at),
        position: Position(4),
        body: body.to_owned(),
    };
    assert_eq!(store.latest(one, ReportKind::Live).await.unwrap(), None);
    for (kind, at, body) in [
        (ReportKind::Live, 1, "{}"),
        (ReportKind::Live, 2, "{\"a\":1}"),
        (ReportKind::Published, 3, "{\"b\":1}"),
    ] {
        store.save(one, &report(kind, at, body)).await.unwrap();
    }
    let live = store.latest(one, ReportKind::Live).await.unwrap();
    assert_eq!(live, Some(report(ReportKind::Live, 2, "{\"a\":1}")));
    let made_at = store.latest_made_at(one, ReportKind::Live).await.unwrap();
    assert_eq!(made_at, Some(TEST_NOW.plus_millis(2)));
    let published = store.latest(one, ReportKind::Published).await.unwrap();
    assert_eq!(published, Some(report(ReportKind::Published, 3, "{\"b\":1}")));
}

async fn exposures_add_up(store: &dyn Exposures, one: ConsultationId, two: ConsultationId) {
    assert!(store.shown(one).await.unwrap().is_empty());
    let numbers = |first: u32| (first..first + 1_500).map(|number| (ProposalNumber(number), 2));
    store.add(one, &numbers(0).collect::<Vec<_>>()).await.unwrap();
    store.add(one, &numbers(1_000).collect::<Vec<_>>()).await.unwrap();
    store.add(one, &[]).await.unwrap();
    store.add(two, &[(ProposalNumber(7), 5)]).await.unwrap();
    let shown = store.shown(one).await.unwrap();
    let times = |number: u32| shown.get(&ProposalNumber(number)).copied();
    assert_eq!([times(0), times(999), times(1_000), times(1_499), times(2_499)], [2, 2, 4, 4, 2].map(Some));
    assert_eq!((shown.len(), times(2_500)), (2_500, None));
    assert_eq!(store.shown(two).await.unwrap(), [(ProposalNumber(7), 5)].into());
}

async fn a_link_is_used_once_until_it_expires(store: &dyn OneTimeLinks) {
    let (later, much_later) = (TEST_NOW.plus_millis(1_000), TEST_NOW.plus_millis(9_000));
    let use_up = async |nonce, expires_at, now| store.use_up(nonce, expires_at, now).await.unwrap();
    assert!(use_up(i64::MIN, later, TEST_NOW).await);
    assert!(!use_up(i64::MIN, later, TEST_NOW).await);
    assert!(use_up(i64::MAX, much_later, TEST_NOW).await);
    assert!(use_up(i64::MIN, much_later, later).await, "an expired one is forgotten");
    assert!(!use_up(i64::MAX, much_later, later).await);
}

async fn the_last_answers_stand_until_they_are_forgotten(
    store: &dyn ParticipantAnswers,
    one: ConsultationId,
    two: ConsultationId,
) {
    let answers = |age: &str| answers(&[("age", age)]);
    for (consultation, who, age) in [(one, 0, "old"), (one, 9, "young"), (one, 0, "young"), (two, 0, "old")] {
        store.keep(consultation, participant(who), &answers(age), TEST_NOW).await.unwrap();
    }
    store.keep(one, participant(5), &Answers::default(), TEST_NOW).await.unwrap();
    let of = async |who| store.of_participant(one, participant(who)).await.unwrap();
    assert_eq!(
        [of(0).await, of(5).await, of(1).await],
        [Some(answers("young")), Some(Answers::default()), None]
    );
    let listed = async |after: Option<i64>, limit| {
        let read = store.after(one, after.map(participant), limit).await.unwrap();
        read.into_iter().map(|(who, _)| who.number()).collect::<Vec<_>>()
    };
    assert_eq!(listed(None, 2).await, [0, 5]);
    assert_eq!(listed(Some(5), 2).await, [9]);
    store.forget(one, participant(0)).await.unwrap();
    store.forget(one, participant(0)).await.unwrap();
    assert_eq!(listed(None, 9).await, [5, 9]);
    assert_eq!(store.of_participant(two, participant(0)).await.unwrap(), Some(answers("old")));
}

async fn watermarks_show_every_move(store: &dyn Consultations, one: ConsultationId, two: ConsultationId) {
    let watermarks = store.watermarks().await.unwrap();
    let heads = watermarks.iter().map(|mark| (mark.consultation, mark.head.0)).collect::<Vec<_>>();
    assert_eq!(heads, [(one, 5), (two, 1)]);
    assert!(watermarks[0].projection.generation > 0);
    assert!(watermarks[0].revision > watermarks[1].revision);
}
