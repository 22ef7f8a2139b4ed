//! Tables for the tests, from as few words as possible.

use gd_analyzer::{Method, MethodKind, ProposalCard, VoteTable};
use gd_domain::{
    AudienceCode, Channel, Choice, ItemNumber, ModerationStatus, Opinion, ParticipantId, Qualification,
    StandingBallot, Timestamp,
};

pub(crate) const CALIBRATED: MethodKind = MethodKind::Calibrated;

pub(crate) fn method(kind: MethodKind) -> Method {
    Method::new(kind, 0)
}

pub(crate) fn card(number: u32, text: &str) -> ProposalCard {
    let status = ModerationStatus::Published;
    ProposalCard { number: ItemNumber(number), text: text.to_owned(), status, theme: None, idea: None }
}

pub(crate) fn ballot(participant: i64, proposal: u32, choice: Choice) -> StandingBallot {
    StandingBallot {
        participant: ParticipantId::from_number(participant).unwrap(),
        proposal: ItemNumber(proposal),
        opinion: Opinion::bare(choice),
        audience: AudienceCode::UNDECLARED,
        channel: Channel::Sequence,
        cast_at: Timestamp::from_millis(1_650_000_000_000 + participant),
    }
}

/// Ballots of participants `first`, `first` + 1, … on one proposal: so many of each choice, in an
/// audience, every third with the first qualification of its choice.
pub(crate) fn ballots(first: i64, proposal: u32, counts: [usize; 3], audience: u16) -> Vec<StandingBallot> {
    let choices = Choice::ALL.into_iter().zip(counts).flat_map(|(choice, n)| std::iter::repeat_n(choice, n));
    let one = |(participant, choice): (i64, Choice)| {
        let nuance = Qualification::of(choice).next().filter(|_| participant % 3 == 0);
        StandingBallot {
            opinion: Opinion::new(choice, nuance.into_iter().collect()).unwrap(),
            audience: AudienceCode(audience),
            ..ballot(participant, proposal, choice)
        }
    };
    (first..).zip(choices).map(one).collect()
}

/// Six proposals of which each shows something else, voted on by three audiences.
pub(crate) fn small_consultation() -> VoteTable {
    let mut refused = card(6, "Refusée");
    refused.status = ModerationStatus::Refused;
    let mut first = card(1, "Un conseiller attitré pour chaque entreprise, joignable par téléphone");
    first.theme = Some("contact".parse().unwrap());
    let cards = vec![
        first,
        card(2, "Déclarer en ligne et nulle part ailleurs"),
        card(3, "Doubler les pénalités de retard dès le premier jour"),
        card(4, "Un simulateur unique des cotisations"),
        card(5, "Envoyer les courriers en recommandé"),
        refused,
        card(7, "Personne n’a encore voté sur celle-ci"),
    ];
    let audiences = vec!["users".parse().unwrap(), "staff".parse().unwrap(), "directors".parse().unwrap()];
    let mut rows = Vec::new();
    rows.extend(ballots(0, 1, [230, 8, 12], 1));
    rows.extend(ballots(1_000, 1, [3, 22, 2], 2));
    rows.extend(ballots(2_000, 1, [9, 8, 3], 3));
    rows.extend(ballots(0, 2, [70, 66, 14], 1));
    rows.extend(ballots(0, 3, [6, 120, 14], 1));
    rows.extend(ballots(1_000, 3, [0, 3, 0], 2));
    rows.extend(ballots(0, 4, [9, 3, 2], 0));
    rows.extend(ballots(0, 5, [20, 15, 90], 1));
    rows.extend(ballots(0, 6, [4, 4, 4], 1));
    VoteTable::new(cards, audiences, rows).unwrap()
}
