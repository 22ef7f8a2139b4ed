//! Polls beside a consultation's first one: they vote the same way, apart from it, and sheets are whole.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use gd_domain::{
    AudienceCode, Channel, Choice, ChoiceCode, ConsultationId, ItemNumber, ModerationStatus, NewPoll,
    Opinion, ParticipantId, PollDates, PollId, PollKind, Position, Proposal, Qualification, Scope,
    StaffAction, StandingBallot, Timestamp,
};
use gd_engine::ports::{Items, Ledger, Polls, Projection, StandingBallots};
use gd_engine::{
    BallotRefusal, CastBallots, CastError, CastOutcome, Engine, LookupError, PollError, Sheet, SheetError,
    SubmittedBallot,
};
use gd_testkit::{
    NEVER_LATE, TEST_NOW, audit_draft, ballot_event, consultation_draft, days_later, item, new_poll,
    open_engine, participant, permit,
};

use crate::support::{Ports, create, fakes, id_of, poll_of};

struct House {
    ports: Ports,
    engine: Arc<Engine>,
    poll: PollId,
}

/// A consultation `test` with one proposal, and a poll of this kind beside it with three items and one that waits.
async fn house(kind: PollKind) -> House {
    let ports = fakes();
    let engine = open_engine(&ports).await;
    let first = create(&engine, &consultation_draft("test")).await;
    ports.store.import(first.first_poll(), &[item(1, "Une idée")]).await.unwrap();
    let poll = create_poll(&engine, &new_poll(first.id(), kind)).await;
    let waits = Proposal { status: ModerationStatus::Pending, ..item(4, "Projet 4") };
    let items = [item(1, "Projet 1"), item(2, "Projet 2"), item(3, "Projet 3"), waits];
    ports.store.import(poll, &items).await.unwrap();
    House { ports, engine, poll }
}

async fn create_poll(engine: &Engine, new: &NewPoll) -> PollId {
    let permit = permit(engine, StaffAction::CreatePoll, Scope::Consultation(new.consultation));
    engine.voting().create_poll(&permit, new).await.unwrap()
}

fn said(kind: PollKind, word: &str) -> Opinion {
    Opinion::coded(kind.code_of(word).unwrap())
}

impl House {
    async fn cast_at(
        &self,
        poll: PollId,
        who: ParticipantId,
        opinions: &[(u32, Opinion)],
        now: Timestamp,
    ) -> Result<CastOutcome, CastError> {
        let numbers = opinions.iter().map(|(number, _)| ItemNumber(*number));
        let key = |item| self.engine.voting().key(poll, item, who, Channel::Sequence, now);
        let keys = numbers.map(|item| (item, key(item))).collect::<Vec<_>>();
        let ballots = keys.iter().zip(opinions).map(|((proposal, key), (_, opinion))| SubmittedBallot {
            proposal: *proposal,
            opinion: Ok(*opinion),
            key,
        });
        let cast = CastBallots {
            slug: "test",
            poll: Some(poll),
            participant: who,
            audience: AudienceCode::UNDECLARED,
            channel: None,
            ballots: &ballots.collect::<Vec<_>>(),
            now,
        };
        self.engine.voting().cast(cast).await
    }

    async fn cast(&self, who: i64, opinions: &[(u32, Opinion)]) {
        let outcome = self.cast_at(self.poll, participant(who), opinions, TEST_NOW).await.unwrap();
        assert_eq!((outcome.recorded, outcome.refused), (opinions.len(), vec![]));
    }

    async fn choices(&self, poll: PollId, number: u32) -> [i64; 5] {
        self.engine.voting().project(poll).await.unwrap();
        self.ports.clock.advance_ms(10_000);
        let totals = self.engine.voting().totals(poll, self.engine.now()).await.unwrap();
        totals.counts.proposals.get(&ItemNumber(number)).map_or([0; 5], |tally| tally.choices)
    }

    fn here(&self) -> Scope {
        Scope::Consultation(id_of(&self.engine, "test"))
    }

    async fn fill(&self, choices: &[(u32, usize)]) -> Result<(), SheetError> {
        let choice = |&(item, place): &(u32, usize)| (ItemNumber(item), ChoiceCode::of_place(place).unwrap());
        let sheet = Sheet {
            slug: "test",
            poll: self.poll,
            participant: participant(1),
            stratum: AudienceCode(7 * 64),
            channel: Channel::Sequence,
            choices: choices.iter().map(choice).collect::<BTreeMap<_, _>>(),
            now: TEST_NOW,
        };
        self.engine.voting().cast_sheet(sheet).await
    }

