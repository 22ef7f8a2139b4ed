//! `demo`: a whole consultation in a throw-away folder, to look at before setting anything up.

use std::collections::BTreeMap;

use anyhow::Context;
use gd_analyzer::{Method, MethodKind, render_text};
use gd_domain::{Channel, ConsultationId, ItemNumber, ParticipantId, PollId, Slug, StaffAction, Timestamp};
use gd_engine::{
    CastBallots, Decision, Engine, SEQUENCE_SIZE_MAX, SequenceRequest, SubmitProposal, SubmittedBallot,
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{say, serve};
use crate::analysis::{self, AnalysisOptions};
use crate::cli::{AUDIT_MONTHS_DEFAULT, Demo, Place, Serve};
use crate::demo::consultation::consultation_draft;
use crate::demo::leaning::Leaning;
use crate::demo::population::{Participant, SecondThought, population};
use crate::demo::proposals::{Fate, proposals};
use crate::jobs::live_reports;
use crate::operator;
use crate::progress::Bar;
use crate::wiring;

/// People who vote at the same time: what they are served depends on the votes before them, not on one
/// another, so that the same seed makes the same consultation however fast the machine is.
const WAVE_SIZE: usize = 64;
/// A wave lasts less than a vote key lives.
const WAVE_LASTS_MS_MAX: i64 = 12 * 60 * 60 * 1000;
/// Lines of the report that are printed before serving.
const REPORT_HEAD_LINES: usize = 40;

pub(crate) async fn run(options: &Demo) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("grand-dialogue-demo-").tempdir()?;
    let opened = wiring::open_folder(folder.path(), None, options.rate_limit).await?;
    let engine = &opened.engine;
    let now = engine.now();
    let draft = consultation_draft(now);
    let slug = draft.slug.clone();
    let permit = operator::permit(engine, StaffAction::CreateConsultation)?;
    let created = engine.consultation().create(&permit, &draft).await?;
    let (id, poll) = (created.id(), created.first_poll());
    let demo = Staging { engine, id, slug: &slug, opened_at: opening(&draft), now, seed: options.seed };
    let leanings = demo.propose_and_moderate().await?;
    demo.vote(population(options.participants, options.seed).collect(), &leanings).await?;
    engine.voting().project(poll).await?;
    live_reports::make(engine, id).await?;
    print_report_head(engine, id).await?;

    let serve_options = Serve {
        listen: options.listen,
        public_url: None,
        trusted_proxies: Vec::new(),
        rate_limit: options.rate_limit,
        drain_notice: 0,
        database_mib_max: None,
        audit_months: AUDIT_MONTHS_DEFAULT,
    };
    say(format_args!("\nThis consultation is made up and vanishes when you stop. It is at /c/{slug}"))?;
    serve::serve(opened, Place::Folder(folder.path()), &serve_options).await
}

fn opening(draft: &gd_domain::ConsultationDraft) -> Timestamp {
    draft.calendar.start_of(gd_domain::Phase::Consultation).unwrap_or_default()
}

async fn print_report_head(engine: &Engine, id: ConsultationId) -> anyhow::Result<()> {
    let permit = operator::permit_on(engine, StaffAction::ReadBallots, id)?;
    let votes = engine.results().votes_on_record(&permit, id, &mut |_, _| ()).await?;
    let method = Method::new(MethodKind::Calibrated, 0);
    let options = AnalysisOptions { method, population: None, compare: None };
    let report = tokio::task::spawn_blocking(move || analysis::report_on_record(&votes, &options)).await??;
    let text = render_text(&report);
    for line in text.lines().take(REPORT_HEAD_LINES) {
        say(line)?;
    }
    say("…")?;
    Ok(())
}

/// The number of waiting visitors in a wave that begins at this instant.
fn wave_length(waiting: &[Visitor], wave_at: Timestamp) -> usize {
    let ends_at = wave_at.plus_millis(WAVE_LASTS_MS_MAX);
    waiting.iter().take(WAVE_SIZE).take_while(|visitor| visitor.arrives_at < ends_at).count()
}

/// The demo's consultation with what is needed to play it.
struct Staging<'a> {
    engine: &'a Engine,
    id: ConsultationId,
    slug: &'a Slug,
    opened_at: Timestamp,
    now: Timestamp,
    seed: u64,
}

/// The public's leaning on each published proposal.
type Leanings = BTreeMap<ItemNumber, Leaning>;

/// A participant on their way through the cards.
struct Visitor {
    person: Participant,
    id: ParticipantId,
    arrives_at: Timestamp,
    /// Decides the cards they are served.
    draws: ChaCha8Rng,
}

