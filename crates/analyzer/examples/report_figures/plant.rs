//! Votes of participants in groups that lean each its own way on every second proposal. Seeded, written as they
//! are drawn.

use std::path::Path;

use anyhow::ensure;
use gd_domain::{
    AudienceCode, Calendar, Channel, Choice, Consultation, ConsultationDraft, ConsultationId, ItemNumber,
    Language, ModerationStatus, Opinion, Origin, ParticipantId, Presentation, Proposal, ProposalText, Rules,
    StandingBallot, Timestamp,
};
use gd_exchange::{OpenDataSink, ParquetWriter};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::texts::text;

const SEED: u64 = 1;
/// Groups that leanings are drawn for.
const GROUPS_MAX: usize = 8;
/// The share of neutral votes; of the others, the shares of agreement that a group has at its two ends.
const NEUTRAL: f64 = 0.15;
const FOR: f64 = 0.8;
const AGAINST: f64 = 0.2;
/// People come within so many days of this instant, and vote once in so many milliseconds.
const FROM: Timestamp = Timestamp::from_millis(1_795_288_711_000);
const DAYS: i64 = 55;
const DAY_MILLIS: i64 = 86_400_000;
const VOTE_MILLIS: i64 = 6_000;

/// The size of an export.
pub(crate) struct Sizes {
    pub(crate) participants: u32,
    pub(crate) proposals: u32,
    /// Votes per participant; fewer where the same proposal is drawn again.
    pub(crate) votes: u32,
    /// 0 for none.
    pub(crate) groups: u32,
}

pub(crate) fn plant(dir: &Path, sizes: &Sizes) -> anyhow::Result<()> {
    ensure!(sizes.groups as usize <= GROUPS_MAX, "there are {GROUPS_MAX} groups at most");
    let mut generator = ChaCha8Rng::seed_from_u64(SEED);
    let leanings: Vec<[f64; GROUPS_MAX]> =
        (0..sizes.proposals).map(|proposal| leaning(&mut generator, proposal, sizes.groups)).collect();
    let (consultation, proposals) = (consultation(), proposals(sizes.proposals));
    let mut writer = ParquetWriter::create(dir, &consultation, &proposals)?;
    let mut chosen = Vec::new();
    for participant in 0..sizes.participants {
        chosen.clear();
        chosen.extend((0..sizes.votes).map(|_| generator.random_range(0..sizes.proposals)));
        chosen.sort_unstable();
        chosen.dedup();
        let group = (participant % sizes.groups.max(1)) as usize;
        let mut cast_at = FROM.plus_millis(generator.random_range(0..DAYS * DAY_MILLIS));
        for &proposal in &chosen {
            let choice = match generator.random::<f64>() {
                drawn if drawn < NEUTRAL => Choice::Neutral,
                drawn if (drawn - NEUTRAL) / (1.0 - NEUTRAL) < leanings[proposal as usize][group] => {
                    Choice::Agree
                }
                _ => Choice::Disagree,
            };
            cast_at = cast_at.plus_millis(generator.random_range(1..VOTE_MILLIS));
            writer.ballot(&ballot(participant, proposal, choice, cast_at)?)?;
        }
    }
    let exported = writer.finish()?;
    println!(
        "{} ballots of {} participants on {} proposals are in {}",
        exported.ballots,
        exported.participants,
        exported.proposals,
        dir.display()
    );
    Ok(())
}

fn leaning(generator: &mut ChaCha8Rng, proposal: u32, groups: u32) -> [f64; GROUPS_MAX] {
    let shared = generator.random_range(0.3..0.9);
    let own = |_| if generator.random::<bool>() { FOR } else { AGAINST };
    if proposal.is_multiple_of(2) && groups > 0 { std::array::from_fn(own) } else { [shared; GROUPS_MAX] }
}

fn ballot(
    participant: u32,
    proposal: u32,
    choice: Choice,
    cast_at: Timestamp,
) -> anyhow::Result<StandingBallot> {
    Ok(StandingBallot {
        participant: ParticipantId::from_number(i64::from(participant))?,
        proposal: ItemNumber(proposal + 1),
        opinion: Opinion::bare(choice),
        audience: AudienceCode::UNDECLARED,
        channel: Channel::Sequence,
        cast_at,
    })
}

fn proposals(count: u32) -> Vec<Proposal> {
    let proposal = |place: u32| Proposal {
        number: ItemNumber(place + 1),
        text: ProposalText::from_record(text(place)),
        author: None,
        submitted_at: FROM,
        status: ModerationStatus::Published,
        refusal_reason: None,
        theme: None,
        idea: None,
    };
    (0..count).map(proposal).collect()
}

fn consultation() -> Consultation {
    let description = ConsultationDraft {
        slug: "bench".parse().expect("a short name"),
        organisation: "Made up".to_owned(),
        question: "Comment simplifier ?".to_owned(),
        introduction: String::new(),
        language: Language::Fr,
        rules: Rules::default(),
        audiences: Vec::new(),
        themes: Vec::new(),
        questions: Vec::new(),
        calendar: Calendar::default(),
        origin: Origin::Native,
        presentation: Presentation::default(),
    };
    Consultation { id: ConsultationId(1), description }
}