    async fn standing(&self) -> Vec<(u32, usize)> {
        let own = self.engine.voting().own_ballots(self.poll, participant(1)).await.unwrap();
        own.iter().map(|ballot| (ballot.proposal.0, ballot.opinion.code().place())).collect()
    }
}

#[tokio::test]
async fn reactions_are_cast_changed_retracted_verified_and_recounted() {
    let house = house(PollKind::Reaction).await;
    let first = poll_of(&house.engine, "test");
    let agree = Opinion::bare(Choice::Agree);
    house.cast_at(first, participant(1), &[(1, agree)], TEST_NOW).await.unwrap();
    let reaction = |word| said(PollKind::Reaction, word);
    house.cast(1, &[(1, reaction("useful")), (2, reaction("improve"))]).await;
    house.cast(2, &[(1, reaction("not_for_me"))]).await;
    house.cast(1, &[(1, reaction("improve"))]).await;
    assert_eq!(house.choices(house.poll, 1).await, [0, 1, 1, 0, 0]);
    let voting = house.engine.voting();
    let retract = |item| voting.retract_ballot_in("test", house.poll, participant(1), item, TEST_NOW);
    assert_eq!(retract(ItemNumber(2)).await, Ok(1));
    assert_eq!(retract(ItemNumber(2)).await, Ok(0));
    assert_eq!(house.choices(house.poll, 2).await, [0; 5]);

    let permit = permit(&house.engine, StaffAction::MaintainLedger, house.here());
    for _ in 0..2 {
        let verification = voting.verify(&permit, house.poll, &mut |_, _| ()).await.unwrap();
        assert_eq!((verification.ballots, verification.differences), (2, 0));
        assert_eq!(voting.recount(&permit, house.poll, &mut |_, _| ()).await.unwrap(), Position(5));
        assert_eq!(house.choices(house.poll, 1).await, [0, 1, 1, 0, 0]);
    }
    assert_eq!(house.choices(first, 1).await, [1, 0, 0, 0, 0], "the first poll is another");
    assert_eq!(house.ports.store.head(first).await.unwrap(), Position(1));
}

#[tokio::test]
async fn a_poll_takes_ballots_between_its_dates_and_of_its_own_consultation() {
    let house = house(PollKind::Reaction).await;
    let useful = [(1, said(PollKind::Reaction, "useful"))];
    let closed = NewPoll {
        dates: PollDates { opens_at: Some(days_later(2)), closes_at: Some(days_later(3)) },
        ..new_poll(id_of(&house.engine, "test"), PollKind::Reaction)
    };
    let later = create_poll(&house.engine, &closed).await;
    house.ports.store.import(later, &[item(1, "Projet")]).await.unwrap();
    let is_open = async |now| match house.cast_at(later, participant(1), &useful, now).await {
        Ok(outcome) => outcome.recorded == 1,
        Err(CastError::Lookup(LookupError::PhaseClosed(_))) => false,
        Err(failure) => panic!("{failure}"),
    };
    let before = days_later(2).plus_millis(-1);
    let last = days_later(3).plus_millis(-1);
    assert_eq!(
        [
            is_open(before).await,
            is_open(days_later(2)).await,
            is_open(last).await,
            is_open(days_later(3)).await
        ],
        [false, true, true, false]
    );

    let other = create(&house.engine, &consultation_draft("other")).await.id();
    let elsewhere = create_poll(&house.engine, &new_poll(other, PollKind::Reaction)).await;
    let refused = house.cast_at(elsewhere, participant(1), &useful, TEST_NOW).await;
    assert_eq!(refused, Err(CastError::Lookup(LookupError::NotFound)));
    let refused = house.cast_at(PollId(99), participant(1), &useful, TEST_NOW).await;
    assert_eq!(refused, Err(CastError::Lookup(LookupError::NotFound)));
}

#[tokio::test]
async fn choices_of_other_kinds_and_keys_of_other_polls_are_refused() {
    let house = house(PollKind::Reaction).await;
    let nuanced = Opinion::new(Choice::Agree, [Qualification::Doable].into_iter().collect()).unwrap();
    let fourth = Opinion::coded(ChoiceCode::of_place(3).unwrap());
    for opinion in [nuanced, fourth] {
        let outcome = house.cast_at(house.poll, participant(1), &[(1, opinion)], TEST_NOW).await.unwrap();
        assert_eq!(outcome.refused, [(0, BallotRefusal::ChoiceUnknown)]);
    }
    let first = poll_of(&house.engine, "test");
    let item = ItemNumber(1);
    let key = house.engine.voting().key(first, item, participant(1), Channel::Sequence, TEST_NOW);
    let opinion = Ok(said(PollKind::Reaction, "useful"));
    let cast = CastBallots {
        slug: "test",
        poll: Some(house.poll),
        participant: participant(1),
        audience: AudienceCode::UNDECLARED,
        channel: None,
        ballots: &[SubmittedBallot { proposal: item, opinion, key: &key }],
        now: TEST_NOW,
    };
    let outcome = house.engine.voting().cast(cast).await.unwrap();
    assert_eq!(outcome.refused, [(0, BallotRefusal::VoteKeyInvalid)]);
}

