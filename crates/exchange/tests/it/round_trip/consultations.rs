//! Consultations as awkward as the domain allows.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;

use gd_domain::{
    Audience, AudienceCode, Calendar, Channel, Choice, Consultation, ConsultationDraft, ConsultationId,
    ItemNumber, Language, ModerationStatus, Opinion, Origin, ParticipantId, Presentation, Proposal,
    ProposalText, Qualification, Qualifications, RefusalReason, Rules, Slug, StandingBallot, Timestamp,
};
use proptest::prelude::*;

pub const AUDIENCES: [&str; 3] = ["users", "staff", "directors"];

#[derive(Debug, Clone)]
pub struct Case {
    pub consultation: Consultation,
    pub proposals: Vec<Proposal>,
    /// In the order of (participant, proposal).
    pub ballots: Vec<StandingBallot>,
}

impl Case {
    pub fn stream(&self) -> impl Iterator<Item = Result<StandingBallot, Infallible>> {
        self.ballots.iter().copied().map(Ok)
    }

    /// The ballots with the numbers that participants get in an export, by (participant, proposal).
    pub fn renumbered(&self) -> Vec<StandingBallot> {
        let mut numbers = HashMap::new();
        let mut ballots = self.ballots.clone();
        for ballot in &mut ballots {
            let next = participant(i64::try_from(numbers.len()).unwrap());
            ballot.participant = *numbers.entry(ballot.participant).or_insert(next);
        }
        ballots.sort_by_key(|ballot| (ballot.participant, ballot.proposal));
        ballots
    }
}

pub fn case() -> impl Strategy<Value = Case> {
    let texts = prop::collection::btree_map(0..60_u32, proposal(), 1..12);
    (texts, any_text(), any_text()).prop_flat_map(|(proposals, question, introduction)| {
        let numbers = proposals.keys().copied().collect::<Vec<_>>();
        let proposals = proposals
            .into_iter()
            .map(|(number, proposal)| Proposal { number: ItemNumber(number), ..proposal });
        let proposals = proposals.collect::<Vec<_>>();
        let consultation = consultation(question, introduction);
        ballots(numbers).prop_map(move |ballots| Case {
            consultation: consultation.clone(),
            proposals: proposals.clone(),
            ballots,
        })
    })
}

pub fn participant(number: i64) -> ParticipantId {
    ParticipantId::from_number(number).unwrap()
}

fn consultation(question: String, introduction: String) -> Consultation {
    let audience = |name: &str| Audience { id: name.parse().unwrap(), title: name.to_owned() };
    let description = ConsultationDraft {
        slug: "test".parse().unwrap(),
        organisation: String::new(),
        question,
        introduction,
        language: Language::Fr,
        rules: Rules::default(),
        audiences: AUDIENCES.map(audience).to_vec(),
        questions: Vec::new(),
        themes: Vec::new(),
        calendar: Calendar::default(),
        origin: Origin::Native,
        presentation: Presentation::default(),
    };
    Consultation { id: ConsultationId(1), description }
}

/// Pieces that CSV, spreadsheets and sloppy readers stumble over.
fn awkward() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\"",
        "\"\"",
        ",",
        "=",
        "=1+1",
        "+",
        "-1",
        "@",
        "'",
        ";",
        "|",
        "\\",
        "👨‍👩‍👧‍👦",
        "é",
        "e\u{301}",
        " ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "a",
        "Un guichet",
        "NULL",
        "\u{feff}",
        "#",
        "0",
    ]);
    prop::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![3 => awkward(), 1 => any::<String>()]
}

fn proposal() -> impl Strategy<Value = Proposal> {
    let text = any_text().prop_filter_map("it says nothing", |typed| ProposalText::parse(&typed, 140).ok());
    let author = prop::option::of(0..6_i64);
    let submitted_at = prop_oneof![any::<i64>(), 0..2_000_000_000_000_i64];
    (text, author, submitted_at, 0..4_usize, prop::option::of("[a-z]{1,8}"), prop::option::of("[a-z]{1,8}"))
        .prop_map(|(text, author, submitted_at, status, theme, idea)| Proposal {
            number: ItemNumber(0),
            text,
            author: author.map(participant),
            submitted_at: Timestamp::from_millis(submitted_at),
            status: ModerationStatus::ALL[status],
            refusal_reason: RefusalReason::parse("Not an answer."),
            theme: theme.map(|theme| theme.parse::<Slug>().unwrap()),
            idea: idea.map(|idea| idea.parse::<Slug>().unwrap()),
        })
}

fn ballots(numbers: Vec<u32>) -> impl Strategy<Value = Vec<StandingBallot>> {
    let pair = (0..9_i64, prop::sample::select(numbers));
    prop::collection::btree_map(pair, ballot(), 0..40).prop_map(|ballots: BTreeMap<_, _>| {
        let ballot = |((voter, number), ballot): ((i64, u32), StandingBallot)| StandingBallot {
            participant: participant(voter * 1_000_003),
            proposal: ItemNumber(number),
            ..ballot
        };
        ballots.into_iter().map(ballot).collect()
    })
}

fn ballot() -> impl Strategy<Value = StandingBallot> {
    let cast_at = prop_oneof![any::<i64>(), 0..2_000_000_000_000_i64];
    (0..3_usize, any::<u16>(), 0..4_u16, 0..5_usize, cast_at).prop_map(
        |(choice, bits, audience, channel, cast_at)| {
            let choice = Choice::ALL[choice];
            let allowed = Qualification::of(choice).collect::<Qualifications>().bits();
            StandingBallot {
                participant: participant(0),
                proposal: ItemNumber(0),
                opinion: Opinion::new(choice, Qualifications::from_bits(bits & allowed)).unwrap(),
                audience: AudienceCode(audience),
                channel: Channel::ALL[channel],
                cast_at: Timestamp::from_millis(cast_at),
            }
        },
    )
}
