//! Opinion groups against planted groups, noise and real groups.

mod bridges;
mod noise;
mod planted;
mod real_groups;

use gd_domain::{
    AudienceCode, Channel, Choice, ItemNumber, ModerationStatus, Opinion, ParticipantId, StandingBallot,
    Timestamp,
};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::components::CentredMatrix;
use super::matrix::Matrix;
use super::positions::{self, Point, Stretch};
use crate::{ProposalCard, VoteTable};

pub(crate) fn card(number: u32) -> ProposalCard {
    let status = ModerationStatus::Published;
    ProposalCard {
        number: ItemNumber(number),
        text: format!("Proposal {number}"),
        status,
        theme: None,
        idea: None,
    }
}

pub(crate) fn ballot(participant: u32, proposal: u32, choice: Choice) -> StandingBallot {
    StandingBallot {
        participant: ParticipantId::from_number(i64::from(participant)).unwrap(),
        proposal: ItemNumber(proposal),
        opinion: Opinion::bare(choice),
        audience: AudienceCode::UNDECLARED,
        channel: Channel::Import,
        cast_at: Timestamp::from_millis(0),
    }
}

/// Everybody votes on each proposal with the chance `density`, agreeing with the chance `agree(participant,
/// proposal)` and else disagreeing.
fn drawn_votes(
    generator: &mut ChaCha8Rng,
    participants: u32,
    proposals: u32,
    density: f64,
    agree: impl Fn(u32, u32) -> f64,
) -> VoteTable {
    let mut ballots = Vec::new();
    for participant in 0..participants {
        for proposal in 0..proposals {
            if generator.random::<f64>() < density {
                let agrees = generator.random::<f64>() < agree(participant, proposal);
                let choice = if agrees { Choice::Agree } else { Choice::Disagree };
                ballots.push(ballot(participant, proposal, choice));
            }
        }
    }
    VoteTable::new((0..proposals).map(card).collect(), Vec::new(), ballots).unwrap()
}

/// The rows of a table where all cards are columns, and where their participants lie.
fn positioned(table: &VoteTable, set_aside: &[bool]) -> (Matrix, Vec<Point>) {
    let places: Vec<usize> = (0..table.cards().len()).collect();
    let matrix = Matrix::of(table, &places);
    let counts = matrix.counts();
    let centred = CentredMatrix::of(&matrix, &counts, set_aside);
    let components = centred.components(400, None);
    let voted: Vec<bool> = counts.iter().map(|column| *column != [0; 3]).collect();
    let stretch = Stretch::of(set_aside, &voted);
    let positions = positions::of_participants(&matrix, &centred, &components, &stretch);
    (matrix, positions)
}