#[tokio::test]
async fn whoever_is_forgotten_is_so_in_every_open_poll() {
    let house = house(PollKind::Reaction).await;
    let first = poll_of(&house.engine, "test");
    house.cast(1, &[(1, said(PollKind::Reaction, "useful")), (3, said(PollKind::Reaction, "improve"))]).await;
    house.cast_at(first, participant(1), &[(1, Opinion::bare(Choice::Agree))], TEST_NOW).await.unwrap();
    let forget = async || house.engine.voting().retract_all_ballots("test", participant(1), TEST_NOW).await;
    assert_eq!(forget().await, Ok(3));
    assert_eq!(forget().await, Ok(0));
    for poll in [first, house.poll] {
        assert_eq!(house.choices(poll, 1).await, [0; 5]);
    }
}

#[tokio::test]
async fn a_sheet_states_every_item_in_one_commit_and_replaces_the_one_before() {
    let house = house(PollKind::Dots).await;
    let store = &house.ports.store;
    house.fill(&[(1, 0), (3, 4)]).await.unwrap();
    assert_eq!(store.appends.load(Ordering::Relaxed), 1);
    let events = store.read_after(house.poll, Position::START, 99).await.unwrap();
    let stated = events.iter().map(|placed| (placed.event.proposal.0, placed.event.opinion.is_some()));
    assert_eq!(stated.collect::<Vec<_>>(), [(1, true), (2, false), (3, true)]);
    assert!(events.iter().all(|placed| placed.event.audience == AudienceCode(7 * 64)));
    assert_eq!(house.standing().await, [(1, 0), (3, 4)]);

    house.fill(&[(2, 2)]).await.unwrap();
    assert_eq!(store.appends.load(Ordering::Relaxed), 2);
    assert_eq!(house.standing().await, [(2, 2)]);
    assert_eq!(house.choices(house.poll, 1).await, [0; 5]);
    assert_eq!(house.choices(house.poll, 2).await, [0, 0, 1, 0, 0]);
    house.fill(&[]).await.unwrap();
    assert_eq!(house.standing().await, []);
}

#[tokio::test]
async fn a_sheet_that_cannot_be_is_refused_whole() {
    let dots = house(PollKind::Dots).await;
    let missing = |number| Err(SheetError::ItemNotFound(ItemNumber(number)));
    assert_eq!(dots.fill(&[(1, 0), (9, 0)]).await, missing(9));
    assert_eq!(dots.fill(&[(1, 0), (4, 0)]).await, missing(4), "it is not published");
    assert_eq!(dots.fill(&[(1, 2), (2, 2)]).await, Ok(()), "dots may be as many on two cards");

    let ranking = house(PollKind::Ranking).await;
    let twice = Err(SheetError::PlaceTwice(ItemNumber(3)));
    assert_eq!(ranking.fill(&[(1, 0), (2, 1), (3, 1)]).await, twice);
    assert_eq!(ranking.ports.store.head(ranking.poll).await.unwrap(), Position::START);
    assert_eq!(ranking.fill(&[(1, 1), (2, 0)]).await, Ok(()));
    assert_eq!(ranking.standing().await, [(1, 1), (2, 0)]);

    let place = Opinion::coded(ChoiceCode::of_place(2).unwrap());
    for sheets in [&dots, &ranking] {
        let alone = sheets.cast_at(sheets.poll, participant(1), &[(1, place)], TEST_NOW).await.unwrap();
        assert_eq!(alone.refused, [(0, BallotRefusal::ChoiceUnknown)], "without the rest of its sheet");
    }

    let reaction = house(PollKind::Reaction).await;
    assert_eq!(reaction.fill(&[(1, 0)]).await, Err(SheetError::NotASheet));
    assert_eq!(reaction.ports.store.head(reaction.poll).await.unwrap(), Position::START);
}

async fn erase(engine: &Engine, poll: PollId, here: Scope) -> Result<u64, PollError> {
    let permit = permit(engine, StaffAction::ErasePoll, here);
    engine.voting().erase_poll(&permit, poll).await
}