impl Staging<'_> {
    async fn propose_and_moderate(&self) -> anyhow::Result<Leanings> {
        let bar = Bar::new("proposals");
        let proposals = proposals(self.seed);
        let total = u64::try_from(proposals.len()).unwrap_or(u64::MAX);
        let mut leanings = Leanings::new();
        let mut by_theme = BTreeMap::<Slug, Vec<ItemNumber>>::new();
        for (place, proposal) in (0..).zip(proposals) {
            let submit = SubmitProposal {
                slug: self.slug.as_str(),
                participant: self.engine.participants().new_participant(self.now),
                text: proposal.text.as_str(),
                now: self.instant(place, total),
            };
            let number = self.engine.proposals().submit(submit).await?.number;
            match proposal.fate {
                Fate::Published { theme, leaning } => {
                    leanings.insert(number, leaning);
                    by_theme.entry(theme).or_default().push(number);
                }
                Fate::Refused(reason) => {
                    self.decide(&[number], &Decision::Refuse(reason)).await?;
                }
                Fate::Pending => {}
            }
            bar.report(place + 1, total);
        }
        for (theme, numbers) in by_theme {
            let decision = Decision::Publish { theme: Some(theme) };
            self.decide(&numbers, &decision).await?;
        }
        Ok(leanings)
    }

    async fn decide(&self, numbers: &[ItemNumber], decision: &Decision) -> anyhow::Result<()> {
        let permit = operator::permit_on(self.engine, StaffAction::Moderate, self.id)?;
        let seen = self.engine.proposals().items(PollId::first_of(self.id)).await?;
        self.engine.moderation().decide(&permit, self.id, &seen, numbers, decision).await?;
        Ok(())
    }

    /// The instant a part of the way from the opening to now.
    fn instant(&self, part: u64, of: u64) -> Timestamp {
        let span_ms = i128::from(self.now.as_millis() - self.opened_at.as_millis());
        let passed_ms = span_ms * i128::from(part) / i128::from(of.max(1));
        self.opened_at.plus_millis(i64::try_from(passed_ms).unwrap_or(0))
    }

    async fn vote(&self, people: Vec<Participant>, leanings: &Leanings) -> anyhow::Result<()> {
        let bar = Bar::new("participants");
        let total = u64::try_from(people.len()).unwrap_or(u64::MAX);
        let mut visitors =
            (0..).zip(people).map(|(place, person)| self.visitor(place, person)).collect::<Vec<_>>();
        visitors.sort_by_key(|visitor| visitor.arrives_at);
        let mut done = 0;
        let mut waiting = visitors.as_mut_slice();
        while let Some(first) = waiting.first() {
            let wave_at = first.arrives_at;
            let (wave, later) = waiting.split_at_mut(wave_length(waiting, wave_at));
            waiting = later;
            self.engine.voting().project(PollId::first_of(self.id)).await?;
            done += u64::try_from(wave.len()).unwrap_or(0);
            for visit in wave.iter_mut().map(|visitor| self.visit(visitor, wave_at, leanings)) {
                visit.await?;
            }
            bar.report(done, total);
        }
        Ok(())
    }

    fn visitor(&self, place: u64, person: Participant) -> Visitor {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "arrival lies in [0, 1)")]
        let arrives_at = self.instant((person.arrival * 1e9) as u64, 1_000_000_000);
        let mut draws = ChaCha8Rng::seed_from_u64(self.seed ^ 0xD3A0);
        draws.set_stream(place);
        Visitor { person, id: self.engine.participants().new_participant(arrives_at), arrives_at, draws }
    }

    /// Asks for cards and answers them until patience or cards run out.
    async fn visit(
        &self,
        visitor: &mut Visitor,
        wave_at: Timestamp,
        leanings: &Leanings,
    ) -> anyhow::Result<()> {
        let mut patience = visitor.person.patience;
        while patience > 0 {
            let request = SequenceRequest {
                slug: self.slug.as_str(),
                participant: visitor.id,
                is_new: false,
                size: patience.min(SEQUENCE_SIZE_MAX),
                channel: Channel::Sequence,
                excluding: &[],
                now: wave_at,
                seed: visitor.draws.next_u64(),
            };
            let cards = self.engine.proposals().sequence(request).await?;
            if cards.is_empty() {
                return Ok(());
            }
            patience -= cards.len();
            self.answer(visitor, &cards, leanings).await?;
        }
        Ok(())
    }

    async fn answer(
        &self,
        visitor: &mut Visitor,
        cards: &[gd_engine::ServedCard],
        leanings: &Leanings,
    ) -> anyhow::Result<()> {
        let mut ballots = Vec::with_capacity(cards.len());
        let mut taken_back = Vec::new();
        for card in cards {
            let number = card.proposal.number;
            let leaning = leanings.get(&number).context("a card of a proposal nobody wrote")?;
            let mut say_of_it = |opinion| {
                ballots.push(SubmittedBallot { proposal: number, opinion: Ok(opinion), key: &card.key });
            };
            say_of_it(visitor.person.opinion(leaning));
            match visitor.person.second_thought(leaning) {
                Some(SecondThought::Revote(opinion)) => say_of_it(opinion),
                Some(SecondThought::Retract) => taken_back.push(number),
                None => {}
            }
        }
        let cast = CastBallots {
            slug: self.slug.as_str(),
            poll: None,
            participant: visitor.id,
            audience: visitor.person.audience,
            channel: None,
            ballots: &ballots,
            now: visitor.arrives_at,
        };
        let outcome = self.engine.voting().cast(cast).await?;
        anyhow::ensure!(
            outcome.refused.is_empty(),
            "ballots of the demo were refused: {:?}",
            outcome.refused
        );
        for number in taken_back {
            let slug = self.slug.as_str();
            self.engine.voting().retract_ballot(slug, visitor.id, number, visitor.arrives_at).await?;
        }
        Ok(())
    }
}