/// A server that runs the poll meanwhile must not bring back what it still has in memory.
#[tokio::test]
async fn an_erased_poll_forgets_its_ballots_here_and_elsewhere() {
    let house = house(PollKind::Reaction).await;
    let useful = said(PollKind::Reaction, "useful");
    house.cast(1, &[(1, useful)]).await;
    assert_eq!(house.choices(house.poll, 1).await, [1, 0, 0, 0, 0]);
    house.cast(2, &[(1, useful)]).await;
    let here = house.here();
    assert!(matches!(erase(&house.engine, house.poll, here).await, Err(PollError::Conflict)));
    let mark = permit(&house.engine, StaffAction::ErasePoll, here);
    house.engine.voting().mark_erasable(&mark, house.poll).await.unwrap();
    assert_eq!(erase(&house.engine, house.poll, here).await.unwrap(), 2);
    assert_eq!(house.choices(house.poll, 1).await, [0; 5]);
    house.cast(1, &[(2, useful)]).await;
    assert_eq!(house.choices(house.poll, 1).await, [0; 5]);
    assert_eq!(house.choices(house.poll, 2).await, [1, 0, 0, 0, 0]);

    let command_line = open_engine(&house.ports).await;
    assert_eq!(erase(&command_line, house.poll, here).await.unwrap(), 1);
    house.engine.run().await.unwrap();
    house.cast(3, &[(3, useful)]).await;
    assert_eq!(house.choices(house.poll, 2).await, [0; 5]);
    assert_eq!(house.choices(house.poll, 3).await, [1, 0, 0, 0, 0]);
    let own = house.engine.voting().own_ballots(house.poll, participant(1)).await.unwrap();
    assert_eq!(own, Vec::<StandingBallot>::new());
}

/// The process that erased the ledger died before it could forget what was folded from it.
#[tokio::test]
async fn a_half_done_erasure_is_finished_by_the_next_server() {
    let house = house(PollKind::Reaction).await;
    let useful = said(PollKind::Reaction, "useful");
    house.cast(1, &[(1, useful), (2, useful)]).await;
    assert_eq!(house.choices(house.poll, 1).await, [1, 0, 0, 0, 0]);
    let mark = permit(&house.engine, StaffAction::ErasePoll, house.here());
    house.engine.voting().mark_erasable(&mark, house.poll).await.unwrap();
    let audit = audit_draft(StaffAction::ErasePoll, "ledger");
    assert_eq!(house.ports.store.erase_poll(house.poll, &audit).await.unwrap(), 2);

    let restarted = open_engine(&house.ports).await;
    restarted.run().await.unwrap();
    let house = House { engine: restarted, ..house };
    house.cast(2, &[(2, useful)]).await;
    assert_eq!(house.choices(house.poll, 1).await, [0; 5]);
    assert_eq!(house.choices(house.poll, 2).await, [1, 0, 0, 0, 0]);
}

async fn within_seconds(mut is_so: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), waiting).await.expect("it comes to be so");
}

#[tokio::test]
async fn an_idle_poll_is_let_go_and_starts_again_with_nothing_lost() {
    let house = house(PollKind::Opinion).await;
    let first = PollId::first_of(ConsultationId(1));
    let agree = Opinion::bare(Choice::Agree);
    for who in 0..3 {
        house.cast_at(first, participant(who), &[(1, agree)], TEST_NOW).await.unwrap();
    }
    house.engine.run().await.unwrap();
    let voting = house.engine.voting();
    let is_running = async || voting.totals_if_running(first, house.engine.now()).await.unwrap().is_some();
    assert!(is_running().await);
    // Closed, but looked at a moment ago; then for more than ten minutes no more.
    house.ports.clock.set(days_later(31));
    assert_eq!(house.choices(first, 1).await, [3, 0, 0, 0, 0]);
    house.ports.clock.advance_ms(11 * 60 * 1_000);
    within_seconds(async || !is_running().await).await;

    assert_eq!(voting.own_ballots(first, participant(1)).await.unwrap().len(), 1);
    assert!(is_running().await, "somebody looked");
    assert_eq!(house.choices(first, 1).await, [3, 0, 0, 0, 0]);
    house.ports.clock.advance_ms(11 * 60 * 1_000);
    within_seconds(async || !is_running().await).await;

    // An event that another process appends is projected by this one.
    house.ports.store.append(first, &[ballot_event(9, 1, Choice::Agree)], NEVER_LATE).await.unwrap();
    within_seconds(async || house.ports.store.state(first).await.unwrap().position == Position(4)).await;
    assert_eq!(house.ports.store.count(first).await.unwrap().1.participants, 4);
    assert_eq!(house.choices(first, 1).await, [4, 0, 0, 0, 0]);
}
